"""asides.yaml, texts/ and everyday.yaml: what the bot says itself, and what people say besides questions."""

from bot.knowledge.fields import Fields
from bot.knowledge.model import Aside
from bot.knowledge.phrases import Bilingual, Phrases, Place
from bot.knowledge.readers.names import named
from bot.knowledge.tree import Node, Report


def read_asides(node: Node, report: Report) -> dict[str, Aside]:
    return {
        key: _read_aside(key, aside, report)
        for key, aside in named(node, Bilingual(de="asides.yaml", en="asides.yaml"), report).items()
    }


def _read_aside(key: str, node: Node, report: Report) -> Aside:
    what = Bilingual(de=f"die Äußerung „{key}“", en=f'aside "{key}"')
    fields = Fields(node, what, "", "said_as reply entry cues", report)
    reply = fields.bilingual("reply") if fields.has("reply") else None
    entry = fields.text("entry") if fields.has("entry") else ""
    return Aside(key, fields.phrases("said_as"), reply, entry, fields.phrases("cues"), fields.place)


def read_texts(node: Node, report: Report) -> tuple[dict[str, str], dict[str, Place]]:
    what = Bilingual(de="eine Datei mit Texten", en="a file of texts")
    children = named(node, what, report)
    fields = Fields(node, what, "", " ".join(children), report)
    return {key: fields.text(key) for key in children}, {key: fields.place_of(key) for key in children}


def read_themes(node: Node, report: Report) -> dict[str, Phrases]:
    """Phrases by theme."""
    themes = named(node, Bilingual(de="everyday.yaml", en="everyday.yaml"), report)
    fields = Fields(node, Bilingual(de="everyday.yaml", en="everyday.yaml"), "", " ".join(themes), report)
    return {name: fields.phrases(name) for name in themes}
