"""What is held of a person and why, in words: the privacy notice, the answers to a request for access and erasure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from bot.dialogue.citing import format_day
from bot.dialogue.held import Held, HeldSession
from bot.dialogue.scene import Controller, Notice
from bot.dialogue.session import Session
from bot.knowledge.model import Knowledge
from bot.messages import Attachment, Block, Language, Line

FILE_NAMES: Mapping[Language, str] = {"de": "meine-daten.json", "en": "my-data.json"}


class Disclosure:
    """Words what is held, in one language."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._knowledge = knowledge
        self._language = language
        self._texts = knowledge.texts[language]

    def notice(self, notice: Notice) -> tuple[Block, ...]:
        """The privacy notice (Art. 13 GDPR) of this bot as it is set up."""
        stored = tuple(Line(self._retained(f"stored_{name}", notice)) for name in notice.stored)
        basis = "privacy_basis_public" if notice.controller.is_public_body else "privacy_basis_private"
        return (
            *self._paragraphs("page_privacy"),
            *self._controller(notice.controller),
            *((Block("list", stored, title=self._texts["privacy_stored"]),) if stored else ()),
            *(() if notice.is_lasting else self._paragraphs("privacy_stored_nothing")),
            *self._copies(notice),
            *self._paragraphs(basis),
            *self._paragraphs(
                "privacy_recipients_server" if notice.is_remote else f"privacy_recipients_{notice.channel}"
            ),
            *self._processors(notice.controller),
            *self._paragraphs("privacy_objection"),
            *self._paragraphs("privacy_rights"),
        )

    def held(self, held: Held, notice: Notice) -> tuple[Block, ...]:
        """Everything that is held, as the answer to an access request (Art. 15 GDPR)."""
        if not held.sessions:
            return self._waiting(held) or (self._text("held_nothing"),)
        dialogues = [self._dialogue(each, notice) for each in held.sessions]
        title = "held_title" if notice.is_lasting else "held_title_memory"
        rest = "held_file" if notice.channel == "telegram" else "held_file_terminal"
        return (self._text(title), *dialogues, *self._waiting(held), self._text(rest))

    def held_file(self, held: Held) -> Attachment:
        """The same as a copy for a machine (Art. 15 (3) GDPR)."""
        content = {
            "sessions": [_as_data(each) for each in held.sessions],
            "waiting_messages": held.waiting_messages,
            "waiting_replies": held.waiting_replies,
        }
        return Attachment(FILE_NAMES[self._language], json.dumps(content, ensure_ascii=False, indent=2) + "\n")

    def erased(self, held: Held, notice: Notice) -> tuple[Block, ...]:
        """What was deleted, and what is not ours to delete."""
        rest = (*self._copies(notice), *((self._text("erased_not"),) if notice.channel == "telegram" else ()))
        if not held.sessions and not held.waiting_replies:
            return (self._text("erased_nothing"), *rest)
        facts = sum(len(each.session.facts) for each in held.sessions)
        counted = [
            self._counted("dialogue", len(held.sessions)),
            *([self._counted("detail", facts)] if facts else []),
            *([self._counted("reply", held.waiting_replies)] if held.waiting_replies else []),
        ]
        told = self._texts["erased"].format(what=", ".join(counted))
        return (Block("text", (Line(told),)), *rest)

    def introduction(self, notice: Notice) -> tuple[Block, ...]:
        """Who is responsible and where the rest is told; nothing where nobody is named."""
        controller = notice.controller
        if not controller.name:
            return ()
        told = self._texts["privacy_introduction"].format(name=controller.name, contact=controller.contact)
        return (Block("hint", (Line(told),)),)

    def days(self, duration: timedelta) -> str:
        """A time in days."""
        return self._counted("day", duration / timedelta(days=1))

    def _counted(self, what: str, amount: float) -> str:
        number = f"{amount:g}".replace(".", "," if self._language == "de" else ".")
        return self._texts[f"one_{what}"] if amount == 1 else self._texts[f"many_{what}"].format(amount=number)

    def _copies(self, notice: Notice) -> tuple[Block, ...]:
        """That what is deleted lives on in copies of the store for a while, where any are made."""
        if notice.backups is None:
            return ()
        told = self._texts["privacy_backups"].format(hours=self._hours(notice.backups))
        return (Block("text", (Line(told),)),)

    def _hours(self, duration: timedelta) -> str:
        return self._counted("hour", duration / timedelta(hours=1))

    def _processors(self, controller: Controller) -> tuple[Block, ...]:
        if not controller.processors:
            return ()
        told = self._texts["privacy_processors"].format(names=controller.processors)
        return (Block("text", (Line(told),)),)

    def _controller(self, controller: Controller) -> tuple[Block, ...]:
        if not controller.name:
            return (self._text("privacy_no_controller"),)
        told = [self._texts["privacy_controller"].format(name=controller.name, contact=controller.contact)]
        if controller.address:
            told.append(self._texts["privacy_address"].format(address=controller.address))
        if controller.officer:
            told.append(self._texts["privacy_officer"].format(contact=controller.officer))
        return (Block("text", tuple(map(Line, told))),)

    def _retained(self, key: str, notice: Notice) -> str:
        return self._texts[key].format(hours=self._hours(notice.sessions), days=self.days(notice.donations))

    def _dialogue(self, held: HeldSession, notice: Notice) -> Block:
        session = held.session
        lines = [
            self._texts["held_facts"].format(facts=self._stated(session.facts.items()) or "–"),
            self._texts["held_topic"].format(title=self._topic(session.entry)),
            *self._remembered(session),
            self._texts["held_rated"].format(rated=len(session.rated), donated=len(session.donated)),
            self._texts["held_language"].format(language={"de": "Deutsch", "en": "English"}[session.language]),
            self._texts["held_times" if notice.is_lasting else "held_times_memory"].format(
                touched=self._time(held.touched_at), expires=self._time(held.expires_at)
            ),
        ]
        return Block("list", tuple(map(Line, lines)), title=self._texts["held_dialogue"])

    def _remembered(self, session: Session) -> Iterator[str]:
        """What else is kept of the dialogue, as far as there is any."""
        excluded = [(name, option) for name, options in session.excluded.items() for option in options]
        country = self._knowledge.countries.get(session.country)
        held = {
            "held_supposed": {"facts": self._stated(session.supposed.items())},
            "held_excluded": {"facts": self._stated(excluded)},
            "held_told": {"title": self._topic(session.told.entry) if session.told else ""},
            "held_next": {"titles": " · ".join(self._topic(each.entry) for each in session.waiting)},
            "held_country": {"name": country.name[self._language] if country else ""},
            "held_numbers": {"count": str(len(session.numbers) or "")},
        }
        yield from (self._texts[key].format(**values) for key, values in held.items() if all(values.values()))

    def _stated(self, told: Iterable[tuple[str, str]]) -> str:
        facts = self._knowledge.facts
        return " · ".join(facts[name].stated(value, self._language) for name, value in told if name in facts)

    def _time(self, at: datetime) -> str:
        return f"{format_day(at.date(), self._language)}, {at:%H:%M} UTC"

    def _topic(self, entry: str | None) -> str:
        found = self._knowledge.entries.get(entry or "")
        return found.title[self._language] if found else "–"

    def _waiting(self, held: Held) -> tuple[Block, ...]:
        if not held.waiting_messages and not held.waiting_replies:
            return ()
        told = self._texts["held_waiting"].format(messages=held.waiting_messages, replies=held.waiting_replies)
        return (Block("text", (Line(told),)),)

    def _paragraphs(self, key: str) -> list[Block]:
        return [Block("text", (Line(paragraph),)) for paragraph in self._texts[key].split("\n\n")]

    def _text(self, key: str) -> Block:
        return Block("text", (Line(self._texts[key]),))


def _as_data(held: HeldSession) -> dict[str, object]:
    times = {"touched_at": held.touched_at.isoformat(), "expires_at": held.expires_at.isoformat()}
    return {**asdict(held.session), **times}
