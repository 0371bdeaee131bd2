"""Long polls: woken at once, one task for each, and none lost to a worker that left."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Iterator
from typing import Any

import pytest
from django.db import connection

from asl.interpreter.events import StopRequested
from people.models import Workspace
from runner import polling
from runner.models import Activity, Attempt
from runner.operations import Deliver, Handed, Start, Started
from runner.revisions import compiled
from runner.writer import writer

from .conftest import World, types_of
from .test_activities import ARN, greets

NOTHING = Deliver(-1, StopRequested(None, None))  # to an execution that there is not


@pytest.fixture
def shared(transactional_db: None) -> Iterator[World]:
    """A world whose transactions are the process's own writer's."""
    compiled.cache_clear()
    world = World(Workspace.objects.create(number="123456789012", name="Test", slug="test"))
    Activity.objects.create(workspace=world.workspace, name="greet")
    yield world
    writer().stop()


def poll(world: World, seconds: float = 20.0) -> Awaitable[Handed | None]:
    return polling.next_task(world.workspace.pk, ARN, "anna", seconds)


async def start(revision: Any, value: Any = None) -> int:
    started = await asyncio.wrap_future(writer().submit(Start(revision.pk, json.dumps(value or {}))))
    assert isinstance(started, Started)
    return started.execution_id


def test_a_poll_finds_what_waits_already(shared: World) -> None:
    execution = shared.start(shared.machine(greets()), {"n": 1})
    handed = asyncio.run(_awaited(poll(shared)))
    assert handed is not None
    assert (handed.execution_id, json.loads(handed.input_text)) == (execution.pk, {"n": 1})


def test_a_poll_that_waits_is_woken_by_the_task(shared: World) -> None:
    revision = shared.machine(greets())

    async def scene() -> float:
        waiting = asyncio.ensure_future(poll(shared))
        await _until_it_waits()
        loop = asyncio.get_running_loop()
        before = loop.time()
        execution = await start(revision)
        handed = await waiting
        assert handed is not None
        assert handed.execution_id == execution
        return loop.time() - before

    assert asyncio.run(scene()) < polling.LOOK_SECONDS / 2, "it was found by looking"


def test_what_another_process_offers_is_found_by_looking(shared: World) -> None:
    revision = shared.machine(greets())

    def start_elsewhere() -> None:
        """In a transaction of its own that this process's writer never hears of."""
        try:
            shared.start(revision)
        finally:
            connection.close()  # this thread's own: left open, it keeps the test database from being dropped

    async def scene() -> Handed | None:
        waiting = asyncio.ensure_future(poll(shared))
        await _until_it_waits()
        await asyncio.to_thread(start_elsewhere)
        return await waiting

    assert asyncio.run(scene()) is not None


def test_many_polls_share_the_tasks_and_nobody_gets_one_twice(shared: World) -> None:
    revision = shared.machine(greets())

    async def scene() -> tuple[list[int], list[int]]:
        waiting = [asyncio.ensure_future(poll(shared)) for _ in range(10)]
        await _until_it_waits()
        executions = await asyncio.gather(*[start(revision) for _ in range(10)])
        handed = await asyncio.gather(*waiting)
        return sorted(executions), sorted(task.execution_id for task in handed if task is not None)

    started, received = asyncio.run(scene())
    assert received == started


def test_a_poll_without_a_task_ends_empty(shared: World) -> None:
    assert asyncio.run(_awaited(poll(shared, seconds=0.0))) is None
    assert asyncio.run(_awaited(poll(shared, seconds=0.05))) is None
    assert polling._polls.arns() == []


def test_a_worker_that_leaves_while_it_waits_leaves_the_task_to_others(shared: World) -> None:
    revision = shared.machine(greets())

    async def scene() -> Handed | None:
        leaving, staying = asyncio.ensure_future(poll(shared)), asyncio.ensure_future(poll(shared))
        await _until_it_waits()
        leaving.cancel()
        await start(revision)
        return await staying

    assert asyncio.run(scene()) is not None


def test_a_task_that_was_taken_for_a_worker_that_had_left_is_offered_again(shared: World) -> None:
    execution = shared.start(shared.machine(greets()))
    together, in_between, left = threading.Event(), threading.Event(), threading.Event()

    def between_commit_and_answer(_: object) -> None:
        in_between.set()
        left.wait(10)

    async def scene() -> Handed | None:
        writer().submit(NOTHING).add_done_callback(lambda _: together.wait(10))
        # These two share a transaction: the writer is held up when it is committed and nobody was told.
        writer().submit(NOTHING).add_done_callback(between_commit_and_answer)
        leaving = asyncio.ensure_future(poll(shared))
        while writer()._queue.qsize() < 2:  # the second one and the take
            await asyncio.sleep(0)
        together.set()
        await asyncio.to_thread(in_between.wait, 10)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        left.set()
        return await poll(shared)

    handed = asyncio.run(scene())
    assert handed is not None
    assert (handed.execution_id, handed.claim.number) == (execution.pk, 2)
    assert types_of(execution).count("ActivityStarted") == 1
    assert Attempt.objects.get(execution=execution).status == "SUBMITTED"


async def _awaited(waiting: Awaitable[Handed | None]) -> Handed | None:
    return await waiting


async def _until_it_waits() -> None:
    """Return when the first take of every poll has found nothing."""
    while not polling._polls.arns():
        await asyncio.sleep(0)
    await asyncio.wrap_future(writer().submit(NOTHING))  # behind the takes
