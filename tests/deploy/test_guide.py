"""The operators' guide: its commands can be typed as they stand, and its links lead somewhere."""

import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from bot.cli import main
from tests.deploy.shipped import DEPLOY, ROOT, bots, manifest, one, services, text_of, tool, unit

GUIDE = text_of("README.md")
#: Made by the operator, as the guide says.
MADE_BY_HAND = {"secrets", ".env", "knowledge", "donations.json", "bot.sqlite3"}


def blocks() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[list[str]]:
    """Each command as its words; of a pipe each part, and what a table holds."""
    tables = [
        cell for line in GUIDE.splitlines() if line.startswith("|") for cell in re.findall(r"`([^`]+ [^`]+)`", line)
    ]
    for line in chain_lines([*blocks(), *tables]):
        words: list[str] = []
        for token in shlex.shlex(line, posix=True, punctuation_chars="|;()<>&"):
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
    named = {word for words in commands() for word in re.findall(r"(?<![\w/.$-])deploy/[\w./-]+", " ".join(words))}
    named |= {f"deploy/{word}" for word in re.findall(r"`(?:deploy/)?(kubernetes/[\w.]+|systemd/[\w.]+)`", GUIDE)}
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
    assert f"/var/lib/{dict(unit())['StateDirectory']}/bot.sqlite3" in GUIDE
    assert "/etc/datenschutz-bot/settings" in dict(unit())["EnvironmentFile"]
    for verb, *names in starting_with("systemctl"):
        assert verb in {"daemon-reload", "enable", "restart", "reload", "stop", "start"}
        assert {name for name in names if not name.startswith("-")} <= {"datenschutz-bot"}


def bot_commands() -> set[str]:
    """What the bot is told to do: by itself, in a container, or from its folder."""
    text = "\n".join(blocks())
    told = re.findall(r"datenschutz-bot\"? ([a-z]+)\b(?!=)", text) + re.findall(r"datenschutz-bot:\S+ ([a-z]+)", text)
    told += re.findall(r"docker compose run [^\n]*-T bot ([a-z]+)", text)
    return set(told) - {"python", "create", "rollout", "scale"}


def test_the_bot_has_every_command_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert bot_commands() >= {"match", "ask", "check", "inbox"}
    for command in bot_commands():
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0, command
    assert capsys.readouterr().out


def programs() -> list[str]:
    return re.findall(r"python(?: bot)? -c '([^']+)'", GUIDE)


def test_a_copy_of_a_running_store_is_whole_and_can_be_put_back(tmp_path: Path) -> None:
    """What was written last is still in the log when the copy is made; a stale log must not survive putting it back."""
    back_up, restore = (program.replace("/data/", f"{tmp_path}/") for program in programs())
    store = tmp_path / "bot.sqlite3"
    with closing(sqlite3.connect(store)) as running:
        running.execute("PRAGMA journal_mode = WAL")
        running.execute("CREATE TABLE kept (what TEXT)")
        running.execute("INSERT INTO kept VALUES ('a dialogue')")
        running.commit()
        copy = subprocess.run([sys.executable, "-c", back_up], capture_output=True, check=True).stdout
        running.execute("DELETE FROM kept")
        running.commit()
    (tmp_path / "bot.sqlite3-wal").write_bytes(b"stale")
    subprocess.run([sys.executable, "-c", restore], input=copy, check=True)
    assert not (tmp_path / "bot.sqlite3-wal").exists()
    with closing(sqlite3.connect(store)) as restored:
        assert restored.execute("SELECT what FROM kept").fetchall() == [("a dialogue",)]
        assert restored.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_makes_the_locks_needs_nothing_of_this_machine() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (command,) = re.findall(r"^RELOCK = (.*)$", makefile, re.MULTILINE)
    for option in ("--universal", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"):
        assert option in command.split()
    assert ["make", "lock"] in commands()
    assert ["make", "update"] in commands()
