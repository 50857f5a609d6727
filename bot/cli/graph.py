"""`graph`: the state machine, or one entry's decision tree, as Mermaid."""

from bot.cli.knowledge import entry_named
from bot.dialogue import diagram
from bot.knowledge.model import Knowledge


def graph(knowledge: Knowledge, entry: str | None) -> str:
    """The picture's text. Raises UsageError for an entry that does not exist."""
    if entry is None:
        return diagram.machine()
    return diagram.decision_tree(entry_named(entry, knowledge), knowledge, knowledge.languages[0])
