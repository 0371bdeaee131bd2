"""History events as lines of a log, for workflows whose logging level asks for them.

A line is written once its event is committed. Nothing waits for it and nothing repeats it: a process that
is killed in between leaves the line out. The rows are the record; this is for those who collect logs.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from asl.interpreter.history import Entry, without_data
from runner.store import payloads

JSON = Any
Level = Literal["ERROR", "FATAL", "ALL"]

log = logging.getLogger("cuelight.history")

# https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html
_FATAL = frozenset({"ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"})
_ERRORS = ("Failed", "TimedOut", "Aborted")
# https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html: larger payloads are cut.
MOST_CHARACTERS = 248 * 1024
_CUT = ("input", "output")


@dataclass(frozen=True, slots=True)
class Logging:
    """What a revision has logged of its executions."""

    level: Level
    with_data: bool


@dataclass(frozen=True, slots=True)
class Logged:
    """New entries of an execution whose revision has them logged."""

    logging: Logging
    execution_arn: str
    redrive_count: int
    entries: Sequence[Entry]


def asked_for(configuration: Mapping[str, JSON]) -> Logging | None:
    """Return what a revision's configuration has logged; None for nothing."""
    given = configuration.get("loggingConfiguration") or {}
    level = given.get("level", "OFF")
    return None if level == "OFF" else Logging(level, bool(given.get("includeExecutionData", False)))


def wants(level: Level, type: str) -> bool:
    """Say whether events of a type are logged at a level."""
    match level:
        case "ALL":
            return True
        case "ERROR":
            return _is_error(type)
        case "FATAL":
            return type in _FATAL


def write(logged: Sequence[Logged]) -> None:
    """Write a line for each event that its workflow's level wants; notes are no history and are left out."""
    for each in logged:
        for entry in each.entries:
            if not entry.is_note and wants(each.logging.level, entry.type):
                severity = logging.ERROR if _is_error(entry.type) else logging.INFO
                log.log(severity, "%s", _line(each, entry))


def _is_error(type: str) -> bool:
    return type.endswith(_ERRORS) or type == "FailStateEntered"


def _line(logged: Logged, entry: Entry) -> str:
    """Return the event as the service writes it to CloudWatch Logs: numbers are texts there."""
    return payloads.dumps(
        {
            "id": str(entry.event_id),
            "type": entry.type,
            "details": _details(entry.details, with_data=logged.logging.with_data),
            "redrive_count": str(logged.redrive_count),
            "previous_event_id": str(entry.previous_event_id),
            "event_timestamp": str(int(entry.at.timestamp() * 1000)),
            "execution_arn": logged.execution_arn,
        }
    )


def _details(details: JSON, *, with_data: bool) -> JSON:
    if not isinstance(details, dict):
        return {}
    if not with_data:
        # The cause of an error often repeats what was sent or answered.
        return {name: value for name, value in without_data(details).items() if name != "cause"}
    told = dict(details)
    for name in _CUT:
        text = told.get(name)
        if isinstance(text, str) and len(text) > MOST_CHARACTERS:
            told[name] = text[:MOST_CHARACTERS]
            told[f"{name}Details"] = {"truncated": True}
    return told
