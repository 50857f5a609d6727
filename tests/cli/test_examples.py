"""Every example of every help text does what it says, as it stands, in a shell."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.command import PROGRAM, Command
from bot.cli.commands import COMMANDS
from bot.matching.matcher import Matcher
from bot.messages import LANGUAGES
from tests.bot_api import BotApiServer, garbled
from tests.bot_api.waiting import DEADLINE_SECONDS
from tests.channels.console.terminal import surroundings
from tests.cli.starting import program
from tests.small import REAL

QUESTIONS = "Darf ich Angebote per WhatsApp verschicken?\nBetrieb\ndanke\n"
EXAMPLES = [
    pytest.param(command, text, id=text.replace("/", "_"))
    for command in COMMANDS
    for text in dict.fromkeys(example[language] for example in command.examples for language in LANGUAGES)
]
#: What `ask` may end with when nothing is wrong: an answer, or a question back.
FINE = (0, 4)
OF_OPERATORS = ("doctor", "backup", "restore", "keys")
#: A folder of the machine that the examples name, and the tests leave alone.
COPIES = "/var/lib/datenschutz-bot-backups"


@pytest.fixture
def desk(tmp_path: Path, real_matcher: Matcher) -> Path:
    """A folder with what the examples name; and what is learnt of the knowledge has been learnt."""
    (tmp_path / "knowledge").symlink_to(REAL)
    program(tmp_path / "bin" / PROGRAM, knows_the_real_one=True)
    for name in ("fragen.txt", "questions.txt"):
        (tmp_path / name).write_text(QUESTIONS, encoding="utf-8")
    return tmp_path


def environment(desk: Path, **own: str) -> Mapping[str, str]:
    """Where the program is found as one that was installed, with a store for those who look into it."""
    path = os.pathsep.join((f"{desk}/bin", str(Path(sys.executable).parent), os.environ["PATH"]))
    return surroundings(PATH=path, BOT_STORE=f"sqlite:///{desk}/store.sqlite3", **own)


@pytest.mark.parametrize(("command", "text"), EXAMPLES)
def test_an_example_works(command: Command, text: str, desk: Path, bot_api: BotApiServer) -> None:
    if command.name == "telegram":
        runs_until_it_is_told_to_leave(text, desk, bot_api)
        return
    if command.name == "new":
        begins_something_in_a_folder_of_its_own(text, desk)
        return
    prepare(command, desk)
    # To doctor: else it listens for others for some seconds.
    bot_api.fails("getUpdates", garbled([]))
    own = of_an_operator(bot_api, desk) if command.name in OF_OPERATORS else {}
    line = ["sh", "-c", f"{PROGRAM} {text.replace(COPIES, f'{desk}/copies')}"]
    done = subprocess.run(line, env=environment(desk, **own), cwd=desk, capture_output=True, check=False, input=b"")
    errors = done.stderr.decode().replace("made a key for the store", "")
    assert done.returncode in (FINE if command.name == "ask" else (0,)), errors
    assert "Traceback" not in errors
    written = {each for each in desk.iterdir() if each.suffix in (".jsonl", ".svg")}
    assert len(done.stdout) > 3 or written


def prepare(command: Command, desk: Path) -> None:
    """A store for those who look into it, and a copy of it for who puts one back."""
    if command.name in ("inbox", *OF_OPERATORS):
        typed(f"{PROGRAM} chat", desk)
    if command.name == "restore":
        typed(f"{PROGRAM} backup bot.sqlite3", desk)


def typed(line: str, desk: Path) -> None:
    command = ["sh", "-c", line]
    subprocess.run(command, env=environment(desk), cwd=desk, input=b"", capture_output=True, check=True)


def begins_something_in_a_folder_of_its_own(text: str, desk: Path) -> None:
    (desk / "knowledge").unlink()
    shutil.copytree(REAL, desk / "knowledge")
    before = set(desk.rglob("*.yaml"))
    line = ["sh", "-c", f"{PROGRAM} {text}"]
    own = environment(desk, BOT_KNOWLEDGE="knowledge")
    done = subprocess.run(line, env=own, cwd=desk, capture_output=True, check=False, input=b"")
    assert (done.returncode, done.stderr) == (0, b"")
    assert set(desk.rglob("*.yaml")) > before


def of_an_operator(bot_api: BotApiServer, desk: Path) -> Mapping[str, str]:
    (desk / "copies").mkdir(exist_ok=True)
    return {
        "TELEGRAM_BOT_TOKEN": bot_api.token,
        "TELEGRAM_API_BASE_URL": bot_api.url,
        "BOT_CONTROLLER_NAME": "Hof Müller",
        "BOT_CONTROLLER_CONTACT": "post@hof.example",
        "BOT_BACKUP_HOURS": "24",
    }


def runs_until_it_is_told_to_leave(text: str, desk: Path, bot_api: BotApiServer) -> None:
    # The one that was installed: what stands for it elsewhere passes on no signals.
    (desk / "bin" / PROGRAM).unlink()
    own = environment(desk, **of_an_operator(bot_api, desk))
    line = ["sh", "-c", f"exec {PROGRAM} {text}"]
    with subprocess.Popen(line, env=own, cwd=desk, stderr=subprocess.PIPE) as process:
        anna = bot_api.user(7, language="de")
        anna.says("Hallo")
        anna.waits_for()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=DEADLINE_SECONDS)
    assert process.returncode == 0
