"""What a typed line is: a number, a command, a message, or a wish to leave. Knows nothing of who asks for it."""

import re

from bot.messages import COMMANDS, Commanded, Content, Said

#: Characters. The longest message that is answered is shorter; more of a line is not read.
LONGEST_LINE = 10_000

#: How people leave a program, besides closing its input.
LEAVING = frozenset({"/ende", "/quit", "/exit", "exit", "quit", ":q"})

#: What arrow keys and the like send where nothing reads them: CSI and OSC sequences, and single escapes.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|O?[ -~]?)")
#: "3", "03", "3.", "(3)", "#3"; no list is as long as five digits say.
_NUMBER = re.compile(r"[(#]?\s*0*(\d{1,4})\s*[.)]?")


def clean(line: str) -> str:
    """A line as text: without escape sequences, what steers a terminal, or bytes that are no text."""
    visible = _ESCAPES.sub(" ", line[:LONGEST_LINE])
    return "".join(_clean(each) for each in visible).strip()


def _clean(character: str) -> str:
    if character in "\n\t" or character.isprintable():
        return character
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    # What joins emoji or words is no control.
    return character if character in "\u200c\u200d\u00ad\u00a0\u202f" else " "


def number(line: str) -> int | None:
    """The number that a line is; None if it is something else."""
    found = _NUMBER.fullmatch(line)
    return int(found[1]) if found else None


def is_numeric(line: str) -> bool:
    """Whether a line is made of digits and signs only: "-1", "1,5", "99999", but no choice of words."""
    return any(each.isnumeric() for each in line) and not any(each.isalpha() for each in line)


def read(line: str) -> Content:
    """A line that chooses nothing, as a message."""
    if line.startswith("/"):
        name, _, argument = line[1:].partition(" ")
        return Commanded(COMMANDS.get(name.lower(), "unknown"), argument.strip())
    return Said(line)
