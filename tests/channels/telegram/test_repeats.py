"""What comes several times at once and wants one answer, over HTTP."""

from tests.bot_api import BotApiServer, User
from tests.bot_api.fixtures import running
from tests.channels.telegram.answers import echo
from tests.channels.telegram.pool import DOGS, PRICE, Pool


def album(person: User, *captions: str | None, name: str = "13") -> None:
    """Pictures that were sent together: each comes as a message of its own."""
    for caption in captions:
        person.write(
            {
                "photo": [{"file_id": "f", "file_unique_id": "u", "width": 90, "height": 60}],
                "media_group_id": name,
                **({"caption": caption} if caption else {}),
            }
        )


async def test_an_album_is_declined_once(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    album(anna, None, None, None)
    async with pool.running():
        (told,) = await anna.hears()
        # Also where the rest of it comes later.
        album(anna, None, None)
        album(anna, None, None, name="14")
        (other,) = await anna.hears()
        await anna.asks(PRICE)
    assert told.text.startswith(pool.texts["not_text_photo"])
    assert other.text == pool.texts["not_text_photo"]
    assert len(anna.messages) == 3


async def test_a_question_below_one_picture_of_an_album_is_all_that_is_answered(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        with bot_api.state.changed:
            album(anna, None, None, DOGS, None)
        (first,) = await anna.hears()
        await anna.asks(PRICE)
    assert "Hunde bleiben draußen" in first.text
    assert len(anna.messages) == 2


async def test_an_album_that_the_store_could_not_take_is_declined_when_it_comes_again(
    bot_api: BotApiServer, pool: Pool
) -> None:
    anna = bot_api.user(7)
    pool.store.down.add("take")
    album(anna, None, None, None)
    async with pool.running():
        await bot_api.until(lambda: pool.store.failures > 1, "the album to be refused")
        pool.store.down.clear()
        await anna.hears()
        await anna.asks(PRICE)
    assert len(anna.messages) == 2


async def test_pictures_of_two_people_are_two_albums(bot_api: BotApiServer) -> None:
    anna, kim = bot_api.user(7), bot_api.user(8)
    async with running(bot_api, echo):
        album(anna, None, None)
        album(kim, None, None)
        await anna.hears()
        await kim.hears()


async def test_an_answer_that_stands_there_is_pointed_at_however_late_its_button_is_pressed_again(
    bot_api: BotApiServer, pool: Pool
) -> None:
    clock = iter(range(0, 10_000, 10))
    anna = bot_api.user(7)
    async with pool.running(monotonic=lambda: next(clock)):
        asked = await anna.asks(PRICE)
        for _ in range(3):
            anna.taps("Kind", on=asked)
        answer, again, once_more = await anna.hears(3)
        anna.taps("Erwachsene", on=asked)
        (following,) = await anna.hears()
        anna.taps("Kind", on=asked)
        (first,) = await anna.hears()
    assert "Saisonkarte" in following.text
    assert "für Kinder" in first.text
    assert "für Kinder" in answer.text
    pointed = pool.texts["already_answered"]
    assert [again.text, once_more.text] == [pointed, f"{pool.texts['once_more']}\n\n{pointed}"]


async def test_the_same_question_typed_again_is_answered_again(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        for _ in range(2):
            anna.says(DOGS)
            (first,) = await anna.hears()
            assert "Hunde bleiben draußen" in first.text
