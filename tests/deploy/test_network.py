"""Behind a proxy, and with a certificate of an authority of one's own, as the guide says: a real bot answers there."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.waiting import wait_until
from tests.cli.certificates import certificate
from tests.cli.processes import PATIENCE_SECONDS, bot, command, environment

PRICE = "Was kostet der Eintritt ins Freibad?"


class Relay:
    """Takes connections and passes their bytes on: as a proxy that is told where to (CONNECT), or to one place behind
    TLS. A context manager."""

    def __init__(self, target: tuple[str, int] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self._target = target
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        #: Where it was told to connect to.
        self.asked: list[str] = []

    @property
    def port(self) -> int:
        port: int = self._listening.getsockname()[1]
        return port

    @contextmanager
    def running(self) -> Iterator["Relay"]:
        threading.Thread(target=self._accept, daemon=True).start()
        with closing(self._listening):
            yield self

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # Who does not trust us leaves in the middle.
        with suppress(OSError), connection:
            here = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with here, socket.create_connection(self._target or self._told(here)) as there:
                back = threading.Thread(target=_pass_on, args=[there, here], daemon=True)
                back.start()
                _pass_on(here, there)
                back.join()

    def _told(self, connection: socket.socket) -> tuple[str, int]:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1)
        method, address, _ = head.split(b"\r\n")[0].decode().split()
        assert method == "CONNECT"
        self.asked.append(address)
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        host, _, port = address.rpartition(":")
        return host, int(port)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@pytest.fixture
def certified(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of an authority that nobody knows, and its key."""
    return certificate(tmp_path, days=60)


@pytest.fixture
def telegram(bot_api: BotApiServer, certified: tuple[Path, Path]) -> Iterator[str]:
    """The address of a Bot API server with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certified)
    parts = urlsplit(bot_api.url)
    with Relay((str(parts.hostname), int(parts.port or 0)), context).running() as relay:
        yield f"https://localhost:{relay.port}"


@pytest.fixture
def set_(bot_api: BotApiServer, telegram: str, small_folder: Path, tmp_path: Path) -> dict[str, str]:
    address = f"sqlite:///{tmp_path}/s.sqlite3"
    return environment(bot_api, small_folder, address, TELEGRAM_API_BASE_URL=telegram)


def test_a_bot_answers_through_a_proxy_with_an_authority_of_ones_own(
    set_: dict[str, str], bot_api: BotApiServer, telegram: str, certified: tuple[Path, Path], tmp_path: Path
) -> None:
    anna = bot_api.user(7)
    with Relay().running() as proxy:
        through = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}", "SSL_CERT_FILE": str(certified[0])}
        with bot({**set_, **through}, tmp_path / "log"):
            anna.says(PRICE)
            wait_until(bot_api.state, lambda: anna.messages, "an answer")
        assert set(proxy.asked) == {urlsplit(telegram).netloc}
        told = command(["doctor"], {**set_, **through}).stdout
    assert "ok    proxy: HTTPS_PROXY: by way of http://127.0.0.1" in told
    assert f"ok    certificates: SSL_CERT_FILE: {certified[0]}" in told
    assert "ok    token: @hofbot" in told


def test_what_is_exempt_is_reached_without_the_proxy(
    set_: dict[str, str], bot_api: BotApiServer, certified: tuple[Path, Path], tmp_path: Path
) -> None:
    anna = bot_api.user(7)
    with Relay().running() as proxy:
        past = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}", "NO_PROXY": "localhost,127.0.0.1"}
        with bot({**set_, **past, "SSL_CERT_FILE": str(certified[0])}, tmp_path / "log"):
            anna.says(PRICE)
            wait_until(bot_api.state, lambda: anna.messages, "an answer")
        assert proxy.asked == []


def test_without_the_authority_nothing_is_said_to_a_stranger(
    set_: dict[str, str], bot_api: BotApiServer, tmp_path: Path
) -> None:
    with bot(set_, tmp_path / "log") as process:
        assert process.wait(PATIENCE_SECONDS) == 75
    assert bot_api.calls() == []
    assert "ClientConnectorCertificateError" in (tmp_path / "log").read_text(encoding="utf-8")


def test_the_guide_names_what_the_client_reads() -> None:
    guide = (Path(__file__).parents[2] / "deploy/README.md").read_text(encoding="utf-8")
    for name in ("HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        assert f"`{name}" in guide
