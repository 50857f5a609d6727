"""The report of `eval` as lines for people, in their language."""

from collections.abc import Iterator, Mapping, Sequence

from bot.cli.evaluation_report import Report
from bot.knowledge.phrases import Bilingual
from bot.messages import Language

#: What the report's data calls endings, groups and lengths, and what a reader is told.
_ENDINGS: Mapping[str, Bilingual] = {
    "right": Bilingual(de="richtig", en="right"),
    "offered": Bilingual(de="angeboten", en="offered"),
    "wrong": Bilingual(de="falsch", en="wrong"),
    "missed": Bilingual(de="verfehlt", en="missed"),
    "declined": Bilingual(de="abgelehnt", en="declined"),
    "asked": Bilingual(de="nachgefragt", en="asked"),
    "false": Bilingual(de="zu Unrecht", en="false"),
}
_FAULTS = ("wrong", "missed", "false")
_ROWS: Mapping[str, Bilingual] = {
    "in scope": Bilingual(de="mit Eintrag", en="in scope"),
    "not covered": Bilingual(de="ohne Eintrag", en="not covered"),
    "out of scope": Bilingual(de="anderes Thema", en="out of scope"),
    "unlabelled": Bilingual(de="ohne Angabe", en="unlabelled"),
    "1-3 words": Bilingual(de="1-3 Wörter", en="1-3 words"),
    "4-8 words": Bilingual(de="4-8 Wörter", en="4-8 words"),
    "9-20 words": Bilingual(de="9-20 Wörter", en="9-20 words"),
    "more words": Bilingual(de="mehr Wörter", en="more words"),
}
_TABLES: Mapping[str, Bilingual] = {
    "by_language": Bilingual(de="Sprache", en="language"),
    "by_topic": Bilingual(de="Thema", en="topic"),
    "by_length": Bilingual(de="Länge", en="length"),
}


def as_lines(report: Report, misread: Sequence[str], language: Language) -> Iterator[str]:
    """The whole report; `misread` is what minimal pairs were read as, a line each."""
    yield from _table(Bilingual(de="Gruppe", en="group"), report["groups"], language)
    yield from _detection(report["questions"], language)
    for key, name in _TABLES.items():
        yield ""
        yield from _table(name, report[key], language)
    yield ""
    yield from (line[language] for line in _calibration(report["calibration"]))
    yield _pairs(report["pairs"]["total"], len(misread))[language]
    yield from misread
    yield from (_confusion(each)[language] for each in report["confusions"])
    yield from (_fault(each)[language] for each in report["questions"] if each["ending"] in _FAULTS)
    if "changes" in report:
        yield from (line[language] for line in _changes(report["changes"]))


def _detection(questions: Sequence[Report], language: Language) -> Iterator[str]:
    told = [each for each in questions if each["expected_language"]]
    right = sum(each["language"] == each["expected_language"] for each in told)
    line = Bilingual(
        de=f"Sprache richtig erkannt: {right} von {len(told)}", en=f"language detected right: {right} of {len(told)}"
    )
    yield from [line[language]] if told else []


def _table(name: Bilingual, rows: Mapping[str, Mapping[str, int]], language: Language) -> Iterator[str]:
    yield f"{name[language]:22}{'n':>5}" + "".join(f"{ending[language]:>14}" for ending in _ENDINGS.values())
    for row, found in rows.items():
        total = sum(found.values())
        called = _ROWS[row][language] if row in _ROWS else row
        yield f"{called:22}{total:>5}" + "".join(_cell(found.get(ending, 0), total, language) for ending in _ENDINGS)


def _cell(count: int, total: int, language: Language) -> str:
    share = Bilingual(de=f"{count / total:.3f}".replace(".", ","), en=f"{count / total:.3f}")
    return f"{count} ({share[language]})".rjust(14) if count else "-".rjust(14)


def _calibration(found: Report) -> Iterator[Bilingual]:
    for key, each in found["thresholds"].items():
        match, offer = f"{each['match_from']:.2f}", f"{each['offer_from']:.2f}"
        yield Bilingual(
            de=f"Schwellen ({key}): beantwortet ab {match}, angeboten ab {offer}",
            en=f"thresholds ({key}): answered from {match}, offered from {offer}",
        )
    wrong, false = found["wrong"], found["false"]
    yield Bilingual(
        de=f"gelernt am {found['learnt_on']}; in der Kreuzprüfung an den eigenen Texten: anderer Eintrag geantwortet "
        f"bei {wrong['count']} von {wrong['of']} (95 %: höchstens {wrong['at_most']:.3f}), außerhalb geantwortet bei "
        f"{false['count']} von {false['of']} (höchstens {false['at_most']:.3f})",
        en=f"learnt on {found['learnt_on']}; cross-validated on its own texts: another entry answered for "
        f"{wrong['count']} of {wrong['of']} (95 %: at most {wrong['at_most']:.3f}), answered though outside "
        f"{false['count']} of {false['of']} (at most {false['at_most']:.3f})",
    )


def _pairs(total: int, misread: int) -> Bilingual:
    return Bilingual(
        de=f"Minimalpaare: {total}, anders gelesen als erwartet: {misread}",
        en=f"minimal pairs: {total}, read otherwise than expected: {misread}",
    )


def _confusion(each: Report) -> Bilingual:
    by = ", ".join(each["words"])
    return Bilingual(
        de=f"{each['stolen_by']} steht vor {each['entry']}: {each['count']}-mal, durch {by or 'nichts Deutliches'}",
        en=f"{each['stolen_by']} ranked before {each['entry']}: {each['count']}, by {by or 'nothing clear'}",
    )


def _fault(question: Report) -> Bilingual:
    best = ", ".join(f"{each['entry']} {each['score']:.2f}" for each in question["candidates"][:3])
    ending, text, entries = _ENDINGS[question["ending"]], question["text"], question["entries"]
    return Bilingual(
        de=f"{ending.de}: „{text}“ gehört zu {' oder '.join(entries) or 'keinem Eintrag'}; am nächsten: {best}",
        en=f"{ending.en}: {text!r} should be {' or '.join(entries) or 'nothing'}; best: {best}",
    )


def _changes(found: Sequence[Report]) -> Iterator[Bilingual]:
    worse = sum(each["is_worse"] for each in found)
    yield Bilingual(
        de=f"verglichen mit dem früheren Bericht: {len(found)} enden anders, {worse} davon schlechter",
        en=f"compared with the earlier report: {len(found)} end otherwise, {worse} of them worse",
    )
    for each in found:
        before, now = (_ENDINGS.get(each[when], Bilingual(each[when], each[when])) for when in ("before", "now"))
        yield Bilingual(
            de=f"{'schlechter' if each['is_worse'] else 'besser'}: {before.de} -> {now.de}: „{each['text']}“",
            en=f"{'worse' if each['is_worse'] else 'better'}: {before.en} -> {now.en}: {each['text']!r}",
        )
