"""Activities in the engine: offered, handed to one worker, given back, and ended."""

from __future__ import annotations

import json
from concurrent.futures import wait
from typing import Any

import pytest

from asl.interpreter import events as ev
from people.models import Workspace
from runner.models import Activity, Attempt, Execution, Timer
from runner.operations import Deliver, Handed, Start, TakeActivity
from runner.writer import Writer

from .conftest import World, rows_left, types_of
from .test_writer import shared, writer  # noqa: F401 (fixtures)

ARN = "arn:aws:states:us-east-1:123456789012:activity:greet"


def greets(**more: Any) -> dict[str, Any]:
    return {"StartAt": "Greet", "States": {"Greet": {"Type": "Task", "Resource": ARN, "End": True, **more}}}


@pytest.fixture
def activity(world: World) -> Activity:
    return Activity.objects.create(workspace=world.workspace, name="greet")


def take(world: World, worker: str = "anna") -> Handed | None:
    handed = world.apply(TakeActivity(world.workspace.pk, ARN, worker)).results[0]
    assert handed is None or isinstance(handed, Handed)
    return handed


def give_back(world: World, handed: Handed) -> bool:
    claim = handed.claim
    event = ev.ClaimWasLost(claim.frame, claim.wait, handed.attempt, claim.number, may_repeat=True)
    return bool(world.apply(Deliver(handed.execution_id, event, claim)).results[0])


def test_an_activity_is_offered_and_no_worker_of_ours_claims_it(world: World, activity: Activity) -> None:
    execution = world.start(world.machine(greets()), {"n": 1})
    world.pull()
    assert world.claimed == []
    assert Attempt.objects.get(execution=execution).status == "OFFERED"
    assert types_of(execution)[-1] == "ActivityScheduled"


def test_whoever_waits_is_told_of_what_is_offered(world: World, activity: Activity) -> None:
    revision = world.machine(greets())
    applied = world.apply(*[Start(revision.pk, "{}") for _ in range(3)])
    assert list(applied.offered) == [ARN] * 3
    assert list(world.pull().offered) == []


def test_a_worker_gets_the_input_and_the_token_that_ends_it(world: World, activity: Activity) -> None:
    execution = world.start(world.machine(greets(TimeoutSeconds=60)), {"n": 1})
    handed = take(world)
    assert handed is not None
    assert json.loads(handed.input_text) == {"n": 1}
    row = Attempt.objects.get(execution=execution)
    assert (row.status, row.worker) == ("SUBMITTED", "anna")
    assert types_of(execution)[-1] == "ActivityStarted"
    assert Timer.objects.get(execution=execution).purpose == "timeout"
    event = ev.TaskSucceeded(handed.claim.frame, handed.claim.wait, None, "hello")
    assert world.apply(Deliver(execution.pk, event)).results == [True]
    execution.refresh_from_db()
    assert (execution.status, execution.output) == ("SUCCEEDED", '"hello"')
    assert rows_left(execution) == {}


def test_each_task_is_handed_once_and_the_oldest_first(world: World, activity: Activity) -> None:
    revision = world.machine(greets())
    executions = [world.start(revision, {"n": n}) for n in range(3)]
    asks = [TakeActivity(world.workspace.pk, ARN, f"worker {n}") for n in range(5)]
    results = world.apply(*asks).results
    handed = [result.execution_id for result in results if isinstance(result, Handed)]
    assert handed == [execution.pk for execution in executions]
    assert list(results[3:]) == [None, None]
    assert take(world) is None


def test_pollers_of_one_writer_never_get_one_task_twice(
    shared: World,  # noqa: F811
    writer: Writer,  # noqa: F811
) -> None:
    Activity.objects.create(workspace=shared.workspace, name="greet")
    revision = shared.machine(greets())
    executions = {shared.start(revision).pk for _ in range(20)}
    futures = [writer.submit(TakeActivity(shared.workspace.pk, ARN, "anna")) for _ in range(40)]
    wait(futures)
    handed = [result.execution_id for f in futures if isinstance(result := f.result(), Handed)]
    assert sorted(handed) == sorted(executions)


