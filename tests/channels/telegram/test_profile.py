"""The bot's public profile, over HTTP."""

import logging

import pytest

from bot.channels.telegram import Profile, Wording
from tests.bot_api import BotApiServer, bad_gateway, rate_limited
from tests.bot_api.fixtures import PROFILE, running
from tests.channels.telegram.answers import echo

pytestmark = pytest.mark.asyncio

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
LAST = "getMyShortDescription"


async def published(bot_api: BotApiServer, profile: Profile = PROFILE) -> list[tuple[str, str]]:
    """Start the bot once; what it has set, as (method, language)."""
    looked, written = len(bot_api.calls(LAST)), len(bot_api.calls(*SETTERS))
    async with running(bot_api, echo, profile=profile):
        await bot_api.until(lambda: len(bot_api.calls(LAST)) == looked + 3, "the profile to be looked at")
        # The last look is followed by a write if it found something else.
        await bot_api.until(lambda: bot_api.state.profile.get(("short_description", "")), "the profile")
        wanted = profile.wordings["en"].short_description
        await bot_api.until(lambda: bot_api.state.profile.get(("short_description", "en")) == wanted, "the English one")
    calls = bot_api.calls(*SETTERS)[written:]
    return [(call.method, str(call.parameters.get("language_code", ""))) for call in calls]


async def test_commands_and_descriptions_are_set_per_language(bot_api: BotApiServer) -> None:
    await published(bot_api)
    profile = bot_api.state.profile
    assert [command["command"] for command in profile["commands", ""]] == ["start", "hilfe"]
    assert [command["command"] for command in profile["commands", "de"]] == ["start", "hilfe"]
    assert [command["description"] for command in profile["commands", "en"]] == ["Start over", "What I can do"]
    assert profile["description", ""] == "Fragen zum Datenschutz, mit Quellen."
    assert profile["description", "en"] == "Questions on data protection, with sources."
    assert profile["short_description", "en"] == "Data protection, with sources."


async def test_a_second_start_sets_nothing(bot_api: BotApiServer) -> None:
    assert len(await published(bot_api)) == 7
    assert await published(bot_api) == []


async def test_only_what_has_changed_is_set(bot_api: BotApiServer) -> None:
    await published(bot_api)
    german = PROFILE.wordings["de"]
    english = Wording((("start", "Begin"),), PROFILE.wordings["en"].description, german.short_description, "Sorry.")
    changed = Profile("de", {"de": german, "en": english})
    assert await published(bot_api, changed) == [("setMyCommands", "en"), ("setMyShortDescription", "en")]


@pytest.mark.parametrize("method", ["getMyCommands", "setMyCommands", "setMyDescription"])
async def test_a_failure_is_logged_and_the_bot_works(
    bot_api: BotApiServer, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    bot_api.fails(method, rate_limited(40_000), times=9)
    bot_api.fails(method, bad_gateway(), times=9)
    async with running(bot_api, echo):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
        await bot_api.until(lambda: len(bot_api.calls(LAST)) == 3)
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings
    assert all("RetryAfter" in warning for warning in warnings)
