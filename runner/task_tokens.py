"""Answers by task token: success, failure and heartbeat from outside.

A token is a locator and not a right, since it stands in recorded histories: the caller has seen that
whoever answers may run executions in this workspace.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import orjson

from asl.context import read_task_token
from asl.interpreter.events import Event, HeartbeatReceived, TaskFailed, TaskSucceeded
from runner.engine import tell
from runner.models import Attempt, Execution
from runner.store import payloads

JSON = Any

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
MOST_TOKEN_CHARACTERS = 2_048
MOST_OUTPUT_BYTES = 262_144
MOST_ERROR_CHARACTERS = 256
MOST_CAUSE_CHARACTERS = 32_768

_MOST_IN_A_COLUMN = 2**31 - 1


class InvalidToken(Exception):
    """This is no task token."""

    def __init__(self) -> None:
        super().__init__("Invalid Token: 'Invalid token'")


class InvalidOutput(Exception):
    """The output is no JSON text, or it is too long."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Invalid Output: '{reason}'")


class TaskDoesNotExist(Exception):
    """The token names no task of this workspace that is answered by token."""

    def __init__(self) -> None:
        super().__init__("Task Does Not Exist: 'Provided task does not exist'")


class TaskTimedOut(Exception):
    """The task was answered before, or has ended otherwise."""

    def __init__(self) -> None:
        super().__init__("Task Timed Out: 'Provided task does not exist anymore'")


REFUSALS = (InvalidToken, InvalidOutput, TaskDoesNotExist, TaskTimedOut)


@dataclass(frozen=True, slots=True)
class _Place:
    execution_id: int
    frame: int
    wait: int


def succeed(workspace_id: int, token: str, output: str) -> None:
    """End the task with a result, given as JSON text; raises one of `REFUSALS`."""
    place = _locate(workspace_id, token)  # the service judges the token first
    value = _parsed(output)
    _tell(place, TaskSucceeded(place.frame, place.wait, None, value))


def fail(workspace_id: int, token: str, error: str | None, cause: str | None) -> None:
    """End the task with an error; raises one of `REFUSALS`."""
    place = _locate(workspace_id, token)
    _tell(place, TaskFailed(place.frame, place.wait, None, _storable(error), _storable(cause)))


def beat(workspace_id: int, token: str) -> None:
    """Say that the work goes on, so that its heartbeat timer starts anew; raises one of `REFUSALS`."""
    place = _locate(workspace_id, token)
    changed = tell(place.execution_id, HeartbeatReceived(place.frame, place.wait))
    # Without HeartbeatSeconds there is nothing to change, and the task goes on all the same.
    if not changed and not _attempts(place).exists():
        raise TaskTimedOut


def _tell(place: _Place, event: Event) -> None:
    if not tell(place.execution_id, event):
        raise TaskTimedOut  # another answer came first


def _locate(workspace_id: int, token: str) -> _Place:
    key, frame, wait = _read(token)
    execution_id = (
        Execution.objects.filter(key=key, workspace_id=workspace_id).values_list("id", flat=True).first()
    )
    if execution_id is None:
        raise TaskDoesNotExist
    place = _Place(execution_id, frame, wait)
    held = _attempts(place).values_list("request", "effect").first()
    if held is None:
        raise TaskTimedOut
    request, effect = held
    # A token that was made up finds nothing, and an approval is decided by the people who were asked.
    if payloads.loads(request)["task_token"] != token or effect == "approval":
        raise TaskDoesNotExist
    return place


def _attempts(place: _Place) -> Any:
    return Attempt.objects.filter(execution_id=place.execution_id, frame=place.frame, wait=place.wait)


def _read(token: str) -> tuple[uuid.UUID, int, int]:
    if len(token) > MOST_TOKEN_CHARACTERS:
        raise InvalidToken
    try:
        key, frame, wait = read_task_token(token)
        execution = uuid.UUID(key)
    except ValueError:
        raise InvalidToken from None
    if not (0 <= frame <= _MOST_IN_A_COLUMN and 0 <= wait <= _MOST_IN_A_COLUMN):
        raise InvalidToken
    return execution, frame, wait


def _storable(text: str | None) -> str | None:
    """Return the text without what no database takes: NUL, and halves of surrogate pairs."""
    return text and text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _parsed(output: str) -> JSON:
    if len(output.encode(errors="replace")) > MOST_OUTPUT_BYTES:
        raise InvalidOutput(f"The output is larger than {MOST_OUTPUT_BYTES} bytes")
    try:
        return orjson.loads(output)
    except ValueError as error:
        raise InvalidOutput(f"The output is not JSON: {error}") from None
