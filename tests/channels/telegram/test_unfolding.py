"""What unfolds in an answer's own message, and folds again, over HTTP."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.messages import Apart, Block, Choice, Incoming, Line, Reply, Said, Tapped
from tests.bot_api import BotApiServer, Fault, Sent, User, bad_gateway, blocked, dropped, error, rate_limited, silent
from tests.bot_api.fixtures import PROFILE, Pauses, Setup, running
from tests.channels.telegram.answers import reply, told
from tests.channels.telegram.pool import DOGS, PRICE, Pool
from tests.channels.telegram.stores import counted, sqlite_store

WORDING, FOLD = "Wortlaut", "Wortlaut ✕"


async def adult(person: User) -> Sent:
    """The answer that has every layer."""
    await person.asks(PRICE)
    await person.presses("Erwachsene")
    return await person.presses("Nein")


async def test_the_wording_unfolds_in_the_answer_and_folds_again(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        # Below the first reply of all stands who is responsible.
        await anna.asks("/start")
        answer = await anna.asks(DOGS)
        before = (answer.text, answer.entities, answer.keyboard)
        await anna.changes(WORDING)
        assert "Fernzuhalten sind" in answer.styled("blockquote")[0]
        assert "Nein, Hunde bleiben draußen." in answer.text
        assert FOLD in answer.buttons
        await anna.changes(FOLD)
        assert (answer.text, answer.entities, answer.keyboard) == before
        assert (answer.parse_mode, answer.has_preview) == ("HTML", False)
    assert len(anna.messages) == 2


async def test_what_unfolds_needs_no_mark_and_no_second_call(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(DOGS)
        await anna.changes(WORDING)
        await anna.presses("👍")
    calls = [call.method.lower() for call in bot_api.calls("editMessageText", "editMessageReplyMarkup", "sendMessage")]
    assert calls == ["sendmessage", "editmessagetext", "editmessagereplymarkup", "sendmessage"]
    assert {"✓ 👍", FOLD} <= set(anna.messages[0].buttons)


async def test_another_layer_takes_the_place_of_the_one_that_is_open(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        answer = await adult(anna)
        await anna.changes(WORDING)
        await anna.changes("Was Faltblatt schrieb")
    assert "Eintritt: drei Mark" in answer.styled("blockquote")[0]
    assert "Heute dazu\nHeute kostet er fünf Euro." in answer.text
    assert len(answer.styled("blockquote")) == 1
    assert {WORDING, "Was Faltblatt schrieb ✕"} <= set(answer.buttons)


async def test_an_answer_is_one_message_with_few_rows(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        answer = await adult(anna)
    assert answer.rows == [
        ["Wortlaut", "Text zum Kopieren"],
        ["Was Faltblatt schrieb"],
        ["Kind → Ja"],
        ["mit Saisonkarte → Ja"],
        ["👍", "👎", "Ändern", "Teilen"],
    ]
    assert answer.text.startswith("Eintritt ins Freibad\n\n")
    assert answer.styled("bold") == ["Nein, Erwachsene zahlen fünf Euro.", "So geht’s", "Quellen", "Behörde"]
    assert answer.styled("italic")[1].startswith("Umstritten: Ob Studierende")
    assert "\n1. Bringen Sie Kleingeld mit." in answer.text
    (sources,) = answer.styled("expandable_blockquote")
    assert sources.startswith("Quellen\nBehörde\n[1] ")


async def test_a_short_text_is_copied_by_its_button(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await adult(anna)
        assert anna.copies("Text zum Kopieren") == "Zwei Erwachsene, bitte."
        # The mark of another button leaves it as it is.
        await anna.presses("👍")
        assert anna.copies("Text zum Kopieren") == "Zwei Erwachsene, bitte."


async def test_an_answer_unfolds_whatever_was_said_and_forgotten_since(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        answer = await adult(anna)
        await anna.asks("/vergiss")
        await anna.asks(DOGS)
        await anna.changes(WORDING, on=answer)
    assert "Nein, Erwachsene zahlen fünf Euro." in answer.text
    assert FOLD in answer.buttons


async def test_in_a_group_an_answer_unfolds_in_the_private_chat_alone(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        short = await anna.at(bot_api.group(-100)).asks(f"@hofbot {DOGS}")
        assert short.rows == [["Im privaten Chat weiter"]]
        anna.opens_link(parse_qs(urlsplit(short.keyboard[0][0]["url"]).query)["start"][0])
        (answer,) = await anna.hears()
        await anna.changes(WORDING)
    assert "Fernzuhalten sind" in answer.styled("blockquote")[0]


async def test_in_a_topic_an_answer_unfolds_where_it_stands(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        topic = anna.opens_topic()
        anna.says(DOGS, topic=topic)
        (answer,) = await anna.hears()
        await anna.changes(WORDING)
    assert (answer.topic, len(anna.messages)) == (topic, 1)


QUOTATION = Block("quote", (Line("„Wort für Wort“"),))
VERDICT = Block("verdict", (Line("Ja & <Nein>"),))
LONG = "Wort " * 818


async def layered(incoming: Incoming) -> Sequence[Reply]:
    """An answer with a layer, one with a layer that is too long for its message, and one with a long text to copy."""
    match incoming.content:
        case Said("Antwort"):
            return [answered()]
        case Tapped("d:1"):
            return [unfolded(QUOTATION)]
        case Tapped("d:long"):
            return [unfolded(Block("quote", (Line(LONG),)))]
        case Tapped("d:0"):
            return [unfolded()]
        case Tapped("d:copy"):
            return [Reply("de", (Block("copy", (Line("Zeile 1\n\n  Zeile <2>"),)),))]
        case Tapped("d:fail"):
            raise ValueError
    return [reply(told(incoming))]


def answered() -> Reply:
    copied = Choice("Kopieren", "d:copy", "copy", "layers", "x" * 257)
    more = [Choice(label, f"d:{code}", group="says") for label, code in (("Lang", "long"), ("Fehler", "fail"))]
    return Reply("de", (VERDICT,), (Choice("Mehr", "d:1", group="layers"), copied, *more))


def unfolded(*shown: Block) -> Reply:
    choice = Choice("Weniger", "d:0") if shown else Choice("Mehr", "d:1")
    return Reply("de", (VERDICT, *shown), (choice,), apart=Apart(shown))


@asynccontextmanager
async def answer_of(bot_api: BotApiServer, anna: User, setup: Setup | None = None) -> AsyncIterator[Sent]:
    """The bot at work, and its answer as it stands before anything is unfolded."""
    async with running(bot_api, layered, setup):
        yield await anna.asks("Antwort")


async def test_a_text_too_long_for_its_button_comes_alone_to_be_copied(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna):
        copied = await anna.presses("Kopieren")
    assert copied.text == "Zeile 1\n\n  Zeile <2>"
    assert (copied.styled("pre"), copied.buttons) == ([copied.text], [])


async def test_what_is_too_long_for_the_message_is_sent_below_and_leaves_it_as_it_is(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        before = (answer.text, answer.rows)
        alone = await anna.presses("Lang")
    assert (alone.text, alone.buttons) == (LONG.strip(), [])
    assert (answer.text, answer.rows, answer.changes) == (*before, 0)


@pytest.mark.parametrize(
    "description",
    [
        "message to edit not found",
        "message can't be edited",
        "MESSAGE_ID_INVALID",
        "there is no text in the message to edit",
        "MESSAGE_TOO_LONG",
        "BUTTON_DATA_INVALID",
        "reply markup is too long",
    ],
)
async def test_what_cannot_be_changed_is_sent_below(bot_api: BotApiServer, description: str) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        bot_api.fails("editMessageText", error(400, f"Bad Request: {description}"))
        alone = await anna.presses("Mehr")
    assert (alone.text, alone.styled("blockquote"), alone.buttons) == ("„Wort für Wort“", ["„Wort für Wort“"], [])
    # It has kept its words and its buttons.
    assert (answer.text, answer.changes) == ("Ja & <Nein>", 0)
    assert "Mehr" in answer.buttons


async def test_what_belongs_to_a_deleted_message_is_sent_and_folding_it_is_silent(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        anna.deletes(answer)
        assert (await anna.presses("Mehr")).text == "„Wort für Wort“"
        anna.taps_code("d:0", on=answer)
        assert (await anna.asks("Ende")).text == "said Ende"


async def test_what_belongs_to_a_message_out_of_reach_is_sent_and_folding_it_is_silent(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        for is_inaccessible in (True, False):
            anna.taps_code("d:1", is_inaccessible=is_inaccessible)
            assert (await anna.hears())[0].text == "„Wort für Wort“"
            anna.taps_code("d:0", is_inaccessible=is_inaccessible)
        assert (await anna.asks("Ende")).text == "said Ende"
    assert answer.changes == 0


async def test_in_a_group_the_asker_unfolds_and_others_are_told_so(bot_api: BotApiServer) -> None:
    """As below the answers that were sent before those in groups became short."""
    group = bot_api.group(-100)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    told = {language: replace(each, not_yours="Nicht Ihre.") for language, each in PROFILE.wordings.items()}
    async with running(bot_api, layered, Setup(profile=replace(PROFILE, wordings=told))):
        question = anna.says("@hofbot Antwort")
        (answer,) = await anna.hears()
        tap = kim.taps("Mehr", on=answer)
        await bot_api.until(lambda: tap in bot_api.state.tap_answers)
        assert bot_api.state.tap_answers[tap]["text"] == "Nicht Ihre."
        assert answer.changes == 0
        await anna.changes("Mehr", on=answer)
    assert (answer.changes, answer.reply_to) == (1, question)
    assert len(anna.messages) == 1


async def test_what_is_sent_below_in_a_group_refers_to_the_question(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, layered):
        question = anna.says("@hofbot Antwort", topic=3)
        await anna.hears()
        bot_api.fails("editMessageText", error(400, "Bad Request: message can't be edited"))
        alone = await anna.presses("Mehr")
    assert (alone.text, alone.reply_to, alone.topic) == ("„Wort für Wort“", question, 3)


async def test_in_a_group_that_has_become_a_supergroup_it_is_sent_there(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    bot_api.group(-1002)
    async with running(bot_api, layered):
        anna.says("@hofbot Antwort")
        await anna.hears()
        moved = {"migrate_to_chat_id": -1002}
        bot_api.fails("editMessageText", Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", moved))
        anna.taps("Mehr")
        (alone,) = await anna.at(-1002).hears()
    assert alone.text == "„Wort für Wort“"


async def test_markup_that_telegram_refuses_is_changed_as_plain_text(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        bot_api.fails("editMessageText", error(400, "Bad Request: can't parse entities: Unsupported start tag"))
        await anna.changes("Mehr")
    assert (answer.text, answer.parse_mode) == ("Ja & <Nein>\n\n„Wort für Wort“", None)
    assert answer.buttons == ["Weniger"]
    assert len(anna.messages) == 1


async def test_what_is_refused_without_a_known_reason_is_changed_plainly_then_sent_below(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        bot_api.fails("editMessageText", error(400, "Bad Request: something new"), times=2)
        alone = await anna.presses("Mehr")
    tried = [call.parameters.get("parse_mode") for call in bot_api.calls("editMessageText")]
    assert tried == ["HTML", None]
    assert (alone.text, alone.parse_mode) == ("„Wort für Wort“", "HTML")
    assert answer.changes == 0


@pytest.mark.parametrize("fault", [bad_gateway(is_executed=True), dropped(is_executed=True)])
async def test_a_change_whose_success_nobody_confirmed_is_repeated_and_done(
    bot_api: BotApiServer, pauses: Pauses, fault: Fault
) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna, Setup(pauses=pauses)) as answer:
        bot_api.fails("editMessageText", fault)
        await anna.changes("Mehr")
        assert (await anna.asks("Ende")).text == "said Ende"
    assert len(bot_api.calls("editMessageText")) == 2
    assert (answer.changes, answer.text) == (1, "Ja & <Nein>\n\n„Wort für Wort“")
    assert pauses.seconds == [0.5]


@pytest.mark.parametrize("fault", [bad_gateway(), dropped(), error(500, "Internal Server Error"), silent()])
async def test_a_change_is_tried_until_it_works(
    bot_api: BotApiServer, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr("bot.channels.telegram.sending.ANSWER_SECONDS", 0.3)
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        bot_api.fails("editMessageText", fault, times=3)
        await anna.changes("Mehr")
    assert answer.changes == 1
    assert len(anna.messages) == 1


async def test_a_change_that_has_to_wait_keeps_its_place_in_the_order(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    pauses.hold()
    async with answer_of(bot_api, anna, Setup(pauses=pauses)) as answer:
        bot_api.fails("editMessageText", rate_limited(17))
        anna.taps("Mehr")
        anna.says("Ende")
        await bot_api.until(lambda: pauses.seconds == [17], "the bot to wait")
        assert (await bert.asks("Hallo")).text == "said Hallo"
        assert (answer.changes, len(anna.messages)) == (0, 1)
        pauses.release()
        assert (await anna.hears())[0].text == "said Ende"
        assert answer.changes == 1


async def test_a_change_that_waits_is_made_by_the_next_start(
    bot_api: BotApiServer, pauses: Pauses, tmp_path: Path
) -> None:
    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    pauses.hold()
    async with (
        sqlite_store(path) as store,
        answer_of(bot_api, anna, Setup(store=store, pauses=pauses)) as answer,
    ):
        bot_api.fails("editMessageText", rate_limited(5000))
        anna.taps("Mehr")
        await bot_api.until(lambda: pauses.seconds == [5000] and not bot_api.state.updates)
    assert (counted(path)["outbox"], answer.changes) == (1, 0)
    async with sqlite_store(path) as store, running(bot_api, layered, Setup(store=store)):
        assert (await anna.asks("Ende")).text == "said Ende"
    assert answer.text == "Ja & <Nein>\n\n„Wort für Wort“"
    assert counted(path)["outbox"] == 0


async def test_taps_in_a_row_end_where_the_last_one_leads(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna, Setup(monotonic=count(0, 10).__next__)) as answer:
        for code in ("d:1", "d:0", "d:1", "d:1", "d:0", "d:0"):
            anna.taps_code(code, on=answer)
        assert (await anna.asks("Ende")).text == "said Ende"
    assert (answer.text, answer.buttons) == ("Ja & <Nein>", ["Mehr"])
    assert len(anna.messages) == 2


async def test_who_has_blocked_the_bot_gets_no_change(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        bot_api.fails("editMessageText", blocked())
        anna.taps("Mehr")
        await bot_api.until(lambda: bot_api.calls("editMessageText"))
        assert (await anna.asks("Ende")).text == "said Ende"
    assert (answer.changes, len(bot_api.calls("editMessageText"))) == (0, 1)


async def test_changes_count_to_what_a_group_takes_in_a_minute(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    setup = Setup(pauses=pauses, monotonic=lambda: 0.0)
    pauses.hold()
    async with running(bot_api, layered, setup):
        anna.says("@hofbot Antwort")
        (answer,) = await anna.hears()
        for number in range(19):
            anna.taps_code(f"d:{(number + 1) % 2}", on=answer)
        await bot_api.until(lambda: answer.changes == 19)
        anna.says("@hofbot Ende")
        await bot_api.until(lambda: pauses.seconds == [60])
    assert len(anna.messages) == 1


async def test_an_unfolding_that_fails_ends_with_an_apology_below(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with answer_of(bot_api, anna) as answer:
        apology = await anna.presses("Fehler")
    assert apology.text.startswith("Entschuldigung")
    assert (answer.text, answer.changes) == ("Ja & <Nein>", 0)
