"""Links and QR codes: what is printed opens the case, what is drawn is what is printed, faults are one clear line."""

import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from bot.cli.check import all_problems
from bot.cli.errors import UsageError
from bot.cli.link import Wanted, link
from bot.dialogue.cases import Case, pack, unpack
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual

SVG = "{http://www.w3.org/2000/svg}"
ADULT = ("visitor=adult", "ticket=no")

Picture = NDArray[np.uint8]


def wanted(entry: str = "pool-price", facts: Sequence[str] = (), qr: Path | None = None) -> Wanted:
    return Wanted(entry, facts, "pool_bot", qr)


def opened(address: str, knowledge: Knowledge) -> Case | None:
    before, _, parameter = address.partition("?start=")
    assert before == "https://t.me/pool_bot"
    return unpack(parameter, knowledge)


def test_the_link_of_an_entry_can_be_read(small: Knowledge) -> None:
    assert link(small, wanted()) == "https://t.me/pool_bot?start=pool-price"


def test_the_link_of_a_case_opens_it(small: Knowledge) -> None:
    case = Case("pool-price", {"visitor": "adult", "ticket": "no"})
    assert opened(link(small, wanted(facts=ADULT)), small) == case


def test_what_is_not_known_is_in_the_link_too(small: Knowledge) -> None:
    assert opened(link(small, wanted(facts=["ticket=unknown"])), small) == Case("pool-price", {"ticket": "unknown"})


def test_what_an_option_implies_is_in_the_link_too(small: Knowledge) -> None:
    ticket = small.facts["ticket"]
    family = {"family": replace(ticket.options["yes"], id="family", implies={"visitor": "child"})}
    implying = replace(small, facts={**small.facts, "group": replace(ticket, name="group", options=family)})
    address = link(implying, wanted(facts=["group=family"]))
    assert opened(address, implying) == Case("pool-price", {"visitor": "child"})


def test_every_link_of_the_knowledge_opens_its_entry(real: Knowledge) -> None:
    for entry in real.entries:
        assert opened(link(real, wanted(entry)), real) == Case(entry)


def test_an_entry_that_no_link_carries_is_packed(small: Knowledge) -> None:
    entry = replace(small.entries["pool-price"], id="bäder")
    other = replace(small, entries={"bäder": entry})
    assert link(other, wanted("bäder")).endswith(f"?start={pack(entry, {}, small.facts)}")


@pytest.mark.parametrize("username", ["pool_bot", "@pool_bot", "PoolBOT", "a_bot", "x" * 29 + "bot"])
def test_names_of_bots_are_taken(small: Knowledge, username: str) -> None:
    assert link(small, replace(wanted(), username=username)).startswith(f"https://t.me/{username.lstrip('@')}?")


@pytest.mark.parametrize(
    "username", ["", "@", "bot", "abot", "pool", "pool-bot", "bäd_bot", "pool_bot\n", "x" * 30 + "bot", "t.me/a_bot"]
)
def test_other_names_are_refused(small: Knowledge, username: str) -> None:
    with pytest.raises(UsageError, match="no username of a bot; it has 5 to 32"):
        link(small, replace(wanted(), username=username))


