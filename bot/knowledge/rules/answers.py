"""Rules about what is answered: every sentence carried by something, one sentence an item, short enough to be read."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge.marks import mark_of
from bot.knowledge.model import Entry, Knowledge, Outcome, Statement
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claim_of, outcomes
from bot.knowledge.sentences import split_sentences
from bot.messages import Language

#: In words: what fits into one message that is read in half a minute on a telephone.
LONGEST_SHORT = 25
LONGEST_WHY = 20
MOST_WORDS = 150
#: What stands in short and why together may lead to so many places.
MOST_MARKS = 5
MOST_WHY = 4
MOST_STEPS = 4
MOST_DISPUTED = 2

_VERDICT_WORD = re.compile(r"(?:Ja|Nein|Besser nicht|Yes|No|Better not)\.\s+")
#: How our own advice, conclusions and searches begin, so that nobody takes them for somebody else's.
OWN: Mapping[Language, tuple[str, ...]] = {
    "de": ("Wir raten", "Wir empfehlen", "Wir würden", "Daraus folgt", "Eigene Suche"),
    "en": ("We advise", "We recommend", "We would", "It follows", "Our own search"),
}
#: What only a law can say: a step that says it needs its source like any sentence.
_LAW: Mapping[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"§|\bArt\.\s*\d|\b(?:DSGVO|BDSG|UWG|StGB|gesetzlich\w*|verpflichtet|Pflicht|verboten|strafbar|unverzüglich|"
        r"Frist|binnen)\b|\b\d+ (?:Stunden|Monate|Jahre)\b"
    ),
    "en": re.compile(
        r"\bSection \d|\bArt\.\s*\d|\b(?:GDPR|BDSG|UWG|by law|legally|obliged|duty|prohibited|criminal offence|"
        r"undue delay|deadline)\b|\b\d+ (?:hours|months|years)\b"
    ),
}


def words(text: str) -> int:
    """How many words a reader counts: what holds a letter or a digit."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def start(text: str) -> str:
    """Enough of a text to find it by."""
    return text if len(text) <= 40 else text[:39] + "…"


def sentences_are_cited(knowledge: Knowledge) -> Iterator[Problem]:
    for _, outcome in outcomes(knowledge):
        yield from _uncited(knowledge, "short", outcome.short)
        for name, several in (("why", outcome.why), ("disputed", outcome.disputed)):
            for statement in several:
                yield from () if statement.is_own else _uncited(knowledge, name, statement)


def _uncited(knowledge: Knowledge, name: str, statement: Statement) -> Iterator[Problem]:
    if not statement.citations:
        text = start(statement.text[knowledge.languages[0]])
        yield Problem(
            statement.place,
            de=f"„{text}“ ({name}) nennt unter cites keinen Beleg: bitte quelle#aussage ergänzen"
            + (" (oder own: true bei eigenem Rat)" if name != "short" else ""),
            en=f'"{text}" ({name}) cites nothing: add source#claim under cites'
            + (" (or own: true for advice of your own)" if name != "short" else ""),
        )


def own_sentences_say_so(knowledge: Knowledge) -> Iterator[Problem]:
    for _, outcome in outcomes(knowledge):
        for statement in outcome.statements:
            if statement.is_own:
                yield from _not_owned(knowledge, statement)


def _not_owned(knowledge: Knowledge, statement: Statement) -> Iterator[Problem]:
    if statement.citations:
        yield Problem(
            statement.place,
            de="ein eigener Satz (own) hat keinen Beleg: bitte cites oder own entfernen",
            en="a sentence of our own has no citation: remove cites or own",
        )
    for language in knowledge.languages:
        if not statement.text[language].startswith(OWN[language]):
            allowed = ", ".join(OWN[language])
            yield Problem(
                statement.place,
                de=f"ein eigener Satz ({language}) muss als solcher beginnen: {allowed}",
                en=f"a sentence of our own ({language}) must begin as one: {allowed}",
            )


def steps_of_law_are_cited(knowledge: Knowledge) -> Iterator[Problem]:
    for _, outcome in outcomes(knowledge):
        for step in outcome.steps:
            said = law_in(step, knowledge.languages)
            if said and not step.citations:
                yield Problem(
                    step.place,
                    de=f"der Schritt sagt, was Recht ist („{said}“), und nennt keinen Beleg: bitte cites ergänzen",
                    en=f'the step says what the law is ("{said}") and cites nothing: add cites',
                )


def law_in(statement: Statement, languages: Sequence[Language]) -> str:
    """What a sentence says that only a law can say; empty if nothing."""
    found = (_LAW[language].search(statement.text[language]) for language in languages)
    return next((match[0] for match in found if match), "")


def one_sentence_an_item(knowledge: Knowledge) -> Iterator[Problem]:
    for _, outcome in outcomes(knowledge):
        for statement in outcome.statements:
            yield from _several(knowledge, outcome, statement)


