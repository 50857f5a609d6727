"""Messages: delivered in order, given up with the rest of their turn, forgotten with their chat."""

from bot.sessions.store import Depth, InboxUpdate, OutboxMessage, Store
from tests.sessions.samples import (
    GROUP,
    NEIGHBOUR,
    NOW,
    PRIVATE,
    alone,
    answer,
    holding,
    keep,
    messages,
    read,
    take,
    updates,
)


async def test_messages_wait_in_the_order_in_which_they_were_queued(store: Store) -> None:
    ready = await answer(store, PRIVATE, 1, "one", "two")
    ready += await answer(store, PRIVATE, 2, "three")
    async with holding(store, PRIVATE) as lane:
        assert (await lane.pending()).messages == ready
    assert [(each.update_number, each.body) for each in ready] == [(1, "one"), (1, "two"), (2, "three")]
    assert len({each.id for each in ready}) == 3


async def test_what_is_ready_is_told_at_the_end_of_the_turn(store: Store) -> None:
    await take(store, PRIVATE, 1)
    async with holding(store, PRIVATE) as lane:
        async with lane.turn(InboxUpdate(1, ""), PRIVATE, NOW) as turn:
            turn.outgoing.append("reply")
            assert turn.queued == ()
        assert turn.queued == (await lane.pending()).messages


async def test_a_delivered_message_is_forgotten_and_no_other(store: Store) -> None:
    first, *_ = await answer(store, PRIVATE, 1, "one", "two")
    async with holding(store, PRIVATE) as lane:
        await lane.delivered(first)
        await lane.delivered(first)
    assert await messages(store, PRIVATE) == ["two"]


async def test_messages_of_one_body_are_two(store: Store) -> None:
    first, _ = await answer(store, PRIVATE, 1, "same", "same")
    async with holding(store, PRIVATE) as lane:
        await lane.delivered(first)
    assert await messages(store, PRIVATE) == ["same"]


async def test_giving_up_drops_the_rest_of_the_same_turn_only(store: Store) -> None:
    _, second, _ = await answer(store, PRIVATE, 5, "one", "two", "three")
    await answer(store, PRIVATE, 6, "another turn")
    await answer(store, PRIVATE, 4, "an update that came late")
    await answer(store, alone("other"), 7, "another chat")
    async with holding(store, PRIVATE) as lane:
        await lane.give_up(second)
    assert await messages(store, PRIVATE) == ["one", "another turn", "an update that came late"]
    assert await messages(store, alone("other")) == ["another chat"]


async def test_a_new_message_is_not_mistaken_for_a_delivered_one(store: Store) -> None:
    (old,) = await answer(store, PRIVATE, 1, "old")
    async with holding(store, PRIVATE) as lane:
        await lane.delivered(old)
    (new,) = await answer(store, PRIVATE, 2, "new")
    assert new.id != old.id
    async with holding(store, PRIVATE) as lane:
        await lane.delivered(old)
    assert await messages(store, PRIVATE) == ["new"]


async def test_a_forgotten_lane_has_nothing_left(store: Store) -> None:
    for conversation in (GROUP, NEIGHBOUR, PRIVATE):
        await keep(store, conversation)
    await answer(store, GROUP, 1, "reply")
    await take(store, GROUP, 2, 3)
    async with holding(store, GROUP) as lane:
        await lane.forget(2**62)
        assert not await lane.pending()
    assert await read(store, GROUP) is None
    assert await read(store, NEIGHBOUR) is None
    assert await read(store, PRIVATE) is not None
    assert await store.depth() == Depth()
    assert list(await store.waiting_lanes()) == []


async def test_updates_of_a_forgotten_lane_are_not_answered_when_they_come_again(store: Store) -> None:
    await take(store, PRIVATE, 1)
    async with holding(store, PRIVATE) as lane:
        await lane.forget(2**62)
    await take(store, PRIVATE, 1, 2)
    assert await updates(store, PRIVATE) == ["update 2"]


def test_neither_updates_nor_messages_show_their_text_by_accident() -> None:
    assert "secret" not in repr([InboxUpdate(1, "secret"), OutboxMessage(1, 1, "secret")])
