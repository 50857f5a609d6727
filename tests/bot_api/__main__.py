"""Talk to a bot over the wire without Telegram.

::

    python -m tests.bot_api --port 8081 --token 1:t
    TELEGRAM_API_BASE_URL=http://127.0.0.1:8081 TELEGRAM_BOT_TOKEN=1:t python -m bot telegram

What is typed is said to the bot; "!2" presses the second button of its latest message. Another shell can do the same
over HTTP, see `control`. Ends with the end of the input, or with Ctrl-C where there is none.
"""

import argparse
import sys
import threading
from contextlib import suppress

from tests.bot_api.people import User
from tests.bot_api.server import TOKEN, BotApiServer
from tests.bot_api.state import Sent


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.bot_api", description="A Bot API server to try a bot on.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--language", default="de", help="what your app is set to (default: de)")
    parser.add_argument("--detached", action="store_true", help="read nothing from the keyboard, serve only")
    parser.add_argument("--local", action="store_true", help="deliver to http:// too, and to any port")
    parser.add_argument("--order", choices=["starts", "queues"], default="starts", help="of webhook deliveries")
    parser.add_argument("--max-calls", type=int, help="how many of the latest calls are kept (default: all)")
    options = parser.parse_args()
    server = BotApiServer(options.token, options.port, is_local=options.local, order=options.order)
    if options.max_calls:
        server.keep_only(options.max_calls)
    with server, suppress(KeyboardInterrupt):
        print(f"TELEGRAM_API_BASE_URL={server.url} TELEGRAM_BOT_TOKEN={server.token}", flush=True)
        if options.detached:
            threading.Event().wait()
        _talk(server.user(1, options.language))


def _talk(person: User) -> None:
    threading.Thread(target=_listen, args=(person,), daemon=True).start()
    for line in sys.stdin:
        text = line.strip()
        try:
            _act(person, text)
        except (LookupError, ValueError):
            print("There is no such button.")


def _act(person: User, text: str) -> None:
    if text.startswith("!"):
        person.taps(person.last.buttons[int(text[1:]) - 1])
    elif text:
        person.says(text)


def _listen(person: User) -> None:
    shown = 0
    while True:
        with person.state.changed:
            person.state.changed.wait(0.5)
        for sent in person.messages[shown:]:
            _show(sent)
            shown += 1


def _show(sent: Sent) -> None:
    print(f"\n{sent.text}")
    print("\n".join(f"  !{number} [{label}]" for number, label in enumerate(sent.buttons, 1)), flush=True)


if __name__ == "__main__":
    main()
