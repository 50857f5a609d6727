"""A webhook: what a bot's web server sees of Telegram.

Owns a port and the answers on it. Refuses to act on updates: tests look at them.
"""

import json
import socket
import threading
from collections import deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Receiver:
    """Answers 200, or in their turn what `statuses` holds; 0 breaks the connection without an answer."""

    def __init__(self, port: int = 0) -> None:
        self.updates: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.statuses: deque[int] = deque()
        self.body = b""
        self.most_at_once = 0
        #: While it is not set, nothing is answered.
        self.is_open = threading.Event()
        self.is_open.set()
        self._lock = threading.Lock()
        self._at_once = 0
        self._connections: list[socket.socket] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        # Otherwise the end waits for connections that stay open.
        self._server.block_on_close = False
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(0.01), daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}/hook?a=1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        for connection in self._connections:
            # The other side may have closed it already.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def texts(self) -> list[str]:
        """What was said in the updates, in the order of arrival."""
        return [update["message"]["text"] for update in self.updates]

    def meet(self, connection: socket.socket) -> None:
        """A connection that ends with the webhook, as those of a process do."""
        self._connections.append(connection)

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """One update; the status to answer with."""
        with self._lock:
            self.updates.append(json.loads(body))
            self.headers.append({**headers, "path": path})
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            status = self.statuses.popleft() if self.statuses else 200
        self.is_open.wait(15)
        with self._lock:
            self._at_once -= 1
        return status


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            receiver.meet(self.connection)

        def do_POST(self) -> None:  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take(self.path, dict(self.headers), body)
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            self.wfile.write(receiver.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            """Say nothing."""

    return Handler
