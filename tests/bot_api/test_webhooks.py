"""Updates reach a webhook as Telegram delivers them."""

import socket
from typing import Any

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.calling import call, refusal, result
from tests.bot_api.receiver import Receiver
from tests.bot_api.server import WebServer
from tests.bot_api.waiting import wait_until


def wait(api: BotApiServer, is_true: Any) -> None:
    wait_until(api.state, is_true)


def free_address() -> str:
    """Where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"url": "http://x.de/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "x.de"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://x.de:8080/"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://127.0.0.1/"}, "bad webhook: IP address 127.0.0.1 is reserved"),
        ({"url": "https://x.de:y/"}, "invalid webhook URL specified"),
        ({"url": "https://x.de", "secret_token": "ä"}, "secret token contains unallowed characters"),
        ({"url": "https://x.de", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://x.de", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
def test_unusable_webhooks_are_refused(bot_api: BotApiServer, parameters: dict[str, str], description: str) -> None:
    assert refusal(bot_api, "setWebhook", **parameters) == (400, description)
    assert result(bot_api, "getWebhookInfo")["url"] == ""


def test_updates_are_posted_with_the_secret(local_api: BotApiServer, receiver: Receiver) -> None:
    secret = "Az0_-" * 51
    assert result(local_api, "setWebhook", url=receiver.url, secret_token=secret) is True
    local_api.user(7).says("Grüße 🐄")
    wait(local_api, lambda: receiver.updates and not local_api.state.updates)
    assert receiver.texts() == ["Grüße 🐄"]
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == secret
    assert (receiver.headers[0]["Content-Type"], receiver.headers[0]["path"]) == ("application/json", "/hook?a=1")
    assert result(local_api, "getWebhookInfo")["pending_update_count"] == 0


def test_without_a_secret_there_is_no_header(local_api: BotApiServer, receiver: Receiver) -> None:
    call(local_api, "setWebhook", url=receiver.url)
    local_api.user(7).says("x")
    wait(local_api, lambda: receiver.headers)
    assert "X-Telegram-Bot-Api-Secret-Token" not in receiver.headers[0]


def test_an_update_comes_again_until_it_is_taken(local_api: BotApiServer, receiver: Receiver) -> None:
    receiver.statuses.extend([500, 0, 302])
    call(local_api, "setWebhook", url=receiver.url)
    local_api.user(7).says("x")
    wait(local_api, lambda: not local_api.state.updates)
    assert receiver.texts() == ["x"] * 4
    problems = [delivery.problem for delivery in local_api.deliveries]
    wrong = "Wrong response from the webhook:"
    assert problems == [f"{wrong} 500 Internal Server Error", "Connection reset by peer", f"{wrong} 302 Found", None]
    info = result(local_api, "getWebhookInfo")
    assert info["last_error_message"] == f"{wrong} 302 Found"
    assert info["last_error_date"] > 1_700_000_000


def test_what_is_not_taken_is_pending(local_api: BotApiServer) -> None:
    call(local_api, "setWebhook", url=free_address())
    local_api.user(7).says("x")
    wait(local_api, lambda: local_api.state.webhook.last_error_message)
    info = result(local_api, "getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")


@pytest.mark.parametrize(("wanted", "allowed"), [(None, 40), (2, 2), (1, 1), (1000, 100), (-3, 1)])
def test_so_many_connections_at_once(local_api: BotApiServer, receiver: Receiver, wanted: int, allowed: int) -> None:
    receiver.is_open.clear()
    call(local_api, "setWebhook", url=receiver.url, **({"max_connections": wanted} if wanted else {}))
    assert result(local_api, "getWebhookInfo")["max_connections"] == allowed
    if allowed > 10:
        return
    local_api.user(7).says_all(["eins", "zwei", "drei", "vier"])
    wait(local_api, lambda: len(receiver.updates) == allowed)
    receiver.is_open.set()
    wait(local_api, lambda: not local_api.state.updates)
    assert (len(receiver.updates), receiver.most_at_once) == (4, allowed)


def test_deliveries_start_in_order(local_api: BotApiServer, receiver: Receiver) -> None:
    call(local_api, "setWebhook", url=receiver.url, max_connections=1)
    texts = [str(number) for number in range(30)]
    local_api.user(7).says_all(texts)
    wait(local_api, lambda: not local_api.state.updates)
    assert receiver.texts() == texts


def test_one_that_is_not_taken_does_not_hold_up_the_others(local_api: BotApiServer, receiver: Receiver) -> None:
    receiver.statuses.append(500)
    call(local_api, "setWebhook", url=receiver.url, max_connections=1)
    local_api.user(7).says_all(["eins", "zwei"])
    wait(local_api, lambda: not local_api.state.updates)
    assert receiver.texts() == ["eins", "zwei", "eins"]


def test_in_queues_a_chat_waits_for_its_own(web: WebServer, receiver: Receiver) -> None:
    with BotApiServer("9:queues", web=web, is_local=True, order="queues") as api:
        receiver.statuses.append(500)
        call(api, "setWebhook", url=receiver.url, max_connections=1)
        with api.state.changed:
            api.user(7).says_all(["eins", "zwei", "drei"])
            api.user(8).says("anderswo")
        wait(api, lambda: not api.state.updates)
        assert receiver.texts() == ["eins", "anderswo", "eins", "zwei", "drei"]


def test_only_allowed_updates_are_delivered(local_api: BotApiServer, receiver: Receiver) -> None:
    call(local_api, "setWebhook", url=receiver.url, allowed_updates=["callback_query"])
    local_api.user(7).says("ungehört")
    local_api.user(7).taps_code("y")
    wait(local_api, lambda: receiver.updates)
    assert [set(update) for update in receiver.updates] == [{"update_id", "callback_query"}]
    assert result(local_api, "getWebhookInfo")["allowed_updates"] == ["callback_query"]


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
def test_pending_updates_can_be_dropped(local_api: BotApiServer, receiver: Receiver, method: str) -> None:
    local_api.user(7).says("alt")
    call(local_api, method, url=receiver.url, drop_pending_updates=True)
    call(local_api, "setWebhook", url=receiver.url)
    local_api.user(7).says("neu")
    wait(local_api, lambda: receiver.updates and not local_api.state.updates)
    assert receiver.texts() == ["neu"]


def test_what_waits_for_a_poller_goes_to_the_webhook_and_back(local_api: BotApiServer, receiver: Receiver) -> None:
    anna = local_api.user(7)
    anna.says("vorher")
    call(local_api, "setWebhook", url=receiver.url)
    wait(local_api, lambda: receiver.updates and not local_api.state.updates)
    call(local_api, "setWebhook", url="")
    anna.says("nachher")
    assert [update["message"]["text"] for update in result(local_api, "getUpdates")] == ["nachher"]
    assert receiver.texts() == ["vorher"]


def test_a_method_in_the_answer_is_ignored(local_api: BotApiServer, receiver: Receiver) -> None:
    receiver.body = b'{"method": "sendMessage", "chat_id": 7, "text": "x"}'
    call(local_api, "setWebhook", url=receiver.url)
    local_api.user(7).says("x")
    wait(local_api, lambda: receiver.updates and not local_api.state.updates)
    assert local_api.messages == []


def test_a_balancer_goes_round_and_past_the_dead(local_api: BotApiServer, receiver: Receiver) -> None:
    dead = free_address()
    with Receiver() as other:
        local_api.balance([receiver.url, dead, other.url])
        call(local_api, "setWebhook", url="https://bot.example/", max_connections=1)
        local_api.user(7).says_all(["eins", "zwei", "drei", "vier"])
        wait(local_api, lambda: not local_api.state.updates)
        assert (receiver.texts(), other.texts()) == (["eins", "vier"], ["zwei", "drei"])
    assert [one.problem for one in local_api.deliveries if one.url == dead] == ["Connection refused"]


def test_a_balancer_sends_a_broken_delivery_elsewhere_but_takes_an_error_for_an_answer(
    local_api: BotApiServer, receiver: Receiver
) -> None:
    with Receiver() as other:
        receiver.statuses.extend([0, 500])
        local_api.balance([receiver.url, other.url])
        call(local_api, "setWebhook", url="https://bot.example/", max_connections=1)
        local_api.user(7).says("bricht")
        wait(local_api, lambda: not local_api.state.updates)
        assert (receiver.texts(), other.texts()) == (["bricht"], ["bricht"])
        local_api.user(7).says("gut")
        wait(local_api, lambda: not local_api.state.updates)
        local_api.user(7).says("Fehler")
        wait(local_api, lambda: not local_api.state.updates)
        assert [one.problem for one in local_api.deliveries].count(None) == 3
        assert receiver.texts() == ["bricht", "Fehler"]
        assert other.texts() == ["bricht", "gut", "Fehler"]


def test_a_bot_that_comes_back_is_found_again(local_api: BotApiServer) -> None:
    with Receiver() as first:
        port = int(first.url.split(":")[2].split("/")[0])
        call(local_api, "setWebhook", url=first.url)
        local_api.user(7).says("eins")
        wait(local_api, lambda: first.updates and not local_api.state.updates)
    local_api.user(7).says("zwei")
    with Receiver(port) as second:
        wait(local_api, lambda: not local_api.state.updates)
        assert second.texts() == ["zwei"]


def test_a_connection_that_has_ended_is_not_used_again(local_api: BotApiServer) -> None:
    with Receiver() as first:
        port = int(first.url.split(":")[2].split("/")[0])
        call(local_api, "setWebhook", url=first.url)
        local_api.user(7).says("eins")
        wait(local_api, lambda: first.updates and not local_api.state.updates)
    with Receiver(port) as second:
        # The server hears of the end in its own time; a call and its answer are enough.
        call(local_api, "getMe")
        local_api.user(7).says("zwei")
        wait(local_api, lambda: not local_api.state.updates)
        assert second.texts() == ["zwei"]
    assert [one.problem for one in local_api.deliveries] == [None, None]


def test_what_the_old_webhook_did_not_take_goes_to_the_new_one(local_api: BotApiServer, receiver: Receiver) -> None:
    call(local_api, "setWebhook", url=free_address())
    local_api.user(7).says("x")
    wait(local_api, lambda: local_api.state.webhook.last_error_message)
    call(local_api, "setWebhook", url=receiver.url)
    wait(local_api, lambda: not local_api.state.updates)
    assert receiver.texts() == ["x"]
    assert "last_error_message" not in result(local_api, "getWebhookInfo")
