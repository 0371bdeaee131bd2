"""The running scopes of an execution, as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

JSON = Any


class Status(StrEnum):
    """Of an execution, and of a frame."""

    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    ABORTED = "ABORTED"
    PENDING_REDRIVE = "PENDING_REDRIVE"


class Waiting(StrEnum):
    """What a frame's current wait waits for."""

    NOTHING = "nothing"
    ATTEMPT = "attempt"  # a task attempt: queued, claimed or submitted
    TIMER = "timer"  # a Wait state
    RETRY = "retry"  # the back-off before the next attempt (or before a container is tried again)
    CHILDREN = "children"  # the frames of a Parallel or Map state
    MAP_RUN = "map_run"  # the child executions of a distributed Map state
    BURST = "burst"  # a capped burst that goes on in the next transaction


@dataclass(frozen=True, slots=True)
class Execution:
    """One run, without its frames."""

    key: str  # the id in URLs and task tokens; a UUID
    arn: str
    name: str
    state_machine_arn: str
    state_machine_name: str
    role_arn: str | None
    started_at: datetime
    input: JSON
    started_by: str | None = None
    status: Status = Status.RUNNING
    output: JSON = None
    error: str | None = None
    cause: str | None = None
    stopped_at: datetime | None = None
    next_seq: int = 1
    next_event_id: int = 1
    next_frame: int = 0
    transitions: int = 0
    redrive_count: int = 0
    redriven_at: datetime | None = None
    # Reads the input when it is asked for, where `input` is not at hand: few steps need it.
    load_input: Callable[[], JSON] | None = field(default=None, compare=False, repr=False)

    def given_input(self) -> JSON:
        """Return the execution's input."""
        return self.input if self.load_input is None else self.load_input()


@dataclass(frozen=True, slots=True)
class MapProgress:
    """The counters that a Map state keeps on its own frame; its items are read by index."""

    total: int
    next_index: int = 0
    running: int = 0
    succeeded: int = 0
    failed: int = 0
    aborted: int = 0
    max_concurrency: int = 0
    tolerated_count: int = 0  # 0: no bound of its own
    tolerated_percentage: float = 0
    keyed: bool = False  # the items are the members of an object: {Key, Value}
    started: int = 0  # after a redrive: iterations below this index have a child already
    map_run: str = ""  # its key
    redrives: int = 0
    aside: bool = True  # the state's input stands with the items; False once it was taken back


@dataclass(frozen=True, slots=True)
class Frame:
    """One running scope. Rows keep it; `data` columns hold everything but what queries need."""

    number: int  # 0 is the machine itself
    parent: int | None
    parent_wait: int  # the parent's wait that this frame belongs to
    index: int  # of the branch or iteration
    scope: tuple[tuple[str, int], ...]  # (container state, index) from the outermost in
    status: Status = Status.RUNNING
    state: str | None = None  # the current state's name
    wait: int = 0  # the number of the current wait; rises with every wait
    waiting: Waiting = Waiting.NOTHING
    attempt: int = 0  # tries of the current Task state, Parallel or Map so far
    claims_lost: int = 0  # of the current attempt
    pointer: int = 0  # id of the history event that the next one points to
    input: JSON = None  # the current state's raw input; a Map's is put aside with its items
    entered_at: datetime | None = None
    variables: dict[str, JSON] = field(default_factory=dict)
    retries: tuple[int, ...] = ()  # used so far, one for each Retrier of the current state
    output: JSON = None  # when it ended
    error: str | None = None
    cause: str | None = None
    progress: MapProgress | None = None
    live_children: int = 0
    with_children: bool = False  # children of `wait` belong to the current state; it may have ended
    entered_event: int = 0  # id of the current state's ...Entered event; 0 until it is entered
    began: bool = False  # the current attempt was claimed: its timers run
    submitted: bool = False  # the current attempt was submitted and is answered later
    timeout: float | None = None  # seconds, of the current attempt
    heartbeat: float | None = None  # seconds, of the current attempt
    due: datetime | None = None  # of the current wait: WAIT, RETRY or TIMEOUT
    heartbeat_due: datetime | None = None
    token: str | None = None  # of the current attempt
    # The interpreter may add fields; every one has a default and holds JSON, dates or frozen dataclasses
    # of these, so that `encode`/`decode` in this module round-trip it.


@dataclass(frozen=True, slots=True)
class Result:
    """What one child execution of a Map Run came to."""

    index: int
    status: Status
    output: JSON = None
    error: str | None = None
    cause: str | None = None


class Frames(Protocol):
    """What the interpreter may read of the frames that exist; the engine loads them as they are asked for.

    Reads see the transaction's own writes only through `advance`'s working copy.
    """

    def frame(self, number: int) -> Frame: ...

    def live_children(self, parent: int, parent_wait: int) -> Sequence[Frame]:
        """Running child frames of that wait, by index."""
        ...

    def children(self, parent: int, parent_wait: int) -> Sequence[Frame]:
        """All child frames of that wait, ended ones too, by index."""
        ...

    def item(self, frame: int, wait: int, index: int) -> JSON:
        """An item of a Map state, stored by `StoreItems`; the one after the last is the state's raw input."""
        ...

    def has_item(self, frame: int, wait: int, index: int) -> bool:
        """Whether an item is there: that of an iteration whose end was counted is not."""
        ...

    def next_item(self, frame: int, wait: int, index: int) -> int:
        """The index of the first item from this one on; there is always the state's input, after the last."""
        ...

    def results(self, frame: int, wait: int) -> Sequence[Result]:
        """What the child executions of a Map Run came to, by index."""
        ...
