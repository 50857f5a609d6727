"""One reader per kind of file: a tree becomes sources, entries, facts, lexicon, asides, texts or checks.

Owns which keys each kind has. What holds between objects (dangling ids, gaps in a table) is for the rules.
"""

import re
from dataclasses import replace
from typing import get_args

from bot.knowledge.checks import Difference, EntryChecks, Expected, MinimalPair
from bot.knowledge.fields import Fields, parse_reference
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import (
    Aside,
    Claim,
    Entry,
    Fact,
    FactScope,
    Option,
    Outcome,
    Reference,
    Source,
    SourceKind,
    Standing,
    Statement,
    Statements,
    Verdict,
)
from bot.knowledge.phrases import Phrases, Place, Problem
from bot.knowledge.tree import Listing, Mapping, Node, Report, Scalar
from bot.messages import LANGUAGES, Language

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PUBLISHED = re.compile(r"unknown|\d{4}(-\d{2}(-\d{2})?)?")
_CITED = re.compile(r"(?P<text>.*?)\s*(?P<marks>(?:\[[^\[\]]*\]\s*)+)", re.DOTALL)
_MARK = re.compile(r"\[([^\[\]]*)\]")
ID_LENGTH = 40


def read_source(node: Node, report: Report) -> Source:
    required = "id kind title short url published checked claims"
    fields = Fields(node, "a source", required, "publisher report_by author", report)
    if not fields.has("publisher") and not fields.has("report_by"):
        fields.problem('a source lacks "publisher": name who publishes it (or, under "report_by", who reports it)')
    claims = {key: _read_claim(key, claim, report) for key, claim in fields.children("claims").items()}
    published = fields.text("published")
    if published and not _PUBLISHED.fullmatch(published):
        message = f'"published" is "{published}": write unknown, a year, a month (2020-05) or a day (2020-05-14)'
        fields.problem(message, fields.place_of("published"))
    return Source(
        id=_identifier(fields, "id"),
        kind=fields.choice("kind", get_args(SourceKind)),
        title=fields.text("title"),
        short=fields.name("short"),
        publisher=fields.text("publisher"),
        report_by=fields.text("report_by"),
        url=fields.text("url"),
        published=published,
        checked=fields.day("checked"),
        claims=claims,
        author=fields.text("author"),
        place=fields.place,
    )


def _read_claim(key: str, node: Node, report: Report) -> Claim:
    fields = Fields(node, f'claim "{key}"', "locator says today", "quote url note see", report)
    _check_identifier(key, fields)
    return Claim(
        id=key,
        locator=fields.bilingual("locator"),
        says=fields.bilingual("says"),
        today=fields.choice("today", get_args(Standing)),
        note=fields.bilingual("note") if fields.has("note") else None,
        quote=fields.text("quote"),
        url=fields.text("url"),
        see=fields.references("see"),
        place=fields.place,
    )


def read_entry(node: Node, report: Report) -> Entry:
    required = "id title asked_as outcomes reviewed review_by"
    fields = Fields(node, "an entry", required, "not_asked_as facts see_also", report)
    asked_as = fields.phrases("asked_as")
    fields.require_both_languages("asked_as", asked_as)
    return Entry(
        id=_identifier(fields, "id"),
        title=fields.bilingual("title"),
        asked_as=asked_as,
        not_asked_as=fields.phrases("not_asked_as"),
        facts=fields.texts("facts"),
        outcomes=tuple(_read_outcome(item, report) for item in fields.items("outcomes")),
        reviewed=fields.day("reviewed"),
        review_by=fields.day("review_by"),
        see_also=fields.texts("see_also"),
        place=fields.place,
    )


def _read_outcome(node: Node, report: Report) -> Outcome:
    fields = Fields(node, "an outcome", "verdict answer", "when steps", report)
    steps = fields.phrases("steps")
    fields.require_both_languages("steps", steps)
    return Outcome(
        when=_read_when(fields),
        verdict=fields.choice("verdict", get_args(Verdict)),
        answer=_read_answer(fields, report),
        steps=steps,
        place=fields.place,
    )


