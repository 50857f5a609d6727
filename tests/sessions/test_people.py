"""Access and erasure: a person sees and deletes what is theirs, in every chat, and nothing of anybody else's."""

import pytest

from bot.dialogue.held import Held
from bot.dialogue.session import Session
from bot.messages import Conversation
from bot.sessions.store import InboxUpdate, Store
from tests.sessions.samples import (
    ASKING,
    DAY,
    GROUP,
    NEIGHBOUR,
    NOW,
    PRIVATE,
    SECOND,
    alone,
    answer,
    holding,
    keep,
    messages,
    read,
    take,
    updates,
)


async def held(store: Store, conversation: Conversation) -> Held:
    async with store.turn(conversation, NOW) as turn:
        return await turn.held()


async def erase(store: Store, conversation: Conversation) -> None:
    async with store.turn(conversation, NOW) as turn:
        turn.erase()


async def test_nothing_is_held_of_a_stranger(store: Store) -> None:
    await keep(store, NEIGHBOUR)
    assert await held(store, PRIVATE) == Held()


async def test_what_is_held_covers_the_persons_chats_and_groups(store: Store) -> None:
    spoken = {PRIVATE: ASKING, GROUP: Session("de", facts={"visitor": "child"})}
    for conversation, session in spoken.items():
        await keep(store, conversation, session)
    await keep(store, NEIGHBOUR, Session("de", facts={"visitor": "adult"}))
    found = await held(store, PRIVATE)
    assert sorted(each.session.language for each in found.sessions) == ["de", "en"]
    assert {each.session.language: each.session for each in found.sessions} == {"en": ASKING, "de": spoken[GROUP]}


async def test_what_is_held_says_until_when(clockless: Store) -> None:
    await keep(clockless, PRIVATE, at=NOW - SECOND)
    (found,) = (await held(clockless, PRIVATE)).sessions
    assert (found.touched_at, found.expires_at) == (NOW - SECOND, NOW - SECOND + DAY)


async def test_what_has_expired_is_not_held(clockless: Store) -> None:
    await keep(clockless, GROUP, at=NOW - DAY)
    await keep(clockless, PRIVATE, at=NOW - DAY + SECOND)
    assert len((await held(clockless, PRIVATE)).sessions) == 1


async def test_what_waits_in_the_persons_own_chat_is_held(store: Store) -> None:
    await take(store, PRIVATE, 1, 2, 3)
    await answer(store, PRIVATE, 1, "one", "two")
    await take(store, GROUP, 4)
    found = await held(store, PRIVATE)
    assert (found.waiting_messages, found.waiting_replies) == (2, 2)


async def test_what_waits_in_a_group_is_nobodys_alone(store: Store) -> None:
    await take(store, GROUP, 1)
    await answer(store, NEIGHBOUR, 2, "reply")
    found = await held(store, GROUP)
    assert (found.waiting_messages, found.waiting_replies) == (0, 0)


async def test_erasure_deletes_the_persons_dialogues_everywhere_and_nobody_elses(store: Store) -> None:
    for conversation in (PRIVATE, GROUP, NEIGHBOUR):
        await keep(store, conversation)
    await erase(store, PRIVATE)
    assert await read(store, PRIVATE) is None
    assert await read(store, GROUP) is None
    assert await read(store, NEIGHBOUR) == ASKING
    assert await held(store, PRIVATE) == Held()


@pytest.mark.parametrize("asked_in", [PRIVATE, GROUP], ids=["private", "group"])
async def test_erasure_can_be_asked_for_anywhere(asked_in: Conversation, store: Store) -> None:
    for conversation in (PRIVATE, GROUP):
        await keep(store, conversation)
    await erase(store, asked_in)
    assert [await read(store, each) for each in (PRIVATE, GROUP)] == [None, None]


async def test_erasure_deletes_what_waits_in_the_persons_own_chat_and_not_the_groups(store: Store) -> None:
    await answer(store, PRIVATE, 1, "for Ada")
    await answer(store, NEIGHBOUR, 2, "for Bert")
    await take(store, PRIVATE, 3)
    await take(store, GROUP, 4)
    await erase(store, PRIVATE)
    assert (await updates(store, PRIVATE), await messages(store, PRIVATE)) == ([], [])
    assert (await updates(store, GROUP), await messages(store, GROUP)) == (["update 4"], ["for Bert"])


async def test_erasure_that_is_asked_for_in_a_group_leaves_the_others_what_is_theirs(store: Store) -> None:
    await answer(store, NEIGHBOUR, 1, "for Bert")
    await take(store, GROUP, 2)
    await erase(store, GROUP)
    assert (await updates(store, GROUP), await messages(store, GROUP)) == (["update 2"], ["for Bert"])
    assert await read(store, NEIGHBOUR) == ASKING


async def test_updates_that_were_erased_are_not_answered_when_they_come_again(store: Store) -> None:
    await take(store, PRIVATE, 1)
    await erase(store, PRIVATE)
    await take(store, PRIVATE, 1)
    assert await updates(store, PRIVATE) == []


async def test_who_erases_is_still_told_so(store: Store) -> None:
    await answer(store, PRIVATE, 1, "before")
    await take(store, PRIVATE, 2)
    async with holding(store, PRIVATE) as lane:
        async with lane.turn(InboxUpdate(2, "update 2"), PRIVATE, NOW) as turn:
            turn.keep(ASKING)
            turn.erase()
            turn.outgoing.append("erased")
        assert [each.body for each in (await lane.pending()).messages] == ["erased"]
        assert [each.body for each in turn.queued] == ["erased"]
    assert await read(store, PRIVATE) is None


async def test_erasure_of_somebody_unknown_deletes_nothing(store: Store) -> None:
    await keep(store, PRIVATE)
    await erase(store, alone("nobody"))
    assert await read(store, PRIVATE) == ASKING


async def test_a_dialogue_after_an_erasure_is_held_again(store: Store) -> None:
    await keep(store, PRIVATE)
    await erase(store, PRIVATE)
    await keep(store, PRIVATE, Session("de"))
    assert [each.session for each in (await held(store, PRIVATE)).sessions] == [Session("de")]


async def test_the_message_that_asks_is_none_that_waits(store: Store) -> None:
    await take(store, PRIVATE, 1, 2)
    async with holding(store, PRIVATE) as lane, lane.turn(InboxUpdate(1, "update 1"), PRIVATE, NOW) as turn:
        assert (await turn.held()).waiting_messages == 1
