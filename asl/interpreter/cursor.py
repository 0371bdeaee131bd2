"""A frame while a step moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from ..context import context_object
from ..errors import StateError
from ..states import Map, Parallel, State, Task
from .frames import Frame, MapProgress, Status, Waiting

if TYPE_CHECKING:
    from .work import Run

JSON = Any

_FIELDS = tuple(field.name for field in fields(Frame))


class Cursor:
    """A frame being moved. It has the fields of `Frame`, and is the scope of the state's expressions."""

    __slots__ = (*_FIELDS, "run", "states", "came_from", "map_item", "_original", "_outer")

    number: int
    parent: int | None
    parent_wait: int
    index: int
    scope: tuple[tuple[str, int], ...]
    status: Status
    state: str | None
    wait: int
    waiting: Waiting
    attempt: int
    claims_lost: int
    pointer: int
    input: JSON
    entered_at: datetime | None
    variables: dict[str, JSON]
    retries: tuple[int, ...]
    output: JSON
    error: str | None
    cause: str | None
    progress: MapProgress | None
    live_children: int
    with_children: bool
    entered_event: int
    began: bool
    submitted: bool
    timeout: float | None
    heartbeat: float | None
    due: datetime | None
    heartbeat_due: datetime | None
    token: str | None

    def __init__(self, run: Run, frame: Frame) -> None:
        for name in _FIELDS:
            setattr(self, name, getattr(frame, name))
        self.run = run
        self._original: Frame | None = frame
        self.states: Mapping[str, State] = run.definition.machine_at(frame.scope).states
        self.came_from = self.pointer
        self.map_item: Mapping[str, JSON] | None = None
        self._outer: Mapping[str, JSON] | None = None

    def mark_new(self) -> Cursor:
        """Say that this frame is to be written even if nothing moves it."""
        self._original = None
        return self

    def freeze(self) -> Frame | None:
        """Return the frame as it stands, or None where it stands as before."""
        frame = Frame(*[getattr(self, name) for name in _FIELDS])
        return None if frame == self._original else frame

    def current(self) -> State:
        """Return the state that this frame is in."""
        assert self.state is not None
        return self.states[self.state]

    # -------------------------------------------------------------- the scope of expressions
    def context(self, *, with_input: bool = True) -> dict[str, JSON]:
        state = self.states.get(self.state) if self.state is not None else None
        given = self.run.step.context
        if given is not None:
            return {**given, "Map": {"Item": dict(self.map_item)}} if self.map_item else dict(given)
        handles_errors = isinstance(state, Task | Parallel | Map)
        return context_object(
            self.run.execution,
            state=self.state,
            entered_at=self.entered_at,
            retry_count=max(self.attempt - 1, 0) if handles_errors else None,
            task_token=self.token,
            map_item=self.map_item or self.run.map_item(self),
            with_input=with_input,
        )

    def variables_seen(self) -> Mapping[str, JSON]:
        if self.parent is None:
            return self.variables
        if self._outer is None:
            self._outer = self.run.cursor(self.parent).variables_seen()
        return {**self._outer, **self.variables} if self.variables else self._outer

    def random(self) -> Random:
        return self.run.random()


def placed(cursor: Cursor, error: StateError) -> str | None:
    """Return the error's cause, with the state's place before it where the service puts it."""
    if not error.states_place or error.cause is None or cursor.run.step.alone:
        return error.cause
    place = f"'{cursor.state}' (entered at the event id #{cursor.entered_event})"
    return f"An error occurred while executing the state {place}. {error.cause}"
