"""The Bot API server and stand-ins for the assistant."""

from tests.bot_api.fixtures import bot_api, pauses, web

__all__ = ["bot_api", "pauses", "web"]
