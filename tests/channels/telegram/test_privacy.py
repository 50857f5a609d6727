"""Nothing personal and no token in any log, whatever happens, at DEBUG level."""

import asyncio
import logging
import warnings
from collections.abc import Sequence

import pytest

from bot.channels.telegram import TelegramConfig, Webhook
from bot.channels.telegram.privacy import report_unhandled
from bot.faults import describe
from bot.libraries import quiet_loggers
from bot.messages import Incoming, Reply
from tests.bot_api import BotApiServer, bad_gateway, blocked, dropped, error, rate_limited
from tests.bot_api.fixtures import PROFILE, Setup, running
from tests.channels.telegram.answers import crash, echo, told
from tests.channels.telegram.starts import refusal

CANARY_CHAT = 987654321987
CANARY_TEXT = "Kanarienvogel-Frage"
CANARY_TOKEN = "4242:Kanarienvogel-Schluessel"  # noqa: S105  # a token of nobody


@pytest.fixture(autouse=True)
def loud_libraries() -> None:
    """The libraries as they are before the bot starts; an earlier test may have silenced them."""
    for name in ("httpx", "httpcore", "aiohttp", "uvicorn", "telegram", "asyncio"):
        library = logging.getLogger(name)
        library.propagate = True
        library.setLevel(logging.NOTSET)


async def whole_life(bot_api: BotApiServer, setup: Setup) -> None:
    """Everything that can happen in a chat, once."""
    anna = bot_api.user(CANARY_CHAT)

    async def answer(incoming: Incoming) -> Sequence[Reply]:
        return await (crash if told(incoming).endswith("crash") else echo)(incoming)

    async with running(bot_api, answer, setup):
        await anna.asks(CANARY_TEXT)
        await anna.presses("Ja")
        await anna.asks(f"{CANARY_TEXT} crash")
        for fault in (error(400, f"Bad Request: {CANARY_TEXT}"), rate_limited(3), bad_gateway(), dropped()):
            bot_api.fails("sendMessage", fault)
            await anna.asks(CANARY_TEXT)
        bot_api.fails("sendMessage", blocked())
        anna.says(CANARY_TEXT)
        await bot_api.until(lambda: b'sends_total{result="blocked"} 1.0' in setup.metrics.exposition())
        bot_api.fails("sendMessage", error(400, f"Bad Request: {CANARY_TEXT}"), times=3)
        # Not before the bot has forgotten the chat: what comes earlier is forgotten, too.
        anna.says(CANARY_TEXT)
        await bot_api.until(lambda: b'sends_total{result="refused"} 1.0' in setup.metrics.exposition())
        assert (await anna.asks("danach")).text == "said danach"
        anna.taps_code(CANARY_TEXT, is_expired=True)
        bot_api.state.add_update("message", {"text": CANARY_TEXT, "chat": {"id": CANARY_CHAT}})
        anna.edits(anna.says(CANARY_TEXT), f"{CANARY_TEXT}?")
        anna.asks_inline(CANARY_TEXT)
        await bot_api.until(lambda: bot_api.calls("answerInlineQuery"))
        for kind in ("contact", "location", "document"):
            anna.sends(kind, caption=CANARY_TEXT)
        bot_api.fails("getUpdates", bad_gateway())
        anna.says(CANARY_TEXT)
        await bot_api.until(lambda: anna.last.text == f"said {CANARY_TEXT}")


@pytest.mark.asyncio
async def test_no_text_no_id_and_no_token_is_logged_at_debug_level(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    with BotApiServer(CANARY_TOKEN) as bot_api:
        await whole_life(bot_api, Setup())
    written = caplog.text + "".join(capfd.readouterr())
    assert "bot.channels.telegram" in written, "nothing was captured, so nothing is proved"
    for canary in (CANARY_TEXT, str(CANARY_CHAT), CANARY_TOKEN, CANARY_TOKEN.partition(":")[2]):
        assert canary not in written


@pytest.mark.asyncio
async def test_a_refused_token_is_not_logged(caplog: pytest.LogCaptureFixture, bot_api: BotApiServer) -> None:
    caplog.set_level(logging.DEBUG)
    message = await refusal(CANARY_TOKEN, bot_api.url)
    config = TelegramConfig(CANARY_TOKEN, PROFILE, bot_api.url, Webhook("https://x.de/", CANARY_TEXT))
    assert CANARY_TOKEN not in caplog.text + message + repr(config)
    assert CANARY_TEXT not in repr(config)


@pytest.mark.parametrize(
    "name",
    [
        "httpx",
        "httpcore.http11",
        "aiohttp.client",
        "uvicorn.error",
        "asyncio",
        "telegram",
        "telegram.ext.Application",
        "telegram.Bot",
    ],
)
def test_libraries_stay_quiet_even_if_their_own_level_is_debug(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger=name)
    quiet_loggers()
    logging.getLogger(name).critical(CANARY_TEXT)
    assert CANARY_TEXT not in caplog.text


def test_an_error_is_described_by_its_classes_and_places() -> None:
    try:
        try:
            int(CANARY_TEXT)
        except ValueError as problem:
            raise KeyError(CANARY_TEXT) from problem
    except KeyError as error:
        described = describe(error)
    assert described.startswith(f"KeyError from ValueError at {__name__}:")
    assert CANARY_TEXT not in described


@pytest.mark.asyncio
async def test_an_error_outside_of_any_turn_is_reported_without_content(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.get_running_loop()
    report_unhandled(loop, {"message": CANARY_TEXT, "exception": ValueError(CANARY_TEXT), "task": CANARY_TEXT})
    report_unhandled(loop, {"message": CANARY_TEXT})
    assert "ValueError" in caplog.text
    assert CANARY_TEXT not in caplog.text


@pytest.mark.asyncio
async def test_a_rate_limit_writes_no_warning(bot_api: BotApiServer) -> None:
    bot_api.fails("sendMessage", rate_limited(1))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        async with running(bot_api, echo):
            await bot_api.user(7).asks("Hallo")
    assert [str(warning.message) for warning in caught if "PTB" in type(warning.message).__name__] == []
