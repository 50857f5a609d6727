"""A test can stop the bot exactly before or after a call, and see whether the answer left."""

import socket
from collections.abc import Iterator
from typing import Literal

import pytest

from tests.bot_api import BotApiServer, Call, bad_gateway, dropped, error
from tests.bot_api.calling import call, client
from tests.bot_api.waiting import wait_until

Moment = Literal["before", "after"]


@pytest.fixture
def line(bot_api: BotApiServer) -> Iterator[socket.socket]:
    """A connection of a bot that can die at any moment."""
    host, port = bot_api.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        yield connection


def say(bot_api: BotApiServer, line: socket.socket) -> None:
    """Send the call, and do not wait for the answer."""
    path = f"/bot{bot_api.token}/sendMessage?chat_id=7&text=x"
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())


def test_the_hook_sees_a_call_before_and_after_it_is_executed(bot_api: BotApiServer) -> None:
    seen: list[tuple[str, Moment, int, bool]] = []

    def look(one: Call, moment: Moment) -> None:
        seen.append((one.method, moment, len(bot_api.state.sent), one.is_executed))

    bot_api.state.on_call = look
    call(bot_api, "sendMessage", chat_id=7, text="x")
    call(bot_api, "getUpdates")
    assert seen == [
        ("sendMessage", "before", 0, False),
        ("sendMessage", "after", 1, True),
        ("getUpdates", "before", 1, False),
        ("getUpdates", "after", 1, True),
    ]


def test_an_answer_that_leaves_is_acknowledged(bot_api: BotApiServer) -> None:
    call(bot_api, "sendMessage", chat_id=7, text="x")
    wait_until(bot_api.state, lambda: bot_api.messages[0].is_acknowledged)
    assert [(one.is_executed, one.is_acknowledged) for one in bot_api.calls("sendMessage")] == [(True, True)]


def test_a_bot_that_dies_after_the_call_never_hears_of_it(bot_api: BotApiServer, line: socket.socket) -> None:
    bot_api.state.on_call = lambda _, moment: line.close() if moment == "after" else None
    say(bot_api, line)
    wait_until(bot_api.state, lambda: bot_api.state.sent)
    # The server's thread is through with the first one when it answers the next one.
    call(bot_api, "sendMessage", chat_id=7, text="y")
    wait_until(bot_api.state, lambda: bot_api.messages[1].is_acknowledged)
    assert [(sent.text, sent.is_acknowledged) for sent in bot_api.messages] == [("x", False), ("y", True)]
    first = bot_api.calls("sendMessage")[0]
    assert (first.is_executed, first.is_acknowledged) == (True, False)


def test_a_bot_that_dies_before_the_call_has_still_sent(bot_api: BotApiServer, line: socket.socket) -> None:
    bot_api.state.on_call = lambda _, moment: line.close() if moment == "before" else None
    say(bot_api, line)
    wait_until(bot_api.state, lambda: bot_api.state.sent)
    call(bot_api, "getMe")
    assert not bot_api.messages[0].is_acknowledged


@pytest.mark.parametrize("is_lost", [True, False])
def test_an_answer_that_a_fault_replaces_is_not_acknowledged(bot_api: BotApiServer, is_lost: bool) -> None:
    bot_api.fails("sendMessage", dropped(is_executed=True) if is_lost else bad_gateway(is_executed=True))
    if is_lost:
        with pytest.raises(Exception, match=r"peer closed|disconnected"):
            call(bot_api, "sendMessage", chat_id=7, text="x")
    else:
        assert call(bot_api, "sendMessage", chat_id=7, text="x").status_code == 502
    assert [sent.is_acknowledged for sent in bot_api.messages] == [False]


def test_a_refused_call_is_not_executed(bot_api: BotApiServer) -> None:
    moments: list[Moment] = []
    bot_api.state.on_call = lambda _, moment: moments.append(moment)
    bot_api.fails("sendMessage", error(500, "Internal Server Error"))
    call(bot_api, "sendMessage", chat_id=7, text="x")
    call(bot_api, "sendMessage", chat_id=7, text="")
    assert [one.is_executed for one in bot_api.calls("sendMessage")] == [False, False]
    # The first one never reached a method.
    assert moments == ["before", "before", "after"]


def test_only_so_many_calls_are_remembered(bot_api: BotApiServer) -> None:
    bot_api.keep_only(2)
    for text in ("eins", "zwei", "drei"):
        call(bot_api, "sendMessage", chat_id=7, text=text)
    assert [one.parameters["text"] for one in bot_api.calls()] == ["zwei", "drei"]
    assert len(bot_api.messages) == 3


def test_a_body_that_is_no_json_is_refused(bot_api: BotApiServer) -> None:
    headers = {"content-type": "application/json"}
    for body in (b"{", b"[]"):
        answer = client.post(f"{bot_api.url}/bot{bot_api.token}/getMe", content=body, headers=headers)
        assert (answer.status_code, answer.json()["description"]) == (400, "Bad Request: can't parse JSON object")
