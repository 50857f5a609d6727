"""The commands: one module each, which says what the command takes and how it is started. Add one here."""

from collections.abc import Sequence

from bot.cli.command import Command
from bot.cli.commands import (
    ask,
    backup,
    chat,
    check,
    cites,
    doctor,
    entries,
    evaluate,
    facts,
    graph,
    inbox,
    keys,
    link,
    match,
    new,
    restore,
    telegram,
)

#: In the order of the help: for those who ask, for programs, for editors, for operators.
COMMANDS: Sequence[Command] = (
    chat.COMMAND,
    ask.COMMAND,
    entries.COMMAND,
    facts.COMMAND,
    match.COMMAND,
    new.COMMAND,
    check.COMMAND,
    cites.COMMAND,
    evaluate.COMMAND,
    graph.COMMAND,
    link.COMMAND,
    inbox.COMMAND,
    doctor.COMMAND,
    telegram.COMMAND,
    backup.COMMAND,
    restore.COMMAND,
    keys.COMMAND,
)
