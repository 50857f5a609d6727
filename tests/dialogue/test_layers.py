"""What unfolds below an answer, and folds again: its sources' own words, a text to copy, what a source text wrote."""

import pytest

from bot.dialogue import codes, events
from bot.dialogue.layers import COPY, FOLDED, WORDING, Layer, says_of
from bot.knowledge.model import Knowledge
from bot.messages import Choice, Reply
from tests.dialogue.conftest import Talk

PAYING = {"visitor": "adult", "ticket": "no"}


def choice(reply: Reply, label: str) -> Choice:
    return next(each for each in reply.choices if each.label == label)


def press(talk: Talk, label: str) -> Reply:
    """Press a button of the last reply; the reply to that."""
    event, _ = codes.read(choice(talk.replies[-1], label).code, talk.knowledge)
    (reply,) = talk(event).replies
    return reply


def texts(reply: Reply) -> list[str]:
    return [line.text for block in reply.blocks for line in block.lines]


def test_the_wording_shows_each_source_in_its_own_words_or_in_ours(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))
    reply = press(talk, "Wortlaut")
    assert reply.apart is not None
    shown = [(block.title, block.kind, block.lines[0].text, block.lines[0].marks) for block in reply.apart.blocks]
    assert shown == [
        ("Badeordnung, Nr. 4", "text", "In unseren Worten: Hunde bleiben draußen.", (1,)),
        ("§ 3 Abs. 1 Nr. 2 BadG", "quote", "„Fernzuhalten sind […] 2. Tiere, …“", (2,)),
    ]


def test_what_unfolds_stands_in_the_answer_above_the_hint_and_folds_again(talk: Talk) -> None:
    (answer,) = talk(events.Matched("pool-dogs")).replies
    opened = press(talk, "Wortlaut")
    assert opened.apart is not None
    *said, hint, _ = answer.blocks
    # It says of each source where it is: the list of them would say so twice.
    assert opened.blocks == (*said, *opened.apart.blocks, hint)
    assert opened.choices[0].label == "Wortlaut ✕"
    folded = press(talk, "Wortlaut ✕")
    assert (folded.blocks, folded.choices) == (answer.blocks, answer.choices)
    assert folded.apart is not None
    assert folded.apart.blocks == ()


def test_a_text_to_copy_is_in_its_button_and_comes_as_a_message_of_its_own(talk: Talk) -> None:
    (answer,) = talk(events.Matched("pool-price", PAYING)).replies
    copying = choice(answer, "Text zum Kopieren")
    assert (copying.kind, copying.copies) == ("copy", "Zwei Erwachsene, bitte.")
    reply = press(talk, "Text zum Kopieren")
    assert [(block.kind, block.lines[0].text) for block in reply.blocks] == [("copy", "Zwei Erwachsene, bitte.")]
    assert (reply.apart, reply.choices) == (None, ())


def test_what_a_source_text_wrote_is_shown_with_what_is_so_today(talk: Talk) -> None:
    talk(events.Matched("pool-price", PAYING))
    reply = press(talk, "Was Faltblatt schrieb")
    assert reply.blocks[-1].kind == "sources"
    assert "„Eintritt: drei Mark …“" in texts(reply)
    assert reply.apart is not None
    assert [(block.title, block.lines[0].text) for block in reply.apart.blocks] == [
        ("Was Faltblatt schrieb", "„Eintritt: drei Mark …“"),
        ("Heute dazu", "Heute kostet er fünf Euro."),
    ]
    # Where it can be read, and of what age it is.
    (number,) = reply.apart.blocks[0].lines[0].marks
    shown = {(each.number, each.url, each.date) for each in reply.citations}
    assert (number, "http://pool.example/flyer", "ohne Datum, geprüft am 15.01.2026") in shown


def test_an_answer_without_a_layer_has_no_button_for_it(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))
    assert [each.label for each in talk.replies[0].choices if each.group in ("layers", "says")] == ["Wortlaut"]


def test_an_old_answer_unfolds_in_the_middle_of_something_else_which_goes_on(talk: Talk) -> None:
    (answer,) = talk(events.Matched("pool-price", PAYING)).replies
    talk(events.Reset())(events.Matched("pool-price"))
    asked = talk.session
    event, _ = codes.read(choice(answer, "Wortlaut").code, talk.knowledge)
    talk(event)
    assert talk.session == asked
    assert "Nein, Erwachsene zahlen fünf Euro." in texts(talk.replies[0])


@pytest.mark.parametrize("layer", [WORDING, COPY, FOLDED, says_of("old-flyer")])
def test_a_layer_that_there_is_no_more_shows_the_answer_as_it_is(layer: Layer, talk: Talk) -> None:
    talk(events.Unfolded("pool-hours", {}, layer))
    assert talk.replies


@pytest.mark.parametrize("code", ["d:de:w:pool", "d:de:w:", "d:de:w", "d:xx:w:pool-price"])
def test_a_forged_code_unfolds_nothing(code: str, small: Knowledge) -> None:
    assert codes.read(code, small)[0] == events.Outdated()
