"""`check`: prove the knowledge sound and say everything that is wrong with it at once."""

from datetime import date
from pathlib import Path

from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.dialogue.cases import collisions
from bot.knowledge.loader import Loaded, load
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import NOWHERE, Bilingual, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules import COMPLETE, SOUND, broken_rules, quotes
from bot.knowledge.rules.links import nearest
from bot.messages import Language


def check(folder: KnowledgeFolder, originals: Path | None, today: date, language: Language) -> int:
    """Print problems and warnings as `file:line: message` in a language; exit code 1 if there is a problem, else 0."""
    loaded = load(folder.path, folder.label)
    texts = _originals(originals, loaded) if originals else {}
    problems = all_problems(loaded, texts)
    for each in (*problems, *_overdue(loaded.knowledge, today)):
        print(each.told(language))
    summary = _summary(loaded.knowledge, problems)[language]
    print(summary + (_proof(loaded.knowledge, texts)[language] if originals else ""))
    return 1 if problems else 0


def all_problems(loaded: Loaded, originals: dict[str, str]) -> list[Problem]:
    """What reading found, then what the rules find in what could be read."""
    found = broken_rules(loaded.knowledge, SOUND + COMPLETE)
    proved = quotes.quotes_are_verbatim(loaded.knowledge, originals)
    return [*loaded.problems, *found, *proved, *_alike_in_links(loaded.knowledge)]


def _alike_in_links(knowledge: Knowledge) -> list[Problem]:
    """What a link to a case could not tell apart; one in thousands of millions, but then printed on posters."""
    return [
        Problem(
            _place(first, knowledge),
            de=f"„{first}“ und „{second}“ haben in Links dieselbe Kurzform: bitte eines umbenennen",
            en=f'"{first}" and "{second}" have the same short form in links: rename one',
        )
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
        hint = nearest(stray[0], loaded.knowledge.sources)
        raise UsageError(
            Bilingual(
                de=f"--originals {folder}: {stray[0]}.txt gehört zu keiner Quelle{hint.de}: richtig ist <Quelle>.txt",
                en=f"--originals {folder}: {stray[0]}.txt is of no source{hint.en}: name it <source id>.txt",
            )
        )
    return found


def _read_originals(folder: Path) -> dict[str, str]:
    """The texts in a folder by their source's id. Raises UsageError if there is none or one cannot be read."""
    try:
        found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    except (OSError, UnicodeDecodeError) as error:
        message = Bilingual(
            de=f"--originals {folder}: eine Datei lässt sich nicht lesen: bitte die Originale als UTF-8-Text speichern",
            en=f"--originals {folder}: a file cannot be read: save the originals as UTF-8 text",
        )
        raise UsageError(message) from error
    if not found:
        raise UsageError(
            Bilingual(
                de=f"--originals {folder}: dort liegen keine Originale: sie müssen <id der Quelle>.txt heißen",
                en=f"--originals {folder}: no originals there: name a folder with files <source id>.txt",
            )
        )
    return found


def _overdue(knowledge: Knowledge, today: date) -> list[Problem]:
    late = [entry for entry in knowledge.entries.values() if entry.review_by < today]
    return [
        Problem(
            entry.place,
            de=f"„{entry.id}“ war bis {entry.review_by} zu überprüfen: bitte prüfen und das Datum erneuern",
            en=f'"{entry.id}" was to be reviewed by {entry.review_by}: review it and renew the date',
            kind="warning",
        )
        for entry in late
    ]


def _summary(knowledge: Knowledge, problems: list[Problem]) -> Bilingual:
    claims = sum(len(source.claims) for source in knowledge.sources.values())
    entries, sources, count = len(knowledge.entries), len(knowledge.sources), len(problems)
    german = f"{entries} Einträge, {sources} Quellen, {claims} Aussagen"
    english = f"{entries} entries, {sources} sources, {claims} claims"
    if problems:
        german_count = "1 Problem" if count == 1 else f"{count} Probleme"
        english_count = "1 problem" if count == 1 else f"{count} problems"
        return Bilingual(de=f"{german_count} in: {german}", en=f"{english_count} in {english}")
    return Bilingual(de=f"in Ordnung: {german}, jede Aussage zitiert", en=f"sound: {english}, each claim cited")


def _proof(knowledge: Knowledge, originals: dict[str, str]) -> Bilingual:
    proved, quoted = quotes.count_verbatim(knowledge, originals)
    return Bilingual(
        de=f", {proved} von {quoted} Zitaten mit {len(originals)} Originalen bewiesen",
        en=f", {proved} of {quoted} quotes proved with {len(originals)} originals",
    )
