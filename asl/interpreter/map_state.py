"""Map: one frame for each iteration, in windows of MaxConcurrency; a distributed one is a Map Run."""

from __future__ import annotations

from dataclasses import replace

from ..query.templates import Constant
from ..states import Map
from . import map_run
from .containers import abort_children, take_back
from .cursor import Cursor
from .data_flow import trace
from .error_handling import state_failed
from .frames import MapProgress, Waiting
from .map_data import complete, input_of_iteration, items_of, store_items, trace_selected, whole
from .work import Run


def enter(run: Run, cursor: Cursor, state: Map) -> None:
    """Read the items and start the first window of iterations."""
    cursor.attempt += 1
    items = items_of(cursor, state)
    if not state.transform.jsonata and not isinstance(state.items_path, Constant):
        trace(cursor, "afterItemsPath", items)
    concurrency = whole(cursor, state, state.max_concurrency)
    trace(cursor, "maxConcurrency", concurrency)
    if state.distributed:
        map_run.enter(run, cursor, state, items, concurrency)
        return
    assert isinstance(items, list)
    started = run.record(cursor, "MapStateStarted", {"length": len(items)})
    limit = run.quotas.map_concurrency
    cursor.progress = MapProgress(total=len(items), max_concurrency=min(concurrency or limit, limit))
    store_items(run, cursor, run.begin_wait(cursor, Waiting.CHILDREN), items)
    if run.step.alone:
        trace_selected(run, cursor, state)
        return
    window = [
        _iteration(run, cursor, state, started)
        for _ in range(min(len(items), cursor.progress.max_concurrency))
    ]
    if window:
        run.start(window)
    else:
        _finish(run, cursor, state)


def child_succeeded(run: Run, cursor: Cursor, state: Map, child: Cursor) -> None:
    """Count an iteration's end, and start the next one in its slot."""
    progress = cursor.progress
    assert progress is not None
    details = {"name": state.name, "index": child.index}
    cursor.pointer = run.leaf(cursor, "MapIterationSucceeded", details, after=child.pointer)
    cursor.progress = replace(progress, running=progress.running - 1, succeeded=progress.succeeded + 1)
    cursor.live_children -= 1
    if progress.next_index < progress.total:
        run.start([_iteration(run, cursor, state, child.pointer)])
    elif cursor.progress.running == 0:
        _finish(run, cursor, state)


def child_failed(run: Run, cursor: Cursor, state: Map, child: Cursor) -> None:
    """Fail the state with the iteration's error."""
    progress = cursor.progress
    assert progress is not None
    details = {"name": state.name, "index": child.index}
    run.leaf(cursor, "MapIterationFailed", details, after=child.pointer)
    cursor.pointer = child.pointer
    cursor.progress = replace(progress, running=progress.running - 1, failed=progress.failed + 1)
    cursor.live_children -= 1
    abort_children(run, cursor)
    run.end_wait(cursor, "failed")
    state_failed(run, cursor, child.error, child.cause)


def go_on(run: Run, cursor: Cursor, state: Map) -> None:
    """Take up a wait again: start iterations while slots are free, or finish where none is left."""
    progress = cursor.progress
    assert progress is not None
    free = min(progress.max_concurrency - progress.running, progress.total - progress.next_index)
    window = [_iteration(run, cursor, state, cursor.pointer) for _ in range(free)]
    if window:
        run.start(window)
    elif not progress.running:
        _finish(run, cursor, state)


def _finish(run: Run, cursor: Cursor, state: Map) -> None:
    assert cursor.progress is not None
    children = run.children(cursor, cursor.progress.total)
    take_back(run, cursor)
    cursor.waiting = Waiting.NOTHING  # the wait ends when the state is left: a redrive may need its items
    run.leaf(cursor, "MapStateSucceeded")
    complete(run, cursor, state, [child.output for child in children])


def _iteration(run: Run, cursor: Cursor, state: Map, after: int) -> Cursor:
    """Return the frame of the next iteration."""
    assert cursor.progress is not None
    index = cursor.progress.next_index
    value = input_of_iteration(run, cursor, state, index)
    details = {"name": state.name, "index": index}
    pointer = run.leaf(cursor, "MapIterationStarted", details, after=after)
    child = run.new_child(cursor, state.processor.start_at, index, value, pointer)
    cursor.live_children += 1
    cursor.progress = replace(cursor.progress, next_index=index + 1, running=cursor.progress.running + 1)
    return child
