"""Text as it was meant: characters that were decoded wrongly on their way, letters that only look like Latin ones.

Owns both repairs, each in one pass over the text. Refuses to touch what may be meant as it stands: words of another
script, and signs that real German and English have.
"""

import re
import unicodedata

#: The bytes of UTF-8, each taken for a character of Windows-1252 (five of them have none and stay control characters).
_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0x100)}
_CONTINUED = "[" + re.escape("".join(char for char, byte in _BYTES.items() if byte < 0xC0)) + "]"
#: What begins like this is no German and no English: letters with marks, quotation marks and dashes, emoji. Not every
#: sequence that could be decoded: the capital Ü before a closing quotation mark is one, too.
_ONCE = f"[ÂÃ]{_CONTINUED}|[âï]{_CONTINUED}{{2}}|ð{_CONTINUED}{{3}}"
#: What the second time makes of the signs of the first.
_TWICE = "Å[’¡\u00a0¸¾½]|(?<=¬)Å“|Æ’|Ë[†œ]"
_WRONGLY_DECODED = re.compile(f"{_ONCE}|{_TWICE}")
#: Twice is as often as it happens.
_MOST_ROUNDS = 2

_LETTERS = re.compile(r"[^\W\d_]+")
#: Up to here letters are Latin.
_LAST_LATIN = "\u02af"
#: Cyrillic and Greek letters and the Latin ones that they are drawn like (Unicode UTS #39, confusables.txt, and the
#: letters of one keyboard that people mistake in small print).
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХѴԌԚԜӀаеѕіјкорсухѵһԁԛԝӏёїΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ",
    "ABESIJKMHOPCTYXVGQWIaesijkopcyxvhdqwleiABEZHIKMNOPTYXaikvopux",
)


def decoded(text: str) -> str:
    """The text with what was decoded wrongly put right ("BehÃ¶rde")."""
    for _ in range(_MOST_ROUNDS):
        text = _WRONGLY_DECODED.sub(_redecoded, text)
    return text


def latin(text: str) -> str:
    """The text with look-alikes within Latin words read as Latin letters ("Whаtsapp" with a Cyrillic а)."""
    return _LETTERS.sub(_read_as_latin, text)


def _redecoded(found: re.Match[str]) -> str:
    try:
        meant = bytes(_BYTES[char] for char in found[0]).decode()
    except UnicodeDecodeError:
        return found[0]
    # A capital Â before a quotation mark; but not what has no character of its own and is to be decoded once more.
    return found[0] if unicodedata.category(meant) == "Cc" and meant not in found[0] else meant


def _read_as_latin(found: re.Match[str]) -> str:
    word = found[0]
    others = [char for char in word if char > _LAST_LATIN]
    # Most of it must be Latin: a Russian word with one letter of the wrong keyboard stays Russian.
    if not others or 2 * len(others) >= len(word) or any(ord(char) not in _LOOKALIKES for char in others):
        return word
    return word.translate(_LOOKALIKES)
