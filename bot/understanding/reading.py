"""One text in one state of a dialogue -> the event it means. The order of the readings is the policy."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.events import Event
from bot.messages import Language
from bot.understanding.readings import answered, asked, offered, talked
from bot.understanding.readings.heard import Heard, Reader

__all__ = ["Heard", "Meaning", "Reader", "meaning"]

#: The first reading that fits counts; a question is what is left. What is urgent comes before all but commands; an
#: answer to the open question before small talk, for "nein" is both.
READINGS: tuple[Callable[[Heard], Event | None], ...] = (
    talked.command,
    talked.emergency,
    talked.not_understood,
    offered.choice,
    answered.fact_to_change,
    answered.answer,
    talked.country,
    talked.term,
    talked.about_answer,
    talked.about_answer_with_facts,
    talked.aside,
    talked.foreign,
    talked.gibberish,
    asked.supposition,
    asked.revision,
    asked.denial,
    asked.neighbour,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The event of a message, and the language to go on in."""

    event: Event
    language: Language
    #: The kinds of personal data in the text, which nobody needs for an answer.
    personal: tuple[str, ...] = ()
    #: Another country that the person speaks of.
    country: str = ""


def meaning(heard: Heard) -> Meaning:
    """What a text means, and the language to go on in."""
    found = (reading(heard) for reading in READINGS)
    event = next((each for each in found if each is not None), None) or asked.question(heard)
    return Meaning(event, heard.language, country=heard.reader.countries.named(heard.text) or "")
