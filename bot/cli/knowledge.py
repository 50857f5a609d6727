"""Where the knowledge lies, and opening it: sound, or a clear refusal."""

from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from bot.cli.errors import UsageError
from bot.knowledge.loader import load
from bot.knowledge.model import Entry, Knowledge
from bot.knowledge.phrases import Bilingual
from bot.knowledge.rules import SOUND, broken_rules

#: So many problems are shown when the bot refuses to start; `check` shows all.
PROBLEMS_SHOWN = 10


class KnowledgeRefused(Exception):
    """The knowledge cannot be used; the message says why, a problem a line."""


@dataclass(frozen=True, slots=True)
class KnowledgeFolder:
    """A folder, and how messages name it."""

    path: Path
    label: str


def find(path: str | None) -> KnowledgeFolder:
    """The folder a person named, or the one that came with the bot (in a checkout, or inside the package)."""
    if path is not None:
        return KnowledgeFolder(Path(path), path.rstrip("/"))
    package = Path(str(files("bot")))
    inside = package / "_knowledge"
    return KnowledgeFolder(inside if inside.is_dir() else package.parent / "knowledge", "knowledge")


def existing(folder: KnowledgeFolder) -> KnowledgeFolder:
    """The folder itself. Raises KnowledgeRefused if there is none."""
    if not folder.path.is_dir():
        raise KnowledgeRefused(f"{folder.label}: no such folder: name one with --knowledge or BOT_KNOWLEDGE")
    return folder


def entry_named(name: str, knowledge: Knowledge) -> Entry:
    """The entry that a person named. Raises UsageError with the closest one if there is none."""
    if name not in knowledge.entries:
        close = get_close_matches(name, knowledge.entries, n=1)
        there = ", ".join(sorted(knowledge.entries))
        german = f"meinen Sie „{close[0]}“?" if close else f"es gibt {there}"
        english = f'did you mean "{close[0]}"?' if close else f"there are {there}"
        raise UsageError(Bilingual(f"den Eintrag „{name}“ gibt es nicht; {german}", f'no entry "{name}"; {english}'))
    return knowledge.entries[name]


def open_sound(folder: KnowledgeFolder) -> Knowledge:
    """The knowledge, if it is sound. Raises KnowledgeRefused with the first problems if not."""
    existing(folder)
    loaded = load(folder.path, folder.label)
    problems = list(loaded.problems) or broken_rules(loaded.knowledge, SOUND)
    if problems:
        shown = [str(problem) for problem in problems[:PROBLEMS_SHOWN]]
        more = len(problems) - PROBLEMS_SHOWN
        rest = [f"and {more} more: run check to see all"] if more > 0 else []
        raise KnowledgeRefused("\n".join([*shown, *rest]))
    return loaded.knowledge
