"""Why the store's file, or a copy of it, cannot be used: what is said behind its name, in both languages."""

from collections.abc import Mapping

from bot.knowledge.phrases import Bilingual
from bot.sessions.sqlite.reasons import Reason

REASONS: Mapping[Reason, Bilingual] = {
    "missing": Bilingual("gibt es nicht", "does not exist"),
    "foreign": Bilingual("ist kein Speicher dieses Bots", "is no store of this bot"),
    "damaged": Bilingual("ist beschädigt", "is damaged"),
    "key": Bilingual(
        "wurde mit einem anderen Schlüssel versiegelt: BOT_STORE_KEY_FILE auf diesen Schlüssel setzen",
        "was sealed with another key: set BOT_STORE_KEY_FILE to that key",
    ),
    "denied": Bilingual(
        "lässt sich nicht lesen oder schreiben: Rechte prüfen oder als root ausführen",
        "cannot be read or written: see to the rights, or run it as root",
    ),
    "busy": Bilingual(
        "wird von einem anderen Programm festgehalten: später noch einmal versuchen",
        "is held by another program: try again later",
    ),
    "full": Bilingual("passt nicht auf den Datenträger: Platz schaffen", "does not fit on the disk: make room"),
    "disk": Bilingual(
        "ist wegen eines Fehlers des Datenträgers nicht lesbar oder schreibbar: später noch einmal versuchen",
        "cannot be read or written, for the disk fails: try again later",
    ),
}
