"""`keys`: which of the store's keys are still needed, and deleting what no key opens any more."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli.keys_wording import told
from bot.cli.stores import open_existing
from bot.knowledge.phrases import Bilingual
from bot.messages import Language
from bot.sessions.keyring import KeyUse
from bot.settings import Settings

_FIRST = Bilingual("in Gebrauch", "in use")
_NEEDED = Bilingual("früher, wird noch gebraucht", "earlier, still needed")
_IDLE = Bilingual("früher, kann weg", "earlier, can be removed")
_MISSING = Bilingual("FEHLT", "MISSING")
_DISCARDED = Bilingual("gelöscht, weil kein Schlüssel es öffnet: {}", "deleted, for no key opens it: {}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to show it, and whether to delete what no key opens."""

    as_json: bool = False
    is_discarding: bool = False


async def keys(settings: Settings, wanted: Wanted, language: Language) -> None:
    """Show what each key seals. Raises UsageError if there is no store to look into."""
    async with open_existing(settings, is_exclusive=wanted.is_discarding) as store:
        discarded = await store.discard_unreadable() if wanted.is_discarding else 0
        uses = await store.key_uses()
    if wanted.as_json:
        listed = [{"fingerprint": use.fingerprint, "set": use.is_set, "seals": dict(use.sealed)} for use in uses]
        print(json.dumps({"keys": listed, "discarded": discarded}, indent=2))
        return
    if wanted.is_discarding:
        print(_DISCARDED[language].format(discarded))
    print("\n".join(_listing(uses, language)))


def _listing(uses: Sequence[KeyUse], language: Language) -> list[str]:
    return [f"{use.fingerprint}  {_standing(use, uses)[language]}: {told([use], language)}" for use in uses]


def _standing(use: KeyUse, uses: Sequence[KeyUse]) -> Bilingual:
    if not use.is_set:
        return _MISSING
    if use is uses[0]:
        return _FIRST
    return _NEEDED if use.total else _IDLE
