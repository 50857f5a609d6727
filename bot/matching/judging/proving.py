"""Whether a knowledge does what its editors expect of it: its check questions end where they should, and each text is
in the language that it stands under. All that is found is a warning: the bot answers nevertheless.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual, Phrases
from bot.knowledge.problems import Problem
from bot.knowledge.rules.shown import Shown, phrases, shown_texts
from bot.matching.judging.pairs import faults
from bot.matching.language import LanguageDetector
from bot.matching.matcher import Decision, Matcher
from bot.messages import LANGUAGES

_OTHER = {"de": Bilingual(de="Englisch", en="English"), "en": Bilingual(de="Deutsch", en="German")}


@dataclass(frozen=True, slots=True)
class Proof:
    """How a knowledge's check questions end: how many `right`, `offered` among others, or otherwise (`astray`)."""

    warnings: tuple[Problem, ...]
    right: int
    offered: int
    astray: int

    @property
    def total(self) -> int:
        return self.right + self.offered + self.astray


def prove_questions(matcher: Matcher) -> Proof:
    """Ask every check question, every question to be declined and every minimal pair."""
    endings: Counter[str] = Counter()
    warnings: list[Problem] = []
    for checks in matcher.knowledge.checks.entries:
        for shown in phrases(checks.questions):
            decision = matcher.decide(shown.text)
            ending = _ending(decision, checks.entry)
            endings[ending] += 1
            if ending == "astray":
                warnings.append(_astray(shown, checks.entry, decision))
    for shown in phrases(matcher.knowledge.checks.out_of_scope):
        entry = matcher.decide(shown.text).entry
        warnings += [_answered(shown, entry)] if entry else []
    pairs = (fault for pair in matcher.knowledge.checks.pairs for fault in faults(matcher, pair))
    warnings += [replace(fault, kind="warning") for fault in pairs]
    return Proof(tuple(warnings), endings["right"], endings["offered"], endings["astray"])


def _ending(decision: Decision, entry: str) -> str:
    if decision.entry == entry:
        return "right"
    return "offered" if decision.kind == "ambiguous" and entry in decision.offered else "astray"


def _astray(shown: Shown, entry: str, decision: Decision) -> Problem:
    end = _end(decision)
    return Problem(
        shown.place,
        de=f"Prüffrage „{shown.text}“ soll zu {entry} führen: {end.de}",
        en=f'the check question "{shown.text}" should lead to {entry}: {end.en}',
        kind="warning",
    )


def _end(decision: Decision) -> Bilingual:
    if decision.entry:
        return Bilingual(de=f"beantwortet wird sie von {decision.entry}", en=f"it is answered by {decision.entry}")
    if decision.kind == "unmatched":
        return Bilingual(de="der Bot lehnt sie ab", en="the bot declines it")
    offered = ", ".join(decision.offered)
    return Bilingual(de=f"zur Wahl gestellt werden nur {offered}", en=f"offered are only {offered}")


def _answered(shown: Shown, entry: str) -> Problem:
    return Problem(
        shown.place,
        de=f"„{shown.text}“ soll abgelehnt werden: beantwortet wird es von {entry}",
        en=f'"{shown.text}" should be declined: it is answered by {entry}',
        kind="warning",
    )


def texts_in_other_languages(knowledge: Knowledge) -> Iterator[Problem]:
    """Warnings of English texts under `de` and German ones under `en`."""
    detector = LanguageDetector(knowledge)
    for shown in _written(knowledge):
        if shown.language is None or not detector.contradicts(shown.text, shown.language):
            continue
        other, start = _OTHER[shown.language], shown.text if len(shown.text) <= 40 else shown.text[:39] + "…"
        yield Problem(
            shown.place,
            de=f"„{start}“ steht unter „{shown.language}“ und ist wohl {other.de}: bitte übersetzen",
            en=f'"{start}" stands under "{shown.language}" and seems to be {other.en}: translate it',
            kind="warning",
        )


def _written(knowledge: Knowledge) -> Iterator[Shown]:
    entries, checks = knowledge.entries.values(), knowledge.checks
    asked = (_lines(listed) for entry in entries for listed in (entry.asked_as, entry.not_asked_as))
    held_out = (phrases(each.questions) for each in checks.entries)
    return chain(shown_texts(knowledge), *asked, *held_out, phrases(checks.out_of_scope))


def _lines(listed: Phrases) -> Iterator[Shown]:
    """One phrase of each line: a template stands for many."""
    for language in LANGUAGES:
        first = {line: index for index, line in reversed(list(enumerate(listed.lines(language))))}
        yield from (Shown(listed[language][each], language, listed.place(language, each)) for each in first.values())
