"""The bounds of the service's shapes, and the sentence that lists what breaks them."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.model import ListShape, Shape, StringShape

JSON = Any


@dataclass(slots=True)
class Violations:
    """What is wrong with one request; all of it is told at once."""

    found: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """Return the message of the ValidationException, in the service's words."""
        count = len(self.found)
        return f"{count} validation error{'s' if count > 1 else ''} detected: {'; '.join(self.found)}"

    def missing(self, path: str) -> None:
        self.found.append(f"Value null at '{path}' failed to satisfy constraint: Member must not be null")

    def text(self, shape: StringShape, value: str, path: str) -> None:
        if shape.enum and value not in shape.enum:
            members = ", ".join(_in_hash_order(tuple(shape.enum)))
            self._add(shape, value, path, f"Member must satisfy enum value set: [{members}]")
        self._size(shape, len(value), value, path, "length")
        pattern = shape.metadata.get("pattern")
        if pattern and not _compiled(pattern).fullmatch(value):
            self._add(shape, value, path, f"Member must satisfy regular expression pattern: {pattern}")

    def length(self, shape: ListShape, value: Sequence[JSON], path: str) -> None:
        self._size(shape, len(value), value, path, "length")

    def range(self, shape: Shape, value: float, path: str) -> None:
        self._size(shape, value, value, path, "value")

    def _size(self, shape: Shape, size: float, value: JSON, path: str, what: str) -> None:
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        if least is not None and size < float(least):
            self._add(shape, value, path, f"Member must have {what} greater than or equal to {least}")
        if most is not None and size > float(most):
            self._add(shape, value, path, f"Member must have {what} less than or equal to {most}")

    def _add(self, shape: Shape, value: JSON, path: str, constraint: str) -> None:
        # What is marked as sensitive is not repeated, as in the service.
        shown = "at" if shape.metadata.get("sensitive") else f"'{_shown(value)}' at"
        self.found.append(f"Value {shown} '{path}' failed to satisfy constraint: {constraint}")


def _shown(value: JSON) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, list) else str(value)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # The model's patterns are Java's, which have a name for these and match the whole text.
    return re.compile(pattern.replace(r"\p{ASCII}", r"[\x00-\x7f]"))


@functools.cache
def _in_hash_order(members: tuple[str, ...]) -> tuple[str, ...]:
    """Return the members in the order in which the service was seen to list them: by their Java hash."""
    size = 1 << (4 * len(members) - 1).bit_length()
    places = {member: (_java_hash(member) & (size - 1), -number) for number, member in enumerate(members)}
    return tuple(sorted(members, key=places.__getitem__))


def _java_hash(text: str) -> int:
    code = 0
    for character in text:
        code = (31 * code + ord(character)) & 0xFFFFFFFF
    return code
