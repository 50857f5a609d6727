"""`new knowledge`: a folder for any other domain that is sound, answers and declines from the first minute."""

from datetime import date
from pathlib import Path
from shlex import quote

from bot.cli.command import PROGRAM
from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.cli.new.begin import Begun, dates
from bot.cli.new.template import Reader, filled
from bot.cli.new.writing import write_all
from bot.knowledge.phrases import Bilingual
from bot.messages import LANGUAGES, Language

#: Each template, and where it goes; {topic} is the folder of the first entry.
_FILES = {
    "knowledge.yaml": "knowledge.yaml",
    "lexicon.yaml": "lexicon.yaml",
    "sources/own-notice.yaml": "sources/own-notice.yaml",
    "entries/opening-hours.yaml": "entries/{topic}/opening-hours.yaml",
    "checks/opening-hours.yaml": "checks/{topic}/opening-hours.yaml",
    "checks/out-of-scope.yaml": "checks/out-of-scope.yaml",
}
_TOPIC = Bilingual("allgemein", "general")


def chosen_languages(text: str | None, editor: Language) -> tuple[Language, ...]:
    """The languages of `--languages de,en`, in that order; else the editor's. Raises UsageError for any other."""
    named = [part.strip().lower() for part in (editor if text is None else text).split(",")]
    known = tuple(language for part in named for language in LANGUAGES if language == part)
    if len(known) != len(named) or len(set(known)) != len(known):
        raise UsageError(
            Bilingual(
                f"--languages {text}: möglich sind {' und '.join(LANGUAGES)}, jede einmal, mit Komma dazwischen",
                f"--languages {text}: there are {' and '.join(LANGUAGES)}, each once, with a comma between them",
            )
        )
    return known


def begin_knowledge(directory: str, languages: tuple[Language, ...], editor: Language, today: date) -> Begun:
    """Make the folder. Raises UsageError if there is anything in it already."""
    folder = KnowledgeFolder(Path(directory), directory.rstrip("/") or directory)
    _refuse_used(folder)
    reader = Reader(languages, editor)
    values = dates(today) | {"languages": ", ".join(languages), "name": _name(folder.path)}
    topic = _TOPIC[editor]
    texts = {place.format(topic=topic): filled(f"domain/{name}", reader, values) for name, place in _FILES.items()}
    return Begun(write_all(folder, texts), _next(folder))


def _refuse_used(folder: KnowledgeFolder) -> None:
    if folder.path.is_dir() and not any(folder.path.iterdir()):
        return
    if folder.path.exists():
        raise UsageError(
            Bilingual(
                f"{folder.label} gibt es schon, und nicht leer: nennen Sie einen neuen Ordner",
                f"{folder.label} exists and is not empty: name a new folder",
            )
        )


def _name(path: Path) -> str:
    """A name to begin with: that of the folder, as a person would write it, without what YAML would not take."""
    plain = "".join(letter if letter.isalnum() else " " for letter in path.absolute().name)
    return " ".join(word[:1].upper() + word[1:] for word in plain.split())[:40].strip() or "Bot"


def _next(folder: KnowledgeFolder) -> Bilingual:
    label, named = folder.label, f"--knowledge {quote(folder.label)}"
    return Bilingual(
        f"Als Nächstes: Sagen Sie in {label}/knowledge.yaml, worum es geht; ein Beispiel ist schon drin.\n"
        f"Prüfen: {PROGRAM} check {named}\n"
        f"Reden:  {PROGRAM} chat {named}\n"
        f"Weiter: {PROGRAM} new entry NAME {named}",
        f"Next: say in {label}/knowledge.yaml what it is about; an example is there already.\n"
        f"Check: {PROGRAM} check {named}\n"
        f"Talk:  {PROGRAM} chat {named}\n"
        f"Go on: {PROGRAM} new entry NAME {named}",
    )
