"""What the documents say is true: the README's transcript, the editors' five minutes, and nothing of this machine."""

import io
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.channels.console import Console, Piped, Window
from bot.cli.check import all_problems
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.required import ASIDES, TEXTS
from bot.matching.matcher import Matcher
from bot.messages import COMMANDS
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.settings import VARIABLES
from bot.understanding import Understanding
from tests.small import REAL

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EDITORS = (REAL / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


async def test_the_transcript_is_what_the_bot_says(real: Knowledge, real_understanding: Understanding) -> None:
    (transcript,) = blocks(README, "text")
    typed = "".join(f"{line[2:]}\n" for line in transcript.splitlines() if line.startswith("> "))
    written = io.StringIO()
    store = MemoryStore(Retention(timedelta(hours=24)))
    assistant = Assistant(real, real_understanding, store, "de")
    prompt, window = Piped(io.StringIO(typed), written), Window(written, {})
    console = Console(assistant.answer, prompt, window, lambda spoken, key: real.texts[spoken][key], "de")
    await console.run("readme", is_watched=False)
    await store.close()
    said = " ".join(written.getvalue().split())
    # "[…]" marks what the README leaves out.
    position = 0
    for part in transcript.split("[…]"):
        position = said.find(" ".join(part.split()), position)
        assert position >= 0, part


def test_the_commands_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z]+)", README + EDITORS)):
        assert f"\n{target}:" in makefile, target
    of_others = {"healthz", "readyz", "metrics", "setinline"}
    for command in set(re.findall(r"`/([a-z]+)`", README)) - of_others:
        assert command in COMMANDS


def test_the_readme_names_every_variable() -> None:
    assert [name for name in VARIABLES if f"`{name}`" not in README] == []


def test_the_editors_five_minutes_lead_to_sound_knowledge(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(REAL, folder)
    entry, checks = blocks(EDITORS, "yaml")[:2]
    (folder / "entries/whatsapp-business/whatsapp-birthday.yaml").write_text(entry, encoding="utf-8")
    (folder / "checks/whatsapp-business/whatsapp-birthday.yaml").write_text(checks, encoding="utf-8")
    loaded = load(folder)
    assert [str(problem) for problem in all_problems(loaded, {})] == []
    decision = Matcher(loaded.knowledge).decide("darf ich kunden zum geburtstag gratulieren per whatsapp")
    assert decision.entry == "whatsapp-birthday"


def test_the_real_knowledge_is_sound() -> None:
    assert [str(problem) for problem in all_problems(load(REAL), {})] == []


def test_every_text_and_aside_that_is_required_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py") if path.stem != "required"
    )
    said = ("verdict_", "button_", "changed_", "page_", "command_", "not_text_", "blank_")
    # "one_" and "many_" are made of what is counted.
    made = (*said, "stored_", "privacy_basis_", "privacy_recipients_", "one_", "many_")
    unused = [key for key in (*TEXTS, *ASIDES) if not key.startswith(made) and not re.search(rf"['\"]{key}['\"]", code)]
    counted = set(re.findall(r"_counted\(\"([a-z]+)\"", code))
    unused += [key for key in TEXTS if key.startswith(("one_", "many_")) and key.split("_", 1)[1] not in counted]
    assert unused == []


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    # A file that was just removed is still listed until that is committed.
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).exists()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout knows which files are its own")
def test_no_file_names_a_path_of_a_machine_or_a_registry() -> None:
    strange = re.compile(r"(?<![\w.])/(?:work|home|root|opt)/[a-z]|pypi\.org|files\.pythonhosted")
    texts = {path: path.read_text(encoding="utf-8") for path in tracked_files() if path.suffix not in (".png", ".lock")}
    found = [str(path) for path, text in texts.items() if path != Path(__file__) and strange.search(text)]
    assert texts
    assert found == []


def test_reviews_are_planned_after_they_were_made(real: Knowledge) -> None:
    assert all(date(2026, 1, 1) <= entry.reviewed < entry.review_by for entry in real.entries.values())
