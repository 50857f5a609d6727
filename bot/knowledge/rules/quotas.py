"""Rules about enough: phrasings and checks per entry, and nothing that is written and never used."""

from collections.abc import Iterator

from bot.knowledge.checks import NO_ENTRY, Expected
from bot.knowledge.model import Knowledge, Reference
from bot.knowledge.phrases import Bilingual, Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claims, nearest
from bot.knowledge.rules.shown import Shown, phrases
from bot.knowledge.rules.wording import plain
from bot.messages import Language

#: What an entry needs to be found by people who have not read it.
FEWEST_PHRASINGS: dict[Language, int] = {"de": 12, "en": 8}
FEWEST_CHECKS: dict[Language, int] = {"de": 4, "en": 3}


def entries_have_enough_phrasings(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        what = Bilingual(de="Formulierungen unter asked_as", en="phrasings under asked_as")
        yield from _too_few(knowledge, entry.asked_as, FEWEST_PHRASINGS, what, entry.place)


def entries_have_enough_checks(knowledge: Knowledge) -> Iterator[Problem]:
    checked = {checks.entry: checks for checks in knowledge.checks.entries}
    for entry in knowledge.entries.values():
        if knowledge.unread.holds("checks", entry.id):
            continue
        found = checked.get(entry.id)
        place = found.place if found else entry.place
        questions = found.questions if found else Phrases()
        what = Bilingual(de=f"Prüffragen unter checks/ für {entry.id}", en=f"questions under checks/ for {entry.id}")
        yield from _too_few(knowledge, questions, FEWEST_CHECKS, what, place)


def _too_few(
    knowledge: Knowledge, phrases: Phrases, fewest: dict[Language, int], what: Bilingual, place: Place
) -> Iterator[Problem]:
    for language in knowledge.languages:
        # A template is one way to ask, however many phrasings it stands for.
        written = {line: plain(text) for text, line in zip(phrases[language], phrases.lines(language), strict=True)}
        count = len(set(written.values()))
        if count < fewest[language]:
            yield Problem(
                place,
                de=f"{count} {what.de} ({language}): bitte mindestens {fewest[language]} verschiedene schreiben",
                en=f"{count} {what.en} ({language}): write at least {fewest[language]} different ones",
            )


def checks_are_held_out(knowledge: Knowledge) -> Iterator[Problem]:
    phrasings = {plain(text): entry.id for entry in knowledge.entries.values() for text in entry.asked_as.all}
    for checks in knowledge.checks.entries:
        if checks.entry not in knowledge.entries and not knowledge.unread.holds("entry", checks.entry):
            hint = nearest(checks.entry, knowledge.entries)
            yield Problem(
                checks.place,
                de=f"prüft den Eintrag „{checks.entry}“, den es nicht gibt{hint.de}: bitte berichtigen",
                en=f'checks the entry "{checks.entry}", which does not exist{hint.en}: correct it',
            )
        for shown in phrases(checks.questions):
            if plain(shown.text) in phrasings:
                text, learnt = shown.text, phrasings[plain(shown.text)]
                yield Problem(
                    shown.place,
                    de=f"„{text}“ steht unter asked_as von {learnt}: eine Prüffrage darf dort nicht stehen",
                    en=f'"{text}" stands under asked_as of {learnt}: a check must be held out',
                )


def pairs_can_hold(knowledge: Knowledge) -> Iterator[Problem]:
    for pair in knowledge.checks.pairs:
        for side in (pair.first, pair.second):
            yield from _expected(side, knowledge)


def _expected(side: Expected, knowledge: Knowledge) -> Iterator[Problem]:
    unread = knowledge.unread
    if side.entry not in (None, NO_ENTRY, *knowledge.entries) and not unread.holds("entry", str(side.entry)):
        hint = nearest(str(side.entry), knowledge.entries)
        yield Problem(
            side.place,
            de=f"einen Eintrag „{side.entry}“ gibt es nicht{hint.de}: bitte berichtigen, oder {NO_ENTRY} schreiben",
            en=f'there is no entry "{side.entry}"{hint.en}: correct it, or write {NO_ENTRY}',
        )
    for name in (*side.facts, *side.untold):
        if name not in knowledge.facts and unread.holds("fact", name):
            continue
        if name not in knowledge.facts:
            hint = nearest(name, knowledge.facts)
            yield Problem(
                side.place,
                de=f"unter facts/ gibt es keine Angabe „{name}“{hint.de}: bitte berichtigen",
                en=f'there is no fact "{name}" under facts/{hint.en}: correct it',
            )
        elif name in side.facts and side.facts[name] not in knowledge.facts[name].options:
            yield Problem(
                side.place,
                de=f"„{name}“ hat keine Option „{side.facts[name]}“: bitte berichtigen",
                en=f'"{name}" has no option "{side.facts[name]}": correct it',
            )


def claims_are_used(knowledge: Knowledge) -> Iterator[Problem]:
    if knowledge.unread.holds_any("entry", "source", "claim", "term", "country", "emergency"):
        return
    used = {reference for entry in knowledge.entries.values() for reference in entry.citations()}
    used |= {reference for statement in knowledge.told_beside() for reference in statement.citations}
    used |= {reference for _, claim in claims(knowledge) for reference in claim.see}
    for source, claim in claims(knowledge):
        if Reference(source.id, claim.id) not in used:
            yield Problem(
                claim.place,
                de=f"keine Antwort stützt sich auf „{source.id}#{claim.id}“: bitte zitieren oder die Aussage entfernen",
                en=f'no answer cites "{source.id}#{claim.id}": cite it or remove the claim',
            )


def facts_are_used(knowledge: Knowledge) -> Iterator[Problem]:
    if knowledge.unread.holds_any("entry"):
        return
    used = {name for entry in knowledge.entries.values() for name in entry.facts}
    for fact in knowledge.facts.values():
        if fact.name not in used:
            yield Problem(
                fact.place,
                de=f"kein Eintrag fragt nach der Angabe „{fact.name}“: bitte verwenden oder entfernen",
                en=f'no entry asks the fact "{fact.name}": use it or remove it',
            )


def entries_are_checked_in_one_file(knowledge: Knowledge) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for checks in knowledge.checks.entries:
        other = first.setdefault(checks.entry, checks.place)
        if other != checks.place:
            yield Problem(
                checks.place,
                de=f"Prüffragen für {checks.entry} stehen auch in {other.file}: bitte in eine Datei",
                en=f"questions for {checks.entry} stand in {other.file} too: keep them in one file",
            )


def sources_have_claims(knowledge: Knowledge) -> Iterator[Problem]:
    for source in knowledge.sources.values():
        if not source.claims and not knowledge.unread.holds_any("claim"):
            yield Problem(
                source.place,
                de=f"die Quelle „{source.id}“ hat keine Aussagen: bitte unter claims ergänzen oder die Datei entfernen",
                en=f'the source "{source.id}" has no claims: add some or remove the file',
            )


def nothing_contradicts_itself(knowledge: Knowledge) -> Iterator[Problem]:
    """What an entry is asked as is neither what it is not asked as nor what must be declined."""
    asked = {plain(text): entry.id for entry in knowledge.entries.values() for text in entry.asked_as.all}
    for shown in phrases(knowledge.checks.out_of_scope):
        if plain(shown.text) in asked:
            yield _contrary(shown, "out_of_scope", asked[plain(shown.text)])
    for entry in knowledge.entries.values():
        for shown in phrases(entry.not_asked_as):
            if asked.get(plain(shown.text)) == entry.id:
                yield _contrary(shown, "not_asked_as", entry.id)


def _contrary(shown: Shown, where: str, entry: str) -> Problem:
    return Problem(
        shown.place,
        de=f"„{shown.text}“ steht unter {where} und unter asked_as von {entry}: bitte nur eines behalten",
        en=f'"{shown.text}" stands under {where} and under asked_as of {entry}: keep one',
    )
