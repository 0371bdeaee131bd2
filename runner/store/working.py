"""One execution while events are applied to it: what was read, and what is to be written."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asl.interpreter import frames as core
from asl.interpreter.codec import decode_frame
from asl.interpreter.commands import REVIVABLE, Command
from asl.interpreter.events import Event, RedriveRequested, TimerPurpose
from asl.interpreter.history import Entry
from runner.history_log import Logged
from runner.models import Execution, Frame, Item
from runner.operations import Changed
from runner.revisions import Compiled

from . import payloads, sql

JSON = Any


@dataclass(slots=True)
class AttemptRow:
    """An attempt that was read or made within the transaction."""

    number: int
    status: str
    state: str
    resource: str
    request: dict[str, JSON] | str  # text as read; parsed when a worker gets it
    queued_at: datetime
    due_at: datetime
    claim: int = 0
    worker: str = ""
    poll: str | None = None
    effect: str = ""
    is_new: bool = False
    is_changed: bool = False


@dataclass(slots=True)
class Working:
    """Implements `asl.interpreter.frames.Frames` over rows; the execution's row is locked."""

    row: Execution
    compiled: Compiled
    execution: core.Execution
    is_new: bool = False
    was_running: bool = True  # before this transaction, or since a redrive within it
    reports_again: bool = False  # it had succeeded before the redrive came that its Map Run sent
    is_changed: bool = False
    scheduled: deque[tuple[int, int]] = field(default_factory=deque)  # attempts not yet offered
    entries: list[Entry] = field(default_factory=list)
    cached: dict[int, core.Frame] = field(default_factory=dict)
    stored: set[int] = field(default_factory=set)  # frames that have a row
    dirty: set[int] = field(default_factory=set)
    attempts: dict[tuple[int, int], AttemptRow] = field(default_factory=dict)
    timers: dict[tuple[int, int, TimerPurpose], datetime] = field(default_factory=dict)
    cancelled_timers: set[tuple[int, int, TimerPurpose]] = field(default_factory=set)
    ended_waits: dict[tuple[int, int], str] = field(default_factory=dict)
    items: list[tuple[int, int, Sequence[JSON]]] = field(default_factory=list)
    dropped_items: set[tuple[int, int, int]] = field(default_factory=set)
    map_run_commands: list[Command] = field(default_factory=list)
    continued: list[Event] = field(default_factory=list)  # inbox rows for itself

    def put(self, frame: core.Frame) -> None:
        self.cached[frame.number] = frame
        self.dirty.add(frame.number)

    def end_wait(self, frame: int, wait: int, reason: str) -> None:
        """Forget what was staged for a wait that is over, and remember to drop its rows."""
        self.ended_waits[frame, wait] = reason
        held = self.attempts.get((frame, wait))
        if held is not None:
            held.status = "ENDED"
        for key in [key for key in self.timers if key[:2] == (frame, wait)]:
            del self.timers[key]
        if reason not in REVIVABLE:
            self.items = [stored for stored in self.items if stored[:2] != (frame, wait)]

    @property
    def has_ended(self) -> bool:
        """Whether the execution ended within this transaction."""
        return self.was_running and self.execution.status is not core.Status.RUNNING

    def redriven(self, event: RedriveRequested, *, changed: bool) -> None:
        """Remember that it runs again, and which wait of its parent's it reports to from now on."""
        self.was_running |= changed  # its next end is told again
        if event.wait is not None:
            self.row.parent_wait = event.wait
            self.reports_again = not changed
            self.is_changed = True

    def changed(self, now: datetime) -> Changed:
        """Tell that there are new entries."""
        return Changed(
            execution_id=self.row.id,
            key=str(self.row.key),
            last_seq=self.row.next_seq - 1,
            is_watched=self.row.watched_until is not None and self.row.watched_until > now,
        )

    def logged(self) -> Logged | None:
        """Tell what its workflow has written to the log, where it has that."""
        wanted = self.compiled.logging
        if wanted is None or not self.entries:
            return None
        return Logged(wanted, self.execution.arn, self.execution.redrive_count, self.entries)

    # What the interpreter reads

    def frame(self, number: int) -> core.Frame:
        found = self.cached.get(number)
        if found is None:
            rows = sql.select_in(Frame, ("execution_id", "number"), [(self.row.id, number)], ("data",))
            if not rows:
                raise KeyError(number)  # what the interpreter expects of a frame that is gone
            found = self._keep(number, rows[0][0])
        return found

    def live_children(self, parent: int, parent_wait: int) -> Sequence[core.Frame]:
        return [
            frame
            for frame in self._children(parent, parent_wait, only_running=True)
            if frame.status is core.Status.RUNNING
        ]

    def children(self, parent: int, parent_wait: int) -> Sequence[core.Frame]:
        return self._children(parent, parent_wait, only_running=False)

    def item(self, frame: int, wait: int, index: int) -> JSON:
        for stored_frame, stored_wait, items in self.items:
            if (stored_frame, stored_wait) == (frame, wait):
                return items[index]
        [[value]] = sql.select_in(
            Item,
            ("execution_id", "frame", "wait", "index"),
            [(self.row.id, frame, wait, index)],
            ("value",),
        )
        return payloads.loads(value)

    def has_item(self, frame: int, wait: int, index: int) -> bool:
        if (frame, wait, index) in self.dropped_items:
            return False
        if any((stored, of) == (frame, wait) for stored, of, _ in self.items):
            return True
        key = ("execution_id", "frame", "wait", "index")
        return bool(sql.select_in(Item, key, [(self.row.id, frame, wait, index)], ("index",)))

    def next_item(self, frame: int, wait: int, index: int) -> int:
        rows = Item.objects.filter(execution_id=self.row.id, frame=frame, wait=wait, index__gte=index)
        indexes = rows.order_by("index").values_list("index", flat=True)
        # Those that this transaction drops still have their rows.
        return next(found for found in indexes if (frame, wait, found) not in self.dropped_items)

    def results(self, frame: int, wait: int) -> Sequence[core.Result]:
        ended = Execution.objects.filter(
            map_run__execution_id=self.row.id, map_run__frame=frame, map_run__wait=wait
        )
        rows = ended.order_by("item_index").values_list("item_index", "status", "output", "error", "cause")
        return [
            core.Result(
                index or 0,
                core.Status(status),
                None if output is None else payloads.loads(output),
                error,
                cause,
            )
            for index, status, output, error, cause in rows
        ]

    def _children(self, parent: int, parent_wait: int, *, only_running: bool) -> list[core.Frame]:
        if not self.is_new:
            query = Frame.objects.filter(execution_id=self.row.id, parent=parent, parent_wait=parent_wait)
            if only_running:
                query = query.filter(status=core.Status.RUNNING)
            for number, data in query.values_list("number", "data"):
                if number not in self.cached:
                    self._keep(number, data)
        family = [
            frame
            for frame in self.cached.values()
            if frame.parent == parent and frame.parent_wait == parent_wait
        ]
        return sorted(family, key=lambda frame: frame.index)

    def _keep(self, number: int, data: str) -> core.Frame:
        frame = decode_frame(payloads.loads(data))
        self.cached[number] = frame
        self.stored.add(number)
        return frame
