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
from bot.knowledge.tree import line_too_deep
from bot.matching.evaluation import Question, Result, counts
from bot.matching.evaluation import evaluate as measure
from bot.matching.matcher import Matcher
from bot.messages import LANGUAGES, Language

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
            content = _content(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise UsageError(
                f"{file}: cannot be read ({error.strerror}): name a file with labelled questions"
            ) from error
        # A ValueError is text that is no UTF-8, or a date that is in no calendar.
        except (ValueError, yaml.YAMLError) as error:
            raise UsageError(f"{file}: no UTF-8 text in valid YAML: mend it, or name another file") from error
        try:
            yield from _questions(content, file.stem)
        except (KeyError, TypeError, AttributeError) as error:
            shape = "a list of {id, lang, text, entries}, or a file of knowledge/checks"
            raise UsageError(f"{file}: holds no labelled questions: it must be {shape}") from error
        except _Misshapen as error:
            raise UsageError(f"{file}: {error}") from error


class _Misshapen(Exception):
    """A value of a file is not what it must be; the message names it and says what to do."""


def _content(text: str) -> Any:
    if line_too_deep(text):
        raise yaml.YAMLError("nested too deeply")
    # A source build of PyYAML may lack the fast loader. Both are safe ones.
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _questions(content: Any, name: str) -> Iterator[Question]:
    if isinstance(content, Mapping):
        yield from _own_checks(content, name)
        return
    for each in content:
        question = str(each["id"])
        text = _text(each["text"], f"the text of question {question}")
        entries = _texts(each.get("entries"), f"entries of question {question}")
        yield Question(question, text, _language(each.get("lang"), question), entries, bool(each.get("vague")))


def _text(value: object, what: str) -> str:
    """YAML reads 5 as a number and `no` as false: what is no text is refused rather than guessed back."""
    if not isinstance(value, str):
        raise _Misshapen(f"{what} is {value!r}, which is no text: put it between double quotes")
    return value


def _texts(value: object, what: str) -> tuple[str, ...]:
    if value is not None and not isinstance(value, list):
        raise _Misshapen(f"{what} must be a list (between brackets), not {value!r}: mend it")
    return tuple(_text(each, what) for each in value or ())


def _language(value: object, question: str) -> Language | None:
    language = next((known for known in LANGUAGES if known == value), None)
    if value is not None and language is None:
        raise _Misshapen(f"lang of question {question} is {value!r}: write {' or '.join(LANGUAGES)}, or leave it out")
    return language


def _own_checks(content: Mapping[str, Any], name: str) -> Iterator[Question]:
    texts = content["questions"] if "questions" in content else content["out_of_scope"]
    entries = (_text(content["entry"], "entry"),) if "entry" in content else ()
    for language in LANGUAGES:
        for number, text in enumerate(_texts(texts.get(language), f"{language} questions"), 1):
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
