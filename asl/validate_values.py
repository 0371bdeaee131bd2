"""Checks of single values in a definition."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import service_phrases as phrases
from .choice_rules import read_timestamp
from .errors import SyntaxFault
from .findings import SCHEMA, Found, is_placeholder, pointer
from .query.jsonata import compile_expression, is_expression, reads
from .query.jsonpath import compile_path, compile_reference_path
from .query.templates import compile_field

JSON = Any

_NAME = re.compile(r"[^\W\d]\w*")
_MAX_DEPTH = 200


def check_value(found: Found, value: JSON, kind: str, jsonata: bool, at: str, name: str) -> None:  # noqa: PLR0917
    """Report what is wrong with one field's value; `kind` is one of those in fields.py."""
    if kind.endswith("?"):
        if value is None:
            return
        kind = kind[:-1]
    if value is None and name in _ABSENT_WHEN_NULL:
        return
    if jsonata and is_expression(value):
        check_expression(found, value, at)
        return
    if kind in {"any", "arguments"}:
        if jsonata:
            check_jsonata(found, value, at, 0)
    elif kind in _STRUCTURED:
        _STRUCTURED[kind](found, value, jsonata, at, name)
    elif is_placeholder(value):
        if kind != "text":
            found.placeholder(value, at, phrases.expected(_PLAIN[kind].kind) if kind in _PLAIN else None)
    else:
        _check_plain(found, value, _PLAIN[kind], at, name)


# a null in these counts as absent, as the service takes it
_ABSENT_WHEN_NULL = frozenset({"TimeoutSeconds", "Comment"})


# ------------------------------------------------------------------ values without expressions in them
@dataclass(frozen=True, slots=True)
class _Plain:
    """What a field's value must be, in our words and in the service's."""

    wanted: str
    kind: str  # as the service calls it
    is_kind: Callable[[JSON], bool]
    least: float | None = None
    most: float | None = None
    says: str | None = None  # of a value that is of the kind and wrong all the same
    good: Callable[[JSON], bool] | None = None


def _number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: JSON) -> bool:
    return _number(value) and value == value // 1  # a float may be infinite


def _is(kind: type) -> Callable[[JSON], bool]:
    return lambda value: isinstance(value, kind)


_MOST_SECONDS = 99_999_999
_PLAIN: Mapping[str, _Plain] = {
    "text": _Plain("a string", phrases.STRING, _is(str)),
    "true": _Plain("true", phrases.BOOLEAN, _is(bool)),
    "list": _Plain("a list", phrases.ARRAY, _is(list)),
    "object": _Plain("an object", phrases.OBJECT, _is(dict)),
    "items": _Plain(
        "a list or an expression", phrases.ARRAY, lambda value: isinstance(value, list | dict)
    ),
    "positive": _Plain(
        "an integer from 1 to 99999999", phrases.INTEGER, _whole, least=1, most=_MOST_SECONDS
    ),
    "seconds": _Plain(
        "a number from 0 to 99999999", phrases.INTEGER, _number, least=0, most=_MOST_SECONDS
    ),
    "count": _Plain("an integer of at least 0", phrases.INTEGER, _whole, least=0, most=10**9),
    "percentage": _Plain("a number from 0 to 100", phrases.NUMBER, _number, least=0.0, most=100.0),
    "timestamp": _Plain(
        "an ISO 8601 time with an offset", phrases.STRING, _is(str), says=phrases.NOT_A_TIMESTAMP,
        good=lambda value: read_timestamp(value) is not None,
    ),
}  # fmt: skip


def _check_plain(found: Found, value: JSON, plain: _Plain, at: str, name: str) -> None:
    says = None
    if not plain.is_kind(value):
        says = phrases.expected(plain.kind)
    elif plain.least is not None and value < plain.least:
        says = phrases.at_least(plain.least)
    elif plain.most is not None and value > plain.most:
        says = phrases.at_most(plain.most)
    elif plain.good is not None and not plain.good(value):
        says = plain.says
    if says is not None:
        found.error(SCHEMA, f"{name} must be {plain.wanted}", at, says=says)
    elif plain.kind == phrases.INTEGER and not _whole(value):
        message = f"{name} is a fraction: AWS takes whole seconds only"
        found.refused(SCHEMA, message, at, says=phrases.expected(phrases.INTEGER))


# ------------------------------------------------------------------ JSONata
def check_expression(found: Found, value: str, at: str) -> None:
    """Report a JSONata expression that cannot be read, or that reads what is never there."""
    try:
        compile_expression(value, "")
        read = reads(value)
    except SyntaxFault as fault:
        if is_placeholder(value):
            found.placeholder(value, at, None)
            return
        message = f"The JSONata expression cannot be read: {fault}"
        says = str(fault).partition(" ")[2] or str(fault)  # without the code
        found.error(SCHEMA, message, at, says=says, as_code="INVALID_JSONATA_EXPRESSION")
        return
    for name in read.names:
        message = f"'{name}' reads nothing here: an expression starts from $states.input or from a variable"
        found.refused(UNSUPPORTED, message, at, says=phrases.top_level_reference(name))
    for name in sorted(read.states):
        if not _is_there(name, at):
            message = f"There is no $states.{name} here"
            found.refused(UNSUPPORTED, message, at, says=phrases.no_such_field(f"$states.{name}"))


