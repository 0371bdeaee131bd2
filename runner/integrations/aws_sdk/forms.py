"""An action's input as JSON Schema, for the inspector's form: from botocore's shape of it."""

from __future__ import annotations

import functools
import html
import re
from dataclasses import replace
from typing import Any

from runner.integrations.description import Description

from .actions import action_named
from .offered import Offered, offered
from .offered import optimised as offered_optimised
from .optimised import TABLE
from .shapes import pascal_member

JSON = Any

# Deeper objects are typed as JSON: a form of them would be longer than the screen.
_DEEPEST = 2
_MOST_ENUM = 60
_EMPTY: dict[str, JSON] = {"type": "object", "properties": {}, "required": []}
_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)")
_TYPES = {
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
    "string": "string",
    "timestamp": "string",
    "blob": "string",
}


@functools.lru_cache(maxsize=256)
def form_of(service: str, action: str) -> Description | None:
    """Return how an action presents itself in palette and inspector; None where AWS has none of that name."""
    row = offered(service, action)
    found = action_named(service, action)
    if row is None or found is None:
        return None
    return _described(row, _EMPTY if found.input is None else _schema(found.input, 0))


@functools.lru_cache(maxsize=256)
def form_of_optimised(name: str) -> Description | None:
    """Return the same of an older form, by its resource without suffix."""
    row, form = offered_optimised(name), TABLE.get(name)
    found = None if form is None else action_named(form.service, form.action)
    if row is None or form is None or found is None:
        return None
    schema = _EMPTY if found.input is None else _schema(found.input, 0)
    for ours, (theirs, as_list) in form.renamed.items():
        schema = _renamed(schema, pascal_member(theirs), ours, one_of=as_list)
    suffixes = [suffix for suffix in ("", ".sync", ".waitForTaskToken") if suffix in form.suffixes]
    described = _described(row, schema)
    # A job takes as long as it takes: a minute would end it.
    return replace(
        described,
        suffixes=tuple(suffixes),
        timeout_seconds=None if form.job is not None else described.timeout_seconds,
    )


def _renamed(schema: dict[str, JSON], theirs: str, ours: str, *, one_of: bool) -> dict[str, JSON]:
    """Return the schema with a member under the older form's name, and one item where that wants no list."""
    properties: dict[str, JSON] = {}
    for name, member in schema["properties"].items():
        if name != theirs:
            properties[name] = member
            continue
        kept = {key: value for key, value in member.items() if key.startswith("x-") or key == "description"}
        item = member.get("items", {"type": "object", "format": "json"})
        properties[ours] = {**kept, **item} if one_of else member
    asked = [ours if name == theirs else name for name in schema["required"]]
    return {**schema, "properties": properties, "required": asked}


def _described(row: Offered, schema: dict[str, JSON]) -> Description:
    return Description(
        resource=row.resource,
        title=f"{row.known_as} {_spaced(row.action)}",
        description=row.line,
        icon="cloud",
        category="AWS",
        state_name=in_words(row.action),
        timeout_seconds=60,
        suffixes=("", ".waitForTaskToken"),
        arguments={name: _blank(schema["properties"][name]) for name in schema["required"]},
        arguments_schema=schema,
    )


def _schema(shape: Any, depth: int) -> dict[str, JSON]:
    schema = _of_type(shape, depth)
    if (line := _line(shape.documentation)) and depth:
        schema["description"] = line
    return schema


def _of_type(shape: Any, depth: int) -> dict[str, JSON]:
    if getattr(shape, "is_document_type", False):
        return {"format": "json"}
    match shape.type_name:
        case "structure" if depth < _DEEPEST and shape.members:
            return _structure(shape, depth)
        case "structure" | "map":
            return {"type": "object", "format": "json"}
        case "list":
            member = shape.member
            if member.type_name == "string":
                return {"type": "array", "items": {"type": "string"}}
            return {"type": "array", "format": "json"}
        case "string" if shape.enum and len(shape.enum) <= _MOST_ENUM:
            return {"type": "string", "enum": list(shape.enum)}
    schema: dict[str, JSON] = {"type": _TYPES.get(shape.type_name, "string")}
    for name, key in (("min", "minimum"), ("max", "maximum")):
        if name in shape.metadata and schema["type"] in ("integer", "number"):
            schema[key] = shape.metadata[name]
    return schema


def _structure(shape: Any, depth: int) -> dict[str, JSON]:
    # What is required comes first; the rest as the model has it, which is how AWS documents it.
    required = [name for name in shape.members if name in shape.required_members]
    names = [*required, *(name for name in shape.members if name not in required)]
    properties: dict[str, JSON] = {}
    for order, name in enumerate(names, 1):
        member = _schema(shape.members[name], depth + 1)
        if name not in required and depth == 0 and len(names) > 8:
            member["x-group"] = "advanced"
        properties[pascal_member(name)] = {"x-order": order, **member}
    asked = [
        pascal_member(name)
        for name in required
        # A token that makes a call idempotent is botocore's to fill in.
        if not shape.members[name].metadata.get("idempotencyToken")
    ]
    return {"type": "object", "properties": properties, "required": asked, "additionalProperties": False}


def _blank(schema: dict[str, JSON]) -> JSON:
    match schema.get("type"):
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
        case "array":
            return []
        case "object":
            return {name: _blank(schema["properties"][name]) for name in schema.get("required", [])}
        case "string" if "enum" in schema:
            return schema["enum"][0]
    return ""


def in_words(action: str) -> str:
    """Return an action's name as people write one: "Start job run"."""
    return _spaced(action)[:1].upper() + _spaced(action)[1:80]


def _spaced(name: str) -> str:
    """Returns a name in words: `listObjectsV2` is "list objects V2"."""
    words = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+\d*|\d+", name)
    return " ".join(word if word.isupper() else word.lower() for word in words)


def _line(documentation: str) -> str:
    text = " ".join(html.unescape(_TAG.sub("", documentation or "")).split())
    if first := _SENTENCE.match(text):
        text = first[0]
    return text if len(text) <= 160 else text[:159].rsplit(" ", 1)[0] + "…"
