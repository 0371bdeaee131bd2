"""Redrive in rows: what is taken up, who may, how often, and for how long."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from asl.interpreter import events as ev
from runner import engine
from runner.models import Attempt, Entry, Execution, Frame, Item, StateMachine, Timer
from runner.operations import Deliver, ExecutionNotRedrivable, Redrive, Redriven
from runner.redriving import RedriveStatus, redrive_status

from .conftest import World, rows_left, types_of
from .test_families import family, submit

JSON = Any
TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"}
ONE = {"StartAt": "Call", "States": {"Call": {**TASK, "End": True}}}


def machine_of(state: JSON, **more: JSON) -> JSON:
    return {"StartAt": "It", "States": {"It": {**state, "End": True}}, **more}


def body(state: JSON, name: str) -> JSON:
    return {"StartAt": name, "States": {name: {**state, "End": True}}}


def redrive(world: World, execution: Execution, **more: Any) -> Redriven | ExecutionNotRedrivable:
    result = world.apply(Redrive(execution.pk, **more)).results[0]
    assert isinstance(result, Redriven | ExecutionNotRedrivable)
    execution.refresh_from_db()
    return result


def failed(world: World) -> Execution:
    execution = world.start(world.machine(ONE), {"a": 1})
    world.fail(world.claim_of("Call"))
    execution.refresh_from_db()
    return execution


def test_a_redriven_execution_runs_again_and_says_when_and_how_often(world: World) -> None:
    execution = failed(world)
    assert (execution.status, execution.error, execution.cause) == ("FAILED", "Broken", "by hand")
    world.now += timedelta(days=13)
    assert redrive(world, execution, by="eva") == Redriven(world.now)
    assert (execution.status, execution.error, execution.cause) == ("RUNNING", None, None)
    assert (execution.stopped_at, execution.output) == (None, None)
    assert (execution.redrive_count, execution.redriven_at) == (1, world.now)
    assert world.succeed(world.claim_of("Call"), "done")
    execution.refresh_from_db()
    assert (execution.status, execution.output) == ("SUCCEEDED", '"done"')
    types = types_of(execution)
    assert types[types.index("ExecutionFailed") :] == [
        "ExecutionFailed",
        "ExecutionRedriven",
        "RedriveAsked",
        "TaskScheduled",
        "TaskStarted",
        "TaskSucceeded",
        "TaskStateExited",
        "ExecutionSucceeded",
    ]
    assert rows_left(execution) == {}


def test_an_answer_from_before_is_refused_after_a_redrive(world: World) -> None:
    execution = world.start(world.machine(ONE))
    old = world.claim_of("Call")
    world.apply(Deliver(execution.pk, ev.StopRequested(None, None)))
    redrive(world, execution)
    assert not world.succeed(old, "late")
    assert not world.lose(old)
    assert world.succeed(world.claim_of("Call"), "in time")


def test_a_map_keeps_the_items_that_a_redrive_needs_and_drops_them_in_the_end(world: World) -> None:
    each = {
        "Type": "Map",
        "MaxConcurrency": 2,
        "ItemSelector": {"n.$": "$$.Map.Item.Value"},
        "ItemProcessor": body({**TASK, "ResultSelector": {"n.$": "$$.Map.Item.Value"}}, "Do"),
    }
    execution = world.start(world.machine(machine_of(each)), [1, 2, 3, 4])
    assert world.succeed(world.claim_of("Do"), None)
    assert world.fail(world.claim_of("Do"))
    execution.refresh_from_db()
    assert execution.status == "FAILED"
    assert Item.objects.filter(execution=execution).count() == 5
    world.claimed.clear()
    redrive(world, execution)
    for _ in range(3):
        assert Attempt.objects.filter(execution=execution).count() <= 2
        assert world.succeed(world.claim_of("Do"), None)
    execution.refresh_from_db()
    assert json.loads(execution.output or "") == [{"n": 1}, {"n": 2}, {"n": 3}, {"n": 4}]
    assert Item.objects.filter(execution=execution).count() == 0
    assert rows_left(execution) == {}


def test_a_map_that_ends_in_one_transaction_leaves_no_items(world: World) -> None:
    each = {"Type": "Map", "ItemProcessor": body({"Type": "Pass"}, "Do")}
    execution = world.start(world.machine(machine_of(each)), [1, 2])
    assert execution.status == "SUCCEEDED"
    assert Item.objects.filter(execution=execution).count() == 0


def test_the_items_of_a_map_that_is_tried_again_go(world: World) -> None:
    retry = [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1, "IntervalSeconds": 1}]
    each = {"Type": "Map", "Retry": retry, "ItemProcessor": body(TASK, "Do")}
    execution = world.start(world.machine(machine_of(each)), [1])
    world.fail(world.claim_of("Do"))
    assert Item.objects.filter(execution=execution).count() == 0
    world.make_due()
    world.pull()
    world.fail(world.claim_of("Do"))
    assert Item.objects.filter(execution=execution).count() == 2


def test_finished_branches_are_not_run_again(world: World) -> None:
    split = {"Type": "Parallel", "Branches": [body(TASK, "Good"), body(TASK, "Bad")]}
    execution = world.start(world.machine(machine_of(split)))
    assert world.succeed(world.claim_of("Good"), "kept")
    assert world.fail(world.claim_of("Bad"))
    frames = Frame.objects.filter(execution=execution).count()
    redrive(world, execution)
    assert [claimed.state for claimed in world.claimed] == ["Bad"]
    assert world.succeed(world.claim_of("Bad"), "mended")
    execution.refresh_from_db()
    assert json.loads(execution.output or "") == ["kept", "mended"]
    assert Frame.objects.filter(execution=execution).count() == frames


def test_the_time_limit_of_the_machine_begins_anew(world: World) -> None:
    execution = world.start(world.machine({**ONE, "TimeoutSeconds": 60}))
    world.make_due()
    world.pull()
    execution.refresh_from_db()
    assert execution.status == "TIMED_OUT"
    redrive(world, execution)
    timer = Timer.objects.get(execution=execution, purpose=ev.TimerPurpose.EXECUTION_TIMEOUT)
    assert timer.due_at == world.now + timedelta(seconds=60)
    world.make_due()
    world.pull()
    execution.refresh_from_db()
    assert (execution.status, execution.redrive_count) == ("TIMED_OUT", 1)
    assert rows_left(execution) == {}


def test_an_execution_that_fails_again_at_once_can_be_redriven_again(world: World) -> None:
    fails = {"StartAt": "It", "States": {"It": {"Type": "Fail", "Error": "No"}}}
    execution = world.start(world.machine(fails))
    for count in (1, 2):
        redrive(world, execution)
        assert (execution.status, execution.error, execution.redrive_count) == ("FAILED", "No", count)
    assert types_of(execution).count("FailStateEntered") == 3


def test_a_state_that_waited_for_a_nested_execution_starts_another(world: World) -> None:
    parent, child = family(world)
    world.apply(Deliver(child.pk, ev.StopRequested("Enough", None)))
    world.pull()
    parent.refresh_from_db()
    assert parent.status == "FAILED"
    redrive(world, parent)
    assert submit(world, world.claim_of("Sub"))
    world.pull()
    [second] = Execution.objects.filter(parent_id=parent.pk).exclude(pk=child.pk)
    world.make_due()
    world.pull()
    world.pull()
    parent.refresh_from_db()
    child.refresh_from_db()
    second.refresh_from_db()
    assert (parent.status, child.status, second.status) == ("SUCCEEDED", "ABORTED", "SUCCEEDED")


def test_a_nested_execution_that_is_redriven_by_itself_tells_nobody(world: World) -> None:
    parent, child = family(world)
    world.apply(Deliver(child.pk, ev.StopRequested("Enough", None)))
    world.pull()
    seq = types_of(parent)
    redrive(world, child)
    world.make_due()
    world.pull()
    world.pull()
    child.refresh_from_db()
    assert child.status == "SUCCEEDED"
    assert types_of(parent) == seq
    assert rows_left(parent) == rows_left(child) == {}


def test_what_runs_or_succeeded_is_refused_and_stays_as_it_is(world: World) -> None:
    execution = world.start(world.machine(ONE))
    for status in ("RUNNING", "SUCCEEDED"):
        before = types_of(execution)
        refused = redrive(world, execution)
        assert isinstance(refused, ExecutionNotRedrivable)
        assert refused.reason == f"Execution is {status} and cannot be redriven"
        assert (types_of(execution), execution.redrive_count) == (before, 0)
        if status == "RUNNING":
            assert world.succeed(world.claim_of("Call"), None)


def test_of_two_requests_in_one_transaction_the_second_is_refused(world: World) -> None:
    execution = failed(world)
    first, second = world.apply(Redrive(execution.pk), Redrive(execution.pk)).results
    assert isinstance(first, Redriven)
    assert isinstance(second, ExecutionNotRedrivable)
    assert types_of(execution).count("ExecutionRedriven") == 1


def test_a_repeated_request_is_answered_as_before_for_a_quarter_of_an_hour(world: World) -> None:
    execution = failed(world)
    together = world.apply(Redrive(execution.pk, token="one"), Redrive(execution.pk, token="one")).results
    assert together[0] == together[1] == Redriven(world.now)
    first = world.now
    world.now += timedelta(minutes=14)
    assert redrive(world, execution, token="one") == Redriven(first)
    assert isinstance(redrive(world, execution, token="two"), ExecutionNotRedrivable)
    world.now += timedelta(minutes=2)
    assert isinstance(redrive(world, execution, token="one"), ExecutionNotRedrivable)
    assert execution.redrive_count == 1
    assert Entry.objects.filter(execution=execution, type="ExecutionRedriven").count() == 1


def test_the_period_for_a_redrive_is_fourteen_days_from_the_last_end(world: World) -> None:
    execution = failed(world)
    world.now += timedelta(days=14)
    assert isinstance(redrive(world, execution), Redriven)
    world.fail(world.claim_of("Call"))
    world.now += timedelta(days=14, seconds=1)
    refused = redrive(world, execution)
    assert isinstance(refused, ExecutionNotRedrivable)
    assert refused.reason == "Execution redrivable period exceeded"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "PENDING_REDRIVE"}, "Execution is PENDING_REDRIVE and cannot be redriven"),
        ({"is_express": True}, "Execution is EXPRESS and cannot be redriven"),
        ({"next_event_id": 25_000}, "Execution history event limit exceeded"),
    ],
)
def test_the_reason_is_told_in_the_services_words(world: World, change: JSON, reason: str) -> None:
    execution = failed(world)
    assert redrive_status(execution, world.now) == (RedriveStatus.REDRIVABLE, None)
    world.workspace.quota_profile = "aws"
    world.workspace.save()
    Execution.objects.filter(pk=execution.pk).update(**change)
    execution.refresh_from_db()
    from runner.revisions import compiled

    compiled.cache_clear()
    assert redrive_status(execution, world.now) == (RedriveStatus.NOT_REDRIVABLE, reason)


def test_an_execution_of_more_than_a_year_or_of_a_deleted_machine_is_over_for_good(world: World) -> None:
    execution = failed(world)
    old = world.now + timedelta(days=366)
    Execution.objects.filter(pk=execution.pk).update(stopped_at=old)
    execution.refresh_from_db()
    assert redrive_status(execution, old)[1] == "Execution has exceeded the max execution time"
    StateMachine.objects.filter(pk=execution.state_machine_id).update(deleted_at=world.now)
    execution = Execution.objects.get(pk=execution.pk)
    assert redrive_status(execution, world.now)[1] == "State machine is in DELETING status"


def test_the_engine_redrives_through_the_writer_and_says_why_not(world: World) -> None:
    execution = failed(world)
    assert engine.redrive_execution(execution.pk, "eva", "token").at is not None
    with pytest.raises(engine.ExecutionNotRedrivable, match="RUNNING"):
        engine.redrive_execution(execution.pk)
