"""Delivery on good and bad days, over HTTP."""

from collections.abc import Sequence

import pytest

from bot.messages import Block, Choice, Incoming, Line, Reply
from tests.bot_api import BotApiServer, Fault, bad_gateway, blocked, dropped, error, rate_limited
from tests.bot_api.fixtures import Pauses, running
from tests.channels.telegram.answers import echo, reply

pytestmark = pytest.mark.asyncio


async def test_a_reply_arrives_with_its_markup_and_without_a_preview(bot_api: BotApiServer) -> None:
    async def bold(_: Incoming) -> Sequence[Reply]:
        return [Reply("de", (Block("verdict", (Line("Ja & <Nein>"),)), Block("hint", (Line("Hinweis"),))))]

    async with running(bot_api, bold):
        sent = await bot_api.user(7).asks("?")
    assert sent.text == "Ja & <Nein>\n\nHinweis"
    assert (sent.styled("bold"), sent.styled("italic")) == (["Ja & <Nein>"], ["Hinweis"])
    assert (sent.parse_mode, sent.has_preview, sent.buttons) == ("HTML", False, [])


async def test_a_long_reply_arrives_whole_with_the_keyboard_under_its_last_part(bot_api: BotApiServer) -> None:
    text = " ".join(f"Kuh🐄{number}" for number in range(1500))

    async def long(_: Incoming) -> Sequence[Reply]:
        return [Reply("de", (Block("verdict", (Line(text),)),), (Choice("Ja", "y"),))]

    anna = bot_api.user(7)
    async with running(bot_api, long):
        anna.says("?")
        sent = await anna.hears(4)
    assert " ".join(part.text for part in sent) == text
    assert [part.buttons for part in sent] == [[], [], [], ["Ja"]]


async def test_several_replies_arrive_in_order(bot_api: BotApiServer) -> None:
    async def three(_: Incoming) -> Sequence[Reply]:
        return [reply("eins"), Reply("de", ()), reply("zwei"), reply("drei")]

    anna = bot_api.user(7)
    async with running(bot_api, three):
        anna.says("?")
        texts = [sent.text for sent in await anna.hears(3)]
    assert texts == ["eins", "zwei", "drei"]


async def test_an_answer_goes_to_the_topic_that_it_was_asked_in(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, echo):
        anna.says("/hilfe", topic=3)
        (sent,) = await anna.hears()
    assert (sent.chat, sent.topic) == (-100, 3)


async def test_a_group_hears_only_what_it_asked_for(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, echo):
        anna.says("Wir reden hier nur.")
        anna.sends("photo")
        anna.sends("new_chat_members")
        assert (await anna.asks("@hofbot darf ich das?")).text == "said darf ich das?"
        anna.says("Und so?", reply_to=anna.last)
        assert (await anna.hears())[0].text == "said Und so?"


async def test_a_rate_limit_holds_up_only_its_own_chat(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    bot_api.fails("sendMessage", rate_limited(17), chat=7)
    pauses.hold()
    async with running(bot_api, echo, pauses=pauses):
        anna.says("eins")
        anna.says("zwei")
        await bot_api.until(lambda: pauses.seconds == [17], "the bot to wait")
        for number in range(3):
            assert (await bert.asks(f"{number}")).text == f"said {number}"
        assert anna.messages == []
        pauses.release()
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["said eins", "said zwei"]


async def test_a_rate_limit_is_waited_for_three_times_at_most(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", rate_limited(5), times=4)
    async with running(bot_api, echo, pauses=pauses):
        anna.says("verloren")
        await bot_api.until(lambda: len(bot_api.calls("sendMessage")) == 4)
        assert (await anna.asks("wieder da")).text == "said wieder da"
    assert pauses.seconds == [5, 5, 5]


async def test_a_ban_of_hours_is_not_waited_for(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", rate_limited(7200))
    async with running(bot_api, echo, pauses=pauses):
        anna.says("verloren")
        assert (await anna.asks("wieder da")).text == "said wieder da"
    assert pauses.seconds == []


@pytest.mark.parametrize("fault", [bad_gateway(), dropped(), error(500, "Internal Server Error")])
async def test_a_failing_connection_is_tried_again(bot_api: BotApiServer, pauses: Pauses, fault: Fault) -> None:
    bot_api.fails("sendMessage", fault, times=3)
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [0.5, 1, 2]


async def test_what_fails_four_times_is_given_up_and_the_chat_goes_on(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", dropped(), times=4)
    async with running(bot_api, echo):
        anna.says("verloren")
        assert (await anna.asks("wieder da")).text == "said wieder da"


async def test_after_a_part_that_did_not_arrive_the_rest_is_not_sent(bot_api: BotApiServer) -> None:
    async def two(incoming: Incoming) -> Sequence[Reply]:
        return [*await echo(incoming), reply("Rest")]

    anna = bot_api.user(7)
    bot_api.fails("sendMessage", dropped(), times=4)
    async with running(bot_api, two):
        anna.says("verloren")
        anna.says("Hallo")
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["said Hallo", "Rest"]


@pytest.mark.parametrize("is_by_order", [True, False])
async def test_a_person_who_blocks_the_bot_is_left_alone(bot_api: BotApiServer, is_by_order: bool) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    if is_by_order:
        bot_api.fails("sendMessage", blocked(), chat=7)
    else:
        anna.blocks_bot()
    async with running(bot_api, echo):
        anna.says("Hallo")
        await bot_api.until(lambda: bot_api.calls("sendMessage"))
        assert (await bert.asks("Hallo")).text == "said Hallo"
    assert len([call for call in bot_api.calls("sendMessage") if call.chat == 7]) == 1


async def test_markup_that_telegram_refuses_is_sent_as_plain_text(bot_api: BotApiServer) -> None:
    bot_api.fails("sendMessage", error(400, "Bad Request: can't parse entities: Unsupported start tag"))
    async with running(bot_api, echo):
        sent = await bot_api.user(7).asks("<Hallo> & so")
    assert (sent.text, sent.parse_mode, sent.buttons) == ("said <Hallo> & so", None, ["Ja", "Nein"])


async def test_a_message_refused_twice_is_given_up(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", error(400, "Bad Request: whatever"), times=2)
    async with running(bot_api, echo):
        anna.says("verloren")
        assert (await anna.asks("wieder da")).text == "said wieder da"
