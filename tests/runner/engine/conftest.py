"""A world in which the engine is driven by hand: each transaction is one call, and workers are scripted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from asl.interpreter import events as ev
from people.models import Workspace
from runner import batch
from runner.models import Attempt, Entry, Execution, Frame, Inbox, Revision, StateMachine, Timer
from runner.operations import Applied, Claimed, Deliver, Operation, Pull, Start, Started
from runner.revisions import compiled


@dataclass
class Hands:
    """A claimer with a number of slots; a test does the work itself."""

    name: str = "hands"
    slots: int = 100

    def take(self, execution: UUID, *, was_due: bool) -> bool:
        if self.slots <= 0:
            return False
        self.slots -= 1
        return True

    def give_back(self, slots: int) -> None:
        self.slots += slots


@dataclass
class World:
    """Applies operations in transactions of their own and keeps what was claimed."""

    workspace: Workspace
    hands: Hands = field(default_factory=Hands)
    claimed: list[Claimed] = field(default_factory=list)
    now: datetime = field(default_factory=timezone.now)

    def machine(self, definition: dict[str, Any], name: str = "machine") -> Revision:
        machine = StateMachine.objects.create(workspace=self.workspace, name=name)
        revision = Revision.objects.create(state_machine=machine, number=1, definition=json.dumps(definition))
        machine.current_revision = revision
        machine.save()
        return revision

    def apply(self, *operations: Operation) -> Applied:
        applied = batch.apply(operations, self.hands, now=self.now)
        self.claimed.extend(applied.claimed)
        return applied

    def start(self, revision: Revision, value: Any = None, name: str | None = None) -> Execution:
        started = self.apply(Start(revision.pk, json.dumps(value or {}), name)).results[0]
        assert isinstance(started, Started)
        return Execution.objects.get(pk=started.execution_id)

    def claim_of(self, state: str) -> Claimed:
        """Take the oldest claim of a state's attempt."""
        for index, claimed in enumerate(self.claimed):
            if claimed.state == state:
                return self.claimed.pop(index)
        raise AssertionError(f"{state} was not claimed: {[claimed.state for claimed in self.claimed]}")

    def succeed(self, claimed: Claimed, output: Any) -> bool:
        claim = claimed.claim
        event = ev.TaskSucceeded(claim.frame, claim.wait, claimed.attempt, output)
        return bool(self.apply(Deliver(claimed.execution_id, event, claim)).results[0])

    def fail(self, claimed: Claimed, error: str = "Broken", cause: str = "by hand") -> bool:
        claim = claimed.claim
        event = ev.TaskFailed(claim.frame, claim.wait, claimed.attempt, error, cause)
        return bool(self.apply(Deliver(claimed.execution_id, event, claim)).results[0])

    def pull(self, slots: int = 100) -> Applied:
        return self.apply(Pull(slots=slots))

    def lose(self, claimed: Claimed, *, may_repeat: bool = True) -> bool:
        claim = claimed.claim
        event = ev.ClaimWasLost(claim.frame, claim.wait, claimed.attempt, claim.number, may_repeat)
        return bool(self.apply(Deliver(claimed.execution_id, event, claim)).results[0])

    def make_due(self) -> None:
        """Let the time of every timer and delayed attempt come."""
        self.now += timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    compiled.cache_clear()  # a rolled-back test gives its ids to the next one
    return World(Workspace.objects.create(number="123456789012", name="Test", slug="test"))


def types_of(execution: Execution) -> list[str]:
    """Return the types of an execution's entries, having checked that their numbers have no gap."""
    entries = list(Entry.objects.filter(execution=execution).order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    ids = [entry.event_id for entry in entries if entry.event_id is not None]
    assert ids == list(range(1, len(ids) + 1))
    execution.refresh_from_db()
    assert execution.last_seq == len(entries)
    return [entry.type for entry in entries]


def rows_left(execution: Execution) -> dict[str, int]:
    """Return how many rows still wait for something."""
    models = {"attempts": Attempt, "timers": Timer, "inbox": Inbox}
    left = {name: model.objects.filter(execution=execution).count() for name, model in models.items()}
    left["frames"] = Frame.objects.filter(execution=execution, status="RUNNING").count()
    return {name: count for name, count in left.items() if count}
