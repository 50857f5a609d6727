"""Files of labelled questions.

Two kinds: a list of `{id, lang, text, entries}` (entries missing or empty: out of scope), or a knowledge's own checks
(`entry` with `questions`, or `out_of_scope`). Minimal pairs are read with the knowledge, and passed over here.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.cli.errors import UsageError
from bot.knowledge.phrases import Bilingual
from bot.knowledge.syntax import DEEPEST, syntax_problem
from bot.knowledge.tree import line_too_deep
from bot.matching.judging.evaluation import Question
from bot.messages import LANGUAGES, Language


def read(path: Path) -> Iterator[Question]:
    """The questions of a file, or of every file below a folder. Raises UsageError naming the file and its fault."""
    for file in sorted(path.rglob("*.yaml")) if path.is_dir() else [path]:
        try:
            content = _content(file)
        except OSError as error:
            raise UsageError(_unreadable(file, error)) from error
        except _Misshapen as error:
            raise UsageError(_of_file(file, error.message)) from error
        # Text that is no UTF-8, or a date that is in no calendar.
        except ValueError as error:
            raise UsageError(_no_yaml(file)) from error
        try:
            yield from _questions(content, file.stem)
        except (KeyError, TypeError, AttributeError) as error:
            raise UsageError(_no_questions(file)) from error
        except _Misshapen as error:
            raise UsageError(_of_file(file, error.message)) from error


class _Misshapen(Exception):
    """Something in a file is not what it must be; the message names it and says what to do."""

    def __init__(self, *, de: str, en: str) -> None:
        super().__init__(en)
        self.message = Bilingual(de=de, en=en)


def _unreadable(file: Path, error: OSError) -> Bilingual:
    return Bilingual(
        de=f"{file}: lässt sich nicht lesen ({error.strerror}): bitte eine Datei mit beschrifteten Fragen nennen",
        en=f"{file}: cannot be read ({error.strerror}): name a file with labelled questions",
    )


def _no_yaml(file: Path) -> Bilingual:
    return Bilingual(
        de=f"{file}: kein gültiges YAML in UTF-8: bitte berichtigen oder eine andere Datei nennen",
        en=f"{file}: no UTF-8 text in valid YAML: mend it, or name another file",
    )


def _no_questions(file: Path) -> Bilingual:
    shape = "{id, lang, text, entries}"
    return Bilingual(
        de=f"{file}: enthält keine beschrifteten Fragen: nötig ist eine Liste aus {shape} oder eine Datei aus "
        "knowledge/checks",
        en=f"{file}: holds no labelled questions: it must be a list of {shape}, or a file of knowledge/checks",
    )


def _of_file(file: Path, message: Bilingual) -> Bilingual:
    return Bilingual(de=f"{file}: {message.de}", en=f"{file}: {message.en}")


def _content(file: Path) -> Any:
    """What a file holds. Raises _Misshapen, OSError and ValueError."""
    text = file.read_text(encoding="utf-8")
    try:
        line = line_too_deep(text)
        # A source build of PyYAML may lack the fast loader. Both are safe ones.
        content = None if line else yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        problem = syntax_problem(error, text, file.name)
        line, told = problem.place.line, problem.message
        raise _Misshapen(de=f"Zeile {line}: {told.de}", en=f"line {line}: {told.en}") from error
    if line:
        raise _Misshapen(
            de=f"Zeile {line} hat mehr als {DEEPEST} Ebenen ineinander: bitte flacher schreiben",
            en=f"line {line} is nested more than {DEEPEST} levels deep: write it flatter",
        )
    return content


def _questions(content: Any, name: str) -> Iterator[Question]:
    if isinstance(content, Mapping):
        yield from _own_checks(content, name)
        return
    for each in content:
        question = str(each["id"])
        what = Bilingual(de=f"der Text der Frage {question}", en=f"the text of question {question}")
        text = _text(each["text"], what)
        which = Bilingual(de=f"entries der Frage {question}", en=f"entries of question {question}")
        entries = _texts(each.get("entries"), which)
        yield Question(question, text, _language(each.get("lang"), question), entries, bool(each.get("vague")))


def _text(value: object, what: Bilingual) -> str:
    """YAML reads 5 as a number and `no` as false: what is no text is refused rather than guessed back."""
    if not isinstance(value, str):
        raise _Misshapen(
            de=f"{what.de} ist {value!r}, also kein Text: bitte zwischen doppelte Anführungszeichen setzen",
            en=f"{what.en} is {value!r}, which is no text: put it between double quotes",
        )
    return value


def _texts(value: object, what: Bilingual) -> tuple[str, ...]:
    if value is not None and not isinstance(value, list):
        raise _Misshapen(
            de=f"{what.de}: nötig ist eine Liste (in eckigen Klammern), nicht {value!r}: bitte berichtigen",
            en=f"{what.en} must be a list (between brackets), not {value!r}: mend it",
        )
    return tuple(_text(each, what) for each in value or ())


def _language(value: object, question: str) -> Language | None:
    language = next((known for known in LANGUAGES if known == value), None)
    if value is not None and language is None:
        raise _Misshapen(
            de=f"lang der Frage {question} ist {value!r}: bitte {' oder '.join(LANGUAGES)} schreiben oder weglassen",
            en=f"lang of question {question} is {value!r}: write {' or '.join(LANGUAGES)}, or leave it out",
        )
    return language


def _own_checks(content: Mapping[str, Any], name: str) -> Iterator[Question]:
    if "pairs" in content:
        return
    texts = content["questions"] if "questions" in content else content["out_of_scope"]
    entries = (_text(content["entry"], Bilingual(de="entry", en="entry")),) if "entry" in content else ()
    for language in LANGUAGES:
        what = Bilingual(de=f"die Fragen unter {language}", en=f"{language} questions")
        for number, text in enumerate(_texts(texts.get(language), what), 1):
            yield Question(f"{name}-{language}-{number}", text, language, entries)
