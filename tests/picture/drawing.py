"""The telephone with the dialogue on it, as an SVG that needs no font, script or picture from elsewhere."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.picture.dialogue import Bubble
from tests.picture.layout import Word, lines

WIDTH, MARGIN, PADDING = 400, 14, 12
BUBBLE_WIDTH, OWN_WIDTH = 344, 270
SIZE, LEADING = 14.5, 20
BUTTON_HEIGHT, GAP = 34, 8
HEADER = 58
#: How much of the last message the screen shows.
LINES_OF_THE_LAST = 18

_STYLE = """
text{font:14.5px -apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;fill:#111;white-space:pre}
.b{font-weight:600}.i{font-style:italic;fill:#555}.a{fill:#1a73b5}.c{text-anchor:middle;fill:#1a5f8f;font-size:13.5px}
.t{fill:#fff;font-weight:600;font-size:16px}.s{fill:#d5e6f3;font-size:12.5px}
"""


def draw(bubbles: Sequence[Bubble]) -> str:
    """The picture."""
    parts: list[str] = []
    top = float(HEADER + GAP + 4)
    for number, bubble in enumerate(bubbles):
        drawn, height = _message(bubble, top, is_last=number == len(bubbles) - 1)
        parts += drawn
        top += height + GAP
    height = round(top + 6)
    frame = f'<rect width="{WIDTH}" height="{height}" rx="22" fill="#cfdfe8"/>'
    header = (
        f'<path d="M0 {HEADER}V22a22 22 0 0 1 22-22H{WIDTH - 22}a22 22 0 0 1 22 22V{HEADER}z" fill="#3b7fb0"/>'
        '<text class="t" x="20" y="27">Datenschutz-Bot</text><text class="s" x="20" y="46">Bot</text>'
    )
    body = "\n".join((frame, header, *parts))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="Ein Dialog mit dem Bot auf Telegram">\n<style>{_STYLE}</style>\n{body}\n</svg>\n'
    )


def _message(bubble: Bubble, top: float, *, is_last: bool) -> tuple[list[str], float]:
    width = OWN_WIDTH if bubble.is_own else BUBBLE_WIDTH
    html = escape(bubble.html) if bubble.is_own else bubble.html
    shown = lines(html, width - 2 * PADDING, SIZE)
    is_cut = is_last and len(shown) > LINES_OF_THE_LAST
    shown = [*shown[:LINES_OF_THE_LAST], [Word("…", "")]] if is_cut else shown
    left = WIDTH - MARGIN - width if bubble.is_own else MARGIN
    height = len(shown) * LEADING + 2 * PADDING - 4
    colour = "#e2f7cb" if bubble.is_own else "#fff"
    drawn = [f'<rect x="{left}" y="{top:g}" width="{width}" height="{height}" rx="14" fill="{colour}"/>']
    for number, line in enumerate(shown):
        drawn += _line(line, left + PADDING, top + PADDING + 12 + number * LEADING)
    # Of a message that is cut the buttons are not seen either.
    rows = () if is_cut else bubble.rows
    for number, row in enumerate(rows):
        drawn += _buttons(row, top + height + 4 + number * (BUTTON_HEIGHT + 4))
    return drawn, height + len(rows) * (BUTTON_HEIGHT + 4)


def _line(words: Sequence[Word], left: float, baseline: float) -> list[str]:
    spans = "".join(
        f'<tspan class="{word.style}">{escape(word.text)}</tspan>' if word.style else escape(word.text)
        for word in words
    )
    return [f'<text x="{left:g}" y="{baseline:g}" xml:space="preserve">{spans}</text>'] if spans else []


def _buttons(labels: Sequence[str], top: float) -> list[str]:
    width = (BUBBLE_WIDTH - 4 * (len(labels) - 1)) / len(labels)
    drawn: list[str] = []
    for number, label in enumerate(labels):
        left = MARGIN + number * (width + 4)
        drawn.append(
            f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{BUTTON_HEIGHT}" rx="9" fill="#fff" '
            'fill-opacity=".72"/>'
        )
        drawn.append(f'<text class="c" x="{left + width / 2:g}" y="{top + 22:g}">{escape(label)}</text>')
    return drawn
