"""Writes what a transaction changed, one statement for each table."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from asl.interpreter import frames as core
from asl.interpreter.codec import encode_frame
from asl.interpreter.commands import REVIVABLE
from runner.models import Attempt, Entry, Execution, Frame, Inbox, Item, Timer

from . import payloads, sql
from .working import Working

_executions = sql.Table(
    Execution,
    (
        "id",
        "status",
        "output",
        "error",
        "cause",
        "stopped_at",
        "next_seq",
        "next_event_id",
        "next_frame",
        "transitions",
        "redrive_count",
        "redriven_at",
        "parent_wait",
    ),
    key=("id",),
)
_frames = sql.Table(
    Frame,
    ("execution_id", "number", "parent", "parent_wait", "index", "status", "state", "data"),
    key=("execution_id", "number"),
)
_entries = sql.Table(
    Entry,
    (
        "execution_id",
        "seq",
        "event_id",
        "previous_event_id",
        "type",
        "at",
        "frame",
        "scope",
        "state",
        "details",
    ),
    key=("execution_id", "seq"),
)
_attempts = sql.Table(
    Attempt,
    (
        "execution_id",
        "frame",
        "wait",
        "number",
        "status",
        "state",
        "resource",
        "request",
        "queued_at",
        "due_at",
        "claim",
        "worker",
        "renewals",
        "poll",
        "effect",
        "partial",
    ),
    key=("execution_id", "frame", "wait"),
)
_attempt_changes = sql.Table(
    Attempt,
    ("execution_id", "frame", "wait", "status", "due_at", "claim", "worker", "poll", "effect"),
    key=("execution_id", "frame", "wait"),
)
_timers = sql.Table(
    Timer,
    ("execution_id", "frame", "wait", "purpose", "due_at"),
    key=("execution_id", "frame", "wait", "purpose"),
)
_items = sql.Table(Item, ("execution_id", "frame", "wait", "index", "value"), key=("execution_id", "frame"))
_inbox = sql.Table(Inbox, ("execution_id", "event", "created_at"), key=("id",))

_WAIT = ("execution_id", "frame", "wait")


@dataclass(frozen=True, slots=True)
class EndedEffect:
    """A wait that is over and whose approval or child has yet to hear of it."""

    execution_id: int
    frame: int
    wait: int
    effect: str
    reason: str


def write(existing: Collection[Working], new: Collection[Working]) -> list[EndedEffect]:
    """Write executions, frames, entries, attempts and timers; returns the effects that ended."""
    for working in (*existing, *new):
        settle(working)
    # Ids come from the insert, so everything else follows it.
    Execution.objects.bulk_create([working.row for working in new])
    changed = [working for working in existing if working.is_changed]
    _executions.update([_execution_values(working.row) for working in changed])
    everyone = [*existing, *new]
    _frames.upsert([row for working in everyone for row in _frame_rows(working)])
    _entries.insert([row for working in everyone for row in _entry_rows(working)])
    _items.insert([row for working in everyone for row in _item_rows(working)])
    _drop_items(everyone)
    _write_attempts(everyone)
    _write_timers(everyone)
    return _end_waits(existing)


def settle(working: Working) -> None:
    """Copy the interpreter's execution into its row."""
    row, execution = working.row, working.execution
    row.status = execution.status
    row.error, row.cause = _storable(execution.error), _storable(execution.cause)
    row.stopped_at = execution.stopped_at
    row.next_seq, row.next_event_id = execution.next_seq, execution.next_event_id
    row.next_frame, row.transitions = execution.next_frame, execution.transitions
    row.redrive_count, row.redriven_at = execution.redrive_count, execution.redriven_at
    if execution.status is core.Status.SUCCEEDED and row.output is None:
        row.output = payloads.pack(payloads.dumps(execution.output))


def _storable(text: str | None) -> str | None:
    """Return the text without NUL, which PostgreSQL keeps in no column; the entry has it, as JSON."""
    return text and text.replace("\x00", "\ufffd")


