"""Topics, in forums and in the own chat, over HTTP: each is a dialogue of its own; what opened it is no question."""

import pytest

from tests.bot_api import BotApiServer
from tests.channels.telegram.pool import NONSENSE, PRICE, Pool


async def test_topics_of_a_private_chat_are_asked_each_for_itself(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        child, adult = anna.opens_topic(), anna.opens_topic()
        anna.says(PRICE, topic=child)
        anna.says(PRICE, topic=adult)
        asked = await anna.hears(2)
        anna.says("Kind", topic=child)
        (answer,) = await anna.hears()
        anna.says("Erwachsene", topic=adult)
        (following,) = await anna.hears()
        anna.taps("Ja", on=following)
        (tapped,) = await anna.hears()
        assert await pool.sessions() == 2
    assert [sent.topic for sent in asked] == [child, adult]
    assert "für Kinder" in answer.text
    assert "Saisonkarte" in following.text
    assert answer.topic == child
    assert {following.topic, tapped.topic} == {adult}


async def test_what_is_held_of_a_person_is_found_and_deleted_from_any_topic(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        for topic in (anna.opens_topic(), anna.opens_topic()):
            anna.says(PRICE, topic=topic)
            await anna.hears()
        await anna.asks(PRICE)
        erased = await anna.asks("/vergiss")
        assert await pool.sessions() == 0
    assert "3 Gespräche" in erased.text


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_the_askers_buttons_work_in_a_forum_also_when_the_question_is_gone(
    bot_api: BotApiServer, pool: Pool, is_deleted: bool
) -> None:
    group = bot_api.group(-100)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        topic = kim.opens_topic()
        question = anna.says(f"@hofbot {PRICE}", topic=topic)
        (asked,) = await anna.hears()
        if is_deleted:
            anna.deletes_own(question)
        anna.taps("Kind", on=asked)
        (first,) = await anna.hears()
    assert "für Kinder" in first.text
    assert first.topic == topic
    assert first.reply_to == (None if is_deleted else question)


async def test_in_a_topic_that_the_bot_opened_itself_not_everything_is_meant_for_it(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with pool.running():
        topic = anna.opens_topic()
        bot_api.state.said[-100, topic].message["from"] = bot_api.state.me
        anna.says(PRICE, topic=topic)
        await anna.asks(f"@hofbot {PRICE}")
    assert len(anna.messages) == 1


async def test_nobody_donates_what_another_has_asked_and_deleted(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(-100)
    anna, eve = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        question = anna.says(f"@hofbot {NONSENSE}")
        await anna.hears()
        preview = await anna.presses("An die Redaktion geben")
        anna.deletes_own(question)
        eve.taps("Ja, so weitergeben", on=preview)
        (told,) = await anna.hears()
    # For Eve it is the first message of all: who is responsible stands below.
    assert told.text.startswith(pool.texts["donation_lost"])
    assert await pool.store.donations() == []
