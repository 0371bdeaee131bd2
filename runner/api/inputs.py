"""Reads JSON that people typed."""

from __future__ import annotations

import json
from typing import Any

from .problems import field_problem


def json_text(field: str, text: str) -> str:
    """Return a text that is JSON; raises a problem with line and column otherwise."""
    try:
        json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise field_problem(
            field,
            f"This is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.",
            line=error.lineno,
            column=error.colno,
        ) from None
    except ValueError as error:
        raise field_problem(field, f"This is not JSON: {error}.") from None
    except RecursionError:
        raise field_problem(field, "This is nested too deeply.") from None
    return text


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON value")


def whole_number(field: str, text: str | None, default: int, *, most: int) -> int:
    """Return a query parameter that counts something."""
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise field_problem(field, "This must be a whole number.")
    return min(int(text), most)
