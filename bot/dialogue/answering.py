"""An entry's answer as two replies: first verdict and reasons, then steps, what has changed, sources and the hint.

Where something is not known, the first reply covers every case that is still open, each with its conclusion.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.dialogue import codes
from bot.dialogue.cases import start_parameter
from bot.dialogue.citing import Citations, format_day, publisher
from bot.dialogue.questions import cases, given_facts, relevant_facts
from bot.knowledge.model import Claim, Entry, Knowledge, Outcome, Reference, Verdict
from bot.messages import Block, Choice, Citation, Language, Line, Reply

#: Buttons below an answer, so that they stay on one screen of a telephone.
MOST_QUOTES = 2
MOST_SEE_ALSO = 3
#: More open cases than this are told by their verdicts alone.
MOST_CASES_IN_FULL = 5


class Answer:
    """One entry's answer in one language for what is known."""

    def __init__(self, knowledge: Knowledge, language: Language, entry: Entry, known: Mapping[str, str]) -> None:
        self._knowledge = knowledge
        self._language = language
        self._texts = knowledge.texts[language]
        self._entry = entry
        self._told = known
        self._known = relevant_facts(entry, knowledge.facts, known)
        self._is_changeable = bool(given_facts(entry, knowledge.facts, known))
        self._cases = cases(entry, knowledge.facts, self._known)
        self._citations = Citations(knowledge, language)

    @property
    def outcome(self) -> Outcome | None:
        """The one outcome that is left, or None if several are open."""
        return self._cases[0][1] if len(self._cases) == 1 else None

    @property
    def verdict(self) -> Verdict:
        return self.outcome.verdict if self.outcome else "it-depends"

    def replies(self, today: date) -> tuple[Reply, ...]:
        first = self._reasons() if self.outcome else self._open_cases()
        details = self._details(today)
        cited = self._citations.all()
        return (
            Reply(self._language, first, (), cited),
            Reply(self._language, details, self._choices(), cited),
        )

    def card(self) -> Reply:
        """The answer as one message to be passed on: without steps, notes and buttons, but with its sources."""
        first = self._reasons() if self.outcome else self._open_cases()
        hint = Block("hint", (self._hint_line(),))
        blocks = (*first, Block("sources", title=self._texts["sources_title"]), hint)
        return Reply(self._language, blocks, (), self._citations.all())

    def brief(self) -> Reply:
        """The conclusion alone, with its sources, and the button to change what it rests on."""
        said = self._reasons() if self.outcome else self._open_cases()
        shown = tuple(block for block in said if block.kind in ("assumed", "verdict", "list"))
        marks = {number for block in shown for line in block.lines for number in line.marks}
        cited = tuple(citation for citation in self._citations.all() if citation.number in marks)
        sources = (Block("sources", title=self._texts["sources_title"]),) if cited else ()
        return Reply(self._language, (*shown, *sources), tuple(self._change_choice()), cited)

    def _reasons(self) -> tuple[Block, ...]:
        outcome = self._cases[0][1]
        conclusion, *reasons = (
            Line(statement.text, self._citations.marks(statement.citations))
            for statement in outcome.answer[self._language]
        )
        verdict = replace(conclusion, text=self._with_verdict(outcome.verdict, conclusion.text))
        return (*self._head(), Block("verdict", (verdict,)), Block("reasons", tuple(reasons)))

    def _with_verdict(self, verdict: Verdict, conclusion: str) -> str:
        """The conclusion after the verdict's word, unless it begins with that word itself ("Nein, …")."""
        word = self._verdict_text(verdict)
        first = word.split()[0].strip(",.:")
        return conclusion if conclusion.startswith(first) else f"{word} {conclusion}"

    def _verdict_text(self, verdict: Verdict) -> str:
        return self._texts[f"verdict_{verdict.replace('-', '_')}"]

    def _open_cases(self) -> tuple[Block, ...]:
        lines = tuple(self._case(open_facts, outcome) for open_facts, outcome in self._cases)
        cases_block = Block("list", lines, title=self._texts["open_cases"])
        verdict = Block("verdict", (Line(self._verdict_text("it-depends")),))
        return (*self._head(), verdict, cases_block)

    def _case(self, open_facts: Mapping[str, set[str]], outcome: Outcome) -> Line:
        conclusion = outcome.answer[self._language][0]
        condition = " · ".join(self._condition(name, values) for name, values in open_facts.items())
        is_short = len(self._cases) <= MOST_CASES_IN_FULL
        text = conclusion.text if is_short else self._verdict_text(outcome.verdict)
        case = self._texts["case"].format(condition=condition, conclusion=text)
        return Line(case, self._citations.marks(conclusion.citations))

    def _condition(self, name: str, values: Iterable[str]) -> str:
        options = self._knowledge.facts[name].options
        stated = [options[value].stated[self._language] for value in options if value in values]
        return f" {self._texts['or']} ".join(stated)

    def _head(self) -> tuple[Block, ...]:
        title = Block("text", (Line(self._entry.title[self._language]),))
        return (title, *assumed(self._knowledge, self._language, self._known))

    def _details(self, today: date) -> tuple[Block, ...]:
        changed = self._changed()
        blocks = [self._steps(), changed, Block("sources", title=self._texts["sources_title"]), self._hint(today)]
        return tuple(block for block in blocks if block is not None)

    def _steps(self) -> Block | None:
        steps = self.outcome.steps[self._language] if self.outcome else ()
        return Block("list", tuple(map(Line, steps)), title=self._texts["steps_title"]) if steps else None

    def _changed(self) -> Block | None:
        """What a cited source says that is not, or not quite, so today: an answer must carry those notes."""
        cited = [(ref, self._knowledge.claim(ref)) for ref in self._citations.references]
        lines = tuple(self._change(ref, claim) for ref, claim in cited if claim.today != "right")
        return Block("list", lines, title=self._texts["changed_title"]) if lines else None

    def _change(self, reference: Reference, claim: Claim) -> Line:
        quote = claim.quote.rstrip(".")
        says = f"„{quote}“" if quote and self._language == "de" else claim.says[self._language]
        text = self._texts[f"changed_{claim.today}"].format(
            source=publisher(self._knowledge.sources[reference.source], self._language),
            says=says.rstrip("."),
            note=claim.note[self._language] if claim.note else "",
        )
        return Line(text, self._citations.marks((reference, *claim.see)))

    def _hint(self, today: date) -> Block:
        lines = [self._hint_line()]
        if self._entry.review_by < today:
            due = format_day(self._entry.review_by, self._language)
            lines.append(Line(self._texts["review_overdue"].format(date=due)))
        return Block("hint", tuple(lines))

    def _hint_line(self) -> Line:
        return Line(self._texts["hint"].format(date=format_day(self._entry.reviewed, self._language)))

    def _choices(self) -> tuple[Choice, ...]:
        return (
            *self._see_also_choices(),
            *self._quote_choices(),
            *self._vote_choices(),
            *self._change_choice(),
            self._share_choice(),
        )

    def _vote_choices(self) -> tuple[Choice, Choice]:
        return (
            Choice(self._texts["button_helpful"], codes.rate(self._language, self._entry.id, has_helped=True)),
            Choice(self._texts["button_unhelpful"], codes.rate(self._language, self._entry.id, has_helped=False)),
        )

    def _share_choice(self) -> Choice:
        parameter = start_parameter(self._entry, self._told, self._knowledge.facts)
        return Choice(self._texts["button_share"], parameter, "share")

    def _quote_choices(self) -> list[Choice]:
        """One button per passage: two quotes of one paragraph would have the same label."""
        quoted = {self._quote_label(each): each for each in reversed(self._citations.all()) if each.quote}
        shown = list(reversed(quoted.items()))[:MOST_QUOTES]
        return [Choice(label, codes.quote(self._language, _reference(each))) for label, each in shown]

    def _quote_label(self, citation: Citation) -> str:
        source = self._knowledge.sources[citation.source]
        where = source.claims[citation.claim].locator[self._language]
        return self._texts["button_quote"].format(source=publisher(source, self._language), where=where)

    def _see_also_choices(self) -> list[Choice]:
        others = [self._knowledge.entries[each] for each in self._entry.see_also[:MOST_SEE_ALSO]]
        return [Choice(each.title[self._language], codes.pick(self._language, each.id)) for each in others]

    def _change_choice(self) -> list[Choice]:
        label = self._texts["button_change"]
        return [Choice(label, codes.plain("c", self._language))] if self._is_changeable else []


def _reference(citation: Citation) -> Reference:
    return Reference(citation.source, citation.claim)


def assumed(knowledge: Knowledge, language: Language, known: Mapping[str, str]) -> tuple[Block, ...]:
    """What the bot takes to be so, for the person to check; nothing if it assumes nothing."""
    if not known:
        return ()
    stated = " · ".join(knowledge.facts[name].options[value].stated[language] for name, value in known.items())
    return (Block("assumed", (Line(knowledge.texts[language]["assumed"].format(facts=stated)),)),)
