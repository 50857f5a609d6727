"""`link`: the deep link that opens an entry, or a whole case, in Telegram, and its QR code for a poster or a letter.

Refuses to ask Telegram for the bot's name: the command line knows it or finds it out.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.ask import parse_facts
from bot.cli.errors import UsageError
from bot.cli.knowledge import entry_named
from bot.dialogue.cases import start_parameter
from bot.dialogue.questions import with_implied
from bot.knowledge.model import Entry, Knowledge
from bot.knowledge.phrases import Bilingual
from bot.messages import Language

#: Telegram's own rule for the names of bots.
_USERNAME = re.compile(r"(?=.{5,32}\Z)[A-Za-z0-9_]*bot", re.ASCII | re.IGNORECASE)
#: So wide must the empty margin be for a reader to find the code.
_QUIET_MODULES = 4
#: A module of a PNG in pixels: sharp on paper up to about a hand's width.
_MODULE_PIXELS = 16
_SUFFIXES = (".svg", ".png")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a link is wanted for: the arguments as they were typed."""

    entry: str
    #: `NAME=OPTION`, as for `ask`.
    facts: Sequence[str]
    username: str
    qr: Path | None = None
    #: The language of the QR code's title.
    language: Language = "de"


def link(knowledge: Knowledge, wanted: Wanted) -> str:
    """The link; the QR code is written on the way. Raises UsageError for whatever is wrong, before it writes."""
    entry = entry_named(wanted.entry, knowledge)
    facts = _facts(wanted.facts, entry, knowledge)
    address = f"https://t.me/{_username(wanted.username)}?start={start_parameter(entry, facts, knowledge.facts)}"
    if wanted.qr is not None:
        _write(wanted.qr, _drawn(address, entry.title[wanted.language], _suffix(wanted.qr)))
    return address


def _facts(assignments: Sequence[str], entry: Entry, knowledge: Knowledge) -> dict[str, str]:
    """The facts and what they imply. A fact that tells the entry nothing is refused: the link would drop it."""
    said = parse_facts(assignments, knowledge)
    for name, option in said.items():
        if not with_implied(knowledge.facts, {name: option}).keys() & set(entry.facts):
            raise _pointless(f"--fact {name}={option}", entry)
    return with_implied(knowledge.facts, said)


def _pointless(argument: str, entry: Entry) -> UsageError:
    asked = ", ".join(entry.facts)
    german = f"er fragt nach {asked}" if asked else "seine Antwort ist für alle gleich"
    english = f"it asks for {asked}" if asked else "its answer is the same for everyone"
    return UsageError(
        Bilingual(
            f"{argument}: macht für {entry.id} keinen Unterschied; {german}",
            f"{argument}: makes no difference to {entry.id}; {english}",
        )
    )


def _username(text: str) -> str:
    name = text.removeprefix("@")
    if not _USERNAME.fullmatch(name):
        raise UsageError(
            Bilingual(
                f"--bot {text}: so heißt kein Bot; der Name hat 5 bis 32 Zeichen aus A-Z a-z 0-9 _ und endet auf „bot“",
                f'--bot {text}: no username of a bot; it has 5 to 32 of A-Z a-z 0-9 _ and ends in "bot"',
            )
        )
    return name


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(
            Bilingual(
                f"--qr {path}: nennen Sie eine Datei, die auf .svg (für den Druck) oder .png endet",
                f"--qr {path}: give a file that ends in .svg (for print) or .png",
            )
        )
    return suffix


def _drawn(address: str, title: str, suffix: str) -> bytes:
    """The QR code as a picture. On white, also where the page is dark; an SVG takes the size it is given."""
    import segno  # noqa: PLC0415 - takes a tenth of a second, which no other command should pay

    # At level M a code is still read when 15 % of it is soiled or covered.
    code = segno.make_qr(address, error="m")
    for_suffix: Mapping[str, object] = (
        {"title": title, "desc": address, "omitsize": True} if suffix == ".svg" else {"scale": _MODULE_PIXELS}
    )
    picture = io.BytesIO()
    code.save(picture, kind=suffix[1:], border=_QUIET_MODULES, light="white", **for_suffix)
    return picture.getvalue()


def _write(path: Path, picture: bytes) -> None:
    try:
        path.write_bytes(picture)
    except OSError as error:
        reason = error.strerror
        raise UsageError(
            Bilingual(
                f"--qr {path}: lässt sich nicht schreiben ({reason}): nennen Sie eine andere Datei",
                f"--qr {path}: cannot be written ({reason}): give another file",
            )
        ) from error
