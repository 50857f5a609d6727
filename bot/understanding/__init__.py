"""What a message meant, given where its dialogue stands: content -> one event and the language to reply in.

This is where matching meets the dialogue. Nothing is worded here.

    __init__   buttons, commands and everything that is no text
    reading    one text in one state: the order in which it is read is the policy
    readings   each way to read it
    choosing   which of the entries offered is meant
    several    several questions in one message
    fragments  what may be but a part of a question, and what goes on with it
    positions  "2", "die erste", "the last one"
    personal_data  what nobody should have sent
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import get_args

from bot.dialogue import cases, codes, events
from bot.dialogue.events import Event
from bot.dialogue.layers import COPY, WORDING, Layer, says_label, says_of
from bot.dialogue.questions import with_implied
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.matching.legible import decoded
from bot.matching.matcher import Matcher
from bot.matching.normalise import words
from bot.messages import Commanded, CommandName, Content, Language, Tapped, Unreadable
from bot.understanding import personal_data
from bot.understanding.reading import Heard, Meaning, Reader, meaning

#: Longer texts are declined kindly: nobody needs so much for a question, and much of it would be about people.
LONGEST_TEXT = 4000

#: A donated question is shown whole, in one message.
LONGEST_DONATION = 1500

#: What is less probable than this is not suggested beside the best.
LEAST_SUGGESTED = 0.05

#: Where a bare number may be an answer.
_WITH_CHOICES = (State.ASKING, State.CHOOSING, State.CHANGING)

#: Buttons that bring something along, so that their words alone mean nothing.
_ONLY_BUTTONS = ("donate", "donate_yes", "donate_no", "withdraw", "helpful", "unhelpful", "share")

#: Signs that people answer with.
_SIGNS = {"👍": True, "👌": True, "✅": True, "✔": True, "👎": False, "❌": False}

_COMMANDED: dict[CommandName, Event] = {
    "start": events.Requested("start"),
    "help": events.Requested("help"),
    "sources": events.Requested("sources"),
    "privacy": events.Requested("privacy"),
    "my_data": events.DataRequested(),
    "forget": events.ErasureRequested(),
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
        texts = knowledge.texts
        self._labels = {
            texts[each][f"button_{name}"].casefold() for each in knowledge.languages for name in _ONLY_BUTTONS
        }
        self._layers = _layers_by_label(knowledge)
        self._reader = Reader(knowledge, matcher)

    def of(self, session: Session, content: Content, at: datetime) -> Meaning:
        """What a message meant, in a dialogue that stands there; `at` is when it was written."""
        if isinstance(content, Tapped):
            return self._tapped(session, content)
        if isinstance(content, Commanded):
            return Meaning(self._commanded(content), session.language)
        if isinstance(content, Unreadable):
            key = "not_text" if content.kind == "other" else f"not_text_{content.kind}"
            return Meaning(events.Unreadable(key), session.language)
        text = decoded(content.text)
        meant = self._said(session, text, at)
        found = personal_data.find(text)
        return replace(meant, personal=tuple(dict.fromkeys(each.kind for each in found))) if found else meant

    def suggestions(self, text: str, language: Language) -> tuple[list[tuple[str, Mapping[str, str]]], Language]:
        """The entries that may answer what was typed so far, best first, with the facts said; and its language."""
        spoken = self._matcher.languages.detect(text) or language
        decision = self._matcher.decide(text[:LONGEST_TEXT], spoken)
        if decision.kind == "unmatched":
            return [], spoken
        said = self._matcher.facts.read(text)
        facts = with_implied(self._knowledge.facts, {**said.subject, **said.told})
        likely = [each.entry for each in decision.candidates if each.score >= LEAST_SUGGESTED]
        return [(entry, facts) for entry in dict.fromkeys((*decision.offered, *likely))], spoken

    def _tapped(self, session: Session, tap: Tapped) -> Meaning:
        event, language = codes.read(tap.code, self._knowledge)
        spoken = language or session.language
        if isinstance(event, events.DonationOffered) and tap.is_forwarded:
            event = events.Unreadable("donation_forwarded")
        elif isinstance(event, events.DonationOffered):
            event = events.DonationOffered(self._blanked(decoded(tap.question.strip()), spoken))
        elif isinstance(event, events.DonationRefused):
            event = events.DonationRefused(tap.shown)
        elif isinstance(event, events.DonationConfirmed):
            # What is stored is what was shown, word for word.
            event = events.DonationConfirmed(tap.quoted.strip(), tap.shown)
        return Meaning(event, spoken)

    def _blanked(self, text: str, language: Language) -> str:
        shown = text if len(text) <= LONGEST_DONATION else f"{text[:LONGEST_DONATION]} …"
        return personal_data.blank(shown, _labels(self._knowledge.texts[language]))

    def _commanded(self, command: Commanded) -> Event:
        # A link such as t.me/bot?start=whatsapp-advertising opens that entry, with the facts packed into it.
        case = cases.unpack(command.argument, self._knowledge) if command.name == "start" else None
        if case is None:
            return _COMMANDED[command.name]
        return events.Matched(case.entry, case.facts) if case.facts else events.Picked(case.entry)

    def _signed(self, session: Session, affirms: bool, at: datetime) -> Meaning:
        """A thumb below an answer rates it; else it is a yes or no."""
        if session.state is State.ANSWERED and session.told:
            return Meaning(events.Rated(session.told.entry, has_helped=affirms), session.language)
        said = self._knowledge.asides["yes" if affirms else "no"].said_as[session.language]
        return meaning(Heard(session, said[0], at, self._reader))

    def _said(self, session: Session, said: str, at: datetime) -> Meaning:
        text = said.strip()
        read = words(text)
        is_sign = session.state is not State.IDLE and _affirms(text) is not None
        if text.casefold() in self._labels and not is_sign:
            # Only the button knows which question is meant.
            return Meaning(events.Unreadable("press_button"), session.language)
        if session.state is State.ANSWERED and session.told and (layer := self._layers.get(text.casefold())):
            return Meaning(events.Unfolded(session.told.entry, session.told.facts, layer), session.language)
        if len(text) > LONGEST_TEXT:
            return Meaning(events.Unreadable("too_long"), self._matcher.languages.detect(text) or session.language)
        is_choosing = session.state in _WITH_CHOICES or bool(session.candidates or session.pending)
        if not read or (all(word.isdecimal() for word in read) and not is_choosing):
            return self._wordless(session, text, at)
        return meaning(Heard(session, text, at, self._reader))

    def _wordless(self, session: Session, text: str, at: datetime) -> Meaning:
        """A text of signs, or a number that counts nothing."""
        if session.state is not State.IDLE:
            if "?" in text and not words(text):
                # "???" after something that the bot has said.
                return Meaning(events.NotUnderstood(), session.language)
            if (affirms := _affirms(text)) is not None:
                return self._signed(session, affirms, at)
        return Meaning(events.Unreadable(_wordless(text)), session.language)


def _affirms(text: str) -> bool | None:
    """Whether a text is nothing but a sign that affirms or denies; None for anything else."""
    found = {_SIGNS.get(character) for character in text if not _is_modifier(character)}
    return found.pop() if len(found) == 1 else None


def _is_modifier(character: str) -> bool:
    """The colour of a hand, and what asks for a picture."""
    return "\U0001f3fb" <= character <= "\U0001f3ff" or character == "\ufe0f" or character.isspace()


def _layers_by_label(knowledge: Knowledge) -> dict[str, Layer]:
    """What is typed instead of pressing a button below an answer, and the layer that it unfolds."""
    outcomes = (outcome for entry in knowledge.entries.values() for outcome in entry.outcomes)
    said = {reference.source for outcome in outcomes for reference in outcome.source_says}
    found: dict[str, Layer] = {}
    for language in knowledge.languages:
        texts = knowledge.texts[language]
        found |= {texts["button_wording"].casefold(): WORDING, texts["button_copy"].casefold(): COPY}
        found |= {says_label(knowledge, source, language).casefold(): says_of(source) for source in said}
    return found


def _labels(texts: Mapping[str, str]) -> dict[personal_data.Kind, str]:
    return {kind: texts[f"blank_{kind}"] for kind in get_args(personal_data.Kind)}


def _wordless(text: str) -> str:
    """The key of what is said to a text without words."""
    if not text:
        return "empty"
    is_sign = all(ord(character) > 0x2000 or character.isspace() for character in text)
    return "emoji" if is_sign else "gibberish"
