"""Wait: lets time pass."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..choice_rules import read_timestamp
from ..errors import RUNTIME, QueryError, StateError
from ..jsontext import to_text
from ..query.jsonpath import PathNotFound
from ..query.templates import Constant, FieldPath
from ..states import Field, Wait
from .cursor import Cursor
from .data_flow import effective_input, output_of_input
from .events import TimerPurpose
from .frames import Waiting
from .work import Run

JSON = Any

MAX_SECONDS = 99_999_999  # the service's limit


def enter(run: Run, cursor: Cursor, state: Wait) -> None:
    """Set the timer; a time that has come is not waited for."""
    due = _due(run, cursor, state)
    if due <= run.at:
        complete(run, cursor, state)
    else:
        run.begin_timer(cursor, Waiting.TIMER, TimerPurpose.WAIT, due)


def resume(run: Run, cursor: Cursor, state: Wait) -> None:
    """Go on: the time is over."""
    run.end_wait(cursor, "succeeded")
    complete(run, cursor, state)


def complete(run: Run, cursor: Cursor, state: Wait) -> None:
    """Leave the state with its input."""
    output, assigned = output_of_input(cursor, state.transform)
    run.leave(cursor, "WaitStateExited", output, state.next, assigned)


def _due(run: Run, cursor: Cursor, state: Wait) -> datetime:
    if state.seconds is not None:
        return run.later(_seconds(cursor, state, state.seconds))
    assert state.timestamp is not None
    value = _read(cursor, state, state.timestamp)
    due = read_timestamp(value)
    if due is None:
        shown = value if isinstance(value, str) else to_text(value)
        if state.timestamp.is_path:
            cause = (
                "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time "
                f"format string: {state.timestamp.text} == {shown}"
            )
            raise StateError(RUNTIME, cause)
        what = "cannot be parsed as an ISO-8601 extended offset date-time format string"
        cause = f"The Timestamp field {what}: {shown}"
        raise QueryError(cause, "Timestamp")
    return due


def _seconds(cursor: Cursor, state: Wait, field: Field) -> float:
    value = _read(cursor, state, field)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if field.is_path:
        if not number:
            what = f"does not reference a valid integer: {field.text} == {to_text(value)}"
            raise StateError(RUNTIME, f"The SecondsPath parameter {what}")
        if value < 0:
            raise StateError(
                RUNTIME, f"The SecondsPath parameter references a negative value: {field.text} == {value}"
            )
    elif not number or value < 0:
        raise QueryError(
            f"The Seconds field must be a non-negative number but was: {to_text(value)}", "Seconds"
        )
    return float(min(value, MAX_SECONDS))


def _read(cursor: Cursor, state: Wait, field: Field) -> JSON:
    if isinstance(field.expression, Constant):
        return field.expression.value
    if state.transform.jsonata:
        return field.expression.evaluate({"input": cursor.input}, cursor)
    root = effective_input(cursor, state.transform)
    if isinstance(field.expression, FieldPath):
        try:
            return field.expression.path.evaluate(root, cursor)
        except PathNotFound:
            cause = f"The {field.name} parameter does not reference an input value: {field.text}"
            raise StateError(RUNTIME, cause) from None
    return field.expression.evaluate(root, cursor)
