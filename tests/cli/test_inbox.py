"""`inbox`: what people have left for the editors, from the store that the bot uses, whichever that is."""

import asyncio
import base64
import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from bot import settings
from bot.cli.errors import UsageError
from bot.cli.inbox import Wanted, inbox
from bot.cli.stores import open_only
from bot.matching.matcher import Matcher
from bot.messages import Conversation, Language
from bot.sessions.redis import RedisStore
from bot.sessions.store import Donation, Retention, Store
from bot.sessions.vault import KEY_BYTES, Vault
from bot.settings import Settings
from tests.cli.processes import command
from tests.sessions.redis_server import running

KEY = b"k" * KEY_BYTES
DONATION = Donation("one", "Wie backe ich Kuchen?", "de", datetime.now(UTC))
#: Far more than the command takes; one that never ends must not hold the tests up.


def no_matcher() -> Matcher:
    raise AssertionError("only candidates need it")


async def give(store: Store, donation: Donation = DONATION) -> None:
    async with store.turn(Conversation("a"), DONATION.at) as turn:
        turn.donations.append(donation)
        turn.votes.append(("pool-dogs", "helpful", 1))


async def filled(path: Path, donation: Donation = DONATION) -> Settings:
    """Settings of a store that somebody has given something."""
    chosen = settings.read({"BOT_STORE": f"sqlite:///{path}"})
    async with open_only(chosen, chosen.store) as store:
        await give(store, donation)
    return chosen


async def left(chosen: Settings) -> list[str]:
    async with open_only(chosen, chosen.store) as store:
        return [each.id for each in await store.donations()]


@pytest.mark.parametrize("address", ["memory:", "sqlite:///{}/none.sqlite3"])
async def test_a_store_that_does_not_exist_is_told(address: str, tmp_path: Path) -> None:
    chosen = settings.read({"BOT_STORE": address.format(tmp_path)})
    with pytest.raises(UsageError, match="BOT_STORE: no store at ") as caught:
        await inbox(chosen, Wanted(), no_matcher)
    assert "\n" not in str(caught.value)
    # Nor was one made.
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", ["1 gespendete Frage", "pool-dogs: 1 hilfreich, 0 nicht"]),
        ("en", ["1 donated question", "pool-dogs: 1 helpful, 0 not"]),
    ],
)
async def test_what_was_given_is_shown_and_stays(
    language: Language, told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = await filled(tmp_path / "s.sqlite3")
    capsys.readouterr()
    await inbox(chosen, Wanted(language=language), no_matcher)
    shown = capsys.readouterr().out.splitlines()
    assert shown == [f"{DONATION.at:%Y-%m-%d} de  {DONATION.text}", *told]
    assert await left(chosen) == ["one"]


async def test_for_programs_each_question_has_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = await filled(tmp_path / "s.sqlite3")
    capsys.readouterr()
    await inbox(chosen, Wanted(as_json=True), no_matcher)
    told = json.loads(capsys.readouterr().out)
    given = {"id": "one", "question": DONATION.text, "language": "de", "given": f"{DONATION.at:%Y-%m-%d}"}
    assert told == {"donations": [given], "votes": {"pool-dogs": {"helpful": 1}}}


async def test_candidates_are_yaml_with_what_is_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], small_matcher: Matcher
) -> None:
    chosen = await filled(tmp_path / "s.sqlite3", replace(DONATION, text="Darf mein Hund mit ins Freibad?"))
    capsys.readouterr()
    await inbox(chosen, Wanted(as_candidates=True), lambda: small_matcher)
    (candidate,) = yaml.safe_load(capsys.readouterr().out)["candidates"]
    assert (candidate["id"], candidate["nearest"]) == ("one", "pool-dogs")


async def test_what_was_shown_is_deleted_if_that_is_wanted(tmp_path: Path) -> None:
    chosen = await filled(tmp_path / "s.sqlite3")
    await inbox(chosen, Wanted(is_clearing=True), no_matcher)
    assert await left(chosen) == []


async def test_who_only_looks_deletes_nothing_that_is_late_by_their_own_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = await filled(tmp_path / "s.sqlite3", replace(DONATION, at=DONATION.at - timedelta(days=200)))
    await inbox(chosen, Wanted(), no_matcher)
    assert DONATION.text in capsys.readouterr().out
    assert await left(chosen) == ["one"]


def process(environment: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command as a process of its own."""
    ours = ("BOT_", "TELEGRAM_")
    rest = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return command(["inbox", *arguments], {**rest, **environment})


def test_on_redis_the_command_ends_by_itself(tmp_path: Path, small_folder: Path) -> None:
    async def fill(url: str) -> None:
        store = await RedisStore.open(url, Vault((KEY,)), Retention(timedelta(hours=24)))
        for number in range(3):
            await give(store, replace(DONATION, id=str(number)))
        await store.close()

    with running(tmp_path) as server:
        asyncio.run(fill(server.url))
        environment = {
            "BOT_STORE": server.url,
            "BOT_STORE_KEY": base64.b64encode(KEY).decode(),
            "BOT_KNOWLEDGE": str(small_folder),
            "LC_ALL": "en_GB.UTF-8",
        }
        shown = process(environment, "--json")
        cleared = process(environment, "--clear")
        after = process(environment)
    assert [each["id"] for each in json.loads(shown.stdout)["donations"]] == ["0", "1", "2"]
    assert "3 donated questions" in cleared.stdout
    assert "0 donated questions" in after.stdout
    assert [each.returncode for each in (shown, cleared, after)] == [0, 0, 0]


def test_where_there_is_no_store_the_command_is_one_line(tmp_path: Path, small_folder: Path) -> None:
    environment = {"BOT_STORE": f"sqlite:///{tmp_path}/none.sqlite3", "BOT_KNOWLEDGE": str(small_folder)}
    done = process(environment)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "none.sqlite3" in done.stderr
