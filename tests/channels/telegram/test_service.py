"""Start, outages and leaving, over HTTP."""

import asyncio
import logging
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import TelegramSilent
from tests.bot_api import BotApiServer, Fault, bad_gateway, dropped, error, garbled, rate_limited, silent
from tests.bot_api.calling import call
from tests.bot_api.fixtures import Pauses, Setup, running
from tests.channels.telegram.answers import echo
from tests.channels.telegram.starts import forget_proxies, refusal
from tests.channels.telegram.stores import unsteady_store

ROOT = Path(__file__).parents[3]


@pytest.mark.asyncio
@pytest.mark.parametrize("token", ["4242:wrong", "nonsense", "", "4242:with space", "4242:a/../b", "4242:line\nbreak"])
async def test_a_wrong_token_is_one_line_that_names_the_variable(bot_api: BotApiServer, token: str) -> None:
    message = await refusal(token, bot_api.url)
    assert message.startswith("TELEGRAM_BOT_TOKEN: ")
    assert "\n" not in message
    assert not token or token not in message


@pytest.mark.asyncio
async def test_an_address_where_nobody_listens_is_one_line_that_names_the_variable() -> None:
    # Bound, so that nobody else gets it, and not listened on.
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        message = await refusal("4242:secret", f"http://user:password@127.0.0.1:{port}")
    assert re.match(
        rf"TELEGRAM_API_BASE_URL: no answer from http://127\.0\.0\.1:{port} \(\w*Connect\w*Error\)", message
    )
    assert "secret" not in message
    assert "password" not in message
    assert "\n" not in message


@pytest.mark.asyncio
async def test_an_ipv6_address_stands_in_brackets() -> None:
    with socket.socket(socket.AF_INET6) as closed:
        closed.bind(("::1", 0))
        port = closed.getsockname()[1]
        message = await refusal("4242:secret", f"http://[::1]:{port}")
        assert message.startswith(f"TELEGRAM_API_BASE_URL: no answer from http://[::1]:{port} (")


@pytest.mark.asyncio
@pytest.mark.parametrize("url", ["nonsense", "http://", "http://[", "ftp://x.invalid"])
async def test_an_address_that_is_none_names_the_variable(url: str) -> None:
    assert (await refusal("4242:secret", url)).startswith("TELEGRAM_API_BASE_URL: ")


@pytest.mark.asyncio
async def test_the_start_is_tried_four_times(bot_api: BotApiServer) -> None:
    bot_api.fails("getMe", bad_gateway(), times=4)
    assert (await refusal(bot_api.token, bot_api.url)).startswith("TELEGRAM_API_BASE_URL: ")
    assert len(bot_api.calls("getMe")) == 4


@pytest.mark.asyncio
async def test_a_start_with_a_hitch_succeeds_and_a_forgotten_webhook_is_removed(bot_api: BotApiServer) -> None:
    bot_api.state.webhook_url = "https://old.example/hook"
    bot_api.fails("getMe", dropped(), times=2)
    bot_api.fails("deleteWebhook", bad_gateway())
    async with running(bot_api, echo):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"


