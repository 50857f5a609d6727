"""`match`: questions on standard input, one a line -> one JSON object a line, in the same order."""

import json
from typing import TextIO

from bot.dialogue.questions import with_implied
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher


def match(knowledge: Knowledge, read: TextIO, write: TextIO) -> None:
    """Write each line's decision as soon as it is read; an empty line is an unmatched question."""
    matcher = Matcher(knowledge)
    for line in read:
        print(json.dumps(_matched(line.rstrip("\r\n"), matcher, knowledge), ensure_ascii=False), file=write, flush=True)


def _matched(question: str, matcher: Matcher, knowledge: Knowledge) -> dict[str, object]:
    language = matcher.languages.detect(question) or "de"
    decision = matcher.decide(question, language)
    return {
        "question": question,
        "language": language,
        "decision": decision.kind,
        "entry": decision.entry,
        "candidates": [{"entry": each.entry, "score": each.score} for each in decision.candidates],
        "facts": with_implied(knowledge.facts, matcher.facts.told(question)),
    }
