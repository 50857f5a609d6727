"""`eval`: matching quality over labelled questions, why a question ends as it does, and what a change did."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli import evaluation_lines, evaluation_report
from bot.cli.errors import UsageError
from bot.cli.explain import explain
from bot.cli.labelled import read
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual
from bot.matching.judging.evaluation import evaluate as measure
from bot.matching.judging.pairs import faults
from bot.matching.matcher import Matcher
from bot.messages import Language


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was asked for."""

    files: Sequence[Path]
    explain: str | None = None
    compare: Path | None = None
    as_json: bool = False


def evaluate(knowledge: Knowledge, matcher: Matcher, wanted: Wanted, language: Language) -> str:
    """The report, in a language where it is for people.

    Raises UsageError for a file that cannot be read, or if there is nothing to report on.
    """
    if wanted.explain is not None:
        return explain(matcher, wanted.explain, language, as_json=wanted.as_json)
    earlier = _earlier(wanted.compare) if wanted.compare else None
    questions = [question for file in wanted.files for question in read(file)]
    if not questions:
        raise UsageError(
            Bilingual(
                de="keine Fragen in diesen Dateien: bitte Dateien mit beschrifteten Fragen nennen",
                en="no questions in these files: name files with labelled questions",
            )
        )
    results = measure(matcher, questions, knowledge.entries)
    misread = [fault for pair in knowledge.checks.pairs for fault in faults(matcher, pair)]
    report = evaluation_report.as_json(knowledge, matcher, results)
    report["pairs"] = {
        "total": len(knowledge.checks.pairs),
        "faults": [fault.told("en") for fault in misread],
    }
    if earlier is not None:
        report["changes"] = evaluation_report.changes(earlier, report)
    if wanted.as_json:
        return json.dumps(report, ensure_ascii=False, indent=2)
    return "\n".join(evaluation_lines.as_lines(report, [fault.told(language) for fault in misread], language))


def _earlier(path: Path) -> dict[str, Any]:
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
        if {"id", "text", "ending"} <= earlier["questions"][0].keys():
            return dict(earlier)
    except OSError as error:
        message = Bilingual(
            de=f"{path}: lässt sich nicht lesen ({error.strerror}): bitte nennen, was eval --json geschrieben hat",
            en=f"{path}: cannot be read ({error.strerror}): name what eval --json wrote",
        )
        raise UsageError(message) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        pass
    raise UsageError(
        Bilingual(
            de=f"{path}: ist kein Bericht von eval --json: bitte einen mit eval --json DATEI… > {path.name} schreiben",
            en=f"{path}: is no report of eval --json: write one with eval --json FILE… > {path.name}",
        )
    )
