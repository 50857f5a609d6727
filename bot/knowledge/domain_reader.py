"""knowledge.yaml: a tree becomes a domain. Owns its keys."""

from bot.knowledge.domain import LONGEST_ABOUT, LONGEST_BUTTON, LONGEST_EXAMPLE, LONGEST_NAME, Domain
from bot.knowledge.fields import Fields
from bot.knowledge.guidance import Example
from bot.knowledge.phrases import Bilingual
from bot.knowledge.tree import Mapping, Node, Report
from bot.messages import LANGUAGES, Language

_WHAT = Bilingual(de="knowledge.yaml", en="knowledge.yaml")
_LONGEST = {"name": LONGEST_NAME, "about": LONGEST_ABOUT, "example": LONGEST_EXAMPLE}


def read_languages(node: Node, report: Report) -> tuple[Language, ...]:
    """The languages that are named; all there are where none can be read."""
    listed = node.items.get("languages") if isinstance(node, Mapping) else None
    if listed is None:
        return LANGUAGES
    fields = Fields(Mapping({"languages": listed}, {}, node.place), _WHAT, "languages", "", report)
    named = fields.texts("languages")
    known = tuple(language for text in named for language in LANGUAGES if language == text)
    if len(known) != len(named) or len(set(known)) != len(named) or not named:
        fields.problem(
            listed.place,
            de=f"„languages“ ist eine Liste aus {' und '.join(LANGUAGES)}, jede höchstens einmal: etwa [de]",
            en=f'"languages" is a list of {" and ".join(LANGUAGES)}, each at most once: such as [de]',
        )
        return LANGUAGES
    return known


def read_domain(node: Node, report: Report) -> Domain:
    languages = read_languages(node, report)
    fields = Fields(node, _WHAT, "languages name about example topics help", "examples", Report(report, languages))
    topics = fields.phrases("topics")
    fields.require_all_languages("topics", topics)
    domain = Domain(
        languages=languages,
        name=fields.bilingual("name"),
        about=fields.bilingual("about"),
        example=fields.bilingual("example"),
        topics=topics,
        help=fields.bilingual("help"),
        examples=tuple(_read_example(node, Report(report, languages)) for node in fields.items("examples")),
    )
    _check_lengths(domain, fields)
    return domain


def _read_example(node: Node, report: Report) -> Example:
    what = Bilingual(de="ein Beispiel", en="an example")
    fields = Fields(node, what, f"entry {' '.join(report.languages)}", "", report)
    question = Bilingual(fields.text("de"), fields.text("en"), fields.place)
    length = max(len(question.de), len(question.en))
    if length > LONGEST_BUTTON:
        fields.problem(
            fields.place,
            de=f"das Beispiel hat {length} Zeichen und steht auf einem Knopf: bitte auf {LONGEST_BUTTON} kürzen",
            en=f"the example has {length} characters and stands on a button: shorten it to {LONGEST_BUTTON}",
        )
    return Example(fields.text("entry"), question, fields.place)


def _check_lengths(domain: Domain, fields: Fields) -> None:
    for key, longest in _LONGEST.items():
        for language in domain.languages:
            length = len(getattr(domain, key)[language])
            if length > longest:
                fields.problem(
                    fields.place_of(key),
                    de=f"„{key}“ ({language}) hat {length} Zeichen: bitte auf {longest} kürzen",
                    en=f'"{key}" ({language}) has {length} characters: shorten it to {longest}',
                )
