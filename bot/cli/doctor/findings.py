"""What a check finds: in order, worth a look, or in the way; and how that is shown."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.cli.errors import one_line
from bot.knowledge.phrases import Bilingual
from bot.messages import Language

Level: TypeAlias = Literal["ok", "warn", "FAIL"]

_WIDTH = len("FAIL")
_SUMMARY = Bilingual("{failed} FAIL, {warned} warn", "{failed} FAIL, {warned} warn")
_READY = Bilingual("bereit", "ready")
_NOT_READY = Bilingual("nicht bereit", "not ready")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `topic` is its name for programs, the same in every language."""

    topic: str
    level: Level
    text: Bilingual
    advice: Bilingual | None = None

    def told(self, language: Language) -> str:
        """What there is, and what to do."""
        return one_line(self.text[language] + (f": {self.advice[language]}" if self.advice else ""))


def ok(topic: str, german: str, english: str) -> Finding:
    """All is well."""
    return Finding(topic, "ok", Bilingual(german, english))


def warn(topic: str, text: Bilingual, advice: Bilingual) -> Finding:
    """The bot runs, but."""
    return Finding(topic, "warn", text, advice)


def fail(topic: str, text: Bilingual, advice: Bilingual | None = None) -> Finding:
    """So the bot does not run, or not as it should."""
    return Finding(topic, "FAIL", text, advice)


def has_failed(findings: Sequence[Finding]) -> bool:
    return any(each.level == "FAIL" for each in findings)


def as_text(findings: Sequence[Finding], language: Language) -> str:
    """A line each, and one that sums up."""
    lines = [f"{each.level:<{_WIDTH}}  {each.topic}: {each.told(language)}" for each in findings]
    verdict = (_NOT_READY if has_failed(findings) else _READY)[language]
    counted = _SUMMARY[language].format(failed=_count(findings, "FAIL"), warned=_count(findings, "warn"))
    return "\n".join((*lines, f"{verdict} ({counted})"))


def as_json(findings: Sequence[Finding], language: Language) -> str:
    """For programs."""
    listed = [
        {
            "topic": each.topic,
            "level": each.level,
            "text": each.text[language],
            "advice": each.advice[language] if each.advice else None,
        }
        for each in findings
    ]
    return json.dumps({"ready": not has_failed(findings), "findings": listed}, ensure_ascii=False, indent=2)


def _count(findings: Sequence[Finding], level: Level) -> int:
    return sum(each.level == level for each in findings)
