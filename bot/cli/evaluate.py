"""`eval`: matching quality over files of labelled questions, as a table or JSON.

Two kinds of files: a list of `{id, lang, text, entries}` (entries missing or empty: out of scope), or a knowledge's
own checks (`entry` with `questions`, or `out_of_scope`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.cli.errors import UsageError
from bot.knowledge.model import Knowledge
from bot.matching.evaluation import Question, Result, counts
from bot.matching.evaluation import evaluate as measure
from bot.matching.matcher import Matcher
from bot.messages import LANGUAGES

_ENDINGS = ("right", "offered", "wrong", "missed", "declined", "asked", "false")
_FAULTS = ("wrong", "missed", "false")


def evaluate(knowledge: Knowledge, files: Sequence[Path], *, as_json: bool) -> str:
    """The report. Raises UsageError for a file that cannot be read or holds no question."""
    questions = [question for file in files for question in _read(file)]
    if not questions:
        raise UsageError("no questions in these files: name files with labelled questions")
    results = measure(Matcher(knowledge), questions, knowledge.entries)
    return json.dumps(_as_json(results), ensure_ascii=False, indent=2) if as_json else "\n".join(_as_lines(results))


def _read(path: Path) -> Iterator[Question]:
    """The questions of a file, or of every file below a folder. Raises UsageError naming the file and its fault."""
    for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
        try:
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except OSError as error:
            raise UsageError(
                f"{file}: cannot be read ({error.strerror}): name a file with labelled questions"
            ) from error
        except (UnicodeDecodeError, yaml.YAMLError) as error:
            raise UsageError(f"{file}: no UTF-8 text in valid YAML: mend it, or name another file") from error
        try:
            yield from _questions(content, file.stem)
        except (KeyError, TypeError, AttributeError) as error:
            shape = "a list of {id, lang, text, entries}, or a file of knowledge/checks"
            raise UsageError(f"{file}: holds no labelled questions: it must be {shape}") from error


def _questions(content: Any, name: str) -> Iterator[Question]:
    if isinstance(content, Mapping):
        yield from _own_checks(content, name)
        return
    for each in content:
        entries = tuple(each.get("entries") or ())
        yield Question(str(each["id"]), each["text"], each.get("lang"), entries, bool(each.get("vague")))


def _own_checks(content: Mapping[str, Any], name: str) -> Iterator[Question]:
    texts = content["questions"] if "questions" in content else content["out_of_scope"]
    entries = (content["entry"],) if "entry" in content else ()
    for language in LANGUAGES:
        for number, text in enumerate(texts.get(language) or (), 1):
            yield Question(f"{name}-{language}-{number}", text, language, entries)


def _as_json(results: Sequence[Result]) -> dict[str, object]:
    return {
        "groups": {group: dict(found) for group, found in counts(results).items()},
        "questions": [_question_json(result) for result in results],
    }


def _question_json(result: Result) -> dict[str, object]:
    return {
        "id": result.question.id,
        "text": result.question.text,
        "group": result.group,
        "ending": result.ending,
        "language": result.language,
        "entries": list(result.question.entries),
        "candidates": [{"entry": each.entry, "score": each.score} for each in result.decision.candidates],
    }


def _as_lines(results: Sequence[Result]) -> Iterator[str]:
    yield f"{'group':14}{'n':>5}" + "".join(f"{ending:>14}" for ending in _ENDINGS)
    for group, found in counts(results).items():
        total = sum(found.values())
        yield f"{group:14}{total:>5}" + "".join(_cell(found[ending], total) for ending in _ENDINGS)
    told = [r for r in results if r.question.language]
    if told:
        right = sum(r.language == r.question.language for r in told)
        yield f"language detected right: {right} of {len(told)}"
    for result in results:
        if result.ending in _FAULTS:
            yield _fault(result)


def _cell(count: int, total: int) -> str:
    return f"{count} ({count / total:.3f})".rjust(14) if count else "-".rjust(14)


def _fault(result: Result) -> str:
    best = ", ".join(f"{each.entry} {each.score:.2f}" for each in result.decision.candidates[:3])
    expected = " or ".join(result.question.entries) or "nothing"
    return f"{result.ending}: {result.question.text!r} should be {expected}; best: {best}"
