"""Parts of a question that comes in several messages: "wir sind ein friseursalon", "und wollen an termine erinnern",
"geht das?".

Owns what may be but a part, and what goes on with one. Refuses to wait: that is the delivery's.
"""

from collections.abc import Sequence

from bot.dialogue.events import (
    Alarmed,
    Ambiguous,
    AnswerAsked,
    CountryAsked,
    Event,
    Excluded,
    Matched,
    Revised,
    Supposed,
    Unmatched,
)
from bot.dialogue.session import Session, State
from bot.knowledge.lexicon import Lexicon
from bot.matching.normalise import words
from bot.matching.talk.utterances import Phrasing

#: A message of more words says what it has to say.
MOST_WORDS = 12

_NOTED = (Revised, Excluded, Supposed)
_FOUND = (Matched, Ambiguous)
_CONTINUING = (*_FOUND, *_NOTED, Unmatched, Alarmed, CountryAsked)
#: Where what is not understood is no answer to a question of ours.
_OPEN = (State.IDLE, State.CHOOSING, State.ANSWERED)


class Fragments:
    """Recognises parts, by the words of one knowledge."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._phrasing = Phrasing(lexicon)

    def is_part(self, session: Session, texts: Sequence[str], event: Event) -> bool:
        """Whether the messages may be but a part: what they mean together would only be noted, or would miss. Of
        several also what is found in them, as long as nothing is asked: "und wollen an termine erinnern"."""
        if len(words(texts[-1])) > MOST_WORDS or any("?" in text for text in texts):
            return False
        if isinstance(event, _FOUND):
            return len(texts) > 1 and not any(self._asks(text) for text in texts)
        is_noted = isinstance(event, _NOTED) and session.state is State.IDLE
        is_missed = isinstance(event, Unmatched) or _is_about_nothing(session, event)
        return is_noted or (is_missed and session.state in _OPEN)

    @staticmethod
    def continues(session: Session, event: Event) -> bool:
        """Whether a message can go on with parts before it, by what it means alone."""
        return isinstance(event, _CONTINUING) or _is_about_nothing(session, event)

    def _asks(self, text: str) -> bool:
        return self._phrasing.is_question(text) or self._phrasing.asks(text)


def _is_about_nothing(session: Session, event: Event) -> bool:
    """ "Geht das?", "dürfen wir", where there is no answer that it could be about."""
    return isinstance(event, AnswerAsked) and session.told is None
