"""One reader per kind of file: a tree becomes sources, entries, facts, lexicon, asides, texts or checks.

Owns which keys each kind has. What holds between objects (dangling ids, gaps in a table) is for the rules.
"""

import re
from dataclasses import replace
from typing import get_args

from bot.knowledge.checks import Difference, EntryChecks, Expected, MinimalPair
from bot.knowledge.fields import Fields, is_to_be_filled_in, quoted, shape
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
from bot.knowledge.phrases import Bilingual, Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.tree import Listing, Mapping, Node, Report
from bot.messages import Language

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PUBLISHED = re.compile(r"unknown|\d{4}(-\d{2}(-\d{2})?)?")
_CITED = re.compile(r"(?P<text>.*?)\s*(?P<marks>(?:\[[^\[\]]*\]\s*)+)", re.DOTALL)
_MARK = re.compile(r"\[([^\[\]]*)\]")
ID_LENGTH = 40


def read_source(node: Node, report: Report) -> Source:
    required = "id kind title short url published checked claims"
    fields = Fields(node, Bilingual(de="eine Quelle", en="a source"), required, "publisher report_by author", report)
    if not fields.has("publisher") and not fields.has("report_by"):
        fields.problem(
            de="eine Quelle braucht „publisher“: bitte nennen, wer herausgibt (oder als „report_by“, wer berichtet)",
            en='a source lacks "publisher": name who publishes it (or, under "report_by", who reports it)',
        )
    claims = {key: _read_claim(key, claim, report) for key, claim in fields.children("claims").items()}
    published = fields.text("published")
    if published and not _PUBLISHED.fullmatch(published):
        fields.problem(
            fields.place_of("published"),
            de=f"„published“ ist „{published}“: möglich sind unknown, Jahr, Monat (2020-05) oder Tag (2020-05-14)",
            en=f'"published" is "{published}": write unknown, a year, a month (2020-05) or a day (2020-05-14)',
        )
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
    fields = Fields(
        node, Bilingual(de=f"Aussage „{key}“", en=f'claim "{key}"'), "locator says today", "quote url note see", report
    )
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
    fields = Fields(node, Bilingual(de="ein Eintrag", en="an entry"), required, "not_asked_as facts see_also", report)
    asked_as = fields.phrases("asked_as")
    fields.require_all_languages("asked_as", asked_as)
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
    fields = Fields(node, Bilingual(de="ein Ergebnis", en="an outcome"), "verdict answer", "when steps", report)
    steps = fields.phrases("steps")
    fields.require_all_languages("steps", steps)
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
    inner = Fields(fields.node("answer"), quoted("answer"), " ".join(report.languages), "", report)
    return Statements(_read_statements(inner, "de"), _read_statements(inner, "en"))


def _read_statements(fields: Fields, language: Language) -> tuple[Statement, ...]:
    return tuple(_read_statement(fields, item, language) for item in fields.items(language))


def _read_statement(fields: Fields, node: Node, language: Language) -> Statement:
    whole = fields.scalar(node, language)
    found = None if is_to_be_filled_in(whole) else _CITED.fullmatch(whole)
    if not found:
        return Statement(whole, (), node.place)
    names = [name.strip() for mark in _MARK.findall(found["marks"]) for name in mark.split(",")]
    return Statement(found["text"].strip(), _references(fields, names, node.place), node.place)


def _references(fields: Fields, names: list[str], place: Place) -> tuple[Reference, ...]:
    return tuple(r for name in names if (r := fields.reference(name, place)))


def read_facts(node: Node, report: Report) -> dict[str, Fact]:
    return {
        name: _read_fact(name, fact, report)
        for name, fact in _named(node, Bilingual(de="facts.yaml", en="facts.yaml"), report).items()
    }


def _read_fact(name: str, node: Node, report: Report) -> Fact:
    fields = Fields(
        node,
        Bilingual(de=f"Angabe „{name}“", en=f'fact "{name}"'),
        "about ask why options",
        "undecided_as untold_as beside",
        report,
    )
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
    what = Bilingual(de=f"Option „{key}“", en=f'option "{key}"')
    fields = Fields(node, what, "label", "stated said_as answered_as needs_certainty implies", report)
    implied = fields.children("implies")
    label = fields.bilingual("label")
    return Option(
        id=key,
        label=label,
        stated=fields.bilingual("stated") if fields.has("stated") else label,
        said_as=fields.phrases("said_as"),
        answered_as=fields.phrases("answered_as"),
        needs_certainty=fields.has("needs_certainty") and fields.choice("needs_certainty", ("yes", "no")) == "yes",
        implies={name: fields.scalar(value, name) for name, value in implied.items()},
        place=fields.place,
    )


#: The lists of a lexicon.
LISTS = [
    "function_words",
    "negations",
    "fillers",
    "reservations",
    "third_parties",
    "interrogatives",
    "question_words",
    "follow_up_openers",
    "whether_openers",
    "asker_acts",
    "asker_acted_on",
    "anyone",
    "role_openers",
    "instead_of",
]


