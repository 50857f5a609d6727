"""Delivery on good and bad days, over HTTP."""

import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.knowledge.model import Knowledge
from bot.messages import Attachment, Block, Choice, Incoming, Line, Reply
from bot.understanding import Understanding
from tests.bot_api import BotApiServer, Fault, bad_gateway, dropped, error, rate_limited, silent
from tests.bot_api.fixtures import NOW, Pauses, Setup, running
from tests.channels.telegram.answers import echo, reply
from tests.channels.telegram.stores import unsteady_store

pytestmark = pytest.mark.asyncio


async def test_a_reply_arrives_with_its_markup_and_without_a_preview(bot_api: BotApiServer) -> None:
    async def bold(_: Incoming) -> Sequence[Reply]:
        return [Reply("de", (Block("verdict", (Line("Ja & <Nein>"),)), Block("hint", (Line("Hinweis"),))))]

    async with running(bot_api, bold):
        sent = await bot_api.user(7).asks("?")
    assert sent.text == "Ja & <Nein>\n\nHinweis"
    assert (sent.styled("bold"), sent.styled("italic")) == (["Ja & <Nein>"], ["Hinweis"])
    assert (sent.parse_mode, sent.has_preview, sent.buttons) == ("HTML", False, [])


async def test_a_long_reply_arrives_whole_with_the_keyboard_under_its_last_part(bot_api: BotApiServer) -> None:
    text = " ".join(f"Kuh🐄{number}" for number in range(1500))

    async def long(_: Incoming) -> Sequence[Reply]:
        return [Reply("de", (Block("verdict", (Line(text),)),), (Choice("Ja", "y"),))]

    anna = bot_api.user(7)
    async with running(bot_api, long):
        anna.says("?")
        sent = await anna.hears(4)
    assert " ".join(part.text for part in sent) == text
    assert [part.buttons for part in sent] == [[], [], [], ["Ja"]]


async def test_several_replies_arrive_in_order(bot_api: BotApiServer) -> None:
    async def three(_: Incoming) -> Sequence[Reply]:
        return [reply("eins"), Reply("de", ()), reply("zwei"), reply("drei")]

    anna = bot_api.user(7)
    async with running(bot_api, three):
        anna.says("?")
        texts = [sent.text for sent in await anna.hears(3)]
    assert texts == ["eins", "zwei", "drei"]


async def test_an_answer_goes_to_the_topic_that_it_was_asked_in(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, echo):
        anna.says("/hilfe", topic=3)
        (sent,) = await anna.hears()
    assert (sent.chat, sent.topic) == (-100, 3)


