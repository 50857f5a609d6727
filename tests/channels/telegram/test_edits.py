"""Messages that are changed afterwards, over HTTP."""

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import running
from tests.channels.telegram.answers import echo
from tests.channels.telegram.pool import DOGS, NONSENSE, PRICE, Pool


async def test_a_changed_question_is_answered_anew(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        question = anna.says(DOGS)
        await anna.hears()
        anna.edits(question, "Wann hat das Freibad offen?")
        (first,) = await anna.hears()
    assert first.text.startswith(pool.texts["edited"])
    assert "von neun bis zwanzig Uhr" in first.text


async def test_what_only_the_former_question_told_is_no_longer_so(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        question = anna.says("Was kostet der Eintritt ins Freibad für mein Kind?")
        (first,) = await anna.hears()
        assert "für Kinder" in first.text
        anna.edits(question, PRICE)
        (asked,) = await anna.hears()
    assert "Wer möchte baden?" in asked.text


async def test_a_changed_thanks_is_left_alone_and_a_changed_answer_corrects_the_answer(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        thanks = anna.says("danke")
        await anna.hears()
        anna.edits(thanks, "vielen dank")
        await anna.asks("Erwachsene")
        answer = anna.says("Ja")
        await anna.hears()
        anna.edits(answer, "Nein")
        (told,) = await anna.hears()
    assert told.text.startswith(pool.texts["edited_answer"])
    assert "Nein, Erwachsene zahlen fünf Euro." in told.text


async def test_a_changed_caption_is_read_and_a_changed_command_is_not(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        photo = anna.sends("photo", caption="eins")
        command = anna.says("/hilfe")
        await anna.hears(2)
        anna.edits(command, "/neu")
        anna.rewrite(photo, {"caption": "zwei"})
        assert (await anna.hears())[0].text == "said zwei"
        assert (await anna.asks("drei")).text == "said drei"


async def test_a_place_that_moves_is_declined_once(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        place = anna.shares_location(live_seconds=900)
        assert (await anna.hears())[0].text == "unreadable"
        for step in range(5):
            anna.moves(place, 51 + step / 100, 10)
        assert (await anna.asks("Hallo")).text == "said Hallo"


async def test_in_a_group_only_a_changed_question_to_the_bot_is_read(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, echo):
        talk = anna.says("Wir reden nur.")
        anna.edits(talk, "Wir reden weiter.")
        anna.edits(talk, "@hofbot darf ich das?")
        (sent,) = await anna.hears()
    assert (sent.text, sent.reply_to) == ("said darf ich das?", talk)


async def test_what_telegram_changes_by_itself_is_not_answered(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        question = anna.says(DOGS)
        await anna.hears()
        said = bot_api.state.said[7, question].message
        # A reaction, a view, a preview: the message comes again without the date of a change.
        bot_api.state.add_update("edited_message", {**said, "text": PRICE})
        asked = await anna.asks(PRICE)
    assert "Wer möchte baden?" in asked.text
    assert len(anna.messages) == 2


@pytest.mark.parametrize("changed", [DOGS, "Darf mein Hund mit ins Freibad??"])
async def test_a_change_that_changes_nothing_is_not_answered(bot_api: BotApiServer, pool: Pool, changed: str) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        question = anna.says(DOGS)
        await anna.hears()
        anna.edits(question, changed)
        asked = await anna.asks(PRICE)
        assert "Wer möchte baden?" in asked.text
        anna.edits(anna.says(PRICE), PRICE)
        await anna.hears()
        await anna.asks("Kind")
    # The question once more is asked again; its change, which changes nothing, is not.
    assert [message.text.startswith(pool.texts["edited"]) for message in anna.messages] == [False] * len(anna.messages)


async def test_a_refused_question_with_a_link_is_not_refused_again_when_its_preview_appears(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    linked = f"{NONSENSE} https://brot.example/rezept"
    async with pool.running():
        question = anna.says(linked)
        await anna.hears()
        anna.edits(question, linked)
        await anna.asks(PRICE)
    assert len(anna.messages) == 2


async def test_a_refused_question_that_is_put_otherwise_is_answered(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        question = anna.says(NONSENSE)
        await anna.hears()
        anna.edits(question, "Wie backe ich einen Kuchen mit Sahne?")
        (declined,) = await anna.hears()
        anna.edits(question, DOGS)
        (first,) = await anna.hears()
    assert declined.text.startswith(pool.texts["edited"])
    assert "Hunde bleiben draußen" in first.text
