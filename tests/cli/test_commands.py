"""The command line as a person or a program uses it: output, one clear line for a fault, exit codes."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small_folder: Path) -> Run:
    """Run a command on the small knowledge; exit code, output, errors."""
    for variable in ("BOT_STORE", "BOT_SESSION_HOURS", "BOT_LANGUAGE", "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("BOT_KNOWLEDGE", str(small_folder))

    def run_command(*arguments: str, typed: str = "", **environment: str) -> tuple[int, str, str]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            code = main(arguments)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


def test_chat_reads_a_pipe(run: Run) -> None:
    code, out, _ = run("chat", typed="Was kostet der Eintritt ins Freibad?\nKind\n")
    assert code == 0
    assert "> Was kostet der Eintritt ins Freibad?" in out
    assert "  1) Erwachsene" in out
    assert "Ja, für Kinder ist der Eintritt frei. [1]" in out
    assert "[1] Badeordnung (Mai 2024)" in out


def test_chat_takes_numbers_and_commands(run: Run) -> None:
    code, out, _ = run("chat", typed="Was kostet der Eintritt ins Freibad?\n2\n/quellen\n/nonsense\n9\n")
    assert code == 0
    assert "Ja, für Kinder" in out
    assert "http://pool.example/flyer" in out
    assert "Diesen Befehl kenne ich nicht." in out


def test_chat_begins_in_the_language_it_is_told(run: Run) -> None:
    _, out, _ = run("chat", "--language", "en", typed="/hilfe\n")
    assert "Ask me a question in your own words." in out


def test_chat_goes_on_where_it_was_when_a_store_is_named(run: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/s.sqlite3"
    run("chat", typed="Was kostet der Eintritt ins Freibad?\n", BOT_STORE=store)
    _, out, _ = run("chat", typed="Kind\n", BOT_STORE=store)
    assert "Ja, für Kinder ist der Eintritt frei." in out


def test_chat_without_a_store_remembers_nothing(run: Run) -> None:
    run("chat", typed="Was kostet der Eintritt ins Freibad?\n")
    _, out, _ = run("chat", typed="Kind\n")
    assert "Ja, für Kinder" not in out


def test_ask_answers_or_asks_back(run: Run) -> None:
    code, out, _ = run("ask", "Was kostet der Eintritt ins Freibad?")
    assert code == 0
    assert "Wer möchte baden?" in out
    assert "  - Erwachsene" in out


def test_ask_json_asking(run: Run) -> None:
    _, out, _ = run("ask", "--json", "Was kostet der Eintritt ins Freibad?")
    told = json.loads(out)
    assert (told["state"], told["decision"], told["entry"], told["verdict"]) == (
        "asking",
        "matched",
        "pool-price",
        None,
    )
    assert told["ask"]["fact"] == "visitor"
    assert told["ask"]["options"] == [{"value": "adult", "label": "Erwachsene"}, {"value": "child", "label": "Kind"}]


def test_ask_json_answered_with_facts(run: Run) -> None:
    _, out, _ = run("ask", "--json", "pool price", "--fact", "visitor=adult", "--fact", "ticket=no")
    told = json.loads(out)
    assert (told["language"], told["state"], told["verdict"]) == ("en", "answered", "no")
    assert told["facts"] == {"visitor": "adult", "ticket": "no"}
    assert told["ask"] is None
    assert {
        "source": "old-flyer",
        "claim": "f1",
        "quote": "Eintritt: drei Mark",
        "url": "http://pool.example/flyer",
    } in told["citations"]
    assert "No, adults pay five euros." in told["text"]


def test_ask_json_when_a_fact_is_not_known(run: Run) -> None:
    _, out, _ = run("ask", "--json", "pool price", "--fact", "visitor=unknown", "--fact", "ticket=unknown")
    told = json.loads(out)
    assert (told["state"], told["verdict"]) == ("answered", "it-depends")


def test_ask_json_declined(run: Run) -> None:
    _, out, _ = run("ask", "--json", "Wie backe ich Kuchen?")
    told = json.loads(out)
    assert (told["state"], told["decision"], told["entry"], told["citations"]) == ("declined", "unmatched", None, [])


def test_facts_on_the_command_line_win_over_the_question(run: Run) -> None:
    _, out, _ = run("ask", "--json", "Freibad Preise mein Kind", "--fact", "visitor=adult")
    assert json.loads(out)["facts"]["visitor"] == "adult"


def test_match_answers_line_by_line_in_order(run: Run) -> None:
    code, out, _ = run("match", typed="Hunde im Freibad\n\nWie backe ich Kuchen?\nais dogs allowed with my child\n")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [line["question"] for line in lines] == [
        "Hunde im Freibad",
        "",
        "Wie backe ich Kuchen?",
        "ais dogs allowed with my child",
    ]
    assert [line["entry"] for line in lines][:3] == ["pool-dogs", None, None]
    assert lines[0]["decision"] == "matched"
    assert lines[3]["facts"] == {"visitor": "child"}
    assert all(set(line) == {"question", "language", "decision", "entry", "candidates", "facts"} for line in lines)
    assert all(set(each) == {"entry", "score"} for line in lines for each in line["candidates"])


def test_check_says_sound_or_exits_with_1(run: Run, small_folder: Path) -> None:
    assert run("check")[:2] == (0, "sound: 3 entries, 2 sources, 6 claims, each claim cited\n")
    (small_folder / "facts.yaml").write_text("", encoding="utf-8")
    code, out, _ = run("check")
    assert code == 1
    assert "facts.yaml:1: the file is empty" in out


def test_graph_draws_the_machine_and_an_entry(run: Run) -> None:
    assert run("graph")[1].startswith("flowchart LR")
    assert run("graph", "pool-price")[1].startswith("flowchart TD")


def test_eval_reports_a_table_and_json(run: Run, tmp_path: Path, small_folder: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(
        "- {id: 1, lang: de, text: Was kostet der Eintritt ins Freibad?, entries: [pool-price]}\n"
        "- {id: 2, lang: de, text: Wie backe ich Kuchen?}\n",
        encoding="utf-8",
    )
    code, out, _ = run("eval", str(file), str(small_folder / "checks"))
    assert code == 0
    assert "in scope" in out
    assert "out of scope" in out
    told = json.loads(run("eval", "--json", str(file))[1])
    assert told["groups"] == {"in scope": {"right": 1}, "out of scope": {"declined": 1}}
    assert told["questions"][0]["candidates"][0]["entry"] == "pool-price"


def fault(result: tuple[int, str, str]) -> str:
    code, _, err = result
    assert code == 2
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("variable", "value"),
    [("BOT_STORE", "mongo://x"), ("BOT_SESSION_HOURS", "soon"), ("BOT_LANGUAGE", "fr"), ("TELEGRAM_API_BASE_URL", "x")],
)
def test_a_bad_setting_is_one_line_that_names_it(variable: str, value: str, run: Run) -> None:
    assert variable in fault(run("chat", **{variable: value}))


def test_telegram_without_a_token_names_the_variable(run: Run) -> None:
    assert "TELEGRAM_BOT_TOKEN" in fault(run("telegram"))


def test_an_unknown_fact_or_option_is_named_with_the_possible_ones(run: Run) -> None:
    assert "visitor, ticket" in fault(run("ask", "x", "--fact", "age=3"))
    assert "adult, child, unknown" in fault(run("ask", "x", "--fact", "visitor=giant"))


def test_an_unknown_entry_is_named_with_the_nearest(run: Run) -> None:
    assert 'did you mean "pool-price"' in fault(run("graph", "pool-prize"))


def test_files_that_cannot_be_evaluated_are_named(run: Run, tmp_path: Path) -> None:
    assert "none.yaml" in fault(run("eval", str(tmp_path / "none.yaml")))
    odd = tmp_path / "odd.yaml"
    odd.write_text("just text", encoding="utf-8")
    assert "odd.yaml" in fault(run("eval", str(odd)))
    odd.write_text("[]", encoding="utf-8")
    assert "no questions" in fault(run("eval", str(odd)))


def test_a_store_that_cannot_be_opened_is_named(run: Run, tmp_path: Path) -> None:
    assert "BOT_STORE" in fault(run("chat", BOT_STORE=f"sqlite:///{tmp_path}"))


def test_originals_that_do_not_exist_are_named(run: Run, tmp_path: Path) -> None:
    assert "originals" in fault(run("check", "--originals", str(tmp_path / "nowhere")))


def test_an_unknown_command_or_option_exits_with_2(run: Run) -> None:
    assert run("dance")[0] == 2
    assert run("chat", "--loud")[0] == 2
    assert run()[0] == 2


def test_broken_knowledge_is_refused_with_1(run: Run, small_folder: Path) -> None:
    (small_folder / "lexicon.yaml").write_text("concepts: [a]\n", encoding="utf-8")
    code, _, err = run("ask", "x")
    assert code == 1
    assert "lexicon.yaml:1: " in err
    assert "Traceback" not in err


def test_a_knowledge_folder_that_does_not_exist_is_refused(run: Run) -> None:
    code, _, err = run("ask", "x", "--knowledge", "nowhere")
    assert code == 1
    assert "nowhere: no such folder" in err


def test_a_small_knowledge_of_ones_own_needs_no_quotas(run: Run, small_folder: Path) -> None:
    path = small_folder / "entries/pool/pool-dogs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('    - "Freibad mit Hund"\n', ""), encoding="utf-8")
    assert run("check")[0] == 1
    assert run("ask", "Hunde im Freibad")[0] == 0
