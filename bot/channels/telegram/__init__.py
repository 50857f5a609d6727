"""Telegram: long polling, HTML messages and inline keyboards.

Owns everything that only Telegram has: updates, markup, keyboards, limits, rate limiting and the bot's public profile.
Refuses to know what an answer means: it hands each `Incoming` to the function it was given and shows the replies.

    service    start, run until told to stop, leave
    connection makes the client and is let in, or says why not
    polling    fetches updates and never loses its place
    updates    Update -> Incoming (pure)
    turns      one update from arrival to the last reply; one turn at a time in a chat
    taps       what a pressed button shows at once
    rendering  Reply -> messages (pure); markup: measuring and cutting them
    sending    delivers messages; patience: when to try again
    profile    commands and descriptions people see before they write
    privacy    what may be logged
"""

from bot.channels.telegram.connection import TelegramConfig, TelegramUnavailable
from bot.channels.telegram.privacy import quiet_loggers
from bot.channels.telegram.profile import Profile, Wording
from bot.channels.telegram.service import run, serve
from bot.channels.telegram.turns import Answer

__all__ = ["Answer", "Profile", "TelegramConfig", "TelegramUnavailable", "Wording", "quiet_loggers", "run", "serve"]
