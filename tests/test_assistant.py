"""A turn: what is stored of it, and what becomes of a dialogue when the knowledge changed in between."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.assistant import Assistant
from bot.dialogue.cases import pack
from bot.dialogue.scene import Controller, Notice
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Decision, Matcher
from bot.messages import Commanded, Content, Conversation, Incoming, Reply, Said, Tapped, Unreadable
from bot.sessions.memory import MemoryStore
from bot.sessions.store import STORED, Retention
from bot.understanding import Understanding

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
SOMEBODY = Conversation("a")
PRICE = "Was kostet der Eintritt ins Freibad?"
OUTDATED = [
    Session("de", State.CHOOSING, candidates=("gone", "pool-dogs")),
    Session("de", State.ASKING, entry="pool-price", pending="gone"),
    Session("de", State.ASKING, entry="gone", pending="visitor", waiting=(Suspended("gone", {"gone": "x"}),)),
    Session("de", State.CHANGING, entry="pool-price", facts={"gone": "x", "visitor": "adult"}),
    Session("de", State.CHANGING, entry="gone"),
    Session("de", State.ANSWERED, entry="gone", facts={"visitor": "giant"}),
]


@pytest.fixture
async def store() -> AsyncIterator[MemoryStore]:
    made = MemoryStore(Retention(timedelta(hours=24)))
    yield made
    await made.close()


@pytest.fixture
def assistant(small: Knowledge, small_matcher: Matcher, store: MemoryStore) -> Assistant:
    return Assistant(small, Understanding(small, small_matcher), store, "de")


async def kept(store: MemoryStore) -> Session | None:
    async with store.turn(SOMEBODY, NOW) as turn:
        return turn.session


@pytest.mark.parametrize("session", OUTDATED, ids=lambda session: f"{session.state}-{session.entry}")
@pytest.mark.parametrize(
    "content",
    [
        *(
            Said(text)
            for text in ("1", "ja", "hallo", "und als Kind?", "Hunde im Freibad?", "zurück", "ändern", "🎉", "")
        ),
        Tapped("a:de:pool-price:visitor:giant"),
        Tapped("n:de"),
        Commanded("start", "gone"),
        Unreadable(),
    ],
    ids=repr,
)
async def test_a_dialogue_of_another_knowledge_goes_on(
    session: Session, content: Content, assistant: Assistant, store: MemoryStore
) -> None:
    async with store.turn(SOMEBODY, NOW) as turn:
        turn.keep(session)
    assert await assistant.answer(Incoming(SOMEBODY, content, NOW))


async def test_new_leaves_nothing_stored(assistant: Assistant, store: MemoryStore) -> None:
    await assistant.answer(Incoming(SOMEBODY, Said("Was kostet der Eintritt ins Freibad?"), NOW))
    assert await kept(store) is not None
    await assistant.answer(Incoming(SOMEBODY, Commanded("reset"), NOW))
    assert await kept(store) is None


async def test_the_language_of_the_persons_app_is_spoken_first(assistant: Assistant) -> None:
    (reply,) = await assistant.answer(Incoming(SOMEBODY, Commanded("start"), NOW, "en"))
    assert reply.language == "en"


# --- a corrected question ---


async def said(assistant: Assistant, content: Content, conversation: Conversation = SOMEBODY) -> str:
    replies = await assistant.answer(Incoming(conversation, content, NOW))
    return "\n".join(line.text for reply in replies for block in reply.blocks for line in block.lines)


async def test_an_edit_is_read_anew_without_what_the_question_before_it_told(
    assistant: Assistant, store: MemoryStore
) -> None:
    await said(assistant, Said(f"{PRICE} Mein Kind will baden."))
    told = await said(assistant, Said(PRICE, is_edit=True))
    assert "Sie haben Ihre Frage geändert" in told
    assert "Wer möchte baden?" in told
    session = await kept(store)
    assert session is not None
    assert session.facts == {}


async def test_an_edit_keeps_what_the_person_was_asked_and_has_answered(
    assistant: Assistant, store: MemoryStore
) -> None:
    await said(assistant, Said(f"{PRICE} Mit Saisonkarte."))
    await said(assistant, Said("Erwachsene"))
    told = await said(assistant, Said(f"{PRICE} Ohne Saisonkarte.", is_edit=True))
    assert "Erwachsene zahlen fünf Euro" in told
    session = await kept(store)
    assert session is not None
    assert session.facts == {"visitor": "adult", "ticket": "no"}


async def test_an_edit_is_a_question_and_no_answer_to_the_one_that_is_open(
    assistant: Assistant, store: MemoryStore
) -> None:
    await said(assistant, Said(PRICE))
    assert "Hunde bleiben draußen" in await said(assistant, Said("Hunde im Freibad?", is_edit=True))
    session = await kept(store)
    assert session is not None
    assert (session.state, session.entry, session.waiting) == (State.ANSWERED, "pool-dogs", ())


@pytest.mark.parametrize("text", ["danke!", "hallo"])
async def test_changed_small_talk_is_met_with_silence(text: str, assistant: Assistant, store: MemoryStore) -> None:
    await said(assistant, Said(PRICE))
    before = await kept(store)
    assert await assistant.answer(Incoming(SOMEBODY, Said(text, is_edit=True), NOW)) == ()
    assert await kept(store) == before


@pytest.mark.parametrize("text", ["Ja", "2", "zurück", "neu", "lösche meine daten", "🎉", "An die Redaktion geben"])
async def test_what_is_no_question_is_not_done_because_it_was_changed(
    text: str, assistant: Assistant, store: MemoryStore
) -> None:
    await said(assistant, Said(PRICE))
    await said(assistant, Said("Erwachsene"))
    before = await kept(store)
    told = await said(assistant, Said(text, is_edit=True))
    assert "Eine Antwort auf meine Rückfrage ändern Sie mit „ändern“" in told
    assert "Ihre Frage geändert" not in told
    assert await kept(store) == before


async def test_a_fact_that_was_changed_changes_the_answer(assistant: Assistant, store: MemoryStore) -> None:
    await said(assistant, Said(PRICE))
    await said(assistant, Said("Erwachsene"))
    await said(assistant, Said("Nein"))
    told = await said(assistant, Said("mit Saisonkarte", is_edit=True))
    assert "mit der Saisonkarte ist alles bezahlt" in told
    session = await kept(store)
    assert session is not None
    assert session.facts == {"visitor": "adult", "ticket": "yes"}


async def test_a_question_that_now_tells_more_is_a_question_and_no_answer(assistant: Assistant) -> None:
    await said(assistant, Said(PRICE))
    told = await said(assistant, Said(f"{PRICE} Mein Kind will baden.", is_edit=True))
    assert "für Kinder ist der Eintritt frei" in told


async def test_an_answer_that_was_changed_corrects_the_answer(assistant: Assistant) -> None:
    await said(assistant, Said(PRICE))
    await said(assistant, Said("Erwachsene"))
    told = await said(assistant, Said("Kind", is_edit=True))
    assert "Ich habe Ihre Änderung übernommen" in told
    assert "für Kinder ist der Eintritt frei" in told


async def test_only_edits_are_told_as_edits(assistant: Assistant) -> None:
    assert "geändert" not in await said(assistant, Said(PRICE))


# --- personal data ---


async def test_who_sends_personal_data_is_told_and_still_answered(assistant: Assistant) -> None:
    told = await said(assistant, Said("Hunde im Freibad? Antwort an eva.muster@example.org"))
    assert "nicht brauche: E-Mail-Adresse." in told
    assert "Hunde bleiben draußen" in told
    assert "eva.muster" not in told


async def test_who_sends_none_is_not_told_so(assistant: Assistant) -> None:
    assert "nicht brauche" not in await said(assistant, Said("Hunde im Freibad?"))


async def test_every_kind_is_named_once(assistant: Assistant) -> None:
    text = "Hunde im Freibad? 0171 2345678, eva.muster@example.org oder bert@example.org"
    told = await said(assistant, Said(text))
    (remark,) = [line for line in told.splitlines() if "nicht brauche" in line]
    assert remark.count("E-Mail-Adresse") == remark.count("Telefonnummer") == 1


async def test_who_was_told_is_not_told_again_in_the_same_dialogue(assistant: Assistant, store: MemoryStore) -> None:
    personal = Said("Hunde im Freibad? eva.muster@example.org")
    assert "nicht brauche" in await said(assistant, personal)
    session = await kept(store)
    assert session is not None
    assert session.is_reminded
    assert "nicht brauche" not in await said(assistant, personal)
    await said(assistant, Said("abbrechen"))
    assert "nicht brauche" not in await said(assistant, personal)
    await said(assistant, Said(personal.text, is_edit=True))
    assert "nicht brauche" not in await said(assistant, personal)
    await said(assistant, Commanded("reset"))
    assert "nicht brauche" in await said(assistant, personal)


# --- who is responsible ---


async def test_who_is_responsible_is_told_with_the_first_reply_alone(
    small: Knowledge, small_matcher: Matcher, store: MemoryStore
) -> None:
    notice = Notice(Controller("Freibad Musterstadt", "post@pool.example"), STORED, channel="telegram")
    assistant = Assistant(small, Understanding(small, small_matcher), store, "de", notice)
    assert "Verantwortlich: Freibad Musterstadt, post@pool.example" in await said(assistant, Said(PRICE))
    assert "Verantwortlich" not in await said(assistant, Said("Erwachsene"))
    assert "Verantwortlich" not in await said(assistant, Commanded("help"))
    assert (await said(assistant, Commanded("start"))).count("Verantwortlich:") == 1
    # Everything is forgotten, and that it was told, too.
    await said(assistant, Commanded("reset"))
    assert "Verantwortlich" in await said(assistant, Said("Hunde im Freibad?"))


async def test_where_nobody_is_named_the_first_reply_names_nobody(assistant: Assistant) -> None:
    assert "Verantwortlich" not in await said(assistant, Said(PRICE))


# --- buttons whose words are typed ---


@pytest.mark.parametrize("label", ["An die Redaktion geben", "Ja, so weitergeben", "Pass on to the editors"])
async def test_a_typed_button_is_sent_back_to_the_button(label: str, assistant: Assistant, store: MemoryStore) -> None:
    await said(assistant, Said(PRICE))
    told = await said(assistant, Said(f" {label}\n"))
    assert "den Knopf selbst" in told
    assert "Wer möchte baden?" in told
    assert (list(await store.donations()), await store.votes()) == ([], {})


async def test_a_thumb_before_any_answer_rates_none(assistant: Assistant, store: MemoryStore) -> None:
    await said(assistant, Said(PRICE))
    assert "Wer möchte baden?" in await said(assistant, Said("👎"))
    assert await store.votes() == {}


@pytest.mark.parametrize(
    ("label", "shown"),
    [("wortlaut", "„Fernzuhalten sind"), ("Wording", "„Fernzuhalten sind"), ("Text zum Kopieren", "Zwei Erwachsene")],
)
async def test_what_unfolds_below_an_answer_can_be_asked_for_in_the_buttons_words(
    label: str, shown: str, assistant: Assistant
) -> None:
    await said(assistant, Said("Was kostet der Eintritt ins Freibad?"))
    await said(assistant, Said("als Erwachsener ohne Saisonkarte"))
    if "Fernzuhalten" in shown:
        await said(assistant, Said("Hunde im Freibad"))
    assert shown in await said(assistant, Said(label))


# --- links ---


async def test_a_link_with_a_case_opens_its_answer(assistant: Assistant, small: Knowledge) -> None:
    parameter = pack(small.entries["pool-price"], {"visitor": "adult", "ticket": "no"}, small.facts)
    assert "Erwachsene zahlen fünf Euro" in await said(assistant, Commanded("start", parameter))


async def test_a_link_with_part_of_a_case_asks_for_the_rest(assistant: Assistant, small: Knowledge) -> None:
    parameter = pack(small.entries["pool-price"], {"visitor": "adult"}, small.facts)
    told = await said(assistant, Commanded("start", parameter))
    assert "Ich gehe davon aus: Erwachsene" in told
    assert "Haben Sie eine Saisonkarte?" in told


async def test_a_link_to_an_entry_opens_it(assistant: Assistant) -> None:
    assert "Hunde bleiben draußen" in await said(assistant, Commanded("start", "pool-dogs"))


@pytest.mark.parametrize("parameter", ["", "gone", "A1086jR8VwJPIGfhYx", "A", "x" * 64, "../..", "ü"])
async def test_any_other_link_opens_the_start_page(parameter: str, assistant: Assistant) -> None:
    assert "nenne zu jedem Grund die Quelle" in await said(assistant, Commanded("start", parameter))


# --- what people give, see and delete ---

PRIVATE = Conversation("p", chat="chat", person="ada")
GROUP = Conversation("g", chat="group", person="ada", is_group=True)


async def choose(assistant: Assistant, label: str, replies: tuple[Reply, ...], question: str = "") -> tuple[Reply, ...]:
    """Press a button, with what a channel sends along: what its message answers, and what it quotes."""
    reply, choice = next((reply, each) for reply in replies for each in reply.choices if each.label == label)
    quoted = "\n".join(line.text for block in reply.blocks if block.kind == "quote" for line in block.lines)
    return await assistant.answer(Incoming(SOMEBODY, Tapped(choice.code, question, quoted), NOW))


async def test_the_last_vote_on_an_answer_counts_once(assistant: Assistant, store: MemoryStore) -> None:
    replies = await assistant.answer(Incoming(SOMEBODY, Said("Hunde im Freibad?"), NOW))
    for label in ("👍", "👍", "👎"):
        await choose(assistant, label, replies)
    assert await store.votes() == {"pool-dogs": {"helpful": 0, "unhelpful": 1}}


async def test_what_was_missing_is_counted_beside_the_vote(assistant: Assistant, store: MemoryStore) -> None:
    replies = await assistant.answer(Incoming(SOMEBODY, Said("Hunde im Freibad?"), NOW))
    asked = await choose(assistant, "👎", replies)
    await choose(assistant, "Zu allgemein", asked)
    assert await store.votes() == {"pool-dogs": {"unhelpful": 1, "too-general": 1}}


async def test_a_question_is_stored_as_it_was_shown_and_can_be_withdrawn(
    assistant: Assistant, store: MemoryStore
) -> None:
    question = "Wie backe ich Kuchen?\nAntwort an eva.muster@example.org, danke!"
    replies = await assistant.answer(Incoming(SOMEBODY, Said(question), NOW))
    shown = await choose(assistant, "An die Redaktion geben", replies, question)
    assert list(await store.donations()) == []
    thanks = await choose(assistant, "Ja, so weitergeben", shown)
    (donation,) = await store.donations()
    assert donation.text == "Wie backe ich Kuchen?\nAntwort an [E-Mail-Adresse], danke!"
    assert (donation.language, donation.at) == ("de", NOW)
    await choose(assistant, "Zurückziehen", thanks)
    assert list(await store.donations()) == []


async def test_a_very_long_question_is_cut_where_it_is_shown(assistant: Assistant, store: MemoryStore) -> None:
    replies = await assistant.answer(Incoming(SOMEBODY, Said("Wie backe ich Kuchen?"), NOW))
    shown = await choose(assistant, "An die Redaktion geben", replies, "Kuchen " * 1000)
    await choose(assistant, "Ja, so weitergeben", shown)
    (donation,) = await store.donations()
    assert 1000 < len(donation.text) < 1600
    assert donation.text.endswith("…")


async def test_every_donation_has_an_id_that_nobody_guesses(assistant: Assistant, store: MemoryStore) -> None:
    for _ in range(3):
        await assistant.answer(Incoming(SOMEBODY, Tapped("y:de", quoted="Darf ich das?"), NOW))
    ids = {each.id for each in await store.donations()}
    assert len(ids) == 3
    assert all(len(each) >= 16 for each in ids)


async def test_who_only_asks_what_is_held_leaves_nothing(assistant: Assistant, store: MemoryStore) -> None:
    assert "Mit Ihnen verknüpft ist nichts gespeichert" in await said(assistant, Commanded("my_data"))
    assert "Mit Ihnen verknüpft ist nichts gespeichert" in await said(assistant, Commanded("my_data"))
    assert await kept(store) is None


async def test_what_is_held_is_shown_in_the_private_chat_alone(assistant: Assistant) -> None:
    await said(assistant, Said(f"{PRICE} Mein Kind will baden."), GROUP)
    told = await said(assistant, Commanded("my_data"), GROUP)
    assert "nur im privaten Chat" in told
    assert "Angaben" not in told
    told = await said(assistant, Commanded("my_data"), PRIVATE)
    assert "Angaben: Kind" in told


async def test_whatever_was_said_in_a_group_is_erased_from_the_private_chat(assistant: Assistant) -> None:
    await said(assistant, Said(f"{PRICE} Mein Kind will baden."), GROUP)
    assert "Gelöscht: Ihr Gespräch, eine Angabe." in await said(assistant, Commanded("forget"), PRIVATE)
    assert "Mit Ihnen verknüpft ist nichts gespeichert" in await said(assistant, Commanded("my_data"), PRIVATE)


async def test_who_asks_for_erasure_leaves_nothing(assistant: Assistant, store: MemoryStore) -> None:
    await said(assistant, Said(PRICE))
    await said(assistant, Commanded("forget"))
    assert await kept(store) is None


async def test_what_a_turn_was_about_may_be_counted(assistant: Assistant, store: MemoryStore) -> None:
    async with store.turn(SOMEBODY, NOW) as turn:
        taken = await assistant.take(turn, Incoming(SOMEBODY, Said("Hunde im Freibad?"), NOW))
    assert (taken.decision, taken.entry) == ("matched", "pool-dogs")


async def test_a_text_that_takes_long_to_read_keeps_no_other_waiting(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, decide = threading.Event(), Matcher.decide

    def slow(self: Matcher, text: str, *rest: Any) -> Decision:
        if text != PRICE:
            go_on.wait(30)
        return decide(self, text, *rest)

    monkeypatch.setattr(Matcher, "decide", slow)
    held_up = asyncio.create_task(assistant.answer(Incoming(SOMEBODY, Said("Darf mein Hund mit ins Freibad?"), NOW)))
    await asyncio.sleep(0.1)
    assert await assistant.answer(Incoming(Conversation("b"), Said(PRICE), NOW))
    assert not held_up.done()
    go_on.set()
    assert await held_up
