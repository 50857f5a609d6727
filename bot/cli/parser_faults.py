"""argparse's own messages in German: it is English unless a whole catalogue of translations is installed."""

import re

from bot.messages import Language

#: As Python 3.11 to 3.14 word them; the first that fits counts.
_GERMAN = (
    (r"the following arguments are required: (.+)", r"es fehlt: \1"),
    (r"unrecognized arguments: (.+)", r"unbekannt: \1"),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1 braucht einen Wert"),
    (r"argument (\S+): expected at most one argument", r"\1 nimmt höchstens einen Wert"),
    (r"argument (\S+): expected (\d+) arguments", r"\1 braucht \2 Werte"),
    (r"argument (\S+): ignored explicit argument .+", r"\1 nimmt keinen Wert"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 und \2 schließen einander aus"),
    (r"one of the arguments (.+) is required", r"eines davon muss sein: \1"),
    (
        r"argument (\S+): invalid choice: (.+?)(?:, maybe you meant .+\?)? \(choose from (.+)\)",
        r"\1: \2 gibt es nicht; möglich sind \3",
    ),
)


def told(message: str, language: Language) -> str:
    """A message of argparse; one that is not known stays as it is, which is better than none."""
    if language == "en":
        return message
    for pattern, german in _GERMAN:
        if fitting := re.fullmatch(pattern, message, re.DOTALL):
            return fitting.expand(german)
    return message
