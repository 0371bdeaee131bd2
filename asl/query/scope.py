"""What an expression may see besides the value that `$` stands for."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, Protocol

JSON = Any


class Scope(Protocol):
    """Built by the interpreter for one state; each part is made when an expression asks for it."""

    def context(self) -> dict[str, JSON]:
        """Return the Context Object."""
        ...

    def variables_seen(self) -> Mapping[str, JSON]:
        """Return the variables that the state sees, those of outer scopes included."""
        ...

    def random(self) -> Random:
        """Return the step's source of chance."""
        ...


class Expression(Protocol):
    """A compiled path, intrinsic function, JSONata expression or template.

    `root` is what `$` stands for in JSONPath, and the `$states` object, without its context, in JSONata.
    """

    def evaluate(self, root: JSON, scope: Scope) -> JSON: ...
