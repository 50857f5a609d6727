"""Whether the knowledge is sound and not overdue."""

from collections.abc import Sequence
from datetime import date

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.knowledge import KnowledgeFolder, KnowledgeRefused, open_sound
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual

_TOPIC = "knowledge"


def examine(folder: KnowledgeFolder, today: date) -> Sequence[Finding]:
    """Read it and prove it."""
    try:
        knowledge = open_sound(folder)
    except KnowledgeRefused as refused:
        first, *rest = str(refused).splitlines()
        more = f" (+{len(rest)})" if rest else ""
        return [
            fail(
                _TOPIC,
                Bilingual(f"nicht in Ordnung: {first}{more}", f"not sound: {first}{more}"),
                Bilingual("datenschutz-bot check nennt alles", "datenschutz-bot check tells everything"),
            )
        ]
    return [_sound(knowledge), *_overdue(knowledge, today)]


def _sound(knowledge: Knowledge) -> Finding:
    newest = max((entry.reviewed for entry in knowledge.entries.values()), default=None)
    size = len(knowledge.entries)
    return ok(
        _TOPIC,
        f"in Ordnung: {size} Einträge, zuletzt geprüft {newest}",
        f"sound: {size} entries, last reviewed {newest}",
    )


def _overdue(knowledge: Knowledge, today: date) -> Sequence[Finding]:
    late = sorted(entry.id for entry in knowledge.entries.values() if entry.review_by < today)
    if not late:
        return []
    named = ", ".join(late[:3]) + (" …" if len(late) > 3 else "")
    text = (
        Bilingual(f"1 Eintrag ist überfällig ({named})", f"1 entry is overdue ({named})")
        if len(late) == 1
        else Bilingual(f"{len(late)} Einträge sind überfällig ({named})", f"{len(late)} entries are overdue ({named})")
    )
    return [
        warn(
            _TOPIC,
            text,
            Bilingual(
                "prüfen lassen; datenschutz-bot check nennt alle", "have them reviewed; datenschutz-bot check tells all"
            ),
        )
    ]
