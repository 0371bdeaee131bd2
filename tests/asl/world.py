"""A scripted world: it runs a definition to its end in memory, with a clock that jumps.

It does what the engine does with commands, with dicts for rows: it claims attempts, answers them from a
script, fires timers in order of time, and keeps frames through `encode_frame` and `decode_frame`. The
children of a Map Run are worlds of their own, which take turns with their parent.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Any

from asl.interpreter.advance import advance
from asl.interpreter.codec import decode_execution, decode_frame, encode_execution, encode_frame
from asl.interpreter.commands import (
    REVIVABLE,
    CancelTimer,
    ChangeMapRun,
    Command,
    ContinueBurst,
    DropItem,
    EndMapRun,
    EndWait,
    RedriveIteration,
    RequeueAttempt,
    ReviveMapRun,
    ScheduleAttempt,
    StartIteration,
    StartMapRun,
    StartTimer,
    StoreItems,
)
from asl.interpreter.events import (
    AttemptStarted,
    BurstContinued,
    Event,
    ExecutionStarted,
    IterationEnded,
    RedriveRequested,
    StopRequested,
    TaskFailed,
    TaskSubmitted,
    TaskSucceeded,
    TimerFired,
    TimerPurpose,
)
from asl.interpreter.frames import Execution, Frame, Result, Status
from asl.interpreter.history import Entry
from asl.interpreter.work import Step, Transition
from asl.quotas import AWS, Quotas
from asl.states import Definition

JSON = Any

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Succeeds:
    """The scripted work gives this output."""

    output: JSON


@dataclass(frozen=True)
class Fails:
    error: str | None
    cause: str | None = None


@dataclass(frozen=True)
class Hangs:
    """The scripted work never answers: a timeout must end it."""


@dataclass(frozen=True)
class Submits:
    """The scripted work is handed over; somebody answers later."""

    output: JSON = None


Outcome = Succeeds | Fails | Hangs | Submits
Script = Callable[[ScheduleAttempt], Outcome]


def echoes(attempt: ScheduleAttempt) -> Outcome:
    """The script in which all work answers with its arguments."""
    return Succeeds(attempt.arguments)


@dataclass
class MapRun:
    """A Map Run and its children, by index."""

    asked: StartMapRun
    status: str = "RUNNING"
    children: dict[int, World] = field(default_factory=dict)


@dataclass
class World:
    """One execution in memory."""

    definition: Definition
    input: JSON = None
    script: Script = echoes
    quotas: Quotas = AWS
    seed: int = 1
    stored: bool = True  # frames go through JSON text between steps, as rows do
    name: str = "run"
    now: datetime = START
    entries: list[Entry] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    applied: list[Event] = field(default_factory=list)
    parent: tuple[World, StartIteration] | None = None
    told: bool = False  # its parent has been told of its end
    key: str = "6f1f1f9e-0000-4000-8000-000000000001"
    machine: str = "machine"

    def __post_init__(self) -> None:
        arn = "arn:aws:states:us-east-1:123456789012:"
        self.execution = Execution(
            key=self.key,
            arn=f"{arn}execution:{self.machine}:{self.name}",
            name=self.name,
            state_machine_arn=f"{arn}stateMachine:{self.machine}",
            state_machine_name=self.machine,
            role_arn="arn:aws:iam::123456789012:role/cuelight",
            started_at=self.now,
            input=self.input,
        )
        self.frames: dict[int, str | Frame] = {}
        self.of_parent: dict[tuple[int, int], list[int]] = {}
        self.items: dict[tuple[int, int], dict[int, JSON]] = {}
        self.map_runs: dict[tuple[int, int], MapRun] = {}
        self.attempts: dict[tuple[int, int], ScheduleAttempt] = {}
        self.timers: dict[tuple[int, int, TimerPurpose], datetime] = {}
        self.ready: list[Event] = []
        self.loads = 0
        self._chance = Random(self.seed)

    # ------------------------------------------------------------ what `Frames` promises
    def frame(self, number: int) -> Frame:
        self.loads += 1
        held = self.frames[number]
        return decode_frame(json.loads(held)) if isinstance(held, str) else held

    def children(self, parent: int, parent_wait: int) -> Sequence[Frame]:
        return [self.frame(number) for number in self.of_parent.get((parent, parent_wait), [])]

    def live_children(self, parent: int, parent_wait: int) -> Sequence[Frame]:
        return [frame for frame in self.children(parent, parent_wait) if frame.status is Status.RUNNING]

    def item(self, frame: int, wait: int, index: int) -> JSON:
        return self.items[frame, wait][index]

    def has_item(self, frame: int, wait: int, index: int) -> bool:
        return index in self.items.get((frame, wait), {})

    def next_item(self, frame: int, wait: int, index: int) -> int:
        return min(found for found in self.items[frame, wait] if found >= index)

    def results(self, frame: int, wait: int) -> Sequence[Result]:
        ended = sorted(self.map_runs[frame, wait].children.items())
        executions = [(index, child.execution) for index, child in ended]
        return [Result(index, e.status, e.output, e.error, e.cause) for index, e in executions]

    # ------------------------------------------------------------ steps
    def start(self) -> World:
        self.apply(ExecutionStarted())
        return self

    def apply(self, event: Event) -> Transition:
        """Apply one event, and do what is asked for."""
        self.applied.append(event)
        step = Step(self.now, self._chance.getrandbits(64), self.quotas)
        found = advance(self.definition, self.execution, self, event, step)
        self.execution = found.execution
        if self.stored:
            self.execution = decode_execution(json.loads(json.dumps(encode_execution(found.execution))))
        for frame in found.frames:
            if frame.number not in self.frames and frame.parent is not None:
                self.of_parent.setdefault((frame.parent, frame.parent_wait), []).append(frame.number)
            self.frames[frame.number] = json.dumps(encode_frame(frame)) if self.stored else frame
        self.entries.extend(found.entries)
        self.commands.extend(found.commands)
        for command in found.commands:
            self._do(command)
        if self.parent is not None:
            self._report(event, *self.parent)
        return found

    def _do(self, command: Command) -> None:
        match command:
            case ScheduleAttempt(frame, wait):
                self.attempts[frame, wait] = command
                self.ready.extend(self._answers(command, 1))
            case RequeueAttempt(frame, wait):
                self.ready.extend(self._answers(self.attempts[frame, wait], 2))
            case StartTimer(frame, wait, purpose, due):
                self.timers[frame, wait, purpose] = due
            case CancelTimer(frame, wait, purpose):
                self.timers.pop((frame, wait, purpose), None)
            case EndWait(frame, wait, reason):
                self.attempts.pop((frame, wait), None)
                if reason not in REVIVABLE:
                    self.items.pop((frame, wait), None)
                for key in [key for key in self.timers if key[:2] == (frame, wait)]:
                    del self.timers[key]
            case StoreItems(frame, wait, items):
                self.items[frame, wait] = dict(enumerate(items))
            case DropItem(frame, wait, index):
                del self.items[frame, wait][index]
            case StartMapRun(frame, wait):
                self.map_runs[frame, wait] = MapRun(command)
            case StartIteration():
                self._start_child(command)
            case ReviveMapRun(frame, before, wait):
                self.map_runs[frame, wait] = run = self.map_runs.pop((frame, before))
                run.status = "RUNNING"
                left = self.items.pop((frame, before))
                self.items[frame, wait] = left
                for index, child in run.children.items():
                    if child.execution.status is Status.SUCCEEDED:
                        left.pop(index, None)
                    else:
                        left.setdefault(index, None)
            case RedriveIteration(frame, wait, index):
                run = self.map_runs[frame, wait]
                run.children[index].ready.append(RedriveRequested(wait=wait, anew=run.asked.is_express))
            case ChangeMapRun():
                pass  # the bounds stand on the frame
            case EndMapRun(frame, wait, status):
                self.map_runs[frame, wait].status = status
                for child in self.map_runs[frame, wait].children.values():
                    child.ready.append(StopRequested(None, None))
            case ContinueBurst():
                self.ready.append(BurstContinued(command.frame, command.wait))

    def _answers(self, attempt: ScheduleAttempt, claim: int) -> Iterator[Event]:
        at = (attempt.frame, attempt.wait, attempt.number)
        yield AttemptStarted(*at, claim=claim, worker="worker")
        match self.script(attempt):
            case Succeeds(output):
                yield TaskSucceeded(*at, output)
            case Fails(error, cause):
                yield TaskFailed(*at, error, cause)
            case Submits(output):
                yield TaskSubmitted(*at, output)

    def _start_child(self, asked: StartIteration) -> None:
        run = self.map_runs[asked.frame, asked.wait]
        name = str(uuid.uuid5(uuid.UUID(run.asked.key), str(asked.index)))
        run.children[asked.index] = World(
            self.definition.processor_at(run.asked.scope, run.asked.state),
            asked.input,
            self.script,
            self.quotas,
            self.seed + asked.index + 1,
            self.stored,
            name,
            self.now,
            parent=(self, asked),
            key=name,
            machine=f"{self.machine.partition('/')[0]}/{run.asked.label}",
        )
        run.children[asked.index].ready.append(ExecutionStarted())

    def _report(self, event: Event, parent: World, asked: StartIteration) -> None:
        """Leave its end with the parent, at the wait that the child was last continued from."""
        if isinstance(event, RedriveRequested) and event.wait is not None:
            self.parent = parent, replace(asked, wait=event.wait)
            self.told = False
        ended = self.execution
        if ended.status is Status.RUNNING or self.told:
            return
        asked = self.parent[1] if self.parent is not None else asked
        told = IterationEnded(asked.frame, asked.wait, asked.index, ended.status, ended.error, ended.cause)
        parent.ready.append(told)
        self.told = True

    def family(self) -> Iterator[World]:
        """Yield this world, its children's and theirs."""
        yield self
        for run in self.map_runs.values():
            for child in run.children.values():
                yield from child.family()

    def next_timer(self) -> TimerFired | None:
        """Take the timer that is due next, and let the clock jump there."""
        if not self.timers:
            return None
        key = min(self.timers, key=lambda key: (self.timers[key], key))
        self.now = max(self.now, self.timers.pop(key))
        return TimerFired(*key)

    def run(self, *, choose: Callable[[int], int] = lambda count: 0) -> World:
        """Run until nothing is left to do; `choose` says which of the ready events comes next.

        Events of one attempt keep their order.
        """
        if not self.applied:
            self.start()
        while (found := self.next_event(choose)) is not None:
            world, event = found
            world.apply(event)
        return self

    def next_event(self, choose: Callable[[int], int] = lambda count: 0) -> tuple[World, Event] | None:
        """Take a ready event of this execution or one of its children, or else the timer due next."""
        family = list(self.family())
        # an ended child may be redriven; whatever else it is told changes nothing
        told = (world for world in family if world.execution.status is Status.RUNNING or world.parent)
        ready = [(world, index) for world in told for index in world._heads()]
        if ready:
            world, index = ready[choose(len(ready)) % len(ready)]
            return world, world.ready.pop(index)
        running = [world for world in family if world.execution.status is Status.RUNNING]
        timed = [world for world in running if world.timers]
        if not timed:
            return None
        world = min(timed, key=lambda world: min(world.timers.values()))
        timer = world.next_timer()
        assert timer is not None
        for other in running:
            other.now = max(other.now, world.now)
        return world, timer

    def _heads(self) -> list[int]:
        """Return where the ready events are; of those addressed to one wait, the oldest."""
        heads: dict[Any, int] = {}
        for index, event in enumerate(self.ready):
            place = getattr(event, "frame", None), getattr(event, "wait", None), getattr(event, "index", None)
            heads.setdefault(place, index)
        return list(heads.values())

    # ------------------------------------------------------------ what came of it
    @property
    def history(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_note]

    @property
    def types(self) -> list[str]:
        return [entry.type for entry in self.history]

    @property
    def notes(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_note]


__all__ = ["START", "Fails", "Hangs", "Submits", "Succeeds", "World", "echoes"]
