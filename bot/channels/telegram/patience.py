"""How long a client of the HTTP service may take: one that sends nothing, or half a request, is let go.

Owns the time between a connection's start, or a request's first byte, and the request's last. An idle connection after
an answer is uvicorn's own matter.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Telegram and every proxy send a request at once; many times what a bad line takes.
REQUEST_SECONDS = 10.0


class PatientProtocol(H11Protocol):
    """uvicorn's protocol with a deadline."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """After each piece that has arrived: wait on if the request is not whole."""
        super().handle_events()
        if not self._is_awaited():
            self._stop_waiting()
        elif self._deadline is None:
            self._await_request()

    def _is_awaited(self) -> bool:
        # After an answer what arrives is the next request, or what is left of a refused one.
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def _await_request(self) -> None:
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self._let_go)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _let_go(self) -> None:
        self._deadline = None
        self.transport.abort()
