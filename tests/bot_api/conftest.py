"""The server under test."""

from tests.bot_api.fixtures import bot_api, web

__all__ = ["bot_api", "web"]
