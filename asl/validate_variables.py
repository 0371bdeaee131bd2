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
    expressions: list[tuple[str, str]] = []
    for name, value, at in _walk(document):
        if name == "Assign" and isinstance(value, dict):
            assigned.update(key.removesuffix(".$") for key in value)
        if is_expression(value):
            expressions.append((value, at))
    for text, at in expressions:
        try:
            used = reads(text).variables
        except SyntaxFault:
            continue  # said where the expression is checked
        for name in sorted(used - assigned):
            found.warn("UNDEFINED_VARIABLE", f"Nothing assigns the variable ${name}", at)


def _walk(document: JSON) -> Iterator[tuple[str, JSON, str]]:
    pending: list[tuple[str, JSON, str]] = [("", document, "")]
    while pending:
        name, value, at = pending.pop()
        yield name, value, at
        if isinstance(value, dict):
            pending.extend((str(key), part, pointer(at, key)) for key, part in value.items())
        elif isinstance(value, list):
            pending.extend((str(index), part, pointer(at, index)) for index, part in enumerate(value))
