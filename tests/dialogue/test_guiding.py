"""What is told beside answers: words, other countries, emergencies. What was open comes back after it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue import acts, codes, events
from bot.dialogue.actions.going import Step
from bot.dialogue.actions.talking import with_country
from bot.dialogue.glossary import terms_of
from bot.dialogue.session import Session, State
from bot.dialogue.states import step
from bot.knowledge.guidance import Term
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual, Phrases
from bot.messages import LANGUAGES, Block, Language, Reply
from tests.dialogue.conftest import Talk

BERLIN = ZoneInfo("Europe/Berlin")


def lines(talk: Talk) -> list[str]:
    return [line.text for reply in talk.replies for block in reply.blocks for line in block.lines]


def block(reply: Reply, kind: str) -> Block:
    return next(each for each in reply.blocks if each.kind == kind)


# --- a word ---


@pytest.mark.parametrize(
    ("language", "told", "more"),
    [
        ("de", ["Saisonkarte", "Eine Karte für den ganzen Sommer."], ["Eintritt"]),
        ("en", ["Season ticket", "A ticket for the whole summer."], ["Entry"]),
    ],
)
def test_a_word_is_explained_with_its_source_and_the_answer_that_says_more(
    language: Language, told: list[str], more: list[str], talk: Talk
) -> None:
    talk.session = Session(language)
    (reply,) = talk(events.TermAsked("season-ticket")).replies
    assert lines(talk) == told
    assert [each.claim for each in reply.citations] == ["season"]
    assert talk.labels == more
    talk.press(more[0])
    assert talk.session.entry == "pool-price"


def test_a_word_that_no_answer_says_more_about_has_no_button(grown_talk: Talk) -> None:
    grown_talk(events.TermAsked("attendant"))
    assert grown_talk.labels == []
    assert not any(each.kind == "sources" for reply in grown_talk.replies for each in reply.blocks)


@pytest.mark.parametrize("event", [events.TermAsked("season-ticket"), events.TermsAsked("pool-dogs")])
def test_after_a_word_the_open_question_comes_back(event: events.Event, talk: Talk) -> None:
    before = talk(events.Matched("pool-price")).session
    talk(event)
    assert talk.session == before
    assert lines(talk)[-1] == "Wer möchte baden?"


# --- the words of an answer ---


def test_the_words_of_an_answer_are_explained_on_a_button(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "yes"})).press("Begriffe")
    (reply,) = grown_talk.replies
    assert block(reply, "list").title == "Was die Wörter heißen"
    assert lines(grown_talk) == ["Saisonkarte: Eine Karte für den ganzen Sommer."]
    assert block(reply, "list").lines[0].marks == (1,)
    assert [each.claim for each in reply.citations] == ["season"]


def test_an_answer_without_such_words_has_no_button_for_them(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-hours"))
    assert "Begriffe" not in grown_talk.labels
    grown_talk(events.TermsAsked())
    assert lines(grown_talk) == [grown_talk.knowledge.texts["de"]["terms_none"]]


def test_without_a_case_the_words_of_the_last_answer_are_explained(grown_talk: Talk) -> None:
    grown_talk(events.TermsAsked())
    assert lines(grown_talk) == [grown_talk.knowledge.texts["de"]["ask_term"]]
    grown_talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "yes"}))(events.Matched("pool-course"))
    grown_talk(events.TermsAsked())
    assert lines(grown_talk)[0] == "Saisonkarte: Eine Karte für den ganzen Sommer."
    assert lines(grown_talk)[-1] == "Wie gut schwimmen Sie?"


def test_a_button_explains_the_words_of_its_own_answer_in_any_session(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "yes"}))
    event, _ = codes.read(grown_talk.code("Begriffe"), grown_talk.knowledge)
    fresh = Talk(grown_talk.knowledge)(events.Matched("pool-hours"))(event)
    assert lines(fresh) == ["Saisonkarte: Eine Karte für den ganzen Sommer."]


def test_of_an_answer_for_several_cases_the_words_of_all_are_explained_in_the_order_they_are_read(
    grown_talk: Talk,
) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "some", "depth": "unknown", "visitor": "unknown"}))
    grown_talk(events.TermsAsked())
    assert lines(grown_talk) == ["Aufsicht: Wer auf das Becken achtet."]
    grown_talk(events.Matched("pool-dive", {"skill": "unknown", "depth": "deep", "visitor": "adult"}))
    grown_talk(events.TermsAsked())
    assert [line.partition(":")[0] for line in lines(grown_talk)] == ["Aufsicht", "Schwimmabzeichen"]


def term(id_: str, german: tuple[str, ...], english: tuple[str, ...]) -> Term:
    (de, *more_de), (en, *more_en) = german, english
    return Term(id_, Bilingual(de, en), Phrases(tuple(more_de), tuple(more_en)), ())


def found(knowledge: Knowledge, language: Language, sentence: str, *terms: Term) -> list[str]:
    """The terms that a conclusion of these words uses."""
    outcome = knowledge.entries["pool-hours"].outcomes[0]
    said = replace(outcome, short=replace(outcome.short, text=Bilingual(sentence, sentence)))
    known = replace(knowledge, terms={each.id: each for each in terms})
    return [each.id for each in terms_of(known, language, [said])]


CARD = term("card", ("Karte",), ("ticket",))
SEASON = term("season", ("Saisonkarte", "Dauerkarte"), ("season ticket", "season pass"))
PLUS = term("plus", ("Saisonkarte plus",), ("season ticket plus",))
FOUL = term("foul", ("Regelverstoß",), ("foul",))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Die Saisonkarte gilt."),
        ("de", "Viele Saisonkarten gelten."),
        ("de", "SAISONKARTE nötig!"),
        ("de", "Eine „Dauerkarte“ reicht."),
        ("de", "Mit Dauerkarten/Saisonkarten geht es."),
        ("en", "The season ticket covers it."),
        ("en", "Season tickets are sold at the desk."),
        ("en", "Bring your season pass."),
    ],
)
def test_a_word_is_found_as_it_is_inflected(language: Language, sentence: str, small: Knowledge) -> None:
    assert found(small, language, sentence, SEASON) == ["season"]


@pytest.mark.parametrize("sentence", ["Ein Regelverstoß", "Des Regelverstoßes wegen", "REGELVERSTOSS"])
def test_sharp_s_is_found_in_any_case(sentence: str, small: Knowledge) -> None:
    assert found(small, "de", sentence, FOUL) == ["foul"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Die Saisonkartenkasse ist zu."),
        ("de", "Die Vorsaisonkarte gilt nicht."),
        ("en", "The season ticketing desk is closed."),
        ("en", "A preseason ticket"),
        ("de", "The season ticket covers it."),
    ],
)
def test_a_part_of_another_word_is_not_that_word(language: Language, sentence: str, small: Knowledge) -> None:
    assert found(small, language, sentence, SEASON) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Die Saisonkarte plus gilt, eine Karte auch."), ("en", "The season ticket plus is valid; any ticket is.")],
)
def test_the_longest_word_counts_and_what_is_within_it_does_not(
    language: Language, sentence: str, small: Knowledge
) -> None:
    assert found(small, language, sentence, CARD, SEASON, PLUS) == ["plus", "card"]


def test_each_word_is_told_once_in_the_order_in_which_it_is_read(small: Knowledge) -> None:
    sentence = "Eine Karte, eine Saisonkarte, noch eine Karte und eine Dauerkarte."
    assert found(small, "de", sentence, SEASON, CARD) == ["card", "season"]


def test_without_terms_there_are_none(small: Knowledge) -> None:
    assert found(small, "de", "Die Saisonkarte gilt.") == []


# --- another country ---


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "de",
            [
                "Ich kenne nur die Badeordnung hier.",
                "Wir raten, das Bad dort zu fragen.",
                "Aufsicht in Wien: https://abroad.example/ · geprüft am 15.01.2026",
            ],
        ),
        (
            "en",
            [
                "I know only the pool rules here.",
                "We advise you to ask the pool there.",
                "Vienna Authority: https://abroad.example/ · checked on 2026-01-15",
            ],
        ),
    ],
)
def test_what_is_known_of_a_country_is_told_with_who_helps_there(
    language: Language, told: list[str], grown_talk: Talk
) -> None:
    grown_talk.session = Session(language)
    grown_talk(events.CountryAsked("austria"))
    assert lines(grown_talk) == told
    assert grown_talk.session.country == "austria"


def test_a_country_of_which_no_authority_is_known_is_told_all_the_same(talk: Talk) -> None:
    talk(events.CountryAsked("austria"))
    assert lines(talk) == ["Ich kenne nur die Badeordnung hier.", "Wir raten, das Bad dort zu fragen."]


def test_after_a_country_the_open_question_comes_back(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.CountryAsked("austria"))
    assert lines(talk)[0] == "Ich kenne nur die Badeordnung hier."
    assert lines(talk)[-1] == "Wer möchte baden?"
    assert talk.session.pending == "visitor"


def asked(session: Session, entry: str, country: str, knowledge: Knowledge) -> Step:
    return with_country(step(session, events.Matched(entry), knowledge), country)


def test_beside_an_answer_a_country_is_remarked_on_once_a_dialogue(small: Knowledge) -> None:
    first = asked(Session("de"), "pool-dogs", "austria", small)
    remark, told = first.acts
    assert remark == acts.TellCountry("austria", is_remark=True)
    assert isinstance(told, acts.Tell)
    again = asked(first.session, "pool-hours", "austria", small)
    assert [type(act) for act in again.acts] == [acts.Tell]
    left = step(first.session, events.Cancelled(), small).session
    assert len(asked(left, "pool-hours", "austria", small).acts) == 1
    forgotten = step(first.session, events.Reset(), small).session
    assert len(asked(forgotten, "pool-hours", "austria", small).acts) == 2


def test_another_country_is_remarked_on_as_well(small: Knowledge) -> None:
    austria = small.countries["austria"]
    more = replace(small, countries={"austria": austria, "italy": replace(austria, id="italy")})
    first = asked(Session("de"), "pool-dogs", "austria", more)
    assert asked(first.session, "pool-hours", "italy", more).acts[0] == acts.TellCountry("italy", is_remark=True)


def test_without_a_country_nothing_is_remarked(small: Knowledge) -> None:
    assert len(asked(Session("de"), "pool-dogs", "", small).acts) == 1


def test_a_country_that_is_asked_for_is_not_remarked_on_beside_itself(small: Knowledge) -> None:
    alone = with_country(step(Session("de"), events.CountryAsked("austria"), small), "austria")
    assert alone.acts == (acts.TellCountry("austria"),)
    # Nor is it with the answer that follows.
    assert len(asked(alone.session, "pool-dogs", "austria", small).acts) == 1


def test_asked_again_a_country_is_told_again(talk: Talk) -> None:
    talk(events.CountryAsked("austria"))(events.CountryAsked("austria"))
    assert "Ich kenne nur die Badeordnung hier." in talk.text


# --- an emergency ---


@pytest.mark.parametrize(
    ("language", "title", "steps"),
    [
        (
            "de",
            "Jemand ist in Not",
            [
                "Rufen Sie die Aufsicht.",
                "Wählen Sie 112.",
                "Werfen Sie einen Ring.",
                "Bleiben Sie in Sicht.",
                "Schreiben Sie es danach auf.",
            ],
        ),
        (
            "en",
            "Somebody is in trouble",
            ["Call the attendant.", "Dial 112.", "Throw a ring.", "Stay in sight.", "Write it down afterwards."],
        ),
    ],
)
def test_what_to_do_at_once_stands_line_by_line(language: Language, title: str, steps: list[str], talk: Talk) -> None:
    talk.session = Session(language)
    (reply,) = talk(events.Alarmed("drowning")).replies
    assert block(reply, "verdict").lines[0].text == title
    assert [line.text for line in block(reply, "steps").lines] == steps
    assert not any(each.kind == "hint" for each in reply.blocks)


@pytest.mark.parametrize(
    ("at", "since", "until"),
    [
        # On a day like any other.
        (
            datetime(2026, 2, 2, 8, 5, tzinfo=UTC),
            {"de": "am Montag, 02.02.2026 um 09:05 Uhr", "en": "on Monday, 2026-02-02 at 09:05"},
            {"de": "am Dienstag, 03.02.2026 um 09:05 Uhr", "en": "on Tuesday, 2026-02-03 at 09:05"},
        ),
        # In spring an hour is lost …
        (
            datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN),
            {"de": "am Samstag, 28.03.2026 um 12:00 Uhr", "en": "on Saturday, 2026-03-28 at 12:00"},
            {"de": "am Sonntag, 29.03.2026 um 13:00 Uhr", "en": "on Sunday, 2026-03-29 at 13:00"},
        ),
        # … and in autumn one is won.
        (
            datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN),
            {"de": "am Samstag, 24.10.2026 um 12:00 Uhr", "en": "on Saturday, 2026-10-24 at 12:00"},
            {"de": "am Sonntag, 25.10.2026 um 11:00 Uhr", "en": "on Sunday, 2026-10-25 at 11:00"},
        ),
    ],
    ids=["plain", "spring", "autumn"],
)
@pytest.mark.parametrize("zone", [UTC, BERLIN], ids=["utc", "local"])
def test_the_deadline_is_told_in_local_time_and_counts_the_hours_that_pass(
    at: datetime, since: dict[Language, str], until: dict[Language, str], zone: tzinfo, talk: Talk
) -> None:
    for language in LANGUAGES:
        talk.session = Session(language)
        talk(events.Alarmed("drowning", at.astimezone(zone)))
        told = talk.words("deadline", hours=24, since=since[language], until=until[language])
        assert block(talk.replies[0], "hint").lines[0].text == told


@pytest.mark.parametrize(
    ("language", "since", "until"),
    [
        ("de", "am Montag, 02.02.2026 um 09:05 Uhr", "am Dienstag, 03.02.2026 um 09:05 Uhr"),
        ("en", "on Monday, 2026-02-02 at 09:05", "on Tuesday, 2026-02-03 at 09:05"),
    ],
)
def test_a_rough_time_is_told_as_a_rough_one(language: Language, since: str, until: str, talk: Talk) -> None:
    talk.session = Session(language)
    talk(events.Alarmed("drowning", datetime(2026, 2, 2, 8, 5, tzinfo=UTC), is_rough=True))
    told = talk.words("deadline_rough", hours=24, since=since, until=until)
    assert block(talk.replies[0], "hint").lines[0].text == told


def test_what_has_no_deadline_tells_none(small: Knowledge) -> None:
    emergency = replace(small.emergencies["drowning"], deadline_hours=None)
    talk = Talk(replace(small, emergencies={"drowning": emergency}))
    talk(events.Alarmed("drowning", datetime(2026, 2, 2, 8, tzinfo=UTC)))
    assert not any(each.kind == "hint" for each in talk.replies[0].blocks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_deadline_of_the_real_knowledge_can_be_told(language: Language, real: Knowledge) -> None:
    for emergency in real.emergencies.values():
        talk = Talk(real)
        talk.session = Session(language)
        talk(events.Alarmed(emergency.id, datetime(2026, 10, 24, 8, tzinfo=UTC)))
        hints = [line.text for each in talk.replies[0].blocks if each.kind == "hint" for line in each.lines]
        assert len(hints) == (emergency.deadline_hours is not None)
        if emergency.deadline_hours:
            until = datetime(2026, 10, 24, 8, tzinfo=UTC) + timedelta(hours=emergency.deadline_hours)
            assert f"{until.astimezone(BERLIN):%H:%M}" in hints[0]


def test_the_entries_that_say_more_are_buttons(talk: Talk) -> None:
    talk(events.Alarmed("drowning"))
    assert talk.labels == ["Öffnungszeiten"]
    talk(events.Alarmed("drowning", entries=("pool-dogs", "pool-price")))
    # What was asked with it comes first.
    assert talk.labels[:2] == ["Hunde im Freibad", "Eintritt ins Freibad"]
    talk.press("Hunde im Freibad")
    assert talk.session.entry == "pool-dogs"


def test_after_an_emergency_the_open_question_comes_back(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Alarmed("drowning"))
    alarm, question = talk.replies
    assert block(alarm, "verdict").lines[0].text == "Jemand ist in Not"
    assert block(question, "question").lines[0].text == "Wer möchte baden?"
    assert (talk.session.state, talk.session.pending) == (State.ASKING, "visitor")


def test_in_a_round_of_choices_the_choices_come_back_after_an_emergency(talk: Talk) -> None:
    talk(events.Ambiguous(("pool-price", "pool-dogs")))(events.Alarmed("drowning"))
    assert talk.labels[-3:] == ["Eintritt ins Freibad", "Hunde im Freibad", "Nichts davon"]
