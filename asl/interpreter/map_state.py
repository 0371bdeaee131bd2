"""Map: one frame for each iteration, in windows of MaxConcurrency."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..errors import (
    EXCEED_TOLERATED_FAILURE_THRESHOLD,
    ITEM_READER_FAILED,
    QUERY_EVALUATION_ERROR,
    RESULT_WRITER_FAILED,
    RUNTIME,
    QueryError,
    StateError,
)
from ..jsontext import to_text
from ..query.jsonata import JsonataExpression, unexpected_type
from ..query.scope import Expression
from ..query.templates import FieldPath
from ..states import Field, Map
from .commands import StoreItems
from .containers import abort_children, take_back
from .cursor import Cursor
from .data_flow import effective_input, field_value, output_of_result, trace
from .error_handling import state_failed
from .frames import MapProgress, Waiting
from .work import Run

JSON = Any


def enter(run: Run, cursor: Cursor, state: Map) -> None:
    """Read the items and start the first window of iterations."""
    cursor.attempt += 1
    items = _items(cursor, state)
    if not state.transform.jsonata:
        trace(cursor, "afterItemsPath", items)
    concurrency = _whole(cursor, state, state.max_concurrency)
    trace(cursor, "maxConcurrency", concurrency)
    started = run.record(cursor, "MapStateStarted", {"length": len(items)})
    tolerated = _tolerated(cursor, state, len(items)) if state.distributed else None
    if state.distributed:
        map_run = _map_run_arn(run, cursor, state)
        started = run.record(cursor, "MapRunStarted", {"mapRunArn": map_run})
    limit = run.quotas.distributed_map_concurrency if state.distributed else run.quotas.map_concurrency
    cursor.progress = MapProgress(
        total=len(items), max_concurrency=min(concurrency or limit, limit), tolerated_failures=tolerated
    )
    wait = run.begin_wait(cursor, Waiting.CHILDREN)
    kept = (*items, cursor.input)
    run.items[cursor.number, wait] = kept
    run.command(StoreItems(cursor.number, wait, kept))
    cursor.input = None
    if run.step.alone:
        if state.item_selector is not None:
            chosen = [_item_input(run, cursor, state, index) for index in range(len(items))]
            trace(cursor, "afterItemSelector", chosen)
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
    if not state.distributed:
        cursor.pointer = run.leaf(
            cursor, "MapIterationSucceeded", {"name": state.name, "index": child.index}, after=child.pointer
        )
    cursor.progress = replace(progress, running=progress.running - 1, succeeded=progress.succeeded + 1)
    cursor.live_children -= 1
    _go_on(run, cursor, state, child.pointer)


def child_failed(run: Run, cursor: Cursor, state: Map, child: Cursor) -> None:
    """Fail the state with the iteration's error, unless so many failures are tolerated."""
    progress = cursor.progress
    assert progress is not None
    if not state.distributed:
        run.leaf(
            cursor, "MapIterationFailed", {"name": state.name, "index": child.index}, after=child.pointer
        )
        cursor.pointer = child.pointer
    cursor.progress = replace(progress, running=progress.running - 1, failed=progress.failed + 1)
    cursor.live_children -= 1
    if progress.failed < (progress.tolerated_failures or 0):
        _go_on(run, cursor, state, child.pointer)
        return
    abort_children(run, cursor)
    run.end_wait(cursor, "failed")
    if state.distributed:
        cause = "The specified tolerated failure threshold was exceeded"
        run.record(cursor, "MapRunFailed", {"error": EXCEED_TOLERATED_FAILURE_THRESHOLD, "cause": cause})
        state_failed(run, cursor, EXCEED_TOLERATED_FAILURE_THRESHOLD, cause)
    else:
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


def complete(run: Run, cursor: Cursor, state: Map, result: JSON) -> None:
    """Leave the state with this result."""
    output, assigned = output_of_result(cursor, state.transform, result)
    run.leave(cursor, "MapStateExited", output, state.next, assigned)


def _go_on(run: Run, cursor: Cursor, state: Map, slot: int) -> None:
    progress = cursor.progress
    assert progress is not None
    if progress.next_index < progress.total:
        run.start([_iteration(run, cursor, state, slot)])
    elif progress.running == 0:
        _finish(run, cursor, state)


def _finish(run: Run, cursor: Cursor, state: Map) -> None:
    assert cursor.progress is not None
    children = run.children(cursor, cursor.progress.total)
    take_back(run, cursor)
    result = [
        child.output
        if child.error is None and child.cause is None
        else {"Error": child.error, "Cause": child.cause}
        for child in children
    ]
    cursor.waiting = Waiting.NOTHING  # the wait ends when the state is left: a redrive may need its items
    if state.distributed:
        run.leaf(cursor, "MapStateSucceeded", after=run.leaf(cursor, "MapRunSucceeded"))
    else:
        run.leaf(cursor, "MapStateSucceeded")
    complete(run, cursor, state, result)


