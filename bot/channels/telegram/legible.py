"""Texts and addresses as Telegram takes and shows them. Pure.

Owns what is left out of them. Refuses to change what can be seen otherwise.
"""

import re
import unicodedata
from urllib.parse import urlsplit

_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def is_blank(text: str) -> bool:
    """Whether nothing of the text would be seen: Telegram refuses such a message."""
    return all(character.isspace() or unicodedata.category(character) in ("Cf", "Cc") for character in text)


def clean(text: str) -> str:
    """The text on one line, without control characters and halves of characters."""
    return _whole(_SPACES.sub(" ", text).strip())


def verbatim(text: str) -> str:
    """The text with its lines and their spaces, for whoever is to copy it as it stands."""
    return "\n".join(_whole(line).rstrip() for line in text.splitlines()).strip("\n")


def web_address(url: str) -> str:
    """The address if a browser opens it as a web page, else nothing: no link is better than a dangerous one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_printable = url.isprintable() and " " not in url
    return url if parts.scheme in ("http", "https") and parts.netloc and is_printable else ""


def _whole(line: str) -> str:
    return "".join("\ufffd" if _is_half(char) else char for char in line if unicodedata.category(char) != "Cc")


def _is_half(character: str) -> bool:
    # Half of a surrogate pair: JSON can carry it, UTF-8 cannot.
    return unicodedata.category(character) == "Cs"
