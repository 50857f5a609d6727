"""lexicon.yaml: the words of a domain."""

from bot.knowledge.fields import Fields
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.phrases import Bilingual, Phrases
from bot.knowledge.tree import Mapping, Node, Report

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
    "asker_owns",
    "prepositions",
    "supposers",
    "supposing_openers",
    "indirect_openers",
    "reporters",
    "not_reported",
    "saying",
    "reasons",
    "asked_about",
    "asked_meaning",
    "unfamiliar",
    "alternatives",
    "lookalikes",
    "connectors",
    "lead_ins",
    "relatives",
    "asking_verbs",
    "role_openers",
    "calling_leads",
    "calling_closers",
    "keeping",
    "no_longer",
    "not_yet",
    "working",
    "another",
    "deeds",
    "articles",
    "copulas",
    "hearsay",
    "plainly",
    "idle_negations",
    "joiners",
    "instead_of",
]


def read_lexicon(node: Node, report: Report) -> Lexicon:
    what = Bilingual(de="das Lexikon", en="the lexicon")
    fields = Fields(node, what, "", f"{' '.join(LISTS)} exclusive_kinds concepts classes", report)
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
        classes=_read_concepts("classes", fields.node("classes"), report),
    )


def _read_concepts(kind: str, node: Node | None, report: Report) -> dict[str, Phrases]:
    keys = " ".join(node.items) if isinstance(node, Mapping) else ""
    fields = Fields(node, Bilingual(de=f"die Art „{kind}“", en=f'the kind "{kind}"'), "", keys, report)
    return {key: fields.phrases(key) for key in keys.split()}
