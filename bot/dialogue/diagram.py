"""The state machine and an entry's decision tree as Mermaid text, made from the table and the knowledge themselves."""

from collections.abc import Iterator, Mapping

from bot.dialogue.questions import next_question
from bot.dialogue.states import ANY, TRANSITIONS
from bot.knowledge.model import Entry, Knowledge
from bot.knowledge.tables import open_outcomes
from bot.messages import Language


def machine() -> str:
    """Each row of the table as an edge from its states to its action."""
    lines = ["flowchart LR"]
    for states, event, action in TRANSITIONS:
        names = ["any"] if states == ANY else [state.value for state in states]
        lines += [f"    {name} -- {event.__name__} --> {action.__name__}([{action.__name__}])" for name in names]
    return "\n".join(lines)


def decision_tree(entry: Entry, knowledge: Knowledge, language: Language = "de") -> str:
    """The questions an entry asks, in the order it asks them, down to its outcomes."""
    lines = ["flowchart TD", f"    start[{_quoted(entry.title[language])}]"]
    return "\n".join([*lines, *_Tree(entry, knowledge, language).below("start", "-->", {})])


class _Tree:
    """Draws one entry's tree in one language."""

    def __init__(self, entry: Entry, knowledge: Knowledge, language: Language) -> None:
        self._entry = entry
        self._facts = knowledge.facts
        self._language = language

    def below(self, parent: str, edge: str, known: Mapping[str, str]) -> Iterator[str]:
        """What hangs below a node by an edge, given what is known there: a question with its branches, or an end."""
        name = next_question(self._entry, self._facts, known)
        # Not "end": Mermaid keeps that word for itself and could not draw an entry without questions.
        node = "_".join([*known.values(), name or "outcome"])
        if name is None:
            yield f"    {parent} {edge} {node}[{_quoted(self._conclusion(known))}]"
            return
        fact = self._facts[name]
        yield f"    {parent} {edge} {node}{{{_quoted(fact.ask[self._language])}}}"
        for option in fact.options.values():
            branch = f"-- {_quoted(option.label[self._language])} -->"
            yield from self.below(node, branch, {**known, name: option.id})

    def _conclusion(self, known: Mapping[str, str]) -> str:
        outcome = open_outcomes(self._entry, self._facts, known)[0]
        return f"{outcome.verdict}: {outcome.short.text[self._language]}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'
