"""Group commit, and the worker as the engine sees it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from concurrent.futures import wait
from typing import Any

import pytest

from asl.interpreter import events as ev
from people.models import Workspace
from runner.models import Execution
from runner.operations import Applied, Deliver, Start, Started
from runner.revisions import compiled
from runner.worker import CARRY_ATTEMPTS, CARRY_SECONDS, Worker
from runner.writer import Writer

from .conftest import World, rows_left, types_of

TASK = {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {}, "End": True}
ONE_TASK = {"StartAt": "Call", "States": {"Call": TASK}}


@pytest.fixture
def shared(transactional_db: None) -> World:
    compiled.cache_clear()
    return World(Workspace.objects.create(number="123456789012", name="Test", slug="test"))


@pytest.fixture
def writer(shared: World) -> Iterator[Writer]:
    writer = Writer()
    writer.claimer = shared.hands
    writer.listeners.append(lambda applied: shared.claimed.extend(applied.claimed))
    yield writer
    writer.stop()


def test_many_callers_share_transactions(shared: World, writer: Writer) -> None:
    revision = shared.machine(ONE_TASK)
    commits: list[Applied] = []
    writer.listeners.append(commits.append)
    futures = [writer.submit(Start(revision.pk, "{}")) for _ in range(100)]
    wait(futures)
    started = [future.result() for future in futures]
    assert len({result.key for result in started if isinstance(result, Started)}) == 100
    assert len(commits) < 100
    assert Execution.objects.filter(status="RUNNING").count() == 100


def test_a_result_that_cannot_be_written_fails_its_own_execution_alone(shared: World, writer: Writer) -> None:
    revision = shared.machine(ONE_TASK)
    victim, neighbour = shared.start(revision), shared.start(revision)
    unwritable: Any = object()
    bad, good = shared.claim_of("Call"), shared.claim_of("Call")
    futures = [
        writer.submit(
            Deliver(c.execution_id, ev.TaskSucceeded(c.claim.frame, c.claim.wait, 1, output), c.claim)
        )
        for c, output in ((bad, unwritable), (good, "fine"))
    ]
    wait(futures)
    victim.refresh_from_db()
    neighbour.refresh_from_db()
    assert (victim.status, victim.error) == ("FAILED", "States.Runtime")
    assert json.loads(neighbour.output or "") == "fine"
    assert types_of(victim)[-1] == "ExecutionFailed"
    assert rows_left(victim) == rows_left(neighbour) == {}


def test_the_same_name_from_many_callers_is_one_execution(shared: World, writer: Writer) -> None:
    revision = shared.machine(ONE_TASK)
    futures = [writer.submit(Start(revision.pk, "{}", "same")) for _ in range(20)]
    results = [future.result() for future in futures]
    assert len({result.key for result in results if isinstance(result, Started)}) == 1
    assert sum(result.created for result in results if isinstance(result, Started)) == 1


def test_an_operation_whose_caller_left_is_dropped_and_harms_nobody(shared: World, writer: Writer) -> None:
    revision = shared.machine(ONE_TASK)
    futures = [writer.submit(Start(revision.pk, "{}")) for _ in range(200)]
    left = [future for future in futures[1::2] if future.cancel()]
    after = writer.submit(Start(revision.pk, "{}")).result(timeout=10)
    assert isinstance(after, Started)
    assert left, "the writer cannot have been as fast as that"
    assert Execution.objects.count() == 201 - len(left)


def test_an_execution_is_carried_on_for_a_while_and_then_takes_its_turn() -> None:
    crew = Worker(Writer(), slots=1_000)
    long, other = uuid.uuid4(), uuid.uuid4()
    taken = [crew.take(long, was_due=False) for _ in range(CARRY_ATTEMPTS + 5)]
    assert taken == [True] * CARRY_ATTEMPTS + [False] * 5
    assert crew.take(other, was_due=False)
    assert crew.take(long, was_due=True)  # its turn has come
    assert crew.take(long, was_due=False)


def test_a_worker_takes_no_more_than_it_has_slots_for() -> None:
    crew = Worker(Writer(), slots=2)
    assert [crew.take(uuid.uuid4(), was_due=False) for _ in range(3)] == [True, True, False]
    crew.give_back(1)
    assert crew.take(uuid.uuid4(), was_due=True)


def test_a_second_is_long_enough_to_be_carried() -> None:
    now = [100.0]
    crew = Worker(Writer(), slots=10, clock=lambda: now[0])
    execution = uuid.uuid4()
    assert crew.take(execution, was_due=False)
    now[0] += CARRY_SECONDS + 0.1
    assert not crew.take(execution, was_due=False)