def _read_when(fields: Fields) -> dict[str, tuple[str, ...]]:
    return {name: _options(fields, name, node) for name, node in fields.children("when").items()}


def _options(fields: Fields, name: str, node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Listing) else (node,)
    return tuple(fields.scalar(item, name) for item in items)


def _read_answer(fields: Fields, report: Report) -> Statements:
    inner = Fields(fields.node("answer"), '"answer"', "de en", "", report)
    return Statements(_read_statements(inner, "de"), _read_statements(inner, "en"))


def _read_statements(fields: Fields, language: Language) -> tuple[Statement, ...]:
    return tuple(_read_statement(fields, item, language) for item in fields.items(language))


def _read_statement(fields: Fields, node: Node, language: Language) -> Statement:
    whole = fields.scalar(node, language)
    found = _CITED.fullmatch(whole)
    if not found:
        return Statement(whole, (), node.place)
    names = [name.strip() for mark in _MARK.findall(found["marks"]) for name in mark.split(",")]
    return Statement(found["text"].strip(), _references(fields, names, node.place), node.place)


def _references(fields: Fields, names: list[str], place: Place) -> tuple[Reference, ...]:
    for name in names:
        if not parse_reference(name):
            fields.problem(f'"{name}" is no citation: write source#claim, such as dsgvo#art-13', place)
    return tuple(r for name in names if (r := parse_reference(name)))


def read_facts(node: Node, report: Report) -> dict[str, Fact]:
    return {name: _read_fact(name, fact, report) for name, fact in _named(node, "facts.yaml", report).items()}


def _read_fact(name: str, node: Node, report: Report) -> Fact:
    fields = Fields(node, f'fact "{name}"', "about ask why options", "undecided_as untold_as beside", report)
    options = {key: _read_option(key, option, report) for key, option in fields.children("options").items()}
    return Fact(
        name=name,
        about=fields.choice("about", get_args(FactScope)),
        ask=fields.bilingual("ask"),
        why=fields.bilingual("why"),
        options=options,
        undecided_as=fields.phrases("undecided_as"),
        untold_as=fields.phrases("untold_as"),
        beside=fields.texts("beside"),
        place=fields.place,
    )


def _read_option(key: str, node: Node, report: Report) -> Option:
    fields = Fields(node, f'option "{key}"', "label", "stated said_as answered_as needs_certainty implies", report)
    implied = fields.children("implies")
    return Option(
        id=key,
        label=fields.bilingual("label"),
        stated=fields.bilingual("stated" if fields.has("stated") else "label"),
        said_as=fields.phrases("said_as"),
        answered_as=fields.phrases("answered_as"),
        needs_certainty=fields.has("needs_certainty") and fields.choice("needs_certainty", ("yes", "no")) == "yes",
        implies={name: fields.scalar(value, name) for name, value in implied.items()},
        place=fields.place,
    )


_LISTS = (
    "function_words negations fillers reservations third_parties interrogatives question_words follow_up_openers "
    "whether_openers asker_acts asker_acted_on anyone role_openers instead_of"
)


def read_lexicon(node: Node, report: Report) -> Lexicon:
    fields = Fields(node, "the lexicon", "", f"{_LISTS} exclusive_kinds concepts", report)
    concepts: dict[str, Phrases] = {}
    kinds: dict[str, str] = {}
    for kind, group in fields.children("concepts").items():
        found = _read_concepts(kind, group, report)
        for key in concepts.keys() & found.keys():
            fields.problem(
                f'the concept "{key}" stands under {kinds[key]} too: rename or remove one of them', group.place
            )
        concepts.update(found)
        kinds.update(dict.fromkeys(found, kind))
    exclusive = fields.texts("exclusive_kinds")
    for kind in exclusive:
        if kind not in kinds.values():
            fields.problem(f'no concepts of the kind "{kind}" stand under concepts: add some, or remove it')
    return Lexicon(
        **{name: fields.phrases(name) for name in _LISTS.split()},
        concepts=concepts,
        kinds=kinds,
        exclusive_kinds=exclusive,
    )


