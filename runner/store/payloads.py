"""Large values live in the blob store and come back transparently (law 9)."""

from __future__ import annotations

from typing import Any

import orjson

from asl.jsontext import whole_characters
from runner import blobs

# Above this a row would make every read of its page slow; below it, a file would.
THRESHOLD_BYTES = 64 * 1024
_PREFIX = "blob:"  # no JSON text begins with a b


def pack(text: str) -> str:
    """Return the text itself, or a reference to it when it is large."""
    if len(text) <= THRESHOLD_BYTES:
        return text
    return _PREFIX + blobs.store().put(text.encode())


def unpack(text: str) -> str:
    """Return what `pack` was given."""
    if text.startswith(_PREFIX):
        return blobs.store().get(text[len(_PREFIX) :]).decode()
    return text


def dumps(value: Any) -> str:
    """Return the JSON text of a value; integers beyond 64 bits and other oddities go the long way."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        import json

        return json.dumps(value, separators=(",", ":"))


def loads(text: str) -> Any:
    """Return the value of a JSON text, read back from the blob store where it is there."""
    text = unpack(text)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        import json

        return whole_characters(json.loads(text))
