"""`new`: templates that say all there is to say, and leave alone what stands there already."""

import re
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from bot import settings
from bot.cli import main
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.messages import LANGUAGES, Language

Run = Callable[..., tuple[int, str, str]]

#: Every key that a reader takes, by the kind of template.
KEYS = {
    "entry": (
        "id title label kind subject asked_as not_asked_as facts if_unknown outcomes when verdict short why steps copy "
        "disputed source_says plain cites reviewed review_by see_also de en"
    ),
    "source": (
        "id kind title short publisher report_by read url provision_url published checked review_by author claims "
        "locator says today note quote see"
    ),
    "fact": (
        "about ask why counts undecided_as untold_as beside strictest_first apart identity options label stated "
        "said_as answered_as called_as supposed_as needs_certainty implies told_by leaves_untold"
    ),
    "term": "name said_as means cites entry de en",
    "country": "name said_as reply own cites authority de en",
    "authority": "land for name short url complaint breach checked de en",
    "emergency": "kind title said_as untold_as lines deadline_hours entries de en",
}
#: Kinds of which one file holds several.
TOGETHER = {
    "term": "terms.yaml",
    "country": "countries.yaml",
    "authority": "authorities.yaml",
    "emergency": "emergencies.yaml",
}
VERDICTS = ("yes", "yes-if", "rather-not", "no", "it-depends", "info")


@pytest.fixture
def new(small_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the small knowledge; exit code, output, errors."""
    for variable in settings.VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("BOT_KNOWLEDGE", str(small_folder))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def place(folder: Path, kind: str, name: str) -> Path:
    if kind in TOGETHER:
        return folder / TOGETHER[kind]
    below = {"entry": "entries/pool", "source": "sources", "fact": "facts"}[kind]
    return folder / f"{below}/{name}.yaml"


def check_lines(run: Run, language: Language) -> list[str]:
    code, out, err = run("check", "--language", language)
    assert (code, err) == (1, "")
    return out.splitlines()[:-1]


def todo_lines(path: Path) -> set[int]:
    """The lines in which a template leaves a text to be written."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return {number for number, line in lines if "TODO" in line and not line.lstrip().startswith("#")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KEYS)
def test_a_template_shows_every_key_with_a_comment(kind: str, language: Language, new: Run, small_folder: Path) -> None:
    there = place(small_folder, kind, "x")
    before = there.read_text(encoding="utf-8") if there.exists() else ""
    code, _, err = new("new", kind, "slide-rules", "--language", language)
    assert (code, err) == (0, "")
    written = place(small_folder, kind, "slide-rules").read_text(encoding="utf-8").removeprefix(before)
    yaml.safe_load(written)
    for key in KEYS[kind].split():
        assert re.search(rf"^[# -]*{key}:", written, re.MULTILINE), key
    commented = [line for line in written.splitlines() if re.match(r"[# -]*[a-z_]+:", line)]
    own = [line for line in commented if not re.match(r"[# ]*(de|en):|[# ]*option-2|    label:$|    said_as:$", line)]
    assert all("    # " in line for line in own), [line for line in own if "    # " not in line]
    if kind == "entry":
        assert all(verdict in written for verdict in VERDICTS)
        assert "cites: [" in written
    assert ("Satz" in written or "Frage" in written or "Quelle" in written) == (language == "de")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KEYS)
def test_check_names_just_what_is_to_be_filled_in(kind: str, language: Language, new: Run, small_folder: Path) -> None:
    assert new("new", kind, "slide-rules", "--language", language)[0] == 0
    files = [place(small_folder, kind, "slide-rules")]
    files += [small_folder / "checks/pool/slide-rules.yaml"] if kind == "entry" else []
    wanted = {f"{path}:{number}" for path in files for number in todo_lines(path)}
    told = check_lines(new, language)
    assert {":".join(line.split(":")[:2]) for line in told} == wanted
    assert len(told) == len(wanted)
    word = {"de": "ist noch auszufüllen", "en": "is still to be filled in"}[language]
    assert all(word in line for line in told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["term", "country", "authority", "emergency"])
def test_what_is_told_beside_the_answers_is_sound_as_soon_as_it_is_filled_in(
    kind: str, language: Language, new: Run, small_folder: Path
) -> None:
    assert new("new", kind, "slide", "--language", language)[0] == 0
    path = place(small_folder, kind, "slide")
    text = path.read_text(encoding="utf-8").replace("TODO https://…", "https://pool.example/").replace("TODO ", "")
    path.write_text(re.sub(r"\[(quelle#aussage|source#claim)\]", "[pool-rules#hours]", text), encoding="utf-8")
    code, out, _ = new("check", "--no-questions", "--language", "en")
    assert (code, [line for line in out.splitlines() if path.name in line]) == (0, [])


def test_an_entry_comes_with_its_checks_and_says_what_to_do_next(new: Run, small_folder: Path) -> None:
    _, out, _ = new("new", "entry", "slide", "--language", "de")
    wrote, checks, following = out.splitlines()
    assert wrote == f"geschrieben: {small_folder}/entries/pool/slide.yaml"
    assert checks == f"geschrieben: {small_folder}/checks/pool/slide.yaml"
    assert following.startswith("Als Nächstes: Füllen Sie aus, wo TODO steht.")
    assert following.endswith(f"datenschutz-bot check --knowledge {small_folder}")
    _, out, _ = new("new", "source", "slide", "--language", "en")
    assert out.startswith(f"written: {small_folder}/sources/slide.yaml\nNext: fill in wherever it says TODO.")
    assert date.today().isoformat() in (small_folder / "sources/slide.yaml").read_text(encoding="utf-8")


