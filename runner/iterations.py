"""The children of Map Runs: how they are started by a state, and how they are stopped with it.

They are only left in the inbox to be started: no transaction moves two executions of one family (law 3).
How a child's end reaches the state is in `nested`, where other children tell theirs.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from asl.interpreter.commands import (
    ChangeMapRun,
    EndMapRun,
    RedriveIteration,
    ReviveMapRun,
    StartIteration,
    StartMapRun,
)
from asl.interpreter.events import (
    Event,
    ExecutionStarted,
    IterationEnded,
    RedriveRequested,
    StopRequested,
)
from asl.interpreter.frames import Status
from runner import redriving
from runner.models import Execution, Item, MapRun
from runner.store import payloads
from runner.store.working import Working

_Told = list[tuple[int, Event]]


def carry_out(working: Working, now: datetime) -> _Told:
    """Write the Map Runs and children that were asked for; returns what the children are told."""
    told: _Told = []
    children: list[Execution] = []
    runs: dict[tuple[int, int], MapRun] = {}

    def run_of(frame: int, wait: int) -> MapRun:
        place = (frame, wait)
        if place not in runs:
            runs[place] = MapRun.objects.get(execution_id=working.row.id, frame=frame, wait=wait)
        return runs[place]

    redriven: dict[int, dict[int, Execution]] = {}

    def redriven_of(run: MapRun, index: int) -> Execution:
        # All that this transaction redrives of a Map Run, in one query.
        if run.pk not in redriven:
            asked = [each.index for each in working.map_run_commands if isinstance(each, RedriveIteration)]
            redriven[run.pk] = _children_at(run, asked)
        return redriven[run.pk][index]

    def start_children() -> None:
        Execution.objects.bulk_create(children)
        told.extend((child.id, ExecutionStarted()) for child in children)
        children.clear()

    for command in working.map_run_commands:
        match command:
            case StartMapRun(frame, wait):
                runs[frame, wait] = _write_run(working, command, now)
            case StartIteration(frame, wait):
                children.append(_child(working, run_of(frame, wait), command, now))
            case ReviveMapRun(frame, before, wait):
                run = runs[frame, wait] = run_of(frame, before)
                _revive(run, command, now)
            case RedriveIteration(frame, wait):
                run = run_of(frame, wait)
                told.append(_redrive(working, run, redriven_of(run, command.index), command, now))
            case ChangeMapRun(frame, wait):
                run = run_of(frame, wait)
                run.max_concurrency = command.max_concurrency
                run.tolerated_failure_count = command.tolerated_failure_count
                run.tolerated_failure_percentage = command.tolerated_failure_percentage
                run.save()
            case EndMapRun(frame, wait, status):
                start_children()
                run = run_of(frame, wait)
                run.status, run.stopped_at = status, now
                run.save()
                if status != Status.SUCCEEDED:
                    told.extend(_stop_events(run))
    start_children()
    return told


def _write_run(working: Working, asked: StartMapRun, now: datetime) -> MapRun:
    return MapRun.objects.create(
        key=uuid.UUID(asked.key),
        execution_id=working.row.id,
        frame=asked.frame,
        wait=asked.wait,
        state=asked.state,
        scope=payloads.dumps(asked.scope),
        label=asked.label,
        is_express=asked.is_express,
        total=asked.total,
        max_concurrency=asked.max_concurrency,
        tolerated_failure_count=asked.tolerated_failure_count,
        tolerated_failure_percentage=asked.tolerated_failure_percentage,
        started_at=now,
    )


def _children_at(run: MapRun, indexes: Sequence[int]) -> dict[int, Execution]:
    """Return the children that ran these items, by index."""
    rows = Execution.objects.filter(map_run=run, item_index__in=indexes)
    found = rows.select_related("state_machine").defer("input", "output")
    return {row.item_index: row for row in found if row.item_index is not None}


def _redrive(
    working: Working, run: MapRun, child: Execution, asked: RedriveIteration, now: datetime
) -> tuple[int, Event]:
    """Return who is told what: the child to go on, or the parent that this child's end is final."""
    if run.is_express or child.status in (Status.RUNNING, Status.SUCCEEDED):
        return child.id, RedriveRequested(wait=asked.wait, anew=run.is_express)
    status, _ = redriving.redrive_status(child, now)
    if status is not redriving.RedriveStatus.NOT_REDRIVABLE:
        return child.id, RedriveRequested(wait=asked.wait)
    place = asked.frame, asked.wait, asked.index
    return working.row.id, IterationEnded(*place, child.status, child.error, child.cause)


def _revive(run: MapRun, asked: ReviveMapRun, now: datetime) -> None:
    items = Item.objects.filter(execution_id=run.execution_id, frame=run.frame)
    items.filter(wait=asked.before).update(wait=asked.wait)
    children = Execution.objects.filter(map_run=run)
    succeeded = children.filter(status=Status.SUCCEEDED).values("item_index")
    items.filter(wait=asked.wait, index__in=succeeded).delete()
    # The items of children that failed were dropped when that was counted; what they hold is not read again.
    there = items.filter(wait=asked.wait).values("index")
    missing = children.exclude(status=Status.SUCCEEDED).exclude(item_index__in=there)
    Item.objects.bulk_create(
        Item(execution_id=run.execution_id, frame=run.frame, wait=asked.wait, index=index, value="null")
        for index in missing.values_list("item_index", flat=True)
        if index is not None
    )
    run.wait, run.status, run.stopped_at = asked.wait, "RUNNING", None
    run.redrive_count, run.redriven_at = run.redrive_count + 1, now
    run.save()


def _child(working: Working, run: MapRun, asked: StartIteration, now: datetime) -> Execution:
    """Return an unsaved row; a child is named after its key, as in the service."""
    key, parent = uuid.uuid4(), working.row
    return Execution(
        key=key,
        workspace_id=parent.workspace_id,
        state_machine_id=parent.state_machine_id,
        revision_id=parent.revision_id,
        version_id=parent.version_id,
        alias_name=parent.alias_name,
        trace_header=parent.trace_header,
        is_express=run.is_express,
        map_run=run,
        item_index=asked.index,
        name=str(key),
        input=payloads.pack(payloads.dumps(asked.input)),
        started_at=now,
        started_by=parent.started_by,
        parent_id=parent.id,
        parent_frame=asked.frame,
        parent_wait=asked.wait,
    )


def _stop_events(run: MapRun) -> _Told:
    """Return what the children are told that still run, or are about to after a redrive."""
    children = Execution.objects.filter(map_run=run)
    if run.redrive_count:
        children = children.exclude(status=Status.SUCCEEDED)
    else:
        children = children.filter(status=Status.RUNNING)
    return [(child, StopRequested(None, None)) for child in children.values_list("id", flat=True)]
