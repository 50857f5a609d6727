"""The command line: the composition root. Only here is anything built, and only here are settings read.

Exit codes: 0 done; 1 problems in the knowledge; 2 a setting, an argument or the surroundings are wrong, or the output
cannot be written; 70 the bot broke off by a fault of its own; 75 something is out of order for now, try again later:
Telegram or Redis does not answer, the store is locked, its disk is full or read-only;
130 interrupted by Ctrl-C; 141 the reader of the output left before its end, as `head` does.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn, TextIO

from bot import settings
from bot.cli import ask, evaluate, graph, inbox, link, match, run, streams
from bot.cli.check import check
from bot.cli.errors import Unreachable, UsageError, warn
from bot.cli.index_cache import open_matcher
from bot.cli.knowledge import KnowledgeRefused, existing, find, open_sound
from bot.faults import describe
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import LANGUAGES
from bot.sessions.store import StoreUnavailable, StoreUnreachable
from bot.settings import Settings, SettingsError

#: Bytes of an argument that are no UTF-8, as Python hands them over.
_UNREADABLE = re.compile("[\ud800-\udfff]")

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    streams.prepare()
    try:
        try:
            return _run(arguments)
        finally:
            # Here, where a fault can still be told: Python's own flush comes after everything.
            sys.stdout.flush()
    except BrokenPipeError:
        streams.drop_output()
        return 141
    except OSError as error:
        streams.drop_output()
        warn(f"datenschutz-bot: cannot read or write ({error.strerror or error}): see where input and output lead")
        return 2
    finally:
        streams.settle_errors()


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        command: Command = options.command
        return command(options, settings.read(os.environ))
    except KnowledgeRefused as refused:
        warn(str(refused))
        return 1
    except (Unreachable, StoreUnreachable) as error:
        warn(f"datenschutz-bot: {error}")
        return 75
    except (SettingsError, StoreUnavailable, UsageError) as error:
        warn(f"datenschutz-bot: {error}")
        return 2
    except KeyboardInterrupt:
        # A person has had enough, which is no fault.
        return 130


class _Parser(argparse.ArgumentParser):
    """A parser whose faults are one line, as all others are."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="datenschutz-bot", description="Answers data-protection questions, citing.")
    parser.add_argument("--version", action="version", version=version("datenschutz-bot"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    chat = _add(commands, "chat", "talk to the bot in the terminal", _chat)
    chat.add_argument("--language", choices=LANGUAGES, help="the language to begin in")
    one = _add(commands, "ask", "one question, one answer or the follow-up it would ask", _ask)
    one.add_argument("question", type=_readable)
    one.add_argument("--json", action="store_true", help="print a JSON object")
    one.add_argument("--fact", action="append", default=[], metavar="NAME=OPTION", help="a fact that is known")
    _add(commands, "match", "questions on standard input -> one JSON object a line", _match)
    _add(commands, "telegram", "run on Telegram", _telegram)
    proof = _add(commands, "check", "prove the knowledge sound", _check)
    proof.add_argument("--originals", type=Path, metavar="DIR", help="originals (<source id>.txt) to prove quotes with")
    _add_eval(commands)
    picture = _add(commands, "graph", "the state machine, or an entry's decision tree, as Mermaid", _graph)
    picture.add_argument("entry", nargs="?", metavar="ENTRY")
    _add_link(commands)
    _add_inbox(commands)
    return parser


def _add_eval(commands: "argparse._SubParsersAction[_Parser]") -> None:
    measure = _add(commands, "eval", "matching quality over labelled questions", _eval)
    measure.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files or folders of labelled questions")
    measure.add_argument("--json", action="store_true", help="print a JSON object")
    measure.add_argument(
        "--explain", type=_readable, metavar="QUESTION", help="what spoke for and against each candidate"
    )
    measure.add_argument(
        "--compare", type=Path, metavar="FILE", help="an earlier report of --json: what ends otherwise"
    )


def _add_inbox(commands: "argparse._SubParsersAction[_Parser]") -> None:
    left = _add(commands, "inbox", "questions that people have donated, and votes on answers", _inbox)
    shown = left.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print a JSON object")
    shown.add_argument("--candidates", action="store_true", help="print YAML to make checks of")
    left.add_argument("--clear", action="store_true", help="delete the questions that are shown")


def _add_link(commands: "argparse._SubParsersAction[_Parser]") -> None:
    way = _add(commands, "link", "a link, or a QR code, that opens an entry or a whole case on Telegram", _link)
    way.add_argument("entry", type=_readable, metavar="ENTRY")
    way.add_argument(
        "--fact", action="append", default=[], type=_readable, metavar="NAME=OPTION", help="a fact that is known"
    )
    way.add_argument("--bot", type=_readable, metavar="USERNAME", help="the bot's name; else Telegram is asked for it")
    way.add_argument("--qr", type=Path, metavar="FILE", help="also draw it as a QR code (.svg or .png)")


def _add(
    commands: "argparse._SubParsersAction[_Parser]", name: str, summary: str, command: Command
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary)
    parser.add_argument("--knowledge", metavar="DIR", help="another knowledge folder (also BOT_KNOWLEDGE)")
    parser.set_defaults(command=command)
    return parser


def _readable(text: str) -> str:
    return _UNREADABLE.sub("\ufffd", text)


def _input() -> TextIO:
    """Standard input. Raises UsageError if the command was started without any (`<&-`)."""
    if sys.stdin is None:
        raise UsageError("standard input is closed: give the questions on it, by a pipe, a file or the keyboard")
    return sys.stdin


def _folder(options: argparse.Namespace, chosen: Settings) -> str | None:
    return options.knowledge or chosen.knowledge


def _opened(options: argparse.Namespace, chosen: Settings) -> tuple[Knowledge, Matcher]:
    """The knowledge and its matcher. Raises KnowledgeRefused."""
    folder = find(_folder(options, chosen))
    knowledge = open_sound(folder)
    return knowledge, open_matcher(knowledge, folder)


def _chat(options: argparse.Namespace, chosen: Settings) -> int:
    _input()
    knowledge, matcher = _opened(options, chosen)
    asyncio.run(run.chat(knowledge, matcher, chosen, options.language))
    return 0


def _ask(options: argparse.Namespace, chosen: Settings) -> int:
    knowledge, matcher = _opened(options, chosen)
    facts = ask.parse_facts(options.fact, knowledge)
    print(ask.ask(options.question, facts, matcher, chosen.language, as_json=options.json))
    return 0


def _match(options: argparse.Namespace, chosen: Settings) -> int:
    read = _input()
    match.match(*_opened(options, chosen), chosen.language, read, sys.stdout)
    return 0


def _telegram(options: argparse.Namespace, chosen: Settings) -> int:
    # Until it means "look at the knowledge again" it must not mean "die".
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    own = settings.telegram(os.environ)
    knowledge, matcher = _opened(options, chosen)
    from bot.cli import telegram  # noqa: PLC0415 - see there

    try:
        telegram.start(knowledge, matcher, find(_folder(options, chosen)), chosen, own)
    except (SettingsError, StoreUnavailable, UsageError, Unreachable):
        raise
    except Exception as error:
        # A fault of ours. Its message and a traceback could quote what somebody wrote.
        warn(f"datenschutz-bot: broke off: {describe(error)}")
        return 70
    return 0


def _link(options: argparse.Namespace, chosen: Settings) -> int:
    knowledge = open_sound(find(_folder(options, chosen)))
    username = options.bot if options.bot is not None else _own_username(chosen)
    print(link.link(knowledge, link.Wanted(options.entry, options.fact, username, options.qr, chosen.language)))
    return 0


def _own_username(chosen: Settings) -> str:
    """The bot's name, as Telegram has it. Raises UsageError if it does not say."""
    token = settings.telegram_token(os.environ)
    from bot.cli import telegram  # noqa: PLC0415 - see there

    return asyncio.run(telegram.username(chosen, token))


def _inbox(options: argparse.Namespace, chosen: Settings) -> int:
    wanted = inbox.Wanted(options.json, options.candidates, options.clear)
    asyncio.run(inbox.inbox(chosen, wanted, lambda: _opened(options, chosen)[1]))
    return 0


def _check(options: argparse.Namespace, chosen: Settings) -> int:
    return check(existing(find(_folder(options, chosen))), options.originals, date.today())


def _eval(options: argparse.Namespace, chosen: Settings) -> int:
    if not options.files and options.explain is None:
        raise UsageError("eval needs files with labelled questions, or --explain with a question")
    wanted = evaluate.Wanted(options.files, options.explain, options.compare, options.json)
    print(evaluate.evaluate(*_opened(options, chosen), wanted))
    return 0


def _graph(options: argparse.Namespace, chosen: Settings) -> int:
    print(graph.graph(open_sound(find(_folder(options, chosen))), options.entry))
    return 0
