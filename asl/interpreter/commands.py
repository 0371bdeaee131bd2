"""What the interpreter asks for, in the imperative. The engine writes each as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .events import TimerPurpose

JSON = Any

# Why a wait ended that a redrive may take up again.
REVIVABLE = frozenset({"failed", "timed_out", "aborted"})


@dataclass(frozen=True, slots=True)
class ScheduleAttempt:
    """Queue one try of a Task state's work.

    `number` counts tries of this visit to the state from 1. `arguments` is the evaluated payload.
    `resource` is the state's `Resource`. `task_token` is set for every attempt (only
    `.waitForTaskToken` and approvals hand it out). `context` is the Context Object as a dict, without
    `Execution.Input`: that stands in the execution and may be large.
    """

    frame: int
    wait: int
    number: int
    state: str
    resource: str
    arguments: JSON
    task_token: str
    timeout_seconds: float | None
    heartbeat_seconds: float | None
    credentials: JSON
    context: JSON


@dataclass(frozen=True, slots=True)
class RequeueAttempt:
    """Put an attempt whose claim was lost back into the queue."""

    frame: int
    wait: int
    number: int


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Fire `TimerFired(frame, wait, purpose)` at `due`; replaces an earlier one of that purpose."""

    frame: int
    wait: int
    purpose: TimerPurpose
    due: datetime


@dataclass(frozen=True, slots=True)
class CancelTimer:
    frame: int
    wait: int
    purpose: TimerPurpose


@dataclass(frozen=True, slots=True)
class EndWait:
    """The wait is over: drop its timers, end its attempt, withdraw its approval, stop its children.

    After `REVIVABLE` reasons the items of a Map stay, for a redrive may take the wait up again; it is
    `superseded` when the state is tried again or its error is caught.
    """

    frame: int
    wait: int
    reason: str  # "succeeded" | "failed" | "timed_out" | "aborted" | "superseded"


@dataclass(frozen=True, slots=True)
class StoreItems:
    """Keep a Map's items so that each is read by index: `Frames.item(frame, wait, index)`.

    After the items stands the state's raw input, which would otherwise be written with every step.
    """

    frame: int
    wait: int
    items: tuple[JSON, ...]


@dataclass(frozen=True, slots=True)
class StartMapRun:
    """Write the Map Run of this wait; `StartIteration` starts its children.

    `key` is the end of its ARN. `scope` says within which containers of the definition the state is.
    """

    frame: int
    wait: int
    key: str
    state: str
    label: str
    scope: tuple[tuple[str, int], ...]
    is_express: bool
    total: int
    max_concurrency: int
    tolerated_failure_count: int
    tolerated_failure_percentage: float


@dataclass(frozen=True, slots=True)
class StartIteration:
    """Start a child execution of the wait's Map Run; its end comes back as `IterationEnded`."""

    frame: int
    wait: int
    index: int
    input: JSON


@dataclass(frozen=True, slots=True)
class ReviveMapRun:
    """The Map Run runs again, and its iterations report to another wait.

    The items of those that did not succeed are there again, and no others: `Frames.next_item` finds them.
    """

    frame: int
    before: int  # the wait that it belonged to
    wait: int


@dataclass(frozen=True, slots=True)
class RedriveIteration:
    """Continue the child that this iteration has."""

    frame: int
    wait: int
    index: int


@dataclass(frozen=True, slots=True)
class DropItem:
    """This iteration has ended and is counted; without its item, its end is not counted again."""

    frame: int
    wait: int
    index: int


@dataclass(frozen=True, slots=True)
class ChangeMapRun:
    """Write other bounds of a Map Run that runs."""

    frame: int
    wait: int
    max_concurrency: int
    tolerated_failure_count: int
    tolerated_failure_percentage: float


@dataclass(frozen=True, slots=True)
class EndMapRun:
    """The Map Run has this status now; children that still run are stopped."""

    frame: int
    wait: int
    status: str  # "SUCCEEDED" | "FAILED" | "ABORTED"


@dataclass(frozen=True, slots=True)
class ContinueBurst:
    """Send `BurstContinued(frame, wait)` in a transaction of its own."""

    frame: int
    wait: int


Command = (
    ScheduleAttempt
    | RequeueAttempt
    | StartTimer
    | CancelTimer
    | EndWait
    | StoreItems
    | StartMapRun
    | StartIteration
    | ReviveMapRun
    | RedriveIteration
    | DropItem
    | ChangeMapRun
    | EndMapRun
    | ContinueBurst
)
