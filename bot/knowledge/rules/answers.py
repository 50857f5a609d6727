"""Rules about what is answered: citations on every sentence, and short enough to be read."""

from collections.abc import Iterator

from bot.knowledge.model import UNKNOWN, Entry, Knowledge, Outcome, Statement
from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claims, options, statements
from bot.knowledge.sentences import split_sentences
from bot.messages import CHOICE_CODE_BYTES, LANGUAGES, Language

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


def sentences_are_cited(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for outcome in entry.outcomes:
            if not all(outcome.answer[language] for language in knowledge.languages):
                yield Problem(
                    outcome.place,
                    de="der Antwort fehlt in einer Sprache jeder Satz: bitte schreiben",
                    en="the answer has no sentence in one language: write it",
                )
    for statement in statements(knowledge):
        if not statement.citations:
            yield Problem(
                statement.place,
                de=f"„{_start(statement.text)}“ nennt keinen Beleg: der Satz muss mit [quelle#aussage] enden",
                en=f'"{_start(statement.text)}" cites nothing: end it with [source#claim]',
            )


def _start(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def one_sentence_an_item(knowledge: Knowledge) -> Iterator[Problem]:
    for statement in statements(knowledge):
        if len(split_sentences(statement.text)) > 1:
            yield Problem(
                statement.place,
                de=f"„{_start(statement.text)}“ ist mehr als ein Satz: bitte jedem einen eigenen Punkt und Beleg geben",
                en=f'"{_start(statement.text)}" holds more than one sentence: give each its own item and citation',
            )


def changed_claims_have_notes(knowledge: Knowledge) -> Iterator[Problem]:
    for _, claim in claims(knowledge):
        if claim.today != "right" and claim.note is None:
            yield Problem(
                claim.place,
                de=f"Aussage „{claim.id}“ ist heute {claim.today}: bitte mit note sagen, was jetzt gilt",
                en=f'claim "{claim.id}" is {claim.today} today: add a note that says what is so now',
            )


def texts_are_short_enough(knowledge: Knowledge) -> Iterator[Problem]:
    for text, limit, what, place in _limited(knowledge):
        if len(text) > limit:
            yield Problem(
                place,
                de=f"{what.de} hat {len(text)} Zeichen: bitte auf {limit} kürzen",
                en=f"{what.en} has {len(text)} characters: shorten it to {limit}",
            )
    for entry in knowledge.entries.values():
        for outcome in entry.outcomes:
            yield from _too_long_answers(outcome)


def _too_long_answers(outcome: Outcome) -> Iterator[Problem]:
    for language in LANGUAGES:
        answer, steps = outcome.answer[language], outcome.steps[language]
        length = sum(len(statement.text) + 1 for statement in answer)
        if length > LONGEST_ANSWER:
            yield Problem(
                outcome.place,
                de=f"die Antwort ({language}) hat {length} Zeichen: bitte auf {LONGEST_ANSWER} kürzen",
                en=f"the answer ({language}) has {length} characters: shorten it to {LONGEST_ANSWER}",
            )
        if len(answer) > MOST_SENTENCES:
            yield Problem(
                outcome.place,
                de=f"die Antwort ({language}) hat {len(answer)} Sätze: bitte die {MOST_SENTENCES} wichtigsten behalten",
                en=f"the answer ({language}) has {len(answer)} sentences: keep the {MOST_SENTENCES} that matter",
            )
        if len(steps) > MOST_STEPS:
            yield Problem(
                outcome.place,
                de=f"{len(steps)} Schritte ({language}): bitte die {MOST_STEPS} wichtigsten behalten",
                en=f"{len(steps)} steps ({language}): keep the {MOST_STEPS} that matter",
            )


Limited = tuple[str, int, Bilingual, Place]


def _limited(knowledge: Knowledge) -> Iterator[Limited]:
    yield from _limited_claims(knowledge)
    yield from _limited_facts(knowledge)
    for entry in knowledge.entries.values():
        yield from _limited_entry(knowledge, entry)


def _limited_claims(knowledge: Knowledge) -> Iterator[Limited]:
    for _, claim in claims(knowledge):
        yield claim.quote, LONGEST_QUOTE, Bilingual(de="das Zitat", en="the quote"), claim.place
        for language in knowledge.languages:
            note = claim.note[language] if claim.note else ""
            yield claim.says[language], LONGEST_CLAIM, _key("says", language), claim.place
            yield note, LONGEST_CLAIM, _key("note", language), claim.place


def _key(name: str, language: Language) -> Bilingual:
    return Bilingual(de=f"„{name}“ ({language})", en=f'"{name}" ({language})')


def _limited_facts(knowledge: Knowledge) -> Iterator[Limited]:
    for language in knowledge.languages:
        for fact in knowledge.facts.values():
            yield fact.ask[language], LONGEST_QUESTION, _key("ask", language), fact.place
            yield fact.why[language], LONGEST_REASON, _key("why", language), fact.place
        for _, option in options(knowledge):
            yield option.label[language], LONGEST_LABEL, _key("label", language), option.place


def _limited_entry(knowledge: Knowledge, entry: Entry) -> Iterator[Limited]:
    for language in knowledge.languages:
        yield entry.title[language], LONGEST_TITLE, _key("title", language), entry.title.place
        for outcome in entry.outcomes:
            yield from _limited_sentences(outcome.answer[language])
            for index, step in enumerate(outcome.steps[language]):
                yield (
                    step,
                    LONGEST_STEP,
                    Bilingual(de="der Schritt", en="the step"),
                    outcome.steps.place(language, index),
                )


def _limited_sentences(answer: tuple[Statement, ...]) -> Iterator[Limited]:
    for index, statement in enumerate(answer):
        if index:
            yield statement.text, LONGEST_SENTENCE, Bilingual(de="der Satz", en="the sentence"), statement.place
        else:
            what = Bilingual(de="der erste Satz", en="the first sentence")
            yield statement.text, LONGEST_CONCLUSION, what, statement.place


def choice_codes_fit(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for name in entry.facts:
            options_of_fact = knowledge.facts[name].options if name in knowledge.facts else ()
            longest = max(len(value) for value in (UNKNOWN, *options_of_fact))
            length = CODE_OVERHEAD_BYTES + len(entry.id) + len(name) + longest
            if length > CHOICE_CODE_BYTES:
                yield Problem(
                    entry.place,
                    de=f"mit der Angabe „{name}“ bräuchte ein Knopf {length} Bytes von {CHOICE_CODE_BYTES}: bitte die "
                    "id des Eintrags, den Namen der Angabe oder ihre Optionen kürzen",
                    en=f'with the fact "{name}" a button would need {length} bytes of {CHOICE_CODE_BYTES}: shorten the '
                    "entry's id, the fact's name or its options",
                )
