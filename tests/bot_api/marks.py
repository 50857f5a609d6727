"""What Telegram finds by itself in a text that a person writes: commands, names, tags, addresses.

Owns the entities of people's texts. Refuses phone numbers, bank cards and addresses without a scheme: the bots tried
here look at none of them.
"""

import re
from collections.abc import Iterator

from tests.bot_api.entities import Entity, utf16_units

_MARK = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<![\w/@])(?P<mention>@\w{3,32})(?!\w)"
    r"|(?<![\w&#])(?P<hashtag>#\w*[^\W\d]\w*)"
)


def found(text: str) -> list[Entity]:
    """The entities in order."""
    return list(_found(text))


def _found(text: str) -> Iterator[Entity]:
    for match in _MARK.finditer(text):
        offset = utf16_units(text[: match.start()])
        yield {"type": match.lastgroup, "offset": offset, "length": utf16_units(match[0])}
