"""Reads what comes in beside bodies: JSON that people typed, numbers in addresses, objects."""

from __future__ import annotations

import json
from typing import Any

from rest_framework import serializers

from .bodies import refuse_constant, why_unfit, why_unreadable
from .problems import field_problem

# What a column of whole numbers holds.
MOST_IN_A_COLUMN = 2**31 - 1


def json_text(field: str, text: str) -> str:
    """Return a text that is JSON; raises a problem with line and column otherwise."""
    try:
        json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise field_problem(
            field,
            f"This is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.",
            line=error.lineno,
            column=error.colno,
        ) from None
    except (ValueError, RecursionError) as error:
        raise field_problem(field, f"This is not JSON that can be read: {why_unreadable(error)}") from None
    if unfit := why_unfit(text):
        raise field_problem(field, unfit)
    return text


def whole_number(field: str, text: str | None, default: int, *, most: int) -> int:
    """Return a query parameter that counts something."""
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise field_problem(field, "This must be a whole number.")
    return min(int(text), most)


class ObjectField(serializers.DictField):
    """A JSON object; null is an empty one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        return (True, {}) if data is None else super().validate_empty_values(data)
