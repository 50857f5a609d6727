"""multipart/form-data -> parameters, with uploads among them.

Owns the reading of such bodies. Refuses streams: the files that bots send in tests fit into memory.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tests.bot_api.faults import ApiError

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_ATTRIBUTE = re.compile(r'(?:^|;)\s*(?P<name>[\w*]+)=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^;\s]+))')


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes
    mime_type: str


def read(content_type: str, body: bytes) -> dict[str, Any]:
    """The fields of the form; a field with a file name is an `Upload`."""
    boundary = _BOUNDARY.search(content_type)
    if not boundary:
        raise ApiError(400, "Bad Request: boundary not found")
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())
    # Before the first boundary is nothing, after the last one "--".
    return dict(_part(part) for part in parts[1:-1])


def _part(part: bytes) -> tuple[str, Any]:
    head, _, content = part.partition(b"\r\n\r\n")
    headers = dict(_header(line) for line in head.decode().split("\r\n") if ":" in line)
    attributes = _attributes(headers.get("content-disposition", ""))
    if "filename" not in attributes:
        return attributes.get("name", ""), content.decode()
    mime_type = headers.get("content-type", "application/octet-stream")
    return attributes.get("name", ""), Upload(attributes["filename"], content, mime_type)


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _attributes(disposition: str) -> dict[str, str]:
    found = {}
    for match in _ATTRIBUTE.finditer(disposition):
        value = match["quoted"] if match["quoted"] is not None else match["bare"]
        if match["name"].endswith("*"):
            value = value.partition("''")[2]
        found[match["name"].rstrip("*")] = _unescaped(value)
    return found


def _unescaped(value: str) -> str:
    # Browsers and httpx write quotes as %22, others with a backslash; both are meant literally by nobody.
    return unquote(re.sub(r"\\(.)", r"\1", value))
