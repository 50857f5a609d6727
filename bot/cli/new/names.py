"""Names that something new may have, and the nearest good one for any other."""

import re

from bot.cli.errors import UsageError
from bot.knowledge.phrases import Bilingual
from bot.knowledge.readers import ID_LENGTH, is_identifier
from bot.matching.normalise import fold

_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def checked(name: str) -> str:
    """The name itself. Raises UsageError with the nearest good one if it is none."""
    if not is_identifier(name):
        near = nearest_name(name)
        hint = Bilingual(f"; wie wäre es mit {near}?", f"; how about {near}?") if near else Bilingual("", "")
        raise UsageError(
            Bilingual(
                f"„{name}“ ist kein Name: nur a-z, Ziffern und einzelne Bindestriche, höchstens {ID_LENGTH}{hint.de}",
                f'"{name}" is no name: only a-z, digits and single hyphens, at most {ID_LENGTH}{hint.en}',
            )
        )
    return name


def nearest_name(text: str) -> str:
    """What a name becomes with the letters that it may have; empty if nothing of it is left."""
    return _NO_LETTERS.sub("-", fold(text)).strip("-")[:ID_LENGTH].strip("-")
