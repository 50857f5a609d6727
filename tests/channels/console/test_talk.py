"""The conversation without a process: what a line is taken for, how replies look, and that nothing breaks it."""

import asyncio
import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.channels.console import Console, Piped, Window, clean
from bot.channels.console.rendering import render, render_choices, render_styled
from bot.channels.console.typed import LEAVING, LONGEST_LINE, is_numeric, number
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Block, Choice, Citation, Line, Reply
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding
from tests.small import REAL

PRICE = "Was kostet der Eintritt ins Freibad?"


class Scripted:
    """A prompt at which these lines are typed."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = list(lines)

    async def read(self, hint: str) -> str | None:
        return self._lines.pop(0) if self._lines else None

    def forget(self) -> None:
        pass


def talked(small: Knowledge, matcher: Matcher, *lines: str, is_watched: bool = True) -> str:
    """What is written when a person types these lines."""

    async def talk() -> str:
        written = io.StringIO()
        store = MemoryStore(Retention(timedelta(hours=1)))
        assistant = Assistant(small, Understanding(small, matcher), store, "de")
        window = Window(written, {"TERM": "xterm"})
        console = Console(assistant.answer, Scripted(lines), window, lambda told, key: small.texts[told][key], "de")
        await console.run("here", is_watched=is_watched)
        await store.close()
        return written.getvalue()

    return asyncio.run(talk())


@pytest.mark.parametrize("typed", ["2", "02", "2.", "2)", "(2)", "#2", " 2 ", "２"])
def test_a_number_chooses(typed: str, small: Knowledge, small_matcher: Matcher) -> None:
    assert "Ja, für Kinder" in talked(small, small_matcher, PRICE, typed)


@pytest.mark.parametrize(
    "typed", ["-1", "-2", "+2", "0", "5", "99", "9" * 5_000, "1,5", "1.5", "1-2", "1/2", "½", "²", "−2", "2 2", "2€"]
)
def test_other_numbers_choose_nothing(typed: str, small: Knowledge, small_matcher: Matcher) -> None:
    told = " ".join(talked(small, small_matcher, PRICE, typed, "Kind").split())
    assert "Zur Auswahl stehen die Nummern 1 bis 4." in told
    assert "Ja, für Kinder" in told


@pytest.mark.parametrize("typed", ["-1", "-2", "+1", "option -2"])
def test_a_signed_number_is_no_choice_in_any_channel(typed: str, small: Knowledge, small_matcher: Matcher) -> None:
    told = talked(small, small_matcher, PRICE, f"{typed} bitte")
    assert "Saisonkarte" not in told
    assert "Ja, für Kinder" not in told


@pytest.mark.parametrize("word", sorted({*LEAVING, "EXIT", "/Quit"}))
def test_words_that_leave(word: str, small: Knowledge, small_matcher: Matcher) -> None:
    told = talked(small, small_matcher, word, "Hunde im Freibad")
    assert "Nein, Hunde" not in told
    assert told.endswith("Auf Wiedersehen.\n")


def test_nobody_is_greeted_over_a_pipe(small: Knowledge, small_matcher: Matcher) -> None:
    assert talked(small, small_matcher, "", "  ", is_watched=False) == ""


def test_a_pipe_is_a_transcript_that_steers_no_terminal() -> None:
    written = io.StringIO()
    prompt = Piped(io.StringIO("Guten\x1b[2J Tag\x07\r\nund\n"), written)
    lines = [asyncio.run(prompt.read("")) for _ in range(3)]
    assert lines == ["Guten\x1b[2J Tag\x07\r\n", "und\n", None]
    assert written.getvalue() == "\n> Guten\ufffd[2J Tag\ufffd\n\n> und\n\n> \n"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("\x1b[A", ""),
        ("Hunde\x1b[D\x1b[D im\x1bOP Freibad", "Hunde   im  Freibad"),
        ("\x1b]0;title\x07Hunde", "Hunde"),
        ("\x1b[200~Hunde\nim Freibad\x1b[201~", "Hunde\nim Freibad"),
        ("a\x00b\x7fc\x9bd", "a b c d"),
        ("\udcff\ud800x", "\ufffd\ufffdx"),
        ("👩\u200d👧 größer", "👩\u200d👧 größer"),
        ("\u202eabc", "abc"),
        ("x" * (LONGEST_LINE + 5), "x" * LONGEST_LINE),
    ],
)
def test_a_line_is_read_without_what_is_no_text(line: str, read: str) -> None:
    assert clean(line) == read


def test_what_is_a_number() -> None:
    assert [number(each) for each in ("3", "003", "12345", "3a", "")] == [3, 3, None, None, None]
    assert [is_numeric(each) for each in ("-1", "1,5", "3a", "drei", "", "?")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.one_of(st.text(), st.text("0123456789-+.,()#/ \x1b[A\n\t"), st.characters()), max_size=5))
def test_nothing_that_is_typed_breaks_the_conversation(
    lines: list[str], small: Knowledge, small_matcher: Matcher
) -> None:
    # What is typed may well look English.
    told = talked(small, small_matcher, PRICE, *lines, "/neu", "/deutsch", "Hunde im Freibad")
    assert "Nein, Hunde" in told or any(clean(line).lower() in LEAVING for line in lines)
    assert all(each.isprintable() or each in "\n\u00ad\u00a0\u200d" for each in told.replace("\u200c", ""))


LINK = "https://example.org/" + "a-very-long-path/" * 8
CITATION = Citation(1, "s", "c", "Ein Titel " * 12, "2024", LINK)
BLOCKS = (
    Block("text", (Line(f"Siehe {LINK} für mehr. " + "Wort " * 40),)),
    Block("verdict", (Line("Ja. " * 40, (1,)),)),
    Block("list", (Line("Punkt " * 40), Line("zwei")), title="Schritte"),
    Block("reasons", (Line("Erstens " * 20, (1,)), Line("Zweitens.", (1,)))),
    Block("quote", (Line("Zeile eins " * 20),)),
    Block("sources", title="Quellen"),
)


@pytest.mark.parametrize("width", [60, 80, 96, 100])
def test_lines_fit_and_links_are_whole(width: int) -> None:
    for block in BLOCKS:
        lines = render(block, (CITATION,), width)
        assert all(len(line) <= width or LINK in line for line in lines)
        assert (LINK in "\n".join(lines)) == (block.kind in ("text", "sources"))
    label = "Eine lange Auswahl " * 10
    shown = render_choices([Choice(label, "x"), Choice("kurz", "y")], width).splitlines()
    assert shown[0].startswith("  1) Eine")
    assert shown[1].startswith("     ")
    assert shown[-1] == "  2) kurz"
    assert max(map(len, shown)) <= width


def test_without_a_width_each_sentence_is_a_line() -> None:
    assert render(BLOCKS[3], ()) == [f"{'Erstens ' * 20} [1]", "Zweitens. [1]"]
    assert render(BLOCKS[2], ())[-1] == "- zwei"


def test_every_styled_line_ends_its_style() -> None:
    for line in render_styled(Reply("de", BLOCKS, (), (CITATION,)), 60).splitlines():
        assert line.count("\x1b[") in (0, 2)
        assert line.count("\x1b[") == 0 or line.endswith("\x1b[0m")


def test_the_texts_of_the_real_knowledge_have_whole_links(real: Knowledge) -> None:
    assert REAL.is_dir()
    for texts in (real.texts.de, real.texts.en):
        for text in texts.values():
            lines = render(Block("text", (Line(text),)), (), 60)
            links = [word for word in text.split() if word.startswith("https://")]
            assert all(any(link in line for line in lines) for link in links)
