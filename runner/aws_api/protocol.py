"""The service's shapes, as botocore has them: requests are checked against them, answers made by them."""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import Any

import botocore.session
from botocore.model import (
    ListShape,
    MapShape,
    OperationModel,
    ServiceModel,
    Shape,
    StringShape,
    StructureShape,
)

from .constraints import Violations
from .errors import ApiError, validation

JSON = Any

TARGET_PREFIX = "AWSStepFunctions."


@functools.cache
def service() -> ServiceModel:
    """Return botocore's model of Step Functions; reading it takes a moment, once."""
    return botocore.session.get_session().get_service_model("stepfunctions")


@functools.cache
def operations() -> dict[str, OperationModel]:
    """Return every operation of the service by its name."""
    return {name: service().operation_model(name) for name in service().operation_names}


def checked(operation: OperationModel, body: JSON) -> dict[str, JSON]:
    """Return a request that has the operation's shape, without members that are null.

    Members that the model does not know are left out, as the service does. Raises `ApiError`:
    `SerializationException` for a value of another type, `ValidationException` for one out of bounds.
    """
    shape = operation.input_shape
    if not isinstance(body, dict):
        raise ApiError("SerializationException", "The request is not a JSON object.")
    if shape is None:
        return {}
    violations = Violations()
    request = _checked(shape, body, "", violations)
    if violations.found:
        raise validation(violations.sentence())
    assert isinstance(request, dict)
    return request


def _checked(shape: Shape, value: JSON, path: str, violations: Violations) -> JSON:
    match shape:
        case StructureShape():
            if not isinstance(value, dict):
                raise _mistyped(path, value, "an object")
            result: dict[str, JSON] = {}
            for name, member in shape.members.items():
                inner = value.get(name)
                where = f"{path}.{name}" if path else name
                if inner is not None:
                    result[name] = _checked(member, inner, where, violations)
                elif name in shape.required_members:
                    violations.missing(where)
            return result
        case ListShape():
            if not isinstance(value, list):
                raise _mistyped(path, value, "a list")
            items = [inner for inner in value if inner is not None]
            violations.length(shape, items, path)
            return [
                _checked(shape.member, inner, f"{path}.{number}.member", violations)
                for number, inner in enumerate(items, 1)
            ]
        case MapShape():
            if not isinstance(value, dict):
                raise _mistyped(path, value, "an object")
            return {
                name: _checked(shape.value, inner, f"{path}.{name}", violations)
                for name, inner in value.items()
                if inner is not None
            }
        case StringShape():
            if not isinstance(value, str):
                raise _mistyped(path, value, "a string")
            value = _storable(value, shape)
            violations.text(shape, value, path)
            return value
    return _scalar(shape, value, path, violations)


def _storable(text: str, shape: StringShape) -> str:
    """Return a text without what no database takes: halves of surrogate pairs, as Java writes them, and NUL.

    Names keep their NUL: they are refused for it, and told as they came.
    """
    if "\x00" in text and shape.name != "Name":
        text = text.replace("\x00", "?")
    return text if text.isascii() else text.encode(errors="replace").decode()


def _scalar(shape: Shape, value: JSON, path: str, violations: Violations) -> JSON:
    match shape.type_name:
        case "boolean":
            if not isinstance(value, bool):
                raise _mistyped(path, value, "true or false")
        case "integer" | "long":
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if isinstance(value, bool) or not isinstance(value, int):
                raise _mistyped(path, value, "a whole number")
            violations.range(shape, value, path)
        case "float" | "double":
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise _mistyped(path, value, "a number")
            violations.range(shape, value, path)
        case "timestamp":
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise _mistyped(path, value, "a number of seconds")
            try:
                return datetime.fromtimestamp(value, UTC)
            except (OverflowError, ValueError, OSError):
                raise _mistyped(path, value, "a time") from None
    return value


def rendered(shape: Shape | None, value: JSON) -> JSON:
    """Return a value as the shape writes it: members that are None left out, times as seconds.

    Raises KeyError for a member that the shape does not know: a fault of ours that a client should not
    find first.
    """
    match shape:
        case None:
            return {}
        case StructureShape():
            return {
                name: rendered(shape.members[name], inner)
                for name, inner in value.items()
                if inner is not None
            }
        case ListShape():
            return [rendered(shape.member, inner) for inner in value]
        case MapShape():
            return {name: rendered(shape.value, inner) for name, inner in value.items()}
    if isinstance(value, datetime):
        return round(value.timestamp(), 3)
    return value


def _mistyped(path: str, value: JSON, wanted: str) -> ApiError:
    return ApiError("SerializationException", f"'{path}' is {_kind(value)}, not {wanted}.")


def _kind(value: JSON) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"
