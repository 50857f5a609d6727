"""The commands: one module each, which says what the command takes and how it is started. Add one here."""

from collections.abc import Sequence

from bot.cli.command import Command
from bot.cli.commands import ask, chat, check, entries, evaluate, facts, graph, inbox, link, match, telegram

#: In the order of the help: for those who ask, for programs, for editors, for operators.
COMMANDS: Sequence[Command] = (
    chat.COMMAND,
    ask.COMMAND,
    entries.COMMAND,
    facts.COMMAND,
    match.COMMAND,
    check.COMMAND,
    evaluate.COMMAND,
    graph.COMMAND,
    link.COMMAND,
    inbox.COMMAND,
    telegram.COMMAND,
)
