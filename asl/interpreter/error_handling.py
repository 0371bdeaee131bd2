"""Retry and Catch."""

from __future__ import annotations

from typing import Any

from ..errors import HEARTBEAT_TIMEOUT, RUNTIME, TIMEOUT, QueryError, StateError, catches
from ..states import Catcher, Discard, ErrorHandling, Map, Parallel, Retrier, Task, Wait
from .containers import abort_all, abort_children, leave_map_run
from .cursor import Cursor, placed
from .data_flow import trace
from .events import TimerPurpose
from .frames import Status, Waiting
from .history import NoteType
from .work import Run

JSON = Any

_NONE = ErrorHandling()


def state_raised(run: Run, cursor: Cursor, error: StateError) -> None:
    """Handle an error that a state's own evaluation raised."""
    cause = placed(cursor, error)
    if error.error == RUNTIME:
        fail_execution(run, cursor, RUNTIME, cause)
        return
    if isinstance(error, QueryError):
        details = {"cause": cause, "error": error.error, "state": cursor.state}
        if error.location is not None:
            details["location"] = error.location
        # as recorded: what fails on the way in follows from what led to the state, but not in a Wait state
        entering = not isinstance(cursor.current(), Wait) and cursor.pointer == cursor.entered_event
        after = cursor.came_from if entering else None
        cursor.pointer = run.leaf(cursor, "EvaluationFailed", details, after=after)
    state_failed(run, cursor, error.error, cause)


def state_failed(
    run: Run, cursor: Cursor, error: str | None, cause: str | None, *, retry: bool = True
) -> None:
    """Retry the state, catch the error, or fail the frame."""
    if cursor.waiting is Waiting.CHILDREN:
        abort_children(run, cursor)
    elif cursor.waiting is Waiting.MAP_RUN:
        leave_map_run(run, cursor, "MapRunFailed", error_details(error, cause), reason="failed")
    if cursor.waiting is not Waiting.NOTHING:
        run.end_wait(cursor, "failed")
    state = cursor.current()
    handling: ErrorHandling = getattr(state, "handling", _NONE)
    if retry and _retried(run, cursor, handling, error, cause):
        return
    if isinstance(state, Parallel | Map):
        run.record(cursor, f"{type(state).__name__}StateFailed")
    for index, catcher in enumerate(handling.catch):
        if catches(catcher.error_equals, error):
            trace(cursor, "catchIndex", index)
            _caught(run, cursor, catcher, error, cause)
            return
    if isinstance(state, Task) and cursor.parent is not None:
        run.leaf(cursor, "TaskStateAborted")
    run.fail_frame(cursor, error, cause)


def _retried(run: Run, cursor: Cursor, handling: ErrorHandling, error: str | None, cause: str | None) -> bool:
    for index, retrier in enumerate(handling.retry):
        if not catches(retrier.error_equals, error):
            continue
        trace(cursor, "retryIndex", index)
        used = cursor.retries[index] if index < len(cursor.retries) else 0
        if used >= retrier.max_attempts:
            return False
        counts = list(cursor.retries) + [0] * (len(handling.retry) - len(cursor.retries))
        counts[index] = used + 1
        cursor.retries = tuple(counts)
        seconds = delay_seconds(retrier, used, run)
        due = run.later(seconds)
        details = {
            "attempt": cursor.attempt + 1, "of": retrier.max_attempts + 1, "due": due.isoformat(),
            "seconds": seconds, "error": error, "cause": cause,
        }  # fmt: skip
        run.note(cursor, NoteType.RETRY_SCHEDULED, details)
        run.forget_children(cursor, "superseded")
        run.begin_timer(cursor, Waiting.RETRY, TimerPurpose.RETRY, due)
        return True
    return False


def delay_seconds(retrier: Retrier, used: int, run: Run) -> float:
    """Return the back-off before the next try, when `used` retries went before."""
    try:
        seconds = retrier.interval_seconds * retrier.backoff_rate**used
    except OverflowError:
        seconds = float(10**9)
    if retrier.max_delay_seconds is not None:
        seconds = min(seconds, retrier.max_delay_seconds)
    seconds = min(seconds, 31_536_000.0)  # the service's longest execution: a year
    return run.random().uniform(0, seconds) if retrier.full_jitter else float(seconds)


def _caught(run: Run, cursor: Cursor, catcher: Catcher, error: str | None, cause: str | None) -> None:
    state = cursor.current()
    # a timeout has no cause in its event, and an empty one in its Error Output, as recorded
    found = {
        "Error": error,
        "Cause": "" if cause is None and error in (TIMEOUT, HEARTBEAT_TIMEOUT) else cause,
    }
    trace(cursor, "errorOutput", found)
    try:
        if state.transform.jsonata:
            states = {"input": cursor.input, "errorOutput": found}
            assigned = catcher.assign.evaluate(states, cursor) if catcher.assign is not None else None
            output = catcher.output.evaluate(states, cursor) if catcher.output is not None else found
        else:
            assigned = catcher.assign.evaluate(found, cursor) if catcher.assign is not None else None
            path = catcher.result_path
            output = (
                found
                if path is None
                else cursor.input
                if isinstance(path, Discard)
                else path.put(cursor.input, found)
            )
        run.forget_children(cursor, "superseded")
        run.leave(cursor, f"{type(state).__name__}StateExited", output, catcher.next, assigned)
    except StateError as fault:  # what a Catcher does wrong is caught by nobody
        fail_execution(run, cursor, fault.error, placed(cursor, fault))


def fail_execution(run: Run, cursor: Cursor, error: str | None, cause: str | None) -> None:
    """End the whole execution as failed, whatever the frames around this one could catch."""
    cursor.status = Status.FAILED
    cursor.error = error
    cursor.cause = cause
    if cursor.waiting is Waiting.CHILDREN:
        abort_children(run, cursor, record=False)
    elif cursor.waiting is Waiting.MAP_RUN:
        leave_map_run(run, cursor, "MapRunFailed", error_details(error, cause), reason="failed")
    if cursor.waiting is not Waiting.NOTHING:
        run.end_wait(cursor, "failed")
    abort_all(run, Status.FAILED)
    run.leaf(run.cursor(0), "ExecutionFailed", error_details(error, cause), state="", after=cursor.pointer)
    run.finish(Status.FAILED, error=error, cause=cause)


def error_details(error: str | None, cause: str | None) -> dict[str, JSON]:
    """Return the details of a failure; what is not known is left out."""
    details: dict[str, JSON] = {}
    if error is not None:
        details["error"] = error
    if cause is not None:
        details["cause"] = cause
    return details
