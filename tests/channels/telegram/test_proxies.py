"""Which proxy is taken, and that requests go there."""

import pytest

from bot.channels.telegram.proxies import UnusableProxy, proxy_for
from tests.channels.telegram.starts import forget_proxies
from tests.channels.telegram.test_requesting import answering, client, http

TELEGRAM = "https://api.telegram.org/bot"


def chosen(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str = TELEGRAM) -> str | None:
    forget_proxies(monkeypatch)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return proxy_for(url)


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://a:1"}, "http://a:1"),
        ({"https_proxy": "http://a:1"}, "http://a:1"),
        ({"HTTP_PROXY": "http://a:1"}, None),
        ({"ALL_PROXY": "http://a:1"}, "http://a:1"),
        ({"HTTPS_PROXY": "http://a:1", "ALL_PROXY": "socks5://b:2"}, "http://a:1"),
        ({"https_proxy": "http://a:1", "all_proxy": "nonsense://"}, "http://a:1"),
        ({"https_proxy": "http://a:1", "HTTPS_PROXY": "socks5://b:2"}, "http://a:1"),
        ({"HTTPS_PROXY": "", "ALL_PROXY": "http://b:2"}, "http://b:2"),
        ({"HTTPS_PROXY": "a:1"}, "http://a:1"),
        ({"HTTPS_PROXY": "http://user:password@[::1]:3128"}, "http://user:password@[::1]:3128"),
    ],
)
def test_the_more_specific_wins(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], proxy: str | None
) -> None:
    assert chosen(monkeypatch, environment) == proxy


@pytest.mark.parametrize(
    ("url", "exempt", "is_exempt"),
    [
        (TELEGRAM, "api.telegram.org", True),
        (TELEGRAM, "telegram.org", True),
        (TELEGRAM, ".telegram.org", True),
        (TELEGRAM, "localhost, API.Telegram.org", True),
        (TELEGRAM, "api.telegram.org:443", True),
        (TELEGRAM, "*", True),
        (TELEGRAM, "gram.org", False),
        (TELEGRAM, "api.telegram.org:8443", False),
        (TELEGRAM, "localhost,127.0.0.1", False),
        ("https://10.1.2.3:8081", "10.0.0.0/8", True),
        ("https://10.1.2.3:8081", "10.1.2.3", True),
        ("https://10.1.2.3:8081", "10.1.2.3:8081", True),
        ("https://11.1.2.3:8081", "10.0.0.0/8", False),
        ("https://[fd00::1]:8081", "fd00::/8", True),
        ("https://[::1]:8081", "[::1]", True),
        ("https://[::1]:8081", "::1", True),
        ("https://[::1]:8081", "127.0.0.1", False),
    ],
)
@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_a_server_that_is_exempt_needs_no_proxy_and_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str, exempt: str, is_exempt: bool
) -> None:
    expected = None if is_exempt else "http://a:1"
    assert chosen(monkeypatch, {"HTTPS_PROXY": "http://a:1", name: exempt}, url) == expected
    if is_exempt:
        assert chosen(monkeypatch, {"HTTPS_PROXY": "socks5://a:1", name: exempt}, url) is None


@pytest.mark.parametrize("address", ["socks5://geheim@x:1", "ftp://geheim@x", "http://geheim@x:port", "http://"])
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_one_that_is_needed_and_cannot_be_used_is_named_as_it_is_spelled(
    monkeypatch: pytest.MonkeyPatch, name: str, address: str
) -> None:
    with pytest.raises(UnusableProxy) as refused:
        chosen(monkeypatch, {name: address})
    assert str(refused.value) == name


async def test_requests_go_by_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b'{"ok":true,"result":true}'
    async with answering(http("200 OK", body)) as (address, asked):
        proxy = chosen(monkeypatch, {"HTTP_PROXY": address, "ALL_PROXY": "socks5://x:1"}, "http://telegram.invalid")
        async with client(proxy) as requests:
            assert await requests.do_request("http://telegram.invalid/getMe", "POST") == (200, body)
    assert asked == [b"POST http://telegram.invalid/getMe HTTP/1.1\r\n"]
