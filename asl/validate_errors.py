"""Checks of Retriers and Catchers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import service_phrases as phrases
from .errors import ALL, PREDEFINED
from .fields import CATCHER_FIELDS, JITTER, RETRIER_FIELDS
from .findings import SCHEMA, Found, is_placeholder, pointer
from .validate_values import check_value

JSON = Any

_KINDS = {"ResultPath": "reference?", "Assign": "assign", "Output": "any"}


def check_retriers(found: Found, parts: JSON, at: str) -> None:
    """Report what is wrong with a state's Retry."""
    for index, part in enumerate(parts if isinstance(parts, list) else ()):
        place = pointer(at, index)
        if not _check_names(found, part, place, index == len(parts) - 1):
            continue
        for name in part:
            if name not in RETRIER_FIELDS:
                _unknown(found, name, place)
            elif RETRIER_FIELDS[name] in _NUMBERS:
                _check_number(found, part[name], name, RETRIER_FIELDS[name], pointer(place, name))
        jitter = part.get("JitterStrategy")
        if "JitterStrategy" not in part or jitter in JITTER:
            continue
        where = pointer(place, "JitterStrategy")
        found.wrong(jitter, "JitterStrategy must be FULL or NONE", where, says=phrases.one_of(JITTER))


# kind -> (least, most, whole)
_NUMBERS: Mapping[str, tuple[float, float, bool]] = {
    "interval": (1, 99_999_999, True), "attempts": (0, 99_999_999, True), "rate": (1.0, float("inf"), False),
    "delay": (1, 31_622_399, True),
}  # fmt: skip


def _check_number(found: Found, value: JSON, name: str, kind: str, at: str) -> None:
    least, most, whole = _NUMBERS[kind]
    expected = phrases.expected(phrases.INTEGER if whole else phrases.NUMBER)
    if is_placeholder(value):
        found.placeholder(value, at, expected)
        return
    says = None
    if isinstance(value, bool) or not isinstance(value, int | float) or (whole and value != value // 1):
        says = expected
    elif value < least:
        says = phrases.at_least(least)
    elif value > most or value == float("inf"):
        says = phrases.at_most(most)
    if says is not None:
        kinds = "an integer" if whole else "a number"
        limit = f" and at most {most}" if value is not None and says == phrases.at_most(most) else ""
        found.error(SCHEMA, f"{name} must be {kinds} of at least {least:g}{limit}", at, says=says)


def check_catchers(found: Found, parts: JSON, at: str, jsonata: bool) -> None:
    """Report what is wrong with a state's Catch."""
    for index, part in enumerate(parts if isinstance(parts, list) else ()):
        place = pointer(at, index)
        if not _check_names(found, part, place, index == len(parts) - 1, "Next"):
            continue
        allowed = CATCHER_FIELDS[jsonata]
        for name, value in part.items():
            if name not in allowed and name in CATCHER_FIELDS[not jsonata]:
                says = phrases.of_the_other_language(name, jsonata=jsonata)
                message = f"The field '{name}' is not supported here"
                found.error(SCHEMA, message, pointer(place, name), says=says, at=place)
            elif name not in allowed:
                _unknown(found, name, place)
            elif name in _KINDS:
                check_value(found, value, _KINDS[name], jsonata, pointer(place, name), name)


def _check_names(found: Found, part: JSON, at: str, last: bool, *needed: str) -> bool:
    """Check a Retrier's or Catcher's names; return whether the rest can be checked."""
    if not isinstance(part, dict):
        found.wrong(part, "An object is expected", at, says=phrases.expected(phrases.OBJECT))
        return False
    missing = [name for name in ("ErrorEquals", *needed) if part.get(name) is None]
    if missing:
        found.error(SCHEMA, phrases.required(missing), at)
    names = part.get("ErrorEquals")
    place = pointer(at, "ErrorEquals")
    if names is None:
        return True
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        says = phrases.EMPTY if names == [] else phrases.expected(
            phrases.STRING if isinstance(names, list) else phrases.ARRAY
        )  # fmt: skip
        found.wrong(names, "ErrorEquals must be a list of names that is not empty", place, says=says)
    else:
        if ALL in names and (len(names) > 1 or not last):
            found.error(SCHEMA, f"{ALL} must stand alone, and last", place)
        for name in names:
            if name.startswith("States.") and name not in PREDEFINED and not name.startswith("States.Http."):
                found.warn(SCHEMA, f"There is no predefined error {name}", place)
    return True


def _unknown(found: Found, name: str, at: str) -> None:
    message = f"The field '{name}' is not known here"
    found.refused(SCHEMA, message, pointer(at, name), says=phrases.not_supported(name), at=at)
