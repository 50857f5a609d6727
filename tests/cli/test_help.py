"""What the command line says of itself, in both languages: help, exit codes, and faults of what was typed."""

import re
from pathlib import Path

import pytest

import bot.cli
from bot.cli import main
from bot.cli.command import Command
from bot.cli.commands import COMMANDS
from bot.cli.exits import EXITS
from bot.messages import LANGUAGES, Language

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
EVERY_COMMAND = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)


def ended(*arguments: str) -> int:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    return int(exit_.value.code or 0)


def listed(text: str) -> dict[int, str]:
    """The exit codes of a help text or a sentence, with what is said of each."""
    return {int(code): " ".join(told.split()) for code, told in re.findall(r"(\d+) ([^;.]+)[;.]", text)}


def test_the_package_tells_every_exit_code() -> None:
    statement = re.search(r"Exit codes: (.*?\.)\n", bot.cli.__doc__ or "", re.DOTALL)
    assert statement is not None
    assert listed(statement[1]) == {code: told.en for code, told in EXITS.items()}


def test_the_readme_tells_no_other_exit_codes() -> None:
    statement = re.search(r"Exit codes: (.*?\.)\n", README, re.DOTALL)
    assert listed(statement[1] if statement else "") in ({}, {code: told.en for code, told in EXITS.items()})
    named = {int(code) for code in re.findall(r"exit code (\d+)|exits with (\d+)", README) for code in code if code}
    assert named <= set(EXITS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_lists_its_commands(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("--language", language, "--help") == 0
    told = " ".join(capsys.readouterr().out.split())
    for command in COMMANDS:
        assert f" {command.name} {command.summary[language]}" in told


@EVERY_COMMAND
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_tells_its_examples_and_exit_codes(
    language: Language, command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(command.name, "--help", "--language", language) == 0
    told = capsys.readouterr().out
    assert 1 <= len(command.examples) <= 3
    for example in command.examples:
        assert f"  datenschutz-bot {example[language]}\n" in told
    ends = " ".join(told.rpartition("odes:\n")[2].split())
    assert ends == " ".join(f"{code} {EXITS[code][language]}" for code in command.codes)


@EVERY_COMMAND
def test_german_help_has_none_of_the_parsers_own_english(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    ended(command.name, "--help", "--language=de")
    told = capsys.readouterr().out
    assert told.startswith("Aufruf: ")
    assert not re.search(r"usage|options|positional|arguments|show|exit code", told.partition("Beispiele")[0])


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        ((), "es fehlt: BEFEHL", "required: COMMAND"),
        (("dance",), "BEFEHL: 'dance' gibt es nicht; möglich sind", "invalid choice: 'dance'"),
        (("chat", "--loud"), "unbekannt: --loud", "unrecognized arguments: --loud"),
        (("ask",), "es fehlt: FRAGE", "required: QUESTION"),
        (("ask", "x", "--fact"), "--fact braucht einen Wert", "--fact: expected one argument"),
        (("ask", "x", "--json=1"), "--json nimmt keinen Wert", "ignored explicit argument '1'"),
        (("ask", "x", "--jso"), "unbekannt: --jso", "unrecognized arguments: --jso"),
        (("chat", "--loud\nand\x1b[31m clear"), "unbekannt: --loud and", "unrecognized arguments: --loud and"),
        (("inbox", "--json", "--candidates"), "--candidates und --json schließen einander aus", "not allowed with"),
        (("chat", "--language", "fr"), "--language: 'fr' gibt es nicht; möglich sind", "invalid choice: 'fr'"),
    ],
)
def test_a_fault_of_what_was_typed_is_one_line_in_the_readers_language(
    arguments: tuple[str, ...],
    german: str,
    english: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for locale, expected, hint in (("de_DE.UTF-8", german, "; siehe"), ("en_US.UTF-8", english, "; see")):
        monkeypatch.setenv("LC_ALL", locale)
        assert ended(*arguments) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert expected in told
        assert hint in told
        assert "\x1b" not in told
