"""Pressed buttons, over HTTP."""

from collections.abc import Sequence
from itertools import count

import pytest

from bot.messages import Commanded, Conversation, Incoming, Reply
from tests.bot_api import BotApiServer, bad_gateway, error, rate_limited
from tests.bot_api.fixtures import Setup, running
from tests.channels.telegram.answers import echo, reply, told
from tests.channels.telegram.stores import unsteady_store

pytestmark = pytest.mark.asyncio


async def test_a_tap_is_answered_first_then_marked_then_replied_to(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        await anna.asks("Hallo")
        first = anna.last
        answer = await anna.presses("Nein")
    assert answer.text == "tapped code:Nein"
    assert first.buttons == ["Ja", "✓ Nein"]
    calls = [
        call.method.lower() for call in bot_api.calls("sendMessage", "answerCallbackQuery", "editMessageReplyMarkup")
    ]
    assert calls == ["sendmessage", "answercallbackquery", "editmessagereplymarkup", "sendmessage"]


async def test_another_tap_on_the_same_keyboard_moves_the_mark(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        first = await anna.asks("Hallo")
        await anna.presses("Nein")
        anna.taps("Ja", on=first)
        await anna.hears()
    assert first.buttons == ["✓ Ja", "Nein"]
    assert first.rows == [["✓ Ja", "Nein"]]


async def test_the_same_tap_again_later_asks_for_no_edit(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo, Setup(monotonic=count(0, 10).__next__)):
        first = await anna.asks("Hallo")
        for _ in range(2):
            anna.taps("Ja", on=first)
            await anna.hears()
    assert len(bot_api.calls("editMessageReplyMarkup")) == 1
    assert len(bot_api.calls("answerCallbackQuery")) == 2


async def test_two_taps_are_both_answered_although_the_second_edit_changes_nothing(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo, Setup(monotonic=count(0, 10).__next__)):
        first = await anna.asks("Hallo")
        anna.taps("Ja", on=first)
        # Both taps carry the unmarked keyboard, so the second edit is "not modified".
        anna.taps("Ja", on=first)
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["tapped code:Ja"] * 2


async def test_the_same_button_pressed_in_a_row_is_answered_once_and_every_tap_is_acknowledged(
    bot_api: BotApiServer,
) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        first = await anna.asks("Hallo")
        taps = [anna.taps("Ja", on=first) for _ in range(3)]
        other = anna.taps("Nein", on=first)
        again = anna.taps("Ja", on=first)
        texts = [sent.text for sent in await anna.hears(3)]
        await bot_api.until(lambda: {*taps, other, again} <= bot_api.state.tap_answers.keys())
        assert (await anna.asks("Ende")).text == "said Ende"
    # What was pressed in between counts: the first button is then meant again.
    assert texts == ["tapped code:Ja", "tapped code:Nein", "tapped code:Ja"]


async def test_a_tap_that_the_store_could_not_take_is_no_repetition_when_it_comes_again(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with unsteady_store() as store, running(bot_api, echo, Setup(store=store)):
        first = await anna.asks("Hallo")
        store.down.add("take")
        anna.taps("Ja", on=first)
        anna.taps("Ja", on=first)
        await bot_api.until(lambda: store.failures > 0, "the taps to be refused")
        store.down.clear()
        assert (await anna.hears())[0].text == "tapped code:Ja"
        assert (await anna.asks("Ende")).text == "said Ende"


async def test_a_tap_that_is_too_old_to_be_answered_still_gets_its_reply(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        first = await anna.asks("Hallo")
        anna.taps_code("code:Ja", on=first, is_expired=True)
        (answer,) = await anna.hears()
    assert answer.text == "tapped code:Ja"
    assert first.buttons == ["✓ Ja", "Nein"]


@pytest.mark.parametrize("code", ["forged:code", "x" * 300, "'; DROP TABLE", "../../etc", "🐄"])
async def test_a_forged_code_goes_to_the_assistant_and_marks_nothing(bot_api: BotApiServer, code: str) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        first = await anna.asks("Hallo")
        anna.taps_code(code, on=first)
        (answer,) = await anna.hears()
    assert answer.text == f"tapped {code}"
    assert first.buttons == ["Ja", "Nein"]


async def test_a_tap_without_data_is_an_empty_code(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        anna.taps_code(None, on=await anna.asks("Hallo"))
        (answer,) = await anna.hears()
    assert answer.text == "tapped"


async def test_a_tap_on_a_message_that_is_gone_still_gets_its_reply(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        first = await anna.asks("Hallo")
        anna.deletes(first)
        anna.taps("Ja", on=first)
        anna.taps_code("old", is_inaccessible=True)
        anna.taps_code("detached")
        texts = [sent.text for sent in await anna.hears(3)]
    assert texts == ["tapped code:Ja", "tapped old", "tapped detached"]


@pytest.mark.parametrize("fault", [bad_gateway(), rate_limited(30), error(400, "Bad Request: whatever")])
@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageReplyMarkup"])
async def test_what_cannot_be_shown_of_a_tap_does_not_keep_its_reply(
    bot_api: BotApiServer, method: str, fault: object
) -> None:
    anna = bot_api.user(7)
    bot_api.fails(method, fault)  # type: ignore[arg-type]  # parametrize knows no types
    async with running(bot_api, echo):
        await anna.asks("Hallo")
        assert (await anna.presses("Ja")).text == "tapped code:Ja"


async def test_a_tap_is_answered_while_an_earlier_turn_still_runs(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)

    async def slow(incoming: Incoming) -> Sequence[Reply]:
        if told(incoming) == "said langsam":
            await bot_api.until(lambda: bot_api.calls("answerCallbackQuery"), "the tap to be answered")
        return [reply(told(incoming), "Ja")]

    async with running(bot_api, slow):
        first = await anna.asks("Hallo")
        anna.says("langsam")
        anna.taps("Ja", on=first)
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["said langsam", "tapped code:Ja"]


async def test_a_button_of_another_kind_keeps_its_place(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        first = await anna.asks("Hallo")
        with bot_api.state.changed:
            first.keyboard.append([{"text": "Im Netz", "url": "https://x.de/"}])
        anna.taps("Ja", on=first)
        await anna.hears()
    assert first.rows == [["✓ Ja", "Nein"], ["Im Netz"]]


async def test_a_command_after_a_tap_is_a_turn_of_its_own(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    seen: list[Incoming] = []

    async def noting(incoming: Incoming) -> Sequence[Reply]:
        seen.append(incoming)
        return await echo(incoming)

    async with running(bot_api, noting):
        await anna.asks("Hallo")
        await anna.presses("Ja")
        await anna.asks("/neu")
    assert seen[-1].content == Commanded("reset")
    assert {incoming.conversation for incoming in seen} == {Conversation("telegram:7")}
