"""How an integration presents itself in the palette and in the inspector's form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JSON = Any


@dataclass(frozen=True, slots=True)
class Description:
    """`arguments_schema` is JSON Schema with hints for a form.

    `x-order` places a field; `x-group: "advanced"` folds it away; `x-verbatim` shows an enum's values as
    they are; `format` may be `expression`,
    `textarea`, `connection` (with `x-kinds`), `duration-seconds`, `json-schema`, `state-machine`,
    `email-list`, `key-values` or `json`. `arguments` is what a newly inserted state starts with.
    """

    resource: str
    title: str
    description: str
    icon: str  # a lucide icon's name
    category: str
    arguments_schema: JSON
    arguments: JSON
    state_name: str
    timeout_seconds: int | None = None
    suffixes: tuple[str, ...] = ()  # how else the resource may end: ".sync:2", ".waitForTaskToken" ...
    own: bool = False  # Cuelight's own: AWS Step Functions does not know it


def fields(*properties: tuple[str, JSON], required: tuple[str, ...] = ()) -> JSON:
    """Returns an object schema whose properties carry their order."""
    return {
        "type": "object",
        "properties": {
            name: {"x-order": place, **schema} for place, (name, schema) in enumerate(properties, 1)
        },
        "required": list(required),
        "additionalProperties": False,
    }
