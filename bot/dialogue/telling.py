"""What people ask about an answer, in words: each from what the answer already holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.dialogue import codes
from bot.dialogue.answering import Answer
from bot.dialogue.authorities import Helpers
from bot.dialogue.citing import SPEAKERS, Citations, carried, format_day, format_partial_date, group_key
from bot.dialogue.events import Aspect
from bot.dialogue.layers import WORDING, Layers
from bot.dialogue.transcript import as_text
from bot.knowledge.model import Entry, Knowledge, Outcome, Reference, Statement
from bot.messages import Attachment, Block, BlockKind, Choice, Language, Line, Reply

#: So many of them are told at once.
MOSTSPEAKERS = 4
FILE_NAMES = {"de": "antwort.txt", "en": "answer.txt"}


class AboutAnswer:
    """Words one thing about one answer."""

    def __init__(self, knowledge: Knowledge, language: Language, entry: Entry, known: Mapping[str, str]) -> None:
        self._knowledge = knowledge
        self._language = language
        self._texts = knowledge.texts[language]
        self._entry = entry
        self._known = known
        self._answer = Answer(knowledge, language, entry, known)
        self._citations = Citations(knowledge, language)

    def of(self, aspect: Aspect, today: date) -> Reply:
        words: dict[Aspect, Callable[[], Reply]] = {
            "verdict": self._answer.brief,
            "brief": lambda: self._answer.brief(self._texts["about_brief"]),
            "repeat": lambda: self._answer.reply(today),
            "simpler": self._simpler,
            "reasons": lambda: self._statements("reasons", "why", "about_reasons"),
            "next_steps": lambda: self._statements("steps", "steps", "about_steps"),
            "citing": self._carrying,
            "wording": self._wording,
            "sources": self._sources,
            "age": self._age,
            "still_valid": lambda: self._still_valid(today),
            "author": self._author,
            "certain": self._certain,
            "template": self._template,
            "example": lambda: self._statements("steps", "steps", "about_example"),
            "risk": lambda: self._statements("reasons", "why", "about_risk"),
            "helpers": self._helpers,
            "as_file": lambda: self._as_file(today),
            "what_change": self._what_change,
            "facts_used": self._facts_used,
        }
        return words[aspect]()

    @property
    def _outcome(self) -> Outcome | None:
        return self._answer.outcome

    def _simpler(self) -> Reply:
        """In plainer words, where there are any; what carries the sentence carries them."""
        if self._outcome is None or self._outcome.plain is None:
            return self._answer.brief(self._texts["about_simpler_none"])
        marks = self._citations.marks(self._outcome.short.citations)
        return self._reply(Block("verdict", (Line(self._outcome.plain[self._language], marks),)))

    def _statements(self, kind: BlockKind, part: str, lead: str) -> Reply:
        """A part of the answer; without one outcome, or where it has no such part, its conclusion."""
        told: Sequence[Statement] = getattr(self._outcome, part) if self._outcome else ()
        if not told:
            return self._answer.brief(self._texts[f"{lead}_none"])
        return self._reply(self._text(lead), Block(kind, tuple(map(self._line, told))))

    def _carrying(self) -> Reply:
        """Where it says so, in our words, with what stands there."""
        kind_of = {reference: self._knowledge.sources[reference.source].kind for reference in self._references()}
        ordered = sorted(kind_of, key=lambda reference: SPEAKERS.index(kind_of[reference]))
        told = ordered[:MOSTSPEAKERS]
        lines = tuple(carried(self._knowledge, self._language, reference, self._citations) for reference in told)
        if not lines:
            return self._answer.brief(self._texts["about_citing_none"])
        return self._reply(self._text("about_citing"), Block("list", lines))

    def _references(self) -> tuple[Reference, ...]:
        """What carries the conclusion and its reasons."""
        told = [each for outcome in self._answer.outcomes for each in (outcome.short, *outcome.why)]
        return tuple(dict.fromkeys(reference for statement in told for reference in statement.citations))

    def _wording(self) -> Reply:
        self._citations.marks(self._references())
        layers = Layers(self._knowledge, self._language, self._answer.outcomes, self._citations)
        return self._reply(*layers.blocks(WORDING))

    def _sources(self) -> Reply:
        self._citations.marks(self._references())
        return self._reply(Block("text", (Line(self._entry.title[self._language]),)))

    def _age(self) -> Reply:
        said = self._said("about_age", date=self._day(self._entry.reviewed), due=self._day(self._entry.review_by))
        days = self._published()
        if not days:
            return self._reply(said)
        months = self._texts["months"]
        oldest, newest = (format_partial_date(day, months, self._language) for day in (days[0], days[-1]))
        key = "about_age_sources" if oldest != newest else "about_age_source"
        return self._reply(said, self._said(key, oldest=oldest, newest=newest))

    def _published(self) -> list[str]:
        """When its sources were published, the oldest first; laws are as old as their last reading."""
        sources = (self._knowledge.sources[reference.source] for reference in self._references())
        return sorted(each.published for each in sources if each.kind != "statute" and each.published != "unknown")

    def _still_valid(self, today: date) -> Reply:
        key = "about_valid" if today <= self._entry.review_by else "about_valid_overdue"
        said = self._said(key, date=self._day(self._entry.reviewed), due=self._day(self._entry.review_by))
        return self._reply(said, *self._disputed())

    def _author(self) -> Reply:
        return self._reply(self._said("about_author", date=self._day(self._entry.reviewed)))

    def _certain(self) -> Reply:
        """How sure it is: what carries it, what is disputed, what it takes for granted."""
        kinds = [self._knowledge.sources[reference.source].kind for reference in self._references()]
        named = [self._texts[group_key(kind)] for kind in SPEAKERS if kind in kinds]
        disputed = self._disputed() or (self._text("about_certain_undisputed"),)
        blocks = (self._said("about_certain", sources=", ".join(named)), *disputed, *self._taken_for_granted())
        return self._reply(*blocks)

    def _disputed(self) -> tuple[Block, ...]:
        told = [each for outcome in self._answer.outcomes for each in outcome.disputed]
        lines = tuple(map(self._line, dict.fromkeys(told)))
        return (Block("disputed", lines, self._texts["disputed_title"]),) if lines else ()

    def _taken_for_granted(self) -> tuple[Block, ...]:
        return self._answer.assumptions

    def _template(self) -> Reply:
        copy = self._outcome.copy if self._outcome else None
        if copy:
            return Reply(self._language, (Block("copy", (Line(copy[self._language]),)),))
        others = [each for each in self._entry.see_also if self._has_copy(self._knowledge.entries[each])]
        said = self._text("about_template_elsewhere" if others else "about_template_none")
        return replace(self._reply(said), choices=self._neighbours(others))

    def _has_copy(self, entry: Entry) -> bool:
        return any(outcome.copy for outcome in entry.outcomes)

    def _neighbours(self, entries: Sequence[str]) -> tuple[Choice, ...]:
        labels = [(each, self._knowledge.entries[each].label[self._language]) for each in entries]
        return tuple(Choice(label, codes.pick(self._language, each), group="neighbours") for each, label in labels)

    def _helpers(self) -> Reply:
        return Helpers(self._knowledge, self._language).reply(self._known)

    def _as_file(self, today: date) -> Reply:
        told = self._answer.reply(today)
        file = Attachment(FILE_NAMES[self._language], as_text(told, self._texts))
        return Reply(self._language, (self._text("about_file"),), attachment=file)

    def _what_change(self) -> Reply:
        """What would lead to another verdict."""
        choices = tuple(self._answer.turn_choices())
        if not choices:
            return self._answer.brief(self._texts["about_change_none"])
        return replace(self._reply(self._text("about_change")), choices=choices)

    def _facts_used(self) -> Reply:
        stated = self._answer.assumptions
        said = stated or (self._text("about_facts_none"),)
        return replace(self._reply(*said), choices=self._answer.change_choices)

    def _line(self, statement: Statement) -> Line:
        return Line(statement.text[self._language], self._citations.marks(statement.citations))

    def _text(self, key: str) -> Block:
        return Block("text", (Line(self._texts[key]),))

    def _said(self, key: str, **values: str) -> Block:
        return Block("text", (Line(self._texts[key].format(**values)),))

    def _day(self, day: date) -> str:
        return format_day(day, self._language)

    def _reply(self, *blocks: Block) -> Reply:
        cited = self._citations.all()
        sources = (Block("sources", title=self._texts["sources_title"]),) if cited else ()
        return Reply(self._language, (*blocks, *sources), (), cited)