def _read_concepts(kind: str, node: Node, report: Report) -> dict[str, Phrases]:
    keys = " ".join(node.items) if isinstance(node, Mapping) else ""
    fields = Fields(node, f'the kind "{kind}"', "", keys, report)
    return {key: fields.phrases(key) for key in keys.split()}


def read_asides(node: Node, report: Report) -> dict[str, Aside]:
    return {key: _read_aside(key, aside, report) for key, aside in _named(node, "asides.yaml", report).items()}


def _read_aside(key: str, node: Node, report: Report) -> Aside:
    fields = Fields(node, f'aside "{key}"', "said_as", "reply", report)
    reply = fields.bilingual("reply") if fields.has("reply") else None
    return Aside(key, fields.phrases("said_as"), reply, fields.place)


def read_texts(node: Node, report: Report) -> tuple[dict[str, str], dict[str, Place]]:
    children = _named(node, "a file of texts", report)
    fields = Fields(node, "a file of texts", "", " ".join(children), report)
    return {key: fields.text(key) for key in children}, {key: fields.place_of(key) for key in children}


def read_entry_checks(node: Node, report: Report) -> EntryChecks:
    fields = Fields(node, "a file of checks", "entry questions", "", report)
    return EntryChecks(fields.text("entry"), fields.phrases("questions"), fields.place)


def read_out_of_scope(node: Node, report: Report) -> Phrases:
    return Fields(node, "out-of-scope.yaml", "out_of_scope", "", report).phrases("out_of_scope")


def read_pairs(node: Node, report: Report) -> tuple[MinimalPair, ...]:
    fields = Fields(node, "minimal-pairs.yaml", "pairs", "", report)
    return tuple(_read_pair(item, report) for item in fields.items("pairs"))


def _read_pair(node: Node, report: Report) -> MinimalPair:
    fields = Fields(node, "a minimal pair", "differ_in language first second", "", report)
    sides = [_read_expected(fields.node(key), f'"{key}"', report) for key in ("first", "second")]
    if fields.has("second") and replace(sides[0], text="") == replace(sides[1], text=""):
        fields.problem("both sides of the pair expect the same: say what differs, or remove the pair")
    return MinimalPair(
        differ_in=fields.choice("differ_in", get_args(Difference)),
        language=fields.choice("language", LANGUAGES),
        first=sides[0],
        second=sides[1],
    )


def _read_expected(node: Node | None, what: str, report: Report) -> Expected:
    fields = Fields(node, what, "text", "entry facts untold", report)
    return Expected(
        text=fields.text("text"),
        entry=fields.text("entry") if fields.has("entry") else None,
        facts={name: fields.scalar(option, name) for name, option in fields.children("facts").items()},
        untold=fields.texts("untold"),
        place=fields.place,
    )


def _named(node: Node, what: str, report: Report) -> dict[str, Node]:
    if isinstance(node, Mapping):
        return node.items
    shape = "a single text" if isinstance(node, Scalar) else "a list"
    report(Problem(node.place, f"{what} must be a mapping (name: …), not {shape}"))
    return {}


def _identifier(fields: Fields, key: str) -> str:
    text = fields.text(key)
    if text:
        _check_identifier(text, fields)
    return text


def _check_identifier(text: str, fields: Fields) -> None:
    if not _ID.fullmatch(text) or len(text) > ID_LENGTH:
        fields.problem(f'"{text}" is no id: use lower-case a-z, digits and single hyphens, at most {ID_LENGTH} signs')
