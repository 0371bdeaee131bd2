"""Answers by task token: who they reach, what is refused, and what comes twice."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from asl.interpreter import events as ev
from people.models import Workspace
from runner import task_tokens
from runner.integrations.interface import OpenApproval
from runner.models import Activity, Attempt, Execution, Timer
from runner.operations import Deliver, Handed, TakeActivity
from runner.task_tokens import InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut

from .conftest import World
from .test_activities import ARN, greets

CALLBACK = {
    "Type": "Task",
    "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    "Parameters": {"QueueUrl": "http://queue.example", "MessageBody": {"token.$": "$$.Task.Token"}},
    "End": True,
}


def taken(world: World, **more: Any) -> tuple[Execution, str]:
    """Return an execution whose activity a worker has, and the worker's token."""
    Activity.objects.get_or_create(workspace=world.workspace, name="greet")
    execution = world.start(world.machine(greets(**more)))
    handed = world.apply(TakeActivity(world.workspace.pk, ARN, "anna")).results[0]
    assert isinstance(handed, Handed)
    return execution, handed.task_token


def called_back(world: World, **more: Any) -> tuple[Execution, str]:
    """Return an execution that waits for a callback, and its token as the message carried it."""
    revision = world.machine({"StartAt": "Ask", "States": {"Ask": {**CALLBACK, **more}}})
    execution = world.start(revision)
    claimed = world.claim_of("Ask")
    submitted = ev.TaskSubmitted(claimed.claim.frame, claimed.claim.wait, claimed.attempt, {"MessageId": "1"})
    world.apply(Deliver(execution.pk, submitted, claimed.claim))
    return execution, claimed.request["arguments"]["MessageBody"]["token"]


@pytest.fixture(params=[taken, called_back])
def waiting(request: pytest.FixtureRequest) -> Any:
    """Both kinds of task that are answered by token."""
    return request.param


def status(execution: Execution) -> tuple[str, str | None]:
    execution.refresh_from_db()
    return execution.status, execution.error


def test_a_result_ends_the_task_once(world: World, waiting: Any) -> None:
    execution, token = waiting(world)
    task_tokens.succeed(world.workspace.pk, token, '{"said": "hello"}')
    assert status(execution) == ("SUCCEEDED", None)
    assert json.loads(execution.output or "") == {"said": "hello"}
    answers: list[tuple[Any, ...]] = [
        (task_tokens.succeed, '"again"'), (task_tokens.fail, "Late", None), (task_tokens.beat,)
    ]  # fmt: skip
    for again, *rest in answers:
        with pytest.raises(TaskTimedOut, match="Task Timed Out: 'Provided task does not exist anymore'"):
            again(world.workspace.pk, token, *rest)
    assert json.loads(execution.output or "") == {"said": "hello"}


def test_an_error_ends_the_task(world: World, waiting: Any) -> None:
    execution, token = waiting(world)
    task_tokens.fail(world.workspace.pk, token, "Broken", "no voice")
    assert status(execution) == ("FAILED", "Broken")
    assert execution.cause == "no voice"


def test_an_error_that_no_database_takes_is_kept_as_far_as_it_goes(world: World) -> None:
    execution, token = taken(world)
    task_tokens.fail(world.workspace.pk, token, "Bro\x00ken", "no \ud83d voice")
    assert status(execution) == ("FAILED", "Bro\ufffdken")
    assert execution.cause == "no ? voice"


def test_a_heartbeat_gives_the_task_its_time_again(world: World, waiting: Any) -> None:
    execution, token = waiting(world, HeartbeatSeconds=60)
    timer = Timer.objects.get(execution=execution, purpose="heartbeat")
    Timer.objects.filter(execution=execution).update(due_at=timer.due_at - timedelta(seconds=30))
    task_tokens.beat(world.workspace.pk, token)
    again = Timer.objects.get(execution=execution, purpose="heartbeat")
    assert again.due_at >= timer.due_at


def test_a_heartbeat_that_nobody_asked_for_does_no_harm(world: World, waiting: Any) -> None:
    execution, token = waiting(world)
    task_tokens.beat(world.workspace.pk, token)
    assert status(execution) == ("RUNNING", None)


def test_a_task_that_ran_out_of_time_takes_no_answer(world: World, waiting: Any) -> None:
    execution, token = waiting(world, TimeoutSeconds=60)
    world.make_due()
    world.pull()
    assert status(execution) == ("FAILED", "States.Timeout")
    with pytest.raises(TaskTimedOut):
        task_tokens.succeed(world.workspace.pk, token, "1")


@pytest.mark.parametrize(
    "token",
    ["", "no token", "a" * 2_049, "ü", base64.urlsafe_b64encode(b"a:1:2:x").decode().rstrip("=")],
)
def test_what_is_no_token_is_refused(world: World, token: str) -> None:
    with pytest.raises(InvalidToken, match="Invalid Token: 'Invalid token'"):
        task_tokens.succeed(world.workspace.pk, token, "1")


@pytest.mark.parametrize("output", ["", "{", "NaN", '"\\ud800"', "[" * 5_000])
def test_an_output_that_is_no_json_is_refused_and_ends_nothing(world: World, output: str) -> None:
    execution, token = taken(world)
    with pytest.raises(InvalidOutput, match="Invalid Output: 'The output is not JSON"):
        task_tokens.succeed(world.workspace.pk, token, output)
    assert status(execution) == ("RUNNING", None)


def test_the_size_of_an_output_counts_in_bytes(world: World) -> None:
    execution, token = taken(world)
    with pytest.raises(InvalidOutput, match="larger than 262144 bytes"):
        task_tokens.succeed(world.workspace.pk, token, '"' + "ü" * 131_072 + '"')
    task_tokens.succeed(world.workspace.pk, token, '"' + "ü" * 131_071 + '"')
    assert status(execution) == ("SUCCEEDED", None)


def test_a_token_that_was_made_up_reaches_nothing(world: World) -> None:
    execution, _ = taken(world)
    row = Attempt.objects.get(execution=execution)
    made_up = f"{execution.key}:{row.frame}:{row.wait}:0"
    with pytest.raises(TaskDoesNotExist):
        task_tokens.succeed(world.workspace.pk, base64.urlsafe_b64encode(made_up.encode()).decode(), "1")
    assert status(execution) == ("RUNNING", None)


def test_a_token_says_nothing_to_another_workspace(world: World) -> None:
    execution, token = taken(world)
    other = Workspace.objects.create(number="999999999999", name="Other", slug="other")
    with pytest.raises(TaskDoesNotExist):
        task_tokens.succeed(other.pk, token, "1")
    assert status(execution) == ("RUNNING", None)


def test_an_approval_is_not_decided_by_its_token(world: World) -> None:
    ask = {"Type": "Task", "Resource": "arn:cuelight:states:::approval:request", "End": True}
    execution = world.start(world.machine({"StartAt": "Ask", "States": {"Ask": ask}}))
    claimed = world.claim_of("Ask")
    effect = OpenApproval("Go?", None, ("anna@example.org",), ({"Value": "yes", "Label": "Yes"},))
    submitted = ev.TaskSubmitted(claimed.claim.frame, claimed.claim.wait, claimed.attempt, None)
    world.apply(Deliver(execution.pk, submitted, claimed.claim, effect))
    with pytest.raises(TaskDoesNotExist):
        task_tokens.succeed(world.workspace.pk, claimed.request["task_token"], '{"Decision": "yes"}')
    assert status(execution) == ("RUNNING", None)
