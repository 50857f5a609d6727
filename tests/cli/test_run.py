"""What the commands build: the profile on Telegram, and the privacy notice as the bot is set up."""

from datetime import timedelta

import pytest

from bot import settings
from bot.cli.run import telegram_notice
from bot.cli.telegram import profile
from bot.knowledge.model import Knowledge
from bot.messages import COMMANDS
from bot.sessions.store import STORED

RUNNING = {
    "TELEGRAM_BOT_TOKEN": "1:x",
    "BOT_CONTROLLER_NAME": "Stadt Musterhausen",
    "BOT_CONTROLLER_CONTACT": "post@musterhausen.example",
    "BOT_CONTROLLER_ADDRESS": "Rathausplatz 1",
    "BOT_CONTROLLER_DPO": "dsb@musterhausen.example",
    "BOT_CONTROLLER_KIND": "public",
    "BOT_CONTROLLER_PROCESSORS": "Hoster GmbH",
    "BOT_SESSION_HOURS": "12",
    "BOT_DONATION_DAYS": "30",
}


def test_the_profile_offers_commands_that_exist_in_both_languages(real: Knowledge) -> None:
    shown = profile(real, "de")
    for wording in shown.wordings.values():
        assert {COMMANDS[name] for name, _ in wording.commands} >= {
            "start",
            "help",
            "reset",
            "language",
            "privacy",
            "my_data",
            "forget",
        }
        assert all(1 <= len(description) <= 256 for _, description in wording.commands)
        assert len(wording.description) <= 512
        assert len(wording.short_description) <= 120


def test_the_notice_says_what_is_set() -> None:
    notice = telegram_notice(settings.read(RUNNING), settings.telegram(RUNNING).controller)
    assert notice.controller.name == "Stadt Musterhausen"
    assert notice.controller.contact == "post@musterhausen.example"
    assert notice.controller.address == "Rathausplatz 1"
    assert notice.controller.officer == "dsb@musterhausen.example"
    assert notice.controller.processors == "Hoster GmbH"
    assert notice.controller.is_public_body
    assert (notice.sessions, notice.donations) == (timedelta(hours=12), timedelta(days=30))
    assert notice.channel == "telegram"


@pytest.mark.parametrize("kind", ["", "private"])
def test_who_is_no_public_body_is_none(kind: str) -> None:
    environment = {**RUNNING, "BOT_CONTROLLER_KIND": kind}
    assert not telegram_notice(
        settings.read(RUNNING), settings.telegram(environment).controller
    ).controller.is_public_body


def test_the_notice_tells_of_everything_that_is_stored() -> None:
    assert telegram_notice(settings.read(RUNNING), settings.telegram(RUNNING).controller).stored == STORED
