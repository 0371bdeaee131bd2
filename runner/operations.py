"""What can be asked of the engine: each is applied in one transaction, many share one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asl.interpreter.events import Event, TimerPurpose
from runner.history_log import Logged
from runner.integrations.interface import Effect

JSON = Any


@dataclass(frozen=True, slots=True)
class Parent:
    """The wait of another execution that a nested execution reports to."""

    execution_id: int
    frame: int
    wait: int
    reports_end: bool
    parsed_output: bool


@dataclass(frozen=True, slots=True)
class Start:
    """Start an execution; its name is the idempotency key while it runs."""

    revision_id: int
    input_text: str
    name: str | None = None
    version_id: int | None = None
    alias_name: str = ""
    trace_header: str = ""
    started_by: str = ""
    parent: Parent | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """An execution as its start left it: a run of pure states has ended already."""

    execution_id: int
    key: str
    name: str
    arn: str
    started_at: datetime
    created: bool  # False: the same start came before and its execution still runs
    status: str = "RUNNING"
    stopped_at: datetime | None = None
    error: str | None = None
    transitions: int = 0
    last_seq: int = 0


class ExecutionAlreadyExists(Exception):
    """Another execution of this state machine has the name, with other input or ended."""

    def __init__(self, key: str, arn: str) -> None:
        super().__init__(f"Execution Already Exists: '{arn}'")
        self.key = key
        self.arn = arn


@dataclass(frozen=True, slots=True)
class Deliver:
    """Apply an event. `claim` guards the events of a worker: a stale one is refused."""

    execution_id: int
    event: Event
    claim: Claim | None = None
    effect: Effect | None = None  # to be written with the event
    poll: Poll | None = None  # the attempt goes back to the queue until then


@dataclass(frozen=True, slots=True)
class Redrive:
    """Continue an execution that did not end well; a token makes a repeated request harmless."""

    execution_id: int
    by: str | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Redriven:
    """When an execution was redriven, now or by the same request before."""

    at: datetime


class ExecutionNotRedrivable(Exception):
    """The execution runs, has succeeded, or may be redriven no more."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to do an attempt: its address and the number that a later claim outbids."""

    frame: int
    wait: int
    number: int


@dataclass(frozen=True, slots=True)
class Poll:
    after_seconds: float
    state: JSON


@dataclass(frozen=True, slots=True)
class Pull:
    """Take what is due: inbox rows, timers, and attempts for as many slots as are free."""

    slots: int
    limit: int = 64


@dataclass(frozen=True, slots=True)
class TakeActivity:
    """Hand the oldest task that an activity offers to a worker outside; None when it offers none."""

    workspace_id: int
    arn: str
    worker: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A task of an activity, as its worker outside gets it."""

    execution_id: int
    claim: Claim
    attempt: int
    task_token: str
    input_text: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """An attempt that this worker now holds."""

    execution_id: int
    execution_key: str
    workspace_id: int
    claim: Claim
    attempt: int
    state: str
    resource: str
    request: dict[str, JSON]
    poll: JSON


@dataclass(frozen=True, slots=True)
class DueTimer:
    execution_id: int
    frame: int
    wait: int
    purpose: TimerPurpose


@dataclass(frozen=True, slots=True)
class Pulled:
    """How much a `Pull` found; at its limit there may be more."""

    found: int
    at_limit: bool


Operation = Start | Deliver | Redrive | Pull | TakeActivity
Result = Started | bool | Pulled | ExecutionAlreadyExists | Redriven | ExecutionNotRedrivable | Handed | None


@dataclass(frozen=True, slots=True)
class Applied:
    """What one transaction did, told after its commit."""

    results: Sequence[Result]
    claimed: Sequence[Claimed]
    changed: Sequence[Changed]
    ended: Sequence[int]  # executions
    ended_waits: Sequence[tuple[int, int, int]]  # (execution, frame, wait)
    next_due: float | None  # seconds until the earliest timer or poll that was set
    work_left: bool  # there are rows that nobody in this process took
    logged: Sequence[Logged] = ()  # what workflows have written to the log
    offered: Sequence[str] = ()  # the activities that have a new task to offer, an ARN for each task


@dataclass(frozen=True, slots=True)
class Changed:
    """An execution that has new entries."""

    execution_id: int
    key: str
    last_seq: int
    is_watched: bool
