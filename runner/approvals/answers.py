"""What a person may answer: choice, comment and fields, checked and made into values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from runner.models import Approval

MOST_CHARACTERS = 20_000


def check(
    approval: Approval, choice: str, comment: str, fields: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of the fields, and what is wrong by name: `choice`, `comment`, `fields.<Name>`."""
    errors: dict[str, str] = {}
    if not any(offered["Value"] == choice for offered in approval.choices):
        errors["choice"] = "Choose one of the answers."
    if approval.comment == "required" and not comment.strip():
        errors["comment"] = "Say why: this question wants a comment."
    elif len(comment) > MOST_CHARACTERS:
        errors["comment"] = f"The comment is longer than {MOST_CHARACTERS} characters."
    values: dict[str, Any] = {}
    for field in approval.fields:
        name = field["Name"]
        try:
            values[name] = value_of(field, fields.get(name))
        except ValueError as error:
            errors[f"fields.{name}"] = str(error)
    for name in fields:
        if name not in values and f"fields.{name}" not in errors:
            errors[f"fields.{name}"] = "The question has no such field."
    return values, errors


def value_of(field: Mapping[str, Any], given: Any) -> Any:
    """Return one field's value in its type, None where nothing was given; raises ValueError in words."""
    kind = field.get("Type", "text")
    if kind == "boolean":
        ticked = given in (True, "true", "on", "1", "yes")
        if field.get("Required") and not ticked:
            raise ValueError("This has to be ticked.")
        return ticked
    if given is None or (isinstance(given, str) and not given.strip()):
        if field.get("Required"):
            raise ValueError("This has to be filled in.")
        return None
    match kind:
        case "number":
            return _number(given)
        case "date":
            try:
                return date.fromisoformat(str(given)).isoformat()
            except ValueError:
                raise ValueError("This has to be a date such as 2026-11-24.") from None
        case "select" | "choice":
            options = [str(option) for option in field.get("Options") or []]
            if str(given) not in options:
                raise ValueError("Choose one of the options.")
            return str(given)
        case _:
            if not isinstance(given, str):
                raise ValueError("This has to be text.")
            if len(given) > MOST_CHARACTERS:
                raise ValueError(f"This is longer than {MOST_CHARACTERS} characters.")
            return given.replace("\r\n", "\n")


def _number(given: Any) -> int | float:
    try:
        if isinstance(given, bool):
            raise ValueError
        if isinstance(given, int):
            return given
        number = float(given)
    except (TypeError, ValueError):
        raise ValueError("This has to be a number.") from None
    if not math.isfinite(number):
        raise ValueError("This has to be a number.")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
