"""`check`: prove the knowledge sound and say everything that is wrong with it at once."""

from datetime import date
from pathlib import Path

from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.dialogue.cases import collisions
from bot.knowledge.loader import Loaded, load
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import NOWHERE, Place, Problem
from bot.knowledge.rules import COMPLETE, SOUND, broken_rules, quotes
from bot.knowledge.rules.links import nearest


def check(folder: KnowledgeFolder, originals: Path | None, today: date) -> int:
    """Print problems as `file:line: message`; exit code 1 if there is any, else 0."""
    loaded = load(folder.path, folder.label)
    texts = _originals(originals, loaded) if originals else {}
    problems = all_problems(loaded, texts)
    for problem in problems:
        print(problem)
    for notice in _overdue(loaded.knowledge, today):
        print(notice)
    print(_summary(loaded.knowledge, problems) + (_proof(loaded.knowledge, texts) if originals else ""))
    return 1 if problems else 0


def all_problems(loaded: Loaded, originals: dict[str, str]) -> list[Problem]:
    """What reading found, then what the rules find; quotas only once everything could be read."""
    rules = SOUND + COMPLETE if loaded.is_complete else SOUND
    found = broken_rules(loaded.knowledge, rules) if loaded.is_complete or loaded.knowledge.entries else []
    proved = quotes.quotes_are_verbatim(loaded.knowledge, originals)
    return [*loaded.problems, *found, *proved, *_alike_in_links(loaded.knowledge)]


def _alike_in_links(knowledge: Knowledge) -> list[Problem]:
    """What a link to a case could not tell apart; one in thousands of millions, but then printed on posters."""
    return [
        Problem(_place(first, knowledge), f'"{first}" and "{second}" have the same short form in links: rename one')
        for first, second in collisions(knowledge)
    ]


def _place(name: str, knowledge: Knowledge) -> Place:
    entry = knowledge.entries.get(name)
    return entry.place if entry is not None else NOWHERE


def _originals(folder: Path, loaded: Loaded) -> dict[str, str]:
    """The originals in a folder. Raises UsageError for one of no source: it would prove nothing."""
    found = _read_originals(folder)
    stray = sorted(found.keys() - loaded.knowledge.sources.keys())
    # A source that could not be read is a problem of its own, and its original no fault.
    if stray and loaded.is_complete:
        hint = nearest(stray[0], list(loaded.knowledge.sources))
        raise UsageError(f"--originals {folder}: {stray[0]}.txt is of no source{hint}: name it <source id>.txt")
    return found


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


def _proof(knowledge: Knowledge, originals: dict[str, str]) -> str:
    proved, quoted = quotes.count_verbatim(knowledge, originals)
    return f", {proved} of {quoted} quotes proved with {len(originals)} originals"
