"""A distributed Map: a Map Run, whose iterations are executions of their own.

The frame keeps counters only. What a child execution came to stays with the child until the last one
has ended; an iteration's item is dropped when its end is counted, which tells a second end from the first.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import replace
from typing import Any

from ..errors import EXCEED_TOLERATED_FAILURE_THRESHOLD, RUNTIME
from ..states import Map
from ..validate_maps import MAX_LABEL
from .commands import (
    ChangeMapRun,
    ContinueBurst,
    DropItem,
    EndMapRun,
    RedriveIteration,
    ReviveMapRun,
    StartIteration,
    StartMapRun,
)
from .containers import take_back
from .cursor import Cursor
from .data_flow import trace
from .error_handling import fail_execution, state_failed
from .events import IterationEnded, MapRunUpdated
from .frames import MapProgress, Status, Waiting
from .map_data import complete, input_of_iteration, percentage, store_items, trace_selected, whole
from .work import Run

JSON = Any

# https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
MOST_REDRIVES = 1000

# Children started in one transaction; a wider window goes on in the next one.
WINDOW = 100


def enter(run: Run, cursor: Cursor, state: Map, items: JSON, concurrency: int) -> None:
    """Begin the Map Run and start its first children."""
    keyed = isinstance(items, dict)
    listed = [{"Key": key, "Value": value} for key, value in items.items()] if keyed else items
    run.record(cursor, "MapStateStarted", {"length": len(listed)})
    cursor.progress = progress = MapProgress(
        total=len(listed),
        max_concurrency=concurrency,
        tolerated_count=_tolerated_count(cursor, state),
        tolerated_percentage=_tolerated_percentage(cursor, state),
        keyed=keyed,
        map_run=_key(run, cursor),
    )
    run.record(cursor, "MapRunStarted", {"mapRunArn": _arn(run, state, progress)})
    if run.step.alone:
        store_items(run, cursor, run.begin_wait(cursor, Waiting.CHILDREN), listed)
        trace_selected(run, cursor, state)
        return
    wait = run.begin_wait(cursor, Waiting.MAP_RUN)
    run.command(
        StartMapRun(
            cursor.number, wait, progress.map_run, state.name, label_of(state), cursor.scope, state.express,
            progress.total, concurrency, progress.tolerated_count, progress.tolerated_percentage,
        )
    )  # fmt: skip
    store_items(run, cursor, wait, listed)
    go_on(run, cursor, state)


def revive(run: Run, cursor: Cursor, state: Map) -> None:
    """Take up a Map Run again: children that did not succeed are redriven, the missing ones started."""
    before, progress = cursor.wait, _progress(cursor)
    if progress.redrives >= MOST_REDRIVES:
        fail_execution(run, cursor, RUNTIME, f"A Map Run is redriven {MOST_REDRIVES} times at most.")
        return
    wait = run.begin_wait(cursor, Waiting.MAP_RUN)
    cursor.input = None  # it still stands with the items
    cursor.progress = replace(
        progress, next_index=0, started=max(progress.started, progress.next_index), running=0, failed=0,
        redrives=progress.redrives + 1, aside=True,
    )  # fmt: skip
    details = {"mapRunArn": _arn(run, state, progress), "redriveCount": cursor.progress.redrives}
    run.record(cursor, "MapRunRedriven", details)
    run.command(ReviveMapRun(cursor.number, before, wait))
    run.command(ContinueBurst(cursor.number, wait))


def go_on(run: Run, cursor: Cursor, state: Map, most: int = WINDOW) -> None:
    """Start children in the free slots, so many at most, or leave the state after the last one's end."""
    progress = _progress(cursor)
    free = _slots(run, progress) - progress.running
    begun = 0
    while begun < min(free, most) and _start_next(run, cursor, state):
        begun += 1
    progress = _progress(cursor)
    if progress.next_index == progress.total:
        if progress.running == 0:
            _finish(run, cursor, state)
    elif begun == WINDOW < free:
        run.command(ContinueBurst(cursor.number, cursor.wait))


def iteration_ended(run: Run, cursor: Cursor, state: Map, event: IterationEnded) -> bool:
    """Count a child's end and start the next one in its slot, unless too many have failed."""
    if not run.frames.has_item(cursor.number, cursor.wait, event.index):
        return False
    run.command(DropItem(cursor.number, cursor.wait, event.index))
    progress = _progress(cursor)
    # one that somebody stopped is no failure, as documented for the thresholds
    failed = event.status in (Status.FAILED, Status.TIMED_OUT)
    cursor.progress = progress = replace(
        progress, running=progress.running - 1, failed=progress.failed + failed
    )
    if progress.failed > _tolerated(progress):
        _fail(run, cursor)
    else:
        go_on(run, cursor, state, 1)
    return True


