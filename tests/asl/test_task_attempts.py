"""Attempts of Task states: claims, answers, retries, timeouts and what people do to them."""

from __future__ import annotations

from typing import Any

import pytest

from asl.context import read_task_token
from asl.interpreter.commands import EndWait, RequeueAttempt, ScheduleAttempt, StartTimer
from asl.interpreter.events import (
    AttemptStarted,
    ClaimWasLost,
    HeartbeatReceived,
    StopRequested,
    TaskFailed,
    TaskSubmitted,
    TaskSucceeded,
    TimerFired,
    TimerPurpose,
    WaitActedOn,
)
from asl.interpreter.frames import Status

from .definitions import machine, task
from .world import Fails, Hangs, Submits, Succeeds, World

JSON = Any


def waiting(definition: Any, **more: Any) -> World:
    """Return a world whose first attempt was scheduled and is answered by nobody."""
    world = World(definition, **more)
    world.start()
    world.ready.clear()
    return world


def scheduled(world: World) -> list[ScheduleAttempt]:
    return [command for command in world.commands if isinstance(command, ScheduleAttempt)]


def test_a_task_is_scheduled_started_and_succeeds_as_recorded() -> None:
    world = World(machine(("Call", task())), {"n": 1}).run()
    assert world.types == [
        "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded",
        "TaskStateExited", "ExecutionSucceeded",
    ]  # fmt: skip
    assert world.execution.output == {"n": 1}
    assert world.notes == []


def test_a_failed_attempt_is_retried_with_growing_delays() -> None:
    retry = [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 3}]
    world = World(machine(("Call", task(Retry=retry))), script=lambda attempt: Fails("Busy", "later"))
    world.run()
    due = [command.due for command in world.commands if isinstance(command, StartTimer)]
    assert [(later - world.entries[0].at).total_seconds() for later in due] == [2, 2 + 6, 2 + 6 + 18]
    assert [command.number for command in scheduled(world)] == [1, 2, 3, 4]
    assert len({command.wait for command in scheduled(world)}) == 4
    assert [note.type for note in world.notes] == ["RetryScheduled"] * 3
    assert (world.execution.status, world.execution.error) == (Status.FAILED, "Busy")


def test_max_delay_caps_the_back_off_and_full_jitter_stays_below_it() -> None:
    retry = [
        {
            "ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 6, "BackoffRate": 10,
            "MaxDelaySeconds": 7, "JitterStrategy": "FULL",
        }
    ]  # fmt: skip
    world = World(machine(("Call", task(Retry=retry))), script=lambda attempt: Fails("Busy")).run()
    seconds = [note.details["seconds"] for note in world.notes]
    assert len(set(seconds)) == 6
    assert all(0 <= value <= 7 for value in seconds)


def test_each_retrier_counts_its_own_tries() -> None:
    retry = [{"ErrorEquals": ["A"], "MaxAttempts": 1}, {"ErrorEquals": ["B"], "MaxAttempts": 2}]
    errors = iter(["A", "B", "B", "A"])
    world = World(machine(("Call", task(Retry=retry))), script=lambda attempt: Fails(next(errors)))
    world.run()
    assert len(scheduled(world)) == 4
    assert world.execution.error == "A"


def test_a_caught_error_goes_where_its_catcher_says() -> None:
    catch = [{"ErrorEquals": ["States.TaskFailed"], "ResultPath": "$.error", "Next": "Mend"}]
    definition = machine(("Call", task(Catch=catch)), ("Mend", {"Type": "Pass"}))
    world = World(definition, {"n": 1}, script=lambda attempt: Fails("Broken", "why")).run()
    assert world.execution.output == {"n": 1, "error": {"Error": "Broken", "Cause": "why"}}
    assert "TaskStateExited" in world.types


def test_states_all_catches_neither_runtime_nor_data_limits() -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Mend"}]
    for error in ("States.Runtime", "States.DataLimitExceeded"):
        definition = machine(("Call", task(Catch=catch)), ("Mend", {"Type": "Pass"}))
        world = World(definition, script=lambda attempt, error=error: Fails(error)).run()  # type: ignore[misc]
        assert (world.execution.status, world.execution.error) == (Status.FAILED, error)


