"""`graph`: the state machine, or one entry's decision tree, as Mermaid."""

from difflib import get_close_matches

from bot.cli.errors import UsageError
from bot.dialogue import diagram
from bot.knowledge.model import Knowledge


def graph(knowledge: Knowledge, entry: str | None) -> str:
    """The picture's text. Raises UsageError for an entry that does not exist."""
    if entry is None:
        return diagram.machine()
    if entry not in knowledge.entries:
        close = get_close_matches(entry, knowledge.entries, n=1)
        hint = f'; did you mean "{close[0]}"?' if close else f"; there are {', '.join(sorted(knowledge.entries))}"
        raise UsageError(f'no entry "{entry}"{hint}')
    return diagram.decision_tree(knowledge.entries[entry], knowledge)
