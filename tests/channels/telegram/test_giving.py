"""What people give to the editors: donated questions and votes, over HTTP."""

from itertools import count

from bot.assistant import Assistant
from bot.cli.telegram import profile
from bot.knowledge.model import Knowledge
from bot.understanding import Understanding
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import Setup, running
from tests.channels.telegram.pool import DOGS, NONSENSE, PRICE, Pool
from tests.channels.telegram.stores import unsteady_store

QUESTION = f"{NONSENSE} Rückruf bitte an 0171 2345678"
BLANKED = f"{NONSENSE} Rückruf bitte an [Telefonnummer]"


async def donated(pool: Pool) -> list[str]:
    return [donation.text for donation in await pool.store.donations()]


async def test_a_question_is_shown_word_for_word_before_it_is_donated(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        question = anna.says(QUESTION)
        (declined,) = await anna.hears()
        preview = await anna.presses("An die Redaktion geben")
        assert preview.styled("blockquote") == [BLANKED]
        assert [declined.reply_to, preview.reply_to] == [question, question]
        assert await donated(pool) == []
        thanks = await anna.presses("Ja, so weitergeben")
        assert "45 Tage" in thanks.text
        assert await donated(pool) == [BLANKED]
        withdrawn = await anna.presses("Zurückziehen")
    assert withdrawn.text == pool.texts["donation_withdrawn"]
    assert await donated(pool) == []


async def test_what_was_shown_is_what_is_stored_whatever_it_holds(bot_api: BotApiServer, pool: Pool) -> None:
    hostile = "Wie backe ich <b>Brot</b> & 🐄 „Kuchen“?\n\nMit  Sahne: 'x' \"y\""
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(hostile)
        preview = await anna.presses("An die Redaktion geben")
        await anna.presses("Ja, so weitergeben")
    assert await donated(pool) == preview.styled("blockquote")
    assert preview.styled("blockquote")[0].split() == hostile.split()


async def test_who_says_no_leaves_nothing(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(QUESTION)
        await anna.presses("An die Redaktion geben")
        kept = await anna.presses("Nein, nicht weitergeben")
    assert kept.text == pool.texts["donation_refused"]
    assert await donated(pool) == []


async def test_who_says_no_after_donating_is_told_how_to_withdraw(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(QUESTION)
        preview = await anna.presses("An die Redaktion geben")
        await anna.presses("Ja, so weitergeben")
        anna.taps("Nein, nicht weitergeben", on=preview)
        (told,) = await anna.hears()
    assert told.text == pool.texts["donation_known"]
    assert await donated(pool) == [BLANKED]


async def test_a_question_is_donated_once_however_often_the_button_is_pressed(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    async with pool.running(monotonic=count(0, 10).__next__):
        await anna.asks(QUESTION)
        preview = await anna.presses("An die Redaktion geben")
        anna.taps("Ja, so weitergeben", on=preview)
        anna.taps("Ja, so weitergeben", on=preview)
        await anna.hears()
    assert await donated(pool) == [BLANKED]


async def test_a_question_that_was_deleted_cannot_be_donated(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        question = anna.says(QUESTION)
        await anna.hears()
        anna.deletes_own(question)
        lost = await anna.presses("An die Redaktion geben")
    assert lost.text == pool.texts["donation_lost"]
    assert await donated(pool) == []


async def test_a_question_of_which_nothing_was_meant_can_be_donated(
    bot_api: BotApiServer, real: Knowledge, real_understanding: Understanding
) -> None:
    anna = bot_api.user(7)
    async with unsteady_store() as store:
        assistant = Assistant(real, real_understanding, store, "de")
        async with running(bot_api, assistant, Setup(profile=profile(real, "de"), store=store)):
            await anna.asks("WhatsApp")
            await anna.presses("Nichts davon")
            preview = await anna.presses("An die Redaktion geben")
    assert preview.styled("blockquote") == ["WhatsApp"]


async def test_forged_taps_donate_and_withdraw_nothing_of_others(bot_api: BotApiServer, pool: Pool) -> None:
    anna, eve = bot_api.user(7), bot_api.user(8)
    async with pool.running():
        await anna.asks(QUESTION)
        await anna.presses("An die Redaktion geben")
        await anna.presses("Ja, so weitergeben")
        for code in ("y:de", "g:de", "x:de:", "x:de:nothing", "x:de:%", "x:de:' OR 1=1 --"):
            eve.taps_code(code)
        await eve.hears(6)
    assert await donated(pool) == [BLANKED]


async def test_in_a_group_the_bots_name_is_no_part_of_the_question(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with pool.running():
        await anna.asks(f"@hofbot {NONSENSE}")
        preview = await anna.presses("An die Redaktion geben")
    assert preview.styled("blockquote") == [NONSENSE]


async def test_a_vote_counts_once_an_entry_and_dialogue(bot_api: BotApiServer, pool: Pool) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    async with pool.running(monotonic=count(0, 10).__next__):
        for person in (anna, bert):
            person.says(DOGS)
            await person.hears()
        assert (await anna.presses("👍")).text == pool.texts["vote_counted"]
        assert (await anna.presses("👍")).text == pool.texts["vote_known"]
        await bert.presses("👎")
        anna.says("Wann hat das Freibad offen?")
        await anna.hears()
        await anna.presses("👎")
    votes = await pool.store.votes()
    assert votes == {"pool-dogs": {"helpful": 1, "unhelpful": 1}, "pool-hours": {"unhelpful": 1}}


async def test_a_vote_that_is_changed_takes_the_place_of_the_one_before(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running(monotonic=count(0, 10).__next__):
        anna.says(DOGS)
        (answer,) = await anna.hears()
        await anna.presses("👍")
        anna.taps("👎", on=answer)
        (asked,) = await anna.hears()
        assert asked.text.startswith(pool.texts["vote_changed"])
        assert (await anna.presses("Zu lang")).text == pool.texts["complaint_counted"]
    assert await pool.store.votes() == {"pool-dogs": {"helpful": 0, "unhelpful": 1, "too-long": 1}}


async def test_a_question_that_was_cancelled_gives_no_second_vote(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.says(DOGS)
        (details,) = await anna.hears()
        await anna.presses("👍")
        await anna.asks(PRICE)
        await anna.asks("/abbrechen")
        anna.taps("👍", on=details)
        await anna.hears()
    assert await pool.store.votes() == {"pool-dogs": {"helpful": 1}}
