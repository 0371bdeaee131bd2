"""What a definition may hold by the service's rules, and this server does not do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from asl.errors import Diagnostic
from asl.findings import pointer
from runner.integrations import registry

CODE = "NOT_DONE_HERE"

# Fields of a distributed Map, which are checked and drawn.
_FIELDS = ("ItemReader", "ItemBatcher", "ResultWriter")


def warnings(definition: str) -> list[Diagnostic]:
    """Return a warning for each part of a definition that will fail when it is run here."""
    try:
        document = json.loads(definition)
    except (ValueError, RecursionError):
        return []
    return [Diagnostic("WARNING", CODE, message, location) for message, location in _found(document)]


def _found(document: Any) -> Iterator[tuple[str, str]]:
    # A stack of its own: what is nested deeply is somebody else's to refuse.
    pending = [(document, "")]
    while pending:
        value, location = pending.pop()
        match value:
            case {"Type": "Task", "Resource": str(resource)}:
                if registry.known(resource) and not registry.runs(resource):
                    yield f"This server does not do {resource}: the state will fail", f"{location}/Resource"
            case {"Type": "Map"}:
                for field in _FIELDS:
                    if field in value:
                        message = f"This server does not do {field} yet: the state will fail"
                        yield message, f"{location}/{field}"
        if isinstance(value, dict):
            inner = [(part, pointer(location, name)) for name, part in value.items()]
        elif isinstance(value, list):
            inner = [(part, pointer(location, number)) for number, part in enumerate(value)]
        else:
            continue
        pending.extend(reversed(inner))
