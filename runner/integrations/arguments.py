"""Reads a Task state's evaluated arguments; collects every reason before refusing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .failures import refused
from .interface import JSON

CONNECTION_ARN = "arn:cuelight:states:::connection:"


class Arguments:
    """One attempt's arguments; `done()` raises when any of them cannot be used."""

    __slots__ = ("_reasons", "_value", "known")

    def __init__(self, value: JSON, known: Sequence[str]) -> None:
        self._value = value
        self._reasons: list[str] = []
        self.known: Mapping[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self._reasons.append("The arguments must be an object")
        for name in self.known:
            if name not in known:
                self.refuse(f'The field "{name}" is not supported by this task')

    def refuse(self, reason: str) -> None:
        """Notes a reason why these arguments cannot be used."""
        self._reasons.append(reason)

    def text(self, name: str, *, required: bool = False, default: str | None = None) -> str | None:
        """Returns a text, or the default where it is absent or null."""
        value = self.known.get(name)
        if value is None or (required and value == ""):
            if required:
                self.refuse(f'The field "{name}" is required but was missing')
            return default
        if not isinstance(value, str):
            self.refuse(f'The field "{name}" must be a string')
            return default
        return value

    def number(self, name: str, *, least: float, most: float, whole: bool = False) -> Any:
        """Returns a number within its bounds, or None where it is absent or null."""
        value = self.known.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.refuse(f'The field "{name}" must be a number from {least:g} to {most:g}')
            return None
        if whole:
            if value != int(value):
                self.refuse(f'The field "{name}" must be a whole number')
            return int(value)
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Returns a boolean."""
        value = self.known.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.refuse(f'The field "{name}" must be true or false')
            return default
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Returns the texts of a list; a single text counts as a list of one."""
        value = self.known.get(name)
        if value is None:
            return ()
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            self.refuse(f'The field "{name}" must be a list of strings')
            return ()
        return tuple(values)

    def objects(self, name: str) -> tuple[dict[str, Any], ...]:
        """Returns the objects of a list."""
        value = self.known.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(f'The field "{name}" must be a list of objects')
            return ()
        return tuple(value)

    def object(self, name: str) -> dict[str, Any]:
        """Returns an object, empty where it is absent."""
        value = self.known.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.refuse(f'The field "{name}" must be an object')
            return {}
        return value

    def done(self) -> None:
        """Raises `TaskError` with every reason noted so far."""
        if self._reasons:
            raise refused(self._value, self._reasons)
