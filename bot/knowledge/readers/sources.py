"""sources/: documents and what they say, claim by claim."""

import re
from collections.abc import Mapping as TypingMapping
from dataclasses import replace
from typing import get_args

from bot.knowledge.fields import Fields, unless_replaced
from bot.knowledge.model import Claim, Reading, Source, SourceKind, Standing
from bot.knowledge.phrases import Bilingual
from bot.knowledge.provisions import HEADS, PARTS, Provision
from bot.knowledge.readers.names import check_identifier, identifier
from bot.knowledge.tree import Node, Report

_PUBLISHED = re.compile(r"unknown|\d{4}(-\d{2}(-\d{2})?)?")
_NUMBER = re.compile(r"[0-9]{1,4}[a-z]{0,2}|[a-z]{1,2}")
_REQUIRED = "id kind title short url published checked claims"
_OPTIONAL = "publisher report_by report_url original read author provision_url recital_url review_by"
_REPLACED = {
    "locator": Bilingual(
        de="ein Gesetz nennt seine Fundstelle nicht mehr als „locator“, sondern als article, section oder recital "
        "(mit paragraph, number, letter …): bitte umschreiben",
        en='a statute no longer gives its "locator", but article, section or recital (with paragraph, number, '
        "letter …): rewrite it",
    )
}


def read_source(node: Node, report: Report) -> Source:
    fields = Fields(node, Bilingual(de="eine Quelle", en="a source"), _REQUIRED, _OPTIONAL, report)
    _require_speaker(fields)
    kind = fields.choice("kind", get_args(SourceKind))
    read_claim = _read_provision if kind == "statute" else _read_passage
    claims = {key: read_claim(key, claim, report) for key, claim in fields.children("claims").items()}
    return Source(
        id=identifier(fields, "id"),
        kind=kind,
        title=fields.name("title"),
        short=fields.name("short"),
        publisher=fields.name("publisher"),
        url=fields.name("url"),
        published=_published(fields),
        checked=fields.day("checked"),
        claims=_located(fields, claims),
        report_by=fields.text("report_by"),
        report_url=fields.text("report_url"),
        original=fields.text("original"),
        read=fields.choice("read", get_args(Reading)) if fields.has("read") else "original",
        author=fields.text("author"),
        review_by=fields.optional_day("review_by"),
        place=fields.place,
    )


def _require_speaker(fields: Fields) -> None:
    if not fields.has("publisher") and not fields.has("report_by"):
        fields.problem(
            de="eine Quelle braucht „publisher“: bitte nennen, wer herausgibt (oder als „report_by“, wer berichtet)",
            en='a source lacks "publisher": name who publishes it (or, under "report_by", who reports it)',
        )
    if fields.has("read") and fields.text("read") == "report" and not fields.has("report_by"):
        fields.problem(
            fields.place_of("read"),
            de="„read: report“ braucht „report_by“: bitte nennen, wessen Bericht gelesen wurde",
            en='"read: report" lacks "report_by": name whose report was read',
        )


def _published(fields: Fields) -> str:
    published = fields.text("published")
    if published and not _PUBLISHED.fullmatch(published):
        fields.problem(
            fields.place_of("published"),
            de=f"„published“ ist „{published}“: möglich sind unknown, Jahr, Monat (2020-05) oder Tag (2020-05-14)",
            en=f'"published" is "{published}": write unknown, a year, a month (2020-05) or a day (2020-05-14)',
        )
    return published


def _read_passage(key: str, node: Node, report: Report) -> Claim:
    fields = Fields(node, _claim(key), "locator says today", "quote url note see review_by", report)
    return _claim_of(key, fields, fields.bilingual("locator"), None)


def _read_provision(key: str, node: Node, report: Report) -> Claim:
    optional = f"quote url note see review_by {' '.join(HEADS + PARTS)}"
    current = unless_replaced(node, _REPLACED, report)
    fields = Fields(current, _claim(key), "says today", optional, report)
    if current is not None and sum(fields.has(head) for head in HEADS) != 1:
        fields.problem(
            de=f"Aussage „{key}“ braucht genau eines von article, section und recital: bitte die Vorschrift nennen",
            en=f'claim "{key}" needs exactly one of article, section and recital: name the provision',
        )
    provision = Provision(**{name: _number(fields, name) for name in HEADS + PARTS})
    return _claim_of(key, fields, provision.label, provision)


def _number(fields: Fields, name: str) -> str:
    text = fields.text(name)
    if text and not _NUMBER.fullmatch(text):
        fields.problem(
            fields.place_of(name),
            de=f"„{name}“ ist „{text}“: bitte nur die Nummer schreiben, etwa 7, 7a oder b",
            en=f'"{name}" is "{text}": write the number alone, such as 7, 7a or b',
        )
    return text


def _claim(key: str) -> Bilingual:
    return Bilingual(de=f"Aussage „{key}“", en=f'claim "{key}"')


def _claim_of(key: str, fields: Fields, locator: Bilingual, provision: Provision | None) -> Claim:
    check_identifier(key, fields)
    return Claim(
        id=key,
        locator=locator,
        says=fields.bilingual("says"),
        today=fields.choice("today", get_args(Standing)),
        note=fields.bilingual("note") if fields.has("note") else None,
        quote=fields.optional_name("quote"),
        url=fields.optional_name("url"),
        see=fields.references("see"),
        provision=provision,
        review_by=fields.optional_day("review_by"),
        place=fields.place,
    )


def _located(fields: Fields, claims: TypingMapping[str, Claim]) -> dict[str, Claim]:
    """The claims, each provision with the address of its own that the source's pattern gives it."""
    heads = {head for claim in claims.values() if (head := _head(claim))}
    patterns = {head: _pattern(fields, head) for head in sorted(heads)}
    return {key: _with_address(claim, patterns.get(_head(claim))) for key, claim in claims.items()}


def _head(claim: Claim) -> str:
    """Whether a claim's provision is an article, a section or a recital; empty if it has none."""
    return next((name for name in HEADS if claim.provision and getattr(claim.provision, name)), "")


def _pattern(fields: Fields, head: str) -> Bilingual | None:
    """The pattern of addresses for provisions of one kind; a problem if it has no place for the number."""
    key = "recital_url" if head == "recital" else "provision_url"
    pattern = fields.optional_name(key)
    if pattern and any(f"{{{head}}}" not in each for each in (pattern.de, pattern.en) if each):
        fields.problem(
            fields.place_of(key),
            de=f"„{key}“ braucht „{{{head}}}“ dort, wo in der Adresse die Nummer steht: bitte ergänzen",
            en=f'"{key}" needs "{{{head}}}" where the number stands in the address: add it',
        )
        return None
    return pattern


def _with_address(claim: Claim, pattern: Bilingual | None) -> Claim:
    provision = claim.provision
    if provision is None or pattern is None or claim.url is not None:
        return claim
    return replace(claim, url=Bilingual(provision.address(pattern.de), provision.address(pattern.en), pattern.place))
