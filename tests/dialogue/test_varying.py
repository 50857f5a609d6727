"""Nothing is said twice in a row in the same words, and what is remembered of it nobody can read back."""

from dataclasses import replace

import pytest

from bot.dialogue import events
from bot.dialogue.events import Event
from bot.dialogue.layers import COPY, FOLDED, WORDING, Layer
from bot.dialogue.respond import respond
from bot.dialogue.session import Session
from bot.dialogue.states import step
from bot.dialogue.varying import varied
from bot.knowledge.model import Knowledge
from bot.messages import Block, Choice, Language, Line, Reply
from bot.sessions import codec
from tests.dialogue.conftest import TODAY

PAYING = {"visitor": "adult", "ticket": "no"}
Shown = tuple[tuple[str, ...], ...]


class Varied:
    """A dialogue whose replies are varied, as an assistant hands them out."""

    def __init__(self, knowledge: Knowledge, language: Language = "de") -> None:
        self._knowledge = knowledge
        self.session = Session(language)
        self.replies: tuple[Reply, ...] = ()

    def __call__(self, event: Event) -> Shown:
        stepped = step(self.session, event, self._knowledge)
        replies = respond(stepped.session.language, stepped.acts, self._knowledge, TODAY)
        self.replies, self.session = varied(replies, stepped.session, self._knowledge)
        return tuple(tuple(line.text for block in reply.blocks for line in block.lines) for reply in self.replies)


@pytest.fixture
def talk(small: Knowledge) -> Varied:
    return Varied(small)


@pytest.mark.parametrize(
    ("language", "leads"), [("de", ["Noch einmal:", "Wie gesagt:"]), ("en", ["Once more:", "As I said:"])]
)
def test_what_is_said_again_has_a_word_before_it_each_time_another(
    language: Language, leads: list[str], small: Knowledge
) -> None:
    talk = Varied(small, language)
    (first,) = talk(events.Matched("pool-dogs"))
    for lead in (*leads, *leads):
        (again,) = talk(events.AnswerAsked("repeat"))
        assert again == (lead, *first)


REPEATED: dict[str, list[Event]] = {
    "nothing open": [events.Continued()],
    "unreadable": [events.Unreadable("gibberish")],
    "help": [events.Requested("help")],
    "sources": [events.Requested("sources")],
    "a word": [events.TermAsked("season-ticket")],
    "a country": [events.CountryAsked("austria")],
    "an emergency": [events.Alarmed("drowning")],
    "small talk": [events.AsideMade("thanks")],
    "a question": [events.Matched("pool-price"), events.AsideMade("thanks")],
    "no answer": [events.Matched("pool-price"), events.Unmatched()],
    "a round": [events.Ambiguous(("pool-price", "pool-dogs")), events.AsideMade("thanks")],
    "an aspect": [events.Matched("pool-dogs"), events.AnswerAsked("reasons")],
    "a file": [events.Matched("pool-dogs"), events.AnswerAsked("as_file")],
}


@pytest.mark.parametrize("turns", REPEATED.values(), ids=REPEATED)
def test_whatever_is_said_three_times_in_a_row_differs_each_time(turns: list[Event], talk: Varied) -> None:
    for event in turns[:-1]:
        talk(event)
    said = [talk(turns[-1]) for _ in range(3)]
    assert len(set(said)) == 3


def test_the_same_after_something_else_needs_no_word_before_it(talk: Varied) -> None:
    first = talk(events.Matched("pool-dogs"))
    talk(events.Matched("pool-hours"))
    assert talk(events.Matched("pool-dogs")) == first
    talk(events.AnswerAsked("repeat"))
    talk(events.Matched("pool-hours"))
    assert talk(events.Matched("pool-dogs")) == first


def test_what_differs_in_its_buttons_alone_is_not_the_same(small: Knowledge) -> None:
    one = Reply("de", (Block("text", (Line("Bitte wählen Sie."),)),), (Choice("Eins", "e:de:pool-dogs"),))
    _, session = varied((one,), Session("de"), small)
    other = replace(one, choices=(Choice("Zwei", "e:de:pool-hours"),))
    assert varied((other,), session, small)[0] == (other,)


def test_only_the_first_of_several_messages_has_a_word_before_it(talk: Varied) -> None:
    talk(events.Matched("pool-price"))
    first = talk(events.Matched("pool-dogs"))
    session = replace(talk.session, said=talk.session.said)
    assert len(first) == 2
    talk.session = session
    again = talk(events.Matched("pool-dogs"))
    assert again == (("Noch einmal:", *first[0]), *first[1:])


@pytest.mark.parametrize("layer", [WORDING, FOLDED], ids=["open", "fold"])
def test_what_unfolds_in_its_own_message_is_said_nowhere_again(layer: Layer, talk: Varied) -> None:
    talk(events.Matched("pool-dogs"))
    before = talk.session
    event = events.Unfolded("pool-dogs", {}, layer)
    assert talk(event) == talk(event)
    assert talk.session == before
    # What was said before it is still what was said last.
    assert talk(events.AnswerAsked("repeat"))[0][0] == "Noch einmal:"


def test_a_text_to_copy_that_comes_once_more_is_still_to_be_copied_as_it_stands(talk: Varied) -> None:
    talk(events.Matched("pool-price", PAYING))
    event = events.Unfolded("pool-price", PAYING, COPY)
    talk(event)
    talk(event)
    (block,) = [each for each in talk.replies[0].blocks if each.kind == "copy"]
    assert [line.text for line in block.lines] == ["Zwei Erwachsene, bitte."]


def test_where_nothing_is_said_nothing_is_remembered(small: Knowledge) -> None:
    session = Session("de", said="abc", repeats=1)
    assert varied((), session, small) == ((), session)


def test_what_is_remembered_is_short_and_tells_nothing(talk: Varied) -> None:
    talk(events.Matched("pool-dogs"))
    assert len(talk.session.said) == 12
    assert "Hunde" not in codec.encode(talk.session)


def test_it_is_known_again_after_a_restart(talk: Varied) -> None:
    talk(events.Matched("pool-dogs"))
    stored = codec.decode(codec.encode(talk.session))
    assert stored is not None
    talk.session = stored
    assert talk(events.AnswerAsked("repeat"))[0][0] == "Noch einmal:"


def test_in_another_language_it_is_not_the_same(talk: Varied) -> None:
    talk(events.Requested("help"))
    talk.session = replace(talk.session, language="en")
    assert talk(events.Requested("help"))[0][0] != "Once more:"
