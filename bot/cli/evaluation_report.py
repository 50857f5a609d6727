"""The report of `eval` as data: what `--json` prints, and what the lines for people are made of."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from bot.knowledge.model import Knowledge
from bot.matching.deciding.explanation import stolen_by
from bot.matching.judging.evaluation import Result, counts
from bot.matching.matcher import Matcher
from bot.matching.normalise import words

Report: TypeAlias = dict[str, Any]

#: From best to worst, to tell whether a change helped.
_ORDER = {"right": 0, "declined": 0, "offered": 1, "asked": 1, "missed": 2, "wrong": 3, "false": 3}
#: Lengths in words, each up to and with its number.
_LENGTHS = ((3, "1-3 words"), (8, "4-8 words"), (20, "9-20 words"))
_LONGEST = "more words"
_WORDS_SHOWN = 4


def as_json(knowledge: Knowledge, matcher: Matcher, results: Sequence[Result]) -> Report:
    """Endings by group, language, topic and length, confusions, the calibration, and every question."""
    topics = {entry.id: PurePosixPath(entry.place.file).parent.name for entry in knowledge.entries.values()}
    return {
        "groups": {group: dict(found) for group, found in counts(results).items()},
        "by_language": _by(results, lambda result: result.question.language or "unlabelled"),
        "by_topic": _by(results, lambda result: _topic(result, topics)),
        "by_length": _by(results, lambda result: _length(result.question.text)),
        "confusions": list(_confusions(matcher, results)),
        "calibration": _calibration(matcher),
        "questions": [_question(result) for result in results],
    }


def _by(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for result in results:
        found.setdefault(key(result), Counter())[result.ending] += 1
    return {name: dict(found[name]) for name in sorted(found)}


def _topic(result: Result, topics: Mapping[str, str]) -> str:
    return next((topics[entry] for entry in result.question.entries if entry in topics), result.group)


def _length(text: str) -> str:
    count = len(words(text))
    return next((name for most, name in _LENGTHS if count <= most), _LONGEST)


def _confusions(matcher: Matcher, results: Iterable[Result]) -> Iterator[Report]:
    """Which entry stole how many questions of which, and the words that did it most."""
    stolen: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        covered = [entry for entry in result.question.entries if entry in matcher.ranking.entries]
        thief = result.decision.candidates[0].entry if result.ending in ("wrong", "offered", "missed") else None
        if thief is not None and covered and thief not in covered:
            stolen.setdefault((covered[0], thief), []).append(result)
    for (owner, thief), found in sorted(stolen.items(), key=lambda each: (-len(each[1]), each[0])):
        yield {"entry": owner, "stolen_by": thief, "count": len(found), "words": _words(matcher, found, owner, thief)}


def _words(matcher: Matcher, results: Iterable[Result], owner: str, thief: str) -> list[str]:
    entries, index = matcher.ranking.entries, matcher.ranking.model.index
    amounts: Counter[str] = Counter()
    for result in results:
        features = matcher.ranking.reader.read(result.question.text, result.language or matcher.knowledge.languages[0])
        for reason in stolen_by(index, features, entries.index(thief), entries.index(owner)):
            amounts[reason.what] += reason.amount  # type: ignore[assignment]  # a Counter of floats
    return [what for what, _ in amounts.most_common(_WORDS_SHOWN)]


def thresholds(matcher: Matcher) -> dict[str, dict[str, float]]:
    found = matcher.ranking.model.calibration.thresholds
    spoken = ((language, found[language]) for language in matcher.knowledge.languages)
    return {key: {"match_from": each.match_from, "offer_from": each.offer_from} for key, each in spoken}


def _calibration(matcher: Matcher) -> Report:
    model = matcher.ranking.model
    rates = {"wrong": model.calibration.wrong, "false": model.calibration.false}
    return {
        "learnt_on": model.learnt_on,
        "thresholds": thresholds(matcher),
        **{
            name: {
                "count": rate.count,
                "of": rate.total,
                "share": round(rate.share, 4),
                "at_most": round(rate.at_most, 4),
            }
            for name, rate in rates.items()
        },
    }


def _question(result: Result) -> Report:
    return {
        "id": result.question.id,
        "text": result.question.text,
        "group": result.group,
        "ending": result.ending,
        "language": result.language,
        "expected_language": result.question.language,
        "entries": list(result.question.entries),
        "candidates": [{"entry": each.entry, "score": each.score} for each in result.decision.candidates],
    }


def changes(earlier: Report, now: Report) -> list[Report]:
    """The questions of both reports that end otherwise than before, those that got worse first."""
    before = {(each["id"], each["text"]): each["ending"] for each in earlier["questions"]}
    found = [
        {"text": each["text"], "before": before[key], "now": each["ending"], "is_worse": _is_worse(before[key], each)}
        for each in now["questions"]
        if (key := (each["id"], each["text"])) in before and before[key] != each["ending"]
    ]
    return sorted(found, key=lambda each: (not each["is_worse"], each["text"]))


def _is_worse(before: str, now: Report) -> bool:
    return _ORDER.get(before, 0) < _ORDER[now["ending"]]
