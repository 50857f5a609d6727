"""`entries` and `facts`: what the bot answers, and what it asks for that, to be named on the command line."""

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath

from bot.cli.told import fact_as_data
from bot.knowledge.model import UNKNOWN, Entry, Fact, Knowledge
from bot.knowledge.phrases import Bilingual
from bot.messages import Language

_ASKS = Bilingual("fragt nach", "asks for")
_UNKNOWN = Bilingual("weiß ich nicht (bei jeder Angabe möglich)", "I don't know (possible for every fact)")


def entries_as_json(knowledge: Knowledge, language: Language) -> str:
    """All entries as a JSON list."""
    return _json(
        [
            {"entry": each.id, "title": each.title[language], "topic": _topic(each), "facts": list(each.facts)}
            for each in _by_topic(knowledge)
        ]
    )


def entries_as_text(knowledge: Knowledge, language: Language) -> str:
    """All entries, by topic: what to call each, its title, and the facts that it may ask for."""
    return "\n\n".join(
        "\n".join((topic or "–", *(_entry(each, language) for each in entries)))
        for topic, entries in groupby(_by_topic(knowledge), _topic)
    )


def facts_as_json(knowledge: Knowledge, language: Language) -> str:
    """All facts as a JSON list."""
    return _json(
        [{"fact": name, **fact_as_data(name, language, knowledge)} for name in knowledge.facts],
    )


def facts_as_text(knowledge: Knowledge, language: Language) -> str:
    """All facts: what to call each, what is asked, and the options."""
    known = [_fact(each, language) for each in knowledge.facts.values()]
    return "\n\n".join((*known, f"{UNKNOWN}  {_UNKNOWN[language]}"))


def _by_topic(knowledge: Knowledge) -> Sequence[Entry]:
    return sorted(knowledge.entries.values(), key=lambda each: (_topic(each), each.id))


def _topic(entry: Entry) -> str:
    """The folder that an entry's file lies in, below the one of all entries."""
    folders = PurePath(entry.place.file).parts[:-1]
    return "/".join(folders[folders.index("entries") + 1 :]) if "entries" in folders else ""


def _entry(entry: Entry, language: Language) -> str:
    asked = f"\n      {_ASKS[language]}: {', '.join(entry.facts)}" if entry.facts else ""
    return f"  {entry.id}\n      {entry.title[language]}{asked}"


def _fact(fact: Fact, language: Language) -> str:
    width = max(len(each) for each in fact.options)
    options = [f"  {fact.name}={each.id:<{width}}  {each.label[language]}" for each in fact.options.values()]
    return "\n".join((f"{fact.name}: {fact.ask[language]}", *options))


def _json(listed: Sequence[object]) -> str:
    return json.dumps(listed, ensure_ascii=False, indent=2)
