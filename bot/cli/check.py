"""`check`: prove the knowledge sound and say everything that is wrong with it at once.

Problems make it end with 1. Warnings do not: an editor may have meant what they are about.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.cli.knowledge import KnowledgeFolder
from bot.cli.originals import read_originals
from bot.dialogue.cases import collisions
from bot.knowledge.loader import Loaded, load
from bot.knowledge.model import Knowledge
from bot.knowledge.originals import Originals
from bot.knowledge.phrases import NOWHERE, Bilingual, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules import ADVICE, COMPLETE, SOUND, broken_rules, dates, quotes
from bot.matching.judging.proving import Proof
from bot.messages import Language


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was asked for."""

    originals: tuple[Path, ...] = ()
    with_questions: bool = True
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class _Outcome:
    """All that was found. `proof` is of the check questions; None if they were not asked, or wait for the problems."""

    knowledge: Knowledge
    told: tuple[Problem, ...]
    proof: Proof | None
    quotes: Bilingual
    is_waiting: bool

    @property
    def problems(self) -> int:
        return sum(each.kind == "problem" for each in self.told)

    @property
    def warnings(self) -> int:
        return len(self.told) - self.problems


def check(folder: KnowledgeFolder, wanted: Wanted, today: date, language: Language) -> int:
    """Print problems and warnings in a language; exit code 1 if there is a problem, else 0."""
    outcome = _outcome(folder, wanted, today)
    lines = _as_json(outcome, language) if wanted.as_json else _as_lines(outcome, language)
    print(lines)
    return 1 if outcome.problems else 0


def _outcome(folder: KnowledgeFolder, wanted: Wanted, today: date) -> _Outcome:
    loaded = load(folder.path, folder.label)
    originals = read_originals(wanted.originals, loaded)
    found = all_problems(loaded, originals)
    told = [*found, *dates.dates_fit_today(loaded.knowledge, today), *_advice(loaded)]
    # With the slightest problem a question may end elsewhere only because of it.
    proof = _proof(folder, loaded.knowledge) if wanted.with_questions and not found else None
    told += proof.warnings if proof else ()
    verbatim = _verbatim(loaded.knowledge, originals) if wanted.originals else Bilingual(de="", en="")
    # What keeps the bot from starting first, in the order of files and lines.
    ordered = sorted(told, key=lambda each: (each.kind, each.place.file, each.place.line))
    return _Outcome(loaded.knowledge, tuple(ordered), proof, verbatim, wanted.with_questions and proof is None)


def all_problems(loaded: Loaded, originals: dict[str, Originals]) -> list[Problem]:
    """What reading found, then what the rules find in what could be read."""
    found = broken_rules(loaded.knowledge, SOUND + COMPLETE)
    proved = quotes.quotes_are_verbatim(loaded.knowledge, originals)
    return [*loaded.problems, *found, *proved, *_alike_in_links(loaded.knowledge)]


def _advice(loaded: Loaded) -> list[Problem]:
    # Only here: `all_problems` is for whoever needs nothing of matching.
    from bot.matching.judging.proving import texts_in_other_languages  # noqa: PLC0415

    foreign = texts_in_other_languages(loaded.knowledge) if len(loaded.knowledge.languages) > 1 else ()
    return [*broken_rules(loaded.knowledge, ADVICE), *foreign]


def _proof(folder: KnowledgeFolder, knowledge: Knowledge) -> Proof:
    from bot.cli.index_cache import open_matcher  # noqa: PLC0415
    from bot.matching.judging.proving import prove_questions  # noqa: PLC0415

    return prove_questions(open_matcher(knowledge, folder))


def _alike_in_links(knowledge: Knowledge) -> list[Problem]:
    """What a link to a case could not tell apart; one in thousands of millions, but then printed on posters."""
    return [
        Problem(
            _place(first, knowledge),
            de=f"„{first}“ und „{second}“ haben in Links dieselbe Kurzform: bitte eines umbenennen",
            en=f'"{first}" and "{second}" have the same short form in links: rename one',
        )
        for first, second in collisions(knowledge)
    ]


def _place(name: str, knowledge: Knowledge) -> Place:
    entry = knowledge.entries.get(name)
    return entry.place if entry is not None else NOWHERE


def _as_json(outcome: _Outcome, language: Language) -> str:
    told = [
        {"file": each.place.file, "line": each.place.line, "kind": each.kind, "message": each.message[language]}
        for each in outcome.told
    ]
    proof = outcome.proof
    questions = {"right": proof.right, "offered": proof.offered, "astray": proof.astray} if proof else None
    report = {"is_sound": not outcome.problems, "problems": told, "questions": questions}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _as_lines(outcome: _Outcome, language: Language) -> str:
    summary = "; ".join(part[language] for part in _summary(outcome))
    return "\n".join([*(each.told(language) for each in outcome.told), summary])


def _summary(outcome: _Outcome) -> Iterator[Bilingual]:
    yield _soundness(outcome)
    if outcome.proof and outcome.proof.total:
        yield _questions(outcome.proof)
    if outcome.is_waiting:
        yield Bilingual(de="Prüffragen erst, wenn es keine gibt", en="check questions as soon as there are none")
    if outcome.warnings:
        yield _count(outcome.warnings, Bilingual("Warnung", "warning"), Bilingual("Warnungen", "warnings"))


def _soundness(outcome: _Outcome) -> Bilingual:
    knowledge = outcome.knowledge
    claims = sum(len(source.claims) for source in knowledge.sources.values())
    entries, sources = len(knowledge.entries), len(knowledge.sources)
    german = f"{entries} Einträge, {sources} Quellen, {claims} Aussagen"
    english = f"{entries} entries, {sources} sources, {claims} claims"
    if outcome.problems:
        count = _count(outcome.problems, Bilingual("Problem", "problem"), Bilingual("Probleme", "problems"))
        return Bilingual(
            de=f"{count.de} in: {german}{outcome.quotes.de}", en=f"{count.en} in {english}{outcome.quotes.en}"
        )
    return Bilingual(
        de=f"in Ordnung: {german}, jede Aussage zitiert{outcome.quotes.de}",
        en=f"sound: {english}, each claim cited{outcome.quotes.en}",
    )


def _questions(proof: Proof) -> Bilingual:
    return Bilingual(
        de=f"Prüffragen: {proof.right} von {proof.total} richtig, {proof.offered} angeboten, {proof.astray} anders",
        en=f"check questions: {proof.right} of {proof.total} right, {proof.offered} offered, {proof.astray} otherwise",
    )


def _count(number: int, one: Bilingual, many: Bilingual) -> Bilingual:
    noun = one if number == 1 else many
    return Bilingual(de=f"{number} {noun.de}", en=f"{number} {noun.en}")


def _verbatim(knowledge: Knowledge, originals: dict[str, Originals]) -> Bilingual:
    proved, quoted = quotes.count_verbatim(knowledge, originals)
    return Bilingual(
        de=f", {proved} von {quoted} Zitaten mit {len(originals)} Originalen bewiesen",
        en=f", {proved} of {quoted} quotes proved with {len(originals)} originals",
    )
