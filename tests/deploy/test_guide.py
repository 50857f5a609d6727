"""The operators' guide: its commands can be typed as they stand, and its links lead somewhere."""

import json
import os
import re
import shlex
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from bot.cli import main
from tests.cli.starting import program
from tests.deploy.shipped import DEPLOY, ROOT, bots, manifest, one, services, text_of, tool, unit

GUIDE = text_of("README.md")
#: Made by the operator, as the guide says.
MADE_BY_HAND = {"secrets", ".env", "knowledge", "donations.json", "bot.sqlite3"}


def blocks() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[list[str]]:
    """Each command as its words; of a pipe each part, and what a table holds."""
    # The table of settings holds values.
    _, _, guide = GUIDE.partition("\n## Secrets")
    tables = [
        cell for line in guide.splitlines() if line.startswith("|") for cell in re.findall(r"`([^`]+ [^`]+)`", line)
    ]
    for line in chain_lines([*blocks(), *tables]):
        words: list[str] = []
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|;()<>&")
        lexer.wordchars += "@"
        for token in lexer:
            if set(token) <= set("|;()&"):
                if words:
                    yield words
                words = []
            else:
                words.append(token)
        if words:
            yield words


def chain_lines(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from text.replace("\\\n", " ").splitlines()


def starting_with(*first: str) -> list[list[str]]:
    """The rest of each command that begins so, without sudo."""
    plain = [words[1:] if words[0] in ("sudo", "do") else words for words in commands()]
    return [words[len(first) :] for words in plain if words[: len(first)] == list(first)]


def test_the_shell_understands_every_block() -> None:
    assert len(blocks()) >= 15
    for block in blocks():
        done = subprocess.run([tool("bash"), "-n"], input=block, capture_output=True, text=True, check=False)
        assert done.stderr == "", block


def test_every_file_that_is_named_is_there() -> None:
    named = {word for words in commands() for word in re.findall(r"(?<![\w/.$-])deploy/[\w./@-]+", " ".join(words))}
    named |= {f"deploy/{word}" for word in re.findall(r"`(?:deploy/)?(kubernetes/[\w.]+|systemd/[\w.@-]+)`", GUIDE)}
    assert len(named) >= 8
    for name in named:
        place = Path(name).relative_to("deploy")
        assert place.parts[0] in MADE_BY_HAND or (ROOT / name).exists(), name


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def test_every_link_leads_somewhere() -> None:
    anchors = {anchor(heading) for heading in re.findall(r"^#+ (.*)$", GUIDE, re.MULTILINE)}
    links = re.findall(r"\]\(([^)]+)\)", GUIDE)
    assert len(links) >= 10
    for link in links:
        assert link[1:] in anchors if link.startswith("#") else (DEPLOY / link).exists(), link


def test_other_files_point_to_headings_that_exist() -> None:
    headings = set(re.findall(r"^#+ (.*)$", GUIDE, re.MULTILINE))
    named = {
        title
        for path in DEPLOY.rglob("*")
        if path.is_file() and path.suffix in (".yaml", ".env")
        for title in re.findall(r'README\.md, "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= headings


def test_compose_is_asked_for_services_and_commands_that_exist() -> None:
    asked = starting_with("docker", "compose")
    assert len(asked) >= 10
    for verb, *rest in asked:
        assert verb in {"up", "logs", "ps", "exec", "stop", "run", "rm", "kill"}
        words = [word for before, word in pairwise(["", *rest]) if before not in ("--signal", "--entrypoint")]
        named = [word for word in words if not word.startswith("-") and word != "$replica"]
        # What follows a service is its command.
        assert set(named[:1] if verb in ("exec", "run") else named) <= set(services()), (verb, rest)
        assert named or verb in ("up", "ps", "stop")
    (loop,) = re.findall(r"for replica in ([^;]+);", GUIDE)
    assert set(loop.split()) == set(bots()) - {"bot"}
    volumes = starting_with("docker", "volume", "rm")
    document = one("compose.yaml")
    names = {f"{document['name']}_{volume}" for volume in document["volumes"]}
    assert {word for words in volumes for word in words} <= names
    assert f"{document['name']}_front" in GUIDE
    assert "front" in document["networks"]


def test_kubectl_is_asked_for_what_is_there() -> None:
    asked = starting_with("kubectl")
    assert len(asked) >= 6
    for words in asked:
        if words[0] == "-n":
            assert manifest("Namespace", words[1])
        for kind, _, name in (word.partition("/") for word in words if word.startswith("deployment/")):
            assert manifest(kind.capitalize(), name)


def test_systemd_is_asked_for_the_unit_and_its_folders() -> None:
    started = dict(unit())["ExecStart"].split()[0]
    assert f'ln -sfn "$version" {started.removesuffix("/bin/datenschutz-bot")}' in GUIDE
    assert f"sudo install -d -m 0700 /var/lib/{dict(unit())['StateDirectory']}\n" in GUIDE
    copies = dict(unit("datenschutz-bot-backup.service"))["StateDirectory"].split()[1]
    assert f"/var/lib/{copies}/" in GUIDE
    assert "/etc/datenschutz-bot/settings" in dict(unit())["EnvironmentFile"]
    ours = {path.name.removesuffix(".service") for path in (DEPLOY / "systemd").iterdir()}
    for verb, *names in starting_with("systemctl"):
        assert verb in {"daemon-reload", "enable", "disable", "restart", "reload", "stop", "start", "clean"}
        units = {re.sub("@.*", "@", name) for name in names if not name.startswith("-")}
        assert units <= ours | {"redis-server", "caddy"}


def test_every_unit_is_installed_and_started() -> None:
    installed = " ".join(" ".join(words) for words in starting_with("install"))
    used = " ".join(" ".join(words) for words in starting_with("systemctl"))
    for path in (DEPLOY / "systemd").iterdir():
        assert f"deploy/systemd/{path.name}" in installed, path.name
        name = path.name.removesuffix(".service")
        if path.suffix in (".service", ".timer") and name != "datenschutz-bot@":
            assert re.search(rf"(?:start|enable --now) (?:\S+ )*{re.escape(name)}(?: |;|$)", used), name


def bot_commands() -> set[str]:
    """What the bot is told to do: by itself, in a container, or from its folder."""
    text = "\n".join(blocks())
    told = re.findall(r"(?<!-n )datenschutz-bot\"? ([a-z]+)\b(?!=)", text)
    told += re.findall(r"datenschutz-bot:\S+ ([a-z]+)", text)
    told += re.findall(r"docker compose run [^\n]*bot ([a-z]+)", text)
    return set(told)


def test_the_bot_has_every_command_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert bot_commands() == {"match", "ask", "check", "inbox", "doctor", "backup", "restore", "keys"}
    for command in bot_commands():
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0, command
    assert capsys.readouterr().out


# --- the commands of one machine, as they stand ---


class Machine:
    """A machine with systemd, in a folder: its files are there, root is whoever runs the tests, and of systemctl it is
    only noted what it was asked."""

    def __init__(self, root: Path, settings: str) -> None:
        self.root = root
        for folder in ("etc/datenschutz-bot/secrets", "var/lib/datenschutz-bot", "var/backups", "bin", "deploy"):
            (root / folder).mkdir(parents=True)
        (root / "etc/datenschutz-bot/settings").write_text(settings, encoding="utf-8")
        self._program("sudo", 'exec "$@"')
        self._program("systemctl", f'echo "$@" >> {root}/asked')
        program(root / "bin/bot")
        started = dict(unit())["ExecStart"].split()[0]
        self._program("datenschutz-bot", text_of("systemd/datenschutz-bot.sh").replace(started, f"{root}/bin/bot"))

    def _program(self, name: str, text: str) -> None:
        path = self.root / "bin" / name
        path.write_text(self._here(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n"), encoding="utf-8")
        path.chmod(0o755)

    def _here(self, text: str) -> str:
        return re.sub(r"(?<![\w.])/(etc/datenschutz-bot|var/(?:lib|backups))", rf"{self.root}/\1", text)

    def run(self, commands: str, folder: str = ".") -> str:
        """What they print; each must succeed."""
        environment = {
            "PATH": f"{self.root}/bin:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LANG": "en_GB.UTF-8",
            "HOME": str(self.root),
        }
        done = subprocess.run(
            [tool("bash"), "-euo", "pipefail", "-c", self._here(commands)],
            cwd=self.root / folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def asked(self) -> list[str]:
        """What systemctl was asked, in order."""
        return (self.root / "asked").read_text(encoding="utf-8").splitlines()


def block_with(*lines: str) -> str:
    """The only block of the guide that has all of these."""
    (found,) = [block for block in blocks() if all(line in block for line in lines)]
    return found


@pytest.fixture
def systemd(tmp_path: Path) -> Machine:
    """A machine on which the bot has been set up, with secrets made as the guide says."""
    machine = Machine(tmp_path, 'BOT_CONTROLLER_NAME="Freibad"\nBOT_BACKUP_HOURS=24\n')
    secrets = block_with("cat > secrets/telegram-bot-token")
    machine.run(re.sub(r"cat > (\S+)\).*", r"echo 4242:token > \1)", secrets), "deploy")
    machine.run(f"install -m 0400 deploy/secrets/* {tmp_path}/etc/datenschutz-bot/secrets/")
    (tmp_path / "var/lib/datenschutz-bot/bot.sqlite3").touch()
    assert machine.run("sudo datenschutz-bot inbox") == "0 donated questions\n"
    return machine


def test_secrets_are_for_their_owner_alone(systemd: Machine) -> None:
    for path in (systemd.root / "deploy/secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE((systemd.root / "deploy/secrets").stat().st_mode) == 0o700


def vote(store: Path, count: int) -> None:
    with closing(sqlite3.connect(store)) as opened:
        opened.execute("DELETE FROM votes")
        opened.execute("INSERT INTO votes VALUES ('an-entry', 'helpful', ?)", (count,))
        opened.commit()


def votes(store: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(store)) as opened:
        return opened.execute("SELECT count FROM votes").fetchall()


def test_the_timers_latest_copy_can_be_put_back(systemd: Machine) -> None:
    store, copies = (
        systemd.root / f"var/lib/{name}" for name in ("datenschutz-bot/bot.sqlite3", "datenschutz-bot-backups")
    )
    copies.mkdir()
    (copies / "bot-20200101T000000Z.sqlite3").write_text("old and deleted")
    vote(store, 7)
    command = dict(unit("datenschutz-bot-backup.service"))["ExecStart"].replace("%S", "/var/lib").split()
    systemd.run(" ".join(["datenschutz-bot", *command[1:]]))
    vote(store, 8)
    Path(f"{store}-wal").write_bytes(b"stale")
    systemd.run(block_with("latest=$(", "restore"))
    assert votes(store) == [(7,)]
    assert systemd.asked == ["stop datenschutz-bot", "start datenschutz-bot"]
    assert len(list(copies.iterdir())) == 1


def test_a_copy_by_hand_brings_an_empty_machine_to_where_the_old_one_was(systemd: Machine, tmp_path: Path) -> None:
    vote(systemd.root / "var/lib/datenschutz-bot/bot.sqlite3", 7)
    systemd.run(block_with("sudo datenschutz-bot backup /var/backups/bot.sqlite3"))
    new = Machine(tmp_path / "new", "")
    (new.root / "var/lib/datenschutz-bot").rmdir()
    new.run(f"cp {systemd.root}/etc/datenschutz-bot/secrets/* {new.root}/etc/datenschutz-bot/secrets/")
    new.run(f"cp {systemd.root}/var/backups/bot.sqlite3 bot.sqlite3")
    new.run(block_with("install -d -m 0700 /var/lib/datenschutz-bot", "restore bot.sqlite3"))
    assert votes(new.root / "var/lib/datenschutz-bot/bot.sqlite3") == [(7,)]
    assert new.asked == ["enable --now datenschutz-bot"]


def test_a_key_is_replaced_as_the_guide_says(systemd: Machine) -> None:
    before = systemd.run("sudo datenschutz-bot keys").split()[0]
    systemd.run(block_with("store-key.new"), "deploy")
    systemd.run(
        "rm -f /etc/datenschutz-bot/secrets/store-key; cp deploy/secrets/store-key /etc/datenschutz-bot/secrets/"
    )
    (keys,) = [line for line in block_with("datenschutz-bot keys\n", "compose").splitlines() if line.startswith("sudo")]
    first, second = systemd.run(keys).splitlines()
    assert first.endswith("  in use: nothing")
    assert second == f"{before}  earlier, can be removed: nothing"


def test_donated_questions_are_taken_out_before_the_way_to_redis(systemd: Machine) -> None:
    systemd.run(block_with("disable --now datenschutz-bot\n", "inbox --json"))
    assert json.loads((systemd.root / "donations.json").read_text())["donations"] == []
    assert systemd.asked == ["disable --now datenschutz-bot"]


def of_compose(block: str) -> str:
    """The bot's commands in a block for compose, as they run in its container."""
    lines = [line for line in block.splitlines() if " exec " in line or " run " in line]
    told = r"docker compose (?:exec|run) .*?bot (?:datenschutz-bot )?(?=backup|restore)"
    return "\n".join(re.sub(told, "bot ", line) for line in lines)


def test_a_copy_of_a_running_store_is_whole_and_can_be_put_back(systemd: Machine) -> None:
    """What was written last is still in the log when the copy is made; a stale log must not survive putting it back."""
    store = systemd.root / "var/lib/datenschutz-bot/bot.sqlite3"
    given = f"export BOT_STORE=sqlite:///{store} BOT_STORE_KEY_FILE=/etc/datenschutz-bot/secrets/store-key\n"
    with closing(sqlite3.connect(store)) as running:
        running.execute("PRAGMA journal_mode = WAL").fetchall()
        running.execute("INSERT INTO votes VALUES ('an-entry', 'helpful', 41)")
        running.commit()
        systemd.run(given + of_compose(block_with("backup - > bot.sqlite3")))
        running.execute("DELETE FROM votes")
        running.commit()
    Path(f"{store}-wal").write_bytes(b"stale")
    systemd.run(given + of_compose(block_with("restore - < bot.sqlite3")))
    assert votes(store) == [(41,)]


def test_what_makes_the_locks_needs_nothing_of_this_machine() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (command,) = re.findall(r"^RELOCK = (.*)$", makefile, re.MULTILINE)
    for option in ("--universal", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"):
        assert option in command.split()
    assert ["make", "lock"] in commands()
    assert ["make", "update"] in commands()
