"""Rules about what carries an answer: claims that hold today, from whoever says them, shown where they belong."""

from collections.abc import Iterator

from bot.knowledge.model import Entry, Knowledge, Outcome, Reference, Source
from bot.knowledge.phrases import Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claim_of, claims, may_exist, nearest, outcomes


def answers_rest_on_what_holds(knowledge: Knowledge) -> Iterator[Problem]:
    """A claim that is not right today carries no answer, but where the entry is about it."""
    for entry, outcome in outcomes(knowledge):
        for statement in (outcome.short, *outcome.why, *outcome.steps):
            for reference in statement.citations:
                if not holds(knowledge, reference) and not entry.is_about(reference):
                    yield _overtaken(knowledge, reference, statement.place)


def holds(knowledge: Knowledge, reference: Reference) -> bool:
    """Whether a claim is right today; what cannot be read is told by itself."""
    claim = claim_of(knowledge, reference)
    return claim is None or claim.today == "right"


def _overtaken(knowledge: Knowledge, reference: Reference, place: Place) -> Problem:
    today = knowledge.claim(reference).today
    return Problem(
        place,
        de=f"„{reference}“ ist heute {today} und trägt keine Antwort: bitte unter disputed oder source_says zeigen, "
        "oder unter subject nennen, wenn es darum geht",
        en=f'"{reference}" is {today} today and carries no answer: show it under disputed or source_says, or name it '
        "under subject if the entry is about it",
    )


def changed_claims_have_notes(knowledge: Knowledge) -> Iterator[Problem]:
    for _, claim in claims(knowledge):
        if claim.today != "right" and claim.note is None:
            yield Problem(
                claim.place,
                de=f"Aussage „{claim.id}“ ist heute {claim.today}: bitte mit note sagen, was jetzt gilt",
                en=f'claim "{claim.id}" is {claim.today} today: add a note that says what is so now',
            )


def shown_claims_have_notes(knowledge: Knowledge) -> Iterator[Problem]:
    told: set[Reference] = set()
    for _, outcome in outcomes(knowledge):
        for reference in outcome.source_says:
            if reference not in told and _lacks_note(knowledge, reference):
                told.add(reference)
                yield _without_note(outcome, reference)


def _lacks_note(knowledge: Knowledge, reference: Reference) -> bool:
    claim = claim_of(knowledge, reference)
    return claim is not None and claim.note is None


def _without_note(outcome: Outcome, reference: Reference) -> Problem:
    return Problem(
        outcome.place,
        de=f"source_says zeigt „{reference}“, dort sagt aber keine note, was heute gilt: bitte ergänzen",
        en=f'source_says shows "{reference}", which has no note on what is so today: add it',
    )


def subjects_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for subject in entry.subject:
            if not _exists(knowledge, subject):
                yield _no_subject(knowledge, entry, subject)


def _exists(knowledge: Knowledge, subject: str) -> bool:
    source, _, claim = subject.partition("#")
    if claim:
        return may_exist(knowledge, Reference(source, claim))
    return source in knowledge.sources or knowledge.unread.holds("source", source)


def _no_subject(knowledge: Knowledge, entry: Entry, subject: str) -> Problem:
    hint = nearest(subject, knowledge.sources)
    return Problem(
        entry.place,
        de=f"subject nennt „{subject}“, eine solche Quelle oder Aussage gibt es nicht{hint.de}: bitte berichtigen",
        en=f'subject names "{subject}", which is no source or claim{hint.en}: correct it',
    )


def originals_are_linked(knowledge: Knowledge) -> Iterator[Problem]:
    for source in knowledge.sources.values():
        if source.original and source.is_second_hand:
            yield Problem(
                source.place,
                de=f"{source.id} führt zu einem Bericht ({source.report_by}), obwohl das Original bekannt ist: bitte "
                "original unter url schreiben, den Bericht unter report_url, dazu read: report",
                en=f"{source.id} leads to a report ({source.report_by}) although the original is known: write original "
                "under url, the report under report_url, and add read: report",
            )


def sources_are_official(knowledge: Knowledge) -> Iterator[Problem]:
    """Warnings of laws, courts, authorities and companies that readers are led to by way of a report."""
    for source in knowledge.sources.values():
        if source.is_second_hand and source.kind != "article":
            yield _unofficial(source)


def _unofficial(source: Source) -> Problem:
    return Problem(
        source.place,
        de=f"{source.id} führt nicht zum Original, sondern zu einem Bericht ({source.report_by}): bitte die amtliche "
        "Seite suchen",
        en=f"{source.id} leads to a report ({source.report_by}) instead of the original: look for the official page",
        kind="warning",
    )
