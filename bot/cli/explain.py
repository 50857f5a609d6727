"""`eval --explain`: how a question is read, and what spoke for and against each candidate."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.cli.evaluation_report import Report, thresholds
from bot.knowledge.phrases import Bilingual
from bot.matching.deciding.explanation import Reason, reasons
from bot.matching.matcher import Candidate, Decision, Matcher
from bot.matching.reading.features import Features
from bot.messages import Language

_REASONS_SHOWN = 6


def explain(matcher: Matcher, question: str, reader: Language, *, as_json: bool) -> str:
    """What spoke for and against each candidate of a question, in its reader's language."""
    language = matcher.languages.detect(question) or matcher.knowledge.languages[0]
    features = matcher.ranking.reader.read(question, language)
    told = _told(matcher, question, language, features)
    return (
        json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(line[reader] for line in _lines(told))
    )


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


def _lines(told: Report) -> Iterator[Bilingual]:
    yield _limits(told)
    yield Bilingual(de=f"Sprache: {told['language']}", en=f"language: {told['language']}")
    yield _named(Bilingual(de="gelesen als", en="read as"), " ".join(told["read_as"]))
    if told["unknown"]:
        yield _named(Bilingual(de="unbekannt", en="unknown"), " ".join(told["unknown"]))
    yield _named(Bilingual(de="Begriffe", en="ideas"), ", ".join(told["ideas"]))
    yield _named(
        Bilingual(de="Angaben", en="facts"), ", ".join(f"{name}={value}" for name, value in told["facts"].items())
    )
    for candidate in told["candidates"]:
        named = f"{candidate['probability']:.2f} {candidate['entry']}"
        yield Bilingual(de=named, en=named)
        speaks_for = _reasons(candidate["reasons"], lambda amount: amount > 0)
        against = _reasons(candidate["reasons"], lambda amount: amount < 0)
        yield _named(Bilingual(de="     dafür", en="     for"), speaks_for)
        yield _named(Bilingual(de="     dagegen", en="     against"), against)


def _limits(told: Report) -> Bilingual:
    kind, match, offer = told["decision"], told["thresholds"]["match_from"], told["thresholds"]["offer_from"]
    german = {"matched": "beantwortet", "ambiguous": "zur Wahl gestellt", "unmatched": "abgelehnt"}
    return Bilingual(
        de=f"{german[kind]} (beantwortet ab {match}, angeboten ab {offer})",
        en=f"{kind} (answered from {match}, offered from {offer})",
    )


def _named(name: Bilingual, value: str) -> Bilingual:
    return Bilingual(de=f"{name.de}: {value or '-'}", en=f"{name.en}: {value or '-'}")


def _reasons(found: Sequence[dict[str, Any]], is_kept: Callable[[float], bool]) -> str:
    kept = [f"{each['what']} {each['amount']:+.2f}" for each in found if is_kept(each["amount"])]
    return ", ".join(kept[:_REASONS_SHOWN])
