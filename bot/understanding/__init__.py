"""What a message meant, given where its dialogue stands: content -> one event and the language to reply in.

This is where matching meets the dialogue. Nothing is worded here.

    __init__   buttons, commands and everything that is no text
    reading    one text in one state: the order in which it is read is the policy
    positions  "2", "die erste", "the last one"
"""

from bot.dialogue import codes, events
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.normalise import words
from bot.matching.utterances import Phrasing, UtteranceBook
from bot.messages import Commanded, CommandName, Content, Said, Tapped, Unreadable
from bot.understanding.reading import Meaning, Reader, Reading

#: Longer texts are declined kindly: nobody needs so much for a question, and much of it would be about people.
LONGEST_TEXT = 4000

#: Where a bare number may be an answer.
_WITH_CHOICES = (State.ASKING, State.CHOOSING, State.CHANGING)

_COMMANDED: dict[CommandName, Event] = {
    "start": events.Requested("start"),
    "help": events.Requested("help"),
    "sources": events.Requested("sources"),
    "privacy": events.Requested("privacy"),
    "reset": events.Reset(),
    "cancel": events.Cancelled(),
    "back": events.WentBack(),
    "change": events.ChangeAsked(),
    "why": events.WhyAsked(),
    "language": events.LanguageChosen(),
    "german": events.LanguageChosen("de"),
    "english": events.LanguageChosen("en"),
    "unknown": events.Unreadable("unknown_command"),
}


class Understanding:
    """Understands messages with one knowledge and its matcher."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._reader = Reader(knowledge, matcher, UtteranceBook(knowledge), Phrasing(knowledge.lexicon))

    def of(self, session: Session, content: Content) -> Meaning:
        if isinstance(content, Tapped):
            event, language = codes.read(content.code, self._knowledge)
            return Meaning(event, language or session.language)
        if isinstance(content, Commanded):
            return Meaning(self._commanded(content), session.language)
        if isinstance(content, Unreadable):
            return Meaning(events.Unreadable(), session.language)
        return self._said(session, content)

    def _commanded(self, command: Commanded) -> Event:
        # A link such as t.me/bot?start=whatsapp-advertising opens that entry.
        if command.name == "start" and command.argument in self._knowledge.entries:
            return events.Picked(command.argument)
        return _COMMANDED[command.name]

    def _said(self, session: Session, said: Said) -> Meaning:
        text = said.text.strip()
        read = words(text)
        if len(text) > LONGEST_TEXT:
            return Meaning(events.Unreadable("too_long"), self._matcher.languages.detect(text) or session.language)
        if not read or (all(word.isdecimal() for word in read) and session.state not in _WITH_CHOICES):
            return Meaning(events.Unreadable(_wordless(text)), session.language)
        return Reading(session, text, self._reader).meaning()


def _wordless(text: str) -> str:
    """The key of what is said to a text without words."""
    if not text:
        return "empty"
    is_sign = all(ord(character) > 0x2000 or character.isspace() for character in text)
    return "emoji" if is_sign else "gibberish"
