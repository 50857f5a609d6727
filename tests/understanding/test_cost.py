"""Nothing that a person sends takes much longer to read than plain text of the same length.

Compared within one run, for a machine's speed is no promise. A reading that takes the square of its length is a hundred
times the plain text's at Telegram's limit; one in a thousand texts may be half as odd.
"""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from statistics import median

import pytest

from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.messages import Said
from bot.understanding import Understanding
from tests.understanding.costly import LONGEST, SHORT, Texts

#: In all, in parts that can be read side by side; `make fuzz` reads many more.
TEXTS, PARTS = int(os.environ.get("FUZZ_TEXTS", "6000")), 4
#: How many times as long as the plain text: one in a thousand texts, and any.
MOST_OF_A_THOUSAND, MOST_OF_ALL = 20.0, 40.0
#: So many characters of plain text stand for what a reading may cost whatever the length, such as the look-ups of a
#: hundred telephone numbers.
SPARED = 500

ADVERTISING = "whatsapp-advertising"
SESSIONS = (
    Session("de"),
    Session("de", State.ASKING, entry=ADVERTISING, pending="consent", facts={"sender": "business"}),
    Session("de", State.ANSWERED, entry=ADVERTISING, facts={"sender": "business", "consent": "yes"}),
    Session("en", State.CHOOSING, candidates=(ADVERTISING, "whatsapp-consent")),
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def cost(real_understanding: Understanding) -> Callable[[str, Session], float]:
    """How many seconds of this thread's time a text takes."""

    def once(text: str, session: Session) -> float:
        begun = time.thread_time()
        real_understanding.of(session, Said(text), NOW)
        return time.thread_time() - begun

    return once


@pytest.fixture(scope="module")
def plain_cost(real: Knowledge, cost: Callable[[str, Session], float]) -> Callable[[int], float]:
    """What plain text of a length costs: a part for each message, and one for each character."""
    texts = Texts(real, PARTS)
    short, long = (median(cost(texts.plain(length), SESSIONS[0]) for _ in range(25)) for length in (SHORT, LONGEST))
    each = (long - short) / (LONGEST - SHORT)
    return lambda length: short + each * (length + SPARED)


@pytest.mark.parametrize("part", range(PARTS))
def test_reading_takes_no_longer_than_a_few_times_plain_text(
    part: int, real: Knowledge, cost: Callable[[str, Session], float], plain_cost: Callable[[int], float]
) -> None:
    texts: Iterator[tuple[str, Session]] = zip(Texts(real, part), cycle(SESSIONS), strict=False)
    ratios = sorted(
        (_ratio(text, session, cost, plain_cost) for text, session in islice(texts, TEXTS // PARTS)), reverse=True
    )
    assert ratios[0] < MOST_OF_ALL
    assert ratios[TEXTS // PARTS // 1000] < MOST_OF_A_THOUSAND


def _ratio(
    text: str, session: Session, cost: Callable[[str, Session], float], plain_cost: Callable[[int], float]
) -> float:
    """How many times as long as plain text it takes; the least of four, if it is much."""
    found = [cost(text, session) / plain_cost(len(text))]
    while found[-1] > MOST_OF_A_THOUSAND / 2 and len(found) < 4:
        found.append(cost(text, session) / plain_cost(len(text)))
    return min(found)


#: What was once quadratic, or looks as if it might be.
UNITS = (
    "werbrng ",
    "hofladn ",
    "einwilligng ",
    "als hofladen ",
    "nicht ",
    "haben ",
    "zugestimmt ",
    "ja, ",
    ", a",
    "was und ",
    "nein. ",
    "?",
    ". ",
    "a",
    "1 ",
    "0151 ",
    "@",
    "a.",
    "Frau Dr. ",
    "Straße 1, ",
    "é́́",
    "👩‍👩‍👧 ",
    "/",
    "\n",
)


@pytest.mark.parametrize("session", SESSIONS, ids=["new", "asking", "answered", "choosing"])
@pytest.mark.parametrize("unit", UNITS)
def test_twice_as_long_a_text_takes_about_twice_as_long(
    unit: str, session: Session, cost: Callable[[str, Session], float]
) -> None:
    text = unit * LONGEST
    half, whole = (min(cost(text[:length], session) for _ in range(3)) for length in (LONGEST // 4, LONGEST))
    # Four times the length; the square would be sixteen times the time, and nothing short is measured well.
    assert whole < 9 * half + 0.01
