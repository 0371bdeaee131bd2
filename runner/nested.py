"""Nested executions: how one is started by a state, and how its end reaches that state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asl.interpreter.events import (
    Event,
    ExecutionStarted,
    IterationEnded,
    StopRequested,
    TaskFailed,
    TaskSubmitted,
    TaskSucceeded,
)
from asl.interpreter.frames import Status
from runner import inbox, state_machines
from runner.integrations.interface import StartChild
from runner.models import Execution, Inbox
from runner.operations import Parent, Start
from runner.revisions import compiled
from runner.store import loading, payloads
from runner.store.working import Working


def start(child: StartChild, working: Working, submitted: TaskSubmitted, now: datetime) -> Event:
    """Write a nested execution and return what its parent is told.

    The child is only left in the inbox to be started: no transaction moves two executions of one
    family (law 3).
    """
    frame, wait, attempt = submitted.frame, submitted.wait, submitted.attempt
    target = state_machines.find_by_arn(child.state_machine_arn, working.row.workspace)
    if target is None or target.revision is None:
        return TaskFailed(
            frame,
            wait,
            attempt,
            "StepFunctions.StateMachineDoesNotExistException",
            f"State Machine Does Not Exist: '{child.state_machine_arn}'",
        )
    spec = Start(
        revision_id=target.revision.pk,
        input_text=payloads.dumps(child.input),
        name=child.name,
        version_id=target.version.pk if target.version else None,
        alias_name=target.alias.name if target.alias else "",
        started_by=working.row.started_by,
        parent=Parent(
            execution_id=working.row.id,
            frame=frame,
            wait=wait,
            reports_end=child.wait_for_end,
            parsed_output=child.parsed_output,
        ),
    )
    machine_of_child = compiled(spec.revision_id)
    if (
        child.name is not None
        and not machine_of_child.is_express
        and loading.executions_named([(spec.revision_id, child.name)])
    ):
        return TaskFailed(
            frame,
            wait,
            attempt,
            "StepFunctions.ExecutionAlreadyExistsException",
            f"Execution Already Exists: '{machine_of_child.execution_arn(child.name, '')}'",
        )
    row = loading.new_row(spec, machine_of_child, now)
    row.save(force_insert=True)
    Inbox.objects.create(execution_id=row.id, event=inbox.encode(ExecutionStarted()))
    reply = {
        "ExecutionArn": machine_of_child.execution_arn(row.name, row.key),
        # No call was made to get here; clients that read the service's metadata find some all the same.
        "SdkHttpMetadata": {"AllHttpHeaders": {}, "HttpHeaders": {}, "HttpStatusCode": 200},
        "SdkResponseMetadata": {"RequestId": str(row.key)},
        "StartDate": _milliseconds(now),
    }
    if child.wait_for_end or child.waits_for_token:
        return TaskSubmitted(frame, wait, attempt, reply)
    return TaskSucceeded(frame, wait, attempt, reply)


def ended(working: Working) -> Event | None:
    """Return what the state that started this execution is told now that it ended, if it waits."""
    row = working.row
    if row.parent_wait is None or not (working.has_ended or working.reports_again):
        return None
    assert row.parent_frame is not None
    if row.item_index is not None:
        ended = working.execution
        place = row.parent_frame, row.parent_wait, row.item_index
        return IterationEnded(*place, ended.status, ended.error, ended.cause)
    described = _describe(working)
    if working.execution.status is Status.SUCCEEDED:
        return TaskSucceeded(row.parent_frame, row.parent_wait, None, described)
    cause = payloads.dumps(described)
    return TaskFailed(row.parent_frame, row.parent_wait, None, "States.TaskFailed", cause)


def stop_events(execution_id: int, frame: int, wait: int) -> list[tuple[int, Event]]:
    """Return what the children of an aborted wait are told."""
    children = Execution.objects.filter(
        parent_id=execution_id, parent_frame=frame, parent_wait=wait, status=Status.RUNNING
    )
    return [(child, StopRequested(None, None)) for child in children.values_list("id", flat=True)]


def _describe(working: Working) -> dict[str, Any]:
    """The reply of DescribeExecution as a `.sync` state gets it; `.sync:2` has its JSON parsed."""
    row, execution = working.row, working.execution
    parsed = row.parsed_output
    described: dict[str, Any] = {
        "ExecutionArn": execution.arn,
        "Input": execution.input if parsed else payloads.unpack(row.input),
        "InputDetails": {"Included": True},
        "Name": row.name,
        "StartDate": _milliseconds(row.started_at),
        "StateMachineArn": execution.state_machine_arn,
        "Status": str(execution.status),
    }
    if row.stopped_at is not None:
        described["StopDate"] = _milliseconds(row.stopped_at)
    if execution.status is Status.SUCCEEDED:
        output = execution.output
        described["Output"] = output if parsed else payloads.dumps(output)
        described["OutputDetails"] = {"Included": True}
    faults = {"Error": execution.error, "Cause": execution.cause}
    return described | {name: value for name, value in faults.items() if value is not None}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
