"""What people send besides text is declined, each kind with its reason, over HTTP."""

import pytest

from tests.bot_api import BotApiServer
from tests.channels.telegram.pool import DOGS, Pool

KINDS = {
    "photo": "not_text_photo",
    "video": "not_text_video",
    "animation": "not_text_video",
    "video_note": "not_text_video",
    "voice": "not_text_voice",
    "audio": "not_text_voice",
    "location": "not_text_location",
    "contact": "not_text_contact",
    "document": "not_text_document",
    "sticker": "not_text_sticker",
    "dice": "not_text",
    "poll": "not_text",
}


async def test_each_kind_is_declined_with_its_own_text(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        for kind in KINDS:
            anna.sends(kind)
        sent = await anna.hears(len(KINDS))
    # The first reply of all says who is responsible, below.
    assert sent[0].text.startswith(f"{pool.texts[KINDS['photo']]}\n")
    keys = list(KINDS.values())
    for before, key, message in zip(keys, keys[1:], sent[1:], strict=False):
        lead, _, text = message.text.rpartition("\n\n")
        assert text == pool.texts[key]
        # The same once more is not said in the same words.
        assert lead in ([pool.texts["once_more"], pool.texts["as_said"]] if key == before else [""])
    assert len({pool.texts[key] for key in KINDS.values()}) == len(set(KINDS.values()))
    # Nothing was fetched: the bot asks for no file.
    assert not bot_api.calls("getFile")


@pytest.mark.parametrize("kind", ["photo", "document", "voice"])
async def test_a_question_below_is_answered(bot_api: BotApiServer, pool: Pool, kind: str) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        anna.sends(kind, caption=DOGS)
        (first,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text


async def test_a_picture_in_between_does_not_lose_the_question(bot_api: BotApiServer, pool: Pool) -> None:
    anna = bot_api.user(7)
    async with pool.running():
        await anna.asks("Was kostet der Eintritt ins Freibad?")
        anna.sends("photo")
        (sent,) = await anna.hears()
    assert sent.text.startswith(pool.texts["not_text_photo"])
    assert "Wer möchte baden?" in sent.text
    assert "Kind" in sent.buttons
