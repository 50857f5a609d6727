"""Rules about what is answered: citations on every sentence, both languages alike, short enough to be read."""

import re
from collections.abc import Iterator

from bot.knowledge.model import UNKNOWN, Entry, Knowledge, Outcome, Statement
from bot.knowledge.phrases import Place, Problem
from bot.knowledge.rules.links import claims, options, statements
from bot.messages import CHOICE_CODE_BYTES, LANGUAGES

# Lengths in characters. The first message (facts assumed, verdict, reasons) has to stay near 900.
LONGEST_ANSWER = 720
LONGEST_SENTENCE = 260
LONGEST_CONCLUSION = 200
LONGEST_STEP = 180
MOST_SENTENCES = 6
MOST_STEPS = 5
LONGEST_CLAIM = 260
LONGEST_QUOTE = 200
LONGEST_TITLE = 60
LONGEST_QUESTION = 160
LONGEST_REASON = 320
LONGEST_LABEL = 40
#: What a choice's code adds to entry, fact and option: `a:de:` and two separators.
CODE_OVERHEAD_BYTES = 7

# A full stop before a capital ends a sentence, unless it belongs to an abbreviation, a date or a number.
_SENTENCE_END = re.compile(r"[.!?…][“”\"»)]?\s+(?=[„“\"(]?[A-ZÄÖÜ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Art|Abs|Nr|Rn|Az|lit|Dr|Prof|vgl|bzw|ca|usw|ggf|inkl|evtl|Buchst|St|Mr|Ms|vs|No|para|[A-Za-zÄÖÜäöü])"
    r"|\d)\.[“”\"»)]?$"
)


def sentences_are_cited(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for outcome in entry.outcomes:
            if not outcome.answer.de or not outcome.answer.en:
                yield Problem(outcome.place, "the answer has no sentence in one language: write it")
    for statement in statements(knowledge):
        if not statement.citations:
            message = f'"{_start(statement.text)}" cites nothing: end it with [source#claim]'
            yield Problem(statement.place, message)


def _start(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def one_sentence_an_item(knowledge: Knowledge) -> Iterator[Problem]:
    for statement in statements(knowledge):
        if len(split_sentences(statement.text)) > 1:
            message = f'"{_start(statement.text)}" holds more than one sentence: give each its own item and citation'
            yield Problem(statement.place, message)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text; abbreviations, dates and numbers do not end one."""
    parts: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[: end.end()].rstrip()):
            parts.append(text[start : end.end()].strip())
            start = end.end()
    return [*parts, text[start:].strip()]


def languages_cite_the_same(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for outcome in entry.outcomes:
            yield from _unlike(outcome)


def _unlike(outcome: Outcome) -> Iterator[Problem]:
    german, english = outcome.answer.de, outcome.answer.en
    if len(german) != len(english):
        yield Problem(outcome.place, f"{len(german)} German and {len(english)} English sentences: make them match")
    for one, other in zip(german, english, strict=False):
        if set(one.citations) != set(other.citations):
            yield Problem(other.place, f"cites other claims than the German sentence in line {one.place.line}: align")


def changed_claims_have_notes(knowledge: Knowledge) -> Iterator[Problem]:
    for _, claim in claims(knowledge):
        if claim.today != "right" and claim.note is None:
            message = f'claim "{claim.id}" is {claim.today} today: add a note that says what is so now'
            yield Problem(claim.place, message)


def texts_are_short_enough(knowledge: Knowledge) -> Iterator[Problem]:
    for text, limit, what, place in _limited(knowledge):
        if len(text) > limit:
            yield Problem(place, f"{what} has {len(text)} characters: shorten it to {limit}")
    for entry in knowledge.entries.values():
        for outcome in entry.outcomes:
            yield from _too_long_answers(outcome)


def _too_long_answers(outcome: Outcome) -> Iterator[Problem]:
    for language in LANGUAGES:
        answer, steps = outcome.answer[language], outcome.steps[language]
        length = sum(len(statement.text) + 1 for statement in answer)
        if length > LONGEST_ANSWER:
            message = f"the answer ({language}) has {length} characters: shorten it to {LONGEST_ANSWER}"
            yield Problem(outcome.place, message)
        if len(answer) > MOST_SENTENCES:
            message = f"the answer ({language}) has {len(answer)} sentences: keep the {MOST_SENTENCES} that matter"
            yield Problem(outcome.place, message)
        if len(steps) > MOST_STEPS:
            yield Problem(outcome.place, f"{len(steps)} steps ({language}): keep the {MOST_STEPS} that matter")


Limited = tuple[str, int, str, Place]


def _limited(knowledge: Knowledge) -> Iterator[Limited]:
    yield from _limited_claims(knowledge)
    yield from _limited_facts(knowledge)
    for entry in knowledge.entries.values():
        yield from _limited_entry(entry)


def _limited_claims(knowledge: Knowledge) -> Iterator[Limited]:
    for _, claim in claims(knowledge):
        yield claim.quote, LONGEST_QUOTE, "the quote", claim.place
        for language in LANGUAGES:
            yield claim.says[language], LONGEST_CLAIM, f"says ({language})", claim.place
            yield claim.note[language] if claim.note else "", LONGEST_CLAIM, f"the note ({language})", claim.place


def _limited_facts(knowledge: Knowledge) -> Iterator[Limited]:
    for language in LANGUAGES:
        for fact in knowledge.facts.values():
            yield fact.ask[language], LONGEST_QUESTION, f"ask ({language})", fact.place
            yield fact.why[language], LONGEST_REASON, f"why ({language})", fact.place
        for _, option in options(knowledge):
            yield option.label[language], LONGEST_LABEL, f"the label ({language})", option.place


def _limited_entry(entry: Entry) -> Iterator[Limited]:
    for language in LANGUAGES:
        yield entry.title[language], LONGEST_TITLE, f"the title ({language})", entry.title.place
        for outcome in entry.outcomes:
            yield from _limited_sentences(outcome.answer[language])
            for index, step in enumerate(outcome.steps[language]):
                yield step, LONGEST_STEP, "the step", outcome.steps.place(language, index)


def _limited_sentences(answer: tuple[Statement, ...]) -> Iterator[Limited]:
    for index, statement in enumerate(answer):
        limit = LONGEST_SENTENCE if index else LONGEST_CONCLUSION
        yield statement.text, limit, "the sentence" if index else "the first sentence", statement.place


def choice_codes_fit(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for name in entry.facts:
            options_of_fact = knowledge.facts[name].options if name in knowledge.facts else ()
            longest = max(len(value) for value in (UNKNOWN, *options_of_fact))
            length = CODE_OVERHEAD_BYTES + len(entry.id) + len(name) + longest
            if length > CHOICE_CODE_BYTES:
                message = f'with the fact "{name}" a button would need {length} bytes of {CHOICE_CODE_BYTES}:'
                yield Problem(entry.place, f"{message} shorten the entry's id, the fact's name or its options")