def test_pollers_of_two_processes_never_get_one_task_twice(
    shared: World,  # noqa: F811
    writer: Writer,  # noqa: F811
) -> None:
    Activity.objects.create(workspace=shared.workspace, name="greet")
    revision = shared.machine(greets())
    executions = {shared.start(revision).pk for _ in range(30)}
    other = Writer()  # each has a thread and a connection of its own, as another process has
    handed: list[int] = []
    try:
        while len(handed) < len(executions):  # one that the other has locked is passed over
            asks = [TakeActivity(shared.workspace.pk, ARN, "anna") for _ in range(10)]
            futures = [each.submit(ask) for ask in asks for each in (writer, other)]
            wait(futures)
            found = [f.result() for f in futures]
            handed += [result.execution_id for result in found if isinstance(result, Handed)]
    finally:
        other.stop()
    assert sorted(handed) == sorted(executions)
    assert Attempt.objects.filter(claim=1, status="SUBMITTED").count() == len(executions)


def test_what_a_worker_never_received_is_handed_to_the_next(world: World, activity: Activity) -> None:
    execution = world.start(world.machine(greets()))
    first = take(world)
    assert first is not None
    assert give_back(world, first)
    assert Attempt.objects.get(execution=execution).status == "OFFERED"
    second = take(world, "ben")
    assert second is not None
    assert second.task_token == first.task_token
    assert not give_back(world, first), "it is the second worker's now"
    assert types_of(execution).count("ActivityStarted") == 1
    assert Attempt.objects.get(execution=execution).worker == "ben"


def test_a_retry_offers_the_task_again_with_a_token_of_its_own(world: World, activity: Activity) -> None:
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}]
    execution = world.start(world.machine(greets(Retry=retry)))
    first = take(world)
    assert first is not None
    world.apply(Deliver(execution.pk, ev.TaskFailed(0, first.claim.wait, None, "Broken", None)))
    world.make_due()
    world.pull()
    second = take(world)
    assert second is not None
    assert second.task_token != first.task_token
    late = ev.TaskSucceeded(0, first.claim.wait, None, "late")
    assert world.apply(Deliver(execution.pk, late)).results == [False]


def test_the_task_of_an_execution_that_was_stopped_is_offered_no_more(
    world: World, activity: Activity
) -> None:
    execution = world.start(world.machine(greets()))
    world.apply(Deliver(execution.pk, ev.StopRequested(None, None)))
    assert take(world) is None
    assert rows_left(execution) == {}


@pytest.mark.parametrize(
    "arn",
    [
        ARN.replace("greet", "missing"),
        ARN.replace("us-east-1", "eu-west-1"),
        ARN.replace("123456789012", "999999999999"),
    ],
)
def test_an_activity_that_is_not_there_fails_its_execution(
    world: World, activity: Activity, arn: str
) -> None:
    other = Workspace.objects.create(number="999999999999", name="Other", slug="other")
    Activity.objects.create(workspace=other, name="greet")
    execution = world.start(world.machine(greets(Resource=arn)))
    execution.refresh_from_db()
    assert (execution.status, execution.error) == ("FAILED", "States.Runtime")
    assert execution.cause == f"Activity Does Not Exist: '{arn}'"
    assert types_of(execution)[-2:] == ["ActivityScheduleFailed", "ExecutionFailed"]
    assert rows_left(execution) == {}
    assert Execution.objects.get().pk == execution.pk


def test_another_workspace_cannot_take_it(world: World, activity: Activity) -> None:
    world.start(world.machine(greets()))
    other = Workspace.objects.create(number="999999999999", name="Other", slug="other")
    assert world.apply(TakeActivity(other.pk, ARN, "eve")).results == [None]
    assert take(world) is not None
