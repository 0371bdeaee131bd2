"""Checks of single values in a definition."""

from __future__ import annotations

import re
from typing import Any

from .choice_rules import read_timestamp
from .errors import Diagnostic, SyntaxFault
from .query.jsonata import compile_expression, is_expression
from .query.jsonpath import compile_path, compile_reference_path
from .query.templates import compile_field

JSON = Any

SCHEMA = "SCHEMA_VALIDATION_FAILED"
_NAME = re.compile(r"[^\W\d]\w*")
_MAX_DEPTH = 200


class Found:
    """The findings so far."""

    def __init__(self) -> None:
        self.all: list[Diagnostic] = []

    def error(self, code: str, message: str, location: str) -> None:
        self.all.append(Diagnostic("ERROR", code, message, location))

    def warn(self, code: str, message: str, location: str) -> None:
        self.all.append(Diagnostic("WARNING", code, message, location))


def pointer(base: str, step: str | int) -> str:
    """Return the JSON pointer one step further."""
    return f"{base}/{str(step).replace('~', '~0').replace('/', '~1')}"


def is_placeholder(value: JSON) -> bool:
    """Whether a value is, or holds, a `${placeholder}` of a deployment template."""
    return isinstance(value, str) and "${" in value


def check_value(found: Found, value: JSON, kind: str, jsonata: bool, at: str, name: str) -> None:  # noqa: PLR0917
    """Report what is wrong with one field's value; `kind` is one of those in fields.py."""
    if kind.endswith("?"):
        if value is None:
            return
        kind = kind[:-1]
    if is_placeholder(value):
        return
    if value is None and name in _ABSENT_WHEN_NULL:
        return
    if jsonata and is_expression(value):
        check_expression(found, value, at)
        return
    match kind:
        case "any" | "arguments":
            if jsonata:
                check_jsonata(found, value, at, 0)
        case "payload":
            check_payload(found, value, at, 0)
        case "assign":
            _assign(found, value, jsonata, at)
        case "path":
            _path(found, value, at, name)
        case "path_or_function":
            _function(found, value, at, name)
        case "reference":
            _reference(found, value, at, name)
        case "credentials":
            if not isinstance(value, dict):
                found.error(SCHEMA, "Credentials must be an object", at)
            elif jsonata:
                check_jsonata(found, value, at, 0)
            else:
                check_payload(found, value, at, 0)
        case _:
            problem = _PLAIN[kind](value)
            if problem:
                found.error(SCHEMA, f"{name} must be {problem}", at)


# a null in these counts as absent, as the service takes it
_ABSENT_WHEN_NULL = frozenset({"TimeoutSeconds", "Comment"})


def _number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: JSON, least: int, most: int) -> bool:
    return _number(value) and least <= value <= most and value == int(value)


_PLAIN: dict[str, Any] = {
    "text": lambda v: None if isinstance(v, str) else "a string",
    "true": lambda v: None if isinstance(v, bool) else "true",
    "list": lambda v: None if isinstance(v, list) else "a list",
    "object": lambda v: None if isinstance(v, dict) else "an object",
    "language": lambda v: None,  # checked with the machine
    "items": lambda v: None if isinstance(v, list | dict) else "a list or an expression",
    "positive": lambda v: None if _whole(v, 1, 99_999_999) else "an integer from 1 to 99999999",
    "seconds": lambda v: None if _number(v) and 0 <= v <= 99_999_999 else "a number from 0 to 99999999",
    "count": lambda v: None if _whole(v, 0, 10**9) else "an integer of at least 0",
    "percentage": lambda v: None if _number(v) and 0 <= v <= 100 else "a number from 0 to 100",
    "timestamp": lambda v: None if read_timestamp(v) is not None else "an ISO 8601 time with an offset",
}


def check_expression(found: Found, value: str, at: str) -> None:
    """Report a JSONata expression that cannot be read."""
    try:
        compile_expression(value, "")
    except SyntaxFault as fault:
        found.error(SCHEMA, f"The JSONata expression cannot be read: {fault}", at)


def check_jsonata(found: Found, value: JSON, at: str, depth: int) -> None:
    """Report every expression in a JSONata template that cannot be read."""
    if depth > _MAX_DEPTH:
        found.error(SCHEMA, "The value is nested too deeply", at)
    elif isinstance(value, dict):
        for name, part in value.items():
            check_jsonata(found, part, pointer(at, name), depth + 1)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            check_jsonata(found, part, pointer(at, index), depth + 1)
    elif is_expression(value) and not is_placeholder(value):
        check_expression(found, value, at)


def check_payload(found: Found, value: JSON, at: str, depth: int) -> None:
    """Report every `....$` field of a Payload Template that holds no path and no intrinsic function."""
    if depth > _MAX_DEPTH:
        found.error(SCHEMA, "The value is nested too deeply", at)
    elif isinstance(value, dict):
        for name, part in value.items():
            place = pointer(at, name)
            if not name.endswith(".$"):
                check_payload(found, part, place, depth + 1)
            elif not is_placeholder(part):
                _function(found, part, place, name)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            check_payload(found, part, pointer(at, index), depth + 1)


def _assign(found: Found, value: JSON, jsonata: bool, at: str) -> None:
    if not isinstance(value, dict):
        found.error(SCHEMA, "Assign must be an object", at)
        return
    for name in value:
        bare = name.removesuffix(".$") if not jsonata else name
        if not _NAME.fullmatch(bare) or len(bare) > 80 or bare == "states":
            found.error(SCHEMA, f"'{bare}' cannot be the name of a variable", pointer(at, name))
    if jsonata:
        check_jsonata(found, value, at, 0)
    else:
        check_payload(found, value, at, 0)


def _path(found: Found, value: JSON, at: str, name: str) -> None:
    if isinstance(value, str) and value.startswith("States."):
        _function(found, value, at, name)
        return
    try:
        if not isinstance(value, str):
            raise SyntaxFault("a string that starts with $ is expected")
        compile_path(value)
    except SyntaxFault as fault:
        found.error(SCHEMA, f"{name} is no JSONPath: {fault}", at)


def _function(found: Found, value: JSON, at: str, name: str) -> None:
    try:
        if not isinstance(value, str):
            raise SyntaxFault("a string is expected")
        compile_field(value, name)
    except SyntaxFault as fault:
        found.error(
            SCHEMA,
            f"The value for the field '{name}' must be a valid JSONPath or intrinsic function: {fault}",
            at,
        )


def _reference(found: Found, value: JSON, at: str, name: str) -> None:
    try:
        if not isinstance(value, str):
            raise SyntaxFault("a string is expected")
        compile_reference_path(value)
    except SyntaxFault as fault:
        found.error(SCHEMA, f"{name} is no Reference Path: {fault}", at)
