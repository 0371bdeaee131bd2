"""Task: attempts, their claims, answers, timers and heartbeats."""

from __future__ import annotations

from typing import Any

from ..context import task_token
from ..errors import HEARTBEAT_TIMEOUT, RUNTIME, TASK_FAILED, TIMEOUT, QueryError, StateError
from ..jsontext import to_text
from ..states import Field, Resource, Task
from . import events
from .commands import RequeueAttempt, ScheduleAttempt, StartTimer
from .cursor import Cursor
from .data_flow import arguments, field_value, output_of_result, trace
from .error_handling import error_details, fail_execution, state_failed
from .events import TimerPurpose
from .frames import Waiting
from .history import NoteType
from .work import SHOWN, Run

JSON = Any

_PREFIX = {"task": "Task", "lambda": "LambdaFunction", "activity": "Activity"}


def enter(run: Run, cursor: Cursor, state: Task) -> None:
    """Schedule the next attempt."""
    number = cursor.attempt + 1
    cursor.attempt = number
    cursor.token = task_token(
        run.execution.key, cursor.number, cursor.wait + 1, f"{run.random().getrandbits(64):x}"
    )
    value = arguments(cursor, state.transform)
    timeout = _seconds(cursor, state, state.timeout)
    heartbeat = _seconds(cursor, state, state.heartbeat)
    jsonata = state.transform.jsonata
    root = {"input": cursor.input} if jsonata else cursor.input
    credentials = state.credentials.evaluate(root, cursor) if state.credentials is not None else None
    _record_scheduled(
        run,
        cursor,
        state.resource,
        value=value,
        timeout=timeout,
        heartbeat=heartbeat,
        credentials=credentials,
    )
    cursor.timeout = timeout
    cursor.heartbeat = heartbeat
    wait = run.begin_wait(cursor, Waiting.ATTEMPT)
    run.command(
        ScheduleAttempt(
            cursor.number, wait, number, state.name, state.resource.arn, value, cursor.token,
            timeout, heartbeat, credentials, cursor.context(with_input=False),
        )
    )  # fmt: skip


def started(run: Run, cursor: Cursor, state: Task, event: events.AttemptStarted) -> bool:
    """A worker has the attempt: its times begin to count."""
    if event.attempt != cursor.attempt or cursor.submitted or (cursor.began and event.claim <= 1):
        return False
    if event.claim > 1:
        details = {"attempt": event.attempt, "claim": event.claim, "worker": event.worker}
        run.note(cursor, NoteType.ATTEMPT_CLAIMED, details)
    if not cursor.began:
        cursor.began = True
        _record_started(run, cursor, state.resource, event.worker)
        if cursor.timeout is not None:
            cursor.due = run.later(cursor.timeout)
            run.command(StartTimer(cursor.number, cursor.wait, TimerPurpose.TIMEOUT, cursor.due))
        _arm_heartbeat(run, cursor)
    return True


def claim_lost(run: Run, cursor: Cursor, state: Task, event: events.ClaimWasLost) -> bool:
    """Queue the attempt again, or fail it after too many lost claims."""
    if event.attempt != cursor.attempt or cursor.submitted:
        return False
    if state.resource.family != "activity":
        cursor.claims_lost += 1  # what a poller never received says nothing about the work
    run.note(cursor, NoteType.CLAIM_LOST, {"attempt": event.attempt, "claim": event.claim})
    if not event.may_repeat:
        failed(
            run, cursor, state, TASK_FAILED, "The worker was lost, and the integration may not be repeated."
        )
    elif cursor.claims_lost >= run.quotas.attempts_lost:
        failed(run, cursor, state, TASK_FAILED, f"The worker was lost {cursor.claims_lost} times.")
    else:
        run.command(RequeueAttempt(cursor.number, cursor.wait, cursor.attempt))
    return True


def schedule_failed(run: Run, cursor: Cursor, state: Task, event: events.ScheduleFailed) -> bool:
    """End the execution: the service lets neither Retry nor Catch answer for a Resource that is not there."""
    if event.attempt != cursor.attempt or cursor.began:
        return False
    _record_failure(run, cursor, state.resource, how="ScheduleFailed", error=RUNTIME, cause=event.cause)
    run.end_wait(cursor, "failed")
    fail_execution(run, cursor, RUNTIME, event.cause)
    return True


def submitted(run: Run, cursor: Cursor, state: Task, event: events.TaskSubmitted) -> bool:
    """The integration will answer later."""
    if event.attempt != cursor.attempt or cursor.submitted:
        return False
    cursor.submitted = True
    if state.resource.family == "task":
        text = run.text(event.output)
        run.record(cursor, "TaskSubmitted", _named(state.resource, output=text, outputDetails=SHOWN))
    if event.deadline_seconds is not None and cursor.timeout is None:
        cursor.due = run.later(event.deadline_seconds)
        run.command(StartTimer(cursor.number, cursor.wait, TimerPurpose.TIMEOUT, cursor.due))
    if event.note is not None:
        run.note(cursor, *event.note)
    return True


