"""What people do to something that waits (law 8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..states import Map, Parallel, Task, Wait
from . import map_data, map_state, parallel_state, task_state, wait_state
from .commands import StartTimer
from .containers import abort_children, leave_map_run
from .cursor import Cursor
from .error_handling import state_failed
from .events import TimerPurpose, WaitActedOn
from .frames import Waiting
from .history import NoteType
from .work import Run

JSON = Any

_PURPOSES = {
    Waiting.TIMER: TimerPurpose.WAIT,
    Waiting.RETRY: TimerPurpose.RETRY,
    Waiting.ATTEMPT: TimerPurpose.TIMEOUT,
}


def act(run: Run, cursor: Cursor, event: WaitActedOn) -> bool:
    """Do what was asked; return whether there was anything to do it to."""
    match event.action:
        case "run_now":
            return _run_now(run, cursor, event)
        case "skip":
            return _skip(run, cursor, event)
        case "fail":
            return _fail(run, cursor, event)
        case "extend":
            return _extend(run, cursor, event)
        case _:
            return False


def _run_now(run: Run, cursor: Cursor, event: WaitActedOn) -> bool:
    state = cursor.current()
    if cursor.waiting is Waiting.TIMER and isinstance(state, Wait):
        run.note(cursor, NoteType.RUN_NOW, {"by": event.by})
        wait_state.resume(run, cursor, state)
        return True
    if cursor.waiting is not Waiting.RETRY:
        return False
    run.note(cursor, NoteType.RUN_NOW, {"by": event.by})
    run.end_wait(cursor, "succeeded")
    match state:
        case Task():
            task_state.enter(run, cursor, state)
        case Parallel():
            parallel_state.enter(run, cursor, state)
        case Map():
            map_state.enter(run, cursor, state)
    return True


def _skip(run: Run, cursor: Cursor, event: WaitActedOn) -> bool:
    state = cursor.current()
    if cursor.waiting is Waiting.BURST:
        return False
    _leave_children(run, cursor)
    run.note(cursor, NoteType.STATE_SKIPPED, {"by": event.by})
    run.end_wait(cursor, "succeeded")
    match state:
        case Task():
            task_state.complete(run, cursor, state, event.output)
        case Parallel():
            parallel_state.complete(run, cursor, state, event.output)
        case Map():
            map_data.complete(run, cursor, state, event.output)
        case Wait():
            if event.output is None:
                wait_state.complete(run, cursor, state)
            else:
                run.leave(cursor, "WaitStateExited", event.output, state.next, None)
    return True


def _fail(run: Run, cursor: Cursor, event: WaitActedOn) -> bool:
    state = cursor.current()
    if cursor.waiting is Waiting.BURST:
        return False
    _leave_children(run, cursor)
    run.note(cursor, NoteType.STATE_FAILED_BY_HAND, {"by": event.by})
    if cursor.waiting is Waiting.ATTEMPT and isinstance(state, Task):
        task_state.failed(run, cursor, state, event.error, event.cause, retry=event.retries)
    else:
        run.end_wait(cursor, "failed")
        state_failed(run, cursor, event.error, event.cause, retry=event.retries)
    return True


def _extend(run: Run, cursor: Cursor, event: WaitActedOn) -> bool:
    purpose = _PURPOSES.get(cursor.waiting)
    if purpose is None or event.seconds is None or (cursor.due is None and cursor.heartbeat_due is None):
        return False
    more = timedelta(seconds=event.seconds)
    if cursor.due is not None:
        cursor.due += more
        run.command(StartTimer(cursor.number, cursor.wait, purpose, cursor.due))
    if cursor.heartbeat_due is not None:
        cursor.heartbeat_due += more
        run.command(StartTimer(cursor.number, cursor.wait, TimerPurpose.HEARTBEAT, cursor.heartbeat_due))
    shown = cursor.due or cursor.heartbeat_due
    details = {"by": event.by, "seconds": event.seconds, "due": shown.isoformat() if shown else None}
    run.note(cursor, NoteType.WAIT_EXTENDED, details)
    return True


def _leave_children(run: Run, cursor: Cursor) -> None:
    if cursor.waiting is Waiting.CHILDREN:
        abort_children(run, cursor)
    elif cursor.waiting is Waiting.MAP_RUN:
        leave_map_run(run, cursor, "MapRunAborted", reason="aborted")
