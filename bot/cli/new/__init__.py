"""Beginning something new: commented templates of entries, sources, facts, terms …, and of a whole knowledge.

Owns what they say and where they go. Refuses to overwrite, and to touch anything that stands there already.
"""

from bot.cli.new.begin import Begun, Kind, Wanted, begin
from bot.cli.new.domain import begin_knowledge, chosen_languages

__all__ = ["Begun", "Kind", "Wanted", "begin", "begin_knowledge", "chosen_languages"]
