"""Variables that are used and nowhere assigned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .errors import SyntaxFault
from .findings import Found, pointer
from .query.jsonata import is_expression, reads

JSON = Any


def check_variables(found: Found, document: JSON) -> None:
    """Warn of each `$name` in an expression that no Assign of the definition sets."""
    assigned: set[str] = set()
    expressions: list[tuple[str, Steps]] = []
    for name, value, steps in _walk(document):
        if name == "Assign" and isinstance(value, dict):
            assigned.update(key.removesuffix(".$") for key in value)
        elif is_expression(value):
            expressions.append((value, steps))
    for text, steps in expressions:
        try:
            used = reads(text).variables
        except SyntaxFault:
            continue  # said where the expression is checked
        for name in sorted(used - assigned):
            found.warn("UNDEFINED_VARIABLE", f"Nothing assigns the variable ${name}", _pointer(steps))


# The way to a value, last step first: only those of findings are ever written out.
Steps = tuple["Steps", str | int] | None


def _walk(document: JSON) -> Iterator[tuple[str | int, JSON, Steps]]:
    pending: list[tuple[str | int, JSON, Steps]] = [("", document, None)]
    while pending:
        name, value, steps = pending.pop()
        yield name, value, steps
        if isinstance(value, dict):
            pending.extend((key, part, (steps, key)) for key, part in value.items())
        elif isinstance(value, list):
            pending.extend((index, part, (steps, index)) for index, part in enumerate(value))


def _pointer(steps: Steps) -> str:
    names: list[str | int] = []
    while steps is not None:
        steps, name = steps
        names.append(name)
    at = ""
    for name in reversed(names):
        at = pointer(at, name)
    return at