def test_timeouts_count_from_the_start_of_the_attempt() -> None:
    world = waiting(machine(("Call", task(TimeoutSeconds=30, HeartbeatSeconds=10))))
    assert world.timers == {}
    world.apply(AttemptStarted(0, 1, 1, 1, "w"))
    assert {purpose for _, _, purpose in world.timers} == {TimerPurpose.TIMEOUT, TimerPurpose.HEARTBEAT}


def test_an_attempt_that_hangs_times_out() -> None:
    world = World(machine(("Call", task(TimeoutSeconds=30))), script=lambda attempt: Hangs()).run()
    assert world.types[-2:] == ["TaskTimedOut", "ExecutionFailed"]
    assert (world.execution.error, world.execution.cause) == ("States.Timeout", None)


def test_heartbeats_keep_an_attempt_alive_until_they_stop() -> None:
    retry = [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 0}]
    world = waiting(machine(("Call", task(HeartbeatSeconds=10, Retry=retry))))
    world.apply(AttemptStarted(0, 1, 1, 1, "w"))
    first = world.timers[0, 1, TimerPurpose.HEARTBEAT]
    world.now = first
    world.apply(HeartbeatReceived(0, 1))
    assert world.timers[0, 1, TimerPurpose.HEARTBEAT] > first
    world.run()
    assert world.execution.error == "States.HeartbeatTimeout"


def test_a_lost_claim_is_repeated_until_the_third() -> None:
    world = waiting(machine(("Call", task())))
    world.apply(AttemptStarted(0, 1, 1, 1, "w1"))
    world.apply(ClaimWasLost(0, 1, 1, 1, may_repeat=True))
    world.apply(AttemptStarted(0, 1, 1, 2, "w2"))
    world.apply(ClaimWasLost(0, 1, 1, 2, may_repeat=True))
    assert [type(command) for command in world.commands].count(RequeueAttempt) == 2
    world.apply(AttemptStarted(0, 1, 1, 3, "w3"))
    world.apply(ClaimWasLost(0, 1, 1, 3, may_repeat=True))
    assert world.types.count("TaskStarted") == 1
    assert [note.type for note in world.notes] == [
        "ClaimLost", "AttemptClaimed", "ClaimLost", "AttemptClaimed", "ClaimLost",
    ]  # fmt: skip
    assert (world.execution.status, world.execution.error) == (Status.FAILED, "States.TaskFailed")


def test_a_lost_claim_of_work_that_may_not_be_repeated_fails_at_once() -> None:
    world = waiting(machine(("Call", task())))
    world.apply(AttemptStarted(0, 1, 1, 1, "w1"))
    world.apply(ClaimWasLost(0, 1, 1, 1, may_repeat=False))
    assert world.execution.error == "States.TaskFailed"
    assert EndWait(0, 1, "failed") in world.commands


def test_submitted_work_is_answered_by_token() -> None:
    call = task(
        Resource="arn:aws:states:::sqs:sendMessage.waitForTaskToken", Parameters={"T.$": "$$.Task.Token"}
    )
    world = World(machine(("Ask", call)), script=lambda attempt: Submits({"MessageId": "1"})).run()
    (attempt,) = scheduled(world)
    assert attempt.arguments == {"T": attempt.task_token}
    assert read_task_token(attempt.task_token) == (world.execution.key, 0, 1)
    world.apply(TaskSucceeded(0, 1, None, "yes"))
    assert world.execution.output == "yes"
    assert world.types[3:6] == ["TaskStarted", "TaskSubmitted", "TaskSucceeded"]


def test_the_deadline_of_submitted_work_ends_it() -> None:
    world = waiting(machine(("Ask", task())))
    world.apply(AttemptStarted(0, 1, 1, 1, "w"))
    world.apply(
        TaskSubmitted(0, 1, 1, None, deadline_seconds=60, note=("ApprovalRequested", {"question": "?"}))
    )
    assert [note.type for note in world.notes] == ["ApprovalRequested"]
    world.run()
    assert world.execution.error == "States.Timeout"


def test_usage_becomes_a_note() -> None:
    world = waiting(machine(("Call", task())))
    world.apply(AttemptStarted(0, 1, 1, 1, "w"))
    world.apply(TaskSucceeded(0, 1, 1, "text", usage={"input_tokens": 3}))
    assert world.notes[0].details == {"attempt": 1, "input_tokens": 3}


