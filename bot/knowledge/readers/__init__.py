"""One reader per kind of file: a tree becomes sources, entries, facts, lexicon, guidance, asides, texts or checks.

Owns which keys each kind has. What holds between objects (dangling ids, gaps in a table) is for the rules.
"""

from bot.knowledge.readers.checks import read_entry_checks, read_out_of_scope, read_pairs
from bot.knowledge.readers.entries import read_entry
from bot.knowledge.readers.facts import read_fact
from bot.knowledge.readers.guidance import read_authorities, read_countries, read_emergencies, read_terms
from bot.knowledge.readers.lexicon import LISTS, read_lexicon
from bot.knowledge.readers.names import ID_LENGTH, is_identifier
from bot.knowledge.readers.sources import read_source
from bot.knowledge.readers.texts import read_asides, read_texts, read_themes

__all__ = [
    "ID_LENGTH",
    "LISTS",
    "is_identifier",
    "read_asides",
    "read_authorities",
    "read_countries",
    "read_emergencies",
    "read_entry",
    "read_entry_checks",
    "read_fact",
    "read_lexicon",
    "read_out_of_scope",
    "read_pairs",
    "read_source",
    "read_terms",
    "read_texts",
    "read_themes",
]
