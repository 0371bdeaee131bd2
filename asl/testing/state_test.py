"""A state under test, moved by the interpreter; what it waits for is told to it from outside.

1. `begin` enters the state. 2. Where it then stands at work, at a time or at the states inside it,
`attempt`, `due` or `holds_states` says so, and `succeed`, `fail`, `wake` or `time_out` goes on. 3. `result`
says what came of it. There is no clock here: each step is told the time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..errors import EXCEED_TOLERATED_FAILURE_THRESHOLD, TIMEOUT
from ..interpreter.advance import advance
from ..interpreter.commands import ScheduleAttempt, StoreItems
from ..interpreter.events import (
    AttemptStarted,
    BurstContinued,
    Event,
    TaskFailed,
    TaskSucceeded,
    TimerFired,
    TimerPurpose,
    WaitActedOn,
)
from ..interpreter.frames import Execution, Frame, Result, Status, Waiting
from ..interpreter.history import NoteType
from ..interpreter.work import Step
from ..quotas import AWS, Quotas
from ..states import ErrorHandling, Parallel
from .subject import STATE_NAME, Subject

JSON = Any

_BY = "test"
_THRESHOLD = "The specified tolerated failure threshold was exceeded"
# What is shown of a Parallel state, whose input goes to its branches, as recorded.
_PARALLEL_STAGES = frozenset({"afterResultSelector", "afterResultPath"})


class StateTestStatus(StrEnum):
    """How a test ended; the service's words."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    RETRIABLE = "RETRIABLE"
    CAUGHT_ERROR = "CAUGHT_ERROR"


@dataclass(frozen=True, slots=True)
class ErrorDetails:
    """Which Retrier and which Catcher looked at the error, by index; the back-off where it is retried."""

    catch_index: int | None = None
    retry_index: int | None = None
    backoff_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class StateTestResult:
    """What came of a test. There is an output where the state succeeded or caught its error.

    `stages` maps the stages of the data flow, under the service's names, to their values.
    """

    status: StateTestStatus
    output: JSON = None
    error: str | None = None
    cause: str | None = None
    next_state: str | None = None
    stages: Mapping[str, JSON] = field(default_factory=dict)
    variables: Mapping[str, JSON] = field(default_factory=dict)
    error_details: ErrorDetails | None = None

    @property
    def has_output(self) -> bool:
        return self.status in (StateTestStatus.SUCCEEDED, StateTestStatus.CAUGHT_ERROR)