UNSUPPORTED = "UNSUPPORTED_JSONATA_EXPRESSION"
_IN_A_CATCHER = re.compile(r"/Catch/\d+/(?:Output|Assign)(?:/|$)")
_BEFORE_THE_WORK = re.compile(r"/States/[^/]+/(?:Arguments|Items|ItemSelector)(?:/|$)")


def _is_there(name: str, at: str) -> bool:
    """Whether `$states` has this field where an expression stands."""
    match name:
        case "input" | "context":
            return True
        case "result":
            return _BEFORE_THE_WORK.search(at) is None
        case "errorOutput":
            return _IN_A_CATCHER.search(at) is not None
        case _:
            return False


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
    elif is_expression(value):
        check_expression(found, value, at)


# ------------------------------------------------------------------ JSONPath
def check_payload(found: Found, value: JSON, at: str, root: str, depth: int = 0) -> None:
    """Report every `....$` field of a Payload Template that holds no path and no intrinsic function.

    The service points at `root`, the field that holds the template.
    """
    if depth > _MAX_DEPTH:
        found.error(SCHEMA, "The value is nested too deeply", at)
    elif isinstance(value, dict):
        for name, part in value.items():
            place = pointer(at, name)
            if name.endswith(".$"):
                _function(found, part, place, name, root)
            else:
                check_payload(found, part, place, root, depth + 1)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            check_payload(found, part, pointer(at, index), root, depth + 1)


def _payload(found: Found, value: JSON, jsonata: bool, at: str, name: str) -> None:
    check_payload(found, value, at, at)


def _assign(found: Found, value: JSON, jsonata: bool, at: str, name: str) -> None:
    if not isinstance(value, dict):
        says = phrases.expected(phrases.OBJECT)
        found.wrong(value, "Assign must be an object", at, says=says)
        return
    for variable in value:
        bare = variable.removesuffix(".$") if not jsonata else variable
        if not _NAME.fullmatch(bare) or len(bare) > 80 or bare == "states":
            found.error(SCHEMA, f"'{bare}' cannot be the name of a variable", pointer(at, variable))
    if jsonata:
        check_jsonata(found, value, at, 0)
    else:
        check_payload(found, value, at, at)


def _credentials(found: Found, value: JSON, jsonata: bool, at: str, name: str) -> None:
    if not isinstance(value, dict):
        says = phrases.expected(phrases.OBJECT)
        found.wrong(value, "Credentials must be an object", at, says=says)
    elif jsonata:
        check_jsonata(found, value, at, 0)
    else:
        check_payload(found, value, at, at)


def _path(found: Found, value: JSON, jsonata: bool, at: str, name: str) -> None:
    if isinstance(value, str) and value.startswith("States."):
        _function(found, value, at, name, at)
        return
    says = phrases.not_a_reference_path(value)
    if not isinstance(value, str):
        says = phrases.expected(phrases.STRING)
    elif name in ("InputPath", "OutputPath"):
        says = phrases.NOT_A_PATH
    _compiled(found, value, compile_path, f"{name} is no JSONPath", says, at)


def _reference(found: Found, value: JSON, jsonata: bool, at: str, name: str) -> None:
    says = phrases.not_a_reference_path(value)
    if not isinstance(value, str):
        says = phrases.expected(phrases.STRING)
    _compiled(found, value, compile_reference_path, f"{name} is no Reference Path", says, at)


def _path_or_function(found: Found, value: JSON, jsonata: bool, at: str, name: str) -> None:
    _function(found, value, at, name, at)


def _function(found: Found, value: JSON, at: str, name: str, service_at: str) -> None:
    says = phrases.not_a_path_or_function(name)
    what = f"The value for the field '{name}' must be a valid JSONPath or intrinsic function"
    _compiled(found, value, lambda text: compile_field(text, name), what, says, at, service_at)


def _compiled(  # noqa: PLR0917
    found: Found,
    value: JSON,
    compiler: Callable[[str], object],
    what: str,
    says: str,
    at: str,
    service_at: str | None = None,
) -> None:
    try:
        if not isinstance(value, str):
            raise SyntaxFault("a string is expected")
        compiler(value)
    except SyntaxFault as fault:
        if is_placeholder(value):
            found.placeholder(value, at, says)
        else:
            found.error(SCHEMA, f"{what}: {fault}", at, says=says, at=service_at)


_STRUCTURED: Mapping[str, Callable[[Found, JSON, bool, str, str], None]] = {
    "payload": _payload, "assign": _assign, "credentials": _credentials, "path": _path,
    "reference": _reference, "path_or_function": _path_or_function, "language": lambda *_: None,
}  # fmt: skip
