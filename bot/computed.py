"""Attributes that are computed when they are first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

ValueT = TypeVar("ValueT")


class computed_once(Generic[ValueT]):  # noqa: N801 - a decorator
    """`functools.cached_property` without its lock: up to Python 3.11 that is one for all instances, so that a text
    that takes long to read would keep those in other threads waiting. Two threads may compute the same twice."""

    def __init__(self, compute: Callable[[Any], ValueT]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, instance: Any, _: type[Any] | None = None) -> ValueT:
        # From now on found before this is asked.
        value = self._compute(instance)
        instance.__dict__[self._name] = value
        return value
