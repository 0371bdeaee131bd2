"""Answers by task token: success, failure and heartbeat from outside (a locator, not a right)."""

from __future__ import annotations

from typing import Any

from asl.context import read_task_token
from asl.interpreter.events import Event, HeartbeatReceived, TaskFailed, TaskSucceeded
from runner.engine import tell
from runner.models import Attempt, Execution

JSON = Any


class TaskDoesNotExist(Exception):
    """The token names no execution of this workspace."""


class TaskTimedOut(Exception):
    """The wait that the token names is over."""


def succeed(workspace_id: int, token: str, output: JSON) -> None:
    """End the wait with a result."""
    execution_id, frame, wait = _locate(workspace_id, token)
    _tell(execution_id, TaskSucceeded(frame, wait, None, output))


def fail(workspace_id: int, token: str, error: str | None, cause: str | None) -> None:
    """End the wait with an error."""
    execution_id, frame, wait = _locate(workspace_id, token)
    _tell(execution_id, TaskFailed(frame, wait, None, error, cause))


def beat(workspace_id: int, token: str) -> None:
    """Say that the work goes on."""
    execution_id, frame, wait = _locate(workspace_id, token)
    _tell(execution_id, HeartbeatReceived(frame, wait))


def _tell(execution_id: int, event: Event) -> None:
    if not tell(execution_id, event):
        raise TaskTimedOut


def _locate(workspace_id: int, token: str) -> tuple[int, int, int]:
    try:
        key, frame, wait = read_task_token(token)
    except ValueError:
        raise TaskDoesNotExist from None
    execution = Execution.objects.filter(key=key, workspace_id=workspace_id).only("id").first()
    if execution is None:
        raise TaskDoesNotExist
    if not Attempt.objects.filter(execution=execution, frame=frame, wait=wait).exists():
        raise TaskTimedOut
    return execution.id, frame, wait
