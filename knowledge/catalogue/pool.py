"""A few open connections, lent to threads one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Pool(Generic[T]):
    """At most ``size`` lent at once (a further thread waits); one that fails is closed, not given back."""

    def __init__(self, opened: Callable[[], T], close: Callable[[T], None], size: int) -> None:
        self._opened, self._close = opened, close
        self._idle: list[T] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(size)

    @contextmanager
    def lent(self, fits: Callable[[T], bool] = lambda _: True) -> Iterator[T]:
        """An idle one that fits, else a new one; those that do not fit are closed."""
        with self._free:
            while (one := self._pop()) is not None and not fits(one):
                self._close(one)
            one = self._opened() if one is None else one
            try:
                yield one
            except BaseException:
                self._close(one)
                raise
            with self._lock:
                self._idle.append(one)

    def _pop(self) -> T | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def clear(self) -> None:
        """Close those that are not lent."""
        with self._lock:
            idle, self._idle = self._idle, []
        for one in idle:
            self._close(one)
