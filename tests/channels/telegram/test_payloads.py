"""What waits in the outbox while the bot is updated: an earlier version may have written it, or may deliver it."""

import json

import pytest

from bot.channels.telegram.payloads import Message, pack, unpack
from bot.channels.telegram.places import Address
from bot.channels.telegram.rendering import render
from bot.messages import Apart, Attachment, Block, Choice, Conversation, Line, Reply
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import NOW, Setup, running
from tests.channels.telegram.answers import echo
from tests.channels.telegram.stores import unsteady_store

ADDRESS = Address(-100, 3, 5, is_group=True, shown=9)
#: As the version before wrote it that could not change messages.
EARLIER = (
    '{"chat":7,"html":"<b>Ja</b>","plain":"Ja","topic":null,"question":null,'
    '"keyboard":[[{"text":"Mehr","callback_data":"code:Mehr"}]],"attachment":null}'
)


async def test_what_an_earlier_version_left_behind_is_delivered(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with unsteady_store() as store:
        async with store.turn(Conversation("telegram:7"), NOW) as turn:
            turn.outgoing.append(EARLIER)
        async with running(bot_api, echo, Setup(store=store)):
            (sent,) = await anna.hears()
    assert (sent.text, sent.styled("bold"), sent.buttons) == ("Ja", ["Ja"], ["Mehr"])


@pytest.mark.parametrize("attachment", [None, Attachment("daten.json", "{}")])
def test_an_earlier_version_reads_all_that_it_could_write_itself(attachment: Attachment | None) -> None:
    reply = Reply("de", (Block("text", (Line("Hier"),)),), (Choice("Ja", "y"),), attachment=attachment)
    for message in render(reply, can_change=True):
        assert json.loads(pack(ADDRESS, message, "hofbot")).keys() == json.loads(EARLIER).keys()


def test_a_change_comes_back_with_what_stands_in_its_stead() -> None:
    quote = Block("quote", (Line("Wort"),))
    reply = Reply("de", (Block("verdict", (Line("Ja"),)), quote), (Choice("Nein", "d:0"),), apart=Apart((quote,)))
    (outgoing,) = render(reply, can_change=True)
    quoted = "<blockquote>Wort</blockquote>"
    assert unpack(pack(ADDRESS, outgoing, "hofbot")) == Message(
        -100,
        f"<b>Ja</b>\n\n{quoted}",
        "Ja\n\nWort",
        3,
        5,
        [[{"text": "Nein", "callback_data": "d:0"}]],
        changes=9,
        instead=Message(-100, quoted, "Wort", 3, 5, []),
    )
