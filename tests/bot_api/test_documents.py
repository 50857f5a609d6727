"""Documents are taken and kept as they came."""

from typing import Any

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.calling import call, client, keyboard, refusal, result


def upload(name: str = "Löschkonzept.pdf", content: bytes = b"%PDF\r\n--\x00\xff\r\n") -> Any:
    return {"document": (name, content, "application/pdf")}


def test_a_document_keeps_name_and_content(bot_api: BotApiServer) -> None:
    answer = call(
        bot_api,
        "sendDocument",
        files=upload(),
        chat_id=7,
        caption="<b>Fertig</b>",
        parse_mode="HTML",
        reply_markup=keyboard({"text": "Ja", "callback_data": "y"}),
    ).json()["result"]
    sent = bot_api.user(7).last
    assert sent.document == ("Löschkonzept.pdf", b"%PDF\r\n--\x00\xff\r\n")
    assert (sent.caption, sent.styled("bold"), sent.buttons) == ("Fertig", ["Fertig"], ["Ja"])
    assert (answer["caption"], answer["caption_entities"][0]["type"]) == ("Fertig", "bold")
    file = answer["document"]
    assert (file["file_name"], file["mime_type"], file["file_size"]) == (
        "Löschkonzept.pdf",
        "application/pdf",
        len(sent.document[1]),
    )
    assert "text" not in answer


def test_a_name_can_have_quotes(bot_api: BotApiServer) -> None:
    call(bot_api, "sendDocument", files=upload('a "b".txt'), chat_id=7)
    assert bot_api.messages[0].document == ('a "b".txt', upload()["document"][1])


def test_a_document_can_be_attached_under_another_name(bot_api: BotApiServer) -> None:
    call(bot_api, "sendDocument", files={"x": ("a.txt", b"a")}, chat_id=7, document="attach://x")
    assert bot_api.messages[0].document == ("a.txt", b"a")


def test_a_known_document_can_be_sent_again(bot_api: BotApiServer) -> None:
    first = call(bot_api, "sendDocument", files=upload(), chat_id=7).json()["result"]
    result(bot_api, "sendDocument", chat_id=7, document=first["document"]["file_id"])
    assert bot_api.messages[1].document == bot_api.messages[0].document


@pytest.mark.parametrize(
    ("files", "parameters", "description"),
    [
        (None, {}, "there is no document in the request"),
        (None, {"document": "attach://x"}, "there is no document in the request"),
        (None, {"document": "x"}, "wrong remote file identifier specified: Wrong string length"),
        (upload(content=b""), {}, "file must be non-empty"),
        (upload(), {"caption": "x" * 1025}, "message caption is too long"),
        (
            upload(),
            {"caption": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
    ],
)
def test_unusable_documents_are_refused(
    bot_api: BotApiServer, files: Any, parameters: dict[str, str], description: str
) -> None:
    answer = call(bot_api, "sendDocument", files=files, chat_id=7, **parameters).json()
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {description}")
    assert bot_api.messages == []


def test_a_form_without_a_boundary_is_refused(bot_api: BotApiServer) -> None:
    headers = {"content-type": "multipart/form-data"}
    address = f"{bot_api.url}/bot{bot_api.token}/sendDocument"
    assert (
        client.post(address, content=b"x", headers=headers).json()["description"] == "Bad Request: boundary not found"
    )


def test_a_document_has_no_text_to_edit(bot_api: BotApiServer) -> None:
    sent = call(bot_api, "sendDocument", files=upload(), chat_id=7).json()["result"]
    place = {"chat_id": 7, "message_id": sent["message_id"]}
    assert refusal(bot_api, "editMessageText", **place, text="x")[1] == "there is no text in the message to edit"
    markup = keyboard({"text": "Ja", "callback_data": "y"})
    assert "reply_markup" in result(bot_api, "editMessageReplyMarkup", **place, reply_markup=markup)
