"""Other bots, forwarded words, people without a name, buttons of nobody knows whom, over HTTP."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bot_api import BotApiServer, Sent, User
from tests.bot_api.fixtures import running
from tests.bot_api.server import WebServer
from tests.channels.telegram.answers import echo
from tests.channels.telegram.pool import DOGS, NONSENSE, PRICE, Pool

GROUP = -100


@pytest.fixture
def other_api(web: WebServer) -> Iterator[BotApiServer]:
    """The same Telegram, as another bot sees it."""
    with BotApiServer("777:other-token", web=web) as server:
        server.state.username, server.state.bot_id = "otherbot", 777
        yield server


def overheard(sent: Sent, speaker: BotApiServer, listener: BotApiServer) -> None:
    """What one bot has written reaches the other, as an answer to what that one wrote last."""
    bot = User(listener.state, speaker.state.bot_id, None, GROUP)
    bot.says(sent.text, reply_to=bot.last if bot.messages else None, more={"from": speaker.state.me})


async def test_two_bots_that_hear_each_other_do_not_talk_for_ever(
    bot_api: BotApiServer, other_api: BotApiServer
) -> None:
    apis = (bot_api, other_api)
    people = [api.user(7).at(api.group(GROUP)) for api in apis]
    async with running(bot_api, echo), running(other_api, echo):
        for person, api in zip(people, apis, strict=True):
            await person.asks(f"@{api.state.username} Hallo")
        passed = {bot_api: 0, other_api: 0}
        for _ in range(10):
            for speaker, listener in (apis, apis[::-1]):
                news = speaker.state.sent[passed[speaker] :]
                passed[speaker] += len(news)
                for sent in news:
                    overheard(sent, speaker, listener)
            # A person is heard all the same, and after everything that came before.
            for person, api in zip(people, apis, strict=True):
                person.says(f"@{api.state.username} Und?")
            await asyncio.gather(*(person.hears() for person in people))
    for person in people:
        assert [sent.text for sent in person.messages] == ["said Hallo"] * 1 + ["said Und?"] * 10


@pytest.mark.parametrize(
    "content",
    [
        {"text": "/hilfe"},
        {"text": "@hofbot Hallo"},
        {"text": "Hallo", "edit_date": 9},
    ],
)
async def test_a_bot_is_not_answered_in_private_either(bot_api: BotApiServer, content: dict[str, Any]) -> None:
    bot = bot_api.user(777)
    async with running(bot_api, echo):
        bot.write({"from": {"id": 777, "is_bot": True, "first_name": "Bot"}, **content})
        assert (await bot.asks("Ende")).text == "said Ende"


#: As Telegram shows who writes in the name of a group or of a channel (core.telegram.org/bots/api#message).
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


def in_the_name_of(chat: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    return {"from": shown, "sender_chat": chat}


async def test_people_behind_a_group_a_channel_or_another_bots_card_are_answered(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(GROUP))
    channel = {"id": -200, "type": "channel", "title": "Kanal"}
    async with running(bot_api, echo):
        anna.says("@hofbot eins", more=in_the_name_of(bot_api.state.chats[GROUP], ANONYMOUS))
        anna.says("@hofbot zwei", more=in_the_name_of(channel, CHANNEL))
        anna.says("@hofbot drei", more={"via_bot": {"id": 777, "is_bot": True, "first_name": "Bot"}})
        sent = await anna.hears(3)
    assert [message.text for message in sent] == ["said eins", "said zwei", "said drei"]


async def test_what_one_anonymous_administrator_told_is_not_taken_for_granted_of_the_next(
    bot_api: BotApiServer, pool: Pool
) -> None:
    nobody = bot_api.user(ANONYMOUS["id"]).at(bot_api.group(GROUP))  # type: ignore[arg-type]  # one dictionary
    named = in_the_name_of(bot_api.state.chats[GROUP], ANONYMOUS)
    async with pool.running():
        nobody.says(f"@hofbot {PRICE}", more=named)
        (asked,) = await nobody.hears()
        nobody.says("Kind", reply_to=asked, more=named)
        (answer,) = await nobody.hears()
        nobody.says(f"@hofbot {PRICE}", more=named)
        (asked_again,) = await nobody.hears()
    assert "für Kinder" in answer.text
    assert "Wer möchte baden?" in asked_again.text


async def test_a_forwarded_command_is_not_obeyed(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        anna.forwards("/vergiss")
        (told,) = await anna.hears()
        assert await pool.sessions() == 1
    assert told.text.startswith(pool.texts["not_text_forwarded_command"])
    assert "Wer möchte baden?" in told.text


async def test_in_a_group_a_forwarded_command_is_nobodys(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7).at(bot_api.group(GROUP))
    async with pool.running():
        await anna.asks(f"@hofbot {PRICE}")
        anna.forwards("/vergiss@hofbot")
        await anna.asks(f"@hofbot {PRICE}")
        assert await pool.sessions() == 1
    assert len(anna.messages) == 2


async def test_a_forwarded_question_is_answered(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.forwards(DOGS)
        (first,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text


async def test_a_strangers_words_are_not_offered_for_donation(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.forwards(NONSENSE)
        (declined,) = await anna.hears()
        anna.taps_code("g:de", on=await anna.asks(NONSENSE))
        await anna.hears()
    assert declined.text.startswith(pool.texts["declined_forwarded"])
    assert pool.texts["button_donate"] not in declined.buttons


async def test_a_button_of_an_earlier_version_takes_no_strangers_words(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        forwarded = anna.forwards(NONSENSE)
        (declined,) = await anna.hears()
        with bot_api.state.changed:
            declined.reply_to = forwarded
        anna.taps_code("g:de", on=declined)
        (told,) = await anna.hears()
    assert told.text == pool.texts["donation_forwarded"]
    assert await pool.store.donations() == []


@pytest.mark.parametrize("mention", ["@hofbot", "@hofbot ?", "@hofbot!", "👆 @hofbot"])
async def test_a_mention_without_words_reads_what_it_replies_to(
    bot_api: BotApiServer, pool: Pool, mention: str
) -> None:
    group = bot_api.group(GROUP)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        asked = kim.says(DOGS)
        pointed = anna.says(mention, reply_to=asked)
        (first,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text
    assert first.reply_to == pointed


async def test_of_a_long_message_only_the_part_that_is_quoted_is_read(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(GROUP)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        asked = kim.says(f"{PRICE} {DOGS}")
        anna.says("@hofbot?", reply_to=asked, more={"quote": {"text": DOGS, "position": len(PRICE) + 1}})
        (first,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text


async def test_what_a_mention_points_at_is_not_offered_for_donation(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(GROUP)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        anna.says("@hofbot ?", reply_to=kim.says(NONSENSE))
        (declined,) = await anna.hears()
    assert pool.texts["button_donate"] not in declined.buttons


async def test_a_mention_with_words_of_its_own_reads_only_those(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(GROUP)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        anna.says(f"@hofbot {DOGS}", reply_to=kim.says(NONSENSE))
        (first,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text


async def test_in_a_group_a_button_of_nobody_knows_whom_is_not_taken(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7).at(bot_api.group(GROUP))
    async with pool.running():
        tap = anna.taps_code("a:de:pool-price:visitor:child", is_inaccessible=True)
        await bot_api.until(lambda: tap in bot_api.state.tap_answers)
        await anna.asks(f"@hofbot {PRICE}")
    told = bot_api.state.tap_answers[tap]
    assert (told["text"], told["show_alert"]) == (pool.texts["group_too_old"], True)
    assert len(anna.messages) == 1


async def test_in_the_own_chat_a_button_that_is_too_old_is_taken(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.taps_code("a:de:pool-price:visitor:child", is_inaccessible=True)
        (first,) = await anna.hears()
    assert "für Kinder" in first.text
