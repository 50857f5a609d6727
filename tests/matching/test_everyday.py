"""Everyday talk: what a knowledge learns to decline by it, and where its own phrasings win."""

from dataclasses import replace

from bot.knowledge.checks import ENOUGH_OUT_OF_SCOPE
from bot.knowledge.defaults import everyday
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual, Phrases
from bot.matching.learning.corpus import corpus_of
from bot.matching.learning.everyday import everyday_lines
from bot.matching.matcher import Matcher


def all_lines() -> set[str]:
    return {line for phrases in everyday().values() for line in phrases.all}


def with_lines(knowledge: Knowledge, *german: str) -> Knowledge:
    return replace(knowledge, checks=replace(knowledge.checks, everyday={"theme": Phrases(de=german)}))


def test_a_knowledge_of_few_lines_learns_from_everyday_talk(small: Knowledge) -> None:
    outside = [each.text for each in corpus_of(small).outside]
    assert len(outside) > 400
    assert set(small.checks.out_of_scope.all) <= set(outside)
    assert set(outside) <= {*small.checks.out_of_scope.all, *all_lines()}


def test_what_comes_near_to_its_own_phrasings_is_left_out(small: Knowledge) -> None:
    near, far = "Darf der Dackel mit ins Becken?", ("Wie koche ich Reis?", "Regnet es?", "Wer singt?", "Gib mir Kekse")
    assert tuple(everyday_lines(with_lines(small, near, *far), "de")) == far
    # A theme of which much is near is the knowledge's own.
    assert list(everyday_lines(with_lines(small, near, *far[:2]), "de")) == []


def test_enough_lines_of_its_own_need_no_others(small: Knowledge) -> None:
    own = tuple(f"frage nummer {number}" for number in range(ENOUGH_OUT_OF_SCOPE))
    checks = replace(small.checks, out_of_scope=Phrases(de=own), everyday={"theme": Phrases(de=("a",), en=("b",))})
    enough = replace(small, checks=checks)
    assert list(everyday_lines(enough, "de")) == []
    assert list(everyday_lines(enough, "en")) == ["b"]


def test_a_small_knowledge_declines_what_it_has_never_read(small_matcher: Matcher) -> None:
    for text in ("Wie alt ist der Papst?", "mein toaster ist kaputt", "who sings that song", "is it cold in norway?"):
        assert small_matcher.decide(text).kind == "unmatched"


def test_no_threshold_falls_to_where_nothing_is_likely(small_matcher: Matcher) -> None:
    thresholds = small_matcher.ranking.model.calibration.thresholds
    assert all(each.match_from >= 0.2 and each.offer_from >= 0.2 for each in thresholds.values())


def test_who_knows_about_the_weather_is_asked_about_it_in_earnest(small: Knowledge) -> None:
    asked = (
        "Bleibt es am Wochenende trocken?",
        "Soll ich morgen einen Schirm mitnehmen?",
        "kommt heute noch ein gewitter",
        "Ist Regen angesagt?",
        "Wie warm wird das Wasser morgen?",
        "Lohnt sich das Freibad bei dem Wetter?",
        "Scheint am Nachmittag die Sonne?",
        "Wird das Wetter am Sonntag schön?",
        "Wetter am Becken",
        "Zieht ein Gewitter auf?",
        "Regnet es gerade?",
        "Wie viel Grad hat es draußen?",
    )
    assert {"Bleibt es am Wochenende trocken?", "kommt heute noch ein gewitter"} <= set(everyday()["weather"].de)
    weather = replace(small.entries["pool-hours"], id="pool-weather", title=Bilingual("Wetter", "Weather"))
    weather = replace(weather, asked_as=Phrases(de=asked, en=("weather",)))
    entries = {**small.entries, "pool-weather": weather}
    service = replace(small, entries=entries)
    # The theme is left out as a whole.
    assert not set(everyday()["weather"].de) & set(everyday_lines(service, "de"))
    matcher = Matcher(service)
    assert [text for text in asked if matcher.decide(text).candidates[0].entry != "pool-weather"] == []
    for text in (
        "bleibt es morgen trocken",
        "nehme ich morgen besser einen Schirm mit?",
        "gibt es heute ein Gewitter?",
    ):
        assert matcher.decide(text).candidates[0].entry == "pool-weather"
        assert matcher.decide(text).kind != "unmatched"
    assert matcher.decide("wer gewinnt die nächste wahl").kind == "unmatched"
