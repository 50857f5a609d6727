"""How the client library reaches Telegram: over aiohttp, which takes a fraction of the time of the library's httpx.

Owns connections, time limits and certificates. Refuses to interpret answers: that is the library's.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class Requests(BaseRequest):
    """See the library's `BaseRequest`. Times are in seconds."""

    def __init__(self, connections: int, proxy: str | None = None, seconds: float = 5.0) -> None:
        """`proxy` is the address of the one that leads to the server, if one does. Raises OSError or ssl.SSLError for
        certificates that cannot be read."""
        self._connections = connections
        self._seconds = seconds
        # As httpx has it: SSL_CERT_FILE, SSL_CERT_DIR or the certificates that come with certifi.
        self._certificates = httpx.create_ssl_context()
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        #: The Date header of the latest answer, for who compares clocks.
        self.answered_at = ""

    @property
    def read_timeout(self) -> float:
        return self._seconds

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ssl=self._certificates)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=False)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - as the library has it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the client is used before it is initialised")
        connect = self._or_default(connect_timeout)
        timeout = aiohttp.ClientTimeout(sock_connect=connect, sock_read=self._or_default(read_timeout))
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=_headers(request_data),
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,
            ) as response:
                self.answered_at = response.headers.get("Date", "")
                return response.status, _of_telegram(response.status, await response.read())
        # The messages hold the address, and the address the token.
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error

    def _or_default(self, value: Any) -> float:
        # Else one of the library's marks for "as usual".
        return float(value) if isinstance(value, int | float) else self._seconds


def _of_telegram(status: int, body: bytes) -> bytes:
    """The body if it is an answer of the Bot API; an error page of a proxy in between says nothing about our request.
    Raises NetworkError."""
    try:
        answer = (
            json.loads(body) if status != HTTPStatus.OK else {"ok": body.lstrip()[:1] == b"{" and b'"ok"' in body[:64]}
        )
    except ValueError:
        answer = None
    is_page = not isinstance(answer, dict) or "ok" not in answer or (status == HTTPStatus.OK and not answer["ok"])
    if is_page:
        raise NetworkError(f"no answer of the Bot API (status {status})")
    return body


def _headers(data: RequestData | None) -> Mapping[str, str] | None:
    is_json = data is not None and not data.contains_files
    return {"Content-Type": "application/json"} if is_json else None


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_payload
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, media_type) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
