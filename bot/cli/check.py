"""`check`: prove the knowledge sound and say everything that is wrong with it at once."""

from datetime import date
from pathlib import Path

from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import Loaded, load
from bot.knowledge.model import Knowledge, Problem
from bot.knowledge.rules import COMPLETE, SOUND, broken_rules, quotes


def check(folder: KnowledgeFolder, originals: Path | None, today: date) -> int:
    """Print problems as `file:line: message`; exit code 1 if there is any, else 0."""
    loaded = load(folder.path, folder.label)
    problems = all_problems(loaded, _read_originals(originals) if originals else {})
    for problem in problems:
        print(problem)
    for notice in _overdue(loaded.knowledge, today):
        print(notice)
    print(_summary(loaded.knowledge, problems))
    return 1 if problems else 0


def all_problems(loaded: Loaded, originals: dict[str, str]) -> list[Problem]:
    """What reading found, then what the rules find; quotas only once everything could be read."""
    rules = SOUND + COMPLETE if loaded.is_complete else SOUND
    found = broken_rules(loaded.knowledge, rules) if loaded.is_complete or loaded.knowledge.entries else []
    return [*loaded.problems, *found, *quotes.quotes_are_verbatim(loaded.knowledge, originals)]


def _read_originals(folder: Path) -> dict[str, str]:
    """The texts in a folder by their source's id. Raises UsageError if there is none or one cannot be read."""
    try:
        found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--originals {folder}: a file cannot be read: save the originals as UTF-8 text") from error
    if not found:
        raise UsageError(f"--originals {folder}: no originals there: name a folder with files <source id>.txt")
    return found


def _overdue(knowledge: Knowledge, today: date) -> list[Problem]:
    late = [entry for entry in knowledge.entries.values() if entry.review_by < today]
    return [Problem(e.place, f'notice: "{e.id}" was to be reviewed by {e.review_by}: review it') for e in late]


def _summary(knowledge: Knowledge, problems: list[Problem]) -> str:
    claims = sum(len(source.claims) for source in knowledge.sources.values())
    size = f"{len(knowledge.entries)} entries, {len(knowledge.sources)} sources, {claims} claims"
    return f"{len(problems)} problems in {size}" if problems else f"sound: {size}, each claim cited"
