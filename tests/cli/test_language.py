"""In which language a command speaks."""

import pytest

from bot.cli.language import readers_language


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "de"),
        ([], {"LANG": "C.UTF-8"}, "de"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "de_AT.UTF-8"}, "de"),
        ([], {"LANG": "de_DE", "LC_ALL": "en_US"}, "en"),
        ([], {"LANG": "en_US", "LC_MESSAGES": "de_DE"}, "de"),
        ([], {"LC_ALL": "", "LANG": "en"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "de"),
        (["check", "--language", "en"], {"LANG": "de_DE"}, "en"),
        (["check", "--language=EN"], {}, "en"),
        (["check", "--language", "en", "--language", "de"], {}, "de"),
        (["check", "--language"], {"LANG": "en_US"}, "en"),
        (["check", "--language", "klingon"], {"LANG": "en_US"}, "en"),
    ],
)
def test_the_option_counts_before_the_locale_and_german_comes_first(
    arguments: list[str], environment: dict[str, str], expected: str
) -> None:
    assert readers_language(arguments, environment) == expected
