"""Telegram: long polling or a webhook, HTML messages and inline keyboards.

Owns everything that only Telegram has: updates, markup, keyboards, limits, rate limiting and the bot's public profile.
Refuses to know what an answer means: it hands updates and messages to the dispatcher and shows the replies.

    service    start, run until told to stop, leave
    connection makes the client and is let in, or says why not; patience: how long it tries
    proxies    which proxy leads to Telegram; requesting: over aiohttp
    polling    fetches updates and never loses its place; web: the webhook, health and metrics
    readiness  whether anybody could be answered now; patience: with slow clients
    intake     keeps what is for the bot before Telegram hears of it; answers taps at once
    updates    Update -> Incoming (pure): contents, tapped, places; salvage: of an update that cannot be read whole
    repeats    what comes several times at once
    transport  the dispatcher's view of all this
    taps       what a pressed button shows at once
    inline     cards for what is typed behind the bot's name in any chat
    rendering  Reply -> messages (pure); keyboards: choices -> rows; markup: measuring and cutting; legible: texts
    payloads   a message as text that can wait
    sending    one attempt to deliver; pacing: how fast in a group
    reducing   what is left out of a message that was refused
    reasons    why Telegram refuses, by name
    identity   what the bot is called, and where its webhook leads
    profile    commands and descriptions people see before they write
    privacy    what may be logged of what went wrong in the event loop
"""

from bot.channels.telegram.connection import TelegramConfig, TelegramSilent, TelegramUnavailable, Webhook, ask_username
from bot.channels.telegram.inline import Suggest
from bot.channels.telegram.profile import Profile, Wording
from bot.channels.telegram.service import Backend, run, serve

__all__ = [
    "Backend",
    "Profile",
    "Suggest",
    "TelegramConfig",
    "TelegramSilent",
    "TelegramUnavailable",
    "Webhook",
    "Wording",
    "ask_username",
    "run",
    "serve",
]