async def test_a_group_hears_only_what_it_asked_for(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    async with running(bot_api, echo):
        anna.says("Wir reden hier nur.")
        anna.sends("photo")
        anna.sends("new_chat_members")
        assert (await anna.asks("@hofbot darf ich das?")).text == "said darf ich das?"
        anna.says("Und so?", reply_to=anna.last)
        assert (await anna.hears())[0].text == "said Und so?"


async def test_a_rate_limit_holds_up_only_its_own_chat(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    bot_api.fails("sendMessage", rate_limited(17), chat=7)
    pauses.hold()
    async with running(bot_api, echo, pauses=pauses):
        anna.says("eins")
        anna.says("zwei")
        await bot_api.until(lambda: pauses.seconds == [17], "the bot to wait")
        for number in range(3):
            assert (await bert.asks(f"{number}")).text == f"said {number}"
        assert anna.messages == []
        pauses.release()
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["said eins", "said zwei"]


async def test_a_rate_limit_is_waited_out_as_often_as_it_comes(bot_api: BotApiServer, pauses: Pauses) -> None:
    bot_api.fails("sendMessage", rate_limited(5), times=9)
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [5] * 9


async def test_a_ban_of_hours_is_waited_out_while_others_are_served(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    bot_api.fails("sendMessage", rate_limited(7200), chat=7)
    pauses.hold()
    async with running(bot_api, echo, pauses=pauses):
        anna.says("eins")
        await bot_api.until(lambda: pauses.seconds == [7200], "the bot to wait")
        assert (await bert.asks("Hallo")).text == "said Hallo"
        pauses.release()
        assert (await anna.hears())[0].text == "said eins"


@pytest.mark.parametrize("fault", [bad_gateway(), dropped(), error(500, "Internal Server Error")])
async def test_a_failing_connection_is_tried_until_it_works_and_told_of_once(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level(logging.INFO)
    bot_api.fails("sendMessage", fault, times=9)
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
        await bot_api.until(lambda: "works again" in caplog.text)
    assert pauses.seconds == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert [record.levelno for record in caplog.records].count(logging.WARNING) == 1
    assert caplog.text.count("works again") == 1


@pytest.mark.parametrize("code", [200, 400, 403, 404])
async def test_a_page_of_a_proxy_is_no_refusal_of_telegrams(
    bot_api: BotApiServer, small: Knowledge, small_understanding: Understanding, code: int
) -> None:
    """Least of all is it a reason to delete what is stored of people."""
    anna = bot_api.user(7)
    async with unsteady_store() as store:
        assistant = Assistant(small, small_understanding, store, "de")
        async with running(bot_api, assistant, Setup(store=store)):
            await anna.asks("Was kostet der Eintritt ins Freibad?")
            bot_api.fails("sendMessage", Fault(code, page="<html><h1>Not by this proxy</h1></html>"), times=4)
            anna.says("Kind")
            anna.says("Wann hat das Freibad offen?")
            first = (await anna.hears(2))[0]
        assert "für Kinder" in first.text
        assert await store.count("sessions") == 1


async def test_a_second_outage_is_told_of_again(bot_api: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        for number in range(2):
            bot_api.fails("sendMessage", bad_gateway(), times=3)
            assert (await anna.asks(f"{number}")).text == f"said {number}"
    assert caplog.text.count("replies cannot be delivered") == 2


async def test_an_outage_of_one_chat_is_told_of_once_while_others_are_served(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    bot_api.fails("sendMessage", bad_gateway(), chat=7, times=5)
    async with running(bot_api, echo, pauses=pauses):
        pauses.hold()
        anna.says("Hallo")
        for failures in range(1, 6):
            await bot_api.until(lambda failures=failures: len(pauses.seconds) == failures)  # type: ignore[misc]
            await bert.asks("Hallo")
            pauses.release()
            pauses.hold()
        assert (await anna.hears())[0].text == "said Hallo"
        pauses.release()
    assert caplog.text.count("replies cannot be delivered") == 1


async def test_a_call_that_is_never_answered_is_tried_again(
    bot_api: BotApiServer, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.sending.ANSWER_SECONDS", 0.3)
    bot_api.fails("sendMessage", silent())
    async with running(bot_api, echo, pauses=pauses):
        assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"
    assert pauses.seconds == [0.5]


async def test_a_chat_out_of_order_delays_no_other_and_keeps_its_own_order(
    bot_api: BotApiServer, pauses: Pauses
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    bot_api.fails("sendMessage", bad_gateway(), chat=7, times=3)
    pauses.hold()
    async with running(bot_api, echo, pauses=pauses):
        anna.says_all(["eins", "zwei", "drei"])
        await bot_api.until(lambda: pauses.seconds, "the bot to wait")
        for number in range(3):
            assert (await bert.asks(f"{number}")).text == f"said {number}"
        assert anna.messages == []
        pauses.release()
        assert [sent.text for sent in await anna.hears(3)] == ["said eins", "said zwei", "said drei"]


@pytest.mark.parametrize("code", [401, 404, 409])
async def test_a_refusal_of_the_bot_itself_loses_no_reply(bot_api: BotApiServer, code: int) -> None:
    """Such as while its token is being replaced: the reply is as good as before."""
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", error(code, "Unauthorized"))
    async with running(bot_api, echo):
        anna.says("eins")
        assert (await anna.asks("zwei")).text == "said eins"


async def test_what_expires_while_a_chat_waits_is_neither_delivered_nor_answered(
    bot_api: BotApiServer, pauses: Pauses
) -> None:
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", rate_limited(90_000))
    pauses.hold()
    async with unsteady_store() as store, running(bot_api, echo, Setup(store=store, pauses=pauses)):
        anna.says_all(["eins", "zwei"])
        await bot_api.until(lambda: pauses.seconds)
        expired = await store.delete_expired(NOW + timedelta(hours=25))
        assert (expired.messages, expired.updates) == (1, 1)
        pauses.release()
        assert (await anna.asks("drei")).text == "said drei"


async def test_after_a_part_that_was_refused_the_rest_is_not_sent(bot_api: BotApiServer) -> None:
    async def two(incoming: Incoming) -> Sequence[Reply]:
        return [*await echo(incoming), reply("Rest")]

    anna = bot_api.user(7)
    bot_api.fails("sendMessage", error(400, "Bad Request: whatever"), times=3)
    async with running(bot_api, two):
        anna.says("verloren")
        anna.says("Hallo")
        texts = [sent.text for sent in await anna.hears(2)]
    assert texts == ["said Hallo", "Rest"]


async def test_markup_that_telegram_refuses_is_sent_as_plain_text(bot_api: BotApiServer) -> None:
    bot_api.fails("sendMessage", error(400, "Bad Request: can't parse entities: Unsupported start tag"))
    async with running(bot_api, echo):
        sent = await bot_api.user(7).asks("<Hallo> & so")
    assert (sent.text, sent.parse_mode, sent.buttons) == ("said <Hallo> & so", None, ["Ja", "Nein"])


async def test_what_is_refused_without_a_known_reason_is_given_up_bare_and_told_of_without_content(
    bot_api: BotApiServer, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", error(400, "Bad Request: Kanarienvogel"), times=3)
    async with running(bot_api, echo, pauses=pauses):
        anna.says("verloren, Herr Kanarienvogel")
        assert (await anna.asks("wieder da")).text == "said wieder da"
    assert shapes(bot_api)[:3] == [{"markup", "keyboard"}, {"keyboard"}, set()]
    assert pauses.seconds == []
    assert "not delivered: BadRequest" in caplog.text
    assert "anarienvogel" not in caplog.text


def shapes(bot_api: BotApiServer) -> list[set[str]]:
    """What each message was sent with, besides its text."""
    names = {"markup": "parse_mode", "keyboard": "reply_markup", "topic": "message_thread_id"}
    names["reply"] = "reply_parameters"
    calls = [call.parameters for call in bot_api.calls("sendMessage")]
    return [{part for part, name in names.items() if parameters.get(name)} for parameters in calls]


WHOLE = {"markup", "keyboard", "topic", "reply"}


@pytest.mark.parametrize(
    ("description", "part"),
    [
        ("Bad Request: message to be replied not found", "reply"),
        ("Bad Request: message thread not found", "topic"),
        ("Bad Request: BUTTON_URL_INVALID", "keyboard"),
        ("Bad Request: inline keyboard button URL 'kanarienvogel' is invalid: Wrong HTTP URL", "keyboard"),
        ('Bad Request: can\'t parse entities: Unsupported start tag "kanarienvogel" at byte offset 0', "markup"),
        ("Bad Request: something new", "markup"),
    ],
)
async def test_only_what_telegram_refuses_is_left_out_and_the_log_says_why(
    bot_api: BotApiServer, caplog: pytest.LogCaptureFixture, description: str, part: str
) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    bot_api.fails("sendMessage", error(400, description))
    async with running(bot_api, echo):
        anna.says("/hilfe", topic=3)
        (sent,) = await anna.hears()
    assert sent.text == "commanded help"
    assert shapes(bot_api) == [WHOLE, WHOLE - {part}]
    assert f"sent once more without its {part}: BadRequest" in caplog.text
    assert "anarienvogel" not in caplog.text


async def test_one_part_after_the_other_is_left_out_but_not_for_ever(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    bot_api.fails("sendMessage", error(400, "Bad Request: message thread not found"))
    bot_api.fails("sendMessage", error(400, "Bad Request: something new"), times=9)
    async with running(bot_api, echo):
        anna.says("/hilfe", topic=3)
        await bot_api.until(lambda: len(bot_api.calls("sendMessage")) == 5)
        bot_api.state.faults.clear()
        anna.says("/hilfe")
        await anna.hears()
    expected = [WHOLE, {"markup", "keyboard", "reply"}, {"keyboard", "reply"}, {"keyboard"}, set()]
    assert shapes(bot_api)[:5] == expected


@pytest.mark.parametrize(
    "description",
    [
        "chat not found",
        "not enough rights to send text messages to the chat",
        "TOPIC_CLOSED",
        "group chat was deactivated",
    ],
)
async def test_a_refusal_that_no_message_could_escape_is_not_asked_for_again(
    bot_api: BotApiServer, caplog: pytest.LogCaptureFixture, description: str
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    bot_api.fails("sendMessage", error(400, f"Bad Request: {description}"), chat=7)
    async with running(bot_api, echo):
        anna.says("Hallo")
        await bot_api.until(lambda: "not delivered: BadRequest (" in caplog.text)
        await bert.asks("Hallo")
    assert [call.chat for call in bot_api.calls("sendMessage")] == [7, 8]


async def test_a_message_that_telegram_finds_too_long_is_shortened(bot_api: BotApiServer) -> None:
    text = "🐄" * 1900

    async def long(_: Incoming) -> Sequence[Reply]:
        return [reply(text, "Ja")]

    bot_api.fails("sendMessage", error(400, "Bad Request: message is too long"))
    async with running(bot_api, long):
        sent = await bot_api.user(7).asks("?")
    assert (sent.text, sent.buttons) == (f"{'🐄' * 1750} […]", ["Ja"])


async def test_a_file_is_sent_again_without_the_topic_that_is_gone(bot_api: BotApiServer) -> None:
    async def file(_: Incoming) -> Sequence[Reply]:
        return [Reply("de", (Block("text", (Line("Hier"),)),), attachment=Attachment("a.txt", "Inhalt"))]

    anna = bot_api.user(7).at(bot_api.group(-100))
    bot_api.fails("sendDocument", error(400, "Bad Request: message thread not found"))
    async with running(bot_api, file):
        anna.says("/hilfe", topic=3)
        sent = (await anna.hears(2))[1]
    assert sent.document == ("a.txt", b"Inhalt")
    assert (sent.topic, sent.reply_to) == (None, anna.state.sent_in[-100][0].reply_to)


async def test_a_group_that_has_become_a_supergroup_gets_its_answer_there(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7).at(bot_api.group(-100))
    bot_api.group(-1002)
    moved = {"migrate_to_chat_id": -1002}
    bot_api.fails("sendMessage", Fault(400, "Bad Request: group chat was upgraded to a supergroup chat", moved))
    async with running(bot_api, echo):
        anna.says("/hilfe")
        (sent,) = await anna.at(-1002).hears()
    assert sent.text == "commanded help"
