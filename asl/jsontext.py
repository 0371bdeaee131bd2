"""JSON texts, as the service writes them into histories."""

from __future__ import annotations

import json
import math
from typing import Any

import orjson

from .errors import RUNTIME, StateError

JSON = Any


def to_text(value: JSON) -> str:
    """Return compact JSON; raises StateError for a value that is nested too deeply to be written."""
    try:
        return orjson.dumps(value).decode()
    except (TypeError, UnicodeEncodeError) as error:  # integers beyond 64 bits, lone surrogates
        if "Recursion" in str(error):
            raise StateError(RUNTIME, "The value is nested too deeply.") from None
        return json.dumps(value, separators=(",", ":"))


def from_text(text: str) -> JSON:
    """Return the value of a JSON text; raises ValueError."""
    try:
        return orjson.loads(text)
    except (ValueError, UnicodeEncodeError):
        pass
    try:
        return whole_characters(json.loads(text, parse_constant=_no_constant, parse_float=_finite))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def whole_characters(value: JSON) -> JSON:
    """Return a value in which `?` stands for each half of a surrogate pair, which no database takes."""
    try:
        orjson.dumps(value)
    except TypeError:  # or an integer beyond 64 bits
        return json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return value


def _no_constant(name: str) -> JSON:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):  # would be written as null
        raise ValueError(f"{text[:40]} is too large a number")
    return number
