"""The guide for editors, followed literally: its commands are run and its files are written, one after the other."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

from bot import settings
from bot.knowledge.guidance import EmergencyKind, Served
from bot.knowledge.model import Knowledge, SourceKind, Standing, Verdict
from bot.matching.matcher import Matcher
from tests.cli.starting import program
from tests.small import REAL

GUIDE = (REAL / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(sh|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`((?:knowledge|baeckerei)/[\w/.-]+\.yaml)`")


@dataclass(frozen=True)
class Step:
    """A command to type, or a file to write."""

    command: str = ""
    file: str = ""
    content: str = ""


def steps(section: str) -> Iterator[Step]:
    """The steps of a section; a file is the last one that is named before its content."""
    (text,) = re.findall(rf"^## {re.escape(section)}\n(.*?)(?=^## )", GUIDE, re.MULTILINE | re.DOTALL)
    for block in _BLOCK.finditer(text):
        if block[1] == "sh":
            yield from (Step(command=line) for line in block[2].splitlines())
        else:
            yield Step(file=_FILE.findall(text[: block.start()])[-1], content=block[2])


class Editor:
    """Somebody who follows the guide in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: dict[str, str] = {}
        program(folder / "bin/datenschutz-bot")
        known = {name: value for name, value in os.environ.items() if name not in settings.VARIABLES}
        path = f"{folder}/bin{os.pathsep}{known.get('PATH', '')}"
        self._surroundings = known | {"PATH": path, "BOT_KNOWLEDGE": "knowledge", "LC_ALL": "de_DE.UTF-8"}

    def follow(self, section: str) -> None:
        for step in steps(section):
            self.type(step.command) if step.command else self.write(step.file, step.content)

    def type(self, command: str) -> None:
        done = subprocess.run(  # noqa: S602 - as a person types it, with its pipes
            command, shell=True, cwd=self.folder, env=self._surroundings, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), (command, done.stdout, done.stderr)
        self.said[command] = done.stdout

    def write(self, file: str, content: str) -> None:
        """Fill in what `new` has made, or write what a knowledge need not have."""
        path = self.folder / file
        is_begun = path.exists()
        assert is_begun or file.endswith(("texts/de.yaml", "asides.yaml")), f"nothing has made {file}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def endings(self, *arguments: str) -> dict[str, dict[str, int]]:
        self.type(" ".join(("datenschutz-bot eval --json", *arguments)))
        groups: dict[str, dict[str, int]] = json.loads(list(self.said.values())[-1])["groups"]
        return groups


@pytest.fixture
def editor(tmp_path: Path, real_matcher: Matcher) -> Editor:
    """What has been learnt of the knowledge is copied with it."""
    shutil.copytree(REAL, tmp_path / "knowledge")
    return Editor(tmp_path)


def test_the_five_minutes_lead_to_an_entry_that_is_found(editor: Editor, real: Knowledge) -> None:
    editor.follow("In fünf Minuten ein neuer Eintrag")
    ending = editor.said["datenschutz-bot check"].splitlines()[-1]
    assert ending.startswith(f"in Ordnung: {len(real.entries) + 1} Einträge")
    endings = editor.endings("knowledge/checks/whatsapp-business/whatsapp-birthday.yaml")
    assert endings["in scope"].keys() <= {"right", "offered"}
    assert endings["in scope"]["right"] >= 6
    (asked,) = (said for command, said in editor.said.items() if command.startswith("echo"))
    assert "Ja, wenn die Person vorher ausdrücklich zugestimmt hat" in " ".join(asked.split())


def test_what_it_says_of_eval_can_be_typed(editor: Editor) -> None:
    editor.follow("Was `eval` sagt")
    *_, compared = editor.said.values()
    for column in ("richtig", "angeboten", "falsch", "verfehlt", "abgelehnt", "nachgefragt", "zu Unrecht"):
        assert f"| `{column}` |" in GUIDE
        assert column in compared.splitlines()[0]
    assert "Schwellen (de)" in compared


def test_another_domain_is_made_as_it_says(editor: Editor) -> None:
    editor.follow("Ein ganz anderes Thema: der Bot einer Bäckerei")
    checked = editor.said["datenschutz-bot check --knowledge baeckerei"].splitlines()
    assert checked[-1].startswith("in Ordnung: 2 Einträge, 2 Quellen")
    endings = editor.endings("--knowledge", "baeckerei", "baeckerei/checks")
    assert endings["in scope"].keys() <= {"right", "offered"}
    assert endings["in scope"]["right"] >= 6
    assert endings["out of scope"] == {"declined": 3}
    (asked,) = (said for command, said in editor.said.items() if command.startswith("echo"))
    assert "weder Milch noch Ei noch Nüsse" in " ".join(asked.split())
    editor.type("printf 'ist im roggenbrot milch?\\n2\\n' | datenschutz-bot chat --knowledge baeckerei")
    shown = " ".join(list(editor.said.values())[-1].split())
    assert "Was Backstube Korn schrieb In unseren Worten: Im Roggenbrot ist Buttermilch." in shown
    assert "Heute dazu Seit 2025 wird es ohne Milch gebacken." in shown
    editor.type("echo 'danke' | datenschutz-bot chat --knowledge baeckerei")
    assert "guten Appetit" in list(editor.said.values())[-1]


def test_what_it_says_of_cites_can_be_typed(editor: Editor) -> None:
    assert "datenschutz-bot cites uwg#par-7-2-2\n" in GUIDE
    editor.type("datenschutz-bot cites uwg#par-7-2-2")
    assert "[uwg#par-7-2-2] knowledge/entries/" in editor.said["datenschutz-bot cites uwg#par-7-2-2"]


def test_every_kind_of_file_and_value_is_shown() -> None:
    written = {
        step.file.partition("/")[2].split("/")[0] for step in steps("Ein ganz anderes Thema: der Bot einer Bäckerei")
    }
    kinds = {path.name for path in REAL.iterdir() if path.name not in ("README.md", ".index")}
    assert kinds | {"terms.yaml", "countries.yaml", "authorities.yaml", "emergencies.yaml"} <= written
    for verdict in get_args(Verdict):
        assert f"| `{verdict}` |" in GUIDE
    for value in (*get_args(Standing), *get_args(SourceKind), *get_args(Served), *get_args(EmergencyKind)):
        assert value in GUIDE
