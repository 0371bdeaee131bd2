"""What the interpreter is told, in the past tense.

An event is addressed to a wait: (frame, wait). When the frame has moved on to another wait, the
event changes nothing (law 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

JSON = Any


class TimerPurpose(StrEnum):
    """Why a timer was set."""

    WAIT = "wait"  # a Wait state's time is over
    RETRY = "retry"  # the next try of a Retrier is due
    TIMEOUT = "timeout"  # TimeoutSeconds of a Task state, or the deadline of an approval
    HEARTBEAT = "heartbeat"  # HeartbeatSeconds went by without a heartbeat
    EXECUTION_TIMEOUT = "execution_timeout"  # TimeoutSeconds of the machine; frame 0, wait 0


@dataclass(frozen=True, slots=True)
class ExecutionStarted:
    """A new execution exists; its input stands in `Execution.input`."""


@dataclass(frozen=True, slots=True)
class AttemptStarted:
    """A worker claimed the attempt that this wait scheduled; writes `TaskStarted` (first claim only)."""

    frame: int
    wait: int
    attempt: int
    claim: int
    worker: str


@dataclass(frozen=True, slots=True)
class ClaimWasLost:
    """A worker that held this claim is gone; the attempt is queued again, or failed after the third.

    `may_repeat` is False where the integration may not be repeated: then the attempt fails at once.
    """

    frame: int
    wait: int
    attempt: int
    claim: int
    may_repeat: bool


@dataclass(frozen=True, slots=True)
class ScheduleFailed:
    """Nobody can be asked: the activity that the attempt names does not exist."""

    frame: int
    wait: int
    attempt: int
    cause: str


@dataclass(frozen=True, slots=True)
class TaskSubmitted:
    """The integration was started and will answer later: by callback, by poll, or by a child's end.

    `output` is the submit call's reply, shown in `TaskSubmitted`. `deadline_seconds` sets a timeout
    where the state itself has none (an approval's expiry). `note` is a note to record, or None.
    """

    frame: int
    wait: int
    attempt: int
    output: JSON
    deadline_seconds: float | None = None
    note: tuple[str, JSON] | None = None


@dataclass(frozen=True, slots=True)
class TaskSucceeded:
    """The attempt's result. `usage` (tokens, cost, latency), where there is one, becomes a note."""

    frame: int
    wait: int
    attempt: int | None  # None: by task token or by hand, whichever attempt is current
    output: JSON
    usage: JSON = None


@dataclass(frozen=True, slots=True)
class TaskFailed:
    frame: int
    wait: int
    attempt: int | None
    error: str | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class HeartbeatReceived:
    frame: int
    wait: int


@dataclass(frozen=True, slots=True)
class TimerFired:
    frame: int
    wait: int
    purpose: TimerPurpose


@dataclass(frozen=True, slots=True)
class BurstContinued:
    """Go on after a capped burst; sent for each `ContinueBurst` command."""

    frame: int
    wait: int


@dataclass(frozen=True, slots=True)
class IterationEnded:
    """A child execution of a Map Run ended; its output stays with it (`Frames.results`)."""

    frame: int
    wait: int
    index: int
    status: str
    error: str | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class MapRunUpdated:
    """Somebody set other bounds for a Map Run that runs; None: as it was."""

    frame: int
    wait: int
    max_concurrency: int | None = None
    tolerated_failure_count: int | None = None
    tolerated_failure_percentage: float | None = None


@dataclass(frozen=True, slots=True)
class StopRequested:
    error: str | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class RedriveRequested:
    """Continue an execution that did not end well; whether it may be is checked by who asks."""

    by: str | None = None
    token: str | None = None  # the request's idempotency token, kept in the note
    wait: int | None = None  # of the parent, where a child of a Map Run reports its end from now on
    anew: bool = False  # from its first state on, as Express children are


@dataclass(frozen=True, slots=True)
class WaitActedOn:
    """A person acted on something that waits (law 8).

    action: `run_now` (Wait or retry timer fires now), `skip` (the state succeeds with `output` as its
    result), `fail` (the state fails with error and cause), `extend` (timers move by `seconds`).
    `retries`: whether Retry may take what was failed so; a person who fails a state wants it to stop.
    """

    frame: int
    wait: int
    action: str
    by: str
    output: JSON = None
    error: str | None = None
    cause: str | None = None
    seconds: float | None = None
    retries: bool = False


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """Something worth recording that changes no state: approval sent, vote, mail failed."""

    frame: int
    type: str
    details: JSON


@dataclass(frozen=True, slots=True)
class ExecutionCrashed:
    """An event could not be applied; the execution fails with `States.Runtime` (law 3)."""

    cause: str


Event = (
    ExecutionStarted
    | AttemptStarted
    | ClaimWasLost
    | ScheduleFailed
    | TaskSubmitted
    | TaskSucceeded
    | TaskFailed
    | HeartbeatReceived
    | TimerFired
    | BurstContinued
    | IterationEnded
    | MapRunUpdated
    | StopRequested
    | RedriveRequested
    | WaitActedOn
    | NoteAdded
    | ExecutionCrashed
)
