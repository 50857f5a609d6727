"""Rules about what is told beside the answers: carried by something, short, as many sentences as there is room for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Emergency, Knowledge, Statement
from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.answers import LONGEST_SHORT, MOST_WORDS, OWN, law_in, start, words
from bot.knowledge.rules.evidence import holds
from bot.knowledge.rules.links import nearest
from bot.knowledge.sentences import split_sentences
from bot.messages import Language

#: What to do first, what to write down, who is concerned, the authority and its deadline, whom to call.
LINES = range(5, 6)
MEANINGS = range(1, 3)
REPLIES = range(2, 5)
#: How else a sentence of our own may begin here: the bot speaks of itself, or says how it uses a word.
_SPOKEN: Mapping[Language, tuple[str, ...]] = {
    "de": ("Ich", "Mein", "Was ich", "Wir meinen", "Wir nennen", "Gemeint ist", "Gemeint sind", "Hier heißt"),
    "en": ("I ", "My ", "What I ", "We mean", "We call", "Here", "This means", "It means"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences under one key of one thing."""

    key: str
    statements: tuple[Statement, ...]
    #: How many there may be.
    wanted: range
    place: Place


def _explained(knowledge: Knowledge) -> Iterator[_Told]:
    """What states something: meanings and replies."""
    yield from (_Told("means", term.means, MEANINGS, term.place) for term in knowledge.terms.values())
    yield from (_Told("reply", country.reply, REPLIES, country.place) for country in knowledge.countries.values())


def _advised(knowledge: Knowledge) -> Iterator[_Told]:
    """What says what to do."""
    yield from (_Told("lines", each.lines, LINES, each.place) for each in knowledge.emergencies.values())


def sentences_are_as_many_as_wanted(knowledge: Knowledge) -> Iterator[Problem]:
    for told in (*_explained(knowledge), *_advised(knowledge)):
        count = len(told.statements)
        if count not in told.wanted:
            wanted = _amount(told.wanted)
            nouns = Bilingual("Satz", "sentence") if count == 1 else Bilingual("Sätze", "sentences")
            yield Problem(
                told.place,
                de=f"„{told.key}“ hat {count} {nouns.de}: bitte {wanted.de} schreiben",
                en=f'"{told.key}" has {count} {nouns.en}: write {wanted.en}',
            )


def _amount(wanted: range) -> Bilingual:
    first, last = wanted[0], wanted[-1]
    if first == last:
        return Bilingual(f"genau {first}", f"exactly {first}")
    return Bilingual(f"{first} bis {last}", f"{first} to {last}")


def explanations_are_cited(knowledge: Knowledge) -> Iterator[Problem]:
    for told in _explained(knowledge):
        for statement in told.statements:
            if not statement.citations and not statement.is_own:
                text = start(statement.text[knowledge.languages[0]])
                yield Problem(
                    statement.place,
                    de=f"„{text}“ ({told.key}) nennt unter cites keinen Beleg: bitte quelle#aussage ergänzen "
                    "(oder own: true bei eigenen Worten)",
                    en=f'"{text}" ({told.key}) cites nothing: add source#claim under cites '
                    "(or own: true for words of your own)",
                )


def own_words_say_so(knowledge: Knowledge) -> Iterator[Problem]:
    """What is our own has no source and begins as ours; what to do first is an instruction and needs no such start."""
    for statement in knowledge.told_beside():
        if statement.is_own and statement.citations:
            yield Problem(
                statement.place,
                de="ein eigener Satz (own) hat keinen Beleg: bitte cites oder own entfernen",
                en="a sentence of our own has no citation: remove cites or own",
            )
    for told in _explained(knowledge):
        for statement in (each for each in told.statements if each.is_own):
            yield from _not_owned(statement, knowledge.languages)