@pytest.mark.asyncio
async def test_a_rate_limit_at_the_start_is_waited_out_and_named(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    bot_api.fails("getMe", rate_limited(30))
    bot_api.fails("deleteWebhook", rate_limited(240))
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [30, 240]
    assert "demands a pause of 30 seconds" in caplog.text


@pytest.mark.asyncio
async def test_a_rate_limit_that_is_too_long_to_wait_for_is_told_from_an_outage(bot_api: BotApiServer) -> None:
    bot_api.fails("getMe", rate_limited(3600))
    message = await refusal(bot_api.token, bot_api.url)
    assert message.startswith("TELEGRAM_BOT_TOKEN: Telegram has limited this bot (RetryAfter)")
    assert "3600 seconds" in message


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks5://user:password@x:1"),
        ("all_proxy", "ftp://user:password@x"),
        ("HTTP_PROXY", "http://user:password@x:port"),
        ("http_proxy", "socks5://user:password@x:1"),
        ("SSL_CERT_FILE", "/nowhere/password"),
    ],
)
async def test_what_cannot_be_used_of_the_environment_is_one_line_that_names_the_variable(
    bot_api: BotApiServer, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    forget_proxies(monkeypatch)
    for other in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, value)
    message = await refusal(bot_api.token, bot_api.url)
    assert message.startswith(f"{name}: ")
    assert "password" not in message
    assert "\n" not in message


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "environment",
    [
        {"ALL_PROXY": "socks5://x:1", "NO_PROXY": "127.0.0.1"},
        {"HTTPS_PROXY": "socks5://x:1"},
        {"http_proxy": "ftp://x", "no_proxy": "*"},
    ],
)
async def test_a_proxy_that_is_not_needed_is_not_refused(
    bot_api: BotApiServer, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    forget_proxies(monkeypatch)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with running(bot_api, echo):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"


@pytest.mark.asyncio
async def test_an_api_that_never_answers_does_not_keep_the_bot_from_leaving(bot_api: BotApiServer) -> None:
    bot_api.fails("getMe", silent(), times=9)
    # It leaves within the deadline; the tries alone would take longer.
    async with running(bot_api, echo):
        await bot_api.until(lambda: bot_api.calls("getMe"))


@pytest.mark.asyncio
async def test_a_pause_at_the_start_does_not_keep_the_bot_from_leaving(bot_api: BotApiServer, pauses: Pauses) -> None:
    bot_api.fails("getMe", rate_limited(200))
    pauses.hold()
    async with running(bot_api, echo, pauses=pauses):
        await bot_api.until(lambda: pauses.seconds)
    assert not bot_api.calls("deleteWebhook")


@pytest.mark.asyncio
@pytest.mark.parametrize("result", [None, {"a": 1}, [{}], [None], ["x"], [{"update_id": "1"}], 1, ""])
async def test_nonsense_in_place_of_updates_is_an_outage(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture, result: Any
) -> None:
    bot_api.fails("getUpdates", garbled(result), times=3)
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [0.5, 1, 2]
    assert [record.levelno for record in caplog.records].count(logging.WARNING) == 1


@pytest.mark.asyncio
async def test_updates_among_nonsense_are_answered_once(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna = bot_api.user(7)
    anna.says("eins")
    bot_api.fails("getUpdates", garbled([{}, *bot_api.state.updates, None]))
    async with running(bot_api, echo, pauses=pauses):
        anna.says("zwei")
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["said eins", "said zwei"]
    assert pauses.seconds == [0.5]


@pytest.mark.asyncio
@pytest.mark.parametrize("fault", [bad_gateway(), dropped(), error(409, "Conflict: terminated by other getUpdates")])
async def test_an_outage_is_survived_and_reported_once(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    bot_api.fails("getUpdates", fault, times=9)
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert [record.levelno for record in caplog.records].count(logging.WARNING) == 1


@pytest.mark.asyncio
async def test_a_second_poller_is_reported_and_does_not_end_the_bot(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo, pauses=pauses):
        await anna.asks("eins")
        await asyncio.to_thread(call, bot_api, "getUpdates", timeout=0)
        await bot_api.until(lambda: pauses.seconds)
        assert (await anna.asks("zwei")).text == "said zwei"
    assert pauses.seconds == [0.5]
    assert "Conflict" in caplog.text


@pytest.mark.asyncio
async def test_polling_waits_as_long_as_telegram_demands(bot_api: BotApiServer, pauses: Pauses) -> None:
    bot_api.fails("getUpdates", rate_limited(7), times=2)
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [7, 7]


@pytest.mark.asyncio
@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_refused_for_minutes_ends_the_bot_instead_of_leaving_it_deaf(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    async def life() -> None:
        async with running(bot_api, echo, pauses=pauses) as bot:
            await bot_api.user(7).asks("Hallo")
            bot_api.fails("getUpdates", error(code, "Unauthorized"), times=99)
            bot_api.user(7).says("Noch da?")
            await asyncio.wait({bot})

    # Later may help: not the refusal of a start.
    with pytest.raises(TelegramSilent, match="TELEGRAM_BOT_TOKEN"):
        await life()
    assert 300 <= sum(pauses.seconds) <= 330
    assert pauses.seconds[:6] == [0.5, 1, 2, 4, 8, 16]
    assert caplog.text.count("does not accept the token") == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_refused_for_a_moment_is_tried_on(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    caplog.set_level(logging.INFO)
    anna = bot_api.user(7)
    async with running(bot_api, echo, pauses=pauses):
        for _ in range(3):
            await anna.asks("Hallo")
            # Each time for most of what is borne; good answers in between begin it anew.
            bot_api.fails("getUpdates", error(code, "Unauthorized"), times=12)
            # What waits for news already is answered, the next are refused.
            await anna.asks("Noch da?")
            await anna.asks("Wieder da?")
        await bot_api.until(lambda: caplog.text.count("works again") == 3)
    assert caplog.text.count("accepted before, trying again") == 3
    assert bot_api.token not in caplog.text


@pytest.mark.asyncio
async def test_another_poller_a_foreign_webhook_and_a_full_disk_are_told_apart(
    bot_api: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot_api.user(7)
    async with unsteady_store() as store, running(bot_api, echo, Setup(store=store)):
        await anna.asks("eins")
        await asyncio.to_thread(call, bot_api, "getUpdates", timeout=0)
        await bot_api.until(lambda: "another process fetches" in caplog.text)
        assert (await anna.asks("zwei")).text == "said zwei"
        bot_api.state.webhook_url = "https://elsewhere.example/kanarienvogel"
        anna.says("drei")
        await bot_api.until(lambda: "set a webhook" in caplog.text)
        bot_api.state.webhook_url = ""
        await anna.hears()
        store.down = {"take"}
        anna.says("vier")
        await bot_api.until(lambda: "BOT_STORE: out of order" in caplog.text)
        store.down = set()
        assert (await anna.hears())[0].text == "said vier"
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert [line.partition(", trying again")[0] for line in told] == [
        "the updates for this bot go elsewhere",
        "the updates for this bot go elsewhere",
        "what arrives from Telegram cannot be kept and is left there",
    ]
    assert "kanarienvogel" not in caplog.text


@pytest.mark.asyncio
async def test_an_update_that_cannot_be_read_does_not_stop_the_next(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        bot_api.state.add_update("message", {"nonsense": True})
        assert (await anna.asks("Hallo")).text == "said Hallo"


@pytest.mark.asyncio
async def test_only_the_updates_that_are_handled_are_asked_for(bot_api: BotApiServer) -> None:
    async with running(bot_api, echo):
        await bot_api.user(7).asks("Hallo")
    wanted = {"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}
    assert set(bot_api.state.allowed_updates) == wanted