def read_lexicon(node: Node, report: Report) -> Lexicon:
    what = Bilingual(de="das Lexikon", en="the lexicon")
    fields = Fields(node, what, "", f"{' '.join(LISTS)} exclusive_kinds concepts", report)
    concepts: dict[str, Phrases] = {}
    kinds: dict[str, str] = {}
    for kind, group in fields.children("concepts").items():
        found = _read_concepts(kind, group, report)
        for key in concepts.keys() & found.keys():
            fields.problem(
                group.place,
                de=f"der Begriff „{key}“ steht auch unter „{kinds[key]}“: bitte einen davon umbenennen oder entfernen",
                en=f'the concept "{key}" stands under {kinds[key]} too: rename or remove one of them',
            )
        concepts.update(found)
        kinds.update(dict.fromkeys(found, kind))
    exclusive = fields.texts("exclusive_kinds")
    for kind in exclusive:
        if kind not in kinds.values():
            fields.problem(
                de=f"unter „concepts“ gibt es keine Begriffe der Art „{kind}“: bitte ergänzen, oder sie entfernen",
                en=f'no concepts of the kind "{kind}" stand under concepts: add some, or remove it',
            )
    return Lexicon(
        **{name: fields.phrases(name) for name in LISTS},
        concepts=concepts,
        kinds=kinds,
        exclusive_kinds=exclusive,
    )


def _read_concepts(kind: str, node: Node, report: Report) -> dict[str, Phrases]:
    keys = " ".join(node.items) if isinstance(node, Mapping) else ""
    fields = Fields(node, Bilingual(de=f"die Art „{kind}“", en=f'the kind "{kind}"'), "", keys, report)
    return {key: fields.phrases(key) for key in keys.split()}


def read_asides(node: Node, report: Report) -> dict[str, Aside]:
    return {
        key: _read_aside(key, aside, report)
        for key, aside in _named(node, Bilingual(de="asides.yaml", en="asides.yaml"), report).items()
    }


def _read_aside(key: str, node: Node, report: Report) -> Aside:
    fields = Fields(node, Bilingual(de=f"die Äußerung „{key}“", en=f'aside "{key}"'), "", "said_as reply", report)
    reply = fields.bilingual("reply") if fields.has("reply") else None
    return Aside(key, fields.phrases("said_as"), reply, fields.place)


def read_texts(node: Node, report: Report) -> tuple[dict[str, str], dict[str, Place]]:
    what = Bilingual(de="eine Datei mit Texten", en="a file of texts")
    children = _named(node, what, report)
    fields = Fields(node, what, "", " ".join(children), report)
    return {key: fields.text(key) for key in children}, {key: fields.place_of(key) for key in children}


def read_entry_checks(node: Node, report: Report) -> EntryChecks:
    fields = Fields(
        node, Bilingual(de="eine Datei mit Prüffragen", en="a file of checks"), "entry questions", "", report
    )
    return EntryChecks(fields.text("entry"), fields.phrases("questions"), fields.place)


def read_out_of_scope(node: Node, report: Report) -> Phrases:
    return Fields(node, Bilingual(de="out-of-scope.yaml", en="out-of-scope.yaml"), "out_of_scope", "", report).phrases(
        "out_of_scope"
    )


def read_themes(node: Node, report: Report) -> dict[str, Phrases]:
    """Phrases by theme."""
    themes = _named(node, Bilingual(de="everyday.yaml", en="everyday.yaml"), report)
    fields = Fields(node, Bilingual(de="everyday.yaml", en="everyday.yaml"), "", " ".join(themes), report)
    return {name: fields.phrases(name) for name in themes}


def read_pairs(node: Node, report: Report) -> tuple[MinimalPair, ...]:
    fields = Fields(node, Bilingual(de="minimal-pairs.yaml", en="minimal-pairs.yaml"), "pairs", "", report)
    return tuple(_read_pair(item, report) for item in fields.items("pairs"))


def _read_pair(node: Node, report: Report) -> MinimalPair:
    fields = Fields(
        node, Bilingual(de="ein Minimalpaar", en="a minimal pair"), "differ_in language first second", "", report
    )
    sides = [_read_expected(fields.node(key), quoted(key), report) for key in ("first", "second")]
    if fields.has("second") and replace(sides[0], text="") == replace(sides[1], text=""):
        fields.problem(
            de="beide Seiten des Paars erwarten dasselbe: bitte sagen, worin sie sich unterscheiden, oder es entfernen",
            en="both sides of the pair expect the same: say what differs, or remove the pair",
        )
    return MinimalPair(
        differ_in=fields.choice("differ_in", get_args(Difference)),
        language=fields.choice("language", report.languages),
        first=sides[0],
        second=sides[1],
    )


def _read_expected(node: Node | None, what: Bilingual, report: Report) -> Expected:
    fields = Fields(node, what, "text", "entry facts untold", report)
    return Expected(
        text=fields.text("text"),
        entry=fields.text("entry") if fields.has("entry") else None,
        facts={name: fields.scalar(option, name) for name, option in fields.children("facts").items()},
        untold=fields.texts("untold"),
        place=fields.place,
    )


def _named(node: Node, what: Bilingual, report: Report) -> dict[str, Node]:
    if isinstance(node, Mapping):
        return node.items
    problem = Problem(
        node.place,
        de=f"{what.de} muss aus Zeilen „name: …“ bestehen, hier steht aber {shape(node).de}",
        en=f"{what.en} must be a mapping (name: …), not {shape(node).en}",
    )
    report(problem)
    return {}


def _identifier(fields: Fields, key: str) -> str:
    text = fields.text(key)
    if text:
        _check_identifier(text, fields)
    return text


def is_identifier(text: str) -> bool:
    return _ID.fullmatch(text) is not None and len(text) <= ID_LENGTH


def _check_identifier(text: str, fields: Fields) -> None:
    if not is_identifier(text):
        fields.problem(
            de=f"„{text}“ ist keine id: bitte nur a-z, Ziffern, einzelne Bindestriche, höchstens {ID_LENGTH} Zeichen",
            en=f'"{text}" is no id: use lower-case a-z, digits and single hyphens, at most {ID_LENGTH} signs',
        )
