"""What goes into a Map state and what comes out: items, ItemSelector, bounds, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import (
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
from ..states import Batcher, Field, Map
from .batches import Batching, batched
from .commands import StoreItems
from .cursor import Cursor
from .data_flow import effective_input, field_value, output_of_result, trace
from .work import Run

JSON = Any


def items_of(cursor: Cursor, state: Map) -> list[JSON] | dict[str, JSON]:
    """Return what the state iterates over; an object only in a distributed Map."""
    if state.item_reader is not None:
        raise StateError(ITEM_READER_FAILED, "An ItemReader is not supported here.")
    if state.item_batcher is not None and not cursor.run.step.alone:
        raise StateError(RUNTIME, "An ItemBatcher is not supported here.")
    if state.result_writer is not None:
        raise StateError(RESULT_WRITER_FAILED, "A ResultWriter is not supported here.")
    if state.transform.jsonata:
        return _items_of_jsonata(cursor, state)
    value = effective_input(cursor, state.transform)
    if state.items_path is not None:
        value = state.items_path.evaluate(value, cursor)
    if isinstance(value, dict) and state.distributed:
        return value
    if not isinstance(value, list):
        text = state.items_path.path.text if isinstance(state.items_path, FieldPath) else "$"
        shown = text[1:] if text.startswith("$$") else text  # as recorded
        raise StateError(RUNTIME, f'Reference path "{shown}" must point to array.')
    return value


def store_items(run: Run, cursor: Cursor, wait: int, items: list[JSON]) -> None:
    """Put the items aside, and the state's input after them: it would be written with every step."""
    kept = (*items, cursor.input)
    run.items[cursor.number, wait] = kept
    run.command(StoreItems(cursor.number, wait, kept))
    cursor.input = None


def input_of_iteration(run: Run, cursor: Cursor, state: Map, index: int) -> JSON:
    """Return what an iteration gets: its item, or what ItemSelector makes of it."""
    item = run.item(cursor, cursor.wait, index)
    if state.item_selector is None:
        return item
    cursor.map_item = _shown(cursor, state, index, item)
    try:
        return _selected(run, cursor, state, state.item_selector)
    finally:
        cursor.map_item = None


def trace_selected(run: Run, cursor: Cursor, state: Map) -> None:
    """Keep what ItemSelector makes of every item, and ItemBatcher of them all."""
    assert cursor.progress is not None
    total = cursor.progress.total
    chosen = [input_of_iteration(run, cursor, state, index) for index in range(total)]
    if state.item_selector is not None:
        trace(cursor, "afterItemSelector", chosen)
    if state.item_batcher is not None:
        cursor.input = run.item(cursor, cursor.wait, total)
        trace(cursor, "afterItemBatcher", batched(chosen, _batching(cursor, state, state.item_batcher)))
        cursor.input = None


def whole(cursor: Cursor, state: Map, field: Field | None) -> int:
    """Return the value of a count; a missing one is 0."""
    if field is None:
        return 0
    value = field_value(cursor, field, state.transform)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or value < 0:
        raise _wrong(field, value, "integer")
    return int(value)


def percentage(cursor: Cursor, state: Map, field: Field | None) -> float:
    """Return the value of a share; a missing one is 0."""
    if field is None:
        return 0
    value = field_value(cursor, field, state.transform)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(field, value, "number")
    if not 0 <= value <= 100:
        raise StateError(RUNTIME, "ToleratedFailurePercentage must be between 0 and 100.")
    return value


def complete(run: Run, cursor: Cursor, state: Map, result: JSON) -> None:
    """Leave the state with this result."""
    output, assigned = output_of_result(cursor, state.transform, result)
    run.leave(cursor, "MapStateExited", output, state.next, assigned)


def _items_of_jsonata(cursor: Cursor, state: Map) -> list[JSON] | dict[str, JSON]:
    if state.items is None:
        if not isinstance(cursor.input, list):
            raise QueryError(f"Map state input must be an array but was: {to_text(cursor.input)}", None)
        return cursor.input
    items = state.items.evaluate({"input": cursor.input}, cursor)
    if isinstance(items, list) or (isinstance(items, dict) and state.distributed):
        return items
    source = state.items.source if isinstance(state.items, JsonataExpression) else to_text(items)
    raise unexpected_type(source, "Items", "array", items)


def _batching(cursor: Cursor, state: Map, batcher: Batcher) -> Batching:
    shared = None
    if batcher.shared is not None:
        jsonata = state.transform.jsonata
        root = {"input": cursor.input} if jsonata else effective_input(cursor, state.transform)
        shared = batcher.shared.evaluate(root, cursor)
    most_items, most_bytes = (
        whole(cursor, state, field) for field in (batcher.most_items, batcher.most_bytes)
    )
    return Batching(most_items, most_bytes, shared)


def _shown(cursor: Cursor, state: Map, index: int, item: JSON) -> Mapping[str, JSON]:
    """Return the `Map.Item` that ItemSelector sees."""
    if not state.distributed:
        return {"Index": index, "Value": item}
    assert cursor.progress is not None
    value = item if cursor.progress.keyed else {"Value": item}
    return {"Index": index, **value, "Source": "STATE_DATA"}


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
