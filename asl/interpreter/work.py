"""The working copy that one `advance` moves: frames as cursors, and what comes of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from ..errors import DATA_LIMIT_EXCEEDED, StateError
from ..jsontext import to_text
from ..quotas import AWS, Quotas
from ..states import Definition, Map
from .commands import Command, EndMapRun, EndWait, StartTimer
from .cursor import Cursor
from .events import TimerPurpose
from .frames import Execution, Frame, Frames, Status, Waiting
from .history import Entry

JSON = Any

SHOWN = {"truncated": False}


@dataclass(frozen=True, slots=True)
class Step:
    """What one step takes from the world: the time and a seed for its random numbers."""

    at: datetime
    seed: int
    quotas: Quotas = AWS
    trace: bool = False  # gather each stage of the data flow
    # One state is run by itself (TestState): what it contains is not run, and causes name no place in a
    # history. `context`, where given, stands for the Context Object.
    alone: bool = False
    context: Mapping[str, JSON] | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """What came of one event; `frames` holds the changed and the new ones."""

    execution: Execution
    frames: tuple[Frame, ...] = ()
    entries: tuple[Entry, ...] = ()
    commands: tuple[Command, ...] = ()
    trace: tuple[tuple[str, JSON], ...] = ()


class Run:
    """One call of `advance`: the numbers that rise, the frames that move, and an agenda of them."""

    __slots__ = (
        "_random",
        "_text",
        "_text_of",
        "agenda",
        "at",
        "budget",
        "commands",
        "cursors",
        "definition",
        "entries",
        "event_id",
        "execution",
        "frames",
        "items",
        "next_frame",
        "quotas",
        "seq",
        "step",
        "trace",
        "transitions",
    )  # fmt: skip

    def __init__(self, definition: Definition, execution: Execution, frames: Frames, step: Step) -> None:
        self.definition = definition
        self.execution = execution
        self.frames = frames
        self.step = step
        self.quotas = step.quotas
        self.at = step.at
        self.seq = execution.next_seq
        self.event_id = execution.next_event_id
        self.next_frame = execution.next_frame
        self.transitions = execution.transitions
        self.budget = step.quotas.burst
        self.cursors: dict[int, Cursor] = {}
        self.agenda: deque[Cursor] = deque()
        self.entries: list[Entry] = []
        self.commands: list[Command] = []
        self.items: dict[tuple[int, int], tuple[JSON, ...]] = {}
        self.trace: list[tuple[str, JSON]] = []
        self._random: Random | None = None
        self._text_of: JSON = self
        self._text = ""

    @property
    def time_limit(self) -> float | None:
        """The seconds after which the execution times out: its own limit, or that of its quotas."""
        limits = (self.definition.timeout_seconds, self.quotas.execution_seconds)
        return min((limit for limit in limits if limit is not None), default=None)

    # -------------------------------------------------------------- reading
    def cursor(self, number: int) -> Cursor:
        """Return the working copy of a frame; raises KeyError where there is none."""
        found = self.cursors.get(number)
        if found is None:
            found = Cursor(self, self.frames.frame(number))
            self.cursors[number] = found
        return found

    def children(self, parent: Cursor, count: int) -> list[Cursor]:
        """Return all `count` children of the parent's current wait, by index."""
        wait = parent.wait
        found = {
            c.index: c for c in self.cursors.values() if c.parent == parent.number and c.parent_wait == wait
        }
        if len(found) < count:
            for frame in self.frames.children(parent.number, wait):
                if frame.number not in self.cursors:
                    found[frame.index] = Cursor(
                        self, frame
                    )  # read only: not among the cursors that are written
        return [found[index] for index in sorted(found)]

    def live_children(self, parent: Cursor) -> list[Cursor]:
        """Return the running children of the parent's current wait, by index."""
        for frame in self.frames.live_children(parent.number, parent.wait):
            if frame.number not in self.cursors:
                self.cursors[frame.number] = Cursor(self, frame)
        found = [
            c
            for c in self.cursors.values()
            if c.parent == parent.number and c.parent_wait == parent.wait and c.status is Status.RUNNING
        ]
        return sorted(found, key=lambda c: c.index)

    def item(self, parent: Cursor, wait: int, index: int) -> JSON:
        """Return an item of a Map state, also one that this very step stored."""
        stored = self.items.get((parent.number, wait))
        return stored[index] if stored is not None else self.frames.item(parent.number, wait, index)

    def map_item(self, cursor: Cursor) -> Mapping[str, JSON] | None:
        """Return the `Map.Item` of the innermost Map that this frame is an iteration of."""
        while cursor.parent is not None:
            parent = self.cursor(cursor.parent)
            if isinstance(parent.current(), Map):
                return {"Index": cursor.index, "Value": self.item(parent, cursor.parent_wait, cursor.index)}
            cursor = parent
        return None

    def random(self) -> Random:
        """Return the step's source of chance."""
        if self._random is None:
            self._random = Random(self.step.seed)  # noqa: S311 (a step must be repeatable)
        return self._random

    def text(self, value: JSON) -> str:
        """Return the JSON text; the one just made is kept, for an output is mostly the next input."""
        if value is not self._text_of:
            self._text = to_text(value)
            self._text_of = value
        return self._text

    # -------------------------------------------------------------- writing
    def record(self, cursor: Cursor, type: str, details: JSON = None, *, state: str | None = None) -> int:
        """Write a history event after the frame's pointer, move the pointer there, and return the id."""
        event_id = self.leaf(cursor, type, details, state=state)
        cursor.pointer = event_id
        return event_id

    def leaf(
        self,
        cursor: Cursor,
        type: str,
        details: JSON = None,
        *,
        state: str | None = None,
        after: int | None = None,
    ) -> int:
        """Write a history event that the frame's pointer does not move to, and return its id."""
        seq = self.seq
        self.seq = seq + 1
        named = cursor.state if state is None else state or None
        event_id = self.event_id
        self.event_id = event_id + 1
        previous = cursor.pointer if after is None else after
        self.entries.append(
            Entry(seq, type, self.at, cursor.number, cursor.scope, named, details, event_id, previous)
        )
        return event_id

    def note(self, cursor: Cursor, type: str, details: JSON) -> None:
        """Write a fact of our own."""
        self.entries.append(
            Entry(self.seq, type, self.at, cursor.number, cursor.scope, cursor.state, details)
        )
        self.seq += 1

    def command(self, command: Command) -> None:
        self.commands.append(command)

    # -------------------------------------------------------------- waits
    def begin_wait(self, cursor: Cursor, waiting: Waiting) -> int:
        """Start the frame's next wait and return its number."""
        cursor.wait += 1
        cursor.waiting = waiting
        cursor.with_children = waiting in (Waiting.CHILDREN, Waiting.MAP_RUN)
        return cursor.wait

    def begin_timer(self, cursor: Cursor, waiting: Waiting, purpose: TimerPurpose, due: datetime) -> None:
        """Start a wait that a timer ends."""
        wait = self.begin_wait(cursor, waiting)
        cursor.due = due
        self.commands.append(StartTimer(cursor.number, wait, purpose, due))

    def later(self, seconds: float) -> datetime:
        """Return the time so many seconds from now; a time beyond the calendar is its end."""
        try:
            return self.at + timedelta(seconds=seconds)
        except OverflowError:
            return datetime.max.replace(tzinfo=self.at.tzinfo)

    def end_wait(self, cursor: Cursor, reason: str) -> None:
        """End the frame's wait, and with it a Map Run that it waits for."""
        if cursor.waiting is Waiting.MAP_RUN:
            status = _MAP_RUN_STATUS.get(reason, "ABORTED")
            self.commands.append(EndMapRun(cursor.number, cursor.wait, status))
        if cursor.waiting in _WITH_ROWS:
            self.commands.append(EndWait(cursor.number, cursor.wait, reason))
        cursor.waiting = Waiting.NOTHING
        cursor.due = None
        cursor.heartbeat_due = None
        cursor.token = None
        cursor.began = False
        cursor.submitted = False
        cursor.claims_lost = 0

    def forget_children(self, cursor: Cursor, reason: str) -> None:
        """Say that no redrive will take the current state's children up again: its items may go."""
        if cursor.progress is not None:
            self.commands.append(EndWait(cursor.number, cursor.wait, reason))
            cursor.progress = None
        cursor.with_children = False

    # -------------------------------------------------------------- moving on
    def leave(
        self, cursor: Cursor, state_type: str, output: JSON, following: str | None, assigned: JSON
    ) -> None:
        """Write the state's exit, keep its variables, and go to the next state or end the frame."""
        text = self.text(output)
        self.check_size(text, cursor.state)
        details: dict[str, JSON] = {"name": cursor.state, "output": text, "outputDetails": SHOWN}
        if assigned:
            details["assignedVariables"] = {name: to_text(value) for name, value in assigned.items()}
            details["assignedVariablesDetails"] = SHOWN
            cursor.variables = {**cursor.variables, **assigned}
        self.record(cursor, state_type, details)
        if cursor.with_children:
            self.forget_children(cursor, "succeeded")
        if following is None:
            self.end_frame(cursor, output)
        else:
            self.go(cursor, following, output)

    def go(self, cursor: Cursor, following: str, value: JSON) -> None:
        """Enter this state next."""
        cursor.state = following
        cursor.input = value
        cursor.entered_event = 0
        self.agenda.appendleft(cursor)

    def start(self, cursors: Iterable[Cursor]) -> None:
        """Run these frames next, in this order."""
        self.agenda.extendleft(reversed(list(cursors)))

    def end_frame(self, cursor: Cursor, output: JSON) -> None:
        cursor.status = Status.SUCCEEDED
        cursor.output = output
        self.agenda.appendleft(cursor)

    def fail_frame(self, cursor: Cursor, error: str | None, cause: str | None) -> None:
        cursor.status = Status.FAILED
        cursor.error = error
        cursor.cause = cause
        self.agenda.appendleft(cursor)

    def new_child(self, parent: Cursor, machine_start: str, index: int, value: JSON, pointer: int) -> Cursor:
        """Return a new frame for a branch or an iteration of the state that `parent` is in."""
        assert parent.state is not None
        frame = Frame(
            self.next_frame, parent.number, parent.wait, index, (*parent.scope, (parent.state, index)),
            state=machine_start, input=value, pointer=pointer,
        )  # fmt: skip
        self.next_frame += 1
        child = Cursor(self, frame).mark_new()
        self.cursors[child.number] = child
        return child

    def check_size(self, text: str, name: str | None) -> None:
        """Raise States.DataLimitExceeded for a payload over the quota."""
        limit = self.quotas.payload_bytes
        if limit is not None and len(text) * 4 > limit and len(text.encode(errors="replace")) > limit:
            cause = (
                f"The state/task '{name}' returned a result with a size exceeding "
                "the maximum number of bytes service limit."
            )
            raise StateError(DATA_LIMIT_EXCEEDED, cause, states_place=False)

    # -------------------------------------------------------------- the end of the execution
    def finish(
        self, status: Status, *, output: JSON = None, error: str | None = None, cause: str | None = None
    ) -> None:
        """Give the execution its last status and stop everything that still runs."""
        self.execution = replace(
            self.execution, status=status, output=output, error=error, cause=cause, stopped_at=self.at
        )
        self.agenda.clear()
        if self.time_limit is not None:
            self.commands.append(EndWait(0, 0, status.lower()))

    def transition(self) -> Transition:
        """Return what came of it all."""
        execution = replace(
            self.execution,
            next_seq=self.seq,
            next_event_id=self.event_id,
            next_frame=self.next_frame,
            transitions=self.transitions,
        )
        frames = tuple(frame for cursor in self.cursors.values() if (frame := cursor.freeze()) is not None)
        return Transition(execution, frames, tuple(self.entries), tuple(self.commands), tuple(self.trace))


_WITH_ROWS = frozenset({Waiting.ATTEMPT, Waiting.TIMER, Waiting.RETRY, Waiting.CHILDREN, Waiting.MAP_RUN})
_MAP_RUN_STATUS = {"succeeded": "SUCCEEDED", "failed": "FAILED"}
