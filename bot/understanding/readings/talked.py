"""What is no question of a knowledge: commands, emergencies, words, countries, talk about the answer, small talk."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import get_args

from bot.dialogue import events
from bot.dialogue.events import Aspect, Event
from bot.dialogue.session import State
from bot.knowledge.guidance import LAND
from bot.knowledge.model import UNKNOWN
from bot.matching.mentions.moments import moment
from bot.matching.normalise import clauses, words
from bot.matching.talk.lines import Lines
from bot.understanding import positions
from bot.understanding.readings.heard import Heard
from bot.understanding.readings.offered import plain_choice

#: So many entries are named beside an emergency.
MOST_BESIDE_ALARM = 2

_COMMANDS: Mapping[str, Event] = {
    "reset": events.Reset(),
    "new_question": events.NewQuestionAsked(),
    "second_question": events.WaitingAsked(),
    "cancel": events.Cancelled(),
    "continue": events.Continued(),
    "back": events.WentBack(),
    "change": events.ChangeAsked(),
    "german": events.LanguageChosen("de"),
    "english": events.LanguageChosen("en"),
    "language": events.LanguageChosen(),
    "privacy": events.Requested("privacy"),
    "abilities": events.Requested("help"),
    "topics": events.Requested("topics"),
    "my_data": events.DataRequested(),
    "forget": events.ErasureRequested(),
}
#: What is done only if it is said outright.
_WEIGHTY = ("reset", "forget", "german", "english")
#: What is answered in kind also where more is said with it.
_COURTESIES = ("thanks", "goodbye")
#: Commands that change nothing of what is known.
_WAYS = ("continue", "back", "change", "cancel", "second_question", "topics", "abilities")
#: "Die Verwaltung sitzt in Berlin": so many words may stand beside a fact that is told in passing.
MOST_WORDS_BESIDE_FACTS = 2
#: "Brilliant", "na toll".
MOST_WORDS_OF_INTERJECTION = 2
#: A message of more parts is a story.
MOST_PARTS = 6
_ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
HELPERS: Aspect = "helpers"
#: What can only be wanted of an answer that was given: "was soll ich tun?" may as well be about what was just told.
_OF_AN_ANSWER: Collection[Aspect] = (
    "brief", "simpler", "citing", "wording", "sources", "repeat", "template", "example", "as_file",
)  # fmt: skip


def command(heard: Heard) -> Event | None:
    if positions.position(heard.text) is not None and (heard.session.candidates or heard.state is not State.IDLE):
        # "Die zweite" chooses, where anything can be chosen.
        return None
    if heard.state is State.CHOOSING and (plain := plain_choice(heard)):
        # "Go on then" takes the only one that is offered.
        return plain
    if heard.is_aside("why") and heard.state in (State.ASKING, State.CHOOSING):
        return events.WhyAsked()
    if heard.is_aside("terms") and not heard.is_aside("brief"):
        return events.TermsAsked()
    return next((_COMMANDS[each] for each in heard.asides if each in _COMMANDS), None)


def emergency(heard: Heard) -> Event | None:
    """Whatever else the message holds; what the bot knows about it is named beside."""
    raised = heard.reader.emergencies.raised(heard.text)
    if raised is None:
        return None
    when = moment(heard.text, heard.at)
    known = () if heard.decision.kind == "unmatched" else heard.decision.offered[:MOST_BESIDE_ALARM]
    return events.Alarmed(raised, when.at if when else None, when.is_rough if when else False, known)


def not_understood(heard: Heard) -> Event | None:
    """Before an answer: the "nicht" of "verstehe ich nicht" is no "no". "Geht das einfacher?" is about an answer, if
    there is one."""
    is_about_answer = heard.aspect is not None and heard.state is State.ANSWERED
    return events.NotUnderstood() if heard.is_aside("confused") and not is_about_answer else None


def country(heard: Heard) -> Event | None:
    """Nothing but the question whether it holds elsewhere."""
    country = heard.reader.countries.named(heard.text)
    return events.CountryAsked(country) if country and heard.reader.countries.is_only(heard.text) else None


def term(heard: Heard) -> Event | None:
    term = heard.reader.terms.asked(heard.text)
    return events.TermAsked(term) if term else None


def about_answer(heard: Heard) -> Event | None:
    """Something about the answer, or, in the middle of a question, about that."""
    rated = heard.session.told.entry if heard.session.told else None
    if rated and heard.is_aside("thumbs_up", "thumbs_down"):
        return events.Rated(rated, has_helped=heard.is_aside("thumbs_up"))
    if heard.aspect:
        return _of_aspect(heard, heard.aspect)
    return _of_aspect(heard, HELPERS) if _asks_who_helps_where(heard) else None


def _asks_who_helps_where(heard: Heard) -> bool:
    """ "An wen wende ich mich in Brandenburg?": but for where somebody lives, it asks who helps."""
    if heard.matcher.facts.named(LAND, heard.text) is None:
        return False
    others = heard.phrasing.without_opener(" ".join(heard.matcher.facts.other_words(heard.text)))
    return _aspect_of(heard, others.removesuffix(" in")) == HELPERS


def about_answer_with_facts(heard: Heard) -> Event | None:
    """ "Where do I complain? I live in Bremen", "shorter please, I have to explain it to my boss": one part asks about
    the answer, and the others ask nothing."""
    parts = _few_parts(heard)
    if not parts or heard.decision.kind == "matched":
        return None
    read = [(part, _aspect_of(heard, part)) for part in parts]
    aspects = [aspect for _, aspect in read if aspect]
    # Who helps is known before anything was told.
    if not (heard.session.told or heard.session.alarm or aspects == [HELPERS]):
        return None
    others = [part for part, aspect in read if not aspect]
    fits = _asks_nothing if aspects and aspects[0] in _OF_AN_ANSWER else _only_tells
    if len(aspects) != 1 or not all(fits(heard, part) for part in others):
        return None
    # Read in the whole message, which knows a question from a statement; what is said of oneself comes first:
    # "ich wohne in Leipzig, die Verwaltung sitzt in Berlin".
    parts_told: dict[str, str] = {}
    for part in others:
        parts_told = {**heard.matcher.facts.read(part).told, **parts_told}
    told = {fact: value for fact, value in parts_told.items() if fact in heard.said.told}
    return events.AnswerAsked(aspects[0], {**_where(heard, aspects[0]), **told})


def _aspect_of(heard: Heard, part: str) -> Aspect | None:
    named = heard.reader.utterances.all(part)
    return next((each for each in _ASPECTS if each in named), None)


def _asks_nothing(heard: Heard, part: str) -> bool:
    return not (heard.phrasing.is_question(part) or heard.phrasing.asks(part))


def _only_tells(heard: Heard, part: str) -> bool:
    if len(words(part)) <= MOST_WORDS_OF_INTERJECTION and _asks_nothing(heard, part):
        return True
    is_short = heard.matcher.words_besides_facts(part) <= MOST_WORDS_BESIDE_FACTS
    return (is_short and bool(heard.matcher.facts.read(part).told)) or any(_courtesy(heard, part))


def _of_aspect(heard: Heard, aspect: Aspect) -> Event:
    entry = heard.knowledge.asides[aspect].entry
    if entry and heard.session.entry != entry:
        return events.Matched(entry, heard.said.told)
    return events.AnswerAsked(aspect, _where(heard, aspect))


def _where(heard: Heard, aspect: Aspect) -> dict[str, str]:
    """The Land that somebody asks for help in, in whatever sentence it is named."""
    land = heard.matcher.facts.named(LAND, heard.text) if aspect == HELPERS else None
    return {LAND: land} if land and land != UNKNOWN else {}


def aside(heard: Heard) -> Event | None:
    if not heard.asides:
        return None
    with_reply = [each for each in heard.asides if heard.knowledge.asides[each].reply is not None]
    if with_reply:
        # What is asked beside thanks is answered.
        return events.AsideMade(min(with_reply, key=lambda each: each in _COURTESIES))
    return events.WhyAsked() if heard.is_aside("why") else events.Unreadable("nothing_open")


def foreign(heard: Heard) -> Event | None:
    """A question in a language that the knowledge lacks, unless it is understood all the same."""
    is_lost = heard.matcher.languages.is_foreign(heard.text) and heard.decision.kind == "unmatched"
    return events.Unreadable("only_language") if is_lost else None


def gibberish(heard: Heard) -> Event | None:
    return events.Unreadable("gibberish") if heard.matcher.languages.is_strange(heard.text) else None


def term_within(heard: Heard) -> Event | None:
    """A word to be explained in one part of a message whose other parts mean nothing clear to the bot."""
    asked = (heard.reader.terms.asked(part) for part in _few_parts(heard))
    return next((events.TermAsked(term) for term in asked if term), None)


def courtesy_within(heard: Heard) -> Event | None:
    """Thanks in one part of a message whose other parts mean nothing to the bot."""
    said = () if heard.asks else (each for part in _few_parts(heard) for each in _courtesy(heard, part))
    return next((events.AsideMade(each) for each in said), None)


def _few_parts(heard: Heard) -> Sequence[str]:
    """The parts of a message that has some, and is no story."""
    parts = clauses(heard.text)
    return parts if 1 < len(parts) <= MOST_PARTS else ()


def _courtesy(heard: Heard, part: str) -> Iterator[str]:
    named = heard.reader.utterances.all(part)
    yield from (each for each in named if each in _COURTESIES and heard.knowledge.asides[each].reply is not None)


def alarm_line(heard: Heard) -> Event | None:
    """What is asked about one line of the emergency that was told last."""
    emergency = heard.knowledge.emergencies.get(heard.session.alarm)
    if emergency is None:
        return None
    lines = [line.text[heard.language] for line in emergency.lines]
    found = Lines(lines, heard.language, heard.matcher.ranking.reader).about(heard.text)
    return None if found is None else events.LineAsked(emergency.id, found)


def hint(heard: Heard) -> Event | None:
    """What nothing understands, once something was told: a mild guess what about it is meant beats a refusal. In the
    middle of a question only a question can be about something else."""
    has_told = heard.session.told is not None or heard.session.alarm
    if not has_told:
        return _courteous(heard)
    if heard.state is State.ASKING and not heard.asks:
        return None
    hinted = heard.reader.utterances.hinted(heard.text)
    meant = _of_aside(heard, hinted) if hinted and _may_be_guessed(heard, hinted) else None
    country = heard.reader.countries.mentioned(heard.text)
    return meant or (events.CountryAsked(country) if country else None)


def hint_of_answer(heard: Heard) -> Event | None:
    """A guess that goes before an offer: what is wanted of the answer itself, right after it."""
    hinted = heard.reader.utterances.hinted(heard.text) if heard.state is State.ANSWERED else None
    return _of_aside(heard, hinted) if hinted and hinted in _OF_AN_ANSWER else None


def _may_be_guessed(heard: Heard, name: str) -> bool:
    """Whether the reply is made of what was told, or kind at least: a page, another topic or what is always said alike
    is no answer to somebody who asked for none of it."""
    entry = heard.knowledge.asides[name].entry
    is_elsewhere = bool(entry) and heard.session.entry != entry
    return (name in _ASPECTS and not is_elsewhere) or name in _COURTESIES or name in _WAYS


def _courteous(heard: Heard) -> Event | None:
    """Before anything was told, only thanks and the like can be meant."""
    hinted = heard.reader.utterances.hinted(heard.text)
    return _of_aside(heard, hinted) if hinted in (*_COURTESIES, "helpers") and not heard.asks else None


def _of_aside(heard: Heard, name: str) -> Event | None:
    if name in _COMMANDS and name not in _WEIGHTY:
        return _COMMANDS[name]
    aspect = next((each for each in _ASPECTS if each == name), None)
    if aspect is not None:
        return _of_aspect(heard, aspect)
    is_told = heard.knowledge.asides[name].reply is not None
    return events.AsideMade(name) if is_told else None
