"""Messages keep their numbers when they are changed, so that an answer that was changed corrects what it told."""

from collections.abc import Sequence

from bot.messages import Incoming, Reply, Said
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import running
from tests.channels.telegram.answers import reply
from tests.channels.telegram.pool import DOGS, PRICE, Pool


class Listener:
    """Hears what was said, with its number."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, bool]] = []

    async def __call__(self, incoming: Incoming) -> Sequence[Reply]:
        if isinstance(incoming.content, Said):
            self.heard.append((incoming.content.text, incoming.content.number, incoming.content.is_edit))
        return [reply("Gut.")]


async def test_what_is_said_comes_with_its_number_and_what_is_changed_with_the_same(bot_api: BotApiServer) -> None:
    anna, listener = bot_api.user(7), Listener()
    async with running(bot_api, listener):
        first = anna.says("eins")
        second = anna.says("zwei")
        await anna.hears(2)
        anna.edits(first, "eins, anders")
        await anna.hears()
    assert first != second
    assert listener.heard == [
        ("eins", str(first), False),
        ("zwei", str(second), False),
        ("eins, anders", str(first), True),
    ]


async def test_a_caption_a_forward_and_a_mention_in_a_group_have_numbers_as_well(bot_api: BotApiServer) -> None:
    anna, listener = bot_api.user(7), Listener()
    group = anna.at(bot_api.group(-100))
    async with running(bot_api, listener):
        photo = anna.sends("photo", caption="Darf ich das?")
        await anna.hears()
        passed_on = anna.forwards("Darf ich das auch?")
        await anna.hears()
        mentioned = group.says("@hofbot und das?")
        await group.hears()
    assert [number for _, number, _ in listener.heard] == [str(photo), str(passed_on), str(mentioned)]


async def test_an_answer_that_is_changed_corrects_it_though_the_dialogue_has_moved_on(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        who = anna.says("Erwachsene")
        await anna.hears()
        await anna.asks("Nein")
        anna.edits(who, "Kind")
        (told,) = await anna.hears()
    assert told.text.startswith(pool.texts["edited_answer"])
    assert "Sie sagen jetzt: Kind. Dann gilt:" in told.text
    assert "für Kinder ist der Eintritt frei" in told.text


async def test_the_same_answers_of_two_people_in_a_group_are_not_mixed_up(bot_api: BotApiServer, pool: Pool) -> None:
    group = bot_api.group(-100)
    anna, bert = bot_api.user(7).at(group), bot_api.user(8).at(group)
    async with pool.running():
        anna.says(f"@hofbot {PRICE}")
        await anna.hears()
        bert.says(f"@hofbot {PRICE}")
        await anna.hears()
        hers = anna.says("@hofbot Erwachsene")
        await anna.hears()
        bert.says("@hofbot Kind")
        await anna.hears()
        anna.edits(hers, "@hofbot Kind")
        (told,) = await anna.hears()
    assert told.text.startswith(pool.texts["edited_answer"])
    assert told.reply_to == hers


async def test_a_message_of_another_topic_that_is_changed_to_tell_nothing_is_told_how_to_change(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(PRICE)
        who = anna.says("Kind")
        await anna.hears()
        await anna.asks(DOGS)
        anna.edits(who, "Ja")
        (told,) = await anna.hears()
    assert told.text == pool.texts["edit_answer"]


async def test_an_answer_is_sent_as_a_file_when_it_is_asked_for_as_one(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks(DOGS)
        anna.says("Kann ich das als Datei haben?")
        _, file = await anna.hears(2)
    assert file.document is not None
    name, content = file.document
    assert name == "antwort.txt"
    assert "Nein, Hunde bleiben draußen. [1]" in content.decode()
    assert "https://pool.example/rules" in content.decode()
