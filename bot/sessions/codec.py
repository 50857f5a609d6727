"""Sessions and donations <-> JSON text. What cannot be read any more, whatever its origin, is no session: the dialogue
restarts."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.dialogue.session import Session, State, Suspended
from bot.messages import LANGUAGES
from bot.sessions.store import Donation

#: Raise it when the meaning of a stored field changes; sessions of another version restart politely.
VERSION = 3


def encode(session: Session) -> str:
    return json.dumps({"version": VERSION, **asdict(session)}, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Session | None:
    """The session, or None for anything that this version did not write."""
    try:
        stored = json.loads(text)
        return _session(stored) if stored["version"] == VERSION and stored["language"] in LANGUAGES else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def encode_donation(donation: Donation) -> str:
    stored = {"text": donation.text, "language": donation.language, "at": donation.at.isoformat()}
    return json.dumps(stored, ensure_ascii=False)


def decode_donation(id_: str, text: str) -> Donation:
    stored = json.loads(text)
    return Donation(id_, stored["text"], stored["language"], datetime.fromisoformat(stored["at"]))


def _session(stored: Mapping[str, Any]) -> Session:
    return Session(
        language=stored["language"],
        state=State(stored["state"]),
        entry=_optional(stored["entry"]),
        pending=_optional(stored["pending"]),
        facts=_texts(stored["facts"]),
        supposed=_texts(stored["supposed"]),
        excluded={str(name): tuple(map(str, options)) for name, options in stored["excluded"].items()},
        asked=tuple(map(str, stored["asked"])),
        candidates=tuple(map(str, stored["candidates"])),
        waiting=tuple(map(_suspended, stored["waiting"])),
        told=_suspended(stored["told"]) if stored["told"] else None,
        misses=int(stored["misses"]),
        alarm=str(stored["alarm"]),
        country=str(stored["country"]),
        numbers=_texts(stored["numbers"]),
        said=str(stored["said"]),
        repeats=int(stored["repeats"]),
        rated=_texts(stored["rated"]),
        donated=tuple(map(str, stored["donated"])),
        is_reminded=stored["is_reminded"] is True,
    )


def _suspended(stored: Mapping[str, Any]) -> Suspended:
    return Suspended(str(stored["entry"]), _texts(stored["facts"]))


def _texts(stored: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in stored.items()}


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
