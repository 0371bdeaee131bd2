"""What was true a moment ago: for questions that are asked hundreds of times a second.

Whoever remembers a right or a secret keeps it for a second at most, so that what is withdrawn is gone
before the person who withdrew it has looked up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

SECONDS = 1.0
MOST = 1024


class Recent(Generic[Key, Value]):
    """Values that are forgotten after `SECONDS`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._values: dict[Key, tuple[float, Value]] = {}

    def get(self, key: Key) -> Value | None:
        """Return the value that was kept within the last second."""
        kept = self._values.get(key)
        if kept is None or self._clock() - kept[0] >= SECONDS:
            return None
        return kept[1]

    def keep(self, key: Key, value: Value) -> Value:
        """Remember a value from now on, and return it."""
        if len(self._values) >= MOST:
            self._values.clear()
        self._values[key] = (self._clock(), value)
        return value

    def forget(self) -> None:
        self._values.clear()
