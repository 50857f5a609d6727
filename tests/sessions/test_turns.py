"""Turns: exclusive, in order, and saved whole or not at all."""

import asyncio

import pytest

from bot.dialogue.session import Session
from bot.messages import Conversation
from bot.sessions.store import Depth, Donation, InboxUpdate, Store
from tests.sessions.samples import (
    ASKING,
    DAY,
    GROUP,
    NOW,
    PRIVATE,
    RETENTION,
    SECOND,
    alone,
    answer,
    holding,
    keep,
    messages,
    pending,
    read,
    take,
    updates,
)


async def test_a_session_is_kept_whole(store: Store) -> None:
    await keep(store, alone("a"))
    assert await read(store, alone("a")) == ASKING
    assert await read(store, alone("b")) is None


async def test_a_lane_and_a_channel_without_one_see_the_same_session(store: Store) -> None:
    await answer(store, PRIVATE, 1)
    assert await read(store, PRIVATE) == ASKING
    await take(store, PRIVATE, 2)
    async with holding(store, PRIVATE) as lane, lane.turn(InboxUpdate(2, ""), PRIVATE, NOW) as turn:
        assert turn.session == ASKING


async def test_a_turn_that_keeps_nothing_changes_nothing(store: Store) -> None:
    await keep(store, alone("a"))
    async with store.turn(alone("a"), NOW):
        pass
    assert await read(store, alone("a")) == ASKING


async def fail(store: Store, conversation: Conversation) -> None:
    """A turn that does everything it can, and then fails."""
    async with holding(store, conversation) as lane, lane.turn(InboxUpdate(1, "update 1"), conversation, NOW) as turn:
        turn.keep(Session("de"))
        turn.votes.append(("pool-dogs", "helpful", 1))
        turn.donations.append(Donation("id", "text", "de", NOW))
        turn.outgoing += ["one", "two"]
        turn.erase()
        raise RuntimeError


async def test_a_turn_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    await keep(store, PRIVATE)
    await take(store, PRIVATE, 1)
    before = await pending(store, PRIVATE)
    with pytest.raises(RuntimeError):
        await fail(store, PRIVATE)
    assert await read(store, PRIVATE) == ASKING
    assert await pending(store, PRIVATE) == before
    assert await store.votes() == {}
    assert list(await store.donations()) == []
    assert await store.depth() == Depth(inbox=1)


async def test_a_turn_that_is_cancelled_leaves_everything_as_it_was(store: Store) -> None:
    await keep(store, PRIVATE)
    begun = asyncio.Event()

    async def wait_for_ever() -> None:
        async with store.turn(PRIVATE, NOW) as turn:
            turn.keep(Session("de"))
            begun.set()
            await asyncio.Event().wait()

    waiting = asyncio.create_task(wait_for_ever())
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await read(store, PRIVATE) == ASKING


async def test_the_update_can_be_taken_up_again_after_a_failure(store: Store) -> None:
    await take(store, PRIVATE, 1)
    with pytest.raises(RuntimeError):
        await fail(store, PRIVATE)
    await answer(store, PRIVATE, 1, "sorry")
    assert await updates(store, PRIVATE) == []
    assert await messages(store, PRIVATE) == ["sorry"]


async def test_session_mark_and_replies_are_saved_together(store: Store) -> None:
    await take(store, PRIVATE, 1)
    async with holding(store, PRIVATE) as lane:
        async with lane.turn(InboxUpdate(1, "update 1"), PRIVATE, NOW) as turn:
            turn.keep(ASKING)
            turn.outgoing.append("reply")
            assert (await store.depth()) == Depth(inbox=1)
        assert (await store.depth()) == Depth(outbox=1)
    assert await read(store, PRIVATE) == ASKING


