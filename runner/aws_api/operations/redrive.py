"""RedriveExecution."""

from __future__ import annotations

from typing import Any

from people.rights import Right
from runner import engine

from ..errors import ApiError
from . import found
from .registry import Call, operation

JSON = Any


@operation("RedriveExecution", Right.STOP)
def redrive_execution(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Continue an execution that did not end well; the client's token makes a repeat harmless."""
    row = found.execution(call, request["executionArn"])
    try:
        redriven = engine.redrive_execution(row.pk, call.actor.name, request.get("clientToken"))
    except engine.ExecutionNotRedrivable as error:
        raise ApiError("ExecutionNotRedrivable", error.reason) from None
    return {"redriveDate": redriven.at}
