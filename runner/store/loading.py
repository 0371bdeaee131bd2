"""Reads for the engine: executions under their lock, what is due, and what is addressed."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.dateparse import parse_datetime

from asl.interpreter import frames as core
from asl.interpreter.commands import ScheduleAttempt
from asl.interpreter.events import Event, TimerPurpose
from runner import inbox
from runner.models import Attempt, Execution, Inbox, Timer
from runner.operations import DueTimer, Pull, Start
from runner.revisions import Compiled, compiled

from . import payloads, sql
from .working import AttemptRow, Working

_ATTEMPT_KEY = ("execution_id", "frame", "wait")
_ATTEMPT_COLUMNS = (
    "execution_id",
    "frame",
    "wait",
    "number",
    "status",
    "state",
    "resource",
    "request",
    "queued_at",
    "due_at",
    "claim",
    "worker",
    "poll",
    "effect",
)


def lock_executions(ids: Collection[int], *, skip_locked: bool = False) -> list[Execution]:
    """Lock executions in the order of their ids, which is the one order there is (law 3)."""
    if not ids:
        return []
    rows = Execution.objects.filter(id__in=ids).order_by("id")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(skip_locked=skip_locked)
    return list(rows)


def working(row: Execution) -> Working:
    """Return a locked execution, ready to be advanced."""
    machine = compiled(row.revision_id, row.map_run_id)
    was_running = row.status == core.Status.RUNNING
    return Working(row=row, compiled=machine, execution=_core(row, machine), was_running=was_running)


def new_working(start: Start, machine: Compiled, now: datetime) -> Working:
    """Return an execution that has no row yet."""
    row = new_row(start, machine, now)
    return Working(row=row, compiled=machine, execution=_core(row, machine), is_new=True)


def new_row(start: Start, machine: Compiled, now: datetime) -> Execution:
    """Return an unsaved row; an execution without a name is named after its key, as in the service."""
    key = uuid.uuid4()
    parent = start.parent
    return Execution(
        key=key,
        workspace_id=machine.workspace_id,
        state_machine_id=machine.state_machine_id,
        revision_id=start.revision_id,
        version_id=start.version_id,
        alias_name=start.alias_name,
        trace_header=start.trace_header,
        is_express=machine.is_express,
        name=start.name or str(key),
        input=payloads.pack(start.input_text),
        started_at=now,
        started_by=start.started_by,
        parent_id=parent.execution_id if parent else None,
        parent_frame=parent.frame if parent else None,
        parent_wait=parent.wait if parent and parent.reports_end else None,
        parsed_output=bool(parent and parent.parsed_output),
    )


def executions_named(names: Sequence[tuple[int, str | None]]) -> dict[tuple[int, str], Execution]:
    """Return, by (revision, name), the executions that already have a name that is asked for."""
    found: dict[tuple[int, str], Execution] = {}
    by_machine: dict[int, list[tuple[int, str]]] = {}
    for revision_id, name in names:
        if name is not None:
            machine = compiled(revision_id).state_machine_id
            by_machine.setdefault(machine, []).append((revision_id, name))
    for machine, wanted in by_machine.items():
        names_wanted = {name for _, name in wanted}
        rows = Execution.objects.filter(state_machine_id=machine, name__in=names_wanted, is_express=False)
        by_name = {row.name: row for row in rows}
        found.update({pair: by_name[pair[1]] for pair in wanted if pair[1] in by_name})
    return found


@dataclass(frozen=True, slots=True)
class Due:
    """Candidates, read without a lock."""

    inbox: Sequence[tuple[int, int]]  # (id, execution)
    timers: Sequence[tuple[int, int, int, str]]
    attempts: Sequence[tuple[int, int, int]]
    limit: int

    @property
    def execution_ids(self) -> set[int]:
        return {
            *(execution for _, execution in self.inbox),
            *(timer[0] for timer in self.timers),
            *(attempt[0] for attempt in self.attempts),
        }


@dataclass(frozen=True, slots=True)
class Taken:
    """What was due of the executions that are now locked; its rows in inbox and timers are gone."""

    events: Sequence[tuple[int, Event]]
    timers: Sequence[DueTimer]
    attempts: Sequence[tuple[int, int, int]]
    found: int
    at_limit: bool


def due(now: datetime, pull: Pull) -> Due:
    """Return the oldest inbox rows, timers and attempts that are due."""
    queued = Attempt.objects.filter(status=Attempt.Status.QUEUED, due_at__lte=now).order_by("due_at")
    return Due(
        inbox=list(Inbox.objects.order_by("id").values_list("id", "execution_id")[: pull.limit]),
        timers=list(
            Timer.objects.filter(due_at__lte=now)
            .order_by("due_at")
            .values_list("execution_id", "frame", "wait", "purpose")[: pull.limit]
        ),
        attempts=list(queued.values_list("execution_id", "frame", "wait")[: pull.slots])
        if pull.slots > 0
        else [],
        limit=pull.limit,
    )


def take(due: Due, locked: Collection[int], now: datetime) -> Taken:
    """Take what is still there and still due; whoever held the lock before may have been first."""
    inbox_rows = sql.delete_returning(
        Inbox,
        ("id",),
        [(row,) for row, execution in due.inbox if execution in locked],
        ("id", "execution_id", "event"),
    )
    timers = sql.delete_returning(
        Timer,
        ("execution_id", "frame", "wait", "purpose"),
        [timer for timer in due.timers if timer[0] in locked],
        ("execution_id", "frame", "wait", "purpose"),
        until=("due_at", now),
    )
    attempts = [attempt for attempt in due.attempts if attempt[0] in locked]
    return Taken(
        events=[(execution, inbox.decode(event)) for _, execution, event in sorted(inbox_rows)],
        timers=[
            DueTimer(execution, frame, wait, TimerPurpose(purpose))
            for execution, frame, wait, purpose in timers
        ],
        attempts=attempts,
        found=len(inbox_rows) + len(timers) + len(attempts),
        at_limit=due.limit in (len(due.inbox), len(due.timers)),
    )


def attempts(by_execution: dict[int, Working], keys: Iterable[tuple[int, int, int]]) -> None:
    """Read the addressed attempts of locked executions into their workings."""
    wanted = {key for key in keys if key[0] in by_execution}
    for values in sql.select_in(Attempt, _ATTEMPT_KEY, list(wanted), _ATTEMPT_COLUMNS):
        execution, frame, wait, *rest = values
        by_execution[execution].attempts[frame, wait] = _attempt_row(rest)


def attempt(working: Working, frame: int, wait: int) -> AttemptRow | None:
    """Return one attempt of a locked execution."""
    if (frame, wait) not in working.attempts and not working.is_new:
        attempts({working.row.id: working}, [(working.row.id, frame, wait)])
    return working.attempts.get((frame, wait))


def new_attempt(command: ScheduleAttempt, now: datetime) -> AttemptRow:
    return AttemptRow(
        number=command.number,
        status="QUEUED",
        state=command.state,
        resource=command.resource,
        request={
            "arguments": command.arguments,
            "context": command.context,
            "task_token": command.task_token,
            "timeout_seconds": command.timeout_seconds,
            "heartbeat_seconds": command.heartbeat_seconds,
            "credentials": command.credentials,
        },
        queued_at=now,
        due_at=now,
        is_new=True,
    )


def _attempt_row(values: Sequence[object]) -> AttemptRow:
    number, status, state, resource, request, queued_at, due_at, claim, worker, poll, effect = values
    return AttemptRow(
        number=int(str(number)),
        status=str(status),
        state=str(state),
        resource=str(resource),
        request=str(request),
        queued_at=_moment(queued_at),
        due_at=_moment(due_at),
        claim=int(str(claim)),
        worker=str(worker),
        poll=None if poll is None else str(poll),
        effect=str(effect),
    )


def _moment(value: object) -> datetime:
    """SQLite hands out moments as text without a zone; they are in UTC."""
    if isinstance(value, datetime):
        return value
    moment = parse_datetime(f"{value}+00:00")
    assert moment is not None
    return moment


def _core(row: Execution, machine: Compiled) -> core.Execution:
    return core.Execution(
        key=str(row.key),
        arn=machine.execution_arn(row.name, row.key),
        name=row.name,
        state_machine_arn=machine.state_machine_arn,
        state_machine_name=machine.state_machine_name,
        role_arn=machine.role_arn,
        started_at=row.started_at,
        input=None,
        load_input=lambda: payloads.loads(row.input),
        started_by=row.started_by or None,
        status=core.Status(row.status),
        output=None,
        error=row.error,
        cause=row.cause,
        stopped_at=row.stopped_at,
        next_seq=row.next_seq,
        next_event_id=row.next_event_id,
        next_frame=row.next_frame,
        transitions=row.transitions,
        redrive_count=row.redrive_count,
        redriven_at=row.redriven_at,
    )
