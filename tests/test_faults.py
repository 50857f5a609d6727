"""What of errors and addresses may be shown."""

import pytest

from bot.faults import describe, shown_address


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.telegram.org", "https://api.telegram.org"),
        ("http://user:geheim@127.0.0.1:8081/bot", "http://127.0.0.1:8081"),
        ("redis://:geheim@[::1]:6379/0", "redis://[::1]:6379"),
        ("redis://:geheim@[fd00::1]", "redis://[fd00::1]"),
        ("http://[", "this address"),
        ("http://x:port", "this address"),
        ("geheim", "this address"),
    ],
)
def test_an_address_is_shown_without_secrets_and_an_ipv6_one_in_brackets(url: str, shown: str) -> None:
    assert shown_address(url) == shown


def test_an_error_is_told_without_its_message() -> None:
    try:
        raise ValueError("geheim") from KeyError("geheim")
    except ValueError as error:
        told = describe(error)
    assert told.startswith("ValueError from KeyError at tests.test_faults:")
    assert "geheim" not in told
