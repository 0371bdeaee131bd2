"""Nested executions, stops, and what executions tell each other."""

from __future__ import annotations

import json
from typing import Any

from asl.interpreter import events as ev
from runner.integrations.interface import StartChild
from runner.models import Execution, StateMachine
from runner.operations import Claimed, Deliver, Poll

from .conftest import World, rows_left, types_of

NESTED = {
    "StartAt": "Sub",
    "States": {
        "Sub": {
            "Type": "Task",
            "Resource": "arn:aws:states:::states:startExecution.sync:2",
            "Parameters": {},
            "End": True,
        }
    },
}
CHILD = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": True}}}


def submit(world: World, claimed: Claimed, *, wait_for_end: bool = True, name: str = "child") -> bool:
    machine = StateMachine.objects.get(name=name)
    claim = claimed.claim
    return bool(
        world.apply(
            Deliver(
                claimed.execution_id,
                ev.TaskSubmitted(claim.frame, claim.wait, claimed.attempt, None),
                claim,
                StartChild(machine.arn, None, {"from": "parent"}, wait_for_end, parsed_output=True),
            )
        ).results[0]
    )


def family(world: World) -> tuple[Execution, Execution]:
    """Return an execution and the nested one that it waits for."""
    world.machine(CHILD, "child")
    parent = world.start(world.machine(NESTED, "parent"))
    assert submit(world, world.claim_of("Sub"))
    world.pull()
    return parent, Execution.objects.get(parent_id=parent.pk)


def test_the_end_of_a_nested_execution_is_the_result_of_the_state_that_started_it(world: World) -> None:
    parent, child = family(world)
    assert json.loads(child.input) == {"from": "parent"}
    world.make_due()
    world.pull()  # the child's Wait is over: its end is left in the parent's inbox
    world.pull()
    parent.refresh_from_db()
    output = json.loads(parent.output or "")
    assert (parent.status, output["Status"], output["Output"]) == (
        "SUCCEEDED",
        "SUCCEEDED",
        {"from": "parent"},
    )
    assert "TaskSubmitted" in types_of(parent)
    assert rows_left(parent) == rows_left(child) == {}


def test_the_failure_of_a_nested_execution_fails_the_state_that_waits_for_it(world: World) -> None:
    parent, child = family(world)
    world.apply(Deliver(child.pk, ev.StopRequested("Enough", None)))
    world.pull()
    parent.refresh_from_db()
    assert (parent.status, parent.error) == ("FAILED", "States.TaskFailed")
    assert json.loads(parent.cause or "")["Status"] == "ABORTED"


def test_stopping_an_execution_stops_the_one_it_waits_for(world: World) -> None:
    parent, child = family(world)
    world.apply(Deliver(parent.pk, ev.StopRequested(None, None)))
    world.pull()
    child.refresh_from_db()
    assert child.status == "ABORTED"
    world.pull()
    parent.refresh_from_db()
    assert parent.status == "ABORTED"
    assert rows_left(parent) == rows_left(child) == {}


def test_without_sync_the_state_goes_on_when_the_nested_execution_has_started(world: World) -> None:
    world.machine(CHILD, "child")
    parent = world.start(world.machine(NESTED, "parent"))
    assert submit(world, world.claim_of("Sub"), wait_for_end=False)
    parent.refresh_from_db()
    assert parent.status == "SUCCEEDED"
    told = json.loads(parent.output or "")
    assert set(told) == {"ExecutionArn", "SdkHttpMetadata", "SdkResponseMetadata", "StartDate"}
    world.pull()
    child = Execution.objects.get(parent_id=parent.pk)
    assert types_of(child)[0] == "ExecutionStarted"


def test_an_unknown_state_machine_fails_the_attempt_in_the_services_words(world: World) -> None:
    world.machine(CHILD, "child")
    parent = world.start(world.machine(NESTED, "parent"))
    claimed = world.claim_of("Sub")
    missing = StartChild("arn:aws:states:us-east-1:123456789012:stateMachine:none", None, {}, True, True)
    event = ev.TaskSubmitted(claimed.claim.frame, claimed.claim.wait, 1, None)
    world.apply(Deliver(parent.pk, event, claimed.claim, missing))
    parent.refresh_from_db()
    assert parent.error == "StepFunctions.StateMachineDoesNotExistException"


def test_a_job_is_polled_from_the_queue_and_is_submitted_once(world: World) -> None:
    definition: dict[str, Any] = {**NESTED}
    execution = world.start(world.machine(definition))
    first = world.claim_of("Sub")
    event = ev.TaskSubmitted(first.claim.frame, first.claim.wait, 1, {"job": 7})
    world.apply(Deliver(execution.pk, event, first.claim, poll=Poll(30, {"job": 7})))
    world.pull()
    assert not world.claimed
    world.make_due()
    world.pull()
    second = world.claim_of("Sub")
    assert (second.poll, second.claim.number) == ({"job": 7}, 2)
    again = ev.TaskSubmitted(second.claim.frame, second.claim.wait, 1, {"job": 7})
    world.apply(Deliver(execution.pk, again, second.claim, poll=Poll(30, {"job": 7, "seen": 1})))
    world.make_due()
    world.pull()
    assert world.succeed(world.claim_of("Sub"), "done")
    types = types_of(execution)
    assert (types.count("TaskSubmitted"), types.count("TaskStarted")) == (1, 1)


def test_an_event_that_crashes_the_interpreter_fails_its_own_execution_alone(world: World) -> None:
    revision = world.machine(NESTED)
    victim, neighbour = world.start(revision), world.start(revision)
    [bad, good] = [world.claim_of("Sub"), world.claim_of("Sub")]
    unreadable: Any = object()  # no event says what to do with this
    world.apply(
        Deliver(victim.pk, ev.TimerFired(bad.claim.frame, bad.claim.wait, unreadable)),
        Deliver(victim.pk, unreadable),
        Deliver(neighbour.pk, ev.TaskSucceeded(good.claim.frame, good.claim.wait, 1, "fine"), good.claim),
    )
    victim.refresh_from_db()
    neighbour.refresh_from_db()
    assert (victim.status, victim.error) == ("FAILED", "States.Runtime")
    assert neighbour.status == "SUCCEEDED"
