"""Replies as Telegram messages, judged by what a person would see: parsed by Telegram's rules."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.markup import MAX_ENTITIES, MAX_UNITS
from bot.channels.telegram.rendering import Outgoing, render
from bot.messages import Apart, Attachment, Block, BlockKind, Choice, Citation, Line, Reply
from tests.bot_api import entities

HOSTILE = "<b>fett</b> & <a href='x'>\"Link\"</a> </i> &lt; <script>alert(1)</script> {0} *_`[]()~"
CITATION = Citation(1, "dsgvo", "art-6", "Art. 6 DSGVO", "2016-04-27", "https://eur-lex.europa.eu/?a=1&b=2")


def rendered(*blocks: Block, choices: tuple[Choice, ...] = (), citations: tuple[Citation, ...] = ()) -> list[Outgoing]:
    return list(render(Reply("de", blocks, choices, citations)))


def seen(*blocks: Block, citations: tuple[Citation, ...] = ()) -> tuple[str, list[entities.Entity]]:
    (message,) = rendered(*blocks, citations=citations)
    return entities.parse(message.html, "HTML")


def styles(text: str, found: list[entities.Entity]) -> list[tuple[str, str]]:
    return [(entity["type"], entities.covered(text, entity)) for entity in found]


def block(kind: BlockKind, *texts: str, title: str = "") -> Block:
    return Block(kind, tuple(Line(text) for text in texts), title)


@pytest.mark.parametrize("kind", [kind for kind in get_args(BlockKind) if kind != "sources"])
def test_hostile_text_is_shown_as_written(kind: BlockKind) -> None:
    text, _ = seen(block(kind, HOSTILE, title=HOSTILE))
    assert text.count(HOSTILE) == 2


def test_hostile_text_in_citations_is_shown_as_written() -> None:
    citation = Citation(1, "s", "c", HOSTILE, HOSTILE, 'https://x.de/?q="><b>')
    text, found = seen(block("sources"), citations=(citation,))
    assert text == f"[1] {HOSTILE}, {HOSTILE}"
    assert [entity["url"] for entity in found if "url" in entity] == ['https://x.de/?q="><b>']


@pytest.mark.parametrize(
    ("kind", "style"),
    [("assumed", "italic"), ("verdict", "bold"), ("question", "bold"), ("hint", "italic"), ("quote", "blockquote")],
)
def test_each_kind_has_its_style(kind: BlockKind, style: str) -> None:
    text, found = seen(block(kind, "Satz."))
    assert styles(text, found) == [(style, "Satz.")]


def test_list_has_bullets_and_a_bold_title() -> None:
    text, found = seen(block("list", "Eins", "Zwei", title="Was Sie tun"))
    assert text == "Was Sie tun\n• Eins\n• Zwei"
    assert styles(text, found) == [("bold", "Was Sie tun")]


def test_reasons_are_one_paragraph_and_each_sentence_is_followed_by_its_marks() -> None:
    reasons = Block("reasons", (Line("Erstens.", (1,)), Line("Zweitens.", (2, 1))))
    other = Citation(2, "uwg", "7", "§ 7 UWG", "", "https://gesetze-im-internet.de/uwg")
    text, found = seen(reasons, citations=(CITATION, other))
    assert text == "Erstens.\u00a0[1] Zweitens.\u00a0[2][1]"
    assert [entity["url"] for entity in found] == [CITATION.url, other.url, CITATION.url]


def test_steps_are_numbered_below_their_bold_title() -> None:
    steps = Block("steps", (Line("Fragen."), Line("Aufschreiben.", (1,))), "So geht’s")
    text, found = seen(steps, citations=(CITATION,))
    assert text == "So geht’s\n1. Fragen.\n2. Aufschreiben.\u00a0[1]"
    assert styles(text, found) == [("bold", "So geht’s"), ("text_link", "[1]")]


def test_what_is_disputed_follows_its_title_on_the_same_line() -> None:
    disputed = Block("disputed", (Line("Ob A, ist offen.", (1,)), Line("Ob B, auch.")), "Umstritten:")
    text, found = seen(disputed, citations=(CITATION,))
    assert text == "Umstritten: Ob A, ist offen.\u00a0[1]\nOb B, auch."
    italic = [("italic", "Umstritten: Ob A, ist offen."), ("text_link", "[1]"), ("italic", "Ob B, auch.")]
    assert styles(text, found) == italic


def test_a_hint_is_one_line() -> None:
    assert seen(block("hint", "Stand heute.", "Die Prüfung steht aus."))[0] == "Stand heute. Die Prüfung steht aus."


def test_a_quotation_has_its_title_inside() -> None:
    text, found = seen(block("text", "Davor"), block("quote", "„Wortlaut“", title="§ 7 UWG"))
    assert text == "Davor\n\n§ 7 UWG\n„Wortlaut“"
    assert styles(text, found) == [("blockquote", "§ 7 UWG\n„Wortlaut“"), ("bold", "§ 7 UWG")]


def test_a_text_to_copy_stands_as_it_is() -> None:
    slip = "Hof X darf mir  schreiben: <ja>\n\n  Name: ____ \n"
    text, found = seen(block("copy", slip))
    assert text == "Hof X darf mir  schreiben: <ja>\n\n  Name: ____"
    assert styles(text, found) == [("pre", text)]


def test_the_title_of_a_text_to_copy_is_not_copied() -> None:
    text, found = seen(block("copy", "Guten Tag", title="Zettel"))
    assert styles(text, found) == [("bold", "Zettel"), ("pre", "Guten Tag")]


UWG = Citation(2, "uwg", "7", "§ 7 UWG", "", "https://gesetze-im-internet.de/uwg")


def test_sources_are_numbered_links_with_their_date() -> None:
    text, found = seen(block("sources", title="Quellen"), citations=(CITATION, UWG))
    assert text == "Quellen\n[1] Art. 6 DSGVO, 2016-04-27\n[2] § 7 UWG"
    assert [entity["url"] for entity in found if entity["type"] == "text_link"] == [CITATION.url, UWG.url]


def test_sources_are_folded_with_their_title() -> None:
    text, found = seen(block("sources", title="Quellen"), citations=(CITATION,))
    folded = ("expandable_blockquote", "Quellen\n[1] Art. 6 DSGVO, 2016-04-27")
    assert styles(text, found) == [folded, ("bold", "Quellen"), ("text_link", "Art. 6 DSGVO")]


def test_sources_stand_below_who_speaks_and_each_document_once() -> None:
    court = Citation(3, "olg", "a", "OLG Hamm, Rn. 4; Rn. 9", "2023", "https://olg.example/4")
    again = replace(court, claim="b", url="https://olg.example/9")
    cited = [replace(CITATION, group="Gesetz"), replace(UWG, group="Gesetz")]
    cited += [replace(each, group="Gericht") for each in (court, again)]
    text, found = seen(block("sources", title="Quellen"), citations=tuple(cited))
    assert text.splitlines() == [
        "Quellen",
        "Gesetz",
        "[1] Art. 6 DSGVO, 2016-04-27",
        "[2] § 7 UWG",
        "Gericht",
        "[3] OLG Hamm, Rn. 4; Rn. 9, 2023",
    ]
    assert [entities.covered(text, each) for each in found if each["type"] == "bold"] == [
        "Quellen",
        "Gesetz",
        "Gericht",
    ]
    assert [each["url"] for each in found if "url" in each] == [CITATION.url, UWG.url, court.url]


def test_a_heading_of_sources_is_never_the_end_of_a_message() -> None:
    cited = [Citation(n, "s", "c", "Quelle " * 12, "", f"https://x.de/{n}", group=f"Gruppe {n}") for n in range(1, 99)]
    for message in rendered(block("sources"), citations=tuple(cited)):
        assert message.plain.splitlines()[-1].startswith("[")


def test_a_file_is_a_message_of_its_own_after_the_text_and_its_buttons() -> None:
    file = Attachment("daten.json", "{}")
    first, second = render(Reply("de", (block("text", "Hier."),), (Choice("Ja", "y"),), attachment=file))
    assert (first.plain, bool(first.keyboard), first.attachment) == ("Hier.", True, None)
    assert (second.plain, second.keyboard, second.attachment) == ("", (), file)


def test_only_the_last_part_of_a_reply_refers_to_the_question() -> None:
    long = block("text", *["Wort " * 700] * 3)
    assert [part.refers for part in render(Reply("de", (long,), refers=True))] == [False, False, True]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "", "https://", "http://[", "x y"])
def test_only_web_addresses_become_links(url: str) -> None:
    citation = Citation(1, "quelle", "c", "Quelle", "", url)
    reasons = Block("reasons", (Line("Satz.", (1,)),))
    text, found = seen(reasons, block("sources"), citations=(citation,))
    assert text == "Satz.\u00a0[1]\n\n[1] Quelle"
    assert [entity["type"] for entity in found] == ["expandable_blockquote"]


def test_a_mark_without_its_citation_stays_readable() -> None:
    assert seen(Block("text", (Line("Satz.", (9,)),))) == ("Satz.\u00a0[9]", [])


def test_blocks_are_set_apart_and_empty_ones_leave_no_gap() -> None:
    empty = (block("text"), block("text", " \u200b"), block("sources"))
    text, _ = seen(block("verdict", "Ja."), *empty, block("hint", "!"))
    assert text == "Ja.\n\n!"


@pytest.mark.parametrize("blocks", [(), (Block("text"),), (block("text", "", "\u200b\u2060", "\n"),)])
def test_reply_without_text_is_no_message(blocks: tuple[Block, ...]) -> None:
    assert rendered(*blocks, choices=(Choice("Ja", "y"),)) == []


def test_characters_that_no_message_can_hold_are_replaced() -> None:
    assert seen(block("text", "halb \ud83d, null \x00, Ende"))[0] == "halb \ufffd, null , Ende"


def parts(*blocks: Block, choices: tuple[Choice, ...] = (), citations: tuple[Citation, ...] = ()) -> list[str]:
    """The texts of the messages; each is within the limits and only the last has the keyboard."""
    messages = rendered(*blocks, choices=choices, citations=citations)
    texts: list[str] = []
    for message in messages:
        text, found = entities.parse_html(message.html)
        assert entities.utf16_units(text) <= MAX_UNITS
        assert len(found) <= MAX_ENTITIES
        assert text == message.plain
        texts.append(text)
    assert [bool(message.keyboard) for message in messages] == [False] * (len(messages) - 1) + [bool(choices)]
    return texts


def test_text_of_exactly_the_limit_is_one_message() -> None:
    assert parts(block("text", "🐄" * (MAX_UNITS // 2))) == ["🐄" * (MAX_UNITS // 2)]


def test_emoji_count_twice_and_are_never_cut_through() -> None:
    texts = parts(block("text", "x" + "🐄" * MAX_UNITS), choices=(Choice("Ja", "y"),))
    assert "".join(texts) == "x" + "🐄" * MAX_UNITS
    assert len(texts) == 3


def test_long_replies_are_cut_between_blocks_first() -> None:
    long = "Wort " * 500
    texts = parts(block("verdict", "Ja."), block("text", long), block("reasons", long), choices=(Choice("Ja", "y"),))
    assert texts == [f"Ja.\n\n{long.strip()}", long.strip()]


def test_a_block_too_long_is_cut_between_lines() -> None:
    lines = [f"{number} " + "wort " * 300 for number in range(6)]
    texts = parts(block("list", *lines, title="Liste"))
    assert [text.count("•") for text in texts] == [2, 2, 2]
    assert texts[0].startswith("Liste\n• 0")


def test_a_line_too_long_is_cut_between_words_and_keeps_its_style() -> None:
    words = " ".join(f"wort{number}" for number in range(2000))
    messages = rendered(block("verdict", words))
    assert all(message.html.startswith("<b>") and message.html.endswith("</b>") for message in messages)
    assert " ".join(message.plain for message in messages) == words


def test_escapes_and_tags_are_never_cut() -> None:
    text = "<&>\"' " * 2000
    assert " ".join(parts(block("verdict", text), block("quote", text))).split() == (text * 2).split()


def test_more_sources_than_entities_become_several_messages() -> None:
    citations = tuple(Citation(n, "s", "c", f"Quelle {n}", "2026", f"https://x.de/{n}") for n in range(1, 251))
    reasons = Block("reasons", tuple(Line(f"Satz {n}.", (n,)) for n in range(1, 251)))
    texts = parts(reasons, block("sources"), choices=(Choice("Ja", "y"),), citations=citations)
    assert len(texts) in (6, 7)
    assert all(f"Satz {n}.\u00a0[{n}]" in " ".join(texts) for n in range(1, 251))


def test_links_of_marks_make_room_for_the_whole_in_one_message_the_last_ones_first() -> None:
    citations = tuple(Citation(n, "s", "c", f"Quelle {n}", "2026", f"https://x.de/{n}") for n in range(1, 51))
    reasons = Block("reasons", tuple(Line(f"Satz {n}.", (n,)) for n in range(1, 51)))
    text, found = seen(reasons, block("sources", title="Quellen"), citations=citations)
    links = [entities.covered(text, entity) for entity in found if entity["type"] == "text_link"]
    # Two are the quotation and its title.
    assert len(found) == MAX_ENTITIES
    assert links == [*(f"[{n}]" for n in range(1, 39)), *(f"Quelle {n}" for n in range(1, 51))]
    assert all(f"Satz {n}.\u00a0[{n}]" in text for n in range(1, 51))


def test_what_is_too_long_for_one_message_keeps_the_links_of_its_marks() -> None:
    reasons = Block("reasons", tuple(Line("Satz " * 100, (1,)) for _ in range(100)))
    messages = rendered(reasons, citations=(CITATION,))
    assert len(messages) > 1
    assert sum(message.html.count("<a href") for message in messages) == 100


def unfolded(shown: tuple[Block, ...], *more: Block) -> Reply:
    return Reply("de", (block("verdict", "Ja."), *more, *shown), (Choice("Weniger", "d:0"),), apart=Apart(shown))


def test_what_is_unfolded_takes_the_place_of_its_message() -> None:
    (message,) = render(unfolded((block("quote", "Wortlaut"),)), can_change=True)
    assert message.is_change
    assert message.plain == "Ja.\n\nWortlaut"
    assert [choice.label for row in message.keyboard for choice in row] == ["Weniger"]
    assert message.instead
    assert (message.instead.plain, message.instead.keyboard, message.instead.is_change) == ("Wortlaut", (), False)


def test_what_is_unfolded_stands_alone_where_no_message_can_be_changed() -> None:
    (message,) = render(unfolded((block("quote", "Wortlaut"),)))
    assert (message.plain, message.keyboard, message.is_change) == ("Wortlaut", (), False)


def test_what_makes_a_message_too_long_stands_alone() -> None:
    wording = (block("quote", "Wort " * 600),)
    (message,) = render(unfolded(wording, block("reasons", "Grund " * 600)), can_change=True)
    assert (message.is_change, message.plain) == (False, ("Wort " * 600).strip())


def test_folding_has_nothing_to_say_where_no_message_can_be_changed() -> None:
    (message,) = render(unfolded(()), can_change=True)
    assert (message.is_change, message.instead) == (True, None)
    assert render(unfolded(())) == ()


def test_a_long_quote_stays_a_quote_in_every_part() -> None:
    messages = rendered(block("quote", *["Zeile " * 100] * 12))
    assert len(messages) > 1
    assert all(message.html.startswith("<blockquote>") for message in messages)


TEXTS = st.text(st.characters() | st.sampled_from("<>&\"' \n🐄\u200d"), max_size=300)
LINES = st.builds(Line, st.builds(str.__mul__, TEXTS, st.integers(1, 40)), st.lists(st.integers(1, 9)).map(tuple))
BLOCKS = st.builds(Block, st.sampled_from(get_args(BlockKind)), st.lists(LINES, max_size=5).map(tuple), TEXTS)
CITATIONS = st.builds(Citation, st.integers(1, 9), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS.map("https://x.de/".__add__))
REPLIES = st.builds(
    Reply,
    st.just("de"),
    st.lists(BLOCKS, max_size=5).map(tuple),
    st.lists(st.builds(Choice, TEXTS, TEXTS), max_size=5).map(tuple),
    st.lists(CITATIONS, max_size=9).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(REPLIES)
def test_whatever_a_reply_holds_telegram_takes_it_and_shows_it_whole(reply: Reply) -> None:
    for message in render(reply):
        text, found = entities.parse(message.html, "HTML")
        assert not entities.is_empty(text)
        assert entities.utf16_units(text) <= MAX_UNITS
        assert len(found) <= MAX_ENTITIES
        assert text == entities.parse(message.plain, None)[0]
        message.html.encode()
