"""Whatever is sent: a decision, mostly to decline, and never an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.matching.matcher import Matcher

#: Code, markup, other scripts, marks, numbers, and words that the knowledge knows, in any mixture.
PIECES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(categories=("Mn", "Cf", "So", "Zs")), max_size=30),
    st.sampled_from(
        ["WhatsApp", "Einwilligung?", "darf ich", "ohne", "<b>", "{{}}", "\\x00", "[]()|{}", "…", "\u202e"]
    ),
    st.integers().map(str),
)
ODD = st.lists(PIECES, max_size=40).map(" ".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ODD)
def test_any_mixture_gets_a_decision(text: str, real_matcher: Matcher) -> None:
    decision = real_matcher.decide(text)
    assert decision.kind in ("matched", "ambiguous", "unmatched")
    assert len(decision.candidates) == 5
    assert all(0 <= each.score <= 1 for each in decision.candidates)
    assert decision == real_matcher.decide(text)
    real_matcher.facts.told(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "a",
        "ß",
        "🎉" * 50,
        "👨‍👩‍👧‍👦👍🏽",
        "שלום מה שלומך",
        "你好，请问天气怎么样",
        "привет, как дела",
        "مرحبا كيف حالك",
        "¿Dónde está la biblioteca?",
        "Où se trouve la gare ?",
        "Gdzie jest dworzec kolejowy?",
        "for i in range(10): print(i)",
        "'; DROP TABLE users;--",
        "<script>alert(1)</script>",
        "\x00\x01\x02\x7f",
        "\u200b\u200d\u2060" * 100,
        "e\u0301\u0302\u0303" * 200,
        "a" * 100_000,
        "lorem ipsum " * 9_000,
        "1234 5678 90",
        "Wie backe ich Kuchen? " * 500,
    ],
)
def test_what_is_no_question_of_ours_is_declined(text: str, real_matcher: Matcher) -> None:
    assert real_matcher.decide(text).entry is None


def test_a_question_repeated_is_the_same_question(real_matcher: Matcher) -> None:
    question = "Darf ich meinen Kunden Angebote per WhatsApp schicken? "
    assert real_matcher.decide(question).entry == "whatsapp-advertising"
    assert real_matcher.decide(question * 500).entry == "whatsapp-advertising"
