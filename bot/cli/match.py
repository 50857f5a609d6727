"""`match`: questions on standard input, one a line -> one JSON object a line, in the same order."""

import json
from typing import TextIO

from bot.dialogue.questions import with_implied
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Language


def match(knowledge: Knowledge, matcher: Matcher, language: Language, read: TextIO, write: TextIO) -> None:
    """Write each line's decision as soon as it is read; an empty line is an unmatched question.

    `language` is that of a line which does not tell its own.
    """
    for line in read:
        found = _matched(line.rstrip("\r\n"), language, matcher, knowledge)
        print(json.dumps(found, ensure_ascii=False), file=write, flush=True)


def _matched(question: str, language: Language, matcher: Matcher, knowledge: Knowledge) -> dict[str, object]:
    spoken = matcher.languages.detect(question) or language
    decision = matcher.decide(question, spoken)
    return {
        "question": question,
        "language": spoken,
        "decision": decision.kind,
        "entry": decision.entry,
        "offered": list(decision.offered) if decision.kind == "ambiguous" else [],
        "candidates": [{"entry": each.entry, "score": each.score} for each in decision.candidates],
        "facts": with_implied(knowledge.facts, matcher.facts.told(question)),
    }