@pytest.mark.parametrize(
    "late",
    [
        AttemptStarted(0, 1, 1, 2, "w"),
        ClaimWasLost(0, 1, 1, 1, may_repeat=True),
        TaskSubmitted(0, 1, 1, None),
        TaskSucceeded(0, 1, 1, "late"),
        TaskSucceeded(0, 1, None, "late"),
        TaskFailed(0, 1, 1, "Late", None),
        HeartbeatReceived(0, 1),
        TimerFired(0, 1, TimerPurpose.TIMEOUT),
        WaitActedOn(0, 1, "skip", by="eva", output="late"),
    ],
)
def test_an_event_for_a_wait_that_is_over_changes_nothing(late: Any) -> None:
    world = waiting(machine(("One", task()), ("Two", task())))
    world.apply(AttemptStarted(0, 1, 1, 1, "w"))
    world.apply(TaskSucceeded(0, 1, 1, "first"))
    before = (world.execution, dict(world.frames), len(world.entries), len(world.commands))
    world.apply(late)
    assert before == (world.execution, world.frames, len(world.entries), len(world.commands))


def test_a_result_of_another_attempt_changes_nothing() -> None:
    world = waiting(machine(("One", task())))
    before = world.execution
    world.apply(TaskSucceeded(0, 1, 7, "no"))
    assert world.execution == before


def test_a_person_skips_a_task_with_a_value() -> None:
    world = waiting(machine(("One", task(ResultPath="$.got"))), input={"n": 1})
    world.apply(WaitActedOn(0, 1, "skip", by="eva", output="mine"))
    assert world.execution.output == {"n": 1, "got": "mine"}
    assert world.notes[0].details == {"by": "eva"}


def test_a_person_fails_a_task_and_retry_does_not_apply() -> None:
    retry = [{"ErrorEquals": ["States.ALL"]}]
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Mend"}]
    world = waiting(machine(("One", task(Retry=retry, Catch=catch)), ("Mend", {"Type": "Pass"})))
    world.apply(WaitActedOn(0, 1, "fail", by="eva", error="Refused", cause="no"))
    assert world.execution.output == {"Error": "Refused", "Cause": "no"}


def test_a_person_runs_a_retry_now_and_extends_a_timeout() -> None:
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 3600}]
    world = waiting(machine(("One", task(Retry=retry, TimeoutSeconds=5))))
    world.apply(AttemptStarted(0, 1, 1, 1, "w"))
    world.apply(TaskFailed(0, 1, 1, "Busy", None))
    world.apply(WaitActedOn(0, 2, "run_now", by="eva"))
    assert scheduled(world)[-1].number == 2
    world.ready.clear()
    world.apply(AttemptStarted(0, 3, 2, 1, "w"))
    due = world.timers[0, 3, TimerPurpose.TIMEOUT]
    world.apply(WaitActedOn(0, 3, "extend", by="eva", seconds=600))
    assert (world.timers[0, 3, TimerPurpose.TIMEOUT] - due).total_seconds() == 600
    world.now = due
    before = world.execution
    world.apply(TimerFired(0, 3, TimerPurpose.TIMEOUT))  # fired before the timer was moved
    assert world.execution == before


def test_a_stop_aborts_whatever_waits() -> None:
    world = waiting(machine(("One", task())))
    world.apply(StopRequested("Enough", "of it"))
    assert world.types[-2:] == ["TaskStateAborted", "ExecutionAborted"]
    assert world.execution.status is Status.ABORTED
    assert EndWait(0, 1, "aborted") in world.commands
    assert world.frame(0).status is Status.ABORTED


def test_a_result_over_the_quota_fails_the_task_with_data_limit_exceeded() -> None:
    big = "x" * 300_000
    catch = [{"ErrorEquals": ["States.DataLimitExceeded"], "Next": "Mend"}]
    definition = machine(("Call", task(Catch=catch)), ("Mend", {"Type": "Pass"}))
    world = World(definition, script=lambda attempt: Succeeds(big)).run()
    assert world.execution.output["Error"] == "States.DataLimitExceeded"


def test_lambda_and_activity_arns_write_their_own_events() -> None:
    for arn, family in (
        ("arn:aws:lambda:us-east-1:123456789012:function:f", "LambdaFunction"),
        ("arn:aws:states:us-east-1:123456789012:activity:a", "Activity"),
    ):
        world = World(machine(("Call", task(Resource=arn)))).run()
        assert world.types[2:5] == [f"{family}Scheduled", f"{family}Started", f"{family}Succeeded"]
