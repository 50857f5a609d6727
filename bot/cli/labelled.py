"""Files of labelled questions.

Two kinds: a list of `{id, lang, text, entries}` (entries missing or empty: out of scope), or a knowledge's own checks
(`entry` with `questions`, or `out_of_scope`). Minimal pairs are read with the knowledge, and passed over here.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.cli.errors import UsageError
from bot.knowledge.tree import DEEPEST, line_too_deep
from bot.matching.evaluation import Question
from bot.messages import LANGUAGES, Language


def read(path: Path) -> Iterator[Question]:
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
        except _Misshapen as error:
            raise UsageError(f"{file}: {error}") from error
        try:
            yield from _questions(content, file.stem)
        except (KeyError, TypeError, AttributeError) as error:
            shape = "a list of {id, lang, text, entries}, or a file of knowledge/checks"
            raise UsageError(f"{file}: holds no labelled questions: it must be {shape}") from error
        except _Misshapen as error:
            raise UsageError(f"{file}: {error}") from error


class _Misshapen(Exception):
    """Something in a file is not what it must be; the message names it and says what to do."""


def _content(text: str) -> Any:
    if line := line_too_deep(text):
        raise _Misshapen(f"line {line} is nested more than {DEEPEST} levels deep: write it flatter")
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
    if "pairs" in content:
        return
    texts = content["questions"] if "questions" in content else content["out_of_scope"]
    entries = (_text(content["entry"], "entry"),) if "entry" in content else ()
    for language in LANGUAGES:
        for number, text in enumerate(_texts(texts.get(language), f"{language} questions"), 1):
            yield Question(f"{name}-{language}-{number}", text, language, entries)
