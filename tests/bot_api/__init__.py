"""A Bot API server for tests: real HTTP, as strict as Telegram, with people who talk to the bot.

Owns what the bot can see of Telegram. Refuses what Telegram refuses, in Telegram's words, so that a bot that works
here works there. Knows nothing of the bot under test but in `fixtures`: any client can be tried against it.

    entities        HTML -> text and entities, as Telegram parses it; marks: what it finds in people's texts
    keyboards       what Telegram takes as an inline keyboard
    parameters      how it reads the parameters of a call; multipart: uploads
    sent, state     messages both ways, chats, updates, taps, the profile
    methods         the API's methods by name: chats, messages, queries, profile, webhooks
    inline_results  what the bot may answer to an inline query
    faults, limits  failures on order: 403, 429, 5xx, dropped connections, silence, nonsense; too many messages
    app             the methods over HTTP; polling: getUpdates; answers: what goes back
    delivery        updates to a webhook; posting: the connections to it
    control         the same people for a person at a shell; summary: what came of it
    people          users and groups as tests drive them: person, content, membership, searching
    server          all of it on a free port
    fixtures        for pytest: the server, and the bot running against it
"""

from tests.bot_api.faults import Fault, bad_gateway, blocked, dropped, error, garbled, rate_limited, silent
from tests.bot_api.inline_results import InlineAnswer, InlineResult
from tests.bot_api.people import User
from tests.bot_api.server import BotApiServer
from tests.bot_api.state import Call, Delivery, Said, Sent

__all__ = [
    "BotApiServer",
    "Call",
    "Delivery",
    "Fault",
    "InlineAnswer",
    "InlineResult",
    "Said",
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
