"""Frames and executions as JSON-able dicts; what equals its default is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any

from .frames import Execution, Frame, MapProgress, Status, Waiting

JSON = Any

_PROGRESS = tuple(f.name for f in fields(MapProgress))


def _scope(value: JSON) -> tuple[tuple[str, int], ...]:
    return tuple((name, index) for name, index in value)


def _progress(value: JSON) -> MapProgress:
    return MapProgress(*value)


_DECODERS: dict[str, Callable[[JSON], Any]] = {
    "scope": _scope,
    "status": Status,
    "waiting": Waiting,
    "retries": tuple,
    "progress": _progress,
    "entered_at": datetime.fromisoformat,
    "due": datetime.fromisoformat,
    "heartbeat_due": datetime.fromisoformat,
    "started_at": datetime.fromisoformat,
    "stopped_at": datetime.fromisoformat,
    "redriven_at": datetime.fromisoformat,
}


def _plan(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, _default(f)) for f in fields(kind) if f.compare)


def _default(field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


_FRAME = _plan(Frame)
_EXECUTION = _plan(Execution)


def encode_frame(frame: Frame) -> dict[str, JSON]:
    """Return the frame as a JSON-able dict."""
    return _encode(frame, _FRAME)


def decode_frame(document: Mapping[str, JSON]) -> Frame:
    """Return the frame that `encode_frame` made this of."""
    return Frame(**_decode(document))


def encode_execution(execution: Execution) -> dict[str, JSON]:
    """Return the execution as a JSON-able dict."""
    return _encode(execution, _EXECUTION)


def decode_execution(document: Mapping[str, JSON]) -> Execution:
    """Return the execution that `encode_execution` made this of."""
    return Execution(**_decode(document))


def _encode(value: Any, plan: tuple[tuple[str, Any], ...]) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    for name, default in plan:
        part = getattr(value, name)
        if part is default or (part == default and type(part) is type(default)):
            continue
        if isinstance(part, datetime):
            part = part.isoformat()
        elif isinstance(part, MapProgress):
            part = [getattr(part, field) for field in _PROGRESS]
        found[name] = part
    return found


def _decode(document: Mapping[str, JSON]) -> dict[str, Any]:
    found = dict(document)
    for name in found.keys() & _DECODERS.keys():
        if found[name] is not None:
            found[name] = _DECODERS[name](found[name])
    return found
