"""The whole bot over the Telegram wire: the real knowledge, the real client, a Bot API server over HTTP."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cli.telegram import profile
from bot.knowledge.model import Knowledge
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Store
from bot.understanding import Understanding
from tests.bot_api import BotApiServer, User
from tests.bot_api.fixtures import Setup, running
from tests.bot_api.waiting import DEADLINE_SECONDS
from tests.channels.telegram.stores import RETENTION, counted, sqlite_store
from tests.processes import ended

STORY = (
    "Wir informieren unsere Kunden regelmäßig via WhatsApp über Schlacht- und Abholtermine in unserem Hofladen. "
    "Nun möchten wir auf diese Weise auch auf neue Produkte oder aktuelle Angebote hinweisen. "
    "Ist das datenschutzrechtlich möglich?"
)


@pytest.fixture
def understanding(real_understanding: Understanding) -> Understanding:
    return real_understanding


@asynccontextmanager
async def person(
    bot_api: BotApiServer,
    real: Knowledge,
    understanding: Understanding,
    store: Store | None = None,
    language: str = "de",
) -> AsyncIterator[User]:
    used = store or MemoryStore(RETENTION)
    assistant = Assistant(real, understanding, used, "de")
    try:
        async with running(bot_api, assistant, Setup(profile=profile(real, "de"), store=used)):
            yield bot_api.user(7, language=language)
    finally:
        if store is None:
            await used.close()


async def test_the_farm_shop_gets_its_answer(
    bot_api: BotApiServer, real: Knowledge, understanding: Understanding
) -> None:
    async with person(bot_api, real, understanding) as anna:
        question = await anna.asks(STORY)
        assert "Ich gehe davon aus: Betrieb" in question.text
        assert "ausdrücklich zugestimmt" in question.text
        question = await anna.asks("jo, ham alle unterschrieben")
        assert "WhatsApp Business App" in question.buttons
        answer = await anna.presses("WhatsApp Business App")
        assert answer.styled("bold")[0].startswith("Ja")
        assert "[1]" in answer.text
        assert "https://www.gesetze-im-internet.de/uwg_2004/__7.html" in dict(answer.links).values()
        (sources,) = answer.styled("expandable_blockquote")
        assert sources.startswith("Quellen\nGesetz\n[")
        assert "allgemeine Information" in answer.text
        assert len(answer.rows) <= 5
        assert answer.rows[-1] == ["👍", "👎", "Ändern", "Teilen"]


async def test_what_a_source_text_wrote_is_a_tap_away(
    bot_api: BotApiServer, real: Knowledge, understanding: Understanding
) -> None:
    async with person(bot_api, real, understanding) as anna:
        answer = await anna.asks("Gibt es einen Auftragsverarbeitungsvertrag mit WhatsApp?")
        await anna.changes("Was HOFdirekt schrieb")
        assert answer.styled("blockquote")[0].startswith("Was HOFdirekt schrieb\n")
        assert "\nHeute dazu\n" in answer.text
        await anna.changes("Was HOFdirekt schrieb ✕")
        assert not answer.styled("blockquote")


async def test_english_for_a_person_whose_app_speaks_english(
    bot_api: BotApiServer, real: Knowledge, understanding: Understanding
) -> None:
    async with person(bot_api, real, understanding, language="en-GB") as joe:
        welcome = await joe.asks("/start")
        assert "a program, not a person" in welcome.text
        assert "give a source for every reason" in welcome.text
        question = await joe.asks("may I advertise offers via WhatsApp?")
        assert "expressly agreed" in question.text


async def test_every_command_is_answered(bot_api: BotApiServer, real: Knowledge, understanding: Understanding) -> None:
    shown = [name for wording in profile(real, "de").wordings.values() for name, _ in wording.commands]
    commands = [*shown, "zurueck", "aendern", "warum", "deutsch", "abbrechen"]
    async with person(bot_api, real, understanding) as anna:
        for command in commands:
            before = len(anna.messages)
            anna.says_all([f"/{command}", "/start"])
            await bot_api.until(lambda before=before: _is_started(anna, before + 2))  # type: ignore[misc]


def _is_started(person: User, messages: int) -> bool:
    return len(person.messages) >= messages and "Frage" in person.last.text


async def test_a_deep_link_opens_an_entry(bot_api: BotApiServer, real: Knowledge, understanding: Understanding) -> None:
    async with person(bot_api, real, understanding) as anna:
        question = await anna.asks("/start whatsapp-advertising")
        assert "Werbung und Angebote per WhatsApp" in question.text


async def test_a_photo_is_declined_kindly(bot_api: BotApiServer, real: Knowledge, understanding: Understanding) -> None:
    async with person(bot_api, real, understanding) as anna:
        anna.sends("photo")
        (reply,) = await anna.hears(1)
        assert "Bilder kann ich nicht lesen" in reply.text


@pytest.mark.parametrize("code", ["", "a:de:nowhere:sender:business", "💥" * 12, "q:de:hofdirekt-whatsapp:h99"])
async def test_a_forged_tap_gets_a_friendly_word(
    code: str, bot_api: BotApiServer, real: Knowledge, understanding: Understanding
) -> None:
    async with person(bot_api, real, understanding) as anna:
        await anna.asks("/start")
        anna.taps_code(code)
        reply = (await anna.hears(1))[-1]
        assert "nicht mehr aktuell" in reply.text


@pytest.mark.parametrize("text", ["x" * 4096, "Darf ich?" * 400, "\u202eabc\u200b\u200d", "<b>&amp;</i>", "\u0000?"])
async def test_odd_texts_get_an_answer(
    text: str, bot_api: BotApiServer, real: Knowledge, understanding: Understanding
) -> None:
    async with person(bot_api, real, understanding) as anna:
        assert (await anna.asks(text)).text


async def test_a_dialogue_goes_on_where_it_was_after_a_restart(
    bot_api: BotApiServer, real: Knowledge, understanding: Understanding, tmp_path: Path
) -> None:
    path = tmp_path / "s.sqlite3"
    async with sqlite_store(path) as store, person(bot_api, real, understanding, store) as anna:
        await anna.asks(STORY)
    async with sqlite_store(path) as store, person(bot_api, real, understanding, store) as anna:
        anna.says("die business app")
        await bot_api.until(lambda: len(anna.messages) == 2)
    (assumed,) = anna.last.styled("italic")
    assert set(assumed.removeprefix("Ich gehe davon aus: ").split(" · ")) == {"Betrieb", "WhatsApp Business App"}


def everything_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_nothing_that_a_person_wrote_is_stored(
    bot_api: BotApiServer, real: Knowledge, understanding: Understanding, tmp_path: Path
) -> None:
    path = tmp_path / "s.sqlite3"
    async with sqlite_store(path) as store, person(bot_api, real, understanding, store) as anna:
        await anna.asks("Darf ich Frau Kanarienvogel Angebote per WhatsApp schicken?")
        # While it runs the write-ahead log lies there, too; nor does what the dialogue is about lie open.
        stored = everything_below(tmp_path)
    assert counted(path)["sessions"] == 1
    for word in (b"anarienvogel", b"whatsapp", b"WhatsApp", b"telegram"):
        assert word not in stored + everything_below(tmp_path)


async def test_sources_are_folded(bot_api: BotApiServer, real: Knowledge, understanding: Understanding) -> None:
    async with person(bot_api, real, understanding) as anna:
        answer = await anna.asks("Gibt es einen Auftragsverarbeitungsvertrag mit WhatsApp?")
    (folded,) = answer.styled("expandable_blockquote")
    assert folded.startswith("Quellen\n")
    assert "\n[1] " in folded


async def test_every_page_and_answer_is_taken_by_telegram(
    bot_api: BotApiServer, real: Knowledge, understanding: Understanding
) -> None:
    """Telegram refuses a message as a whole for one wrong tag, a long text or a long button."""
    async with person(bot_api, real, understanding) as anna:
        for entry in real.entries:
            await anna.asks(f"/start {entry}")
    sent = bot_api.calls("sendMessage")
    assert len(sent) >= len(real.entries)
    # What Telegram refuses is sent once more without markup.
    assert all(call.parameters.get("parse_mode") == "HTML" for call in sent)


def test_the_installed_command_runs_answers_and_leaves(bot_api: BotApiServer, tmp_path: Path) -> None:
    """As an operator starts it: a process of its own, told to stop by a signal; its log holds nobody's words."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": bot_api.token,
        "TELEGRAM_API_BASE_URL": bot_api.url,
        "BOT_STORE": f"sqlite:///{tmp_path}/s.sqlite3",
        "BOT_CONTROLLER_NAME": "Hof Musterland",
        "BOT_CONTROLLER_CONTACT": "post@hof.example",
    }
    command = [sys.executable, "-m", "bot", "telegram"]
    with ended(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)) as process:
        anna = bot_api.user(987654321)
        anna.says("Ist das WhatsApp-Backup bei Google ein Problem, Herr Kanarienvogel?")
        (first,) = anna.waits_for()
        anna.says("/datenschutz")
        (notice,) = anna.waits_for()
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=DEADLINE_SECONDS)
    assert "Backup" in first.text
    assert "Hof Musterland, post@hof.example" in notice.text
    assert process.returncode == 0
    assert "running on Telegram" in log
    assert "left Telegram" in log
    assert not any(secret in log for secret in ("anarienvogel", "987654321", bot_api.token))