def _iteration(run: Run, cursor: Cursor, state: Map, after: int) -> Cursor:
    """Return the frame of the next iteration."""
    assert cursor.progress is not None
    index = cursor.progress.next_index
    value = _item_input(run, cursor, state, index)
    pointer = after
    if not state.distributed:
        details = {"name": state.name, "index": index}
        pointer = run.leaf(cursor, "MapIterationStarted", details, after=after)
    child = run.new_child(cursor, state.processor.start_at, index, value, pointer)
    child.silent = cursor.silent or state.distributed
    cursor.live_children += 1
    cursor.progress = replace(cursor.progress, next_index=index + 1, running=cursor.progress.running + 1)
    return child


def _item_input(run: Run, cursor: Cursor, state: Map, index: int) -> JSON:
    """Return what an iteration gets: its item, or what ItemSelector makes of it."""
    item = run.item(cursor, cursor.wait, index)
    if state.item_selector is None:
        return item
    cursor.map_item = {"Index": index, "Value": item}
    try:
        return _selected(run, cursor, state, state.item_selector)
    finally:
        cursor.map_item = None


def _selected(run: Run, cursor: Cursor, state: Map, selector: Expression) -> JSON:
    """Return what ItemSelector gives for `cursor.map_item`; the state's input is read if it is asked for."""
    jsonata = state.transform.jsonata
    if not state.selector_reads_input:
        return selector.evaluate({"input": None} if jsonata else None, cursor)
    assert cursor.progress is not None
    cursor.input = run.item(cursor, cursor.wait, cursor.progress.total)
    try:
        root = {"input": cursor.input} if jsonata else effective_input(cursor, state.transform)
        return selector.evaluate(root, cursor)
    finally:
        cursor.input = None


def _items(cursor: Cursor, state: Map) -> list[JSON]:
    if state.item_reader is not None:
        raise StateError(ITEM_READER_FAILED, "An ItemReader is not supported here.")
    if state.item_batcher is not None:
        raise StateError(RUNTIME, "An ItemBatcher is not supported here.")
    if state.result_writer is not None:
        raise StateError(RESULT_WRITER_FAILED, "A ResultWriter is not supported here.")
    if state.transform.jsonata:
        if state.items is None:
            if not isinstance(cursor.input, list):
                raise QueryError(f"Map state input must be an array but was: {to_text(cursor.input)}", None)
            return cursor.input
        items = state.items.evaluate({"input": cursor.input}, cursor)
        if isinstance(items, dict) and state.distributed:
            return [{"Key": key, "Value": value} for key, value in items.items()]
        if not isinstance(items, list):
            source = state.items.source if isinstance(state.items, JsonataExpression) else to_text(items)
            raise unexpected_type(source, "Items", "array", items)
        return items
    value = effective_input(cursor, state.transform)
    if state.items_path is not None:
        value = state.items_path.evaluate(value, cursor)
    if isinstance(value, dict) and state.distributed:
        return [{"Key": key, "Value": part} for key, part in value.items()]
    if not isinstance(value, list):
        text = state.items_path.path.text if isinstance(state.items_path, FieldPath) else "$"
        shown = text[1:] if text.startswith("$$") else text  # as recorded
        raise StateError(RUNTIME, f'Reference path "{shown}" must point to array.')
    return value


def _whole(cursor: Cursor, state: Map, field: Field | None) -> int:
    """Return the value of a count; a missing one is 0."""
    if field is None:
        return 0
    value = field_value(cursor, field, state.transform)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or value < 0:
        raise _wrong(field, value, "integer")
    return int(value)


def _wrong(field: Field, value: JSON, kind: str) -> StateError:
    if field.is_path:
        shown = value if isinstance(value, str) else to_text(value)
        return StateError(
            RUNTIME,
            f'The {field.name} field refers to value "{shown}" which is not a valid {kind}: {field.text}',
        )
    return StateError(
        QUERY_EVALUATION_ERROR, f"The {field.name} field is not a valid {kind}: {to_text(value)}"
    )


def _tolerated(cursor: Cursor, state: Map, total: int) -> int:
    """Return how many iterations may fail."""
    count = _whole(cursor, state, state.tolerated_failure_count)
    if state.tolerated_failure_count is not None:
        trace(cursor, "toleratedFailureCount", count)
    share = 0
    field = state.tolerated_failure_percentage
    if field is not None:
        value = field_value(cursor, field, state.transform)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _wrong(field, value, "number")
        if not 0 <= value <= 100:
            raise StateError(RUNTIME, "ToleratedFailurePercentage must be between 0 and 100.")
        trace(cursor, "toleratedFailurePercentage", float(value))
        share = int(total * value / 100)
    return max(count, share)


def _map_run_arn(run: Run, cursor: Cursor, state: Map) -> str:
    machine = run.execution.state_machine_arn.replace(":stateMachine:", ":mapRun:")
    return f"{machine}/{state.label or cursor.state}:{run.uuid()}"
