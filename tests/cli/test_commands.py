"""The command line as a person or a program uses it: output, one clear line for a fault, exit codes."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import settings
from bot.cli import main
from bot.knowledge.model import Knowledge

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small_folder: Path) -> Run:
    """Run a command on the small knowledge; exit code, output, errors."""
    for variable in settings.VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("BOT_KNOWLEDGE", str(small_folder))
    # The language of messages; that of answers is BOT_LANGUAGE's.
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

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
    assert "[1] Badeordnung, Nr. 2 (Mai 2024)" in out


def test_chat_takes_numbers_and_commands(run: Run) -> None:
    code, out, _ = run("chat", typed="Was kostet der Eintritt ins Freibad?\n2\n/quellen\n/nonsense\n9\n")
    assert code == 0
    assert "Ja, für Kinder" in out
    assert "http://pool.example/flyer" in out
    assert "Diesen Befehl kenne ich nicht." in out


def test_chat_reads_a_number_as_a_whole(run: Run) -> None:
    question = "Was kostet der Eintritt ins Freibad?\n"
    assert "Ja, für Kinder" in run("chat", typed=f"{question}00002\n")[1]
    for beyond in ("00012", "0", "000", "9" * 5_000):
        code, out, _ = run("chat", typed=f"{question}{beyond}\n")
        assert code == 0
        assert "Saisonkarte" not in out
        assert "Ja, für Kinder" not in out


def test_chat_begins_in_the_language_it_is_told(run: Run) -> None:
    _, out, _ = run("chat", "--language", "en", typed="/hilfe\n")
    assert "Ask me a question in your own words." in out


def test_chat_goes_on_where_it_was_when_a_store_is_named(run: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/s.sqlite3"
    run("chat", typed="Was kostet der Eintritt ins Freibad?\n", BOT_STORE=store)
    _, out, _ = run("chat", typed="Kind\n", BOT_STORE=store)
    assert "Ja, für Kinder ist der Eintritt frei." in out


def test_chat_tells_once_of_the_key_that_it_makes(run: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/s.sqlite3"
    assert f"made a key for the store: {tmp_path}/s.sqlite3.key" in run("chat", BOT_STORE=store)[2]
    assert run("chat", BOT_STORE=store)[2] == ""


def test_chat_offers_only_what_can_be_pressed_in_a_terminal(run: Run) -> None:
    _, out, _ = run("chat", typed="Hunde im Freibad\n")
    assert ") 👎" in out
    assert "Teilen" not in out


def test_chat_counts_a_vote_once(run: Run) -> None:
    code, out, _ = run("chat", typed="Hunde im Freibad\n2\nHunde im Freibad\n2\n")
    assert code == 0
    assert out.count("das ist gezählt") == 1
    assert "ist schon gezählt" in out


def test_chat_takes_a_donated_question(run: Run, tmp_path: Path) -> None:
    question = "Wie backe ich Kuchen?"
    _, out, _ = run("chat", typed=f"{question}\n1\n1\n", BOT_STORE=f"sqlite:///{tmp_path}/s.sqlite3")
    assert "1) An die Redaktion geben" in out
    assert f"| {question}" in out
    assert "liegt jetzt bei der Redaktion" in out


def test_chat_keeps_its_numbers_while_they_can_be_seen(run: Run, tmp_path: Path) -> None:
    question = "Wie backe ich Kuchen?"
    typed = f"{question}\ndanke\n1\n/hilfe\n1\n/neu\n1\n"
    _, out, _ = run("chat", typed=typed, BOT_STORE=f"sqlite:///{tmp_path}/s.sqlite3")
    assert f"| {question}" in out
    assert out.count("liegt jetzt bei der Redaktion") == 1
    assert "zurück" not in out.rpartition("> /neu")[2]


def test_chat_tells_and_deletes_what_it_has_stored(run: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/s.sqlite3"
    typed = "/meinedaten\nWas kostet der Eintritt ins Freibad für mein Kind?\n/meinedaten\n/vergiss\n/meinedaten\n"
    code, out, _ = run("chat", typed=typed, BOT_STORE=store)
    assert code == 0
    assert out.count("Mit Ihnen verknüpft ist nichts gespeichert.") == 2
    assert "Angaben: Kind" in out
    assert "Gelöscht: Ihr Gespräch, eine Angabe." in out


def test_chat_says_what_the_terminal_keeps(run: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/s.sqlite3"
    _, out, _ = run("chat", typed="/datenschutz\n", BOT_SESSION_HOURS="12", BOT_STORE=store)
    out = " ".join(out.split())
    assert "Dauer: 12 Stunden nach Ihrer letzten Nachricht" in out
    assert "In diesem Fenster bleibt alles auf diesem Rechner" in out
    assert "Telegram" not in out


@pytest.mark.parametrize("environment", [{}, {"BOT_STORE": "memory:"}], ids=str)
def test_chat_without_a_store_says_that_it_keeps_nothing(environment: dict[str, str], run: Run) -> None:
    typed = "/datenschutz\nHunde im Freibad\n/meinedaten\nWie backe ich Kuchen?\n"
    _, out, _ = run("chat", typed=typed, **environment)
    out = " ".join(out.split())
    assert "Gespeichert wird hier nichts." in out
    assert "Was gespeichert wird" not in out
    assert "Dauer:" not in out
    assert "Auf keinem Datenträger ist etwas von Ihnen gespeichert." in out
    assert "mit dem Ende dieses Programms" in out
    assert "verschlüsselt" not in out
    assert "Redaktion" not in out


def test_chat_in_english_says_that_it_keeps_nothing(run: Run) -> None:
    _, out, _ = run("chat", "--language", "en", typed="/privacy\nDogs at the pool\n/mydata\nHow do I bake a cake?\n")
    out = " ".join(out.split())
    assert "Nothing is stored here." in out
    assert "Nothing about you is stored on any disk." in out
    assert "encrypted" not in out
    assert "editors" not in out


def test_chat_with_a_store_says_what_is_held(run: Run, tmp_path: Path) -> None:
    typed = "Hunde im Freibad\n/meinedaten\n"
    _, out, _ = run("chat", typed=typed, BOT_STORE=f"sqlite:///{tmp_path}/s.sqlite3")
    out = " ".join(out.split())
    assert "Das ist mit Ihnen verknüpft gespeichert, verschlüsselt" in out
    assert "Arbeitsspeicher" not in out
    assert "eine Datei wird dafür nicht geschrieben" in out


def test_chat_without_a_store_remembers_nothing(run: Run) -> None:
    run("chat", typed="Was kostet der Eintritt ins Freibad?\n")
    _, out, _ = run("chat", typed="Kind\n")
    assert "Ja, für Kinder" not in out


def test_ask_answers_or_asks_back(run: Run) -> None:
    code, out, _ = run("ask", "Was kostet der Eintritt ins Freibad?")
    assert code == 4
    assert "Wer möchte baden?" in out
    assert "  - Erwachsene" in out
    code, out, _ = run("ask", "Hunde im Freibad")
    assert code == 0
    assert "Nein, Hunde" in out


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
    assert "No, adults pay five euros." in told["text"]


def test_ask_json_cites_a_law_by_its_provision_in_its_own_words(run: Run) -> None:
    _, out, _ = run("ask", "--json", "dogs at the pool")
    assert {
        "source": "pool-law",
        "claim": "par-3-1-2",
        "quote": "Fernzuhalten sind […] 2. Tiere,",
        "url": "https://law.example/badg/__3.html",
        "kind": "statute",
    } in json.loads(out)["citations"]


def test_ask_json_when_a_fact_is_not_known(run: Run) -> None:
    _, out, _ = run("ask", "--json", "pool price", "--fact", "visitor=unknown", "--fact", "ticket=unknown")
    told = json.loads(out)
    assert (told["state"], told["verdict"]) == ("answered", "it-depends")


def test_ask_json_declined(run: Run) -> None:
    code, out, _ = run("ask", "--json", "Wie backe ich Kuchen?")
    assert code == 3
    told = json.loads(out)
    assert (told["state"], told["decision"], told["entry"], told["citations"]) == ("declined", "unmatched", None, [])


def test_ask_speaks_the_language_that_it_is_asked_to(run: Run, small: Knowledge) -> None:
    told = json.loads(run("ask", "--json", "english")[1])
    assert (told["language"], told["decision"]) == ("en", "unmatched")
    assert told["text"] == small.texts.en["language_switched"]


@pytest.mark.parametrize("said", ["bis bald", "danke", "hilfe"])
def test_ask_json_small_talk_is_no_match(said: str, run: Run) -> None:
    code, out, _ = run("ask", "--json", said)
    told = json.loads(out)
    assert (code, told["decision"], told["entry"], told["state"]) == (0, "unmatched", None, "told")


def test_ask_json_decides_as_the_bot_does(run: Run) -> None:
    for question in ("Was kostet der Eintritt ins Freibad?", "Freibad", "pool", "Wie backe ich Kuchen?"):
        told = json.loads(run("ask", "--json", question)[1])
        assert (told["decision"] == "matched") == (told["entry"] is not None)
        assert (told["decision"] == "ambiguous") == bool(told["choices"])


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
    keys = {"question", "language", "decision", "entry", "offered", "candidates", "facts"}
    assert all(set(line) == keys for line in lines)
    assert all(set(each) == {"entry", "score"} for line in lines for each in line["candidates"])


def test_match_keeps_to_the_language_that_is_set(run: Run) -> None:
    assert json.loads(run("match", typed="xyz\n")[1])["language"] == "de"
    assert json.loads(run("match", typed="xyz\n", BOT_LANGUAGE="en")[1])["language"] == "en"


def test_check_says_sound_or_exits_with_1(run: Run, small_folder: Path) -> None:
    assert run("check", "--no-questions")[:2] == (0, "sound: 3 entries, 3 sources, 7 claims, each claim cited\n")
    (small_folder / "facts/ticket.yaml").write_text("", encoding="utf-8")
    code, out, _ = run("check")
    assert code == 1
    assert "facts/ticket.yaml:1: the file is empty" in out


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


def test_eval_breaks_down_by_language_topic_and_length(run: Run, small_folder: Path) -> None:
    told = json.loads(run("eval", "--json", str(small_folder / "checks"))[1])
    total = sum(sum(found.values()) for found in told["groups"].values())
    assert total > 10
    for name in ("by_language", "by_topic", "by_length"):
        assert sum(sum(found.values()) for found in told[name].values()) == total
    assert set(told["by_language"]) == {"de", "en"}
    assert "pool" in told["by_topic"]
    assert set(told["calibration"]["thresholds"]) == {"de", "en"}
    assert told["pairs"] == {"total": 0, "faults": []}


def test_eval_names_the_thief_and_its_words(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    question = "Was kostet der Eintritt ins Freibad?"
    file.write_text(f"- {{id: 1, lang: de, text: {question}, entries: [pool-dogs]}}\n", encoding="utf-8")
    (confusion,) = json.loads(run("eval", "--json", str(file))[1])["confusions"]
    assert (confusion["entry"], confusion["stolen_by"], confusion["count"]) == ("pool-dogs", "pool-price", 1)
    assert any("kostet" in word or "price" in word for word in confusion["words"])
    assert "pool-price ranked before pool-dogs: 1, by" in run("eval", str(file))[1]


def test_eval_explains_a_question(run: Run) -> None:
    told = json.loads(run("eval", "--json", "--explain", "Darf mein Hund ins Freibadd?")[1])
    best = told["candidates"][0]
    assert best["entry"] == "pool-dogs"
    assert best["reasons"][0]["amount"] > 0
    assert "freibad" in told["read_as"]
    assert "dog" in told["ideas"]
    lines = run("eval", "--explain", "Darf mein Hund ins Freibadd?")[1]
    assert "for: " in lines
    assert "against: " in lines


def test_eval_compares_with_an_earlier_report(run: Run, tmp_path: Path) -> None:
    file, report = tmp_path / "questions.yaml", tmp_path / "report.json"
    question = "{id: 1, lang: de, text: Was kostet der Eintritt ins Freibad?, entries: [%s]}"
    file.write_text(f"- {question % 'pool-dogs'}\n", encoding="utf-8")
    report.write_text(run("eval", "--json", str(file))[1], encoding="utf-8")
    assert "0 end otherwise" in run("eval", str(file), "--compare", str(report))[1]
    file.write_text(f"- {question % 'pool-price'}\n", encoding="utf-8")
    told = run("eval", str(file), "--compare", str(report))[1]
    assert "1 end otherwise, 0 of them worse" in told
    assert "better: wrong -> right" in told


def test_eval_needs_something_to_evaluate(run: Run, tmp_path: Path) -> None:
    assert "needs files" in fault(run("eval"))
    assert "cannot be read" in fault(run("eval", "x", "--compare", str(tmp_path / "none.json")))
    (tmp_path / "odd.json").write_text("{}", encoding="utf-8")
    assert "is no report" in fault(run("eval", "x", "--compare", str(tmp_path / "odd.json")))


def test_eval_needs_no_fast_loader(run: Run, monkeypatch: pytest.MonkeyPatch, small_folder: Path) -> None:
    monkeypatch.delattr("yaml.CSafeLoader")
    assert run("eval", str(small_folder / "checks"))[0] == 0


def fault(result: tuple[int, str, str]) -> str:
    code, _, err = result
    assert code == 2
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BOT_STORE", "mongo://x"),
        ("BOT_STORE_KEY", "x"),
        ("BOT_SESSION_HOURS", "soon"),
        ("BOT_DONATION_DAYS", "0"),
        ("BOT_LANGUAGE", "fr"),
        ("TELEGRAM_API_BASE_URL", "x"),
    ],
)
def test_a_bad_setting_is_one_line_that_names_it(variable: str, value: str, run: Run) -> None:
    assert variable in fault(run("chat", **{variable: value}))


def test_telegram_without_a_token_names_the_variable(run: Run) -> None:
    assert "TELEGRAM_BOT_TOKEN" in fault(run("telegram"))


def test_telegram_without_somebody_responsible_names_the_variable(run: Run) -> None:
    token = {"TELEGRAM_BOT_TOKEN": "1:x"}
    assert "BOT_CONTROLLER_NAME" in fault(run("telegram", **token))
    assert "BOT_CONTROLLER_CONTACT" in fault(run("telegram", BOT_CONTROLLER_NAME="Stadtwerke"))


def test_an_unknown_fact_or_option_is_named_with_the_possible_ones(run: Run) -> None:
    assert "ticket, visitor" in fault(run("ask", "x", "--fact", "age=3"))
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


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("- {id: 1, text: 5}", "the text of question 1 is 5, which is no text"),
        ("- {id: 1, text: no}", "the text of question 1 is False"),
        ("- {id: 1, text: x, entries: pool-price}", "must be a list"),
        ("- {id: 1, text: x, entries: [7]}", "entries of question 1 is 7"),
        ("- {id: 1, text: x, lang: no}", "write de or en"),
        ("{entry: 5, questions: {de: [x]}}", "entry is 5"),
        ("{entry: pool-price, questions: {de: x}}", "de questions must be a list"),
        ("{out_of_scope: {en: [no]}}", "en questions is False"),
        ("- {id: 2026-02-30, text: x}", "mend it"),
        ("[" * 3_000 + "]" * 3_000, "line 1 is nested more than 50 levels deep: write it flatter"),
        ("- x\n- " + "[" * 60 + "]" * 60, "line 2 is nested"),
    ],
)
def test_a_labelled_question_that_is_no_text_is_named(content: str, says: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(content, encoding="utf-8")
    message = fault(run("eval", str(file)))
    assert "odd.yaml: " in message
    assert says in message


def test_a_store_that_cannot_be_opened_is_named(run: Run, tmp_path: Path) -> None:
    assert "BOT_STORE" in fault(run("chat", BOT_STORE=f"sqlite:///{tmp_path}"))


def test_originals_that_do_not_exist_are_named(run: Run, tmp_path: Path) -> None:
    assert "originals" in fault(run("check", "--originals", str(tmp_path / "nowhere")))


def test_an_original_of_no_source_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "foo.txt").write_text("x", encoding="utf-8")
    assert "foo.txt is of no source" in fault(run("check", "--originals", str(tmp_path)))


def test_a_fault_of_ours_is_one_line_that_quotes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise ValueError("somebody's secret")

    monkeypatch.setattr("bot.cli.graph.graph", broken)
    for language, says in (("de", "abgebrochen: ValueError"), ("en", "broke off: ValueError")):
        code, out, err = run("graph", "--language", language)
        assert (code, out, err.count("\n")) == (70, "", 1)
        assert says in err
        assert "secret" not in err
        assert "Traceback" not in err


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


@pytest.mark.parametrize("command", [("ask", "x"), ("chat",), ("check",), ("graph",), ("link", "x", "--bot", "abot")])
def test_a_knowledge_folder_that_does_not_exist_is_a_wrong_argument_or_setting(
    command: tuple[str, ...], run: Run
) -> None:
    assert "--knowledge: no such folder: nowhere" in fault(run(*command, "--knowledge", "nowhere"))
    assert "BOT_KNOWLEDGE: no such folder: nowhere" in fault(run(*command, BOT_KNOWLEDGE="nowhere"))
    assert "BOT_KNOWLEDGE: es gibt keinen Ordner nowhere" in fault(run(*command, "--language", "de"))


def test_a_small_knowledge_of_ones_own_needs_no_quotas(run: Run, small_folder: Path) -> None:
    path = small_folder / "entries/pool/pool-dogs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('    - "Freibad mit Hund"\n', ""), encoding="utf-8")
    assert run("check")[0] == 1
    assert run("ask", "Hunde im Freibad")[0] == 0


Process = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def process(small_folder: Path) -> Process:
    """Run a command as a process of its own, as a shell does: its streams are real ones."""
    ours = ("BOT_", "TELEGRAM_", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    # What Python reads and writes strictly unless the bot sees to it.
    environment |= {"BOT_KNOWLEDGE": str(small_folder), "PYTHONIOENCODING": "utf-8", "LC_ALL": "en_GB.UTF-8"}

    def run_process(
        *arguments: str | bytes, typed: bytes = b"", out: int = subprocess.PIPE, redirected: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        command = ["/bin/sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, input=typed, stdout=out, stderr=subprocess.PIPE, env=environment, timeout=60, check=False
        )

    return run_process


@pytest.mark.parametrize("arguments", [("ask", "hallo"), ("--help",), ("chat",), ("chat", "--json"), ("match",)])
def test_a_reader_that_leaves_is_no_fault(arguments: tuple[str, ...], process: Process) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process(*arguments, typed=b"hallo\n", out=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("command", ["ask", "match"])
def test_output_that_cannot_be_written_is_one_line(command: str, process: Process) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process(command, *(["hallo"] if command == "ask" else []), typed=b"hallo\n", out=full.fileno())
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "cannot read or write (No space left on device)" in done.stderr.decode()


@pytest.mark.parametrize("command", ["match", "chat"])
def test_bytes_that_are_no_utf8_are_read_past(command: str, process: Process) -> None:
    done = process(command, typed=b"Hunde im Freibad \xff\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Hunde im Freibad \ufffd" in done.stdout.decode()


def test_an_argument_that_is_no_utf8_is_read_past(process: Process) -> None:
    done = process("ask", "--json", b"Hunde im Freibad \xff")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["question"] == "Hunde im Freibad \ufffd"


@pytest.mark.parametrize("command", ["match", "chat"])
def test_a_closed_input_is_named(command: str, process: Process) -> None:
    done = process(command, redirected="<&-")
    assert "standard input is closed" in fault((done.returncode, done.stdout.decode(), done.stderr.decode()))


def test_a_command_that_reads_nothing_needs_no_streams(process: Process) -> None:
    done = process("ask", "hallo", redirected="<&- >&-")
    assert (done.returncode, done.stderr) == (0, b"")


def test_check_tells_problems_in_the_language_of_its_reader(run: Run, small_folder: Path) -> None:
    assert run("check", "--no-questions", "--language", "de")[1].startswith(
        "in Ordnung: 3 Einträge, 3 Quellen, 7 Aussagen"
    )
    path = small_folder / "entries/pool/pool-dogs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('verdict: "no"', "verdict: nope"), encoding="utf-8")
    german = run("check", LC_ALL="de_DE.UTF-8")
    assert german[0] == 1
    assert "„verdict“ ist „nope“: möglich sind yes" in german[1]
    assert '"verdict" is "nope": write one of yes' in run("check", "--language", "en")[1]
    assert "„verdict“ ist „nope“" in run("ask", "x", LC_ALL="C")[2]


def test_eval_speaks_the_language_of_its_reader(run: Run, small_folder: Path) -> None:
    lines = run("eval", str(small_folder / "checks"), "--language", "de")[1]
    assert "Gruppe" in lines
    assert "anderes Thema" in lines
    assert "Minimalpaare: 0" in lines
    told = run("eval", "--explain", "Darf mein Hund ins Freibad?", "--language", "de")[1]
    assert "beantwortet ab" in told
    assert "dafür: " in told
    assert "eval braucht Dateien" in fault(run("eval", "--language", "de"))
    assert "lässt sich nicht lesen" in fault(run("eval", "nichts.yaml", "--language", "de"))
