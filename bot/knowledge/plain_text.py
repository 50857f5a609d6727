"""Texts without quotation marks that YAML reads otherwise than they look, without a word of complaint.

Only such texts: what stands between quotation marks is read as it stands.
"""

import re
from collections.abc import Iterator, Sequence

from bot.knowledge.phrases import Place
from bot.knowledge.problems import Problem

_SMART_QUOTED = re.compile(r"[„“”«»‚‘’].*[„“”«»‚‘’]", re.DOTALL)
#: A comment that was none: behind more than one word, or with nothing between the sign and the word.
_SIGN = re.compile(r"\s+#(\S?)")
_ITEM = re.compile(r"\s*-\s")
_DASH_WITHOUT_SPACE = re.compile(r"-[^\W\d]|-[\"'„“]")


def problems(text: str, further_lines: Sequence[str], rest: str, place: Place) -> Iterator[Problem]:
    """The problems of one text: `further_lines` are those it goes on in, `rest` is what follows it in its last line."""
    if _DASH_WITHOUT_SPACE.match(text):
        yield Problem(
            place,
            de="nach dem Strich fehlt ein Leerzeichen: ein Listenpunkt beginnt mit „- “",
            en='a space is missing after the dash: an item of a list begins with "- "',
        )
        return
    sign = _SIGN.match(rest)
    if sign and (" " in text or sign[1]):
        yield _cut_off(text, place)
    if _SMART_QUOTED.fullmatch(text):
        yield Problem(
            place,
            de='typografische Anführungszeichen um den ganzen Text gehören dann zum Text: bitte gerade verwenden (")',
            en='curly quotation marks around the whole text become part of it: use straight ones (")',
        )
    if any(_ITEM.match(line) for line in further_lines):
        yield Problem(
            place,
            de="auf diesen Text folgen Listenpunkte, die so zum Text werden: bitte entweder Text oder Liste schreiben",
            en="items of a list follow this text and become part of it: write either a text or a list",
        )


def _cut_off(text: str, place: Place) -> Problem:
    end = text if len(text) <= 30 else "…" + text[-29:]
    return Problem(
        place,
        de=f"nach „{end}“ ist alles ab # abgeschnitten: bitte den Text zwischen doppelte Anführungszeichen setzen",
        en=f'everything from # on is cut off after "{end}": put the whole text between double quotation marks',
    )


def begins_with_exclamation_mark(place: Place) -> Problem:
    return Problem(
        place,
        de="das Wort mit ! am Anfang ginge verloren: bitte den ganzen Text zwischen doppelte Anführungszeichen setzen",
        en="the word that begins with ! would be lost: put the whole text between double quotation marks",
    )
