"""Answers by task token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from people.rights import Right
from runner import task_tokens

from ..errors import ApiError
from .registry import Call, operation

JSON = Any


@operation("SendTaskSuccess", Right.RUN)
def send_task_success(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """End a task with its result."""
    return _told(task_tokens.succeed, call, request["taskToken"], request["output"])


@operation("SendTaskFailure", Right.RUN)
def send_task_failure(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """End a task with an error."""
    return _told(task_tokens.fail, call, request["taskToken"], request.get("error"), request.get("cause"))


@operation("SendTaskHeartbeat", Right.RUN)
def send_task_heartbeat(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Say that a task goes on."""
    return _told(task_tokens.beat, call, request["taskToken"])


def _told(answer: Callable[..., None], call: Call, *said: JSON) -> dict[str, JSON]:
    try:
        answer(call.workspace.pk, *said)
    except task_tokens.REFUSALS as refusal:
        raise ApiError(type(refusal).__name__, str(refusal)) from None
    return {}
