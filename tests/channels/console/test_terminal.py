"""The real process on a real pseudo-terminal: what a person types, and what they see."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.channels.console.terminal import CTRL_C, CTRL_D, LEFT, UP, Terminal
from tests.small import HELP_LINK, write_small

Open = Callable[..., Terminal]

PRICE = "Was kostet der Eintritt ins Freibad?"
CHILDREN = "Ja, für Kinder ist der Eintritt frei."
DOGS = "Nein, Hunde bleiben draußen."
NOTHING: Mapping[str, str] = {}
#: A terminal on which nothing may steer the cursor.
PLAIN = ({"TERM": "dumb"}, {"TERM": ""}, {"NO_COLOR": "1"})


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Learnt once; the other processes find its index."""
    return write_small(tmp_path_factory.mktemp("terminal") / "knowledge")


@pytest.fixture
def opened(knowledge: Path) -> Iterator[Open]:
    """Open a terminal; the first prompt waits there, and what stands above it is `greeting`."""
    terminals: list[Terminal] = []

    def open_terminal(*arguments: str, columns: int = 80, **environment: str) -> Terminal:
        terminals.append(Terminal(knowledge, *arguments, columns=columns, **environment))
        return terminals[-1]

    yield open_terminal
    for terminal in terminals:
        terminal.close()


def talking(opened: Open, *, columns: int = 80, environment: Mapping[str, str] = NOTHING) -> Terminal:
    """A terminal that was greeted."""
    terminal = opened(columns=columns, **environment)
    terminal.until_prompt()
    return terminal


@pytest.mark.parametrize(("columns", "widest"), [(40, 60), (60, 60), (80, 80), (140, 100)])
def test_text_is_as_wide_as_the_window_within_bounds(columns: int, widest: int, opened: Open) -> None:
    # The screen itself is wider, so that nothing is broken but by us.
    terminal = talking(opened, columns=columns)
    # What was learnt before the first prompt is told on a line of another width.
    before = len(terminal.written)
    terminal.say("/datenschutz")
    told = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", terminal.written[before:])
    written = [len(line) for line in told.splitlines()]
    assert widest - 12 < max(written) <= widest


def test_a_resized_window_counts_from_the_next_reply_on(opened: Open) -> None:
    terminal = talking(opened, columns=140)
    wide = terminal.say("/hilfe").splitlines()
    terminal.resize(60)
    narrow = terminal.say("/hilfe").splitlines()
    assert max(map(len, wide)) > 80
    assert max(map(len, narrow)) <= 60


def test_a_link_is_never_broken(opened: Open) -> None:
    terminal = talking(opened, columns=60)
    terminal.say("Wie backe ich Kuchen?")
    terminal.say("Wie backe ich Kuchen?")
    assert len(HELP_LINK) > 60
    assert HELP_LINK in terminal.written


def test_what_matters_is_set_off_and_ends_with_its_line(opened: Open) -> None:
    terminal = talking(opened)
    terminal.say("Hunde im Freibad")
    assert f"\x1b[1m{DOGS} [1]\x1b[0m" in terminal.written
    assert "\x1b[1mQuellen\x1b[0m" in terminal.written
    assert "\x1b[2m    https://pool.example/rules\x1b[0m" in terminal.written


@pytest.mark.parametrize("environment", PLAIN, ids=str)
def test_without_escape_codes_everything_still_works(environment: dict[str, str], opened: Open) -> None:
    terminal = talking(opened, environment=environment)
    assert "  2) Kind" in terminal.say(PRICE)
    assert "Zur Auswahl stehen die Nummern 1 bis 4." in terminal.say("-1")
    assert CHILDREN in terminal.say("2")
    assert "Was möchten Sie wissen?" in terminal.say("")
    assert "Stellen Sie mir eine Frage" in terminal.say("/hilfe" + UP)
    terminal.type(CTRL_D)
    code, told = terminal.end()
    assert (code, told.splitlines()[-1]) == (0, "Auf Wiedersehen.")
    echo = terminal.written.replace("^[[A", "")
    assert "\x1b" not in echo


def test_an_empty_line_asks_what_to_do(opened: Open) -> None:
    terminal = talking(opened)
    for line in ("", "   ", "\t"):
        assert "Strg-D oder /ende beendet das Gespräch." in terminal.say(line)
    assert DOGS in terminal.say("Hunde im Freibad")


