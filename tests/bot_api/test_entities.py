"""The server's markup parser is as strict as Telegram's, and no stricter."""

import pytest

from tests.bot_api.entities import ParseError, covered, is_empty, parse, parse_html


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("schlicht", "schlicht", []),
        ("<b>fett</b> und <i>schräg</i>", "fett und schräg", [("bold", "fett"), ("italic", "schräg")]),
        ("<STRONG>fett</strong>", "fett", [("bold", "fett")]),
        ("<b>a<i>b</i></b>", "ab", [("bold", "ab"), ("italic", "b")]),
        ("<blockquote expandable>lang</blockquote>", "lang", [("expandable_blockquote", "lang")]),
        (
            '<blockquote expandable>a <b>b</b> <a href="https://x.de">c</a></blockquote>d',
            "a b cd",
            [("expandable_blockquote", "a b c"), ("bold", "b"), ("text_link", "c")],
        ),
        ("<b><blockquote>a</blockquote></b>", "a", [("blockquote", "a"), ("bold", "a")]),
        ("<blockquote>a</blockquote><blockquote>b</blockquote>", "ab", [("blockquote", "a"), ("blockquote", "b")]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", "x")]),
        ("<b></b>leer", "leer", []),
        ("a & b &amp; &lt;c&gt; &quot;d&quot; &#x27;e&#39; &nbsp;", "a & b & <c> \"d\" 'e' &nbsp;", []),
        ("  <b> Rand </b>  ", "Rand", [("bold", "Rand")]),
        ("🐄<b>🐄</b>", "🐄🐄", [("bold", "🐄")]),
        ("a\x00b\rc\u202ed", "a bcd", []),
    ],
)
def test_what_telegram_takes(html: str, text: str, entities: list[tuple[str, str]]) -> None:
    parsed, found = parse(html, "HTML")
    assert parsed == text
    assert [(entity["type"], covered(parsed, entity)) for entity in found] == entities


@pytest.mark.parametrize(
    ("html", "entities"),
    [
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>", [("blockquote", "abc")]),
        ("<blockquote expandable>a<blockquote>b</blockquote></blockquote>", [("expandable_blockquote", "ab")]),
        ('<a href="https://x.de">a<a href="https://y.de">b</a></a>', [("text_link", "ab")]),
        ("<code>a<b>b</b></code>", [("code", "ab")]),
        ('<code>a<a href="https://x.de">b</a></code>c<b>d</b>', [("code", "ab"), ("bold", "d")]),
        ("<pre><code>a</code></pre>", [("pre", "a")]),
    ],
)
def test_what_must_not_be_nested_vanishes(html: str, entities: list[tuple[str, str]]) -> None:
    parsed, found = parse(html, "HTML")
    assert [(entity["type"], covered(parsed, entity)) for entity in found] == entities


def test_an_expandable_quotation_is_one_entity() -> None:
    found = parse("<blockquote expandable>x</blockquote> " * 100 + "<b>y</b>", "HTML")[1]
    assert [entity["type"] for entity in found] == ["expandable_blockquote"] * 100


@pytest.mark.parametrize(
    ("href", "url"),
    [("https://x.de/?a=1&amp;b=2", "https://x.de/?a=1&b=2"), ("javascript:alert(1)", None), ("/x", None)],
)
def test_a_link_needs_an_address_that_telegram_opens(href: str, url: str | None) -> None:
    text, found = parse(f'<a href="{href}">Link</a>', "HTML")
    assert (text, [entity["url"] for entity in found]) == ("Link", [url] if url else [])


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<b>offen", 'Can\'t find end tag corresponding to start tag "b"'),
        ("zu</b>", "Unexpected end tag at byte offset 2"),
        ("<b>über<i>kreuz</b></i>", 'Unmatched end tag at byte offset 16, expected "</i>", found "</b>"'),
        ("ü<p>Absatz</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
        ("<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("<b =x>x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
    ],
)
def test_what_telegram_refuses(html: str, problem: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse_html(html)
    assert str(refused.value) == problem


def test_markup_without_a_parse_mode_is_text() -> None:
    assert parse("<b>x", None) == ("<b>x", [])


def test_entities_beyond_the_hundredth_are_dropped() -> None:
    assert len(parse("<b>x</b> " * 150, "HTML")[1]) == 100


@pytest.mark.parametrize(("text", "result"), [("", True), (" \n\u200b\u2060", True), ("x", False), (".", False)])
def test_a_text_that_shows_nothing_is_empty(text: str, result: bool) -> None:
    assert is_empty(text) is result
