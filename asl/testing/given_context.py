"""The Context Object that a test gives: which fields it may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .subject import Subject

JSON = Any

# https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
_FIELDS: Mapping[str, Any] = {
    "Execution": {
        "Id": str, "Input": None, "Name": str, "RoleArn": str, "StartTime": str, "RedriveCount": int,
        "RedriveTime": str,
    },
    "StateMachine": {"Id": str, "Name": str},
    "State": {"EnteredTime": str, "Name": str, "RetryCount": int},
    "Task": {"Token": str},
    "Map": {"Item": {"Index": int, "Key": str, "Source": str, "Value": None}},
}  # fmt: skip
_KINDS: Mapping[type, tuple[type | tuple[type, ...], str]] = {
    str: (str, "a string"),
    int: ((int, float), "a number"),
}


class ContextRefused(ValueError):
    """A Context Object that no execution has; the message says why, in the service's words."""


def check_context(context: JSON, subject: Subject) -> None:
    """Raise `ContextRefused` unless the state could see this Context Object."""
    if not isinstance(context, dict):
        raise ContextRefused("Context object must be a JSON object")
    _check(context, _FIELDS)
    if "Task" in context and not (subject.answers_later and subject.state.resource.family != "activity"):  # type: ignore[union-attr]
        raise ContextRefused(
            "Context object contains 'Task' when state is not a Task state with a '.sync' or "
            "'.waitForTaskToken' service integration pattern"
        )


def _check(part: Mapping[str, JSON], fields: Mapping[str, Any]) -> None:
    for name, value in part.items():
        if name not in fields:
            raise ContextRefused(f"Field '{name}' is not allowed")
        wanted = fields[name]
        if value is None or wanted is None:
            continue
        if isinstance(wanted, Mapping):
            if not isinstance(value, dict):
                raise ContextRefused(f"Field '{name}' must be an object")
            _check(value, wanted)
            continue
        kind, shown = _KINDS[wanted]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ContextRefused(f"Field '{name}' must be {shown}")
