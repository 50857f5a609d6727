"""Names of variables: what looks like a setting and is none is refused: a misspelt time of deletion deletes nothing.

Owns what is let pass because other programs set it. Refuses to read values, except those by which a link is known.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from bot.settings.values import SettingsError

#: Names (or patterns with *) of other programs' variables, apart by spaces or commas.
IGNORED = "BOT_IGNORED_VARIABLES"
_PREFIX = "BOT_"
#: Others have variables that begin so, too: only what resembles one of ours is taken for it.
_SHARED_PREFIXES = ("BOT_", "TELEGRAM_")
#: Telegram's own Bot API server is set by these, often in the same file.
_OF_THE_API_SERVER = re.compile("TELEGRAM_(API_ID|API_HASH|HTTP_PORT|HTTP_STAT_PORT|LOCAL|STAT|VERBOSITY)")
#: What Kubernetes sets in every container for each service, and Docker for each link: here for one named "bot…".
_OF_A_SERVICE = re.compile(r"[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_[A-Z]+)?)")
_ADDRESS_OF_A_SERVICE = re.compile("(tcp|udp|sctp)://")
_LEAST_ALIKE = 0.7


def refuse_unknown(environment: Mapping[str, str], known: Sequence[str]) -> None:
    """Raise SettingsError, with all of them in one line, if variables are set that look like ours and are not known."""
    ignored = (environment.get(IGNORED) or "").replace(",", " ").split()
    # An empty variable counts as not set.
    others = [name for name in environment if name not in known and environment.get(name)]
    unknown = [
        _told(name, known)
        for name in sorted(others)
        if _is_meant_for_us(name, known)
        and not _is_of_others(name, environment.get(name) or "")
        and not any(fnmatchcase(name, pattern) for pattern in ignored)
    ]
    if unknown:
        raise SettingsError("; ".join(unknown))


def _is_meant_for_us(name: str, known: Sequence[str]) -> bool:
    return name.startswith(_PREFIX) or (name.upper().startswith(_SHARED_PREFIXES) and bool(_nearest(name, known)))


def _is_of_others(name: str, value: str) -> bool:
    is_address = name.endswith("_PORT") and _ADDRESS_OF_A_SERVICE.match(value)
    return bool(is_address or _OF_A_SERVICE.fullmatch(name) or _OF_THE_API_SERVER.fullmatch(name))


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    """The known names that have all of its words and the fewest others (TELEGRAM_BOT_TOKEN of BOT_TOKEN), else one that
    is written alike."""
    words = _words(name)
    fuller = [each for each in known if words and words <= _words(each)]
    if fuller:
        fewest = min(len(_words(each)) for each in fuller)
        return [each for each in fuller if len(_words(each)) == fewest]
    rests = {_rest(each): each for each in known}
    return [rests[each] for each in get_close_matches(_rest(name), rests, n=1, cutoff=_LEAST_ALIKE)]


def _rest(name: str) -> str:
    """A name without what all begin with, which would make all alike."""
    return name.upper().removeprefix("TELEGRAM_").removeprefix(_PREFIX)


def _words(name: str) -> set[str]:
    return set(_rest(name).split("_")) - {""}


def _told(name: str, known: Sequence[str]) -> str:
    nearest = _nearest(name, known)
    if not nearest:
        return f"{name} is not known: unset it, or name it in {IGNORED} if another program reads it"
    others = "" if name.startswith(_PREFIX) else f" If another program reads it, name it in {IGNORED}"
    return f"{name} is not known: did you mean {' or '.join(nearest)}?{others}"
