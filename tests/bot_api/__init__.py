"""A Bot API server for tests: real HTTP, as strict as Telegram, with people who talk to the bot.

Owns what the bot can see of Telegram. Refuses what Telegram refuses, in Telegram's words, so that a bot that works
here works there. Knows nothing of the bot under test but in `fixtures`: any client can be tried against it.

    entities   HTML -> text and entities, as Telegram parses it
    keyboards  what Telegram takes as an inline keyboard
    state      chats, messages, updates, taps, the profile
    methods    the API's methods on that state
    faults     failures on order: 403, 429, 5xx, dropped connections, silence, nonsense
    app        the methods over HTTP; control: the same people for a person at a shell
    people     users and groups as tests drive them
    server     all of it on a free port
    fixtures   for pytest: the server, and the bot running against it
"""

from tests.bot_api.faults import Fault, bad_gateway, blocked, dropped, error, garbled, rate_limited, silent
from tests.bot_api.people import User
from tests.bot_api.server import BotApiServer
from tests.bot_api.state import Call, Sent

__all__ = [
    "BotApiServer",
    "Call",
    "Fault",
    "Sent",
    "User",
    "bad_gateway",
    "blocked",
    "dropped",
    "error",
    "garbled",
    "rate_limited",
    "silent",
]