class StateTest:
    """One test of one state; it keeps the state's frame as the engine's rows would."""

    def __init__(
        self,
        subject: Subject,
        execution: Execution,
        *,
        seed: int,
        variables: Mapping[str, JSON] | None = None,
        context: Mapping[str, JSON] | None = None,
        retries: int = 0,
        stages: Mapping[str, JSON] | None = None,
        quotas: Quotas = AWS,
    ) -> None:
        self._subject = subject
        self._definition = subject.definition
        # As if the machine's start had been written: the frame stands before its first state.
        self._execution = dataclasses.replace(execution, next_frame=1, next_seq=2, next_event_id=2)
        self._frame = Frame(
            0, None, 0, 0, (), state=STATE_NAME, wait=1, waiting=Waiting.BURST,
            input=execution.given_input(), variables=dict(variables or {}),
        )  # fmt: skip
        self._seed = seed
        self._context = context
        self._retries = retries
        self._quotas = quotas
        self._stages: dict[str, JSON] = dict(stages or {})  # those that came before the state itself
        self._items: tuple[JSON, ...] = ()
        self._retry: Mapping[str, JSON] | None = None
        self.attempt: ScheduleAttempt | None = None

    # ------------------------------------------------------------ what `Frames` promises
    def frame(self, number: int) -> Frame:
        if number:
            raise KeyError(number)
        return self._frame

    def children(self, parent: int, parent_wait: int) -> Sequence[Frame]:
        return ()

    def live_children(self, parent: int, parent_wait: int) -> Sequence[Frame]:
        return ()

    def item(self, frame: int, wait: int, index: int) -> JSON:
        return self._items[index]

    def has_item(self, frame: int, wait: int, index: int) -> bool:
        return False  # no iteration is run

    def next_item(self, frame: int, wait: int, index: int) -> int:
        return len(self._items) - 1

    def results(self, frame: int, wait: int) -> Sequence[Result]:
        return ()

    # ------------------------------------------------------------ the test's course
    def begin(self, at: datetime) -> None:
        """Enter the state."""
        self._apply(BurstContinued(0, self._frame.wait), at, transitions=1)

    @property
    def waits(self) -> bool:
        """Whether something has to come from outside."""
        running = self._execution.status is Status.RUNNING
        return running and self._frame.waiting in (Waiting.ATTEMPT, Waiting.TIMER, Waiting.CHILDREN)

    @property
    def holds_states(self) -> bool:
        """Whether it stands at the states inside it, which are not run."""
        return self._frame.waiting is Waiting.CHILDREN

    @property
    def due(self) -> datetime | None:
        """The time that a Wait state waits for, or the one at which a started attempt is too late."""
        return self._frame.due if self.waits else None

    @property
    def iterations(self) -> int:
        """How many iterations the Map state would have; 0 where it did not come so far."""
        batches = self._stages.get("afterItemBatcher")
        return len(batches) if batches is not None else max(len(self._items) - 1, 0)

    def start_attempt(self, at: datetime) -> None:
        """Say that the work begins: its time limit counts from here."""
        assert self.attempt is not None
        self._apply(AttemptStarted(0, self._frame.wait, self.attempt.number, 1, _BY), at)

    def succeed(self, result: JSON, at: datetime, *, failed_iterations: int = 0) -> None:
        """Give the work's result, or that of all the states inside, of whose iterations so many failed."""
        if not self.holds_states:
            self._apply(TaskSucceeded(0, self._frame.wait, None, result), at)
        elif self._tolerates(failed_iterations):
            self._apply(WaitActedOn(0, self._frame.wait, "skip", _BY, output=result), at)
        else:
            self.fail(EXCEED_TOLERATED_FAILURE_THRESHOLD, _THRESHOLD, at)

    def fail(self, error: str | None, cause: str | None, at: datetime) -> None:
        """Fail the work, or the states inside, after as many retries as the test says."""
        handling: ErrorHandling = getattr(self._subject.state, "handling", ErrorHandling())
        self._frame = dataclasses.replace(
            self._frame,
            retries=(self._retries,) * len(handling.retry),
            attempt=self._frame.attempt + self._retries,
        )
        if self.holds_states:
            event: Event = WaitActedOn(
                0, self._frame.wait, "fail", _BY, error=error, cause=cause, retries=True
            )
        else:
            event = TaskFailed(0, self._frame.wait, None, error, cause)
        self._apply(event, at)

    def wake(self, at: datetime) -> None:
        """Say that what `due` names has come: a Wait state goes on, work is too late."""
        is_work = self._frame.waiting is Waiting.ATTEMPT
        self._apply(
            TimerFired(0, self._frame.wait, TimerPurpose.TIMEOUT if is_work else TimerPurpose.WAIT), at
        )

    def result(self) -> StateTestResult:
        """Return what came of the test; one that still waits ran out of its time."""
        found = self._stages.get("errorOutput") or {}
        if self._execution.status is Status.SUCCEEDED:
            status, output, following = StateTestStatus.SUCCEEDED, self._execution.output, None
        elif self._execution.status is Status.FAILED:
            found = {"Error": self._execution.error, "Cause": self._execution.cause}
            status, output, following = StateTestStatus.FAILED, None, None
        elif self._frame.waiting is Waiting.BURST:
            status = StateTestStatus.CAUGHT_ERROR if found else StateTestStatus.SUCCEEDED
            output, following = self._frame.input, self._frame.state
        elif self._retry is not None:
            found = {"Error": self._retry["error"], "Cause": self._retry["cause"]}
            status, output, following = StateTestStatus.RETRIABLE, None, None
        else:
            found = {"Error": TIMEOUT}
            status, output, following = StateTestStatus.FAILED, None, None
        return StateTestResult(
            status,
            output,
            found.get("Error"),
            found.get("Cause"),
            following,
            self._shown_stages(),
            self._frame.variables,
            self._error_details(),
        )

    def _apply(self, event: Event, at: datetime, *, transitions: int = 0) -> None:
        """Let the interpreter take the event, and no more than so many states."""
        step = Step(
            at,
            self._seed,
            dataclasses.replace(self._quotas, burst=transitions),
            trace=True,
            alone=True,
            context=self._context,
        )
        came = advance(self._definition, self._execution, self, event, step)
        self._execution = came.execution
        for frame in came.frames:
            self._frame = frame
        self._stages.update(came.trace)
        for command in came.commands:
            match command:
                case ScheduleAttempt():
                    self.attempt = command
                case StoreItems():
                    self._items = command.items
        for entry in came.entries:
            if entry.is_note and entry.type == NoteType.RETRY_SCHEDULED:
                self._retry = entry.details

    def _tolerates(self, failed: int) -> bool:
        """Whether the Map state's thresholds allow so many failures; without any it is not asked."""
        count = self._stages.get("toleratedFailureCount")
        share = self._stages.get("toleratedFailurePercentage")
        if count is not None and failed > count:
            return False
        return share is None or not self.iterations or failed * 100 / self.iterations <= share

    def _shown_stages(self) -> dict[str, JSON]:
        hidden = {"errorOutput", "retryIndex", "catchIndex"}
        stages = {name: value for name, value in self._stages.items() if name not in hidden}
        if isinstance(self._subject.state, Parallel):
            stages = {name: value for name, value in stages.items() if name in _PARALLEL_STAGES}
        return stages

    def _error_details(self) -> ErrorDetails | None:
        seconds = None if self._retry is None else int(self._retry["seconds"])
        details = ErrorDetails(self._stages.get("catchIndex"), self._stages.get("retryIndex"), seconds)
        return None if details == ErrorDetails() else details
