"""HTTP POST over connections that stay open, as Telegram holds them to a webhook.

Owns connections, and Telegram's words for what goes wrong with them. Refuses redirects and bodies of answers.
"""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 60


class Broken(Exception):
    """No answer came; the message is Telegram's."""


@dataclass(frozen=True)
class Address:
    """A URL as a connection needs it."""

    host: str
    port: int
    is_tls: bool
    path: str


@dataclass(frozen=True)
class Line:
    """One open connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def is_usable(self) -> bool:
        """Whether the other side is, as far as is known, still there."""
        return not (self.reader.at_eof() or self.writer.is_closing())


class Poster:
    """Posts to any address, over an idle connection where there is one."""

    def __init__(self, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds
        self._idle: dict[tuple[str, int, bool], list[Line]] = {}

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Status and reason of the answer."""
        address = _address(url)
        head = {"Host": address.host, "Content-Type": "application/json", **headers, "Content-Length": str(len(body))}
        lines = [f"POST {address.path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._exchange(address, "\r\n".join(lines).encode() + body)
        except TimeoutError:
            raise Broken("Read timeout expired") from None
        except socket.gaierror as problem:
            raise Broken(f"Failed to resolve host: {problem.strerror}") from None
        except ConnectionRefusedError:
            raise Broken("Connection refused") from None
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            raise Broken("Connection reset by peer") from None

    def close(self) -> None:
        """Give up the idle connections."""
        for lines in self._idle.values():
            for line in lines:
                line.writer.close()
        self._idle.clear()

    async def _exchange(self, address: Address, request: bytes) -> tuple[int, str]:
        line = await self._line(address)
        is_kept = False
        try:
            line.writer.write(request)
            await line.writer.drain()
            status, reason, is_kept = await _answer(line.reader)
        finally:
            if is_kept:
                self._idle.setdefault(_place(address), []).append(line)
            else:
                line.writer.close()
        return status, reason

    async def _line(self, address: Address) -> Line:
        idle = self._idle.get(_place(address), [])
        while idle:
            line = idle.pop()
            if line.is_usable:
                return line
            line.writer.close()
        context = ssl.create_default_context() if address.is_tls else None
        return Line(*await asyncio.open_connection(address.host, address.port, ssl=context))


def _place(address: Address) -> tuple[str, int, bool]:
    return address.host, address.port, address.is_tls


@lru_cache
def _address(url: str) -> Address:
    parts = urlsplit(url)
    is_tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.hostname or "", parts.port or (443 if is_tls else 80), is_tls, path)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str, bool]:
    """Status, reason, and whether the connection can be used again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.strip().split("\r\n")
    _, status, reason = (*first.split(" ", 2), "")[:3]
    headers = {name.strip().lower(): value.strip().lower() for name, _, value in (line.partition(":") for line in rest)}
    length = headers.get("content-length", "0" if status == "204" else "")
    if length:
        await reader.readexactly(int(length))
    # What comes in pieces is not read: this connection ends.
    return int(status), reason, bool(length) and headers.get("connection") != "close"
