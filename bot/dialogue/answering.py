"""An entry's answer as one message: what is assumed, the verdict, reasons, steps, what is disputed, sources.

Where something is not known, it covers every case that is still open, each with its conclusion. What unfolds is in
`layers`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.dialogue import codes
from bot.dialogue.cases import pack, start_parameter
from bot.dialogue.citing import Citations, format_day
from bot.dialogue.glossary import terms_of
from bot.dialogue.layers import FOLDED, WORDING, Layer, Layers
from bot.dialogue.questions import (
    Turn,
    agreed_verdict,
    cases,
    changeable_facts,
    completed,
    next_question,
    relevant_facts,
    turns,
)
from bot.knowledge.model import UNKNOWN, Entry, Knowledge, Outcome, Statement, Verdict
from bot.knowledge.tables import can_change_outcome
from bot.messages import Apart, Block, BlockKind, Choice, ChoiceGroup, Language, Line, Reply

#: Neighbours below an answer, so that its buttons stay on one screen of a telephone.
MOST_SEE_ALSO = 2
#: More open cases than this are told by their verdicts, if these differ.
MOST_CASES_IN_FULL = 4
#: So many citations carry one verdict for many cases.
MOST_MARKS = 3
#: So many changes that would lead to another verdict are offered; neighbours only beside fewer.
MOST_TURNS = 2
#: From what forbids most to what only informs.
STRICTEST_FIRST: tuple[Verdict, ...] = ("no", "rather-not", "it-depends", "yes-if", "yes", "info")


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer rests on; which facts have changed since it was told before, and which are only supposed."""

    known: Mapping[str, str]
    changed: Collection[str] = ()
    supposed: Collection[str] = ()


