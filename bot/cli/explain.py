"""`eval --explain`: how a question is read, and what spoke for and against each candidate."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.cli.evaluation_report import Report, thresholds
from bot.matching.explanation import Reason, reasons
from bot.matching.features import Features
from bot.matching.matcher import Candidate, Decision, Matcher
from bot.messages import Language

_REASONS_SHOWN = 6


def explain(matcher: Matcher, question: str, *, as_json: bool) -> str:
    """What spoke for and against each candidate of a question."""
    language = matcher.languages.detect(question) or matcher.knowledge.languages[0]
    features = matcher.ranking.reader.read(question, language)
    told = _told(matcher, question, language, features)
    return json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(told))


def _told(matcher: Matcher, question: str, language: Language, features: Features) -> Report:
    decision: Decision = matcher.decide(question, language)
    return {
        "question": question,
        "language": language,
        "decision": decision.kind,
        "thresholds": thresholds(matcher)[language],
        "read_as": [token.word for token in features.tokens],
        "unknown": [token.word for token in features.tokens if not token.trust],
        "ideas": sorted(features.concepts),
        "facts": matcher.facts.told(question),
        "candidates": [_candidate(matcher, features, each) for each in decision.candidates],
    }


def _candidate(matcher: Matcher, features: Features, candidate: Candidate) -> Report:
    entry = matcher.ranking.entries.index(candidate.entry)
    found: list[Reason] = reasons(matcher.ranking.model.index, features, entry)
    told = [{"what": reason.what, "amount": round(reason.amount, 3)} for reason in found]
    return {"entry": candidate.entry, "probability": candidate.score, "reasons": told}


def _lines(told: Report) -> Iterator[str]:
    limits = told["thresholds"]
    yield f"{told['decision']} (answered from {limits['match_from']}, offered from {limits['offer_from']})"
    yield f"language: {told['language']}"
    yield f"read as: {' '.join(told['read_as']) or '-'}"
    if told["unknown"]:
        yield f"unknown: {' '.join(told['unknown'])}"
    yield f"ideas: {', '.join(told['ideas']) or '-'}"
    yield f"facts: {', '.join(f'{name}={value}' for name, value in told['facts'].items()) or '-'}"
    for candidate in told["candidates"]:
        yield f"{candidate['probability']:.2f} {candidate['entry']}"
        yield f"     for: {_reasons(candidate['reasons'], lambda amount: amount > 0)}"
        yield f"     against: {_reasons(candidate['reasons'], lambda amount: amount < 0)}"


def _reasons(found: Sequence[dict[str, Any]], is_kept: Callable[[float], bool]) -> str:
    kept = [f"{each['what']} {each['amount']:+.2f}" for each in found if is_kept(each["amount"])]
    return ", ".join(kept[:_REASONS_SHOWN]) or "-"
