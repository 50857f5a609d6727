"""Talk about an answer: every aspect in words of its own, about the answer that was told last; in the middle of a
question about that, or about the answer told before; and with nothing told."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import cast, get_args

import pytest

from bot.dialogue import acts, events
from bot.dialogue.events import Aspect
from bot.dialogue.respond import respond
from bot.dialogue.session import Session, State
from bot.dialogue.telling import AboutAnswer
from bot.knowledge.model import UNKNOWN, Entry, Knowledge
from bot.messages import LANGUAGES, Language, Reply
from tests.dialogue.conftest import TODAY, Talk

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
PAYING = {"visitor": "adult", "ticket": "no"}
CONCLUSION = "Nein, Erwachsene zahlen fünf Euro."
REASON = "Das gilt an jedem Tag bis zwanzig Uhr."
STEP = "Bringen Sie Kleingeld mit."
DISPUTED = "Ob Studierende als Erwachsene zahlen, ist offen."
AGE_OF_SOURCES = (
    "Ihre datierte Quelle ist von Mai 2024; wann Gesetze und Seiten zuletzt gelesen wurden, steht bei den Quellen."
)
CHECKED = (
    "Geprüft wurde das zuletzt am 15.01.2026. Was sich seither geändert haben könnte, weiß ich nicht; die nächste "
    "Prüfung ist bis 15.01.2027 vorgesehen."
)


def lines(talk: Talk) -> list[str]:
    return [line for reply in talk.replies for line in texts(reply)]


def texts(reply: Reply) -> list[str]:
    return [line.text for block in reply.blocks for line in block.lines]


@pytest.fixture
def paying(talk: Talk) -> Talk:
    return talk(events.Matched("pool-price", PAYING))


# --- one by one, after an answer ---


@pytest.mark.parametrize(
    ("aspect", "told"),
    [
        ("verdict", ["Ich gehe davon aus: Erwachsene · ohne Saisonkarte", CONCLUSION]),
        ("brief", ["In einem Satz:", "Ich gehe davon aus: Erwachsene · ohne Saisonkarte", CONCLUSION]),
        ("reasons", ["Die Gründe:", REASON]),
        ("next_steps", ["Das können Sie tun:", STEP]),
        ("example", ["Ein eigenes Beispiel habe ich nicht. So sieht es im Alltag aus:", STEP]),
        ("risk", ["Was im einzelnen Fall droht, kann ich nicht sagen. Darum geht es:", REASON]),
        (
            "citing",
            [
                "Das steht hier:",
                "Badeordnung, Nr. 1: Erwachsene zahlen fünf Euro.",
                "Badeordnung, Nr. 5: Geöffnet ist von neun bis zwanzig Uhr.",
            ],
        ),
        (
            "wording",
            [
                "In unseren Worten: Erwachsene zahlen fünf Euro.",
                "In unseren Worten: Geöffnet ist von neun bis zwanzig Uhr.",
            ],
        ),
        ("sources", ["Eintritt ins Freibad"]),
        (
            "age",
            [
                "Diese Antwort hat den Stand 15.01.2026 und soll bis 15.01.2027 neu geprüft werden.",
                AGE_OF_SOURCES,
            ],
        ),
        (
            "still_valid",
            [
                CHECKED,
                DISPUTED,
            ],
        ),
        (
            "certain",
            [
                "So sicher, wie es ihre Quellen sind: Behörde.",
                DISPUTED,
                "Ich gehe davon aus: Erwachsene · ohne Saisonkarte",
            ],
        ),
        ("template", ["Zwei Erwachsene, bitte."]),
        ("as_file", ["Die Antwort als Textdatei:"]),
        ("what_change", ["Anders wäre es so:"]),
        ("facts_used", ["Ich gehe davon aus: Erwachsene · ohne Saisonkarte"]),
    ],
)
def test_after_an_answer_each_is_told_of_that_answer(aspect: Aspect, told: list[str], paying: Talk) -> None:
    paying(events.AnswerAsked(aspect))
    assert lines(paying) == told
    assert paying.session.state is State.ANSWERED


def test_once_more_the_whole_answer_is_told(paying: Talk) -> None:
    (answer,) = paying.replies
    (again,) = paying(events.AnswerAsked("repeat")).replies
    assert again == answer


def test_once_more_it_is_told_as_supposed_if_it_was(paying: Talk) -> None:
    paying(events.Supposed({"ticket": "yes"}))(events.AnswerAsked("repeat"))
    assert "Angenommen: mit Saisonkarte" in lines(paying)


def test_sources_of_several_dates_are_told_from_the_oldest_to_the_newest(small: Knowledge) -> None:
    decided = replace(small.sources["pool-law"], kind="decision", published="2020-07-03")
    talk = Talk(replace(small, sources={**small.sources, "pool-law": decided}))
    talk(events.Matched("pool-dogs"))(events.AnswerAsked("age"))
    assert "von 3. Juli 2020 bis Mai 2024" in lines(talk)[1]


def test_who_wrote_it_is_told_with_the_day_of_its_last_review(paying: Talk) -> None:
    (told,) = lines(paying(events.AnswerAsked("author")))
    assert "keine KI erfunden" in told
    assert "15.01.2026" in told


def test_simpler_words_are_used_where_there_are_any(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "badge", "depth": "deep"}))(events.AnswerAsked("simpler"))
    assert lines(grown_talk) == ["Springen Sie ruhig."]
    # They are carried by what carries the sentence.
    assert [line.marks for block in grown_talk.replies[0].blocks for line in block.lines] == [(1,)]
    assert [each.claim for reply in grown_talk.replies for each in reply.citations] == ["season"]


def test_without_simpler_words_it_is_said_that_there_are_none(paying: Talk) -> None:
    paying(events.AnswerAsked("simpler"))
    assert lines(paying) == [
        "Einfachere Worte habe ich dafür nicht. Das Wichtigste:",
        "Ich gehe davon aus: Erwachsene · ohne Saisonkarte",
        CONCLUSION,
    ]


def test_what_would_change_it_is_a_button_each(paying: Talk) -> None:
    paying(events.AnswerAsked("what_change"))
    assert paying.labels == ["Kind → Ja", "mit Saisonkarte → Ja"]
    paying.press("Kind → Ja")
    assert "für Kinder ist der Eintritt frei" in paying.text


def test_the_facts_used_can_be_changed(paying: Talk) -> None:
    assert paying(events.AnswerAsked("facts_used")).labels == ["Ändern"]


def test_sources_are_told_with_their_links(paying: Talk) -> None:
    (reply,) = paying(events.AnswerAsked("sources")).replies
    assert {(each.claim, each.url) for each in reply.citations} == {
        ("price-adult", "https://pool.example/rules"),
        ("hours", "https://pool.example/rules"),
    }


def test_an_overdue_review_is_told_when_asked_whether_it_still_holds(paying: Talk) -> None:
    replies = respond("de", paying(events.AnswerAsked("still_valid")).acts, paying.knowledge, date(2027, 6, 1))
    assert texts(replies[0])[0].startswith("Vorsicht: Geprüft wurde das zuletzt am 15.01.2026")


@pytest.mark.parametrize("aspect", ["reasons", "next_steps", "example", "risk", "what_change", "template"])
def test_what_an_answer_does_not_have_is_said_not_to_be_there(aspect: Aspect, talk: Talk) -> None:
    talk(events.Matched("pool-hours"))(events.AnswerAsked(aspect))
    key = {"next_steps": "about_steps_none", "what_change": "about_change_none"}.get(aspect, f"about_{aspect}_none")
    assert lines(talk)[0] == talk.knowledge.texts["de"][key]
    if aspect != "template":
        assert lines(talk)[-1] == "Geöffnet ist von neun bis zwanzig Uhr."


def test_an_answer_that_depends_on_nothing_says_so(talk: Talk) -> None:
    assert lines(talk(events.Matched("pool-dogs"))(events.AnswerAsked("facts_used"))) == [
        "Diese Antwort hängt von keiner Angabe von Ihnen ab."
    ]


def test_a_text_to_copy_of_a_neighbour_is_offered(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-badge", {"proof": "yes"}))(events.AnswerAsked("template"))
    assert lines(grown_talk) == ["Einen Text zum Kopieren habe ich hier:"]
    assert grown_talk.labels == ["Eintritt"]
    grown_talk.press("Eintritt")
    assert grown_talk.session.entry == "pool-price"


def test_nothing_disputed_is_said_to_be_so(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))(events.AnswerAsked("certain"))
    assert lines(talk) == [
        "So sicher, wie es ihre Quellen sind: Gesetz, Behörde.",
        "Dass daran etwas umstritten wäre, ist hier nicht vermerkt.",
    ]


# --- as a file ---


@pytest.mark.parametrize(("language", "name"), [("de", "antwort.txt"), ("en", "answer.txt")])
def test_the_file_holds_the_verdict_and_the_sources_with_their_links(language: Language, name: str, talk: Talk) -> None:
    talk.session = Session(language)
    (told,) = talk(events.Matched("pool-price", PAYING)).replies
    (reply,) = talk(events.AnswerAsked("as_file")).replies
    assert reply.attachment is not None
    assert reply.attachment.name == name
    paragraphs = reply.attachment.text.split("\n\n")
    verdict = next(line.text for block in told.blocks if block.kind == "verdict" for line in block.lines)
    assert f"{verdict} [1]" in paragraphs
    for block in told.blocks:
        for line in block.lines:
            assert line.text in reply.attachment.text
    # One line, though two claims of it are cited.
    assert paragraphs[-1].splitlines()[1:] == [
        f"[{each.number}] {each.label} ({each.date}): {each.url}" for each in told.citations[:1]
    ]
    assert reply.attachment.text.endswith("\n")


def test_the_file_is_of_the_answer_that_was_told_last(paying: Talk) -> None:
    paying(events.Matched("pool-dogs"))(events.Matched("pool-price"))
    assert paying.session.state is State.ASKING
    reply, _ = paying(events.AnswerAsked("as_file")).replies
    assert reply.attachment is not None
    assert reply.attachment.text.startswith("Hunde im Freibad\n\nNein, Hunde bleiben draußen. [1]\n\n")


# --- none like another ---


def every_aspect(knowledge: Knowledge, language: Language, entry: Entry, known: dict[str, str]) -> dict[Aspect, str]:
    about = AboutAnswer(knowledge, language, entry, known)
    return {aspect: "\n".join(texts(about.of(aspect, TODAY))) for aspect in ASPECTS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("entry", "known"),
    [
        ("pool-price", PAYING),
        ("pool-price", {"visitor": "child"}),
        ("pool-price", {"visitor": "adult", "ticket": UNKNOWN}),
        ("pool-dogs", {}),
        ("pool-hours", {}),
        ("pool-dive", {"skill": "badge", "depth": "deep"}),
        ("pool-dive", {"skill": "none"}),
        ("pool-dive", {"skill": UNKNOWN, "depth": UNKNOWN, "visitor": UNKNOWN}),
        ("pool-slide", {}),
    ],
)
def test_no_aspect_says_the_same_as_another(
    entry: str, known: dict[str, str], language: Language, grown: Knowledge
) -> None:
    told = every_aspect(grown, language, grown.entries[entry], known)
    assert all(told.values())
    assert [pair for pair in combinations(ASPECTS, 2) if told[pair[0]] == told[pair[1]]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_aspect_of_an_answer_of_the_real_knowledge_says_the_same_as_another(
    language: Language, real: Knowledge
) -> None:
    for entry in real.entries.values():
        for outcome in entry.outcomes:
            known = {name: options[0] for name, options in outcome.when.items()}
            told = every_aspect(real, language, entry, known)
            alike = [pair for pair in combinations(ASPECTS, 2) if told[pair[0]] == told[pair[1]]]
            assert alike == [], (entry.id, known)


# --- in the middle of a question ---


@pytest.mark.parametrize("aspect", ["repeat", "simpler", "brief"])
def test_the_question_itself_is_put_again_in_the_middle_of_it(aspect: Aspect, talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.AnswerAsked(aspect))
    assert lines(talk) == [
        "Noch einmal meine Frage zu „Eintritt ins Freibad“. (Frage 1 von höchstens 2)",
        "Wer möchte baden?",
    ]
    assert talk.labels[:2] == ["Erwachsene", "Kind"]


def test_why_in_the_middle_of_a_question_is_why_it_is_asked(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.AnswerAsked("reasons"))
    assert lines(talk)[0] == "Kinder zahlen nichts."
    assert lines(talk)[-1] == "Wer möchte baden?"


def test_so_then_in_the_middle_of_a_question_is_what_holds_so_far(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult"}))(events.AnswerAsked("verdict"))
    told = lines(talk)
    assert told[0] == "Das hängt noch von Ihrer Antwort ab. Bis jetzt gilt:"
    assert "ohne Saisonkarte: Nein, Erwachsene zahlen fünf Euro." in told
    assert told[-1] == "Haben Sie eine Saisonkarte?"


@pytest.mark.parametrize("aspect", ASPECTS)
def test_in_the_middle_of_a_question_it_comes_back_whatever_is_asked_about(aspect: Aspect, talk: Talk) -> None:
    before = talk(events.Matched("pool-price")).session
    talk(events.AnswerAsked(aspect))
    assert talk.session == before
    assert lines(talk)[-1] == "Wer möchte baden?"


@pytest.mark.parametrize("aspect", [each for each in ASPECTS if each != "verdict"])
def test_after_another_answer_it_is_about_that_answer_and_the_question_comes_back(
    aspect: Aspect, grown_talk: Talk
) -> None:
    grown_talk(events.Matched("pool-course"))(events.Matched("pool-price", PAYING))
    assert grown_talk.session.state is State.ASKING
    (told, asked) = grown_talk(events.AnswerAsked(aspect)).acts
    assert isinstance(told, acts.TellAbout | acts.Tell)
    assert (told.entry, told.known) == ("pool-price", PAYING)
    assert isinstance(asked, acts.Ask)
    assert asked.entry == "pool-course"


def test_what_holds_so_far_is_of_the_question_even_after_another_answer(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course"))(events.Matched("pool-price", PAYING))
    told = cast(acts.TellBriefly, grown_talk(events.AnswerAsked("verdict")).acts[0])
    assert (told.entry, told.lead) == ("pool-course", "so_far")


# --- with nothing told ---


@pytest.mark.parametrize(
    "state", [events.Cancelled(), events.Ambiguous(("pool-price", "pool-dogs"))], ids=["idle", "choosing"]
)
@pytest.mark.parametrize("aspect", ASPECTS)
def test_with_nothing_told_it_is_said_or_what_helps_is_told(aspect: Aspect, state: events.Event, talk: Talk) -> None:
    talk(state)(events.AnswerAsked(aspect))
    if aspect == "sources":
        assert talk.acts[0] == acts.ShowPage("sources")
    else:
        told = acts.TellHelpers({}) if aspect == "helpers" else acts.Say("nothing_told")
        assert talk.acts[0] == told


def test_an_answer_that_the_knowledge_no_longer_has_is_not_talked_about(paying: Talk) -> None:
    fewer = {name: entry for name, entry in paying.knowledge.entries.items() if name != "pool-price"}
    paying.knowledge = replace(paying.knowledge, entries=fewer)
    paying(events.AnswerAsked("reasons"))
    assert paying.acts == (acts.Say("nothing_told"),)


def test_an_answer_can_be_talked_about_after_small_talk_and_after_a_miss(paying: Talk) -> None:
    paying(events.AsideMade("thanks"))(events.Unmatched())(events.AnswerAsked("next_steps"))
    assert lines(paying) == ["Das können Sie tun:", STEP]


# --- who helps ---


@pytest.mark.parametrize(
    ("known", "authority"),
    [
        ({"land": "north"}, "Aufsicht Nordland: https://north.example/"),
        ({"land": "north", "sender": "authority"}, "Aufsicht Nordland: https://north.example/"),
        ({"land": "south"}, "Aufsicht der Betriebe Südland: https://south-private.example/"),
        ({"land": "south", "sender": "business"}, "Aufsicht der Betriebe Südland: https://south-private.example/"),
        ({"land": "south", "sender": "authority"}, "Aufsicht der Ämter Südland: https://south-public.example/"),
        ({"land": "south", "sender": "school"}, "Aufsicht der Ämter Südland: https://south-public.example/"),
        ({"sender": "authority", "authority_level": "federal"}, "Bundesaufsicht: https://federal.example/"),
        ({"land": "south", "authority_level": "federal"}, "Bundesaufsicht: https://federal.example/"),
        ({"sender": "church"}, "Aufsicht der Kirche: https://church.example/"),
        ({"land": "north", "sender": "church"}, "Aufsicht der Kirche: https://church.example/"),
    ],
)
def test_who_is_in_charge_is_told_by_land_and_kind_of_body(
    known: dict[str, str], authority: str, grown_talk: Talk
) -> None:
    grown_talk(events.Matched("pool-dogs", known))(events.AnswerAsked("helpers"))
    (told,) = [line for line in lines(grown_talk) if "https://" in line]
    assert told.startswith(authority)
    assert lines(grown_talk)[-1] == grown_talk.knowledge.texts["de"]["helpers_advice"]


def test_where_to_complain_and_to_report_is_told_where_there_is_a_form(grown_talk: Talk) -> None:
    grown_talk(events.LanguageChosen("en"))
    grown_talk(events.Matched("pool-dogs", {"land": "north"}))(events.AnswerAsked("helpers"))
    (told,) = [line for line in lines(grown_talk) if "https://" in line]
    assert told == (
        "Northland Authority: https://north.example/ · complaint: https://north.example/complaint · "
        "report an incident: https://north.example/breach · checked on 2026-01-15"
    )


@pytest.mark.parametrize("known", [{}, {"sender": "authority"}, {"land": "unknown"}])
def test_where_the_authority_is_not_known_the_general_help_is_told(known: dict[str, str], grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dogs", known))(events.AnswerAsked("helpers"))
    assert "Sonst hilft die Kasse." in grown_talk.text
    assert "Aufsicht" not in grown_talk.text


def test_what_was_told_of_the_asker_after_the_answer_counts(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dogs"))(events.Revised({"land": "north"}))(events.AnswerAsked("helpers"))
    assert "Aufsicht Nordland" in grown_talk.text


def test_an_authority_that_needs_no_land_is_in_charge_of_whom_it_serves(grown: Knowledge) -> None:
    """Where one authority is in charge of all, nobody has to tell where they are."""
    only = replace(grown.authorities["north"], land=None)
    talk = Talk(replace(grown, authorities={"only": only}))
    talk(events.Matched("pool-dogs"))(events.AnswerAsked("helpers"))
    assert "Aufsicht Nordland" in talk.text
