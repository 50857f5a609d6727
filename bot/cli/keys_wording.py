"""What is said of the store's keys and of what they seal, in both languages."""

from collections.abc import Iterable, Mapping

from bot.knowledge.phrases import Bilingual
from bot.messages import Language
from bot.sessions.keyring import KeyUse

_ONE: Mapping[str, Bilingual] = {
    "sessions": Bilingual("1 Gespräch", "1 dialogue"),
    "inbox": Bilingual("1 wartende Nachricht", "1 waiting message"),
    "outbox": Bilingual("1 wartende Antwort", "1 waiting reply"),
    "donations": Bilingual("1 gespendete Frage", "1 donated question"),
}
_MANY: Mapping[str, Bilingual] = {
    "sessions": Bilingual("{} Gespräche", "{} dialogues"),
    "inbox": Bilingual("{} wartende Nachrichten", "{} waiting messages"),
    "outbox": Bilingual("{} wartende Antworten", "{} waiting replies"),
    "donations": Bilingual("{} gespendete Fragen", "{} donated questions"),
}
_NOTHING = Bilingual("nichts", "nothing")
_MISSING = Bilingual(
    "BOT_STORE_KEY: ein Schlüssel fehlt, der noch {} versiegelt: setzen Sie ihn wieder hinter den ersten, oder löschen "
    "Sie, was nur er öffnet, mit datenschutz-bot keys --discard",
    "BOT_STORE_KEY: a key is missing that still seals {}: set it again behind the first one, or delete what only it "
    "opens with datenschutz-bot keys --discard",
)


def told(uses: Iterable[KeyUse], language: Language) -> str:
    """What these keys seal together, such as "3 dialogues, 1 donated question"."""
    listed = list(uses)
    sums = {kind: sum(use.sealed.get(kind, 0) for use in listed) for kind in _ONE}
    counted = [
        (_ONE if number == 1 else _MANY)[kind][language].format(number) for kind, number in sums.items() if number
    ]
    return ", ".join(counted) or _NOTHING[language]


def told_missing(lost: Iterable[KeyUse]) -> Bilingual:
    """Why the bot does not start without these keys, and what to do."""
    listed = list(lost)
    return Bilingual(_MISSING.de.format(told(listed, "de")), _MISSING.en.format(told(listed, "en")))
