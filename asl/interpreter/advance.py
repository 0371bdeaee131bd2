"""`advance`: from an event to what comes of it (law 1)."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from .. import states
from ..errors import RUNTIME, StateError
from ..states import Definition
from . import (
    choice_state,
    fail_state,
    map_run,
    map_state,
    parallel_state,
    pass_state,
    people,
    redrive,
    succeed_state,
    task_state,
    wait_state,
)
from .commands import ContinueBurst, StartTimer
from .containers import abort_all
from .cursor import Cursor
from .error_handling import error_details, fail_execution, state_raised
from .events import (
    AttemptStarted,
    BurstContinued,
    ClaimWasLost,
    Event,
    ExecutionCrashed,
    ExecutionStarted,
    HeartbeatReceived,
    IterationEnded,
    MapRunUpdated,
    NoteAdded,
    RedriveRequested,
    ScheduleFailed,
    StopRequested,
    TaskFailed,
    TaskSubmitted,
    TaskSucceeded,
    TimerFired,
    TimerPurpose,
    WaitActedOn,
)
from .frames import Execution, Frame, Frames, Status, Waiting
from .work import SHOWN, Run, Step, Transition

JSON = Any

_MODULES: dict[type, ModuleType] = {
    states.Pass: pass_state,
    states.Task: task_state,
    states.Choice: choice_state,
    states.Wait: wait_state,
    states.Succeed: succeed_state,
    states.Fail: fail_state,
    states.Parallel: parallel_state,
    states.Map: map_state,
}
_ENTER = {kind: module.enter for kind, module in _MODULES.items()}
_ENTERED = {kind: f"{kind.__name__}StateEntered" for kind in _MODULES}

# How far from its due time a timer may fire; a timer that was moved in the meantime is further away.
_EARLY_SECONDS = 1.0


def advance(
    definition: Definition, execution: Execution, frames: Frames, event: Event, step: Step
) -> Transition:
    """Return what comes of the event; one that is addressed to a wait that is over changes nothing."""
    if execution.status is not Status.RUNNING and not isinstance(event, RedriveRequested):
        return Transition(execution)
    run = Run(definition, execution, frames, step)
    try:
        changed = _apply(run, event)
    except KeyError:
        if run.entries or run.commands:
            raise
        changed = False  # the frame is gone
    if not changed:
        return Transition(execution)
    _drain(run)
    return run.transition()


def _apply(run: Run, event: Event) -> bool:
    """Do what the event says, up to the frames that can go on; return whether it changes anything."""
    match event:
        case ExecutionStarted():
            return _start(run)
        case StopRequested(error, cause):
            return _stop(run, error, cause)
        case RedriveRequested():
            return redrive.redrive(run, event)
        case ExecutionCrashed(cause):
            _ensure_machine(run)
            fail_execution(run, run.cursor(0), RUNTIME, cause)
            return True
        case NoteAdded(frame, type, details):
            run.note(run.cursor(frame), type, details)
            return True
        case TimerFired(_, _, TimerPurpose.EXECUTION_TIMEOUT):
            return _time_out(run)
    cursor = run.cursor(event.frame)
    if cursor.status is not Status.RUNNING or cursor.wait != event.wait or cursor.waiting is Waiting.NOTHING:
        return False
    try:
        return _resume(run, cursor, event)
    except StateError as error:
        state_raised(run, cursor, error)
        return True


def _resume(run: Run, cursor: Cursor, event: Event) -> bool:
    state = cursor.current()
    match event:
        case TimerFired(purpose=purpose):
            return _timer_fired(run, cursor, purpose)
        case BurstContinued():
            if cursor.waiting is Waiting.MAP_RUN and isinstance(state, states.Map):
                map_run.go_on(run, cursor, state)
                return True
            if cursor.waiting is not Waiting.BURST:
                return False
            run.end_wait(cursor, "succeeded")
            run.agenda.append(cursor)
            return True
        case WaitActedOn():
            return people.act(run, cursor, event)
        case IterationEnded() | MapRunUpdated():
            if cursor.waiting is not Waiting.MAP_RUN or not isinstance(state, states.Map):
                return False
            if isinstance(event, IterationEnded):
                return map_run.iteration_ended(run, cursor, state, event)
            return map_run.updated(run, cursor, state, event)
    if cursor.waiting is not Waiting.ATTEMPT or not isinstance(state, states.Task):
        return False
    match event:
        case AttemptStarted():
            return task_state.started(run, cursor, state, event)
        case ClaimWasLost():
            return task_state.claim_lost(run, cursor, state, event)
        case ScheduleFailed():
            return task_state.schedule_failed(run, cursor, state, event)
        case TaskSubmitted():
            return task_state.submitted(run, cursor, state, event)
        case TaskSucceeded():
            return task_state.succeeded(run, cursor, state, event)
        case TaskFailed(attempt=attempt, error=error, cause=cause):
            if attempt is not None and attempt != cursor.attempt:
                return False
            task_state.failed(run, cursor, state, error, cause)
            return True
        case HeartbeatReceived():
            return task_state.heartbeat(run, cursor)
    return False


def _timer_fired(run: Run, cursor: Cursor, purpose: TimerPurpose) -> bool:
    state = cursor.current()
    due = cursor.heartbeat_due if purpose is TimerPurpose.HEARTBEAT else cursor.due
    if due is None or (due - run.at).total_seconds() > _EARLY_SECONDS:
        return False
    match purpose, cursor.waiting, state:
        case TimerPurpose.WAIT, Waiting.TIMER, states.Wait():
            wait_state.resume(run, cursor, state)
        case TimerPurpose.RETRY, Waiting.RETRY, _:
            run.end_wait(cursor, "succeeded")
            _ENTER[type(state)](run, cursor, state)
        case TimerPurpose.TIMEOUT | TimerPurpose.HEARTBEAT, Waiting.ATTEMPT, states.Task():
            task_state.timed_out(run, cursor, state, purpose)
        case _:
            return False
    return True


def _drain(run: Run) -> None:
    """Move every frame that can move, until all wait or have ended, or the burst is spent."""
    agenda = run.agenda
    while agenda:
        cursor = agenda.popleft()
        try:
            if cursor.status is Status.RUNNING:
                _enter(run, cursor)
            elif cursor.status is not Status.ABORTED:
                _report(run, cursor)
        except StateError as error:
            subject = cursor
            if cursor.status is not Status.RUNNING and cursor.parent is not None:
                subject = run.cursor(cursor.parent)  # what a container makes of its children's ends
            state_raised(run, subject, error)


def _enter(run: Run, cursor: Cursor) -> None:
    if cursor.waiting is Waiting.CHILDREN:
        redrive.go_on(run, cursor)
        return
    if run.budget <= 0:
        wait = run.begin_wait(cursor, Waiting.BURST)
        run.commands.append(ContinueBurst(cursor.number, wait))
        return
    limit = run.quotas.history_events
    if limit is not None and run.event_id > limit - 3:
        cause = f"The execution reached the maximum number of history events ({limit})."
        fail_execution(run, cursor, RUNTIME, cause)
        return
    run.budget -= 1
    state = cursor.states[cursor.state]  # type: ignore[index]
    kind = type(state)
    if cursor.entered_event:  # it was entered before a redrive
        _ENTER[kind](run, cursor, state)
        return
    run.transitions += 1
    cursor.came_from = cursor.pointer
    cursor.entered_at = run.at
    cursor.attempt = 0
    cursor.retries = ()
    details = {"name": cursor.state, "input": run.text(cursor.input), "inputDetails": SHOWN}
    cursor.entered_event = run.record(cursor, _ENTERED[kind], details)
    _ENTER[kind](run, cursor, state)


def _report(run: Run, cursor: Cursor) -> None:
    """Tell the parent of a frame that ended, or end the execution."""
    if cursor.parent is None:
        if cursor.status is Status.SUCCEEDED:
            details = {"output": run.text(cursor.output), "outputDetails": SHOWN}
            run.record(cursor, "ExecutionSucceeded", details, state="")
            run.finish(Status.SUCCEEDED, output=cursor.output)
        else:
            run.record(cursor, "ExecutionFailed", error_details(cursor.error, cursor.cause), state="")
            run.finish(Status.FAILED, error=cursor.error, cause=cursor.cause)
        return
    parent = run.cursor(cursor.parent)
    if parent.status is not Status.RUNNING or parent.wait != cursor.parent_wait:
        return
    state = parent.current()
    module = _MODULES[type(state)]
    if cursor.status is Status.SUCCEEDED:
        module.child_succeeded(run, parent, state, cursor)
    else:
        module.child_failed(run, parent, state, cursor)


def _start(run: Run) -> bool:
    if run.next_frame:
        return False  # it has started
    execution = run.execution
    cursor = _ensure_machine(run)
    cursor.input = execution.given_input()
    try:
        text = run.text(cursor.input)
    except StateError as error:
        fail_execution(run, cursor, error.error, error.cause)
        return True
    details = {"input": text, "inputDetails": SHOWN, "roleArn": execution.role_arn}
    run.leaf(cursor, "ExecutionStarted", details, state="")
    if run.time_limit is not None:
        run.command(StartTimer(0, 0, TimerPurpose.EXECUTION_TIMEOUT, run.later(run.time_limit)))
    run.agenda.append(cursor)
    return True


def _ensure_machine(run: Run) -> Cursor:
    """Return the machine's own frame; it is made here for an execution that has not started."""
    if run.next_frame:
        return run.cursor(0)
    frame = Frame(0, None, 0, 0, (), state=run.definition.machine.start_at)
    run.cursors[0] = Cursor(run, frame).mark_new()
    run.next_frame = 1
    return run.cursors[0]


def _stop(run: Run, error: str | None, cause: str | None) -> bool:
    _ensure_machine(run)
    abort_all(run, Status.ABORTED, record=True)
    run.record(run.cursor(0), "ExecutionAborted", error_details(error, cause), state="")
    run.finish(Status.ABORTED, error=error, cause=cause)
    return True


def _time_out(run: Run) -> bool:
    if run.time_limit is None:
        return False
    abort_all(run, Status.TIMED_OUT, record=True)
    run.record(run.cursor(0), "ExecutionTimedOut", {}, state="")
    run.finish(Status.TIMED_OUT)
    return True
