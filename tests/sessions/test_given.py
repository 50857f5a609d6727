"""What people give: votes are counted, donated questions are kept until they are withdrawn, deleted or too old."""

from datetime import datetime, timedelta

import pytest

from bot.sessions.store import Donation, Store
from tests.sessions.samples import NOW, PRIVATE, SECOND, alone, keep


def donation(id_: str, at: datetime = NOW) -> Donation:
    return Donation(id_, f"Darf ich {id_}?", "de", at)


async def donate(store: Store, *donations: Donation) -> None:
    async with store.turn(alone("giver"), NOW) as turn:
        turn.donations += donations


async def withdraw(store: Store, *ids: str) -> None:
    async with store.turn(alone("anybody"), NOW) as turn:
        turn.withdrawn += ids


async def test_votes_are_counted_by_entry(store: Store) -> None:
    assert await store.votes() == {}
    for entry, vote in (("dogs", "helpful"), ("dogs", "helpful"), ("dogs", "unhelpful"), ("price", "unhelpful")):
        async with store.turn(alone("a"), NOW) as turn:
            turn.votes.append((entry, "helpful" if vote == "helpful" else "unhelpful", 1))
    assert await store.votes() == {"dogs": {"helpful": 2, "unhelpful": 1}, "price": {"unhelpful": 1}}


async def test_a_vote_that_was_changed_is_taken_back(store: Store) -> None:
    async with store.turn(alone("a"), NOW) as turn:
        turn.votes += [("dogs", "helpful", 1), ("price", "helpful", 1)]
    async with store.turn(alone("a"), NOW) as turn:
        turn.votes += [("dogs", "unhelpful", 1), ("dogs", "helpful", -1)]
    assert await store.votes() == {"dogs": {"helpful": 0, "unhelpful": 1}, "price": {"helpful": 1}}


async def test_a_vote_that_was_never_counted_can_be_taken_back_and_nothing_is_below_zero(store: Store) -> None:
    """A store that was lost has forgotten the votes, and a dialogue remembers them."""
    for _ in range(2):
        async with store.turn(alone("a"), NOW) as turn:
            turn.votes.append(("dogs", "helpful", -1))
    assert (await store.votes()).get("dogs", {"helpful": 0}) == {"helpful": 0}
    # Nor does it swallow the next one.
    async with store.turn(alone("a"), NOW) as turn:
        turn.votes.append(("dogs", "helpful", 1))
    assert await store.votes() == {"dogs": {"helpful": 1}}


async def test_what_was_wrong_is_counted_beside_the_votes(store: Store) -> None:
    async with store.turn(alone("a"), NOW) as turn:
        turn.votes += [("dogs", "unhelpful", 1), ("dogs", "too-long", 1), ("dogs", "too-general", 1)]
    assert await store.votes() == {"dogs": {"unhelpful": 1, "too-long": 1, "too-general": 1}}


async def test_votes_outlive_those_who_gave_them(store: Store) -> None:
    await keep(store, PRIVATE)
    async with store.turn(PRIVATE, NOW) as turn:
        turn.votes.append(("dogs", "helpful", 1))
    async with store.turn(PRIVATE, NOW) as turn:
        turn.erase()
    assert await store.votes() == {"dogs": {"helpful": 1}}


async def test_donated_questions_are_listed_oldest_first(store: Store) -> None:
    await donate(store, donation("new", NOW), donation("old", NOW - SECOND))
    assert list(await store.donations()) == [donation("old", NOW - SECOND), donation("new", NOW)]


async def test_a_donated_question_is_withdrawn_by_its_id_alone(store: Store) -> None:
    await donate(store, donation("one"), donation("two"))
    await withdraw(store, "one")
    assert list(await store.donations()) == [donation("two")]


@pytest.mark.parametrize("id_", ["unknown", "", "one' OR '1'='1", "*"])
async def test_withdrawing_what_is_not_there_changes_nothing(id_: str, store: Store) -> None:
    await donate(store, donation("one"))
    await withdraw(store, id_)
    assert list(await store.donations()) == [donation("one")]


async def test_editors_delete_what_they_have_taken_over(store: Store) -> None:
    await donate(store, donation("one"), donation("two"), donation("three"))
    assert await store.delete_donations(["one", "three", "unknown"]) == 2
    assert list(await store.donations()) == [donation("two")]
    assert await store.delete_donations([]) == 0


async def test_donated_questions_are_deleted_when_they_are_old(store: Store) -> None:
    await donate(store, donation("old"), donation("new", NOW + SECOND))
    assert (await store.delete_expired(NOW + timedelta(days=90) - SECOND)).donations == 0
    assert (await store.delete_expired(NOW + timedelta(days=90))).donations == 1
    assert list(await store.donations()) == [donation("new", NOW + SECOND)]


def test_a_donated_question_does_not_show_its_text_by_accident() -> None:
    assert "Darf ich" not in repr(donation("one"))