def _several(knowledge: Knowledge, outcome: Outcome, statement: Statement) -> Iterator[Problem]:
    # A step may say what to write, and a text to be copied has sentences of its own.
    if statement in outcome.steps:
        return
    for language in knowledge.languages:
        text = statement.text[language]
        if statement is outcome.short:
            text = _VERDICT_WORD.sub("", text, count=1)
        if len(split_sentences(text)) > 1:
            yield Problem(
                statement.place,
                de=f"„{start(text)}“ ist mehr als ein Satz ({language}): bitte jedem einen eigenen Punkt und Beleg "
                "geben",
                en=f'"{start(text)}" holds more than one sentence ({language}): give each its own item and citation',
            )


def answers_are_short(knowledge: Knowledge) -> Iterator[Problem]:
    for _, outcome in outcomes(knowledge):
        for language in knowledge.languages:
            yield from _too_long(outcome, language)


def _too_long(outcome: Outcome, language: Language) -> Iterator[Problem]:
    short = words(outcome.short.text[language])
    if short > LONGEST_SHORT:
        yield Problem(
            outcome.short.place,
            de=f"„short“ ({language}) hat {short} Wörter: bitte auf {LONGEST_SHORT} kürzen",
            en=f'"short" ({language}) has {short} words: shorten it to {LONGEST_SHORT}',
        )
    for reason in outcome.why:
        count = words(reason.text[language])
        if count > LONGEST_WHY:
            yield Problem(
                reason.place,
                de=f"der Satz unter „why“ ({language}) hat {count} Wörter: bitte auf {LONGEST_WHY} kürzen",
                en=f'the sentence under "why" ({language}) has {count} words: shorten it to {LONGEST_WHY}',
            )
    visible = sum(words(each.text[language]) for each in outcome.statements)
    if visible > MOST_WORDS:
        yield Problem(
            outcome.place,
            de=f"short, why, steps und disputed ({language}) haben zusammen {visible} Wörter: bitte auf {MOST_WORDS} "
            "kürzen",
            en=f"short, why, steps and disputed ({language}) have {visible} words together: shorten them to "
            f"{MOST_WORDS}",
        )


def answers_have_few_parts(knowledge: Knowledge) -> Iterator[Problem]:
    limits = {"why": MOST_WHY, "steps": MOST_STEPS, "disputed": MOST_DISPUTED}
    for _, outcome in outcomes(knowledge):
        for name, limit in limits.items():
            count = len(getattr(outcome, name))
            if count > limit:
                yield Problem(
                    outcome.place,
                    de=f"„{name}“ hat {count} Punkte: bitte die {limit} wichtigsten behalten",
                    en=f'"{name}" has {count} items: keep the {limit} that matter',
                )
        yield from _too_many_marks(knowledge, outcome)


def _too_many_marks(knowledge: Knowledge, outcome: Outcome) -> Iterator[Problem]:
    cited = [each for statement in (outcome.short, *outcome.why) for each in statement.citations]
    marks = {mark_of(knowledge, each) for each in cited if claim_of(knowledge, each)}
    if len(marks) > MOST_MARKS:
        yield Problem(
            outcome.place,
            de=f"short und why führen zu {len(marks)} Fundstellen: bitte die {MOST_MARKS} wichtigsten behalten",
            en=f"short and why lead to {len(marks)} places: keep the {MOST_MARKS} that matter",
        )


def shorts_name_no_source(knowledge: Knowledge) -> Iterator[Problem]:
    speakers = {
        language: {
            source.publisher[language]: source.id
            for source in knowledge.sources.values()
            if source.kind in ("article", "authority", "decision") and source.publisher[language]
        }
        for language in knowledge.languages
    }
    for entry, outcome in outcomes(knowledge):
        for language in knowledge.languages:
            text = outcome.short.text[language]
            named = [name for name in speakers[language] if re.search(rf"\b{re.escape(name)}\b", text)]
            for name in named:
                if not _is_subject(knowledge, entry, name, language):
                    yield _named(outcome, name, language)


def _is_subject(knowledge: Knowledge, entry: Entry, name: str, language: Language) -> bool:
    about = {each.split("#")[0] for each in entry.subject}
    return any(source.publisher[language] == name for id_, source in knowledge.sources.items() if id_ in about)


def _named(outcome: Outcome, name: str, language: Language) -> Problem:
    return Problem(
        outcome.short.place,
        de=f"„short“ ({language}) nennt „{name}“: wer etwas sagt, gehört unter „why“",
        en=f'"short" ({language}) names "{name}": who says something belongs under "why"',
    )


def labels_differ(knowledge: Knowledge) -> Iterator[Problem]:
    for language in knowledge.languages:
        first: dict[str, Entry] = {}
        for entry in knowledge.entries.values():
            label = entry.label[language].casefold()
            other = first.setdefault(label, entry)
            if other is not entry and label:
                yield Problem(
                    entry.label.place,
                    de=f"das label „{entry.label[language]}“ ({language}) hat auch {other.id}: bitte unterscheiden",
                    en=f'the label "{entry.label[language]}" ({language}) is also that of {other.id}: make them differ',
                )
