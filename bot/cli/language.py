"""The language in which a command speaks to whoever started it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.messages import LANGUAGES, Language

#: In the order of POSIX: the first that is set counts.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_OPTION = "--language"


def readers_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """What `--language` says, else the locale; German where neither names a language of ours, for most editors are."""
    return _known(_chosen(arguments)) or _known(_of_locale(environment)) or "de"


def _chosen(arguments: Sequence[str]) -> str:
    """The option's value, read before there is a parser, which must itself speak that language."""
    given = [following for each, following in pairwise(arguments) if each == _OPTION]
    joined = [each.partition("=")[2] for each in arguments if each.startswith(f"{_OPTION}=")]
    return (given + joined or [""])[-1]


def _of_locale(environment: Mapping[str, str]) -> str:
    return next((value for name in _LOCALE if (value := environment.get(name))), "")


def _known(text: str) -> Language | None:
    """`de_AT.UTF-8`, `en-GB` and `de` alike."""
    code = text.strip().lower().replace("-", "_").partition("_")[0].partition(".")[0]
    return next((language for language in LANGUAGES if language == code), None)
