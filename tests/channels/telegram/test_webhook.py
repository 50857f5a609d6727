"""Updates by webhook: from Telegram and from nobody else, each kept before Telegram hears so."""

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import Webhook
from bot.messages import Incoming, Reply
from bot.sessions.store import InboxUpdate
from tests.bot_api import BotApiServer, rate_limited
from tests.bot_api.fixtures import Pauses
from tests.bot_api.waiting import DEADLINE_SECONDS
from tests.channels.telegram.answers import echo, reply, told
from tests.channels.telegram.hooks import HEADER, PATH, SECRET, free_port, hooked, update
from tests.channels.telegram.starts import refusal
from tests.channels.telegram.stores import UnsteadyStore, counted, sqlite_store, unsteady_store


async def test_messages_and_taps_come_by_webhook(local_api: BotApiServer) -> None:
    anna = local_api.user(7)
    async with hooked(local_api, echo):
        assert (await anna.asks("Hallo")).text == "said Hallo"
        assert (await anna.presses("Ja")).text == "tapped code:Ja"
        await local_api.until(lambda: local_api.state.answered_taps)
    assert local_api.calls("getUpdates") == []
    assert {delivery.problem for delivery in local_api.deliveries} == {None}


async def test_telegram_is_told_the_secret_and_what_is_wanted(local_api: BotApiServer) -> None:
    async with hooked(local_api, echo):
        pass
    (call,) = local_api.calls("setWebhook")
    assert call.parameters["secret_token"] == SECRET
    wanted = {"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}
    assert set(local_api.state.allowed_updates) == wanted
    # Another process may serve it still.
    assert local_api.state.webhook_url


@pytest.mark.parametrize("shown", [None, b"", b"wrong", b"Geheim_0-", b"Geheim_0-9x", b"geheim_0-9", b"\xe4"])
async def test_without_the_secret_nothing_is_taken(local_api: BotApiServer, shown: bytes | None) -> None:
    local_api.user(7)
    async with unsteady_store() as store, hooked(local_api, echo, store=store) as hook:
        answer = await hook.post(update(1, "Hallo"), secret=shown)
        assert answer.status_code == 403
        assert await store.count("inbox") == 0
        # Not even its number is known: the same update from Telegram is answered.
        assert (await hook.post(update(1, "Hallo"))).status_code == 200
        await local_api.until(lambda: [sent.text for sent in local_api.messages] == ["said Hallo"])


async def pieces(amount: int) -> AsyncIterator[bytes]:
    for _ in range(amount):
        yield b" " * 65536


@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_body_too_large_is_refused(local_api: BotApiServer, is_announced: bool) -> None:
    async with hooked(local_api, echo) as hook:
        answer = await hook.post(b" " * (1024 * 1024 + 1) if is_announced else pieces(17))
        assert answer.status_code == 413
        assert (await hook.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": null}',
        b'{"update_id": 1.5}',
    ],
)
async def test_what_is_no_update_is_refused(
    local_api: BotApiServer, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    async with hooked(local_api, echo) as hook:
        assert (await hook.post(body)).status_code == 400
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_an_update_that_nobody_can_read_is_let_go(local_api: BotApiServer) -> None:
    async with hooked(local_api, echo) as hook:
        for body in ({"update_id": 1, "message": {"nonsense": True}}, {"update_id": 2}, {"update_id": 3, "new": {}}):
            assert (await hook.post(body)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(update(10**30, "Kanarienvogel"), id="a number that no store can hold"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"update_id": 1, "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", id="deep but whole"),
    ],
)
async def test_what_telegram_would_never_send_does_no_harm(
    local_api: BotApiServer, caplog: pytest.LogCaptureFixture, body: Any
) -> None:
    anna = local_api.user(7)
    async with hooked(local_api, echo) as hook:
        # What is deep but whole is refused up to Python 3.13; newer ones read it and find nothing to answer.
        assert (await hook.post(body)).status_code >= (200 if sys.version_info >= (3, 14) else 400)
        assert (await anna.asks("Hallo")).text == "said Hallo"
    assert "Kanarienvogel" not in caplog.text


class BrokenStore(UnsteadyStore):
    """Fails in a way that nobody has foreseen, and quotes what it was given."""

    async def enqueue(self, updates: Sequence[tuple[str, InboxUpdate]], at: Any) -> None:
        raise ValueError(f"{updates[0][1].body} {at}")