def succeeded(run: Run, cursor: Cursor, state: Task, event: events.TaskSucceeded) -> bool:
    """The attempt's result is there."""
    if event.attempt is not None and event.attempt != cursor.attempt:
        return False
    if event.usage is not None:
        usage = event.usage if isinstance(event.usage, dict) else {"usage": event.usage}
        run.note(cursor, NoteType.USAGE_RECORDED, {"attempt": cursor.attempt, **usage})
    text = run.text(event.output)
    try:
        run.check_size(text, state.resource.type or state.name)
    except StateError as error:
        failed(run, cursor, state, error.error, error.cause)
        return True
    resource = state.resource
    details = {"output": text, "outputDetails": SHOWN}
    run.record(
        cursor,
        _PREFIX[resource.family] + "Succeeded",
        _named(resource, **details) if resource.family == "task" else details,
    )
    run.end_wait(cursor, "succeeded")
    complete(run, cursor, state, event.output)
    return True


def failed(
    run: Run, cursor: Cursor, state: Task, error: str | None, cause: str | None, *, retry: bool = True
) -> None:
    """The attempt failed."""
    _record_failure(run, cursor, state.resource, how="Failed", error=error, cause=cause)
    run.end_wait(cursor, "failed")
    state_failed(run, cursor, error, cause, retry=retry)


def heartbeat(run: Run, cursor: Cursor) -> bool:
    """The work lives: its heartbeat timer starts anew."""
    if cursor.heartbeat is None or not cursor.began:
        return False
    _arm_heartbeat(run, cursor)
    return True


def timed_out(run: Run, cursor: Cursor, state: Task, purpose: TimerPurpose) -> None:
    """The attempt took too long, or its heartbeat stopped."""
    error = HEARTBEAT_TIMEOUT if purpose is TimerPurpose.HEARTBEAT else TIMEOUT
    _record_failure(run, cursor, state.resource, how="TimedOut", error=error, cause=None)
    run.end_wait(cursor, "timed_out")
    state_failed(run, cursor, error, None)


def complete(run: Run, cursor: Cursor, state: Task, result: JSON) -> None:
    """Leave the state with this result."""
    trace(cursor, "result", result)
    output, assigned = output_of_result(cursor, state.transform, result)
    run.leave(cursor, "TaskStateExited", output, state.next, assigned)


def _arm_heartbeat(run: Run, cursor: Cursor) -> None:
    if cursor.heartbeat is not None:
        cursor.heartbeat_due = run.later(cursor.heartbeat)
        run.command(StartTimer(cursor.number, cursor.wait, TimerPurpose.HEARTBEAT, cursor.heartbeat_due))


def _seconds(cursor: Cursor, state: Task, field: Field | None) -> float | None:
    if field is None:
        return None
    value = field_value(cursor, field, state.transform)
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return value
    shown = to_text(value)
    if field.is_path:
        raise StateError(
            RUNTIME,
            f'The {field.name} field refers to value "{shown}" which is not a valid integer: {field.text}',
        )
    raise QueryError(f"The {field.name} field must be a positive number but was: {shown}", field.name)


def _named(resource: Resource, **details: JSON) -> dict[str, JSON]:
    return {"resourceType": resource.type, "resource": resource.name, **details}


def _record_scheduled(
    run: Run, cursor: Cursor, resource: Resource, *,
    value: JSON, timeout: float | None, heartbeat: float | None, credentials: JSON,
) -> None:  # fmt: skip
    text = to_text(value)
    if resource.family == "task":
        region = run.execution.state_machine_arn.split(":")[3:4]
        details = _named(resource, region=region[0] if region else "", parameters=text)
    else:
        details = {"resource": resource.arn, "input": text, "inputDetails": SHOWN}
    if timeout is not None:
        details["timeoutInSeconds"] = timeout
    if heartbeat is not None and resource.family != "lambda":
        details["heartbeatInSeconds"] = heartbeat
    if isinstance(credentials, dict) and "RoleArn" in credentials:
        details["taskCredentials"] = {"roleArn": credentials["RoleArn"]}
    run.record(cursor, _PREFIX[resource.family] + "Scheduled", details)


def _record_started(run: Run, cursor: Cursor, resource: Resource, worker: str) -> None:
    if resource.family == "task":
        run.record(cursor, "TaskStarted", _named(resource))
    elif resource.family == "lambda":
        run.record(cursor, "LambdaFunctionStarted")
    else:
        run.record(cursor, "ActivityStarted", {"workerName": worker} if worker else {})


def _record_failure(
    run: Run, cursor: Cursor, resource: Resource, *, how: str, error: str | None, cause: str | None
) -> None:
    details = error_details(error, cause)
    if resource.family == "task":
        details = _named(resource, **details)
    run.record(cursor, _PREFIX[resource.family] + how, details)
