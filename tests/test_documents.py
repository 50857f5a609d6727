"""What the documents say is true: commands, links, settings; and nothing of this machine."""

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.cli.check import all_problems
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.required import ASIDES, TEXTS
from bot.matching.matcher import Matcher
from bot.messages import COMMANDS
from bot.settings import VARIABLES
from tests.cli.starting import program
from tests.small import REAL

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EDITORS = (REAL / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_readme_is_short() -> None:
    assert len(README.split()) < 900


def test_the_number_of_entries_is_todays(real: Knowledge) -> None:
    count = len(real.entries)
    assert f"It knows {count} questions" in README
    assert f"{count} Fragen zu" in (ROOT / "LIESMICH.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [line for block in blocks(README, "sh") for line in block.splitlines() if line.startswith("datenschutz-bot")],
)
def test_what_the_readme_says_to_type_works(command: str, tmp_path: Path, real_matcher: Matcher) -> None:
    for name in ("messages.txt", "questions.txt"):
        (tmp_path / name).write_text("Darf ich Angebote per WhatsApp verschicken?\n", encoding="utf-8")
    program(tmp_path / "bin/datenschutz-bot", knows_the_real_one=True)
    own = {**os.environ, "PATH": f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=own, capture_output=True, check=False)  # noqa: S607
    # 4: it asks for a fact, as it would in a dialogue.
    assert (done.returncode in (0, 4), done.stderr) == (True, b"")
    assert len(done.stdout) > 100


PAGES = ("README.md", "LIESMICH.md", "BENCHMARKS.md", "knowledge/README.md", "deploy/README.md", "deploy/MONITORING.md")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_that_is_linked_exists(name: str) -> None:
    # Not what stands in backticks: it shows what a link looks like.
    text = re.sub(r"`[^`\n]*`", "", (ROOT / name).read_text(encoding="utf-8"))
    linked = re.findall(r"\]\(([\w./-]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"", text)
    assert [found for link in linked if not ((ROOT / name).parent / (found := "".join(link))).exists()] == []


def test_the_commands_that_the_readme_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z]+)", README + EDITORS)):
        assert f"\n{target}:" in makefile, target
    of_others = {"healthz", "readyz", "metrics", "setinline"}
    for command in set(re.findall(r"`/([a-z]+)`", README)) - of_others:
        assert command in COMMANDS


def test_the_guide_names_every_variable() -> None:
    guide = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    settings = guide.partition("## Settings")[2].partition("\n## ")[0]
    assert [name for name in VARIABLES if f"`{name}`" not in settings] == []


def test_the_real_knowledge_is_sound() -> None:
    assert [str(problem) for problem in all_problems(load(REAL), {})] == []


def test_every_text_and_aside_that_is_required_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py") if path.stem != "required"
    )
    said = ("verdict_", "button_", "changed_", "page_", "command_", "not_text_", "blank_")
    # "one_" and "many_" are made of what is counted.
    made = (*said, "about_", "turn_", "complaint_", "stored_", "privacy_basis_", "privacy_recipients_", "one_", "many_")
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
