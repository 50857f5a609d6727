"""What takes long to make of a knowledge and is the same for the same knowledge, however often tests load it."""

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Aside, Knowledge
from bot.matching.talk.utterances import UtteranceBook
from bot.understanding.readings import heard


def remember_utterances() -> None:
    """From now on in this process, how people say things is learnt once for the same asides and lexicon."""
    known: list[tuple[dict[str, Aside], Lexicon, UtteranceBook]] = []

    def remembered(knowledge: Knowledge) -> UtteranceBook:
        for asides, lexicon, book in known:
            if asides == knowledge.asides and lexicon == knowledge.lexicon:
                return book
        known.append((dict(knowledge.asides), knowledge.lexicon, UtteranceBook(knowledge)))
        return known[-1][-1]

    heard.UtteranceBook = remembered  # type: ignore[assignment, attr-defined]
