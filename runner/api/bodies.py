"""The bodies of requests: JSON that can be stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

JSON = Any


class BodyTooLarge(APIException):
    status_code = 413
    default_detail = "The body is larger than this server takes."


class JSONBody(JSONParser):
    """JSON that can be stored; anything else is refused with line and column where there is one."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> JSON:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise BodyTooLarge
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise ParseError(f"It is not UTF-8: {error}.") from None
        try:
            value = json.loads(text, parse_constant=refuse_constant)
        except json.JSONDecodeError as error:
            raise ParseError(str(error)) from error
        except (ValueError, RecursionError) as error:
            raise ParseError(why_unreadable(error)) from None
        if unfit := why_unfit(text):
            raise ParseError(unfit)
        return value


def why_unfit(text: str) -> str:
    """Return why a JSON text cannot be stored, or nothing: no database takes NUL or half a character."""
    lower = text.lower()
    if "\\u0000" not in lower and "\\ud" not in lower:
        return ""
    try:
        pieces = _texts(json.loads(text))
    except RecursionError as error:
        return why_unreadable(error)
    for piece in pieces:
        if "\x00" in piece:
            return "It holds the character NUL (\\u0000), which cannot be stored."
        if any("\ud800" <= character <= "\udfff" for character in piece):
            return "It holds half of a surrogate pair (\\ud800 to \\udfff), which is no character."
    return ""


def _texts(value: JSON) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for inner in value for text in _texts(inner)]
        case dict():
            return [*value, *(text for inner in value.values() for text in _texts(inner))]
    return []


def why_unreadable(error: Exception) -> str:
    """Return in words why Python would not read a JSON text."""
    return "It is nested too deeply." if isinstance(error, RecursionError) else f"{error}."


def refuse_constant(constant: str) -> JSON:
    """Refuse NaN and the infinities, which Python would read."""
    raise ValueError(f"{constant} is no JSON value")
