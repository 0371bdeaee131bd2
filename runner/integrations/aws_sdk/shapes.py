"""Turns a state's arguments into boto3's, checked against botocore's model, and its answers back."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from asl.errors import DATA_LIMIT_EXCEEDED
from runner.integrations.failures import TaskError

JSON = Any
# What a state may take from an answer's stream; the workspace's own quota for payloads is lower still.
MOST_BYTES = 16 * 1024 * 1024
_LEADING_CAPITALS = re.compile(r"[A-Z]+")


@dataclass(slots=True)
class Problems:
    """Why arguments cannot be used, in the service's words."""

    reasons: list[str] = field(default_factory=list)


def given(
    value: JSON, shape: Any, problems: Problems, *, texts_from_objects: bool = False, place: str = ""
) -> Any:
    """Returns the arguments as boto3 takes them; what does not fit the shape is noted in `problems`."""
    if shape is None:
        if value:
            problems.reasons.append("This action takes no arguments")
        return {}
    if value is None or getattr(shape, "is_document_type", False):
        return value
    match shape.type_name:
        case "structure":
            return _structure(value, shape, problems, texts_from_objects, place)
        case "list" if isinstance(value, list):
            return [
                given(
                    item, shape.member, problems, texts_from_objects=texts_from_objects, place=f"{place}[{n}]"
                )
                for n, item in enumerate(value)
            ]
        case "map" if isinstance(value, dict):
            return {
                key: given(
                    item, shape.value, problems, texts_from_objects=texts_from_objects, place=f"{place}.{key}"
                )
                for key, item in value.items()
            }
        case "blob" if not isinstance(value, bytes):
            return (value if isinstance(value, str) else _text(value)).encode()
        case "string" if isinstance(value, str):
            return value
        case "string" if texts_from_objects and isinstance(value, dict | list):
            return _text(value)
        case "integer" | "long" if _is_number(value) and value == int(value):
            return int(value)
        case "float" | "double" if _is_number(value):
            return value
        case "boolean" if isinstance(value, bool):
            return value
        case "timestamp" if isinstance(value, str) or _is_number(value):
            return value
    problems.reasons.append(f'The value for the field "{place}" must be a {_wanted(shape.type_name)}')
    return None


def shown(value: Any, shape: Any, *, renamed: bool = True) -> JSON:
    """Returns a boto3 answer as JSON: times in ISO 8601, bytes as text or base64.

    Members are `renamed` to the PascalCase of SDK integrations; the optimised ones keep the service's.
    """
    if shape is None:
        return {}
    if value is None or getattr(shape, "is_document_type", False):
        return value
    match shape.type_name:
        case "structure":
            return {
                pascal_member(name) if renamed else name: shown(value[name], member, renamed=renamed)
                for name, member in shape.members.items()
                if name in value
            }
        case "list":
            return [shown(item, shape.member, renamed=renamed) for item in value]
        case "map":
            return {key: shown(item, shape.value, renamed=renamed) for key, item in value.items()}
        case "timestamp":
            return _time(value)
        case "blob":
            return _bytes(value)
        case _:
            return value


def pascal_member(name: str) -> str:
    """Returns a member as Step Functions writes it: `arn` Arn, `DBInstances` DbInstances, `ETag` ETag."""
    name = name[:1].upper() + name[1:]
    capitals = _LEADING_CAPITALS.match(name)
    if capitals is None or capitals.end() == 1:
        return name
    end = capitals.end()
    kept = 1 if end < len(name) and name[end].islower() else 0  # the last capital begins the next word
    return name[0] + name[1 : end - kept].lower() + name[end - kept :]


def _structure(value: JSON, shape: Any, problems: Problems, texts_from_objects: bool, place: str) -> Any:
    if not isinstance(value, dict):
        problems.reasons.append(f'The value for the field "{place or "Arguments"}" must be an object')
        return None
    members = {name.lower(): name for name in shape.members}
    taken: dict[str, Any] = {}
    for key, item in value.items():
        name = members.get(key.lower()) if key[:1].isupper() else None
        if name is None:
            problems.reasons.append(f'The field "{_below(place, key)}" is not supported by Step Functions')
        elif item is not None:
            taken[name] = given(
                item,
                shape.members[name],
                problems,
                texts_from_objects=texts_from_objects,
                place=_below(place, key),
            )
    for name in shape.required_members:
        # A token that makes a call idempotent is botocore's to fill in.
        if name not in taken and not shape.members[name].metadata.get("idempotencyToken"):
            problems.reasons.append(
                f'The field "{_below(place, pascal_member(name))}" is required but was missing'
            )
    return taken


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wanted(type_name: str) -> str:
    return {"map": "object", "integer": "whole number", "long": "whole number"}.get(type_name, type_name)


def _text(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _time(value: Any) -> JSON:
    if not isinstance(value, datetime):
        return value
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def _bytes(value: Any) -> str:
    body: bytes = value.read(MOST_BYTES + 1) if hasattr(value, "read") else bytes(value)
    if len(body) > MOST_BYTES:
        raise TaskError(DATA_LIMIT_EXCEEDED, f"The answer is larger than {MOST_BYTES} bytes.")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return base64.b64encode(body).decode()
