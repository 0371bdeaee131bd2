"""Redrive: what failed, was aborted or ran out of time lives again where it stood.

docs/decisions/0004-redrive-and-stops.md says what the history shows of it, and why.
"""

from __future__ import annotations

from dataclasses import replace

from ..errors import DATA_LIMIT_EXCEEDED, RUNTIME
from ..states import Fail, Map, Parallel, State
from . import map_run, map_state, parallel_state
from .commands import StartTimer
from .containers import take_back
from .cursor import Cursor
from .events import RedriveRequested, TimerPurpose
from .frames import Status, Waiting
from .history import NoteType
from .work import Run

ENDED_BADLY = frozenset({Status.FAILED, Status.TIMED_OUT, Status.ABORTED, Status.PENDING_REDRIVE})


def redrive(run: Run, event: RedriveRequested) -> bool:
    """Continue an execution that did not end well; False where it did, or still runs."""
    execution = run.execution
    if execution.status not in ENDED_BADLY or not run.next_frame:
        return False
    count = execution.redrive_count + 1
    run.execution = replace(
        execution, status=Status.RUNNING, output=None, error=None, cause=None, stopped_at=None,
        redrive_count=count, redriven_at=run.at,
    )  # fmt: skip
    machine = run.cursor(0)
    ended_by = run.event_id - 1
    redriven = run.leaf(machine, "ExecutionRedriven", {"redriveCount": count}, state="", after=ended_by)
    if event.by is not None or event.token is not None:
        run.note(machine, NoteType.REDRIVE_ASKED, {"by": event.by, "token": event.token})
    if run.time_limit is not None:
        run.command(StartTimer(0, 0, TimerPurpose.EXECUTION_TIMEOUT, run.later(run.time_limit)))
    if not run.transitions:  # it was stopped before it was started
        machine.input = execution.given_input()
    run.transitions += 1
    if event.anew:
        _start_over(run, machine)
    _revive(run, machine, redriven)
    return True


def go_on(run: Run, cursor: Cursor) -> None:
    """Go on with a revived container, before its children do."""
    match state := cursor.current():
        case Map(distributed=True):
            map_run.revive(run, cursor, state)
        case Map():
            map_state.go_on(run, cursor, state)
        case Parallel() if not cursor.live_children:
            parallel_state.finish(run, cursor, state)


def _revive(run: Run, top: Cursor, redriven: int) -> None:
    """Let a frame and all below it that did not succeed run again, the outermost first."""
    pending = [top]
    while pending:
        cursor = pending.pop()
        state = cursor.current()
        rerun = cursor.error == DATA_LIMIT_EXCEEDED or (
            cursor.error == RUNTIME and isinstance(state, Map) and state.distributed
        )
        cursor.status = Status.RUNNING
        cursor.output = cursor.error = cursor.cause = None
        cursor.attempt, cursor.retries = 0, ()
        cursor.pointer = redriven
        if cursor.with_children and not rerun:
            pending.extend(reversed(_take_up(run, cursor, state)))
        else:
            take_back(run, cursor)
            run.forget_children(cursor, "superseded")
        if isinstance(state, Fail):
            cursor.entered_event = 0  # it is entered again, and fails again
        run.agenda.append(cursor)


def _start_over(run: Run, machine: Cursor) -> None:
    """Let the machine's frame stand before its first state, as if nothing had been done."""
    machine.state = run.definition.machine.start_at
    machine.input = run.execution.given_input()
    machine.variables = {}
    machine.entered_event = 0
    run.forget_children(machine, "superseded")


def _take_up(run: Run, cursor: Cursor, state: State) -> list[Cursor]:
    """Wait for the same children again, and return those that did not succeed."""
    cursor.waiting = Waiting.CHILDREN
    cursor.attempt = 1
    if isinstance(state, Map) and state.distributed:
        return []  # its children are executions
    progress = cursor.progress
    count = len(state.branches) if isinstance(state, Parallel) else 0
    if progress is not None:
        count = progress.next_index
    children = run.children(cursor, count)
    unfinished = [run.cursor(child.number) for child in children if child.status is not Status.SUCCEEDED]
    cursor.live_children = len(unfinished)
    if progress is not None:
        cursor.input = None
        cursor.progress = replace(
            progress, running=len(unfinished), succeeded=count - len(unfinished), failed=0, aside=True
        )
    return unfinished
