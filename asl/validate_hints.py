"""Warnings of what looks like a path and is taken as plain text; the service warns of the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .findings import Found, pointer

JSON = Any

_LOOKS_LIKE_A_PATH = re.compile(r"\$\$?(?:\.|\[)[\w'\"$.\[\]*-]+|States\.[A-Z]\w+\(.*\)", re.DOTALL)
_TEMPLATES = ("Parameters", "ResultSelector", "ItemSelector", "Assign")
# fields with a sibling whose name ends in Path
_TEXTS = ("Error", "Cause")
_MAX_DEPTH = 200


def check_hints(found: Found, kind: str, state: Mapping[str, JSON], at: str, jsonata: bool) -> None:
    """Warn of paths in a JSONPath state that stand where nothing reads them as paths."""
    if jsonata:
        return
    for name in _TEMPLATES:
        if name in state:
            _check_template(found, state[name], pointer(at, name), 0)
    if kind == "Pass" and _holds_path(state.get("Result"), 0):
        message = "The Result of a Pass state is plain data: its paths are not read; use Parameters"
        says = "Attempt to use a path in the result of a pass state."
        found.warn("PASS_RESULT_IS_STATIC", message, pointer(at, "Result"), says=says)
    for name in _TEXTS if kind == "Fail" else ():
        if _is_path(state.get(name)):
            message = f"{name} is plain text: use {name}Path for a path"
            says = "Field value looks like a path, but field name does not end with 'Path'."
            found.warn("NO_PATH", message, pointer(at, name), says=says)


def _check_template(found: Found, value: JSON, at: str, depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for name, part in value.items():
            if not name.endswith(".$") and _is_path(part):
                message = (
                    f"'{name}' holds plain text that looks like a path: name it '{name}.$' to have it read"
                )
                says = "No .$ on a field that appears to be a JSONPath or Intrinsic Function."
                found.warn("NO_DOLLAR", message, pointer(at, name), says=says)
            elif isinstance(part, dict | list):
                _check_template(found, part, pointer(at, name), depth + 1)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            if isinstance(part, dict | list):
                _check_template(found, part, pointer(at, index), depth + 1)


def _holds_path(value: JSON, depth: int) -> bool:
    if depth > _MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return any(_holds_path(part, depth + 1) for part in value.values())
    if isinstance(value, list):
        return any(_holds_path(part, depth + 1) for part in value)
    return _is_path(value)


def _is_path(value: JSON) -> bool:
    return isinstance(value, str) and _LOOKS_LIKE_A_PATH.fullmatch(value) is not None
