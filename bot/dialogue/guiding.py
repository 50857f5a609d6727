"""What the bot tells beside its answers, in words: terms, countries, emergencies."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialogue import acts, codes
from bot.dialogue.authorities import Helpers
from bot.dialogue.citing import Citations, carried, format_day
from bot.dialogue.events import Aspect
from bot.knowledge.guidance import Country, Emergency, Term
from bot.knowledge.model import Knowledge
from bot.knowledge.statements import Statement
from bot.messages import Block, Choice, Language, Line, Reply

#: So many terms are explained in one message.
MOST_TERMS = 8
#: What is answered with what carries the lines of an emergency.
_ABOUT_SOURCES: frozenset[Aspect] = frozenset(
    ("reasons", "citing", "wording", "sources", "age", "still_valid", "author", "certain")
)
#: The clock that people here read.
_LOCAL = ZoneInfo("Europe/Berlin")


class Guide:
    """Words them in one language."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._knowledge = knowledge
        self._language = language
        self._texts = knowledge.texts[language]

    def term(self, term: Term) -> Reply:
        """What a word means, and the answer that says more."""
        citations = Citations(self._knowledge, self._language)
        name = Block("text", (Line(term.name[self._language]),))
        meaning = Block("reasons", self._lines(term.means, citations))
        return self._reply((name, meaning), citations, self._more((term.entry,) if term.entry else ()))

    def terms(self, terms: Sequence[Term]) -> Reply:
        """What several words mean, a line each."""
        if not terms:
            return Reply(self._language, (self._text("terms_none"),))
        citations = Citations(self._knowledge, self._language)
        lines = tuple(self._explained(term, citations) for term in terms[:MOST_TERMS])
        return self._reply((Block("list", lines, title=self._texts["terms_title"]),), citations)

    def _explained(self, term: Term, citations: Citations) -> Line:
        first = term.means[0]
        text = self._texts["case"].format(condition=term.name[self._language], conclusion=first.text[self._language])
        return Line(text, citations.marks(first.citations))

    def country(self, country: Country) -> Reply:
        """What is known of another country, and who helps there."""
        citations = Citations(self._knowledge, self._language)
        blocks = [Block("reasons", self._lines(country.reply, citations))]
        authority = self._knowledge.authorities.get(country.authority or "")
        if authority:
            line = Helpers(self._knowledge, self._language).line(authority)
            blocks.append(Block("list", (line,), title=self._texts["helpers_there"]))
        return self._reply(tuple(blocks), citations)

    def alarm(self, act: acts.Alarm, choices: Sequence[Choice]) -> Reply:
        """What to do at once, line by line; with the moment until which, if it is known since when."""
        emergency = self._knowledge.emergencies[act.emergency]
        citations = Citations(self._knowledge, self._language)
        title = Block("verdict", (Line(emergency.title[self._language]),))
        steps = Block("steps", self._lines(emergency.lines, citations))
        blocks = (title, steps, *self._deadline(emergency, act))
        own = [Choice(each.label, each.code, group="neighbours") for each in choices]
        return self._reply(blocks, citations, (*own, *self._more(emergency.entries)) if not own else tuple(own))

    def about_alarm(self, emergency: Emergency, aspect: Aspect) -> Reply:
        """One thing about it; whatever else is asked, what to do once more."""
        if aspect == "template":
            return self._copy(emergency)
        if aspect in _ABOUT_SOURCES:
            return self._grounds(emergency)
        citations = Citations(self._knowledge, self._language)
        steps = Block("steps", self._lines(emergency.lines, citations), title=emergency.title[self._language])
        return self._reply((self._text("about_steps"), steps), citations, self._more(emergency.entries))

    def _copy(self, emergency: Emergency) -> Reply:
        if emergency.copy is None:
            return Reply(self._language, (self._text("about_template_none"),))
        return Reply(self._language, (Block("copy", (Line(emergency.copy[self._language]),)),))

    def _grounds(self, emergency: Emergency) -> Reply:
        """What carries the lines; those that nothing carries are said to be our own."""
        citations = Citations(self._knowledge, self._language)
        references = dict.fromkeys(each for line in emergency.lines for each in line.citations)
        lines = tuple(carried(self._knowledge, self._language, each, citations) for each in references)
        return self._reply((self._text("about_alarm_sources"), Block("list", lines)), citations)

    def _deadline(self, emergency: Emergency, act: acts.Alarm) -> tuple[Block, ...]:
        if act.at is None or emergency.deadline_hours is None:
            return ()
        # Hours that pass, also where the clock is changed in between.
        until = act.at.astimezone(UTC) + timedelta(hours=emergency.deadline_hours)
        text = self._texts["deadline_rough" if act.is_rough else "deadline"].format(
            hours=emergency.deadline_hours, since=self._moment(act.at), until=self._moment(until)
        )
        return (Block("hint", (Line(text),)),)

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(_LOCAL)
        day = self._texts["weekdays"].split()[local.weekday()]
        return self._texts["moment"].format(
            weekday=day, date=format_day(local.date(), self._language), time=f"{local:%H:%M}"
        )

    def _more(self, entries: Iterable[str]) -> tuple[Choice, ...]:
        labels = ((each, self._knowledge.entries[each].label[self._language]) for each in entries)
        return tuple(Choice(label, codes.pick(self._language, each), group="neighbours") for each, label in labels)

    def _lines(self, statements: Iterable[Statement], citations: Citations) -> tuple[Line, ...]:
        return tuple(Line(each.text[self._language], citations.marks(each.citations)) for each in statements)

    def _text(self, key: str) -> Block:
        return Block("text", (Line(self._texts[key]),))

    def _reply(self, blocks: tuple[Block, ...], citations: Citations, choices: tuple[Choice, ...] = ()) -> Reply:
        cited = citations.all()
        sources = (Block("sources", title=self._texts["sources_title"]),) if cited else ()
        return replace(Reply(self._language, (*blocks, *sources), (), cited), choices=choices)
