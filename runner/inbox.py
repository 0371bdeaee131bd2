"""Events for an execution that wait for a transaction of its own."""

from __future__ import annotations

import dataclasses
from typing import Any, cast, get_args

from asl.interpreter.events import Event, TimerFired, TimerPurpose
from runner.store import payloads

_TYPES: dict[str, type] = {type_.__name__: type_ for type_ in get_args(Event)}


def encode(event: Event) -> str:
    """Return the JSON text of an event."""
    fields = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    return payloads.pack(payloads.dumps({"event": type(event).__name__, **fields}))


def decode(text: str) -> Event:
    """Return the event that `encode` was given."""
    fields: dict[str, Any] = payloads.loads(text)
    made = _TYPES[fields.pop("event")]
    if made is TimerFired:
        fields["purpose"] = TimerPurpose(fields["purpose"])
    return cast(Event, made(**fields))
