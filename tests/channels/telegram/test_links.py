"""Links into the bot and out of it, over HTTP."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.dialogue.cases import start_parameter
from tests.bot_api import BotApiServer, Sent
from tests.channels.telegram.pool import DOGS, Pool


def shared_parameter(sent: Sent, label: str) -> str:
    """The start parameter in the link that the share button passes on."""
    button = next(button for row in sent.keyboard for button in row if button["text"] == label)
    share = urlsplit(button["url"])
    assert (share.scheme, share.netloc, share.path) == ("https", "t.me", "/share/url")
    opened = urlsplit(parse_qs(share.query)["url"][0])
    assert (opened.scheme, opened.netloc, opened.path) == ("https", "t.me", "/hofbot")
    return parse_qs(opened.query)["start"][0]


async def test_a_link_opens_an_entry(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.opens_link("pool-dogs")
        (first,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text


async def test_a_link_with_a_case_opens_it_with_what_is_known(bot_api: BotApiServer, pool: Pool) -> None:
    entry = pool.knowledge.entries["pool-price"]
    anna = bot_api.user(7)
    async with pool.running():
        anna.opens_link(start_parameter(entry, {"visitor": "adult"}, pool.knowledge.facts))
        (asked,) = await anna.hears()
        assert "Haben Sie eine Saisonkarte?" in asked.text
        assert "Erwachsene" in asked.text
        anna.opens_link(start_parameter(entry, {"visitor": "adult", "ticket": "no"}, pool.knowledge.facts))
        (first,) = await anna.hears()
    assert "fünf Euro" in first.text


@pytest.mark.parametrize("parameter", ["", "nowhere", "inline", "A" * 64, "Aaaaaaaaaa", "-", "pool_dogs"])
async def test_a_link_that_opens_nothing_shows_the_start(bot_api: BotApiServer, pool: Pool, parameter: str) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.opens_link(parameter)
        (sent,) = await anna.hears()
    assert sent.text.startswith(pool.texts["page_start"].split("\n")[0])


async def test_an_answer_can_be_passed_on_and_opens_the_same_answer(bot_api: BotApiServer, pool: Pool) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    async with pool.running():
        anna.says("Was kostet der Eintritt ins Freibad für mein Kind?")
        (first,) = await anna.hears()
        bert.opens_link(shared_parameter(first, pool.texts["button_share"]))
        (opened,) = await bert.hears()
    assert opened.text == first.text


async def test_an_answer_without_a_case_is_passed_on_by_its_name(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.says(DOGS)
        (details,) = await anna.hears()
    assert shared_parameter(details, pool.texts["button_share"]) == "pool-dogs"


async def test_marking_a_button_keeps_the_links_beside_it(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.says(DOGS)
        (details,) = await anna.hears()
        await anna.presses(pool.texts["button_helpful"])
    assert f"✓ {pool.texts['button_helpful']}" in details.buttons
    assert shared_parameter(details, pool.texts["button_share"]) == "pool-dogs"
