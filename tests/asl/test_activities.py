"""Activities: what their attempts write, and from when their time counts."""

from __future__ import annotations

from typing import Any

import pytest

from asl.interpreter.commands import RequeueAttempt, ScheduleAttempt, StartTimer
from asl.interpreter.events import (
    AttemptStarted,
    ClaimWasLost,
    HeartbeatReceived,
    ScheduleFailed,
    TaskFailed,
    TaskSucceeded,
    TimerPurpose,
)
from asl.interpreter.frames import Status

from .definitions import machine
from .world import World

JSON = Any

ARN = "arn:aws:states:us-east-1:123456789012:activity:greet"


def offered(value: JSON = None, **more: JSON) -> World:
    """Return a world in which an activity waits for its worker."""
    world = World(machine(("Greet", {"Type": "Task", "Resource": ARN, **more})), {"n": 1})
    world.start()
    world.ready.clear()
    return world


def took(world: World, worker: str = "anna", claim: int = 1) -> None:
    attempt = [command for command in world.commands if isinstance(command, ScheduleAttempt)][-1]
    world.apply(AttemptStarted(attempt.frame, attempt.wait, attempt.number, claim, worker))


def timers(world: World) -> dict[TimerPurpose, float]:
    return {
        command.purpose: (command.due - world.now).total_seconds()
        for command in world.commands
        if isinstance(command, StartTimer)
    }


def test_an_activity_is_scheduled_started_and_succeeds_as_recorded() -> None:
    world = offered()
    took(world)
    world.apply(TaskSucceeded(0, 1, None, {"said": "hello"}))
    assert [(entry.type, entry.details) for entry in world.history[2:5]] == [
        (
            "ActivityScheduled",
            {"resource": ARN, "input": '{"n":1}', "inputDetails": {"truncated": False}},
        ),
        ("ActivityStarted", {"workerName": "anna"}),
        ("ActivitySucceeded", {"output": '{"said":"hello"}', "outputDetails": {"truncated": False}}),
    ]
    assert [entry.previous_event_id for entry in world.history] == [0, 0, 2, 3, 4, 5, 6]
    assert world.execution.output == {"said": "hello"}


def test_a_worker_without_a_name_is_not_named() -> None:
    world = offered()
    took(world, worker="")
    assert (world.history[-1].type, world.history[-1].details) == ("ActivityStarted", {})


def test_an_activity_fails_with_what_its_worker_says() -> None:
    world = offered()
    took(world)
    world.apply(TaskFailed(0, 1, None, "Broken", "no voice"))
    assert world.types[-2:] == ["ActivityFailed", "ExecutionFailed"]
    assert world.history[-2].details == {"error": "Broken", "cause": "no voice"}


def test_its_time_counts_from_the_moment_a_worker_has_it() -> None:
    world = offered(TimeoutSeconds=60, HeartbeatSeconds=10)
    assert world.history[-1].details["timeoutInSeconds"] == 60
    assert world.history[-1].details["heartbeatInSeconds"] == 10
    assert timers(world) == {}
    took(world)
    assert timers(world) == {TimerPurpose.TIMEOUT: 60, TimerPurpose.HEARTBEAT: 10}


@pytest.mark.parametrize(
    ("more", "error"),
    [({"TimeoutSeconds": 5}, "States.Timeout"), ({"HeartbeatSeconds": 5}, "States.HeartbeatTimeout")],
)
def test_a_silent_worker_runs_out_of_time(more: JSON, error: str) -> None:
    world = offered(**more)
    took(world)
    world.run()
    assert world.types[-2:] == ["ActivityTimedOut", "ExecutionFailed"]
    assert world.history[-2].details == {"error": error}


def test_a_heartbeat_gives_its_time_again() -> None:
    world = offered(HeartbeatSeconds=10)
    took(world)
    world.timers.clear()
    world.apply(HeartbeatReceived(0, 1))
    assert timers(world) == {TimerPurpose.HEARTBEAT: 10}
    assert world.types[-1] == "ActivityStarted"


def test_a_task_that_its_worker_never_received_is_offered_again_however_often() -> None:
    world = offered(TimeoutSeconds=60)
    for claim in range(1, 6):
        took(world, worker=f"worker {claim}", claim=claim)
        world.apply(ClaimWasLost(0, 1, 1, claim, may_repeat=True))
    assert len([command for command in world.commands if isinstance(command, RequeueAttempt)]) == 5
    assert world.types.count("ActivityStarted") == 1
    assert len([command for command in world.commands if isinstance(command, StartTimer)]) == 1
    world.apply(TaskSucceeded(0, 1, None, "late"))
    assert world.execution.status is Status.SUCCEEDED


def test_an_activity_that_does_not_exist_fails_the_execution_whatever_it_catches() -> None:
    everything = {"ErrorEquals": ["States.ALL"]}
    world = offered(Retry=[everything], Catch=[{**everything, "Next": "Greet"}])
    world.apply(ScheduleFailed(0, 1, 1, f"Activity Does Not Exist: '{ARN}'"))
    assert world.types[2:] == ["ActivityScheduled", "ActivityScheduleFailed", "ExecutionFailed"]
    assert (world.execution.status, world.execution.error) == (Status.FAILED, "States.Runtime")
    assert world.execution.cause == f"Activity Does Not Exist: '{ARN}'"
    assert world.attempts == {}