class Answer:
    """One entry's answer in one language for what is known."""

    def __init__(self, knowledge: Knowledge, language: Language, entry: Entry, case: Mapping[str, str] | Told) -> None:
        self._knowledge = knowledge
        self._language = language
        self._texts = knowledge.texts[language]
        self._entry = entry
        told = case if isinstance(case, Told) else Told(case)
        known = told.known
        self._told = known
        self._changed = told.changed
        self._what_if = told.supposed
        relevant = relevant_facts(entry, knowledge.facts, completed(entry, known))
        #: What the person has told, or supposed, as far as it matters; what holds unless said otherwise is not worth
        #: saying, unless it was otherwise just before.
        self._known = {name: value for name, value in relevant.items() if self._is_stated(name, value)}
        #: Facts that the person does not know, and those of them for which the entry says what to suppose.
        self._unknown = [name for name in entry.facts if self._matters_unknown(name, relevant)]
        self._supposed = [name for name in self._unknown if name in relevant]
        self._is_changeable = bool(changeable_facts(entry, knowledge.facts, known))
        self._cases = cases(entry, knowledge.facts, relevant)
        self._agreed = agreed_verdict(entry, knowledge.facts, known)
        self._citations = Citations(knowledge, language)

    def _is_stated(self, name: str, value: str) -> bool:
        unless_said = self._entry.unless_said.get(name)
        is_new = name in self._changed or name in self._what_if
        return self._told.get(name, unless_said) == value and (value != unless_said or is_new)

    @property
    def outcome(self) -> Outcome | None:
        """The one outcome that is left, or None if several are open."""
        return self._cases[0][1] if len(self._cases) == 1 else None

    @property
    def verdict(self) -> Verdict:
        """The verdict of the outcome, or of all that are open."""
        return self.outcome.verdict if self.outcome else self._agreed or "it-depends"

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """All that are still possible."""
        return [outcome for _, outcome in self._cases]

    @property
    def assumptions(self) -> tuple[Block, ...]:
        """What the answer takes to be so, and what it does not know."""
        return (*assumed(self._knowledge, self._language, self._known), *self._not_known())

    @property
    def change_choices(self) -> tuple[Choice, ...]:
        return tuple(self._change_choice())

    def reply(self, today: date) -> Reply:
        """The answer with its choices, everything folded."""
        body = self._body(today)
        return Reply(self._language, body, self._choices(FOLDED), self._citations.all())

    def unfolded(self, layer: Layer, today: date) -> Reply:
        """The answer with one of its layers open, or all of them folded again; a layer that there is no more is none.

        A text to be copied comes as a message of its own, so that nothing else is copied with it.
        """
        body = self._body(today)
        shown = self._layers().blocks(layer)
        cited = self._citations.all()
        if layer.is_copy:
            return Reply(self._language, shown)
        return Reply(self._language, _with(body, shown, layer), self._choices(layer), cited, apart=Apart(shown))

    def card(self) -> Reply:
        """The answer to be passed on: without buttons, but with its sources."""
        return Reply(self._language, self._body(None), (), self._citations.all())

    def brief(self, lead: str = "", *, has_title: bool = False) -> Reply:
        """The conclusion alone, with its sources, and the button to change what it rests on; after a lead."""
        title, *head = self._head()
        before = (*([title] if has_title else []), *([Block("text", (Line(lead),))] if lead else []))
        cited = self._citations
        said = self._conclusions()
        sources = (self._sources(),) if cited.references else ()
        return Reply(self._language, (*before, *head, *said, *sources), self.change_choices, cited.all())

    def _conclusions(self) -> tuple[Block, ...]:
        return (self._conclusion(self.outcome),) if self.outcome else self._verdict_and_cases()

    def _body(self, today: date | None) -> tuple[Block, ...]:
        said = self._reasons() if self.outcome else self._open_cases()
        return (*said, self._hint(today), self._sources())

    def _reasons(self) -> tuple[Block, ...]:
        outcome = self._cases[0][1]
        blocks = (
            *self._head(),
            self._conclusion(outcome),
            self._block("reasons", outcome.why),
            self._block("steps", outcome.steps, self._texts["steps_title"]),
            self._block("disputed", outcome.disputed, self._texts["disputed_title"]),
        )
        return tuple(block for block in blocks if block.lines)

    def _conclusion(self, outcome: Outcome) -> Block:
        line = self._line(outcome.short)
        return Block("verdict", (self._for_now(line) if self._supposed else line,))

    def _for_now(self, line: Line) -> Line:
        """A conclusion that rests on what is only supposed."""
        return replace(line, text=self._texts["strictest"].format(short=line.text))

    def _block(self, kind: BlockKind, statements: Iterable[Statement], title: str = "") -> Block:
        return Block(kind, tuple(map(self._line, statements)), title)

    def _line(self, statement: Statement) -> Line:
        return Line(statement.text[self._language], self._citations.marks(statement.citations))

    def _open_cases(self) -> tuple[Block, ...]:
        blocks = (*self._head(), *self._verdict_and_cases(), *self._shared_reasons(), *self._refining())
        return tuple(block for block in blocks if block.lines)

    def _verdict_and_cases(self) -> tuple[Block, ...]:
        is_told_apart = len({outcome.verdict for _, outcome in self._cases}) > 1
        is_long = len(self._cases) > MOST_CASES_IN_FULL
        lines = self._told_by_verdict() if is_long and is_told_apart else self._told_in_full()
        # Of many cases that end alike, which one it is can be asked more shortly than told.
        shown = lines if is_told_apart or not is_long else ()
        return Block("verdict", (self._undecided(),)), Block("list", shown, title=self._texts["open_cases"])

    def _shared_reasons(self) -> tuple[Block, ...]:
        """The reasons that hold in every open case."""
        first, *others = self.outcomes
        shared = [each for each in first.why if all(_says(other, each) for other in others)] if self._agreed else []
        return (self._block("reasons", shared),)

    def _refining(self) -> tuple[Block, ...]:
        """What would make the answer more precise, without which it is right already."""
        fact = self._open_fact
        if fact is None:
            return ()
        text = self._texts["more_precisely"].format(question=self._knowledge.facts[fact].ask[self._language])
        return (Block("question", (Line(text),)),)

    @property
    def _open_fact(self) -> str | None:
        return next_question(self._entry, self._knowledge.facts, self._told) if self._agreed else None

    def _undecided(self) -> Line:
        """What holds in every open case; else until more is known, the strictest answer. But if what decides most is
        about who asks, nothing holds for them yet, and that is what to find out."""
        if self._agreed:
            return self._in_every_case(self._agreed)
        decisive = self._depends_on
        if decisive:
            question = self._knowledge.facts[decisive].ask[self._language]
            return Line(self._texts["depends_on"].format(question=question))
        strictest = min(self._cases, key=lambda case: STRICTEST_FIRST.index(case[1].verdict))[1]
        return self._for_now(self._line(strictest.short))

    @property
    def _depends_on(self) -> str | None:
        """The fact about the asker that decides most, where several verdicts are open."""
        if self.outcome or self._agreed:
            return None
        first = next(name for name in self._entry.facts if any(name in conditions for conditions, _ in self._cases))
        return first if self._knowledge.facts[first].about == "asker" else None

    def _matters_unknown(self, name: str, relevant: Mapping[str, str]) -> bool:
        """Whether the person does not know a fact that could make a difference."""
        if self._told.get(name) != UNKNOWN:
            return False
        return name in relevant or can_change_outcome(self._entry, self._knowledge.facts, relevant, name)

    def _in_every_case(self, verdict: Verdict) -> Line:
        shorts = list(dict.fromkeys(outcome.short for outcome in self.outcomes))
        if len(shorts) == 1:
            return self._line(shorts[0])
        return Line(self._texts["in_every_case"].format(verdict=self._verdict_text(verdict)))

    def _told_in_full(self) -> tuple[Line, ...]:
        return tuple(self._case(conditions, outcome) for conditions, outcome in self._cases)

    def _case(self, conditions: Mapping[str, set[str]], outcome: Outcome) -> Line:
        line = self._line(outcome.short)
        case = self._texts["case"].format(condition=self._conditions(conditions), conclusion=line.text)
        return Line(case, line.marks)

    def _told_by_verdict(self) -> tuple[Line, ...]:
        told: list[Line] = []
        for verdict in STRICTEST_FIRST:
            held = [(conditions, outcome) for conditions, outcome in self._cases if outcome.verdict == verdict]
            if held:
                when = "; ".join(self._conditions(conditions) for conditions, _ in held)
                carrying = dict.fromkeys(each for _, outcome in held for each in outcome.short.citations)
                marks = self._citations.marks(list(carrying)[:MOST_MARKS])
                text = self._texts["case"].format(condition=self._verdict_text(verdict), conclusion=when)
                told.append(Line(text, marks))
        return tuple(told)

    def _verdict_text(self, verdict: Verdict) -> str:
        return self._texts[_verdict_key("verdict", verdict)]

    def _conditions(self, conditions: Mapping[str, set[str]]) -> str:
        return " · ".join(self._condition(name, values) for name, values in conditions.items())

    def _condition(self, name: str, values: Iterable[str]) -> str:
        options = self._knowledge.facts[name].options
        stated = [options[value].stated[self._language] for value in options if value in values]
        return f" {self._texts['or']} ".join(stated)

    def _head(self) -> tuple[Block, ...]:
        """The title, and what the answer rests on: what is new first."""
        title = Block("text", (Line(self._entry.title[self._language]),))
        supposed = [name for name in self._known if name in self._what_if]
        said = [name for name in self._known if name in self._told and name not in supposed]
        changed = [name for name in said if name in self._changed]
        others = {name: value for name, value in self._known.items() if name not in (*supposed, *changed)}
        now = (*self._stated("changed", changed), *self._stated("supposed", supposed))
        return (title, *now, *assumed(self._knowledge, self._language, others), *self._not_known())

    def _stated(self, key: str, names: Sequence[str]) -> tuple[Block, ...]:
        if not names:
            return ()
        stated = " · ".join(self._condition(name, (self._known[name],)) for name in names)
        return (Block("assumed", (Line(self._texts[key].format(facts=stated)),)),)

    def _not_known(self) -> tuple[Block, ...]:
        """What would have to be found out for more than what is supposed."""
        unknown = [name for name in self._unknown if name != self._depends_on]
        asked = [self._knowledge.facts[name].ask[self._language] for name in unknown]
        text = self._texts["not_known"].format(questions=" ".join(asked))
        return (Block("assumed", (Line(text),)),) if asked else ()

    def _sources(self) -> Block:
        return Block("sources", title=self._texts["sources_title"])

    def _hint(self, today: date | None) -> Block:
        """One line: as of when, and what it is not; a day in `today` tells whether the review is overdue."""
        text = self._texts["hint"].format(date=format_day(self._entry.reviewed, self._language))
        lines = [Line(text)]
        if today is not None and self._entry.review_by < today:
            due = format_day(self._entry.review_by, self._language)
            lines.append(Line(self._texts["review_overdue"].format(date=due)))
        return Block("hint", tuple(lines))

    def _layers(self) -> Layers:
        return Layers(self._knowledge, self._language, self.outcomes, self._citations)

    def _choices(self, opened: Layer) -> tuple[Choice, ...]:
        turning = tuple(self.turn_choices())
        return (
            *self._refining_choices(),
            *self._layer_choices(opened),
            *turning,
            *(self._see_also_choices() if len(turning) < MOST_TURNS else ()),
            *self._vote_choices(),
            *self._change_choice(),
            self._share_choice(),
        )

    def _layer_choices(self, opened: Layer) -> tuple[Choice, ...]:
        """What unfolds, and the terms beside it where there is more room: three labels of a row would be cut off."""
        layers = tuple(self._layers().choices(opened, self._case_code))
        says = sum(each.group == "says" for each in layers)
        terms = self._terms_choice("says" if len(layers) - says > max(1, says) else "layers")
        return tuple(sorted((*layers, *terms), key=lambda each: each.group == "says"))

    def _refining_choices(self) -> Iterator[Choice]:
        name = self._open_fact
        for option in self._knowledge.facts[name].options.values() if name else ():
            yield Choice(
                option.label[self._language], codes.answer(self._language, self._entry.id, name or "", option.id)
            )

    def turn_choices(self) -> Iterator[Choice]:
        """What would lead to another verdict, a button each: one of every fact before a second."""
        firsts: dict[str, Turn] = {}
        found = self.turns
        for turn in found:
            firsts.setdefault(turn[0], turn)
        others = [turn for turn in found if turn not in firsts.values()]
        packed = pack(self._entry, self._told, self._knowledge.facts)
        for name, option, verdict in [*firsts.values(), *others][:MOST_TURNS]:
            stated = self._knowledge.facts[name].options[option].stated[self._language]
            label = self._texts["button_turn"].format(fact=stated, verdict=self._texts[_verdict_key("turn", verdict)])
            code = codes.suppose(self._language, (name, option), packed)
            yield Choice(label, code, group="turns")

    @property
    def turns(self) -> list[Turn]:
        """The single changes that would lead to another verdict: of one fact only the first to each."""
        found: dict[tuple[str, Verdict], Turn] = {}
        for turn in turns(self._entry, self._knowledge.facts, self._told):
            found.setdefault((turn[0], turn[2]), turn)
        return list(found.values())

    def _terms_choice(self, group: ChoiceGroup) -> tuple[Choice, ...]:
        if not terms_of(self._knowledge, self._language, self.outcomes):
            return ()
        code = codes.terms(self._language, self._entry, self._told, self._knowledge.facts)
        return (Choice(self._texts["button_terms"], code, group=group),)

    def _case_code(self, layer: Layer) -> str:
        return codes.unfold(self._language, layer, self._entry, self._told, self._knowledge.facts)

    def _vote_choices(self) -> tuple[Choice, Choice]:
        helpful = codes.rate(self._language, self._entry.id, has_helped=True)
        unhelpful = codes.rate(self._language, self._entry.id, has_helped=False)
        return (
            Choice(self._texts["button_helpful"], helpful, group="tools"),
            Choice(self._texts["button_unhelpful"], unhelpful, group="tools"),
        )

    def _share_choice(self) -> Choice:
        parameter = start_parameter(self._entry, self._told, self._knowledge.facts)
        return Choice(self._texts["button_share"], parameter, "share", "tools")

    def _see_also_choices(self) -> list[Choice]:
        others = [self._knowledge.entries[each] for each in self._entry.see_also[:MOST_SEE_ALSO]]
        return [
            Choice(each.label[self._language], codes.pick(self._language, each.id), group="neighbours")
            for each in others
        ]

    def _change_choice(self) -> list[Choice]:
        label = self._texts["button_change"]
        return [Choice(label, codes.plain("c", self._language), group="tools")] if self._is_changeable else []


def _says(outcome: Outcome, statement: Statement) -> bool:
    return any(each.text == statement.text for each in outcome.why)


def _verdict_key(kind: str, verdict: Verdict) -> str:
    return f"{kind}_{verdict.replace('-', '_')}"


def _with(body: tuple[Block, ...], shown: tuple[Block, ...], layer: Layer) -> tuple[Block, ...]:
    """The answer with an opened layer below it, above the hint and the sources; the wording says of each where it is,
    so that it stands in place of their list."""
    *said, hint, sources = body
    return (*said, *shown, hint) if layer == WORDING and shown else (*said, *shown, hint, sources)


def assumed(
    knowledge: Knowledge, language: Language, known: Mapping[str, str], key: str = "assumed"
) -> tuple[Block, ...]:
    """What the bot takes to be so, for the person to check; nothing if it assumes nothing. `key` names the text."""
    if not known:
        return ()
    stated = " · ".join(knowledge.facts[name].options[value].stated[language] for name, value in known.items())
    return (Block("assumed", (Line(knowledge.texts[language][key].format(facts=stated)),)),)
