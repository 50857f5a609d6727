"""The bot's name and its webhook, changed by somebody while it runs."""

import logging

import pytest

from bot.channels.telegram import TelegramSilent
from tests.bot_api import BotApiServer, bad_gateway, error
from tests.bot_api.fixtures import running
from tests.channels.telegram.answers import echo
from tests.channels.telegram.hooks import hooked, is_taken


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("bot.channels.telegram.identity.REFRESH_SECONDS", 0.02)
    caplog.set_level(logging.INFO)


async def looked(bot_api: BotApiServer, times: int = 2) -> None:
    """The bot has asked for its name after now, and read the answer."""
    before = len(bot_api.calls("getMe"))
    await bot_api.until(lambda: len(bot_api.calls("getMe")) >= before + times)


async def test_a_bot_that_was_renamed_hears_its_new_name(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, echo):
        assert (await anna.asks("@hofbot darf ich das?")).text == "said darf ich das?"
        bot_api.state.username = "landbot"
        await looked(bot_api)
        anna.says("@hofbot noch da?")
        anna.says("/hilfe@hofbot")
        assert (await anna.asks("@landbot darf ich das?")).text == "said darf ich das?"
        assert (await anna.asks("/hilfe@landbot")).text == "commanded help"
    assert len(anna.messages) == 3


async def test_a_name_that_cannot_be_asked_for_is_kept(bot_api: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, echo):
        await looked(bot_api)
        bot_api.fails("getMe", bad_gateway(), times=2)
        bot_api.fails("getMe", error(401, "Unauthorized"))
        await looked(bot_api, 5)
        assert (await anna.asks("@hofbot darf ich das?")).text == "said darf ich das?"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_webhook_that_leads_elsewhere_is_told_of_once_and_left_alone(
    local_api: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with hooked(local_api, echo):
        own, elsewhere = local_api.state.webhook_url, "https://kanarienvogel.example/"
        await looked(local_api)
        local_api.state.webhook_url = elsewhere
        await local_api.until(lambda: "another webhook" in caplog.text)
        await looked(local_api, 3)
        assert local_api.state.webhook_url == elsewhere
        local_api.state.webhook_url = own
        await local_api.until(lambda: "works again after: the updates for this bot go elsewhere" in caplog.text)
    assert caplog.text.count("another webhook") == 1
    assert "anarienvogel" not in caplog.text
    assert len(local_api.calls("setWebhook")) == 1


async def test_behind_a_webhook_an_outage_of_telegram_is_told_of_once(
    local_api: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with hooked(local_api, echo):
        local_api.fails("getMe", error(401, "Unauthorized"), times=3)
        await local_api.until(lambda: "works again" in caplog.text)
    assert caplog.text.count("InvalidToken (the token is not accepted)") == 1


async def test_behind_a_webhook_a_token_refused_for_minutes_ends_the_bot(
    local_api: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.identity.REFUSED_SECONDS", 0.1)

    async def life() -> None:
        async with hooked(local_api, echo) as hook:
            await local_api.user(7).asks("Hallo")
            local_api.fails("getWebhookInfo", error(401, "Unauthorized"), times=99)
            await local_api.until(lambda: not is_taken(hook.port))

    with pytest.raises(TelegramSilent, match="accepted this token before"):
        await life()
