"""Groups, over HTTP: to whom an answer and its buttons belong, and how fast the bot may write."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from bot.messages import Incoming, Reply
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import Pauses, Setup, running
from tests.channels.telegram.answers import echo, reply
from tests.channels.telegram.pool import DOGS, PRICE, Pool


async def test_an_answer_refers_to_its_question(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with pool.running():
        question = anna.says(f"@hofbot {DOGS}")
        (sent,) = await anna.hears()
    assert sent.reply_to == question


async def test_every_part_of_a_long_reply_refers_to_its_question(bot_api: BotApiServer) -> None:
    async def long(_: Incoming) -> Sequence[Reply]:
        return [reply("Wort " * 1200)]

    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, long):
        question = anna.says("/hilfe")
        sent = await anna.hears(2)
    assert [message.reply_to for message in sent] == [question, question]


async def test_in_a_private_chat_an_answer_refers_to_nothing(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        sent = await anna.asks(DOGS)
    assert sent.reply_to is None


async def test_a_question_that_is_gone_is_answered_without_reference(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    anna.deletes_own(anna.says(f"@hofbot {DOGS}"))
    async with pool.running():
        (sent,) = await anna.hears()
    assert sent.reply_to is None


async def test_the_buttons_are_the_askers_and_others_are_told_so(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(-100)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        question = await anna.asks(f"@hofbot {PRICE}")
        tap = kim.taps("Kind", on=question)
        await bot_api.until(lambda: tap in bot_api.state.tap_answers)
        told = bot_api.state.tap_answers[tap]
        anna.taps("Kind", on=question)
        (first,) = await anna.hears()
    assert (told["text"], told["show_alert"]) == (pool.texts["group_not_yours"], True)
    assert "für Kinder ist der Eintritt frei" in first.text
    assert len(anna.messages) == 2
    assert await pool.sessions() == 1


async def test_another_persons_tap_marks_nothing(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(-100)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        question = await anna.asks(f"@hofbot {PRICE}")
        shown = question.rows
        tap = kim.taps("Kind", on=question)
        await bot_api.until(lambda: tap in bot_api.state.tap_answers)
        await kim.asks(f"@hofbot {PRICE}")
    assert question.rows == shown


async def test_people_of_a_group_are_asked_each_for_themselves(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(-100)
    anna, kim = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        anna.says(f"@hofbot {PRICE}")
        kim.says(f"@hofbot {PRICE}")
        for_anna, for_kim = await anna.hears(2)
        kim.says("Kind", reply_to=for_kim)
        (first,) = await anna.hears()
        anna.says("Erwachsene", reply_to=for_anna)
        (following,) = await anna.hears()
    assert "für Kinder" in first.text
    assert "Saisonkarte" in following.text


async def test_a_question_can_be_taken_to_the_private_chat_with_what_is_known(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    in_group = anna.at(bot_api.group(-100))
    async with pool.running():
        asked = await in_group.asks("@hofbot Was kostet der Eintritt ins Freibad für meine Eltern?")
        button = next(b for row in asked.keyboard for b in row if b["text"] == pool.texts["button_private"])
        link = urlsplit(button["url"])
        anna.opens_link(parse_qs(link.query)["start"][0])
        (private,) = await anna.hears()
    assert (link.scheme, link.netloc, link.path) == ("https", "t.me", "/hofbot")
    assert "Erwachsene" in private.text
    assert "Haben Sie eine Saisonkarte?" in private.text
    assert pool.texts["button_private"] not in private.buttons


async def test_what_is_held_of_a_person_is_not_told_in_a_group(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with pool.running():
        await anna.asks(f"@hofbot {PRICE}")
        told = await anna.asks("/meinedaten")
    assert told.text.startswith(pool.texts["only_in_private"])
    assert not [message for message in anna.messages if message.document]


#: Who writes in the name of a group is this one for Telegram, in every group (core.telegram.org/bots/api#message).
NOBODY = 1087968824


async def test_an_anonymous_administrator_deletes_nothing_of_another_group(bot_api: BotApiServer, pool: Pool) -> None:
    nobody = bot_api.user(NOBODY)
    async with pool.running():
        for group in (bot_api.group(-100), bot_api.group(-200)):
            chat = bot_api.state.chats[group]
            asking = nobody.at(group)
            asking.says(f"@hofbot {PRICE}", more={"sender_chat": chat})
            await asking.hears()
        asking.says("/vergiss", more={"sender_chat": chat})
        await asking.hears()
        assert await pool.sessions() == 1


class Hourglass(Pauses):
    """Pauses that are over at once, after which it is as much later as they would have lasted."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    async def __call__(self, seconds: float) -> None:
        await super().__call__(seconds)
        self.now += seconds


async def test_a_group_hears_at_most_twenty_messages_a_minute(bot_api: BotApiServer) -> None:
    glass = Hourglass()
    anna, bert = bot_api.user(7).at(bot_api.group(-100)), bot_api.user(8)
    bot_api.limit_groups(per_minute=20, clock=lambda: glass.now)
    texts = [f"/hilfe {number}" for number in range(45)]
    async with running(bot_api, echo, Setup(pauses=glass, monotonic=lambda: glass.now)):
        anna.says_all(texts)
        sent = await anna.hears(45)
        for number in range(25):
            await bert.asks(f"{number}")
    assert [message.text for message in sent] == [f"commanded help {number}" for number in range(45)]
    assert glass.seconds == [60, 60]
    # Not one of them was refused by Telegram.
    assert all(call.is_executed for call in bot_api.calls("sendMessage"))
