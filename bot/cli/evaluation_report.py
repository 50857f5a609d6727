"""The report of `eval`: the same facts as JSON for programs and as lines for people."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from bot.knowledge.model import Knowledge
from bot.matching.evaluation import Result, counts
from bot.matching.explanation import stolen_by
from bot.matching.matcher import Matcher
from bot.matching.normalise import words

Report: TypeAlias = dict[str, Any]

_ENDINGS = ("right", "offered", "wrong", "missed", "declined", "asked", "false")
_FAULTS = ("wrong", "missed", "false")
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


def as_lines(report: Report) -> Iterator[str]:
    yield from _table("group", report["groups"])
    told = [each for each in report["questions"] if each["expected_language"]]
    if told:
        right = sum(each["language"] == each["expected_language"] for each in told)
        yield f"language detected right: {right} of {len(told)}"
    for name in ("language", "topic", "length"):
        yield ""
        yield from _table(name, report[f"by_{name}"])
    yield ""
    yield from _calibration_lines(report["calibration"])
    pairs = report["pairs"]
    yield f"minimal pairs: {pairs['total']}, read otherwise than expected: {len(pairs['faults'])}"
    yield from pairs["faults"]
    yield from _confusion_lines(report["confusions"])
    yield from (_fault(each) for each in report["questions"] if each["ending"] in _FAULTS)
    yield from _change_lines(report.get("changes"))


def _table(name: str, rows: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield f"{name:22}{'n':>5}" + "".join(f"{ending:>14}" for ending in _ENDINGS)
    for row, found in rows.items():
        total = sum(found.values())
        yield f"{row:22}{total:>5}" + "".join(_cell(found.get(ending, 0), total) for ending in _ENDINGS)


def _cell(count: int, total: int) -> str:
    return f"{count} ({count / total:.3f})".rjust(14) if count else "-".rjust(14)


def _calibration_lines(found: Report) -> Iterator[str]:
    for language, each in found["thresholds"].items():
        yield f"thresholds ({language}): answered from {each['match_from']:.2f}, offered from {each['offer_from']:.2f}"
    wrong, false = found["wrong"], found["false"]
    yield (
        f"learnt on {found['learnt_on']}; cross-validated on its own texts: another entry answered for "
        f"{wrong['count']} of {wrong['of']} (95 %: at most {wrong['at_most']:.3f}), answered though outside "
        f"{false['count']} of {false['of']} (at most {false['at_most']:.3f})"
    )


def _confusion_lines(confusions: Sequence[Report]) -> Iterator[str]:
    for each in confusions:
        by = ", ".join(each["words"]) or "nothing clear"
        yield f"{each['stolen_by']} ranked before {each['entry']}: {each['count']}, by {by}"


def _fault(question: Report) -> str:
    best = ", ".join(f"{each['entry']} {each['score']:.2f}" for each in question["candidates"][:3])
    expected = " or ".join(question["entries"]) or "nothing"
    return f"{question['ending']}: {question['text']!r} should be {expected}; best: {best}"


def _change_lines(found: Sequence[Report] | None) -> Iterator[str]:
    if found is None:
        return
    worse = sum(each["is_worse"] for each in found)
    yield f"compared with the earlier report: {len(found)} end otherwise, {worse} of them worse"
    for each in found:
        yield f"{'worse' if each['is_worse'] else 'better'}: {each['before']} -> {each['now']}: {each['text']!r}"