def test_a_line_can_be_edited(opened: Open) -> None:
    terminal = talking(opened)
    terminal.type("unde im Freibad" + LEFT * 15 + "H")
    assert DOGS in terminal.say("")


def test_an_earlier_line_comes_back_and_is_on_no_disk(opened: Open, tmp_path: Path) -> None:
    terminal = talking(opened, environment=dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(tmp_path)))
    terminal.say("Hunde im Freibad")
    terminal.say("danke")
    terminal.type(UP + UP)
    assert DOGS in terminal.say("")
    terminal.type(CTRL_D)
    assert terminal.end()[0] == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_deleted_conversation_is_not_in_the_history_either(opened: Open) -> None:
    terminal = talking(opened)
    terminal.say("Hunde im Freibad")
    terminal.say("/vergiss")
    terminal.type(UP + UP + UP)
    assert "Was möchten Sie wissen?" in terminal.say("")


def test_a_paste_of_several_lines_is_one_message(opened: Open) -> None:
    terminal = talking(opened)
    terminal.type("\x1b[200~Guten Tag,\n\nwir haben eine Frage.\r\nDürfen Hunde\nins Freibad?\x1b[201~")
    told = terminal.say("")
    assert told.count(DOGS) == 1
    assert "Guten Tag! " not in told


def test_ctrl_c_clears_the_line_and_on_an_empty_one_leaves(opened: Open) -> None:
    terminal = talking(opened)
    terminal.type("unsinn" + CTRL_C)
    assert DOGS in terminal.say("Hunde im Freibad")
    terminal.type(CTRL_C)
    code, told = terminal.end()
    assert (code, told.splitlines()[-1]) == (0, "Auf Wiedersehen.")


def test_ctrl_c_twice_leaves_where_the_terminal_edits_the_line(opened: Open) -> None:
    terminal = talking(opened, environment={"TERM": "dumb"})
    terminal.type("unsinn" + CTRL_C)
    assert "Noch einmal Strg-C" in terminal.until_prompt()
    assert DOGS in terminal.say("Hunde im Freibad")
    terminal.type(CTRL_C)
    terminal.until_prompt()
    terminal.type(CTRL_C)
    assert terminal.end()[0] == 0


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}], ids=str)
def test_an_interrupt_from_elsewhere_is_like_ctrl_c(environment: dict[str, str], opened: Open) -> None:
    terminal = talking(opened, environment=environment)
    terminal.interrupt()
    if environment:
        terminal.until_prompt()
        terminal.interrupt()
    code, told = terminal.end()
    assert (code, told.splitlines()[-1]) == (0, "Auf Wiedersehen.")


@pytest.mark.parametrize(
    ("environment", "greeting"),
    [
        ({"LC_ALL": "en_GB.UTF-8"}, "Ask me a question in your own words."),
        ({"LC_ALL": "de_AT.UTF-8"}, "Stellen Sie mir eine Frage"),
        ({"LC_ALL": "en_GB.UTF-8", "BOT_LANGUAGE": "de"}, "Stellen Sie mir eine Frage"),
    ],
)
def test_a_terminal_is_greeted_in_its_language(environment: dict[str, str], greeting: str, opened: Open) -> None:
    told = opened(**environment).until_prompt()
    assert greeting in told


def test_the_language_that_is_asked_for_comes_first(opened: Open) -> None:
    assert "Ctrl-D or /quit" in opened("--language", "en").until_prompt()


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}], ids=str)
def test_odd_keys_and_bytes_break_nothing(environment: dict[str, str], opened: Open) -> None:
    terminal = talking(opened, environment=environment)
    for keys in (
        "\x01\x02\x05\x06",
        "\x1b[5~\x1b[6~\x1bOP\x1b[999Z",
        "\ufffd\ud7ff\x7f",
        "👩‍👩‍👧\u202e",
        "\x16\x1b",
        "\x0c",
    ):
        terminal.type(keys)
    terminal.type_bytes(b"\xff\xfe\xc3\x28 \xed\xa0\x80")
    terminal.type("\r")
    terminal.until(lambda lines: lines[-1] == ">")
    terminal.type("x" * 2000 + "\r")
    terminal.type("Hunde im Freibad\r")
    terminal.until(lambda lines: any(DOGS in line for line in lines) and lines[-1] == ">")
    terminal.type("/ende\r")
    code, _ = terminal.end()
    assert code == 0
    assert "Traceback" not in terminal.written
    assert "Exception" not in terminal.written
