"""HTML -> text and entities, by the rules of Telegram's own parser (TDLib's `parse_html` and `fix_entities`).

Owns the error texts of that parser. Refuses nothing that Telegram takes: a lone "&" is text, an unknown "&nbsp;" too,
and a quotation inside a quotation is no error but vanishes without a word, as a link inside a link does.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

Entity = dict[str, Any]

MAX_TEXT_UNITS = 4096
MAX_ENTITIES = 100

_TYPES = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:#(?P<decimal>\d{1,7})|#x(?P<hex>[0-9a-fA-F]{1,6})|(?P<name>lt|gt|amp|quot)\b);?")
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[^\s>]*)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"\s+(?P<name>[^\s=>/\"']+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[\w.-]+))?")
_STYLES = frozenset(["bold", "italic", "underline", "strikethrough", "spoiler"])
_QUOTATIONS = frozenset(["blockquote", "expandable_blockquote"])
_VERBATIM = frozenset(["code", "pre"])
# Line separators and direction overrides are cut out, other control characters become spaces.
_CUT_OUT = re.compile("[\r\u2028-\u202e]")
_TO_SPACE = re.compile("[\x00-\x09\x0b-\x1f]")
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u2800\u3164]*")


class ParseError(Exception):
    """The markup is not what Telegram takes; the message is Telegram's."""


@dataclass
class _Open:
    name: str
    attributes: dict[str, str]
    start: int


@dataclass
class _Parse:
    text: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(raw: str, parse_mode: str | None) -> tuple[str, list[Entity]]:
    """The text that people see and its entities; beyond the hundredth they are dropped without a word."""
    cleaned = _TO_SPACE.sub(" ", _CUT_OUT.sub("", raw))
    text, entities = parse_html(cleaned) if (parse_mode or "").lower() == "html" else (cleaned, [])
    text, entities = _trim(text, entities)
    return text, _without_clashes(sorted(entities, key=_place))[:MAX_ENTITIES]


def _place(entity: Entity) -> tuple[int, int, bool, bool]:
    # Of two with the same extent the quotation holds the other one, and a block of code the code.
    return entity["offset"], -entity["length"], entity["type"] not in _QUOTATIONS, entity["type"] != "pre"


def _without_clashes(entities: list[Entity]) -> list[Entity]:
    """What is left when Telegram has dropped what must not be nested: the outer one stays."""
    kept: list[Entity] = []
    ends: dict[str, int] = {}
    for entity in entities:
        group = _group(entity)
        # Nothing at all is inside code; quotations and links exclude each their own kind only.
        if entity["offset"] < max(ends.get("verbatim", 0), 0 if group == "style" else ends.get(group, 0)):
            continue
        kept.append(entity)
        for name in {group, "verbatim"} if entity["type"] in _VERBATIM else {group}:
            ends[name] = entity["offset"] + entity["length"]
    return kept


def _group(entity: Entity) -> str:
    if entity["type"] in _STYLES:
        return "style"
    return "quotation" if entity["type"] in _QUOTATIONS else "link"


def is_empty(text: str) -> bool:
    """Whether nothing of the text can be seen."""
    return _INVISIBLE.fullmatch(text) is not None


def parse_html(html: str) -> tuple[str, list[Entity]]:
    """Text and entities of Telegram's HTML."""
    state, position = _Parse(), 0
    while position < len(html):
        if html[position] == "<":
            position = _tag(html, position, state)
        else:
            until = html.find("<", position)
            until = len(html) if until < 0 else until
            state.text += _unescape(html[position:until])
            position = until
    if state.open:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{state.open[-1].name}"')
    return state.text, state.entities


def _tag(html: str, position: int, state: _Parse) -> int:
    offset = len(html[:position].encode("utf-8", "surrogatepass"))
    match = _TAG.match(html, position)
    is_end = html.startswith("</", position)
    if is_end and not state.open:
        raise ParseError(f"Unexpected end tag at byte offset {offset}")
    if not match:
        raise ParseError(f"Unclosed {'end' if is_end else 'start'} tag at byte offset {offset}")
    if is_end:
        _close(match["name"].lower(), offset, state)
    else:
        _begin(match, offset, state)
    return match.end()


def _begin(match: re.Match[str], offset: int, state: _Parse) -> None:
    name = match["name"].lower()
    attributes = dict(_attributes(match["rest"], name, offset))
    is_spoiler = name != "span" or attributes.get("class") == "tg-spoiler"
    if name not in _TYPES or not is_spoiler:
        raise ParseError(f'Unsupported start tag "{name}" at byte offset {offset}')
    state.open.append(_Open(name, attributes, utf16_units(state.text)))


def _attributes(rest: str, tag: str, offset: int) -> Iterator[tuple[str, str]]:
    position = 0
    while rest[position:].strip():
        match = _ATTRIBUTE.match(rest, position)
        if not match:
            raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        yield match["name"].lower(), _unescape((match["value"] or "").strip("\"'"))
        position = match.end()


def _close(name: str, offset: int, state: _Parse) -> None:
    opened = state.open.pop()
    if name and name != opened.name:
        expected = f'expected "</{opened.name}>", found "</{name}>"'
        raise ParseError(f"Unmatched end tag at byte offset {offset}, {expected}")
    length = utf16_units(state.text) - opened.start
    entity: Entity = {"type": _TYPES[opened.name], "offset": opened.start, "length": length}
    if opened.name == "a":
        entity["url"] = opened.attributes.get("href") or _units(state.text, opened.start, length)
    if opened.name == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    if length and _is_link(entity):
        state.entities.append(entity)


def _is_link(entity: Entity) -> bool:
    """Telegram shows a link with an address that it does not take as plain text."""
    if entity["type"] != "text_link":
        return True
    try:
        parts = urlsplit(entity["url"])
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "tg", "mailto", "tel") and not re.search(r"\s", entity["url"])


def _unescape(text: str) -> str:
    def replacement(match: re.Match[str]) -> str:
        if match["name"]:
            return _NAMED[match["name"]]
        code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
        return chr(code) if 0 < code <= sys.maxunicode else match[0]

    return _ESCAPE.sub(replacement, text)


def _units(text: str, offset: int, length: int) -> str:
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    shift = utf16_units(text) - utf16_units(text.lstrip())
    text = text.strip()
    end = utf16_units(text)
    moved: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] - shift + entity["length"])
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return text, moved


def covered(text: str, entity: Entity) -> str:
    """The part of the text that the entity covers."""
    return _units(text, entity["offset"], entity["length"])