def _execution_values(row: Execution) -> tuple[Any, ...]:
    return (
        row.id,
        row.status,
        row.output,
        row.error,
        row.cause,
        row.stopped_at,
        row.next_seq,
        row.next_event_id,
        row.next_frame,
        row.transitions,
        row.redrive_count,
        row.redriven_at,
        row.parent_wait,
    )


def _frame_rows(working: Working) -> Iterable[tuple[Any, ...]]:
    for number in sorted(working.dirty):
        frame = working.cached[number]
        yield (
            working.row.id,
            frame.number,
            frame.parent,
            frame.parent_wait,
            frame.index,
            frame.status,
            frame.state,
            payloads.pack(payloads.dumps(encode_frame(frame))),
        )


def _entry_rows(working: Working) -> Iterable[tuple[Any, ...]]:
    for entry in working.entries:
        yield (
            working.row.id,
            entry.seq,
            entry.event_id,
            entry.previous_event_id,
            entry.type,
            entry.at,
            entry.frame,
            payloads.dumps(entry.scope) if entry.scope else "[]",
            entry.state,
            payloads.pack(payloads.dumps(entry.details)),
        )


def _item_rows(working: Working) -> Iterable[tuple[Any, ...]]:
    for frame, wait, items in working.items:
        for index, value in enumerate(items):
            yield working.row.id, frame, wait, index, payloads.pack(payloads.dumps(value))


def _drop_items(everyone: Collection[Working]) -> None:
    places = [(working.row.id, *place) for working in everyone for place in working.dropped_items]
    sql.delete_returning(Item, (*_WAIT, "index"), places, ("execution_id",))


def _write_attempts(everyone: Collection[Working]) -> None:
    new, changed = [], []
    for working in everyone:
        for (frame, wait), row in working.attempts.items():
            place = (working.row.id, frame, wait)
            if row.status == "ENDED":
                continue
            if row.is_new:
                request = payloads.pack(payloads.dumps(row.request))
                what = (row.number, row.status, row.state, row.resource, request)
                who = (row.queued_at, row.due_at, row.claim, row.worker, 0, row.poll, row.effect, "")
                new.append((*place, *what, *who))
            elif row.is_changed:
                values = (row.status, row.due_at, row.claim, row.worker, row.poll, row.effect)
                changed.append((*place, *values))
    _attempts.insert(new)
    _attempt_changes.update(changed)


def _write_timers(everyone: Collection[Working]) -> None:
    cancelled = [
        (working.row.id, *key)
        for working in everyone
        for key in working.cancelled_timers
        if not working.is_new and key not in working.timers
    ]
    sql.delete_returning(Timer, (*_WAIT, "purpose"), cancelled, ("execution_id",))
    _timers.upsert(
        [
            (working.row.id, frame, wait, purpose, due)
            for working in everyone
            for (frame, wait, purpose), due in working.timers.items()
        ]
    )


def _end_waits(existing: Collection[Working]) -> list[EndedEffect]:
    """Drop the rows of waits that are over."""
    reasons = {
        (working.row.id, *place): reason
        for working in existing
        for place, reason in working.ended_waits.items()
    }
    if not reasons:
        return []
    sql.delete_returning(Timer, _WAIT, list(reasons), ("execution_id",))
    items = [place for place, reason in reasons.items() if reason not in REVIVABLE]
    sql.delete_returning(Item, _WAIT, items, ("execution_id",))
    gone = sql.delete_returning(Attempt, _WAIT, list(reasons), (*_WAIT, "effect"))
    return [
        EndedEffect(execution, frame, wait, effect, reasons[execution, frame, wait])
        for execution, frame, wait, effect in gone
        if effect
    ]


def leave(events: Iterable[tuple[int, str]]) -> None:
    """Leave encoded events in the inboxes of executions."""
    now = timezone.now()
    _inbox.insert([(execution, event, now) for execution, event in events])