async def test_an_unforeseen_failure_is_logged_without_content(
    local_api: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = BrokenStore()
    async with hooked(local_api, echo, store=store) as hook:
        assert (await hook.post(update(1, "Kanarienvogel"))).status_code >= 500
    await store.close()
    assert "ValueError" in caplog.text
    assert "Kanarienvogel" not in caplog.text


async def test_the_same_update_again_is_answered_once(local_api: BotApiServer) -> None:
    local_api.user(7)
    async with hooked(local_api, echo) as hook:
        same = [hook.post(update(5, "eins")) for _ in range(5)]
        assert {answer.status_code for answer in await asyncio.gather(*same)} == {200}
        await hook.post(update(6, "zwei"))
        await local_api.until(lambda: len(local_api.messages) == 2)
        await hook.post(update(5, "eins"))
        await hook.post(update(7, "drei"))
        await local_api.until(lambda: len(local_api.messages) == 3)
    assert [sent.text for sent in local_api.messages] == ["said eins", "said zwei", "said drei"]


async def test_a_burst_is_answered_in_order(local_api: BotApiServer) -> None:
    people = [local_api.user(number) for number in (1, 2, 3)]
    texts = [f"{number}" for number in range(40)]
    async with hooked(local_api, echo):
        for person in people:
            person.says_all(texts)
        for person in people:
            assert [sent.text for sent in await person.hears(40)] == [f"said {text}" for text in texts]


async def test_while_the_store_is_away_telegram_keeps_the_update(local_api: BotApiServer) -> None:
    anna = local_api.user(7)
    async with unsteady_store() as store, hooked(local_api, echo, store=store) as hook:
        store.down = {"take"}
        assert (await hook.post(update(1, "Hallo"))).status_code == 503
        anna.says("Hallo")
        await local_api.until(lambda: local_api.deliveries)
        assert anna.messages == []
        store.down = set()
        assert (await anna.hears())[0].text == "said Hallo"
    problems = [delivery.problem for delivery in local_api.deliveries]
    assert set(problems[:-1]) == {"Wrong response from the webhook: 503 Service Unavailable"}
    assert problems[-1] is None
    assert len(anna.messages) == 1


async def test_what_was_taken_is_answered_by_the_next_start(
    local_api: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.STOP_SECONDS", 0.01)
    begun = asyncio.Event()

    async def endless(_: Incoming) -> Sequence[Reply]:
        begun.set()
        await asyncio.Event().wait()
        return []

    anna, path = local_api.user(7), tmp_path / "s.sqlite3"
    async with sqlite_store(path) as store, hooked(local_api, endless, store=store):
        anna.says("Hallo")
        await begun.wait()
    assert counted(path)["inbox"] == 1
    async with sqlite_store(path) as store, hooked(local_api, echo, store=store):
        assert (await anna.hears())[0].text == "said Hallo"
    assert len(anna.messages) == 1


async def test_telegram_is_answered_before_the_turn_is_over(local_api: BotApiServer) -> None:
    go_on = asyncio.Event()

    async def slow(incoming: Incoming) -> Sequence[Reply]:
        await go_on.wait()
        return [reply(told(incoming))]

    local_api.user(7)
    async with hooked(local_api, slow) as hook:
        assert (await hook.post(update(1, "Hallo"))).status_code == 200
        assert local_api.messages == []
        go_on.set()
        await local_api.until(lambda: local_api.messages)


async def test_a_body_that_never_ends_does_not_keep_the_bot_from_leaving(
    local_api: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.STOP_SECONDS", 0.2)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n{{"
    async with hooked(local_api, echo) as hook:
        _, writer = await asyncio.open_connection("127.0.0.1", hook.port)
        writer.write(head.encode())
        await writer.drain()
        # The answer to another call shows that the bot has seen this one.
        await hook.get("/healthz")
        # It leaves within the deadline, or `running` says so.
    writer.close()


@pytest.mark.parametrize("path", ["/h%C3%B6k", "/a%20b", "/%7Bx%7D/{y}", "/a%2Fb", "/a+b", "/h%FFk"])
async def test_the_path_may_be_quoted(local_api: BotApiServer, path: str) -> None:
    async with hooked(local_api, echo, path=path) as hook:
        assert (await local_api.user(7).asks("Hallo")).text == "said Hallo"
        for other in ("/x", "/x/y", "/hok", f"{path}x", "/"):
            assert (await hook.post(update(1, "Hallo"), path=other)).status_code == 404


HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n"
REFUSED_HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"


@pytest.mark.parametrize("sent", ["", "P", "POST / HTTP/1.1\r\nHost", HEAD, HEAD + "{", REFUSED_HEAD + "{"])
async def test_who_sends_nothing_or_half_a_request_is_let_go(
    local_api: BotApiServer, monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    monkeypatch.setattr("bot.channels.telegram.patience.REQUEST_SECONDS", 0.2)
    async with hooked(local_api, echo) as hook:
        reader, writer = await asyncio.open_connection("127.0.0.1", hook.port)
        dripping = asyncio.create_task(drip(writer, sent))
        try:
            # Else it would be read for ever, and the test would end with the deadline.
            async with asyncio.timeout(DEADLINE_SECONDS):
                with suppress(ConnectionError):
                    await reader.read()
        finally:
            dripping.cancel()
            writer.close()
        assert (await local_api.user(7).asks("Hallo")).text == "said Hallo"


async def drip(writer: asyncio.StreamWriter, sent: str) -> None:
    """Send it, and then a character now and then, as one who wants to hold the connection."""
    writer.write(sent.encode())
    while sent:
        await asyncio.sleep(0.05)
        writer.write(b"x")


async def test_a_connection_that_is_used_again_lives_longer_than_a_request_may_take(
    local_api: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.patience.REQUEST_SECONDS", 0.2)
    request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    async with hooked(local_api, echo) as hook:
        reader, writer = await asyncio.open_connection("127.0.0.1", hook.port)
        for _ in range(5):
            await asyncio.sleep(0.1)
            writer.write(request[:20])
            await asyncio.sleep(0.01)
            writer.write(request[20:])
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")
            await reader.readuntil(b"\r\n\r\nok")
        writer.close()


async def test_a_slow_answer_is_waited_for(local_api: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.patience.REQUEST_SECONDS", 0.05)
    store = SlowStore()
    async with hooked(local_api, echo, store=store) as hook:
        assert (await hook.post(update(1, "Hallo"))).status_code == 200
    await store.close()


class SlowStore(UnsteadyStore):
    """Takes long to keep something."""

    async def enqueue(self, updates: Sequence[tuple[str, InboxUpdate]], at: Any) -> None:
        await asyncio.sleep(0.3)
        await super().enqueue(updates, at)


async def test_an_ipv6_address_that_is_taken_stands_in_brackets(local_api: BotApiServer) -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
        port = taken.getsockname()[1]
        message = await refusal(local_api.token, local_api.url, listen=("::1", port))
    assert message.startswith(f"BOT_LISTEN: cannot listen on [::1]:{port} (")


async def test_an_address_that_is_taken_is_one_line_that_names_the_variable(local_api: BotApiServer) -> None:
    async with hooked(local_api, echo) as hook:
        message = await refusal(local_api.token, local_api.url, listen=("127.0.0.1", hook.port))
    assert message.startswith(f"BOT_LISTEN: cannot listen on 127.0.0.1:{hook.port} (")
    assert "\n" not in message


async def test_replies_wait_for_telegram_by_webhook_as_well(local_api: BotApiServer, pauses: Pauses) -> None:
    anna, bert = local_api.user(7), local_api.user(8)
    local_api.fails("sendMessage", rate_limited(600), chat=7)
    pauses.hold()
    async with hooked(local_api, echo, pauses=pauses):
        anna.says_all(["eins", "zwei"])
        await local_api.until(lambda: pauses.seconds == [600])
        assert (await bert.asks("Hallo")).text == "said Hallo"
        pauses.release()
        assert [sent.text for sent in await anna.hears(2)] == ["said eins", "said zwei"]


async def test_a_webhook_that_telegram_refuses_is_one_line_that_names_the_variable(bot_api: BotApiServer) -> None:
    webhook = Webhook(f"http://127.0.0.1:{free_port()}{PATH}", SECRET)
    message = await refusal(bot_api.token, bot_api.url, webhook=webhook)
    assert message.startswith("BOT_WEBHOOK_URL: ")
    assert SECRET not in message
    assert "\n" not in message
