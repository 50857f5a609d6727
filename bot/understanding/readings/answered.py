"""What people say to a follow-up question, or to what they would change."""

from bot.dialogue import events
from bot.dialogue.events import Event
from bot.dialogue.questions import changeable_facts
from bot.dialogue.session import State
from bot.knowledge.model import UNKNOWN
from bot.matching.normalise import words
from bot.understanding import positions
from bot.understanding.readings.heard import Heard
from bot.understanding.readings.offered import wrong_number


def fact_to_change(heard: Heard) -> Event | None:
    """A fact named by the value it has now ("Betrieb"), as its button says."""
    if heard.state is not State.CHANGING:
        return None
    case = heard.session.case
    names = changeable_facts(heard.entry, heard.knowledge.facts, case) if heard.entry else ()
    chosen = positions.at(heard.text, len(names))
    if chosen is not None:
        return events.ChangeAsked(names[chosen])
    facts = heard.knowledge.facts
    stated = {name: facts[name].stated(case[name], heard.language) for name in names}
    named = [name for name, said in stated.items() if words(said) == words(heard.text)]
    return events.ChangeAsked(named[0]) if named else wrong_number(heard)


def answer(heard: Heard) -> Event | None:
    """The option of the open question that the text chooses, unless it is a question of its own."""
    fact = heard.open_fact
    if fact is None or _is_other_question(heard):
        return None
    # "weiß nicht" comes first: it is no "no", even where the words of an option look like it.
    option = UNKNOWN if heard.is_aside("unknown") and heard.state is not State.ANSWERED else _option(heard, fact)
    others = {name: value for name, value in heard.said.told.items() if name != fact}
    if any(heard.session.facts.get(name, value) != value for name, value in others.items()):
        # "nein moment, normale App" corrects what was told before; its "nein" answers nothing.
        return events.Revised(others)
    return events.Answered(fact, option, facts=others) if option else _as_unread_answer(heard, fact)


def _option(heard: Heard, fact: str) -> str | None:
    options = [each for each in heard.knowledge.facts[fact].options if each not in heard.session.excluded.get(fact, ())]
    chosen = positions.at(heard.text, len(options))
    if chosen is not None:
        return options[chosen]
    if positions.position(heard.text) == len(options) + 1:
        # "I don't know" stands right after the options.
        return UNKNOWN
    return heard.matcher.facts.answer(fact, heard.text)


def _as_unread_answer(heard: Heard, fact: str) -> Event | None:
    """A denial excludes; a bare "ja", "nein" or number that answers nothing here asks to choose, it is no miss."""
    if heard.state is not State.ASKING:
        return None
    denied = heard.said.excluded.get(fact)
    if denied:
        return events.Excluded({name: tuple(o) for name, o in heard.said.excluded.items()}, heard.said.told)
    if heard.is_aside("no", "none", "yes", "assent", "okay") or positions.position(heard.text) is not None:
        return events.Unmatched()
    return None


def _is_other_question(heard: Heard) -> bool:
    """Whether the text asks something rather than answering us: a question that an entry answers, or one that
    begins with a question word ("was meinen Sie mit …"); or whether it only supposes something."""
    if heard.said.kind in ("question", "supposition", "report") and len(words(heard.text)) > 1:
        return True
    is_question = heard.phrasing.is_question(heard.text) and heard.decision.kind != "unmatched"
    return is_question and heard.decision.candidates[0].entry != heard.session.entry
