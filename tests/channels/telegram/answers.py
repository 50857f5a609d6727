"""Stand-ins for the assistant."""

from collections.abc import Sequence

from bot.messages import Block, Choice, Commanded, Incoming, Line, Reply, Said, Tapped, Unreadable


def reply(text: str, *labels: str) -> Reply:
    """One text with buttons whose codes are their labels."""
    return Reply("de", (Block("text", (Line(text),)),), tuple(Choice(label, f"code:{label}") for label in labels))


def told(incoming: Incoming) -> str:
    """What arrived, as one word and its content."""
    match incoming.content:
        case Said(text):
            return f"said {text}"
        case Tapped(code):
            return f"tapped {code}"
        case Commanded(name, argument):
            return f"commanded {name} {argument}".rstrip()
        case Unreadable():
            return "unreadable"


async def echo(incoming: Incoming) -> Sequence[Reply]:
    """Says what arrived and offers two buttons."""
    return [reply(told(incoming), "Ja", "Nein")]


async def crash(incoming: Incoming) -> Sequence[Reply]:
    """Fails on everything, quoting it."""
    raise ValueError(f"cannot bear {incoming}")
