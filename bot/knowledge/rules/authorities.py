"""Rules about authorities: found at their own address, told apart, and none missing where somebody would need it."""

from collections.abc import Iterator

from bot.knowledge.guidance import LAND, Authority
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import is_web_address, nearest

#: Whom some authority must serve in each Land, and only one.
_IN_A_LAND = ("private", "public")


def authorities_are_found_safely(knowledge: Knowledge) -> Iterator[Problem]:
    """People type personal data into these forms."""
    for authority in knowledge.authorities.values():
        for key in ("url", "complaint", "breach"):
            address = getattr(authority, key)
            if address and not (is_web_address(address) and address.startswith("https://")):
                yield Problem(
                    authority.place,
                    de=f"{key} „{address}“ ist keine sichere Webadresse: sie muss mit https:// beginnen",
                    en=f'{key} "{address}" is no safe web address: start it with https://',
                )


def lands_of_authorities_exist(knowledge: Knowledge) -> Iterator[Problem]:
    fact = knowledge.facts.get(LAND)
    if fact is None and knowledge.unread.holds("fact", LAND):
        return
    options = fact.options if fact else {}
    for authority in knowledge.authorities.values():
        if authority.land is not None and authority.land not in options:
            hint = nearest(authority.land, options)
            yield Problem(
                authority.place,
                de=f"land nennt „{authority.land}“, das ist keine Option der Angabe „{LAND}“{hint.de}: bitte "
                "berichtigen oder entfernen",
                en=f'land names "{authority.land}", which is no option of the fact "{LAND}"{hint.en}: correct or '
                "remove it",
            )


def authorities_are_told_apart(knowledge: Knowledge) -> Iterator[Problem]:
    """For the same people of the same Land there is one."""
    first: dict[tuple[str, str], Authority] = {}
    for authority in knowledge.authorities.values():
        for served in (each for each in authority.serves if authority.land and each in _IN_A_LAND):
            other = first.setdefault((authority.land or "", served), authority)
            if other is not authority:
                yield Problem(
                    authority.place,
                    de=f"auch „{other.id}“ gilt für „{served}“ in „{authority.land}“: bitte nur eine nennen",
                    en=f'"{other.id}" is for "{served}" in "{authority.land}" too: name one alone',
                )


def authorities_of_countries_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for country in knowledge.countries.values():
        name = country.authority
        if name is None or knowledge.unread.holds("authority", name):
            continue
        if name not in knowledge.authorities:
            hint = nearest(name, knowledge.authorities)
            yield Problem(
                country.place,
                de=f"authority nennt „{name}“, das authorities.yaml nicht hat{hint.de}: bitte berichtigen",
                en=f'authority names "{name}", which authorities.yaml does not have{hint.en}: correct it',
            )
        elif "country" not in knowledge.authorities[name].serves:
            yield Problem(
                country.place,
                de=f"„{name}“ gilt nach authorities.yaml für kein anderes Land: bitte dort unter for „country“ nennen",
                en=f'"{name}" is for no other country in authorities.yaml: write "country" under for there',
            )


def every_land_has_authorities(knowledge: Knowledge) -> Iterator[Problem]:
    """If there are authorities at all: a knowledge about something else needs none."""
    fact = knowledge.facts.get(LAND)
    if fact is None or not knowledge.authorities or knowledge.unread.holds_any("authority"):
        return
    served = {(each.land, whom) for each in knowledge.authorities.values() for whom in each.serves}
    place = Place(next(iter(knowledge.authorities.values())).place.file, 1)
    for option in fact.options:
        for whom in _IN_A_LAND:
            if (option, whom) not in served:
                yield Problem(
                    place,
                    de=f"für „{whom}“ in „{option}“ steht keine Aufsicht da: bitte ergänzen (land: {option})",
                    en=f'there is no authority for "{whom}" in "{option}": add it (land: {option})',
                )
