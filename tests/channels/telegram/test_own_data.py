"""Access, erasure and the privacy notice, over HTTP."""

import json

import pytest

from bot.assistant import Taken
from bot.messages import Commanded, Incoming
from bot.sessions.store import Turn
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import NOW
from tests.channels.telegram.pool import DOGS, PRICE, Pool


@pytest.mark.parametrize(
    ("language", "command", "name"), [("de", "/meinedaten", "meine-daten.json"), ("en", "/mydata", "my-data.json")]
)
async def test_what_is_held_is_told_as_text_and_as_a_file(
    bot_api: BotApiServer, pool: Pool, language: str, command: str, name: str
) -> None:
    anna = bot_api.user(7, language)
    async with pool.running():
        await anna.asks("/start")
        await anna.asks("pool price for my parents" if language == "en" else "Freibad Preise für meine Eltern")
        anna.says(command)
        text, file = await anna.hears(2)
    assert ("Erwachsene" if language == "de" else "Adult") in text.text
    assert text.document is None
    assert file.document
    assert file.document[0] == name
    held = json.loads(file.document[1])
    assert held["sessions"][0]["facts"] == {"visitor": "adult"}
    assert held["sessions"][0]["entry"] == "pool-price"
    assert held["sessions"][0]["touched_at"] == NOW.isoformat()


async def test_who_has_said_nothing_is_told_so_and_leaves_nothing(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        told = await anna.asks("/meinedaten")
        await anna.asks("/meinedaten")
        assert await pool.sessions() == 0
    assert told.text.startswith(pool.texts["held_nothing"])
    assert not bot_api.calls("sendDocument")


async def test_erasure_says_what_was_deleted_and_takes_the_persons_groups_along(
    bot_api: BotApiServer, pool: Pool
) -> None:
    group = bot_api.group(-100)
    anna, bert = bot_api.user(7), bot_api.user(8)
    async with pool.running():
        await anna.asks(f"{PRICE} Für meine Eltern.")
        await anna.at(group).asks(f"@hofbot {PRICE}")
        await bert.at(group).asks(f"@hofbot {PRICE}")
        told = await anna.asks("/vergiss")
        assert await pool.sessions() == 1
        assert (await anna.asks("/meinedaten")).text.startswith(pool.texts["held_nothing"])
        again = await anna.asks("/vergiss")
        assert again.text.startswith(f"{pool.texts['erased_nothing']}\n\n{pool.texts['erased_not']}")
    assert told.text.startswith("Gelöscht: 2 Gespräche, eine Angabe.")
    assert pool.texts["erased_not"] in told.text


async def test_erasure_asked_for_in_a_group_takes_the_private_chat_along(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(-100)
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        await anna.at(group).asks(f"@hofbot {PRICE}")
        await anna.at(group).asks("/vergiss")
        assert await pool.sessions() == 0


async def test_what_is_asked_after_an_erasure_is_answered(
    bot_api: BotApiServer, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if it arrives while the erasure is under way: the person has said it after they wanted all forgotten."""
    anna = bot_api.user(7)
    take = pool.assistant.take

    async def slow(turn: Turn, incoming: Incoming) -> Taken:
        if incoming.content == Commanded("forget"):
            anna.says(DOGS)
            await bot_api.until(lambda: not bot_api.state.updates, "the next message to be stored")
        return await take(turn, incoming)

    monkeypatch.setattr(pool.assistant, "take", slow)
    async with pool.running():
        await anna.asks(PRICE)
        await anna.asks("/vergiss")
        (first,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text


async def test_the_privacy_notice_names_who_is_responsible_and_what_is_kept_how_long(
    bot_api: BotApiServer, pool: Pool
) -> None:
    async with pool.running():
        notice = await bot_api.user(7).asks("/datenschutz")
    for part in ("Freibad Musterstadt, post@pool.example", "schutz@pool.example", "30 Stunden", "45 Tage", "/vergiss"):
        assert part in notice.text
    for name in ("sessions", "inbox", "outbox", "votes", "donations"):
        assert pool.texts[f"stored_{name}"].format(hours="30 Stunden", days="45 Tage") in notice.text


async def test_the_first_reply_names_who_is_responsible_and_the_next_does_not(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    async with pool.running():
        anna.says(DOGS)
        (first,) = await anna.hears()
        second = await anna.asks(PRICE)
        started = await bert.asks("/start")
    told = pool.texts["privacy_introduction"].format(name="Freibad Musterstadt", contact="post@pool.example")
    assert first.text.endswith(told)
    assert told not in second.text
    assert started.text.count(told) == 1


@pytest.mark.parametrize("asked", ["Was hast du über mich gespeichert?", "Auskunft über meine Daten"])
async def test_access_can_be_asked_for_in_words(bot_api: BotApiServer, pool: Pool, asked: str) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        anna.says(asked)
        text, file = await anna.hears(2)
    assert "Thema: Eintritt ins Freibad" in text.text
    assert file.document


@pytest.mark.parametrize("asked", ["Lösche meine Daten!", "Ich widerspreche der Verarbeitung meiner Daten."])
async def test_erasure_can_be_asked_for_in_words(bot_api: BotApiServer, pool: Pool, asked: str) -> None:
    group = bot_api.group(-100)
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        await anna.at(group).asks(f"@hofbot {PRICE}")
        told = await anna.asks(asked)
        assert await pool.sessions() == 0
    assert told.text.startswith("Gelöscht: 2 Gespräche.")


async def test_new_deletes_only_this_dialogue(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(-100)
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        await anna.at(group).asks(f"@hofbot {PRICE}")
        await anna.asks("/neu")
        assert await pool.sessions() == 1
