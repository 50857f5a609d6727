"""Who helps where the bot cannot: the authority in charge, advice for one's own case."""

from collections.abc import Iterator, Mapping

from bot.dialogue.citing import format_day
from bot.knowledge.guidance import LAND, Authority, Served
from bot.knowledge.model import Knowledge
from bot.messages import Block, Language, Line, Reply

#: Whom an authority serves, by what is known of the asker: the first that holds counts.
_SERVED: tuple[tuple[str, str, tuple[Served, ...]], ...] = (
    ("authority_level", "federal", ("federal",)),
    ("sender", "authority", ("public",)),
    ("sender", "school", ("public",)),
    ("sender", "church", ("church-catholic", "church-protestant")),
)
_PRIVATE: tuple[Served, ...] = ("private",)


class Helpers:
    """Words who helps, for what is known of the asker."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._knowledge = knowledge
        self._language = language
        self._texts = knowledge.texts[language]

    def reply(self, known: Mapping[str, str]) -> Reply:
        found = tuple(self._in_charge(known))
        lines = tuple(map(self.line, found))
        blocks = [Block("list", lines, title=self._texts["helpers_authority"])] if lines else [self._text("authority")]
        return Reply(self._language, (*blocks, self._text("helpers_advice")))

    def line(self, authority: Authority) -> Line:
        """An authority with its page, and where to complain and to report a breach."""
        told = self._texts["authority_line"].format(name=authority.name[self._language], url=authority.url)
        forms = (("authority_complaint", authority.complaint), ("authority_breach", authority.breach))
        more = (self._texts[key].format(url=url) for key, url in forms if url)
        checked = self._texts["checked"].format(date=format_day(authority.checked, self._language))
        return Line(" · ".join((told, *more, checked)))

    def _in_charge(self, known: Mapping[str, str]) -> Iterator[Authority]:
        """The authorities for this asker: of their Land, if it is known, else those that need none."""
        served = next((served for fact, option, served in _SERVED if known.get(fact) == option), _PRIVATE)
        for each in self._knowledge.authorities.values():
            is_there = each.land in (None, known.get(LAND))
            if is_there and not set(served).isdisjoint(each.serves):
                yield each

    def _text(self, key: str) -> Block:
        return Block("text", (Line(self._texts[key]),))
