"""How an error may be told of: its class, its cause's class and where it arose.

Refuses messages of exceptions and tracebacks: both may quote what a person wrote.
"""

import traceback

_FRAMES_SHOWN = 4


def describe(error: BaseException) -> str:
    """The error as it may be logged."""
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ else ""
    frames = list(traceback.walk_tb(error.__traceback__))[-_FRAMES_SHOWN:]
    places = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames]
    return f"{type(error).__name__}{cause} at {' > '.join(places) or 'unknown place'}"
