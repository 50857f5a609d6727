"""Too many messages are refused, where a test wants it so."""

from collections.abc import Callable

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.calling import call


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def send(bot_api: BotApiServer) -> Callable[[int], int]:
    """Send to a chat; the seconds to wait, or 0 if it was taken."""
    bot_api.group(-5)

    def sending(chat: int) -> int:
        answer = call(bot_api, "sendMessage", chat_id=chat, text="x")
        if answer.status_code == 200:
            return 0
        told = answer.json()
        seconds: int = told["parameters"]["retry_after"]
        assert (told["error_code"], told["description"]) == (429, f"Too Many Requests: retry after {seconds}")
        return seconds

    return sending


def test_by_itself_nothing_is_limited(send: Callable[[int], int]) -> None:
    assert [send(-5) for _ in range(25)] == [0] * 25


def test_a_group_takes_so_many_a_minute(bot_api: BotApiServer, send: Callable[[int], int], clock: Clock) -> None:
    bot_api.limit_groups(clock=clock)
    assert [send(-5) for _ in range(20)] == [0] * 20
    clock.now += 12.5
    assert (send(-5), send(7)) == (48, 0)
    assert len(bot_api.user(7).at(-5).messages) == 20
    clock.now += 47.5
    assert send(-5) == 0


def test_people_are_not_limited_as_groups_are(bot_api: BotApiServer, send: Callable[[int], int], clock: Clock) -> None:
    bot_api.limit_groups(per_minute=2, clock=clock)
    assert [send(7) for _ in range(4)] == [0] * 4
    assert (send(-5), send(-5), send(-5)) == (0, 0, 60)


def test_every_chat_takes_so_many_a_second(bot_api: BotApiServer, send: Callable[[int], int], clock: Clock) -> None:
    bot_api.limit_chats(per_second=2, clock=clock)
    bot_api.user(8)
    assert (send(7), send(7), send(7), send(8), send(-5)) == (0, 0, 1, 0, 0)
    clock.now += 1
    assert (send(7), send(7), send(7)) == (0, 0, 1)


def test_refused_messages_do_not_count(bot_api: BotApiServer, send: Callable[[int], int], clock: Clock) -> None:
    bot_api.limit_chats(per_second=1, clock=clock)
    assert call(bot_api, "sendMessage", chat_id=7, text="").status_code == 400
    assert (send(7), send(7), send(7)) == (0, 1, 1)
    clock.now += 1
    assert send(7) == 0


def test_edits_and_documents_count(bot_api: BotApiServer, send: Callable[[int], int], clock: Clock) -> None:
    bot_api.limit_chats(per_second=2, clock=clock)
    assert send(7) == 0
    place = {"chat_id": 7, "message_id": bot_api.messages[0].message_id}
    assert call(bot_api, "editMessageText", **place, text="neu").status_code == 200
    assert call(bot_api, "editMessageText", **place, text="neuer").status_code == 429
    assert call(bot_api, "sendDocument", files={"document": ("a", b"a")}, chat_id=7).status_code == 429
    assert bot_api.messages[0].text == "neu"
