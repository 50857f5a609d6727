"""Which of the offered entries a person means: by its title, a word of it, a fact it asks, or an answer to that."""

from datetime import UTC, datetime

import pytest

from bot.dialogue import events
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Language, Said
from bot.understanding import Understanding
from bot.understanding.choosing import Candidates

AT = datetime(2026, 11, 23, tzinfo=UTC)
ALL = ("pool-price", "pool-dogs", "pool-dive", "pool-course")


def among(knowledge: Knowledge, matcher: Matcher, *entries: str, language: Language = "de") -> Candidates:
    return Candidates(entries or ALL, knowledge, matcher, language)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Eintritt ins Freibad", "pool-price"),
        ("eintritt ins freibad!", "pool-price"),
        ("Hunde", "pool-dogs"),
        ("„Vom Brett springen“", "pool-dive"),
        ("Courses", "pool-course"),
        ("Dogs at the pool", "pool-dogs"),
        ("Eintritt ins Freibad bitte", None),
        ("Freibad", None),
        ("", None),
    ],
)
def test_a_title_or_label_is_known_word_for_word_in_either_language(
    text: str, entry: str | None, grown: Knowledge, grown_matcher: Matcher
) -> None:
    assert among(grown, grown_matcher).titled(text) == entry


@pytest.mark.parametrize(
    ("text", "language", "entry"),
    [
        ("das mit dem Hund", "de", "pool-dogs"),
        ("die Hunde bitte", "de", "pool-dogs"),
        ("das Springen", "de", "pool-dive"),
        ("Kurse", "de", "pool-course"),
        ("Kurs", "de", "pool-course"),
        ("the one about dogs", "en", "pool-dogs"),
        ("courses please", "en", "pool-course"),
        # A part of a compound names it, and a compound its part.
        ("Schwimmkurs", "de", "pool-course"),
        # A word that several share names none.
        ("Freibad", "de", None),
        ("pool", "en", None),
        # Too much besides for a choice.
        ("Hunde, aber eigentlich will mein Nachbar morgen früh Kuchen backen", "de", None),
        ("irgendwas", "de", None),
        ("nein", "de", None),
        ("???", "de", None),
    ],
)
def test_a_choice_is_named_by_a_word_that_it_alone_has(
    text: str, language: Language, entry: str | None, grown: Knowledge, grown_matcher: Matcher
) -> None:
    assert among(grown, grown_matcher, language=language).named(text) == entry


def test_more_words_of_one_name_it_where_both_share_some(grown: Knowledge, grown_matcher: Matcher) -> None:
    assert among(grown, grown_matcher, "pool-price", "pool-dogs").named("Eintritt Freibad") == "pool-price"


@pytest.mark.parametrize(
    ("facts", "entry"),
    [
        ({"ticket"}, "pool-price"),
        ({"depth"}, "pool-dive"),
        ({"depth", "land"}, "pool-dive"),
        # Two of them ask it.
        ({"visitor"}, None),
        ({"skill"}, None),
        ({"weather"}, None),
        (set(), None),
    ],
)
def test_the_only_choice_to_which_a_fact_matters_is_meant(
    facts: set[str], entry: str | None, grown: Knowledge, grown_matcher: Matcher
) -> None:
    assert among(grown, grown_matcher).asking(facts) == entry


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("hab ich", ("pool-price", "ticket", "yes")),
        ("ein wenig", ("pool-dive", "skill", "some")),
        ("myself", ("pool-price", "visitor", "adult")),
        ("lila", None),
    ],
)
def test_the_first_choice_whose_question_is_answered_is_meant(
    text: str, answered: tuple[str, str, str] | None, grown: Knowledge, grown_matcher: Matcher
) -> None:
    assert among(grown, grown_matcher).answered(text) == answered


@pytest.fixture(scope="module")
def understanding(grown: Knowledge, grown_matcher: Matcher) -> Understanding:
    return Understanding(grown, grown_matcher)


CHOOSING = Session("de", State.CHOOSING, candidates=("pool-price", "pool-dogs"))


@pytest.mark.parametrize("text", ["ja", "weiß nicht", "keine Ahnung", "yes", "not sure", "okay"])
def test_a_bare_yes_or_not_knowing_tells_no_fact_of_a_choice(text: str, understanding: Understanding) -> None:
    event = understanding.of(CHOOSING, Said(text), AT).event
    assert not isinstance(event, events.Matched | events.Picked)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("2", events.Picked("pool-dogs")),
        ("die erste", events.Picked("pool-price")),
        ("the last one", events.Picked("pool-dogs")),
        ("Hunde", events.Picked("pool-dogs")),
        ("das mit dem Hund", events.Matched("pool-dogs")),
        ("mit Saisonkarte", events.Matched("pool-price", {"ticket": "yes"})),
        ("hab ich", events.Matched("pool-price", {"ticket": "yes"})),
        ("nein", events.PickedNone()),
        ("nichts davon", events.PickedNone()),
        ("3", events.PickedNone()),
        ("alle beide", events.PickedAll()),
        ("both of them", events.PickedAll()),
    ],
)
def test_a_choice_is_made_in_whatever_words(text: str, event: events.Event, understanding: Understanding) -> None:
    assert understanding.of(CHOOSING, Said(text), AT).event == event
