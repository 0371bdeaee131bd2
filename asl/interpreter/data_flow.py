"""What a state makes of its input and its result, stage by stage."""

from __future__ import annotations

from typing import Any

from ..errors import RUNTIME, StateError
from ..query.jsonpath import Path, PathNotFound
from ..query.scope import Scope
from ..query.templates import Constant
from ..states import Discard, Field, Transform
from .cursor import Cursor

JSON = Any


def effective_input(cursor: Cursor, transform: Transform) -> JSON:
    """Return the input that InputPath leaves."""
    path = transform.input_path
    value: JSON = cursor.input
    if path is not None:
        value = {} if isinstance(path, Discard) else _through(path, value, cursor)
    trace(cursor, "afterInputPath", value)
    return value


def arguments(cursor: Cursor, transform: Transform) -> JSON:
    """Return what Parameters, or Arguments, make of the input."""
    if transform.jsonata:
        value = cursor.input
        if transform.arguments is not None:
            value = transform.arguments.evaluate({"input": value}, cursor)
        trace(cursor, "afterArguments", value)
        return value
    value = effective_input(cursor, transform)
    if transform.arguments is not None:
        value = transform.arguments.evaluate(value, cursor)
    trace(cursor, "afterParameters", value)
    return value


def output_of_result(cursor: Cursor, transform: Transform, result: JSON) -> tuple[JSON, JSON]:
    """Return the state's output and the variables it assigns, from its result."""
    if transform.jsonata:
        return output_of_states(cursor, transform, {"input": cursor.input, "result": result}, result)
    assigned = transform.assign.evaluate(result, cursor) if transform.assign is not None else None
    value = result
    if transform.result_selector is not None:
        value = transform.result_selector.evaluate(value, cursor)
    trace(cursor, "afterResultSelector", value)
    path = transform.result_path
    if path is not None:
        value = cursor.input if isinstance(path, Discard) else path.put(cursor.input, value)
    trace(cursor, "afterResultPath", value)
    return output_path(cursor, transform, value), assigned


def output_of_input(cursor: Cursor, transform: Transform) -> tuple[JSON, JSON]:
    """Return the output and the variables of a state that has no result: Choice, Wait, Succeed."""
    if transform.jsonata:
        return output_of_states(cursor, transform, {"input": cursor.input}, cursor.input)
    value = effective_input(cursor, transform)
    assigned = transform.assign.evaluate(value, cursor) if transform.assign is not None else None
    return output_path(cursor, transform, value), assigned


def output_of_states(
    cursor: Cursor, transform: Transform, states: dict[str, JSON], default: JSON
) -> tuple[JSON, JSON]:
    """Return output and variables of a JSONata state, for what `$states` holds."""
    assigned = transform.assign.evaluate(states, cursor) if transform.assign is not None else None
    if transform.output is None:
        return default, assigned
    return transform.output.evaluate(states, cursor), assigned


def output_path(cursor: Cursor, transform: Transform, value: JSON) -> JSON:
    """Return the output that OutputPath leaves."""
    path = transform.output_path
    if path is None:
        return value
    return {} if isinstance(path, Discard) else _through(path, value, cursor)


def _through(path: Path, value: JSON, scope: Scope) -> JSON:
    try:
        return path.evaluate(value, scope)
    except PathNotFound as missing:
        raise StateError(RUNTIME, f"Invalid path '{path.text}' : {missing}") from None


def field_value(cursor: Cursor, field: Field, transform: Transform) -> JSON:
    """Return the value of a field such as TimeoutSeconds, given as it is, by a path or by an expression."""
    if isinstance(field.expression, Constant):
        return field.expression.value
    if transform.jsonata:
        return field.expression.evaluate({"input": cursor.input}, cursor)
    return field.expression.evaluate(effective_input(cursor, transform), cursor)


def trace(cursor: Cursor, stage: str, value: JSON) -> None:
    """Keep a stage of the data flow, where the step asks for it."""
    if cursor.run.step.trace:
        cursor.run.trace.append((stage, value))
