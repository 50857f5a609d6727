"""Turns over HTTP: their order, and what becomes of one that fails."""

from collections.abc import Sequence

import pytest

from bot.messages import Block, Incoming, Line, Reply
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import NOW, PROFILE, running
from tests.channels.telegram.answers import crash, echo, reply, told

pytestmark = pytest.mark.asyncio


async def test_messages_of_one_chat_are_answered_in_order_and_chats_do_not_wait_for_each_other(
    bot_api: BotApiServer,
) -> None:
    people = [bot_api.user(number) for number in range(1, 6)]
    begun: list[str] = []
    running_turns: dict[str, int] = {}

    async def answer(incoming: Incoming) -> Sequence[Reply]:
        chat = incoming.conversation.id
        begun.append(chat)
        running_turns[chat] = running_turns.get(chat, 0) + 1
        assert running_turns[chat] == 1, "two turns at a time in one chat"
        # Nobody is answered before everybody's first turn has begun: only concurrent chats get beyond this.
        await bot_api.until(lambda: len(set(begun)) == len(people), "all chats to begin")
        running_turns[chat] -= 1
        return [reply(told(incoming))]

    async with running(bot_api, answer):
        for number in range(10):
            for person in people:
                person.says(f"{number}")
        for person in people:
            assert [sent.text for sent in await person.hears(10)] == [f"said {number}" for number in range(10)]


async def test_hundreds_of_messages_in_a_chat_that_hangs_do_not_keep_the_others(bot_api: BotApiServer) -> None:
    hanging, others = bot_api.user(1), [bot_api.user(number) for number in range(2, 22)]

    async def answer(incoming: Incoming) -> Sequence[Reply]:
        if incoming.conversation.id == "telegram:1":
            await bot_api.until(lambda: len(bot_api.messages) >= len(others), "the others to be answered")
        return await echo(incoming)

    async with running(bot_api, answer):
        for number in range(300):
            hanging.says(f"{number}")
        for person in others:
            person.says("Hallo")
        for person in others:
            await person.hears()
        assert [sent.text for sent in await hanging.hears(300)] == [f"said {number}" for number in range(300)]


@pytest.mark.parametrize(("language", "wording"), [("de", "de"), ("en", "en"), ("fr", "de"), (None, "de")])
async def test_a_crash_ends_with_an_apology_and_the_bot_goes_on(
    bot_api: BotApiServer, language: str | None, wording: str
) -> None:
    calls: list[Incoming] = []

    async def answer(incoming: Incoming) -> Sequence[Reply]:
        calls.append(incoming)
        return await (crash if len(calls) == 1 else echo)(incoming)

    anna = bot_api.user(7, language)
    async with running(bot_api, answer):
        assert (await anna.asks("eins")).text == PROFILE.wordings["en" if wording == "en" else "de"].apology
        assert (await anna.asks("zwei")).text == "said zwei"


async def test_a_reply_that_cannot_be_shown_ends_with_an_apology(bot_api: BotApiServer) -> None:
    async def answer(_: Incoming) -> Sequence[Reply]:
        return [Reply("de", (Block("text", (Line(None),)),))]  # type: ignore[arg-type]  # a bug on the other side

    async with running(bot_api, answer):
        assert (await bot_api.user(7).asks("?")).text == PROFILE.wordings["de"].apology


async def test_an_answer_of_nothing_sends_nothing(bot_api: BotApiServer) -> None:
    async def answer(incoming: Incoming) -> Sequence[Reply]:
        return [] if told(incoming) == "said still" else await echo(incoming)

    anna = bot_api.user(7)
    async with running(bot_api, answer):
        anna.says("still")
        assert (await anna.asks("laut")).text == "said laut"


async def test_the_assistant_gets_the_time_from_the_clock(bot_api: BotApiServer) -> None:
    seen: list[Incoming] = []

    async def answer(incoming: Incoming) -> Sequence[Reply]:
        seen.append(incoming)
        return await echo(incoming)

    async with running(bot_api, answer):
        await bot_api.user(7, "en-GB").asks("?")
    assert (seen[0].at, seen[0].language) == (NOW, "en")


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "location", "document", "poll", "contact"])
async def test_what_is_no_text_gets_an_answer_too(bot_api: BotApiServer, kind: str) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        anna.sends("pinned_message")
        anna.sends(kind)
        anna.sends(kind, caption="Darf ich das?")
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["unreadable", "said Darf ich das?"]


async def test_people_and_topics_of_a_group_have_conversations_of_their_own(bot_api: BotApiServer) -> None:
    group = bot_api.group(-100)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)

    async def naming(incoming: Incoming) -> Sequence[Reply]:
        return [reply(incoming.conversation.id, "Ja")]

    async with running(bot_api, naming):
        opened = kim.opens_topic()
        for person, topic in ((anna, None), (kim, None), (anna, opened)):
            person.says("/hilfe", topic=topic)
        shown = await anna.hears(3)
        kim.taps("Ja", on=shown[1])
        anna.taps("Ja", on=shown[2])
        await anna.hears(2)
    names = ["telegram:-100:0:7", "telegram:-100:0:8", f"telegram:-100:{opened}:7"]
    assert [sent.text for sent in anna.messages] == [*names, *names[1:]]
    assert [sent.topic for sent in anna.messages] == [None, None, opened, None, opened]
