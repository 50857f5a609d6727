"""Questions of the knowledge, what takes them up, and facts told in passing."""

from collections.abc import Mapping

from bot.dialogue import events
from bot.dialogue.events import Event
from bot.dialogue.session import State
from bot.matching.matcher import Decision
from bot.understanding.readings.heard import Heard
from bot.understanding.readings.offered import named_among
from bot.understanding.readings.sizes import MOST_OTHER_WORDS
from bot.understanding.readings.talked import alarm_line, courtesy_within, hint, hint_of_answer, term_within

#: From this probability on, the only entry that comes into question is answered without asking whether it is meant. Not
#: lower in the middle of a dialogue: most of what is said there is about its subject, and a guess leads away from it.
SURE_ENOUGH = 0.65
#: What is at least so probable comes near to a question that nothing answers, and so many of them are named.
LEAST_NEAR = 0.03
MOST_NEAR = 2
#: "Und als Behörde?", "wären wir ein Verein": with more words than that beside it, a supposition is about somebody else
#: ("wenn die Behörde kommt").
MOST_WORDS_BESIDE_IDENTITY = 1
#: "Nein, wir sind doch gar kein Verein": so many words of content may stand beside what is denied.
MOST_WORDS_BESIDE_DENIAL = 2


def supposition(heard: Heard) -> Event | None:
    """ "Und wenn sie nicht zustimmen?": another case of the topic at hand."""
    if heard.entry is None or not heard.said.supposed:
        return None
    supposed = _supposed_of_topic(heard)
    own = {name: value for name, value in supposed.items() if name in heard.entry.facts}
    is_another = heard.decision.entry not in (None, heard.session.entry)
    if own:
        return events.Supposed(own) if not (heard.is_own and is_another) else None
    # "Und als Verein?" makes no difference to this topic, which is to be said.
    is_follow_up = heard.phrasing.is_elliptical(heard.text) and not is_another
    return events.Supposed(supposed) if supposed and is_follow_up and heard.other_words <= MOST_OTHER_WORDS else None


def _supposed_of_topic(heard: Heard) -> dict[str, str]:
    """What is supposed, and who somebody would be only where hardly anything else is."""
    is_plain = heard.other_words <= MOST_WORDS_BESIDE_IDENTITY
    supposed = heard.said.supposed.items()
    return {name: value for name, value in supposed if is_plain or not heard.knowledge.facts[name].is_identity}


def revision(heard: Heard) -> Event | None:
    """Facts of the topic and hardly anything else: "und mit der Business API?", "wir sind ein Verein"."""
    facts = heard.facts_besides_answer
    is_about_facts = heard.other_words <= MOST_OTHER_WORDS or _states_of_topic(heard, facts)
    return events.Revised(facts) if is_about_facts and heard.tells_of_topic(facts) and not heard.is_own else None


def _states_of_topic(heard: Heard, facts: Mapping[str, str]) -> bool:
    """Whether a text states, in however many words, something that the topic at hand asks and another question does
    not: "Moment, ich hab mich vertan, die haben doch nicht zugestimmt"."""
    if heard.said.kind != "statement" or heard.phrasing.is_question(heard.text) or _contradicts(heard, facts):
        return False
    is_of_topic = heard.entry is not None and any(name in heard.entry.facts for name in facts)
    return is_of_topic and heard.decision.entry in (None, heard.session.entry)


def _contradicts(heard: Heard, facts: Mapping[str, str]) -> bool:
    """Whether a text would make somebody else of the person: a story in many words ("die vom Steuerbüro sagt …") speaks
    of others, and who corrects who they are says that in few."""
    known = heard.session.facts
    return any(
        heard.knowledge.facts[name].is_identity and known.get(name, told) != told for name, told in facts.items()
    )


def denial(heard: Heard) -> Event | None:
    """ "Kein Betrieb", in few words: in many it is part of a story."""
    is_short = heard.other_words <= MOST_WORDS_BESIDE_DENIAL
    is_denial = heard.said.excluded and is_short and not heard.is_own and heard.decision.kind != "matched"
    return events.Excluded(heard.excluded, heard.said.told) if is_denial else None


