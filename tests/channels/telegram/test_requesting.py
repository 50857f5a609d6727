"""What is taken for an answer of Telegram's, and what is not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError

from bot.channels.telegram.requesting import Requests


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that gives everybody this answer; its address, and the first lines of what it was asked."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", asked


def http(status: str, body: bytes, *headers: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers])
    return f"{head}\r\n\r\n".encode() + body


@asynccontextmanager
async def client(proxy: str | None = None) -> AsyncIterator[Requests]:
    made = Requests(4, proxy)
    await made.initialize()
    try:
        yield made
    finally:
        await made.shutdown()


async def test_nobody_is_followed_to_another_address() -> None:
    async with client() as requests, answering(http("200 OK", b'{"ok":true,"result":true}')) as (elsewhere, visited):
        moved = http("307 Temporary Redirect", b"", f"Location: {elsewhere}/")
        async with answering(moved) as (url, _):
            with pytest.raises(NetworkError):
                await requests.do_request(url, "POST")
    assert visited == []


@pytest.mark.parametrize("status", ["200 OK", "403 Forbidden", "404 Not Found", "502 Bad Gateway"])
@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b'{"login": "please"}', b"", b"[]"])
async def test_a_page_of_somebody_else_is_no_answer(status: str, body: bytes) -> None:
    async with client() as requests, answering(http(status, body)) as (url, _):
        with pytest.raises(NetworkError) as raised:
            await requests.do_request(url, "POST")
    assert url not in str(raised.value)


async def test_a_refusal_of_telegrams_is_handed_on() -> None:
    body = b'{"ok":false,"error_code":403,"description":"Forbidden"}'
    async with client() as requests, answering(http("403 Forbidden", body)) as (url, _):
        assert await requests.do_request(url, "POST") == (403, body)
