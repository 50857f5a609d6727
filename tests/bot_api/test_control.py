"""People at a shell and programs in other processes can drive the server."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bot_api import BotApiServer
from tests.bot_api.calling import call, client, keyboard, result
from tests.processes import ended

ROOT = Path(__file__).parents[2]


def post(bot_api: BotApiServer, name: str, **order: Any) -> Any:
    return client.post(f"{bot_api.url}/control/{name}", json={**order, "token": bot_api.token}).json()


def summary(bot_api: BotApiServer, **parameters: Any) -> Any:
    return client.get(f"{bot_api.url}/control/summary", params={**parameters, "token": bot_api.token}).json()


def test_many_messages_go_round_the_chats(bot_api: BotApiServer) -> None:
    assert post(bot_api, "say_many", count=450, chats=3, texts=["eins", "zwei"]) == {"ok": True, "count": 450}
    assert [summary(bot_api)["chats"][chat]["updates"] for chat in "123"] == [150, 150, 150]
    assert [update["message"]["text"] for update in bot_api.state.updates[:3]] == ["eins", "zwei", "eins"]


def test_messages_can_be_spread_out(bot_api: BotApiServer) -> None:
    post(bot_api, "say_many", count=6, chats=[5], text="x", per_second=50)
    times = [said.said_at for said in bot_api.state.said.values()]
    assert times[-1] - times[0] > 0.08


def test_the_summary_tells_what_was_answered_and_how_fast(bot_api: BotApiServer) -> None:
    post(bot_api, "say_many", count=3, chats=[5, 6], text="x")
    call(bot_api, "sendMessage", chat_id=5, text="Antwort")
    told = summary(bot_api, texts=1)
    assert told["chats"]["5"] == {"updates": 2, "messages": 1, "texts": ["Antwort"]}
    assert (told["updates"], told["pending"], told["messages"], told["unacknowledged"]) == (3, 3, 1, 0)
    latency = told["latency_seconds"]
    assert (latency["count"], latency["unanswered"]) == (1, 2)
    assert 0 < latency["p50"] == latency["max"] < 15


def test_a_reply_answers_what_it_replies_to(bot_api: BotApiServer) -> None:
    first, second = bot_api.user(5).says_all(["eins", "zwei"])
    call(bot_api, "sendMessage", chat_id=5, text="zu zwei", reply_parameters={"message_id": second})
    assert bot_api.state.said[5, first].answered_at is None
    assert bot_api.state.said[5, second].answered_at == bot_api.messages[0].sent_at
    call(bot_api, "sendMessage", chat_id=5, text="zu eins")
    assert bot_api.state.said[5, first].answered_at == bot_api.messages[1].sent_at


def test_a_service_message_waits_for_no_answer(bot_api: BotApiServer) -> None:
    anna = bot_api.user(5)
    anna.joins(bot_api.group(-5))
    asked = anna.at(-5).says("Frage")
    call(bot_api, "sendMessage", chat_id=-5, text="Antwort")
    assert bot_api.state.said[-5, asked].answered_at


def test_after_a_reset_nothing_has_been_said(bot_api: BotApiServer) -> None:
    post(bot_api, "say_many", count=3, chats=2, text="x")
    call(bot_api, "sendMessage", chat_id=1, text="Antwort")
    client.post(f"{bot_api.url}/control/reset?token={bot_api.token}")
    assert summary(bot_api)["chats"] == {}
    assert result(bot_api, "getUpdates") == []
    assert call(bot_api, "sendMessage", chat_id=1, text="noch da").json()["ok"]


def test_a_document_is_told_without_its_content(bot_api: BotApiServer) -> None:
    bot_api.user(5)
    call(bot_api, "sendDocument", files={"document": ("a.txt", b"abc")}, chat_id=5)
    messages = client.get(f"{bot_api.url}/control/messages", params={"chat": 5, "token": bot_api.token}).json()
    assert messages[0]["document"] == {"name": "a.txt", "size": 3}


def test_a_person_at_a_shell_can_say_tap_and_read(bot_api: BotApiServer) -> None:
    control = f"{bot_api.url}/control"
    who: dict[str, Any] = {"chat": 9, "token": bot_api.token}
    client.post(f"{control}/say", json={**who, "text": "Hallo"})
    assert bot_api.state.updates[0]["message"]["text"] == "Hallo"
    call(bot_api, "sendMessage", chat_id=9, text="Ja?", reply_markup=keyboard({"text": "Ja", "callback_data": "y"}))
    (message,) = client.get(f"{control}/messages", params={**who, "wait": 5}).json()
    assert message["text"] == "Ja?"
    assert client.post(f"{control}/tap", json={**who, "label": "Ja"}).json() == {"ok": True}
    assert client.post(f"{control}/tap", json={**who, "label": "Nein"}).status_code == 404


def test_it_runs_on_its_own() -> None:
    command = [sys.executable, "-m", "tests.bot_api", "--port", "0", "--token", "1:t"]
    with ended(
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    ) as process:
        assert process.stdout
        url = process.stdout.readline().split()[0].partition("=")[2]
        token = client.get(f"{url}/bot1:t/getMe").json()["ok"]
        output, _ = process.communicate("Hallo\n!1\n", timeout=30)
    assert (token, process.returncode, output.strip()) == (True, 0, "There is no such button.")


def test_it_runs_detached_for_other_processes() -> None:
    command = [sys.executable, "-m", "tests.bot_api", "--port", "0", "--token", "1:t", "--detached"]
    with ended(
        subprocess.Popen([*command, "--local", "--max-calls", "5"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    ) as run:
        assert run.stdout
        url = run.stdout.readline().split()[0].partition("=")[2]
        client.post(f"{url}/control/say_many", json={"count": 7, "chats": 1, "text": "x"})
        assert client.post(f"{url}/bot1:t/setWebhook", data={"url": "http://127.0.0.1:9/x"}).json()["ok"]
        told = client.get(f"{url}/control/summary").json()
        run.kill()
    assert told["chats"]["1"]["updates"] == 7
