"""Cases in links: what goes in comes out, also when the knowledge has moved on; anything else opens nothing."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import cases
from bot.dialogue.cases import Case, collisions, pack, start_parameter, unpack
from bot.dialogue.questions import given_facts, next_question
from bot.knowledge.model import UNKNOWN, Entry, Fact, Knowledge
from bot.knowledge.tables import open_outcomes

ThingT = TypeVar("ThingT")

CARRIED = re.compile(r"[A-Za-z0-9_-]{1,64}")
ADULT = {"visitor": "adult", "ticket": "no"}


def every_case(knowledge: Knowledge) -> Iterator[tuple[Entry, dict[str, str]]]:
    """Each entry with every combination of what can be known of it: an option, `unknown`, or nothing."""
    for entry in knowledge.entries.values():
        for values in product(*(("", UNKNOWN, *knowledge.facts[name].options) for name in entry.facts)):
            yield entry, {name: value for name, value in zip(entry.facts, values, strict=True) if value}


def without(things: Mapping[str, ThingT], name: str) -> dict[str, ThingT]:
    return {key: thing for key, thing in things.items() if key != name}


def price(small: Knowledge) -> str:
    return pack(small.entries["pool-price"], ADULT, small.facts)


def test_every_case_of_the_knowledge_comes_out_as_it_went_in(real: Knowledge) -> None:
    for entry, known in every_case(real):
        case = unpack(pack(entry, known, real.facts), real)
        assert case == Case(entry.id, {name: known[name] for name in given_facts(entry, real.facts, known)})
        assert open_outcomes(entry, real.facts, case.facts) == open_outcomes(entry, real.facts, known)
        assert next_question(entry, real.facts, case.facts) == next_question(entry, real.facts, known)


def test_the_facts_of_every_outcome_lead_there_again(real: Knowledge) -> None:
    for entry in real.entries.values():
        for outcome in entry.outcomes:
            known = {name: options[0] for name, options in outcome.when.items()}
            case = unpack(pack(entry, known, real.facts), real)
            assert case is not None
            assert open_outcomes(entry, real.facts, case.facts) == [outcome]


def test_every_case_of_the_knowledge_is_carried(real: Knowledge) -> None:
    parameters = [pack(entry, known, real.facts) for entry, known in every_case(real)]
    assert all(CARRIED.fullmatch(parameter) for parameter in parameters)
    # Room for the facts of the entry that asks for most, with some to spare.
    assert max(len(entry.facts) for entry in real.entries.values()) < cases.MOST_FACTS
    assert max(map(len, parameters)) <= 26


def test_packed_cases_are_taken_for_no_entry(real: Knowledge) -> None:
    assert not real.entries.keys() & {pack(entry, {}, real.facts) for entry in real.entries.values()}


def test_no_two_parts_of_the_knowledge_are_alike(real: Knowledge, small: Knowledge) -> None:
    assert collisions(real) == []
    assert collisions(small) == []


def test_parts_that_are_alike_are_found(small: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "_ENTRY_LENGTH", 0)
    monkeypatch.setattr(cases, "_OPTION_LENGTH", 0)
    options = ["ticket=yes", "ticket=no", "ticket=unknown", "visitor=adult", "visitor=child", "visitor=unknown"]
    assert collisions(small) == [*combinations(small.entries, 2), *combinations(options, 2)]


def test_a_parameter_stays_the_same_for_ever(small: Knowledge) -> None:
    """Posters are not printed anew: who changes the digests gives them another version and still reads this one."""
    assert price(small) == "A1086jR8VwJPIGfhY4"
    assert unpack("A1086jR8VwJPIGfhY4", small) == Case("pool-price", ADULT)


def test_a_plain_entry_is_a_case_of_which_nothing_is_known(small: Knowledge) -> None:
    assert unpack("pool-price", small) == Case("pool-price")
    assert start_parameter(small.entries["pool-price"], {}, small.facts) == "pool-price"
    assert start_parameter(small.entries["pool-price"], ADULT, small.facts) == price(small)


@pytest.mark.parametrize("name", ["pool-" * 13, "bäder", "pool price", "pool.price"])
def test_an_entry_that_no_link_carries_is_packed(small: Knowledge, name: str) -> None:
    entry = replace(small.entries["pool-price"], id=name)
    parameter = start_parameter(entry, {}, small.facts)
    assert CARRIED.fullmatch(parameter)
    assert unpack(parameter, replace(small, entries={name: entry})) == Case(name)


def test_facts_that_make_no_difference_are_left_out(small: Knowledge) -> None:
    known = {"visitor": "child", "ticket": "no", "weather": "fine"}
    case = unpack(pack(small.entries["pool-price"], known, small.facts), small)
    assert case == Case("pool-price", {"visitor": "child"})


def test_an_option_that_does_not_exist_is_left_out(small: Knowledge) -> None:
    assert unpack(pack(small.entries["pool-price"], {"visitor": "dog"}, small.facts), small) == Case("pool-price")


def test_order_makes_no_difference(small: Knowledge) -> None:
    entry = small.entries["pool-price"]
    turned = replace(
        small,
        entries={
            name: replace(each, facts=each.facts[::-1], outcomes=each.outcomes[::-1])
            for name, each in reversed(list(small.entries.items()))
        },
        facts={
            name: replace(fact, options=dict(reversed(list(fact.options.items()))))
            for name, fact in reversed(list(small.facts.items()))
        },
    )
    assert unpack(pack(entry, ADULT, small.facts), turned) == Case("pool-price", ADULT)
    assert unpack(pack(turned.entries["pool-price"], ADULT, turned.facts), small) == Case("pool-price", ADULT)


def test_what_is_added_makes_no_difference(small: Knowledge) -> None:
    ticket, entry = small.facts["ticket"], small.entries["pool-price"]
    day = {"day": replace(ticket.options["no"], id="day")}
    weather = replace(ticket, name="weather")
    grown = replace(
        small,
        entries={"lake": replace(entry, id="lake"), "pool-price": replace(entry, facts=("weather", *entry.facts))},
        facts={"weather": weather, **small.facts, "ticket": replace(ticket, options={**day, **ticket.options})},
    )
    assert unpack(price(small), grown) == Case("pool-price", ADULT)


def test_a_removed_fact_is_dropped(small: Knowledge) -> None:
    entry = replace(small.entries["pool-price"], facts=("visitor",))
    kept = Case("pool-price", {"visitor": "adult"})
    assert unpack(price(small), replace(small, entries={entry.id: entry})) == kept
    assert unpack(price(small), replace(small, facts=without(small.facts, "ticket"))) == kept


def test_a_removed_option_is_dropped(small: Knowledge) -> None:
    ticket = small.facts["ticket"]
    fewer = {**small.facts, "ticket": replace(ticket, options=without(ticket.options, "no"))}
    assert unpack(price(small), replace(small, facts=fewer)) == Case("pool-price", {"visitor": "adult"})


def test_a_removed_entry_opens_nothing(small: Knowledge) -> None:
    fewer = replace(small, entries=without(small.entries, "pool-price"))
    assert unpack(price(small), fewer) is None
    assert unpack("pool-price", fewer) is None


def long_entry(small: Knowledge, count: int) -> tuple[Entry, dict[str, Fact]]:
    """An entry with so many facts, each of which decides when all are `yes`."""
    names = tuple(f"fact-{number}" for number in range(count))
    yes, row = ("yes",), small.entries["pool-price"].outcomes[0]
    whens = [{**dict.fromkeys(names[:at], yes), name: ("no",)} for at, name in enumerate(names)]
    outcomes = tuple(replace(row, when=when) for when in (*whens, dict.fromkeys(names, yes)))
    facts = {name: replace(small.facts["ticket"], name=name) for name in names}
    return replace(small.entries["pool-price"], id="long", facts=names, outcomes=outcomes), facts


def test_of_too_many_facts_those_asked_first_are_packed(small: Knowledge) -> None:
    entry, facts = long_entry(small, cases.MOST_FACTS + 3)
    parameter = pack(entry, dict.fromkeys(entry.facts, "yes"), facts)
    assert CARRIED.fullmatch(parameter)
    case = unpack(parameter, replace(small, entries={"long": entry}, facts=facts))
    assert case == Case("long", dict.fromkeys(entry.facts[: cases.MOST_FACTS], "yes"))


def test_of_too_many_facts_those_not_known_are_left_out(small: Knowledge) -> None:
    entry, facts = long_entry(small, cases.MOST_FACTS + 1)
    first, *others = entry.facts
    known = {first: UNKNOWN, **dict.fromkeys(others, "yes")}
    case = unpack(pack(entry, known, facts), replace(small, entries={"long": entry}, facts=facts))
    assert case == Case("long", dict.fromkeys(others, "yes"))


@given(st.text() | st.from_regex(r"A[A-Za-z0-9]{0,80}", fullmatch=True))
def test_other_texts_open_nothing(small: Knowledge, text: str) -> None:
    assert unpack(text, small) is None


def test_what_was_cut_off_or_mistyped_opens_nothing(small: Knowledge) -> None:
    parameter = price(small)
    assert unpack(parameter.lower(), small) is None
    for at in range(len(parameter)):
        assert unpack(parameter[:at], small) is None
        assert unpack(parameter[at + 1 :], small) is None
        assert unpack(parameter[:at] + parameter[at + 1 :], small) is None
        for sign in (string.ascii_letters + string.digits + "_-").replace(parameter[at], ""):
            assert unpack(parameter[:at] + sign + parameter[at + 1 :], small) is None
            assert unpack(parameter + sign, small) is None


@pytest.mark.parametrize("text", ["", "\udc80", "A\udc80", "\0", "A" * 5_000, " pool-price", "POOL-PRICE"])
def test_odd_texts_open_nothing(small: Knowledge, text: str) -> None:
    assert unpack(text, small) is None
