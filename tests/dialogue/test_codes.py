"""Choice codes: each leads back to what its button says, whatever is forged leads nowhere, all fit under a button."""

from collections.abc import Iterator
from itertools import product
from typing import get_args

import pytest

from bot.dialogue import codes, events
from bot.dialogue.answering import Answer
from bot.dialogue.cases import option_digest, pack
from bot.dialogue.events import Complaint, Event
from bot.knowledge.model import UNKNOWN, Entry, Knowledge
from bot.messages import CHOICE_CODE_BYTES, LANGUAGES, Language
from tests.dialogue.conftest import TODAY, Talk

PAYING = {"visitor": "adult", "ticket": "no"}


def read(talk: Talk, label: str) -> tuple[Event, Language | None]:
    return codes.read(talk.code(label), talk.knowledge)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_below_an_answer_leads_back_to_what_it_says(language: Language, small: Knowledge) -> None:
    answer = Answer(small, language, small.entries["pool-price"], {"visitor": "adult", "ticket": "yes"})
    read_back = {
        each.label: codes.read(each.code, small) for each in answer.reply(TODAY).choices if each.kind == "press"
    }
    case = {"visitor": "adult", "ticket": "yes"}
    expected = {
        "de": {"ohne Saisonkarte → Nein": "ticket", "Begriffe": "terms", "👍": "helpful", "👎": "unhelpful"},
        "en": {"without a season ticket → No": "ticket", "Terms": "terms", "👍": "helpful", "👎": "unhelpful"},
    }[language]
    meant: dict[str, Event] = {
        "ticket": events.Supposed({"ticket": "no"}, "pool-price", case),
        "terms": events.TermsAsked("pool-price", case),
        "helpful": events.Rated("pool-price", has_helped=True),
        "unhelpful": events.Rated("pool-price", has_helped=False),
    }
    assert {label: read_back[label] for label in expected} == {
        label: (meant[name], language) for label, name in expected.items()
    }


def test_what_was_wrong_leads_back_to_the_complaint(talk: Talk) -> None:
    talk(events.Rated("pool-dogs", has_helped=False))
    assert [read(talk, label)[0] for label in ("Zu lang", "Nicht meine Frage", "Zu allgemein")] == [
        events.Complained("pool-dogs", "too-long"),
        events.Complained("pool-dogs", "other-question"),
        events.Complained("pool-dogs", "too-general"),
    ]


def test_the_topics_lead_to_their_page(talk: Talk) -> None:
    talk(events.Requested("start"))
    assert read(talk, "Themen") == (events.Requested("topics"), "de")
    talk.press("Themen")
    assert "Eintritt und Öffnungszeiten" in talk.text


def price(knowledge: Knowledge, known: dict[str, str] | None = None) -> str:
    return pack(knowledge.entries["pool-price"], PAYING if known is None else known, knowledge.facts)


def test_a_case_without_facts_can_be_supposed_about(small: Knowledge) -> None:
    packed = price(small, {})
    digest = option_digest("ticket", "no")
    assert codes.read(f"i:de:{digest}:{packed}", small) == (
        events.Supposed({"ticket": "no"}, "pool-price", {}),
        "de",
    )
    # A plain entry id opens its case as well, as in links.
    assert codes.read("t:de:pool-price", small) == (events.TermsAsked("pool-price", {}), "de")


FORGED = [
    "i",
    "i:de",
    "i:de:abcd",
    "i:de::",
    "i:de:abcd:pool-price",
    "i:de:{option}:nowhere",
    "i:de:{option}:{packed}x",
    "i:de:{option}:{packed}:more",
    "i:xx:{option}:{packed}",
    "i:de:{foreign}:{packed}",
    "i:de:{packed}:{option}",
    "t:de",
    "t:de:",
    "t:de:nowhere",
    "t:de:{packed}x",
    "t:de:{packed}:more",
    "z:de:pool-dogs",
    "z:de:pool-dogs:",
    "z:de:pool-dogs:too-boring",
    "z:de:nowhere:too-long",
    "z:de:pool-dogs:too-long:more",
    "u:de:nowhere",
    "m",
    "m:de:more",
    "m:xx",
    "I:de:{option}:{packed}",
    "i:de:" + "A" * 5_000 + ":{packed}",
    "t:de:" + "A" * 5_000,
    "z:de:pool-dogs:" + "x" * 5_000,
    "m:de" + ":" * 5_000,
    "i:de:\u202e\0💥:{packed}",
    "t:de:\udc80",
]


@pytest.mark.parametrize("code", FORGED, ids=lambda code: ascii(code[:30]))
def test_a_forged_or_overlong_code_leads_nowhere(code: str, grown: Knowledge) -> None:
    filled = (
        code.replace("{option}", option_digest("ticket", "yes"))
        .replace("{foreign}", option_digest("depth", "deep"))
        .replace("{packed}", price(grown))
    )
    event, _ = codes.read(filled, grown)
    assert event == events.Outdated()


def test_what_the_knowledge_no_longer_has_of_a_case_is_dropped(small: Knowledge, grown: Knowledge) -> None:
    code = f"t:de:{pack(grown.entries['pool-dive'], {'skill': 'none'}, grown.facts)}"
    assert codes.read(code, small) == (events.Outdated(), "de")


# --- for the real knowledge ---


def largest_cases(entry: Entry, knowledge: Knowledge) -> Iterator[dict[str, str]]:
    """Cases with as many facts as possible: each of its first or last option, or not known."""
    values = [
        [*list(knowledge.facts[name].options)[:1], *list(knowledge.facts[name].options)[-1:], UNKNOWN]
        for name in entry.facts
    ]
    for each in product(*values):
        yield dict(zip(entry.facts, each, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_real_knowledge_fits_under_a_button_and_leads_back(
    language: Language, real: Knowledge
) -> None:
    for entry in real.entries.values():
        for known in largest_cases(entry, real):
            packed = pack(entry, known, real.facts)
            supposing = [
                codes.suppose(language, (name, option), packed)
                for name in entry.facts
                for option in real.facts[name].options
            ]
            made = [codes.terms(language, entry, known, real.facts), *supposing]
            assert max(len(code.encode()) for code in made) <= CHOICE_CODE_BYTES
            for code in made:
                event, spoken = codes.read(code, real)
                assert isinstance(event, events.TermsAsked | events.Supposed)
                assert (event.entry, spoken) == (entry.id, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_complaint_about_the_real_knowledge_fits_under_a_button_and_leads_back(
    language: Language, real: Knowledge
) -> None:
    for entry in real.entries:
        for complaint in get_args(Complaint):
            code = codes.complain(language, entry, complaint)
            assert len(code.encode()) <= CHOICE_CODE_BYTES
            assert codes.read(code, real) == (events.Complained(entry, complaint), language)
