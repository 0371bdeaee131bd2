"""Parallel: one frame for each branch."""

from __future__ import annotations

from ..states import Parallel
from .containers import abort_children
from .cursor import Cursor
from .data_flow import arguments, output_of_result
from .error_handling import state_failed
from .frames import Waiting
from .work import Run


def enter(run: Run, cursor: Cursor, state: Parallel) -> None:
    """Start all branches."""
    cursor.attempt += 1
    value = arguments(cursor, state.transform)
    started = run.record(cursor, "ParallelStateStarted")
    run.begin_wait(cursor, Waiting.CHILDREN)
    if run.step.alone:
        return
    cursor.live_children = len(state.branches)
    run.start([
        run.new_child(cursor, machine.start_at, index, value, started)
        for index, machine in enumerate(state.branches)
    ])  # fmt: skip


def child_succeeded(run: Run, cursor: Cursor, state: Parallel, child: Cursor) -> None:
    """Count a branch's end; after the last one the state succeeds."""
    cursor.pointer = child.pointer
    cursor.live_children -= 1
    if not cursor.live_children:
        finish(run, cursor, state)


def finish(run: Run, cursor: Cursor, state: Parallel) -> None:
    """Succeed with the outputs of all branches."""
    result = [branch.output for branch in run.children(cursor, len(state.branches))]
    run.end_wait(cursor, "succeeded")
    run.leaf(cursor, "ParallelStateSucceeded")
    complete(run, cursor, state, result)


def child_failed(run: Run, cursor: Cursor, state: Parallel, child: Cursor) -> None:
    """Fail the state with the branch's error, and abort the other branches."""
    cursor.pointer = child.pointer
    abort_children(run, cursor)
    run.end_wait(cursor, "failed")
    state_failed(run, cursor, child.error, child.cause)


def complete(run: Run, cursor: Cursor, state: Parallel, result: object) -> None:
    """Leave the state with this result."""
    output, assigned = output_of_result(cursor, state.transform, result)
    run.leave(cursor, "ParallelStateExited", output, state.next, assigned)
