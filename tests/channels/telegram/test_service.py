"""Start, outages and leaving, over HTTP."""

import asyncio
import logging
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import TelegramConfig, TelegramUnavailable, serve
from bot.messages import Incoming, Reply
from tests.bot_api import BotApiServer, Fault, bad_gateway, dropped, error, garbled, rate_limited, silent
from tests.bot_api.fixtures import PROFILE, Pauses, running
from tests.bot_api.waiting import DEADLINE_SECONDS, wait_until
from tests.channels.telegram.answers import echo, reply

ROOT = Path(__file__).parents[3]


async def refusal(token: str, url: str) -> str:
    """The message with which the bot refuses to start."""
    with pytest.raises(TelegramUnavailable) as refused:
        await serve(TelegramConfig(token, PROFILE, url), echo, asyncio.Event(), pause=Pauses())
    shown = "".join(traceback.format_exception(refused.value))
    assert not token or token not in shown, "the library's own error holds the token"
    return str(refused.value)


@pytest.mark.asyncio
@pytest.mark.parametrize("token", ["4242:wrong", "nonsense", "", "4242:with space", "4242:a/../b", "4242:line\nbreak"])
async def test_a_wrong_token_is_one_line_that_names_the_variable(bot_api: BotApiServer, token: str) -> None:
    message = await refusal(token, bot_api.url)
    assert message.startswith("TELEGRAM_BOT_TOKEN: ")
    assert "\n" not in message
    assert not token or token not in message


@pytest.mark.asyncio
async def test_an_address_where_nobody_listens_is_one_line_that_names_the_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    message = await refusal("4242:secret", f"http://user:password@127.0.0.1:{port}")
    assert message.startswith(f"TELEGRAM_API_BASE_URL: no answer from http://127.0.0.1:{port} (ConnectError)")
    assert "secret" not in message
    assert "password" not in message
    assert "\n" not in message


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
        ("HTTPS_PROXY", "http://user:password@x:port"),
        ("SSL_CERT_FILE", "/nowhere/password"),
    ],
)
async def test_what_cannot_be_used_of_the_environment_is_one_line_that_names_the_variable(
    bot_api: BotApiServer, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for other in ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(other, raising=False)
        monkeypatch.delenv(other.lower(), raising=False)
    monkeypatch.setenv(name, value)
    message = await refusal(bot_api.token, bot_api.url)
    assert message.startswith(f"{name}: ")
    assert "password" not in message
    assert "\n" not in message


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
async def test_polling_waits_as_long_as_telegram_demands(bot_api: BotApiServer, pauses: Pauses) -> None:
    bot_api.fails("getUpdates", rate_limited(7), times=2)
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [7, 7]


@pytest.mark.asyncio
@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_revoked_on_the_way_ends_the_bot_instead_of_leaving_it_deaf(
    bot_api: BotApiServer, code: int
) -> None:
    async def life() -> None:
        async with running(bot_api, echo) as bot:
            await bot_api.user(7).asks("Hallo")
            bot_api.fails("getUpdates", error(code, "Unauthorized"))
            bot_api.user(7).says("Noch da?")
            await asyncio.wait({bot})

    with pytest.raises(TelegramUnavailable, match="TELEGRAM_BOT_TOKEN"):
        await life()


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
    assert bot_api.state.allowed_updates == ("message", "callback_query")


@pytest.mark.asyncio
async def test_running_turns_are_finished_and_everything_is_confirmed_before_leaving(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_: Incoming) -> Sequence[Reply]:
        begun.set()
        await go_on.wait()
        return [reply("fertig")]

    async with running(bot_api, slow):
        anna.says("eins")
        anna.says("zwei")
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, go_on.set)
    assert [sent.text for sent in anna.messages] == ["fertig", "fertig"]
    assert bot_api.state.updates == []


@pytest.mark.asyncio
async def test_turns_that_do_not_end_do_not_keep_the_bot_from_leaving(
    bot_api: BotApiServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.STOP_SECONDS", 0.01)
    begun = asyncio.Event()

    async def endless(_: Incoming) -> Sequence[Reply]:
        begun.set()
        await asyncio.Event().wait()
        return []

    async with running(bot_api, endless):
        anna = bot_api.user(7)
        anna.says("eins")
        anna.says("zwei")
        await begun.wait()
    assert "unfinished turns" in caplog.text


PROGRAM = """
import asyncio, sys
from bot.channels.telegram import TelegramConfig, run
from tests.bot_api.fixtures import PROFILE
from tests.channels.telegram.answers import echo
asyncio.run(run(TelegramConfig(sys.argv[1], PROFILE, sys.argv[2]), echo))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals for the event loop there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_peace(bot_api: BotApiServer, number: signal.Signals) -> None:
    anna = bot_api.user(7)
    command = [sys.executable, "-c", PROGRAM, bot_api.token, bot_api.url]
    with subprocess.Popen(  # the command is ours
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        anna.says("Hallo")
        assert anna.waits_for()[0].text == "said Hallo"
        process.send_signal(number)
        output, _ = process.communicate(timeout=30)
    assert (process.returncode, output) == (0, b"")
    assert bot_api.state.updates == []


@pytest.mark.skipif(sys.platform == "win32", reason="no signals for the event loop there")
def test_a_signal_ends_a_process_that_still_waits_for_its_first_answer(bot_api: BotApiServer) -> None:
    bot_api.fails("getMe", silent(), times=9)
    command = [sys.executable, "-c", PROGRAM, bot_api.token, bot_api.url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        wait_until(bot_api.state, lambda: bot_api.calls("getMe"))
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=DEADLINE_SECONDS)
    assert (process.returncode, output) == (0, b"")
