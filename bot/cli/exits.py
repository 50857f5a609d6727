"""The exit codes: what each means, told by the help of every command, by the README and by the package's docstring."""

from collections.abc import Mapping

from bot.knowledge.phrases import Bilingual

DONE = 0
UNSOUND = 1
USAGE = 2
DECLINED = 3
OPEN = 4
FAULT = 70
UNREACHABLE = 75
INTERRUPTED = 130
PIPE_CLOSED = 141

#: Every code that any command ends with.
EXITS: Mapping[int, Bilingual] = {
    DONE: Bilingual("erledigt", "done"),
    UNSOUND: Bilingual("das Wissen ist nicht in Ordnung", "the knowledge is not sound"),
    USAGE: Bilingual(
        "eine Einstellung, ein Argument oder die Umgebung stimmt nicht, oder die Ausgabe lässt sich nicht schreiben",
        "a setting, an argument or the surroundings are wrong, or the output cannot be written",
    ),
    DECLINED: Bilingual("ask hat keine Antwort auf die Frage", "ask has no answer to the question"),
    OPEN: Bilingual(
        "ask braucht erst eine Angabe oder eine Auswahl", "ask needs a fact or a choice before it can answer"
    ),
    FAULT: Bilingual("abgebrochen durch einen Fehler im Programm", "broken off by a fault of the program's own"),
    UNREACHABLE: Bilingual(
        "etwas geht gerade nicht, später noch einmal versuchen: Telegram oder Redis antwortet nicht, der Speicher ist "
        "gesperrt, sein Datenträger voll oder schreibgeschützt",
        "something is out of order for now, try again later: Telegram or Redis does not answer, the store is locked, "
        "its disk is full or read-only",
    ),
    INTERRUPTED: Bilingual("mit Strg-C unterbrochen", "interrupted by Ctrl-C"),
    PIPE_CLOSED: Bilingual(
        "wer die Ausgabe liest, ist vor ihrem Ende gegangen, wie head es tut",
        "the reader of the output left before its end, as head does",
    ),
}

#: What any command may end with; a command adds its own.
ALWAYS = (DONE, UNSOUND, USAGE, FAULT, INTERRUPTED, PIPE_CLOSED)
