"""Where the knowledge lies, and opening it: sound, or a clear refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from bot.cli.errors import UsageError
from bot.knowledge.loader import load
from bot.knowledge.model import Entry, Knowledge
from bot.knowledge.phrases import Bilingual
from bot.knowledge.problems import Problem
from bot.knowledge.rules import SOUND, broken_rules
from bot.messages import LANGUAGES, Language

#: So many problems are shown when the bot refuses to start; `check` shows all.
PROBLEMS_SHOWN = 10

#: The folder inside an installed package.
_INSIDE = "_knowledge"


class KnowledgeRefused(Exception):
    """The knowledge cannot be used; `told` says why, a problem a line."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self._message = message

    def told(self, language: Language) -> str:
        """The message in its reader's language."""
        return self._message[language]


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
    inside = package / _INSIDE
    return KnowledgeFolder(inside if inside.is_dir() else package.parent / "knowledge", "knowledge")


def is_shipped(folder: KnowledgeFolder) -> bool:
    """Whether a folder lies inside the installed package, where nobody edits it."""
    return folder.path.name == _INSIDE and folder.path.parent == Path(str(files("bot")))


def existing(folder: KnowledgeFolder) -> KnowledgeFolder:
    """The folder itself. Raises KnowledgeRefused if there is none."""
    if not folder.path.is_dir():
        raise KnowledgeRefused(
            Bilingual(
                de=f"{folder.label}: den Ordner gibt es nicht: bitte einen mit --knowledge oder BOT_KNOWLEDGE nennen",
                en=f"{folder.label}: no such folder: name one with --knowledge or BOT_KNOWLEDGE",
            )
        )
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
        raise KnowledgeRefused(_refusal(problems))
    return loaded.knowledge


def _refusal(problems: Sequence[Problem]) -> Bilingual:
    more = len(problems) - PROBLEMS_SHOWN
    german, english = ([each.told(language) for each in problems[:PROBLEMS_SHOWN]] for language in LANGUAGES)
    if more > 0:
        german.append(f"und {more} weitere: check zeigt alle")
        english.append(f"and {more} more: run check to see all")
    return Bilingual(de="\n".join(german), en="\n".join(english))
