"""The files of a knowledge folder: reading one, which of its items have problems, and telling what is passed over."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.problems import Problem
from bot.knowledge.tree import Complaint, Mapping, Node, Report, parse
from bot.messages import LANGUAGES, Language

ReadT = TypeVar("ReadT")

_FOLDERS = ("sources", "entries", "facts", "checks", "texts")
_FILES = (
    "knowledge.yaml",
    "lexicon.yaml",
    "terms.yaml",
    "countries.yaml",
    "authorities.yaml",
    "emergencies.yaml",
    "asides.yaml",
)
#: Files that were read once, and what is in their place today.
_REPLACED = {
    "facts.yaml": Bilingual(
        de="wird nicht mehr gelesen: bitte je Angabe eine Datei facts/<name>.yaml anlegen, ohne den Namen darin",
        en="is no longer read: make a file facts/<name>.yaml of each fact, without the name in it",
    )
}
_ID_LINE = r"^{key}:\s*[\"']?([a-z0-9-]+)"


@dataclass(frozen=True, slots=True)
class ReadFile(Generic[ReadT]):
    """What one file gave, and the problems in it. `value` is None if nothing could be read, and else may have gaps."""

    name: str
    value: ReadT | None
    tree: Node | None
    text: str
    problems: tuple[Problem, ...]

    @property
    def whole(self) -> ReadT | None:
        """The value, if nothing in the file has a problem."""
        return None if self.problems else self.value

    def broken(self, *path: str) -> frozenset[str]:
        """The keys of a mapping (the file's, or the one at a path of keys) under which there is a problem.

        One that stands above the first key is the whole mapping's, and counts for each of them.
        """
        node, end = self.tree, 1 + self.text.count("\n") + 1
        for key in path:
            node, end = _below(node, key, end)
        if not isinstance(node, Mapping):
            return frozenset()
        ranges = dict(_ranges(node, end))
        lines = [problem.place.line for problem in self.problems]
        return frozenset(key for key, within in ranges.items() if any(line in within for line in lines))

    def ids(self, key: str = "id") -> frozenset[str]:
        """Under which ids the file may be known elsewhere: what it says, and its own name."""
        said = re.search(_ID_LINE.format(key=key), self.text, re.MULTILINE)
        return frozenset({Path(self.name).stem, *([said[1]] if said else [])})


def _ranges(node: Mapping, end: int) -> Iterator[tuple[str, range]]:
    """The lines of each key's part; several keys may share a line."""
    starts = sorted({place.line for place in node.key_places.values()})
    following = dict(zip(starts, [*starts[1:], end], strict=False))
    for key, place in node.key_places.items():
        yield key, range(place.line, max(following[place.line], place.line + 1))


def _below(node: Node | None, key: str, end: int) -> tuple[Node | None, int]:
    if not isinstance(node, Mapping) or key not in node.items:
        return None, end
    return node.items[key], dict(_ranges(node, end))[key].stop


@dataclass(slots=True)
class Folder:
    """One pass over a folder: reads files and collects problems."""

    path: Path
    label: str
    languages: tuple[Language, ...] = LANGUAGES
    problems: list[Problem] = field(default_factory=list)

    def named(self, relative: str) -> str:
        """How problems name a file of the folder."""
        return f"{self.label}/{relative}"

    def read(self, relative: str, reader: Callable[[Node, Report], ReadT]) -> ReadFile[ReadT]:
        """The object in one file, as far as it can be read."""
        found: list[Problem] = []
        content = self._content(relative, found.append)
        tree = None if content is None else parse(content, self.named(relative), found.append)
        value = None if tree is None else reader(tree, Report(found.append, self.languages))
        self.problems += found
        text = (content or b"").decode(errors="replace")
        faults = tuple(each for each in found if each.kind == "problem")
        return ReadFile(relative, value if isinstance(tree, Mapping) else None, tree, text, faults)

    def read_if_there(self, relative: str, reader: Callable[[Node, Report], ReadT]) -> ReadFile[ReadT] | None:
        return self.read(relative, reader) if (self.path / relative).exists() else None

    def _content(self, relative: str, report: Complaint) -> bytes | None:
        try:
            return (self.path / relative).read_bytes()
        except OSError as error:
            report(_unreadable(Place(self.named(relative), 1), error))
            return None

    def names(self, below: str) -> list[str]:
        """The files that are read below a folder, by their path from the knowledge's own."""
        found = sorted(path for path in (self.path / below).rglob("*.yaml") if not path.name.startswith("."))
        return [path.relative_to(self.path).as_posix() for path in found]

    def report_unread(self) -> None:
        """A problem for every file that is passed over: what an editor saved as .yml must not be missing silently."""
        below = (path for each in _FOLDERS for path in sorted((self.path / each).rglob("*")))
        beside = (path for path in sorted(self.path.glob("*.y*ml")) if path.name not in _FILES)
        for path in (*(path for path in below if path.suffix != ".yaml"), *beside):
            if path.is_file() and not _is_no_knowledge(path.name):
                name = path.relative_to(self.path).as_posix()
                self.problems.append(_passed_over(Place(self.named(name), 1), name))


def _is_no_knowledge(name: str) -> bool:
    """Whether a file is meant for people or for programs: an explanation, or hidden as .gitkeep and .DS_Store are."""
    return name == "README.md" or name.startswith(".")


def _unreadable(place: Place, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(place, de="die Datei fehlt: bitte anlegen", en="the file is missing: add it")
    return Problem(
        place,
        de=f"lässt sich nicht lesen ({error.strerror}): bitte nachsehen, ob Sie die Datei lesen dürfen",
        en=f"cannot be read ({error.strerror}): see whether you may read the file",
    )


def _passed_over(place: Place, name: str) -> Problem:
    if name in _REPLACED:
        return Problem(place, de=_REPLACED[name].de, en=_REPLACED[name].en)
    return Problem(
        place,
        de="wird nicht gelesen: der Name muss auf .yaml enden, oder die Datei gehört woanders hin",
        en="is not read: let its name end in .yaml, or move it elsewhere",
    )
