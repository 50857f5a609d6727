"""Sessions as text: whole, and never an error for what another version or another program wrote."""

import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest

from bot.dialogue.session import Session
from bot.sessions import codec
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import Donation
from tests.sessions.samples import ASKING, NOW, RETENTION, alone, keep, read, vault

UNREADABLE = [
    "",
    "{}",
    "[]",
    "null",
    "no json",
    '{"version":0}',
    codec.encode(ASKING).replace('"asking"', '"dreaming"'),
    codec.encode(ASKING).replace('"en"', '"fr"'),
    codec.encode(ASKING).replace('{"visitor":"adult"}', '"adult"'),
    codec.encode(ASKING).replace(f'"version":{codec.VERSION}', f'"version":{codec.VERSION - 1}'),
    codec.encode(ASKING).replace('"misses":1', '"misses":Infinity'),
    codec.encode(ASKING).replace('"rated":{"pool-hours":"helpful"}', '"rated":5'),
    codec.encode(ASKING).replace(',"rated":{"pool-hours":"helpful"}', ""),
    codec.encode(ASKING).replace(',"donated":["17"]', ""),
    codec.encode(ASKING).replace(',"is_reminded":true', ""),
]


@pytest.mark.parametrize("session", [ASKING, Session("de")])
def test_a_session_comes_back_whole(session: Session) -> None:
    assert codec.decode(codec.encode(session)) == session


def test_every_field_of_the_sample_says_something() -> None:
    """So that a field that is not written down is missed above."""
    begun = Session("de")
    assert [each.name for each in fields(Session) if getattr(ASKING, each.name) == getattr(begun, each.name)] == []


def test_a_donation_comes_back_whole() -> None:
    donation = Donation("id", "Darf ich „das“?\n\u202e", "de", NOW)
    assert codec.decode_donation("id", codec.encode_donation(donation)) == donation


@pytest.mark.parametrize("stored", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_this_version_did_not_write_is_no_session(stored: str) -> None:
    assert stored != codec.encode(ASKING)
    assert codec.decode(stored) is None


@pytest.mark.parametrize("stored", [vault().seal("no json", "elsewhere"), b"", b"\x00" * 40], ids=range(3))
async def test_a_stored_session_that_cannot_be_opened_restarts_politely(stored: bytes, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await SqliteStore.open(path, vault(), RETENTION)
    await keep(store, alone("a"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE sessions SET body = ?", (stored,))
        connection.commit()
    assert await read(store, alone("a")) is None
    async with store.turn(alone("a"), NOW) as turn:
        assert (await turn.held()).sessions == ()
    await store.close()
