"""Applies operations to executions: lock, load, advance, write, commit (law 3).

`apply` is the only code that moves an execution. Everything that calls it goes through
`runner.writer`, which lets many operations share one transaction.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone

from asl.interpreter import commands as cmd
from asl.interpreter import events as ev
from asl.interpreter.advance import advance
from asl.interpreter.work import Step
from runner import effects, redriving, replies
from runner.integrations.resource import is_activity
from runner.models import Execution
from runner.operations import (
    Applied,
    Claim,
    Deliver,
    ExecutionAlreadyExists,
    ExecutionNotRedrivable,
    Handed,
    Operation,
    Pull,
    Pulled,
    Redrive,
    Redriven,
    Result,
    Start,
    Started,
    TakeActivity,
)
from runner.revisions import compiled
from runner.store import loading, offered, payloads, writing
from runner.store.working import AttemptRow, Working

log = logging.getLogger(__name__)


class Claimer(Protocol):
    """The worker of this process, as the engine sees it."""

    name: str

    def take(self, execution: UUID, *, was_due: bool) -> bool:
        """Reserve a slot for an attempt of this execution, or decline.

        An attempt that was due in the queue has waited for its turn; one that was only just scheduled
        is declined when its execution has been carried long enough.
        """
        ...

    def give_back(self, slots: int) -> None:
        """The transaction failed: slots that were taken are free again."""
        ...


def apply(
    operations: Sequence[Operation], claimer: Claimer | None = None, *, now: datetime | None = None
) -> Applied:
    """Apply operations in one transaction and return their results, in order.

    `now` is the clock's unless a test says otherwise. Raises the database's errors; nothing is applied
    then. An event that the interpreter cannot take fails its own execution and no other.
    """
    batch = _Batch(now=now or timezone.now(), claimer=claimer)
    try:
        with transaction.atomic():
            batch.lock(operations)
            results = [batch.perform(operation) for operation in operations]
            ended = writing.write(batch.working.values(), batch.new.values())
            everyone = [*batch.working.values(), *batch.new.values()]
            batch.work_left |= effects.tell_others(everyone, ended, batch.now)
    except BaseException:
        if claimer is not None:
            claimer.give_back(batch.slots_taken)
        raise
    return batch.told(results)


@dataclass(slots=True)
class _Batch:
    now: datetime
    claimer: Claimer | None
    slots_taken: int = 0
    working: dict[int, Working] = field(default_factory=dict)  # by execution id
    new: dict[tuple[int, str], Working] = field(default_factory=dict)  # by machine and name
    existing: dict[tuple[int, str], Execution] = field(default_factory=dict)  # by revision and name
    pulled: dict[int, loading.Taken] = field(default_factory=dict)  # by operation
    offers: dict[str, list[offered.Place]] = field(default_factory=dict)  # what there is to take, by ARN
    newly_offered: list[tuple[Working, int, int]] = field(default_factory=list)
    claimed: list[tuple[Working, int, int]] = field(default_factory=list)
    next_due: datetime | None = None
    work_left: bool = False

    # Reading

    def lock(self, operations: Sequence[Operation]) -> None:
        """Lock every execution concerned, in the order of their ids, and read what is addressed."""
        wanted = {op.execution_id for op in operations if isinstance(op, Deliver | Redrive)}
        self.existing = loading.executions_named(
            [(op.revision_id, op.name) for op in operations if isinstance(op, Start) and op.name]
        )
        for row in loading.lock_executions(wanted):
            self.working[row.id] = loading.working(row)
        claims = [
            (op.execution_id, op.claim.frame, op.claim.wait)
            for op in operations
            if isinstance(op, Deliver) and op.claim is not None
        ]
        for op in operations:
            if isinstance(op, Pull):
                due = loading.due(self.now, op)
                # Those that another process holds are skipped: it is at work on them.
                for row in loading.lock_executions(due.execution_ids - wanted, skip_locked=True):
                    self.working[row.id] = loading.working(row)
                taken = loading.take(due, self.working.keys(), self.now)
                claims.extend(taken.attempts)
                self.pulled[id(op)] = taken
        self.offers = offered.oldest(op for op in operations if isinstance(op, TakeActivity))
        offering = {place[0] for places in self.offers.values() for place in places}
        for row in loading.lock_executions(offering - self.working.keys(), skip_locked=True):
            self.working[row.id] = loading.working(row)
        claims.extend(place for places in self.offers.values() for place in places)
        loading.attempts(self.working, claims)

    # Performing

    def perform(self, operation: Operation) -> Result:
        match operation:
            case Start():
                return self._start(operation)
            case Deliver():
                return self._deliver(operation)
            case Redrive():
                return self._redrive(operation)
            case Pull():
                return self._pull(self.pulled[id(operation)])
            case TakeActivity():
                return self._hand(operation)

    def _start(self, start: Start) -> Started | ExecutionAlreadyExists:
        machine = compiled(start.revision_id)
        if start.name is not None and not machine.is_express:
            known = self.new.get((machine.state_machine_id, start.name))
            row = known.row if known else self.existing.get((start.revision_id, start.name))
            if row is not None:
                arn = machine.execution_arn(row.name, row.key)
                if row.status == "RUNNING" and _is_same(payloads.unpack(row.input), start.input_text):
                    return replies.started(row, arn, created=False)
                return ExecutionAlreadyExists(str(row.key), arn)
        working = loading.new_working(start, machine, self.now)
        # Express executions may have one name; their keys differ.
        known_as = str(working.row.key) if machine.is_express else working.row.name
        self.new[(machine.state_machine_id, known_as)] = working
        self._apply(working, ev.ExecutionStarted())
        return replies.started(working.row, working.execution.arn, created=True)

    def _redrive(self, redrive: Redrive) -> Redriven | ExecutionNotRedrivable:
        working = self.working.get(redrive.execution_id)
        if working is None:
            return ExecutionNotRedrivable("Execution does not exist")
        known = redriving.answer(working, redrive, self.now)
        if known is not None:
            return known
        if not self._apply(working, ev.RedriveRequested(redrive.by, redrive.token)):
            return ExecutionNotRedrivable("Execution could not be taken up again")
        return Redriven(self.now)

    def _deliver(self, operation: Deliver) -> bool:
        working = self.working.get(operation.execution_id)
        if working is None:
            return False
        if operation.claim is None:
            return self._apply(working, operation.event)
        held = working.attempts.get((operation.claim.frame, operation.claim.wait))
        lasting = "SUBMITTED" if held is not None and is_activity(held.resource) else "CLAIMED"
        if held is None or held.status != lasting or held.claim != operation.claim.number:
            return False  # a later claim, or the end of the wait, came first
        event: ev.Event = operation.event
        if operation.poll is not None:
            was_polled = held.poll is not None
            held.status, held.is_changed = "QUEUED", True
            held.due_at = self.now + timedelta(seconds=operation.poll.after_seconds)
            held.poll = payloads.dumps(operation.poll.state)
            self._remember(held.due_at)
            if was_polled:
                return True  # submitted before; nothing new happened
        elif isinstance(event, ev.TaskSubmitted):
            held.status, held.is_changed = "SUBMITTED", True
        if operation.effect is None:
            return self._apply(working, event)
        self.work_left = True
        happened = effects.write(operation.effect, working, held, event, self.now)
        changed = [self._apply(working, each) for each in happened]
        return all(changed)

    def _pull(self, taken: loading.Taken) -> Pulled:
        for execution_id, event in taken.events:
            self._apply(self.working[execution_id], event)
        for timer in taken.timers:
            working = self.working[timer.execution_id]
            self._apply(working, ev.TimerFired(timer.frame, timer.wait, timer.purpose))
        for execution_id, frame, wait in taken.attempts:
            working = self.working[execution_id]
            held = working.attempts.get((frame, wait))
            if held is not None and held.status == "QUEUED":
                self._claim(working, frame, wait, held, was_due=True)
        return Pulled(found=taken.found, at_limit=taken.at_limit)

    def _claim(self, working: Working, frame: int, wait: int, held: AttemptRow, *, was_due: bool) -> None:
        if self.claimer is None or not self.claimer.take(working.row.key, was_due=was_due):
            self.work_left = True
            return
        self.slots_taken += 1
        held.status, held.worker, held.is_changed = "CLAIMED", self.claimer.name, True
        held.claim += 1
        self.claimed.append((working, frame, wait))
        if held.poll is None:
            self._apply(working, ev.AttemptStarted(frame, wait, held.number, held.claim, held.worker))

    def _hand(self, take: TakeActivity) -> Handed | None:
        """Give an offered task to a worker outside; who holds the lock is the only one who gets it."""
        for execution_id, frame, wait in self.offers.get(take.arn, ()):
            working = self.working.get(execution_id)
            held = working.attempts.get((frame, wait)) if working is not None else None
            if working is None or held is None or held.status != "OFFERED":
                continue
            held.status, held.worker, held.is_changed = "SUBMITTED", take.worker, True
            held.claim += 1
            self._apply(working, ev.AttemptStarted(frame, wait, held.number, held.claim, take.worker))
            if held.status == "SUBMITTED":
                return replies.handed(execution_id, Claim(frame, wait, held.claim), held)
        return None

    def _offer(self, working: Working, frame: int, wait: int, held: AttemptRow) -> None:
        if offered.exists(held.resource, working.compiled):
            held.status, held.worker, held.is_changed = "OFFERED", "", True
            self.newly_offered.append((working, frame, wait))
        else:
            cause = f"Activity Does Not Exist: '{held.resource}'"
            self._advance(working, ev.ScheduleFailed(frame, wait, held.number, cause))

    # Advancing

    def _apply(self, working: Working, event: ev.Event) -> bool:
        """Advance by an event and by what its commands bring about in this transaction."""
        changed = self._advance(working, event)
        if isinstance(event, ev.RedriveRequested):
            working.redriven(event, changed=changed)
        while working.scheduled:
            frame, wait = working.scheduled.popleft()
            held = working.attempts.get((frame, wait))
            if held is None or held.status != "QUEUED":
                continue
            if is_activity(held.resource):
                self._offer(working, frame, wait, held)
            else:
                self._claim(working, frame, wait, held, was_due=False)
        return changed

    def _advance(self, working: Working, event: ev.Event) -> bool:
        step = Step(at=self.now, seed=random.getrandbits(64), quotas=working.compiled.quotas)
        definition = working.compiled.definition
        try:
            moved = advance(definition, working.execution, working, event, step)
        except DatabaseError:
            raise
        except Exception as error:
            # advance is pure: what failed once fails again, so there is nothing to retry (law 3).
            log.exception("An event crashed execution %s", working.row.key)
            crash = ev.ExecutionCrashed(f"{type(event).__name__} could not be applied: {error}")
            moved = advance(definition, working.execution, working, crash, step)
        if moved.execution is working.execution and not moved.frames and not moved.commands:
            return False
        working.execution = moved.execution
        working.is_changed = True
        working.entries.extend(moved.entries)
        for frame in moved.frames:
            working.put(frame)
        for command in moved.commands:
            self._obey(working, command)
        return True

    def _obey(self, working: Working, command: cmd.Command) -> None:
        match command:
            case cmd.ScheduleAttempt():
                working.attempts[command.frame, command.wait] = loading.new_attempt(command, self.now)
                working.scheduled.append((command.frame, command.wait))
            case cmd.RequeueAttempt(frame, wait, _):
                held = loading.attempt(working, frame, wait)
                if held is not None:
                    held.status, held.due_at, held.is_changed = "QUEUED", self.now, True
                    working.scheduled.append((frame, wait))
            case cmd.StartTimer(frame, wait, purpose, due):
                working.timers[frame, wait, purpose] = due
                self._remember(due)
            case cmd.CancelTimer(frame, wait, purpose):
                working.timers.pop((frame, wait, purpose), None)
                working.cancelled_timers.add((frame, wait, purpose))
            case cmd.EndWait(frame, wait, reason):
                working.end_wait(frame, wait, reason)
            case cmd.StoreItems(frame, wait, items):
                working.items.append((frame, wait, items))
            case cmd.DropItem(frame, wait, index):
                working.dropped_items.add((frame, wait, index))
            case (
                cmd.StartMapRun()
                | cmd.StartIteration()
                | cmd.ChangeMapRun()
                | cmd.ReviveMapRun()
                | cmd.RedriveIteration()
                | cmd.EndMapRun()
            ):
                working.map_run_commands.append(command)
            case cmd.ContinueBurst(frame, wait):
                working.continued.append(ev.BurstContinued(frame, wait))

    def _remember(self, due: datetime) -> None:
        if self.next_due is None or due < self.next_due:
            self.next_due = due

    # Telling

    def told(self, results: Sequence[Result]) -> Applied:
        """Say, after the commit, what others have to know."""
        everyone = [*self.working.values(), *self.new.values()]
        rows = {str(working.row.key): working.row for working in self.new.values()}
        held = [claim for claim in self.claimed if _is_held(*claim)]
        if self.claimer is not None:
            self.claimer.give_back(len(self.claimed) - len(held))
        return Applied(
            results=[
                replies.started(rows[result.key], result.arn, created=result.created)
                if isinstance(result, Started) and result.key in rows
                else result
                for result in results
            ],
            claimed=[replies.claimed(*claim) for claim in held],
            changed=[working.changed(self.now) for working in everyone if working.entries],
            ended=[working.row.id for working in everyone if working.has_ended],
            ended_waits=[
                (working.row.id, frame, wait) for working in everyone for frame, wait in working.ended_waits
            ],
            next_due=(self.next_due - self.now).total_seconds() if self.next_due else None,
            work_left=self.work_left,
            logged=[logged for working in everyone if (logged := working.logged()) is not None],
            offered=[
                working.attempts[frame, wait].resource
                for working, frame, wait in self.newly_offered
                if working.attempts[frame, wait].status == "OFFERED"
            ],
        )


def _is_same(given: str, again: str) -> bool:
    """Whether two inputs are one value: a start is repeated by that, not by its white space."""
    return given == again or payloads.loads(given) == payloads.loads(again)


def _is_held(working: Working, frame: int, wait: int) -> bool:
    """Whether the claim outlived its own transaction (a sibling's failure may have ended it)."""
    held = working.attempts.get((frame, wait))
    return held is not None and held.status == "CLAIMED"


def crashes(operation: Operation, error: Exception) -> list[Deliver]:
    """Return what fails the execution of an operation that cannot be written."""
    if not isinstance(operation, Deliver):
        return []
    cause = f"{type(operation.event).__name__} could not be written: {error}"
    return [Deliver(operation.execution_id, ev.ExecutionCrashed(cause))]