def _not_owned(statement: Statement, languages: Sequence[Language]) -> Iterator[Problem]:
    for language in languages:
        allowed = (*OWN[language], *_SPOKEN[language])
        if not statement.text[language].startswith(allowed):
            german = ", ".join(f"„{each.strip()}“" for each in allowed)
            english = ", ".join(f'"{each.strip()}"' for each in allowed)
            yield Problem(
                statement.place,
                de=f"ein eigener Satz ({language}) muss als solcher beginnen: {german}",
                en=f"a sentence of our own ({language}) must begin as one: {english}",
            )


def one_sentence_an_item(knowledge: Knowledge) -> Iterator[Problem]:
    for told in _explained(knowledge):
        for statement in told.statements:
            for language in knowledge.languages:
                text = statement.text[language]
                if len(split_sentences(text)) > 1:
                    yield Problem(
                        statement.place,
                        de=f"„{start(text)}“ ist mehr als ein Satz ({language}): bitte jedem einen eigenen Punkt und "
                        "Beleg geben",
                        en=f'"{start(text)}" holds more than one sentence ({language}): give each its own item and '
                        "citation",
                    )


def guidance_rests_on_what_holds(knowledge: Knowledge) -> Iterator[Problem]:
    for statement in knowledge.told_beside():
        for reference in statement.citations:
            if not holds(knowledge, reference):
                today = knowledge.claim(reference).today
                yield Problem(
                    statement.place,
                    de=f"„{reference}“ ist heute {today} und trägt diesen Satz nicht: bitte zitieren, was heute gilt",
                    en=f'"{reference}" is {today} today and does not carry this sentence: cite what holds today',
                )


def named_entries_exist(knowledge: Knowledge) -> Iterator[Problem]:
    named = [(term.entry, "entry", term.place) for term in knowledge.terms.values() if term.entry]
    named += [(entry, "entries", each.place) for each in knowledge.emergencies.values() for entry in each.entries]
    named += [(each.entry, "entry", each.place) for each in knowledge.examples]
    named += [(each.entry, "entry", each.place) for each in knowledge.asides.values() if each.entry]
    for entry, key, place in named:
        if entry not in knowledge.entries and not knowledge.unread.holds("entry", entry):
            hint = nearest(entry, knowledge.entries)
            yield Problem(
                place,
                de=f"{key} nennt „{entry}“, einen solchen Eintrag gibt es nicht{hint.de}: bitte berichtigen",
                en=f'{key} names "{entry}", which is no entry{hint.en}: correct it',
            )


def guidance_is_short(knowledge: Knowledge) -> Iterator[Problem]:
    for language in knowledge.languages:
        for told in _explained(knowledge):
            for statement in told.statements:
                count = words(statement.text[language])
                if count > LONGEST_SHORT:
                    yield Problem(
                        statement.place,
                        de=f"der Satz unter „{told.key}“ ({language}) hat {count} Wörter: bitte auf {LONGEST_SHORT} "
                        "kürzen",
                        en=f'the sentence under "{told.key}" ({language}) has {count} words: shorten it to '
                        f"{LONGEST_SHORT}",
                    )
        for emergency in knowledge.emergencies.values():
            yield from _too_long(emergency, language)


def _too_long(emergency: Emergency, language: Language) -> Iterator[Problem]:
    count = sum(words(line.text[language]) for line in emergency.lines)
    if count > MOST_WORDS:
        yield Problem(
            emergency.place,
            de=f"die Zeilen unter „lines“ ({language}) haben zusammen {count} Wörter: bitte auf {MOST_WORDS} kürzen",
            en=f'the sentences under "lines" ({language}) have {count} words together: shorten them to {MOST_WORDS}',
        )


def lines_of_law_are_cited(knowledge: Knowledge) -> Iterator[Problem]:
    for told in _advised(knowledge):
        for line in told.statements:
            said = law_in(line, knowledge.languages)
            if said and not line.citations:
                yield Problem(
                    line.place,
                    de=f"die Zeile sagt, was Recht ist („{said}“), und nennt keinen Beleg: bitte cites ergänzen",
                    en=f'the line says what the law is ("{said}") and cites nothing: add cites',
                )
