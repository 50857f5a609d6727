"""People with canaries on their lips: everything that can be said, sent, pressed and gone wrong."""

from tests.bot_api import BotApiServer, bad_gateway, dropped, error, rate_limited
from tests.bot_api.waiting import wait_until
from tests.privacy.canaries import GROUP, MAIL, PERSON, PHONE, STRANGER, WORD


def talk(server: BotApiServer) -> None:
    """A whole conversation; returns when everything has been answered."""
    person = server.user(PERSON)
    person.says(f"Was kostet der Eintritt ins Freibad? {WORD}, Tel. {PHONE}, {MAIL}")
    person.waits_for()
    person.taps("Erwachsene")
    person.waits_for()
    person.says(f"{WORD} {WORD} backe Brot")
    person.waits_for()
    edited = person.says(f"Und {WORD}?")
    person.waits_for()
    person.edits(edited, f"Darf mein Hund mit ins Freibad, {WORD}?")
    wait_until(server.state, lambda: "Wortlaut" in person.last.buttons, "the answer")
    person.taps("Wortlaut")
    wait_until(server.state, lambda: person.last.changes, "the wording")
    person.sends("photo", caption=f"{WORD} im Becken")
    person.sends("document")
    person.says(f"/{WORD} {PHONE}")
    _hear(server, PERSON, len(person.messages) + 1)
    _donate(server)
    _go_wrong(server)
    _in_a_group(server)
    query = person.asks_inline(f"Hund {WORD}")
    person.waits_for_inline_answer(query)
    person.says("/meinedaten")
    wait_until(server.state, lambda: person.last.document, "the file")


def _donate(server: BotApiServer) -> None:
    person = server.user(PERSON)
    person.says("/neu")
    person.says(f"Wie backe ich {WORD}brot?")
    for label in ("An die Redaktion geben", "Ja, so weitergeben", "Zurückziehen"):
        wait_until(server.state, lambda label=label: label in person.last.buttons, label)  # type: ignore[misc]
        if label != "Zurückziehen":
            person.taps(label)


def _go_wrong(server: BotApiServer) -> None:
    person = server.user(PERSON)
    for fault in (error(400, f"Bad Request: {WORD}"), bad_gateway(), dropped(), rate_limited(1), error(500, WORD)):
        heard = len(person.messages)
        server.fails("sendMessage", fault)
        person.says(f"/hilfe {WORD}")
        _hear(server, PERSON, heard + 1)
    server.state.add_update("message", {"text": WORD, "chat": {"id": PERSON}})
    stranger = server.user(STRANGER)
    stranger.says(f"/start {WORD}")
    stranger.waits_for()
    stranger.blocks_bot()
    stranger.says(WORD)


def _in_a_group(server: BotApiServer) -> None:
    group = server.group(GROUP, f"Gruppe {WORD}")
    person, stranger = server.user(PERSON).at(group), server.user(STRANGER).at(group)
    stranger.says(f"Unter uns: {WORD}")
    person.says(f"@{server.state.username} Was kostet der Eintritt ins Freibad? {WORD}")
    person.waits_for()
    stranger.taps("Kind")
    person.taps("Kind")
    person.waits_for()


def _hear(server: BotApiServer, chat: int, amount: int) -> None:
    wait_until(server.state, lambda: len(server.state.sent_in[chat]) >= amount, f"{amount} messages")
