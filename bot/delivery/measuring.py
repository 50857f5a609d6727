"""A store whose work is timed, whatever kind it is.

Owns the names of what is timed: those of the protocol's methods, and `begin_`, `end_` for what is entered and left.
Refuses to change anything that passes through.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from inspect import iscoroutinefunction
from time import perf_counter
from types import TracebackType
from typing import Any, cast

from bot.delivery.metrics import Metrics
from bot.sessions.store import Store, StoreUnavailable

_ENTERED = ("hold", "turn")


def measured(store: Store, metrics: Metrics) -> Store:
    """The same store, whose work is told to the metrics."""
    return cast("Store", _Measured(store, metrics))


class _Measured:
    """A store or one of its lanes."""

    def __init__(self, inner: object, metrics: Metrics) -> None:
        self._inner = inner
        self._metrics = metrics

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name in _ENTERED:
            return lambda *given: _Entered(name, found(*given), self._metrics)
        return self._timed(name, found) if iscoroutinefunction(found) else found

    def _timed(self, name: str, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def timed(*given: Any) -> Any:
            with _timing(name, self._metrics):
                return await call(*given)

        return timed


class _Entered:
    """A lane or a turn while it is held: what passes between beginning and end is not the store's work."""

    def __init__(self, name: str, inner: AbstractAsyncContextManager[Any], metrics: Metrics) -> None:
        self._name = name
        self._inner = inner
        self._metrics = metrics

    async def __aenter__(self) -> Any:
        with _timing(f"begin_{self._name}", self._metrics):
            entered = await self._inner.__aenter__()
        return entered if self._name == "turn" or entered is None else _Measured(entered, self._metrics)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        with _timing(f"end_{self._name}", self._metrics):
            return await self._inner.__aexit__(kind, error, trace)


@contextmanager
def _timing(operation: str, metrics: Metrics) -> Iterator[None]:
    started = perf_counter()
    try:
        yield
    except StoreUnavailable:
        metrics.store_failed(operation)
        raise
    finally:
        metrics.store_took(operation, perf_counter() - started)
