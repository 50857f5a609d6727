"""Where a dialogue takes place: a question in a group can be taken to where nobody else reads; answers are shared."""

import pytest

from bot.dialogue import events
from bot.dialogue.cases import Case, unpack
from bot.dialogue.scene import Scene
from bot.knowledge.model import Knowledge
from tests.dialogue.conftest import Talk

KNOWN = {"visitor": "adult", "ticket": "no"}


@pytest.fixture
def group(small: Knowledge) -> Talk:
    return Talk(small, Scene(is_group=True))


def test_in_a_group_a_question_can_be_taken_to_the_private_chat(group: Talk) -> None:
    group(events.Matched("pool-price", {"visitor": "adult"}))
    (choice,) = [each for each in group.replies[-1].choices if each.kind == "open"]
    assert choice.label == "Im privaten Chat weiter"
    assert unpack(choice.code, group.knowledge) == Case("pool-price", {"visitor": "adult"})


def test_in_a_private_chat_there_is_nothing_to_take_anywhere(talk: Talk) -> None:
    talk(events.Matched("pool-price"))
    assert {each.kind for reply in talk.replies for each in reply.choices} == {"press"}


def test_an_answer_in_a_group_is_short_and_leads_to_the_private_chat(group: Talk, talk: Talk) -> None:
    adult = events.Matched("pool-price", {"visitor": "adult", "ticket": "no"})
    group(adult)
    assert "Nein, Erwachsene zahlen fünf Euro" in group.text
    assert len(group.text) < len(talk(adult).text)
    assert "Im privaten Chat weiter" in group.labels


def test_an_answer_is_shared_as_the_case_that_it_answers(talk: Talk) -> None:
    talk(events.Matched("pool-price", KNOWN))
    (choice,) = [each for reply in talk.replies for each in reply.choices if each.kind == "share"]
    assert choice.label == "Teilen"
    assert unpack(choice.code, talk.knowledge) == Case("pool-price", KNOWN)


def test_an_answer_without_facts_is_shared_by_its_name(talk: Talk) -> None:
    talk(events.Matched("pool-dogs", KNOWN))
    (choice,) = [each for reply in talk.replies for each in reply.choices if each.kind == "share"]
    assert choice.code == "pool-dogs"


def test_what_was_not_known_is_shared_as_not_known(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "unknown"}))
    (choice,) = [each for reply in talk.replies for each in reply.choices if each.kind == "share"]
    assert unpack(choice.code, talk.knowledge) == Case("pool-price", {"visitor": "adult", "ticket": "unknown"})