@pytest.mark.parametrize(
    ("entry", "facts", "message"),
    [
        ("pool-prise", (), 'no entry "pool-prise"; did you mean "pool-price"?'),
        ("xyz", (), 'no entry "xyz"; there are pool-dogs, pool-hours, pool-price'),
        ("pool-price", ["weather=fine"], "--fact weather=fine: no such fact; there are ticket, visitor"),
        ("pool-price", ["ticket=maybe"], "--fact ticket=maybe: no such option; ticket is one of yes, no, unknown"),
        (
            "pool-dogs",
            ["ticket=no"],
            "ticket=no: makes no difference to pool-dogs; its answer is the same for everyone",
        ),
    ],
)
def test_faults_are_told_in_one_line(small: Knowledge, entry: str, facts: Sequence[str], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        link(small, wanted(entry, facts))


def test_a_fact_that_tells_an_entry_nothing_is_refused(small: Knowledge) -> None:
    entry = replace(small.entries["pool-price"], facts=("visitor",))
    with pytest.raises(UsageError, match=r"ticket=no: makes no difference to pool-price; it asks for visitor$"):
        link(replace(small, entries={"pool-price": entry}), wanted(facts=ADULT))


def test_the_svg_reads_as_the_link(real: Knowledge, tmp_path: Path) -> None:
    facts = ["sender=business", "whatsapp_service=business-app", "consent=unknown"]
    for entry, told in (("whatsapp-advertising", facts), (max(real.entries, key=len), [])):
        path = tmp_path / f"{entry}.svg"
        address = link(real, wanted(entry, told, path))
        assert read(enlarged(drawn(path))) == (address, True)


def test_the_png_reads_as_the_link(small: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "CODE.PNG"
    address = link(small, wanted(facts=ADULT, qr=path))
    assert read(pixels(path)) == (address, True)


def test_the_svg_has_a_name_and_takes_any_size(small: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "code.svg"
    entry = replace(small.entries["pool-price"], title=Bilingual("<Eintritt> & mehr", "Entry & more"))
    address = link(replace(small, entries={entry.id: entry}), wanted(qr=path))
    svg = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - our own
    assert svg.findtext(f"{SVG}title") == "<Eintritt> & mehr"
    assert svg.findtext(f"{SVG}desc") == address
    assert "viewBox" in svg.attrib
    assert not {"width", "height"} & svg.attrib.keys()


def test_the_title_is_in_the_language_wanted(small: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "code.svg"
    link(small, replace(wanted(qr=path), language="en"))
    assert "<title>Entry to the pool</title>" in path.read_text("utf-8")


def test_there_is_a_quiet_zone_on_white(small: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "code.svg"
    link(small, wanted(qr=path))
    is_dark = drawn(path)
    assert not is_dark[:4].any()
    assert not is_dark[-4:].any()
    assert not is_dark[:, :4].any()
    assert not is_dark[:, -4:].any()
    assert is_dark[4, 4:11].all()
    assert '<path fill="#fff" d="M0 0h' in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["code.pdf", "code", ".svg", "code.svg.txt"])
def test_other_files_are_refused(small: Knowledge, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"give a file that ends in \.svg \(for print\) or \.png$"):
        link(small, wanted(qr=tmp_path / name))
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_named(small: Knowledge, tmp_path: Path) -> None:
    folder = tmp_path / "folder.svg"
    folder.mkdir()
    for path in (folder, tmp_path / "missing" / "code.svg"):
        with pytest.raises(UsageError, match=rf"^--qr {re.escape(str(path))}: cannot be written \(.+\): give another"):
            link(small, wanted(qr=path))


def test_nothing_is_written_when_anything_is_wrong(small: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "code.svg"
    for faulty in (wanted("xyz", qr=path), wanted(facts=["a=b"], qr=path), replace(wanted(qr=path), username="x")):
        with pytest.raises(UsageError):
            link(small, faulty)
    assert not path.exists()


def read(picture: Picture) -> tuple[str, bool]:
    """The text of the only code in a picture, and whether a seventh of it may be soiled."""
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text, code.ec_level in {"M", "Q", "H"}


def drawn(path: Path) -> NDArray[np.bool_]:
    """Which modules of an SVG are dark: rows of strokes, each `m` a step without ink and each `h` one with."""
    svg = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - our own
    width, height = map(int, svg.attrib["viewBox"].split()[2:])
    is_dark = np.zeros((height, width), dtype=bool)
    (strokes,) = (each.attrib["d"] for each in svg.iter(f"{SVG}path") if "stroke" in each.attrib)
    x, y = 0.0, 0.0
    for pen, dx, dy in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", strokes):
        if pen == "h":
            is_dark[int(y), int(x) : int(x + float(dx))] = True
        x, y = x + float(dx), y + float(dy or 0)
    return is_dark


def enlarged(is_dark: NDArray[np.bool_]) -> Picture:
    return np.kron(np.where(is_dark, 0, 255), np.ones((5, 5))).astype(np.uint8)


def pixels(path: Path) -> Picture:
    """The pixels of a PNG of one bit each, whose rows are written in full or as what differs from the row above."""
    png = path.read_bytes()
    width, height, *kind = struct.unpack(">IIBB", png[16:26])
    assert kind == [1, 0]
    parts = (png[at.end() : at.end() + int.from_bytes(at[1], "big")] for at in re.finditer(rb"(?s)(....)IDAT", png))
    rows = np.frombuffer(zlib.decompress(b"".join(parts)), dtype=np.uint8).reshape(height, -1).copy()
    assert set(rows[:, 0]) <= {0, 2}
    for at in np.flatnonzero(rows[:, 0]):
        rows[at, 1:] += rows[at - 1, 1:]
    return np.unpackbits(rows[:, 1:], axis=1)[:, :width] * np.uint8(255)


def test_check_tells_what_a_link_could_not_tell_apart(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(all_problems.__globals__, "collisions", lambda _: [("pool-dogs", "pool-hours")])
    problem = all_problems(load(small_folder), {})[-1]
    assert 'pool-dogs.yaml:1: "pool-dogs" and "pool-hours" have the same short form' in problem.told("en")
