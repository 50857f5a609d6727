"""Rules about room: what a button, a quotation or a follow-up question can hold."""

from collections.abc import Iterator
from typing import TypeAlias

from bot.knowledge.model import UNKNOWN, Claim, Entry, Knowledge, Source
from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claims, options, terms_and_countries
from bot.messages import CHOICE_CODE_BYTES, Language

# In characters.
LONGEST_SENTENCE = 260
LONGEST_CLAIM = 260
LONGEST_QUOTE = 200
#: Laws are free to be quoted, and their words are what matters.
LONGEST_LAW = 400
LONGEST_COPY = 600
LONGEST_TITLE = 60
#: On a telephone two buttons of this length share a row.
LONGEST_ENTRY_LABEL = 28
LONGEST_QUESTION = 160
LONGEST_REASON = 320
LONGEST_LABEL = 40
#: Of authorities, in full.
LONGEST_OFFICE = 160
#: What a choice's code adds to entry, fact and option: `a:de:` and two separators.
CODE_OVERHEAD_BYTES = 7

_SENTENCE = Bilingual(de="der Satz", en="the sentence")
#: A text, its limit, what it is, and where it stands.
Limited: TypeAlias = tuple[str, int, Bilingual, Place]


def texts_are_short_enough(knowledge: Knowledge) -> Iterator[Problem]:
    for text, limit, what, place in _limited(knowledge):
        if len(text) > limit:
            yield Problem(
                place,
                de=f"{what.de} hat {len(text)} Zeichen: bitte auf {limit} kürzen",
                en=f"{what.en} has {len(text)} characters: shorten it to {limit}",
            )


def _limited(knowledge: Knowledge) -> Iterator[Limited]:
    for language in knowledge.languages:
        for source, claim in claims(knowledge):
            yield from _limited_claim(source, claim, language)
        yield from _limited_facts(knowledge, language)
        yield from _limited_guidance(knowledge, language)
        for entry in knowledge.entries.values():
            yield from _limited_entry(entry, language)


def _limited_claim(source: Source, claim: Claim, language: Language) -> Iterator[Limited]:
    longest = LONGEST_LAW if source.kind == "statute" else LONGEST_QUOTE
    if claim.quote:
        yield claim.quote[language], longest, Bilingual(de="das Zitat", en="the quote"), claim.place
    yield claim.says[language], LONGEST_CLAIM, _key("says", language), claim.place
    yield claim.note[language] if claim.note else "", LONGEST_CLAIM, _key("note", language), claim.place


def _limited_facts(knowledge: Knowledge, language: Language) -> Iterator[Limited]:
    for fact in knowledge.facts.values():
        yield fact.ask[language], LONGEST_QUESTION, _key("ask", language), fact.place
        yield fact.why[language], LONGEST_REASON, _key("why", language), fact.place
    for _, option in options(knowledge):
        yield option.label[language], LONGEST_LABEL, _key("label", language), option.place


def _limited_entry(entry: Entry, language: Language) -> Iterator[Limited]:
    yield entry.title[language], LONGEST_TITLE, _key("title", language), entry.title.place
    yield entry.label[language], LONGEST_ENTRY_LABEL, _key("label", language), entry.label.place
    for outcome in entry.outcomes:
        for each in outcome.statements:
            yield each.text[language], LONGEST_SENTENCE, _SENTENCE, each.place
        if outcome.plain:
            yield outcome.plain[language], LONGEST_SENTENCE, _key("plain", language), outcome.plain.place
        if outcome.copy:
            yield outcome.copy[language], LONGEST_COPY, _key("copy", language), outcome.copy.place


def _limited_guidance(knowledge: Knowledge, language: Language) -> Iterator[Limited]:
    for statement in knowledge.told_beside():
        yield statement.text[language], LONGEST_SENTENCE, _SENTENCE, statement.place
    for thing in terms_and_countries(knowledge):
        yield thing.name[language], LONGEST_ENTRY_LABEL, _key("name", language), thing.name.place
    for authority in knowledge.authorities.values():
        yield authority.name[language], LONGEST_OFFICE, _key("name", language), authority.name.place
        yield authority.short[language], LONGEST_LABEL, _key("short", language), authority.short.place
    for emergency in knowledge.emergencies.values():
        yield emergency.title[language], LONGEST_TITLE, _key("title", language), emergency.title.place
        if emergency.copy:
            yield emergency.copy[language], LONGEST_COPY, _key("copy", language), emergency.copy.place


def _key(name: str, language: Language) -> Bilingual:
    return Bilingual(de=f"„{name}“ ({language})", en=f'"{name}" ({language})')


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