def updated(run: Run, cursor: Cursor, state: Map, event: MapRunUpdated) -> bool:
    """Take on other bounds: more children start at once, those that run are left to end."""
    progress = _progress(cursor)
    given = {
        "max_concurrency": event.max_concurrency,
        "tolerated_count": event.tolerated_failure_count,
        "tolerated_percentage": event.tolerated_failure_percentage,
    }
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    cursor.progress = progress = replace(progress, **changes)
    run.command(
        ChangeMapRun(
            cursor.number, cursor.wait, progress.max_concurrency,
            progress.tolerated_count, progress.tolerated_percentage,
        )
    )  # fmt: skip
    if progress.failed > _tolerated(progress):
        _fail(run, cursor)
    else:
        go_on(run, cursor, state)
    return True


def label_of(state: Map) -> str:
    """Return the state's Label, or one made of its name that an ARN can hold."""
    if state.label is not None:
        return state.label
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", state.name)
    if plain == state.name and len(plain) <= MAX_LABEL:
        return plain
    mark = hashlib.sha256(state.name.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{plain[: MAX_LABEL - 9]}-{mark}"


def _start_next(run: Run, cursor: Cursor, state: Map) -> bool:
    """Start the next iteration, or redrive its child where it has one; False when there is none left."""
    progress = _progress(cursor)
    index = progress.next_index
    has_child = index < progress.started
    if has_child:
        index = run.frames.next_item(cursor.number, cursor.wait, index)
        has_child = index < progress.started
    if index == progress.total:
        cursor.progress = replace(progress, next_index=index)
        return False
    if has_child:
        run.command(RedriveIteration(cursor.number, cursor.wait, index))
    else:
        value = input_of_iteration(run, cursor, state, index)
        run.command(StartIteration(cursor.number, cursor.wait, index, value))
    cursor.progress = replace(progress, next_index=index + 1, running=progress.running + 1)
    return True


def _finish(run: Run, cursor: Cursor, state: Map) -> None:
    results = run.frames.results(cursor.number, cursor.wait) if _progress(cursor).total else ()
    take_back(run, cursor)
    run.command(EndMapRun(cursor.number, cursor.wait, Status.SUCCEEDED))
    cursor.waiting = Waiting.NOTHING  # the wait ends when the state is left: a redrive may take it up
    run.leaf(cursor, "MapStateSucceeded", after=run.leaf(cursor, "MapRunSucceeded"))
    outputs = [
        result.output if result.status is Status.SUCCEEDED else {"Error": result.error, "Cause": result.cause}
        for result in results
    ]
    complete(run, cursor, state, outputs)


def _fail(run: Run, cursor: Cursor) -> None:
    cause = "The specified tolerated failure threshold was exceeded"
    state_failed(run, cursor, EXCEED_TOLERATED_FAILURE_THRESHOLD, cause)


def _tolerated_count(cursor: Cursor, state: Map) -> int:
    field = state.tolerated_failure_count
    count = whole(cursor, state, field)
    if field is not None:
        trace(cursor, "toleratedFailureCount", count)
    return count


def _tolerated_percentage(cursor: Cursor, state: Map) -> float:
    field = state.tolerated_failure_percentage
    share = percentage(cursor, state, field)
    if field is not None:
        trace(cursor, "toleratedFailurePercentage", float(share))
    return share


def _tolerated(progress: MapProgress) -> int:
    """Return how many may fail: the lower bound, where a count and a percentage are given."""
    bounds = []
    if progress.tolerated_count:
        bounds.append(progress.tolerated_count)
    if progress.tolerated_percentage:
        bounds.append(int(progress.total * progress.tolerated_percentage / 100))
    return min(bounds, default=0)


def _slots(run: Run, progress: MapProgress) -> int:
    most = run.quotas.distributed_map_concurrency
    return min(progress.max_concurrency or most, most)


def _progress(cursor: Cursor) -> MapProgress:
    assert cursor.progress is not None
    return cursor.progress


def _key(run: Run, cursor: Cursor) -> str:
    """Return what tells this Map Run from all others."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{run.execution.key}:{cursor.number}:{cursor.wait + 1}"))


def _arn(run: Run, state: Map, progress: MapProgress) -> str:
    """Return the Map Run's ARN; within a child, the machine's own ARN is followed by the child's label."""
    machine = run.execution.state_machine_arn.partition("/")[0].replace(":stateMachine:", ":mapRun:")
    return f"{machine}/{label_of(state)}:{progress.map_run}"
