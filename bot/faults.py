"""How an error may be told of: its class, its cause's class and where it arose; and how an address may be shown.

Refuses messages of exceptions and tracebacks: both may quote what a person wrote. Refuses users and passwords.
"""

import traceback
from urllib.parse import urlsplit

_FRAMES_SHOWN = 4


def describe(error: BaseException) -> str:
    """The error as it may be logged."""
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ else ""
    frames = list(traceback.walk_tb(error.__traceback__))[-_FRAMES_SHOWN:]
    places = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames]
    return f"{type(error).__name__}{cause} at {' > '.join(places) or 'unknown place'}"


def own_fault(error: BaseException) -> str:
    """An error that can only be the program's own, as the log tells it."""
    return f"{describe(error)}; this is a fault of the program: please report this line"


def shown_address(url: str) -> str:
    """A server's address as it may be shown: without a user or password in it, and without a path."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    return f"{parts.scheme}://{host_and_port(host, port)}" if host else "this address"


def host_and_port(host: str, port: int | None) -> str:
    """Both as they stand in an address: an IPv6 address in brackets."""
    bracketed = f"[{host}]" if ":" in host else host
    return f"{bracketed}:{port}" if port else bracketed
