"""Where a sentence ends, in German and English: not after abbreviations, initials, ordinals, dates and numbers."""

import re

# A full stop before a capital ends a sentence, unless it belongs to one of these.
_SENTENCE_END = re.compile(r"[.!?…][“”\"»)]?\s+(?=[„“\"(]?[A-ZÄÖÜ])")
_TITLES = "Hrn Hr Fr Frl Dr Prof Mag Dipl Ing Mr Mrs Ms Jr Sr St Co Ltd Inc"
_LAW = "Art Abs Nr Rn Rdnr Az lit Buchst Ziff Kap Anl Beschl Urt Verf vgl Vgl para sec Sec No no cl ed Ed fn Fn"
_WORDS = (
    "bzw ca usw ggf inkl evtl Evtl etc sog insb Insb zzgl einschl Tel Str str max min Mio Mrd vs approx incl dgl gem "
    "exkl Jan Feb Apr Aug Sep Sept Okt Oct Nov Dez Dec Hs Abt Bd Hrsg hrsg Jh geb gest"
)
_ABBREVIATION = re.compile(rf"(?:\b(?:{'|'.join(f'{_TITLES} {_LAW} {_WORDS}'.split())}|[A-Za-zÄÖÜäöü])|\d)\.[“”\"»)]?$")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    parts: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[: end.end()].rstrip()):
            parts.append(text[start : end.end()].strip())
            start = end.end()
    return [*parts, text[start:].strip()]