def neighbour(heard: Heard) -> Event | None:
    """ "Und als Kanal?", "and backups?": something that is named by a word of its title, what is related first."""
    is_follow_up = heard.state in (State.ASKING, State.ANSWERED) and heard.phrasing.is_elliptical(heard.text)
    is_supposed = heard.said.kind == "supposition" and heard.other_words > MOST_WORDS_BESIDE_IDENTITY
    if not is_follow_up or heard.entry is None or heard.decision.kind == "matched" or is_supposed:
        return None
    text = heard.phrasing.without_opener(heard.text)
    named = named_among(heard, heard.entry.see_also, text) or named_among(heard, tuple(heard.knowledge.entries), text)
    return events.Matched(named, heard.said.told) if named and named != heard.entry.id else None


def question(heard: Heard) -> Event:
    several = heard.reader.questions.entries(heard.text, heard.language)
    if several:
        return events.Matched(several[0], heard.asked_with, heard.supposed_with, later=several[1:])
    if _says_only_who(heard):
        return events.Revised(heard.facts_besides_answer)
    return _about_topic(heard) or _as_decided(heard) or _not_decided(heard)


def _as_decided(heard: Heard) -> Event | None:
    decision = heard.decision
    if decision.kind == "matched":
        return _as_match(heard, decision, is_assumed=False)
    # In the middle of a question only a question leads away from it: "lila mit Streifen" is a failed answer.
    if decision.kind == "ambiguous" and (heard.state is not State.ASKING or heard.phrasing.is_question(heard.text)):
        return term_within(heard) or alarm_line(heard) or hint_of_answer(heard) or _as_offer(heard, decision)
    return None


def _not_decided(heard: Heard) -> Event:
    """What matches nothing: facts told in passing, talk about what was told, or a miss."""
    facts = heard.facts_besides_answer
    if _tells_only(heard, facts):
        return events.Revised(facts)
    return term_within(heard) or courtesy_within(heard) or alarm_line(heard) or hint(heard) or _as_miss(heard, facts)


def _says_only_who(heard: Heard) -> bool:
    """ "Ich bin Lehrerin": no question, however well it goes with one."""
    facts = heard.facts_besides_answer
    is_bare = heard.said.kind == "statement" and not heard.asks and heard.other_words == 0
    return is_bare and bool(facts) and all(heard.knowledge.facts[name].is_identity for name in facts)


def _as_miss(heard: Heard, facts: Mapping[str, str]) -> Event:
    """What comes nearest is named all the same, as long as it is more than chance and not what was just told."""
    told = heard.session.entry if heard.state is State.ANSWERED else None
    # What was talked about brings nothing near.
    likely = (each.entry for each in heard.decision_alone.candidates if each.score >= LEAST_NEAR and each.entry != told)
    nearest = tuple(likely)[:MOST_NEAR]
    is_statement = heard.said.kind == "statement" and not heard.asks
    known = heard.session.facts
    # What is understood of a text beside its subject makes nobody else of the person.
    facts = {
        name: told
        for name, told in facts.items()
        if not heard.knowledge.facts[name].is_identity or known.get(name, told) == told
    }
    return events.Unmatched(facts, heard.asks, nearest, is_statement=is_statement)


def _about_topic(heard: Heard) -> Event | None:
    """What is nearest to the topic at hand is about that answer, before anything else is offered."""
    is_of_topic = heard.decision.candidates[0].entry == heard.session.entry
    if heard.state is not State.ANSWERED or heard.decision.kind == "unmatched" or not is_of_topic:
        return None
    return hint(heard) or _as_match(heard, heard.decision, is_assumed=False)


def _as_match(heard: Heard, decision: Decision, *, is_assumed: bool) -> Event:
    return events.Matched(decision.candidates[0].entry, heard.asked_with, heard.supposed_with, is_assumed)


def _as_offer(heard: Heard, decision: Decision) -> Event:
    """What is the only one in question, and more likely than not, is answered; what was assumed is said."""
    is_clear = len(decision.offered) == 1 and decision.candidates[0].score >= SURE_ENOUGH
    return (
        _as_match(heard, decision, is_assumed=True) if is_clear else events.Ambiguous(decision.offered, heard.said.told)
    )


def _tells_only(heard: Heard, facts: Mapping[str, str]) -> bool:
    """Facts that no question goes with: of the open topic in any number of words, else in hardly any others."""
    if heard.is_own:
        return False
    if heard.entry is not None and heard.state is State.ASKING:
        return any(name in heard.entry.facts for name in facts)
    return bool(facts) and heard.other_words <= MOST_OTHER_WORDS
