"""The Caddyfile: what Caddy makes of it, and what a request from outside gets."""

import http.client
import json
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.deploy.shipped import DEPLOY, text_of, tool

CADDYFILE = DEPLOY / "Caddyfile"
UPSTREAMS = "bot-1:8080 bot-2:8080 bot-3:8080"


def without_comments() -> str:
    return re.sub(r"(?m)^\s*#.*$\n?", "", text_of("Caddyfile"))


def test_there_is_one_way_to_the_bots() -> None:
    """Holds also where Caddy is not installed."""
    text = without_comments()
    assert re.findall(r"@update \{\s*method POST\s*vars \{http\.request\.uri\.path\} /telegram\s*\}", text)
    assert re.findall(r"reverse_proxy (.*) \{", text) == [UPSTREAMS]
    (handled, rest) = re.findall(r"^\thandle( @\w+)? \{$(.*?)^\t\}$", text, re.MULTILINE | re.DOTALL)
    assert handled[0] == " @update"
    assert "reverse_proxy" in handled[1]
    assert (rest[0], rest[1].strip()) == ("", "respond 404")
    assert re.search(r"health_uri /readyz$", text, re.MULTILINE)
    assert "metrics" not in text
    assert "admin off" in text


def run(*arguments: str, host: str = "bot.example.org") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PUBLIC_HOST": host}
    return subprocess.run([tool("caddy"), *arguments], capture_output=True, text=True, env=environment, check=False)


def test_caddy_finds_it_valid_and_well_formatted() -> None:
    done = run("validate", "--config", str(CADDYFILE), "--adapter", "caddyfile")
    assert done.returncode == 0, done.stderr
    assert "not formatted" not in done.stderr
    adapted = run("adapt", "--config", str(CADDYFILE), "--adapter", "caddyfile").stdout
    assert set(re.findall(r'"host":\["(.*?)"\]', adapted)) == {"bot.example.org", "127.0.0.1"}


def test_caddy_sees_what_is_wrong(tmp_path: Path) -> None:
    broken = tmp_path / "Caddyfile"
    broken.write_text(text_of("Caddyfile").replace("health_uri", "health_url"), encoding="utf-8")
    assert run("validate", "--config", str(broken), "--adapter", "caddyfile").returncode != 0


def test_a_forgotten_host_is_no_open_door() -> None:
    assert run("validate", "--config", str(CADDYFILE), "--adapter", "caddyfile", host="").returncode != 0


class Replica(ThreadingHTTPServer):
    """Stands in for a bot: counts the updates it gets, and is ready or not."""

    daemon_threads = True

    def __init__(self, is_ready: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.is_ready = is_ready
        self.seen: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: Replica

    def do_GET(self) -> None:
        self._answer(200 if self.server.is_ready or self.path != "/readyz" else 503)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._answer(200)

    def _answer(self, status: int) -> None:
        self.server.seen.append(f"{self.command} {self.path}")
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent: nobody reads a stand-in's log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def status(port: int, method: str, path: str, body: str = "") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body)
        return connection.getresponse().status
    finally:
        connection.close()


@contextmanager
def proxied(replicas: list[Replica], folder: Path) -> Iterator[int]:
    """The shipped Caddyfile at work, on ports of its own, without HTTPS and with these replicas."""
    public, inner = free_port(), free_port()
    dials = " ".join(f"127.0.0.1:{replica.server_port}" for replica in replicas)
    text = text_of("Caddyfile").replace(UPSTREAMS, dials).replace(":2020", f":{inner}")
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    environment = {**os.environ, "PUBLIC_HOST": f"http://127.0.0.1:{public}", "HOME": str(folder)}
    command = [tool("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    for replica in replicas:
        threading.Thread(target=replica.serve_forever, args=[0.05], daemon=True).start()
    caddy = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_listening(inner)
        assert status(inner, "GET", "/") == 200
        yield public
    finally:
        caddy.terminate()
        caddy.wait(10)
        for replica in replicas:
            replica.shutdown()
            replica.server_close()


def wait_until_listening(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "caddy does not listen"
            time.sleep(0.05)


def test_from_outside_there_is_the_webhook_and_nothing_else(tmp_path: Path) -> None:
    tool("caddy")
    nearly = ("/telegram/", "/telegram/../metrics", "/telegram%2e", "/TELEGRAM", "/telegram/x", "//telegram")
    replicas = [Replica(is_ready=True) for _ in range(3)]
    with proxied(replicas, tmp_path) as port:
        assert status(port, "POST", "/telegram", json.dumps({"update_id": 1})) == 200
        for method in ("GET", "POST", "PUT", "HEAD"):
            for path in ("/", "/metrics", "/healthz", "/readyz", *nearly):
                assert status(port, method, path) == 404, (method, path)
        assert status(port, "GET", "/telegram") == 404
    seen = [line for replica in replicas for line in replica.seen if line != "GET /readyz"]
    assert seen == ["POST /telegram"]


def test_a_replica_that_is_not_ready_gets_no_updates(tmp_path: Path) -> None:
    tool("caddy")
    replicas = [Replica(is_ready=True), Replica(is_ready=False), Replica(is_ready=True)]
    with proxied(replicas, tmp_path) as port:
        deadline = time.monotonic() + 20
        # Caddy takes each for healthy until it has asked.
        while True:
            before = len(replicas[1].seen)
            assert {status(port, "POST", "/telegram", "{}") for _ in range(12)} == {200}
            if replicas[1].seen[before:].count("POST /telegram") == 0:
                break
            assert time.monotonic() < deadline, "updates still go to a replica that is not ready"
            time.sleep(0.1)
    assert "GET /readyz" in replicas[1].seen


@pytest.mark.parametrize("is_ready", [True, False])
def test_while_no_replica_is_ready_telegram_is_told_to_come_again(tmp_path: Path, is_ready: bool) -> None:
    tool("caddy")
    replica = Replica(is_ready)
    with proxied([replica], tmp_path) as port:
        deadline = time.monotonic() + 20
        while "GET /readyz" not in replica.seen:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.3)
        assert (status(port, "POST", "/telegram", "{}") == 200) is is_ready