async def test_one_conversation_is_served_one_turn_at_a_time_in_order(clockless: Store) -> None:
    order: list[int] = []

    async def turn(number: int) -> None:
        async with clockless.turn(alone("a"), NOW) as opened:
            before = opened.session.misses if opened.session else 0
            await asyncio.sleep(0)
            order.append(number)
            opened.keep(Session("de", misses=before + 1))

    await asyncio.gather(*(turn(number) for number in range(20)))
    assert order == list(range(20))
    session = await read(clockless, alone("a"))
    assert session is not None
    assert session.misses == 20


async def test_no_turn_of_a_conversation_is_lost_to_another(store: Store) -> None:
    async def turn() -> None:
        async with store.turn(alone("a"), NOW) as opened:
            before = opened.session.misses if opened.session else 0
            opened.keep(Session("de", misses=before + 1))

    await asyncio.gather(*(turn() for _ in range(5)))
    session = await read(store, alone("a"))
    assert session is not None
    assert session.misses == 5


async def test_other_conversations_are_not_held_up(store: Store) -> None:
    async with store.turn(alone("slow"), NOW):
        await asyncio.wait_for(keep(store, alone("quick")), timeout=60)
    assert await read(store, alone("quick")) == ASKING


async def test_a_forgotten_session_is_gone_and_no_other(store: Store) -> None:
    await keep(store, PRIVATE)
    await keep(store, GROUP)
    async with store.turn(PRIVATE, NOW) as turn:
        turn.forget()
    assert await read(store, PRIVATE) is None
    assert await read(store, GROUP) == ASKING


async def test_fifty_lanes_work_at_once(store: Store) -> None:
    people = [alone(f"person {number}") for number in range(50)]
    await store.enqueue(
        [(each.lane, InboxUpdate(number, f"hello {number}")) for number, each in enumerate(people)], NOW
    )

    async def work(number: int, conversation: Conversation) -> None:
        async with holding(store, conversation) as lane:
            (update,) = (await lane.pending()).updates
            assert update == InboxUpdate(number, f"hello {number}")
            async with lane.turn(update, conversation, NOW) as turn:
                turn.keep(Session("de", misses=number))
                turn.votes.append(("pool-dogs", "helpful", 1))
                turn.outgoing += [f"first {number}", f"second {number}"]
            for message, text in zip(turn.queued, ("first", "second"), strict=True):
                assert message.body == f"{text} {number}"
                await lane.delivered(message)

    await asyncio.gather(*(work(number, each) for number, each in enumerate(people)))
    assert await store.depth() == Depth()
    assert await store.votes() == {"pool-dogs": {"helpful": 50}}
    sessions = [await read(store, each) for each in people]
    assert [each.misses if each else None for each in sessions] == list(range(50))


async def test_a_failing_turn_disturbs_none_of_those_beside_it(store: Store) -> None:
    people = [alone(f"person {number}") for number in range(10)]

    async def work(number: int, conversation: Conversation) -> None:
        async with store.turn(conversation, NOW) as turn:
            turn.keep(Session("de", misses=number))
            if number % 2:
                raise RuntimeError

    outcomes = await asyncio.gather(*(work(number, each) for number, each in enumerate(people)), return_exceptions=True)
    assert [isinstance(each, RuntimeError) for each in outcomes] == [bool(number % 2) for number in range(10)]
    sessions = [await read(store, each) for each in people]
    assert [each.misses if each else None for each in sessions] == [
        None if number % 2 else number for number in range(10)
    ]


async def test_an_expired_session_is_gone_before_it_is_deleted(clockless: Store) -> None:
    await keep(clockless, alone("a"))
    assert await read(clockless, alone("a"), NOW + DAY - SECOND) == ASKING
    assert await read(clockless, alone("a"), NOW + DAY) is None


async def test_a_turn_keeps_a_session_alive(clockless: Store) -> None:
    await keep(clockless, alone("a"))
    await keep(clockless, alone("a"), at=NOW + RETENTION.sessions / 2)
    assert await read(clockless, alone("a"), NOW + DAY) == ASKING