def test_an_entry_goes_into_the_folder_that_is_named(new: Run, small_folder: Path) -> None:
    assert new("new", "entry", "slide", "--topic", "attractions")[0] == 0
    assert (small_folder / "entries/attractions/slide.yaml").is_file()
    assert (small_folder / "checks/attractions/slide.yaml").is_file()
    code, _, err = new("new", "entry", "sauna", "--language", "en")
    assert code == 2
    assert "--topic: attractions, pool" in err
    assert len(err.splitlines()) == 1


def test_nothing_is_overwritten(new: Run, small_folder: Path) -> None:
    before = {path: path.read_bytes() for path in small_folder.rglob("*.yaml")}
    (small_folder / "checks/pool/slide.yaml").write_text("mine\n", encoding="utf-8")
    for kind, name in (("entry", "pool-dogs"), ("entry", "slide"), ("source", "old-flyer"), ("fact", "visitor")):
        code, out, err = new("new", kind, name, "--language", "de")
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert "nichts geschrieben" in err
    assert all(path.read_bytes() == content for path, content in before.items())
    assert (small_folder / "checks/pool/slide.yaml").read_text(encoding="utf-8") == "mine\n"
    assert not (small_folder / "entries/pool/slide.yaml").exists()
    # Nor in another folder: an id is one entry's.
    assert new("new", "entry", "pool-dogs", "--topic", "other")[0] == 2


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Größe_der Rutsche", "groesse-der-rutsche"),
        ("--", None),
        ("Ünïcode", "uenicode"),
        ("a" * 50, "a" * 40),
        ("../../etc", "etc"),
        ("slide.yaml", "slide-yaml"),
        ("SLIDE", "slide"),
    ],
)
@pytest.mark.parametrize("kind", KEYS)
def test_a_bad_name_is_refused_with_the_nearest_good_one(
    kind: str, name: str, near: str | None, new: Run, small_folder: Path
) -> None:
    before = sorted(small_folder.rglob("*"))
    code, out, err = new("new", kind, "--language", "en", "--", name)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert (f"how about {near}?" in err) if near else ("how about" not in err)
    assert sorted(small_folder.rglob("*")) == before


def test_an_option_of_another_kind_is_refused(new: Run) -> None:
    assert "--topic" in new("new", "source", "x", "--topic", "y")[2]
    assert "--languages" in new("new", "entry", "x", "--languages", "de")[2]


def test_a_template_has_the_languages_of_its_knowledge(new: Run, tmp_path: Path) -> None:
    for language, other in (("de", "en"), ("en", "de")):
        folder = tmp_path / language
        assert new("new", "knowledge", str(folder), "--languages", language)[0] == 0
        for kind in KEYS:
            assert new("new", kind, "slide", "--knowledge", str(folder), "--language", other)[0] == 0
        for path in folder.rglob("*.yaml"):
            written = path.read_text(encoding="utf-8")
            assert not re.search(rf"^[# -]*{other}:", written, re.MULTILINE), path
        loaded = load(folder)
        assert all("TODO" in problem.en for problem in loaded.problems)


def test_a_knowledge_is_not_begun_where_something_lies(new: Run, tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used/notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name in ("used", "file"):
        code, _, err = new("new", "knowledge", str(tmp_path / name), "--language", "de")
        assert code == 2
        assert "gibt es schon" in err
    assert new("new", "knowledge", str(tmp_path / "empty"))[0] == 0
    assert sorted(each.name for each in (tmp_path / "used").iterdir()) == ["notes.txt"]


@pytest.mark.parametrize("languages", ["fr", "de,fr", "de,de", "", "de;en"])
def test_only_languages_that_exist_can_be_named(languages: str, new: Run, tmp_path: Path) -> None:
    code, _, err = new("new", "knowledge", str(tmp_path / "x"), "--languages", languages, "--language", "en")
    assert (code, len(err.splitlines())) == (2, 1)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ['Bäckerei & Café: "Korn"', "{x}", "$HOME", "'s", "#1", "- a", "…"])
def test_a_folder_of_any_name_makes_a_sound_knowledge(name: str, new: Run, tmp_path: Path) -> None:
    folder = tmp_path / name
    assert new("new", "knowledge", str(folder), "--languages", "en,de")[0] == 0
    code, out, _ = new("check", "--knowledge", str(folder), "--language", "en")
    assert code == 0
    assert out.splitlines()[-1].startswith("sound: 1 entries, 1 sources, 1 claims, each claim cited")
    assert not any(line.startswith(str(folder)) for line in out.splitlines())


def test_nothing_is_written_into_the_installed_package(
    new: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("BOT_KNOWLEDGE")
    inside = KnowledgeFolder(Path(str(files("bot"))) / "_knowledge", "knowledge")
    monkeypatch.setattr("bot.cli.commands.new.folder", lambda *_: inside)
    code, out, err = new("new", "source", "slide", "--language", "en")
    assert (code, out) == (2, "")
    assert "name your folder with --knowledge" in err
    assert not inside.path.exists()
