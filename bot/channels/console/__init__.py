"""Terminal <-> messages: replies as plain lines, choices by number.

    window     how wide, and whether escape codes may be written
    rendering  replies as lines of text
    typed      what a typed line is: a number, a command, a message, a wish to leave
    prompts    where lines come from: a pipe, a plain terminal, or one on which a line can be edited
    talk       the conversation

What was typed is never written to disk, neither here nor as a history: it is a question about somebody's case.
"""

from bot.channels.console.prompts import Piped, PlainPrompt, Prompt
from bot.channels.console.rendering import render_text
from bot.channels.console.talk import Console
from bot.channels.console.typed import clean, read
from bot.channels.console.window import Window

__all__ = ["Console", "Piped", "PlainPrompt", "Prompt", "Window", "clean", "read", "render_text"]
