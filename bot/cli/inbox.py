"""`inbox`: what people have left for the editors: donated questions and votes on answers."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO

import yaml

from bot.cli.stores import open_existing
from bot.knowledge.phrases import Bilingual
from bot.matching.matcher import Matcher
from bot.messages import Language
from bot.sessions.store import Donation, Vote
from bot.settings import Settings

_HEAD = """\
# Donated questions. Personal data that was recognised is blanked, names not always: read each before you use it. Give
# it the entry that must answer it (checks/<topic>/<entry>.yaml), or put it into checks/out-of-scope.yaml. "nearest" is
# what the bot thinks of today, if anything.
"""
_ONE_QUESTION = Bilingual("1 gespendete Frage", "1 donated question")
_MANY_QUESTIONS = Bilingual("{amount} gespendete Fragen", "{amount} donated questions")
_REASONS: dict[Vote, Bilingual] = {
    "too-long": Bilingual("zu lang", "too long"),
    "other-question": Bilingual("nicht die Frage", "not the question"),
    "too-general": Bilingual("zu allgemein", "too general"),
}
_VOTES = Bilingual("{yes} hilfreich, {no} nicht", "{yes} helpful, {no} not")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to show it, and whether to delete the questions that were shown."""

    as_json: bool = False
    as_candidates: bool = False
    is_clearing: bool = False
    #: The language of what is not for programs.
    language: Language = "de"


async def inbox(settings: Settings, wanted: Wanted, open_matcher: Callable[[], Matcher]) -> None:
    """Show donated questions and votes; delete the questions only once they could be written. Raises UsageError if
    there is no store to look into."""
    async with open_existing(settings) as store:
        donations = await store.donations()
        _show(donations, await store.votes(), wanted, open_matcher, sys.stdout)
        sys.stdout.flush()
        if wanted.is_clearing:
            await store.delete_donations([each.id for each in donations])


def _show(
    donations: Sequence[Donation],
    votes: dict[str, dict[Vote, int]],
    wanted: Wanted,
    open_matcher: Callable[[], Matcher],
    write: TextIO,
) -> None:
    if wanted.as_json:
        listed = [_as_data(each) for each in donations]
        print(json.dumps({"donations": listed, "votes": votes}, ensure_ascii=False, indent=2), file=write)
    elif wanted.as_candidates:
        print(_HEAD + _candidates(donations, open_matcher()), end="", file=write)
    else:
        print("\n".join(_listing(donations, votes, wanted.language)), file=write)


def _as_data(donation: Donation) -> dict[str, str]:
    # Whoever takes a question over can honour its withdrawal by this number only.
    return {
        "id": donation.id,
        "question": donation.text,
        "language": donation.language,
        "given": donation.at.date().isoformat(),
    }


def _candidates(donations: Sequence[Donation], matcher: Matcher) -> str:
    listed = [{**_as_data(each), "nearest": _nearest(each, matcher)} for each in donations]
    return yaml.safe_dump({"candidates": listed}, allow_unicode=True, sort_keys=False, width=120)


def _nearest(donation: Donation, matcher: Matcher) -> str | None:
    candidates = matcher.decide(donation.text, donation.language).candidates
    return candidates[0].entry if candidates else None


def _listing(donations: Sequence[Donation], votes: dict[str, dict[Vote, int]], language: Language) -> list[str]:
    lines = [f"{each.at:%Y-%m-%d} {each.language}  {each.text}" for each in donations]
    lines.append((_ONE_QUESTION if len(donations) == 1 else _MANY_QUESTIONS)[language].format(amount=len(donations)))
    for entry, counted in votes.items():
        told = _VOTES[language].format(yes=counted.get("helpful", 0), no=counted.get("unhelpful", 0))
        reasons = [f"{_REASONS[each][language]}: {counted[each]}" for each in _REASONS if counted.get(each)]
        lines.append(", ".join((f"{entry}: {told}", *reasons)))
    return lines
