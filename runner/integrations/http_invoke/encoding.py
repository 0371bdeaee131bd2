"""Query parameters and URL-encoded bodies, in the four ways that endpoints like their arrays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

JSON = Any
QueryValue = str | list[str]

BODY_ENCODINGS = ("NONE", "URL_ENCODED")
ARRAY_FORMATS = ("INDICES", "REPEAT", "COMMAS", "BRACKETS")
FORM_TYPE = "application/x-www-form-urlencoded"


def query_of(parameters: Mapping[str, JSON]) -> dict[str, QueryValue]:
    """Returns query parameters as texts; a list repeats its name, null leaves it out."""
    query: dict[str, QueryValue] = {}
    for name, value in parameters.items():
        if value is None:
            continue
        query[name] = [_scalar(item) for item in value] if isinstance(value, list) else _scalar(value)
    return query


def url_encoded(body: Mapping[str, JSON], array_format: str) -> str:
    """Returns the body as form fields: nested members as `a[b]`, arrays as the format says."""
    pairs = [pair for name, value in body.items() for pair in _pairs(quote_plus(name), value, array_format)]
    return "&".join(f"{name}={value}" for name, value in pairs)


def _pairs(name: str, value: JSON, array_format: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _pairs(f"{name}[{quote_plus(key)}]", inner, array_format)
        case list() if array_format == "COMMAS":
            yield name, ",".join(quote(_scalar(item), safe="") for item in value)
        case list():
            for place, item in enumerate(value):
                yield from _pairs(name + _place(place, array_format), item, array_format)
        case None:
            yield name, ""
        case _:
            yield name, quote_plus(_scalar(value))


def _place(place: int, array_format: str) -> str:
    match array_format:
        case "INDICES":
            return f"[{place}]"
        case "BRACKETS":
            return "[]"
        case _:
            return ""


def _scalar(value: JSON) -> str:
    """Returns a value as a form shows it: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
