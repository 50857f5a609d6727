"""Questions behind the bot's name in any chat, over HTTP."""

import logging

import pytest

from bot.assistant import Assistant
from bot.channels.telegram.inline import _fitting
from bot.cli.telegram import profile
from bot.knowledge.model import Knowledge
from bot.messages import Block, BlockKind, Citation, Line, Reply
from bot.understanding import Understanding
from tests.bot_api import BotApiServer, bad_gateway
from tests.bot_api.fixtures import Setup, running
from tests.channels.telegram.pool import DOGS, NONSENSE, Pool
from tests.channels.telegram.stores import TABLES, unsteady_store


async def test_a_question_gets_cards_with_their_sources(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        answer = await anna.inline_answer(anna.asks_inline(DOGS))
    assert 1 <= len(answer.results) <= 5
    card = answer.results[0]
    assert (card.title, card.description) == ("Hunde im Freibad", "Nein, Hunde bleiben draußen.")
    assert "Nein, Hunde bleiben draußen.\u00a0[1]" in card.text
    assert "[1] Badeordnung" in card.text
    assert "https://pool.example/rules" in {entity.get("url") for entity in card.entities}
    assert card.keyboard == [[{"text": pool.texts["inline_open"], "url": "https://t.me/hofbot?start=pool-dogs"}]]
    assert not card.has_preview
    assert answer.is_personal


async def test_a_card_knows_what_the_question_tells(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        answer = await anna.inline_answer(anna.asks_inline("Was kostet der Eintritt ins Freibad für mein Kind?"))
    assert answer.results[0].description == "Ja, für Kinder ist der Eintritt frei."


async def test_a_card_is_the_whole_answer_with_one_button(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        query = "Was kostet der Eintritt ins Freibad für meine Eltern ohne Saisonkarte?"
        card = (await anna.inline_answer(anna.asks_inline(query))).results[0]
    assert card.text.startswith("Eintritt ins Freibad\n\n")
    for part in ("Nein, Erwachsene zahlen", "1. Bringen Sie Kleingeld mit.", "Umstritten: Ob", "Quellen\nBehörde\n[1]"):
        assert part in card.text
    assert [len(row) for row in card.keyboard] == [1]
    assert "expandable_blockquote" in {entity["type"] for entity in card.entities}


def test_a_card_that_is_too_long_is_sent_without_what_is_needed_least() -> None:
    kinds: tuple[BlockKind, ...] = ("verdict", "reasons", "steps", "disputed")
    blocks = [Block(kind, (Line(f"{kind} " * 180),)) for kind in kinds]
    cited = Citation(1, "s", "c", "Quelle", "2026", "https://x.de/")
    shown = _fitting(Reply("de", (*blocks, Block("sources")), (), (cited,))).plain
    assert [kind for kind in (*kinds, "[1] Quelle") if kind in shown] == ["verdict", "reasons", "steps", "[1] Quelle"]
    longer = [Block(kind, (Line(f"{kind} " * 400),)) for kind in kinds]
    shown = _fitting(Reply("de", (*longer, Block("sources")), (), (cited,))).plain
    assert [kind for kind in (*kinds, "[1] Quelle") if kind in shown] == ["verdict", "[1] Quelle"]


@pytest.mark.parametrize(
    ("query", "key"), [("", "inline_empty"), ("  ", "inline_empty"), (NONSENSE, "inline_none"), ("🐄", "inline_none")]
)
async def test_without_a_card_there_is_only_the_way_to_the_bot(
    bot_api: BotApiServer, pool: Pool, query: str, key: str
) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        answer = await anna.inline_answer(anna.asks_inline(query))
    assert answer.results == []
    assert answer.button == {"text": pool.texts[key], "start_parameter": "inline"}


async def test_the_words_around_the_cards_are_those_of_the_persons_app(bot_api: BotApiServer, pool: Pool) -> None:
    joe = bot_api.user(7, "en")
    async with pool.running():
        answer = await joe.inline_answer(joe.asks_inline("May I bring my dog to the pool?"))
    english = pool.knowledge.texts["en"]
    assert answer.results[0].title == "Dogs at the pool"
    assert answer.button
    assert answer.button["text"] == english["inline_open"]


async def test_nothing_that_is_typed_is_kept_told_or_logged(
    bot_api: BotApiServer, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna = bot_api.user(7)
    async with pool.running():
        await anna.inline_answer(anna.asks_inline(DOGS))
        await anna.inline_answer(anna.asks_inline("Kanarienvogel"))
        assert [await pool.store.count(table) for table in TABLES] == [0] * len(TABLES)
    assert not bot_api.calls("sendMessage")
    assert "Kanarienvogel" not in caplog.text


async def test_a_query_that_fails_does_not_stop_the_next(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.asks_inline(DOGS, is_expired=True)
        bot_api.fails("answerInlineQuery", bad_gateway())
        anna.asks_inline(DOGS)
        await bot_api.until(lambda: len(bot_api.calls("answerInlineQuery")) == 2)
        assert (await anna.inline_answer(anna.asks_inline(DOGS))).results
        anna.says(DOGS)
        await anna.hears()


async def test_a_card_that_is_sent_into_the_bots_own_chat_is_no_question(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        query = anna.asks_inline(DOGS)
        answer = await anna.inline_answer(query)
        anna.chooses_inline(query, answer.results[0].id, is_here=True)
        sent = await anna.asks("/hilfe")
    assert sent.text.startswith(pool.texts["page_help"].split("\n")[0])


async def test_a_broad_question_gets_at_most_five_cards(
    bot_api: BotApiServer, real: Knowledge, real_understanding: Understanding
) -> None:
    anna = bot_api.user(7)
    async with unsteady_store() as store:
        assistant = Assistant(real, real_understanding, store, "de")
        async with running(bot_api, assistant, Setup(profile=profile(real, "de"), store=store)):
            for query in ("WhatsApp", "Darf ich Kunden anschreiben?", "Einwilligung", "Fotos", "Newsletter"):
                answer = await anna.inline_answer(anna.asks_inline(query))
                assert len(answer.results) <= 5
                assert all(len(card.description) <= 200 for card in answer.results)
