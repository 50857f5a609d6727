"""Updates: each number once, in order, until they are answered or dropped."""

import pytest

from bot.messages import Conversation
from bot.sessions.store import Depth, InboxUpdate, Lane, Store
from tests.sessions.samples import (
    GROUP,
    NOW,
    PRIVATE,
    SECOND,
    alone,
    answer,
    holding,
    messages,
    pending,
    take,
    updates,
)


async def test_an_update_waits_until_it_is_answered(store: Store) -> None:
    await take(store, PRIVATE, 7)
    assert (await pending(store, PRIVATE)).updates == (InboxUpdate(7, "update 7"),)
    await answer(store, PRIVATE, 7)
    assert not await pending(store, PRIVATE)


async def test_a_number_that_waits_is_not_kept_twice(store: Store) -> None:
    await take(store, PRIVATE, 7)
    await store.enqueue([(PRIVATE.lane, InboxUpdate(7, "another"))], NOW)
    assert await updates(store, PRIVATE) == ["update 7"]


async def test_a_number_is_known_after_its_answer(store: Store) -> None:
    await take(store, PRIVATE, 7)
    await answer(store, PRIVATE, 7)
    await take(store, PRIVATE, 7, at=NOW + SECOND)
    assert await updates(store, PRIVATE) == []


async def test_a_number_is_known_after_it_was_dropped(store: Store) -> None:
    await take(store, PRIVATE, 7)
    async with holding(store, PRIVATE) as lane:
        await lane.drop(InboxUpdate(7, "update 7"))
    await take(store, PRIVATE, 7)
    assert await updates(store, PRIVATE) == []


async def test_a_known_number_among_new_ones_holds_up_nobody(store: Store) -> None:
    await take(store, PRIVATE, 2)
    await take(store, PRIVATE, 1, 2, 3)
    assert await updates(store, PRIVATE) == ["update 1", "update 2", "update 3"]


async def test_nothing_is_taken_of_nothing(store: Store) -> None:
    await store.enqueue([], NOW)
    assert await store.depth() == Depth()
    assert list(await store.waiting_lanes()) == []


@pytest.mark.parametrize("arrived", [(3, 1, 2), (10, 9, 100), (2**31, 2**31 - 1, 5)])
async def test_updates_come_in_the_order_of_their_numbers(arrived: tuple[int, ...], store: Store) -> None:
    await take(store, PRIVATE, *arrived)
    assert [each.number for each in (await pending(store, PRIVATE)).updates] == sorted(arrived)


async def test_updates_that_come_later_keep_the_order_of_numbers(store: Store) -> None:
    await take(store, PRIVATE, 5)
    await take(store, PRIVATE, 3, at=NOW + SECOND)
    assert await updates(store, PRIVATE) == ["update 3", "update 5"]


async def test_each_chat_has_a_lane_of_its_own(store: Store) -> None:
    await store.enqueue([(PRIVATE.lane, InboxUpdate(1, "private")), (GROUP.lane, InboxUpdate(2, "group"))], NOW)
    assert await updates(store, PRIVATE) == ["private"]
    assert await updates(store, GROUP) == ["group"]
    assert len({store.lane_of(PRIVATE.lane), store.lane_of(GROUP.lane)}) == 2


async def test_the_name_of_a_lane_tells_nothing_and_stays(store: Store) -> None:
    lane = store.lane_of("4711")
    assert "4711" not in lane
    assert lane == store.lane_of("4711")


async def test_lanes_in_which_something_waits_are_found(store: Store) -> None:
    await take(store, alone("a"), 1)
    await take(store, alone("b"), 2)
    await answer(store, alone("b"), 2, "reply")
    await take(store, alone("c"), 3)
    await answer(store, alone("c"), 3)
    waiting = list(await store.waiting_lanes())
    assert sorted(waiting) == sorted([store.lane_of("a"), store.lane_of("b")])


async def test_the_depth_counts_what_waits(store: Store) -> None:
    await take(store, alone("a"), 1, 2, 3)
    await take(store, alone("b"), 4)
    await answer(store, alone("b"), 4, "one", "two")
    assert await store.depth() == Depth(inbox=3, outbox=2)


async def test_an_update_that_is_begun_again_by_the_same_process_is_begun_once(store: Store) -> None:
    await take(store, PRIVATE, 1)
    for _ in range(3):
        async with holding(store, PRIVATE) as lane:
            assert await lane.begin(InboxUpdate(1, "")) == 0


async def test_an_update_that_nobody_keeps_any_more_can_be_begun(store: Store) -> None:
    async with holding(store, PRIVATE) as lane:
        assert await lane.begin(InboxUpdate(4711, "")) == 0


async def test_an_update_keeps_every_character(store: Store) -> None:
    body = "ÄöÜß €\u202e\u0000\n\"'; DROP TABLE inbox;-- 👨‍👩‍👧 \ud83d"
    await store.enqueue([("chat", InboxUpdate(1, body))], NOW)
    assert await updates(store, Conversation("chat")) == [body]


async def test_what_arrives_while_a_lane_is_held_waits_in_it(store: Store) -> None:
    await take(store, PRIVATE, 1)
    async with holding(store, PRIVATE) as lane:
        assert [each.number for each in (await lane.pending()).updates] == [1]
        await take(store, PRIVATE, 2)
        assert [each.number for each in (await lane.pending()).updates] == [1, 2]
        async with lane.turn(InboxUpdate(1, "update 1"), PRIVATE, NOW):
            pass
        assert [each.number for each in (await lane.pending()).updates] == [2]
    assert await messages(store, PRIVATE) == []


async def test_a_turn_may_answer_what_came_after_it_too(store: Store) -> None:
    await take(store, PRIVATE, 1, 2, 3, 4)
    async with holding(store, PRIVATE) as lane:
        async with lane.turn(InboxUpdate(1, "update 1"), PRIVATE, NOW) as turn:
            turn.also_answered += [InboxUpdate(2, "update 2"), InboxUpdate(3, "update 3")]
            turn.outgoing.append("reply")
        found = await lane.pending()
    assert [each.number for each in found.updates] == [4]
    assert [(each.update_number, each.body) for each in found.messages] == [(1, "reply")]
    # They are known, and do not come again.
    await take(store, PRIVATE, 1, 2, 3, at=NOW + SECOND)
    assert await updates(store, PRIVATE) == ["update 4"]


async def test_a_turn_that_fails_leaves_all_of_it_where_it_is(store: Store) -> None:
    async def fail(lane: Lane) -> None:
        async with lane.turn(InboxUpdate(1, "update 1"), PRIVATE, NOW) as turn:
            turn.also_answered.append(InboxUpdate(2, "update 2"))
            raise ZeroDivisionError

    await take(store, PRIVATE, 1, 2)
    async with holding(store, PRIVATE) as lane:
        with pytest.raises(ZeroDivisionError):
            await fail(lane)
    assert await updates(store, PRIVATE) == ["update 1", "update 2"]


async def test_what_is_put_off_is_found_by_whoever_looks(store: Store) -> None:
    await take(store, PRIVATE, 1)
    async with holding(store, PRIVATE) as lane:
        found = await lane.pending()
        await lane.put_off(found.updates)
    # Only what has come since is more than that.
    assert not lane.has_more
    assert list(await store.waiting_lanes()) == [store.lane_of(PRIVATE.lane)]
    assert await updates(store, PRIVATE) == ["update 1"]
