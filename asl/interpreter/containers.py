"""What Parallel and Map have in common: frames inside frames, and their end before their time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..states import Map, Parallel, Task, Wait
from .cursor import Cursor
from .frames import Status, Waiting
from .work import Run

JSON = Any

_ABORTED_EVENTS: dict[type, str] = {
    Task: "TaskStateAborted",
    Wait: "WaitStateAborted",
    Parallel: "ParallelStateAborted",
    Map: "MapStateAborted",
}


def abort_children(run: Run, parent: Cursor, *, record: bool = True) -> None:
    """Abort every frame below this one's current wait, innermost first."""
    for cursor in _below(run, parent):
        _abort(run, cursor, record=record)
    parent.live_children = 0
    take_back(run, parent)


def leave_map_run(run: Run, cursor: Cursor, event: str, details: JSON = None, *, reason: str) -> None:
    """End a Map Run before its time; children that still run are stopped."""
    take_back(run, cursor)
    run.end_wait(cursor, reason)
    run.record(cursor, event, details)


def take_back(run: Run, cursor: Cursor) -> None:
    """Give a Map's frame the state's input again, which was put aside with the items."""
    progress = cursor.progress
    if progress is not None and progress.aside:
        cursor.input = run.item(cursor, cursor.wait, progress.total)
        cursor.progress = replace(progress, aside=False)


def abort_all(run: Run, status: Status, *, record: bool = False) -> None:
    """Stop every frame of the execution; the machine's own frame gets `status`."""
    machine = run.cursor(0)
    if machine.status is not Status.RUNNING:
        return
    for cursor in _below(run, machine):
        _abort(run, cursor, record=record)
    _abort(run, machine, record=record)
    machine.status = status


def _below(run: Run, top: Cursor) -> list[Cursor]:
    """Return the running frames below: what is inside before what holds it, siblings by index."""
    found: list[Cursor] = []
    pending = [top]
    while pending:
        cursor = pending.pop()
        found.append(cursor)
        if cursor.waiting is Waiting.CHILDREN:
            pending.extend(run.live_children(cursor))
    return found[:0:-1]


def _abort(run: Run, cursor: Cursor, *, record: bool) -> None:
    if cursor.status is not Status.RUNNING:
        return
    if record and cursor.state is not None and cursor.entered_at is not None:
        if cursor.waiting is Waiting.MAP_RUN:
            run.leaf(cursor, "MapRunAborted")
        event = _ABORTED_EVENTS.get(type(cursor.current()))
        if event is not None and cursor.waiting not in (Waiting.NOTHING, Waiting.BURST):
            run.leaf(cursor, event)
        if cursor.parent is not None:
            parent = run.cursor(cursor.parent)
            if isinstance(parent.current(), Map):
                details = {"name": parent.state, "index": cursor.index}
                run.leaf(parent, "MapIterationAborted", details, after=cursor.pointer)
    if cursor.waiting is not Waiting.NOTHING:
        run.end_wait(cursor, "aborted")
    cursor.status = Status.ABORTED
