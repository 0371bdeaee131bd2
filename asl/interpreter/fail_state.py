"""Fail: ends its frame with an error."""

from __future__ import annotations

from typing import Any

from ..errors import QUERY_EVALUATION_ERROR, RUNTIME, StateError
from ..jsontext import to_text
from ..query.scope import Expression
from ..states import Fail
from .cursor import Cursor
from .data_flow import trace
from .work import Run

JSON = Any


def enter(run: Run, cursor: Cursor, state: Fail) -> None:
    """Fail with the Error and the Cause, as far as they are given."""
    if not state.transform.jsonata:
        trace(cursor, "afterInputPath", cursor.input)
    error = _text(cursor, state, state.error, "Error")
    cause = _text(cursor, state, state.cause, "Cause")
    run.fail_frame(cursor, error, cause)


def _text(cursor: Cursor, state: Fail, expression: Expression | None, field: str) -> str | None:
    if expression is None:
        return None
    jsonata = state.transform.jsonata
    value: JSON = expression.evaluate({"input": cursor.input} if jsonata else cursor.input, cursor)
    if isinstance(value, str):
        return value
    raise StateError(
        QUERY_EVALUATION_ERROR if jsonata else RUNTIME,
        f"The {field} field must be a string but was: {to_text(value)}",
    )
