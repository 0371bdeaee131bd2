"""A distributed Map: a Map Run whose iterations are executions of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from asl.errors import InvalidDefinition
from asl.interpreter.commands import EndMapRun, RedriveIteration, ScheduleAttempt, StartIteration, StartMapRun
from asl.interpreter.events import IterationEnded, MapRunUpdated, RedriveRequested, StopRequested, WaitActedOn
from asl.interpreter.frames import Status
from asl.parse import parse_definition
from asl.quotas import AWS
from asl.states import Definition

from .definitions import branch, chain, machine, task
from .world import Fails, Outcome, Succeeds, World

JSON = Any


def each(*states: tuple[str, JSON], **more: JSON) -> JSON:
    """Return a distributed Map state whose children run these states."""
    processor = {**branch(*states), "ProcessorConfig": {"Mode": "DISTRIBUTED"}}
    return {"Type": "Map", "ItemProcessor": processor, **more}


def calls(**more: JSON) -> Definition:
    return machine(("Each", each(("Call", task()), **more)))


def odd_fails(attempt: ScheduleAttempt) -> Outcome:
    return Fails("Odd") if attempt.arguments % 2 else Succeeds(attempt.arguments)


def started(world: World) -> list[int]:
    """Return the indexes of the children that were started so far."""
    return [command.index for command in world.commands if isinstance(command, StartIteration)]


def the_run(world: World) -> StartMapRun:
    [found] = [command for command in world.commands if isinstance(command, StartMapRun)]
    return found


def end_of(world: World) -> str:
    """Return what the Map Run came to last."""
    return [command.status for command in world.commands if isinstance(command, EndMapRun)][-1]


def children(world: World) -> list[World]:
    [run] = world.map_runs.values()
    return list(run.children.values())


def test_each_item_is_run_by_an_execution_with_a_history_and_an_arn_of_its_own() -> None:
    world = World(calls(Label="each"), [5, 6]).run()
    assert world.execution.output == [5, 6]
    assert world.types == [
        "ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapRunStarted",
        "MapRunSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded",
    ]  # fmt: skip
    [first, second] = children(world)
    assert first.types[0] == "ExecutionStarted"
    assert first.types[-1] == "ExecutionSucceeded"
    assert first.execution.arn != second.execution.arn
    assert first.execution.arn.startswith("arn:aws:states:us-east-1:123456789012:execution:machine/each:")
    assert first.execution.state_machine_arn.endswith(":stateMachine:machine/each")
    [arn] = [entry.details["mapRunArn"] for entry in world.history if entry.type == "MapRunStarted"]
    assert arn == f"arn:aws:states:us-east-1:123456789012:mapRun:machine/each:{the_run(world).key}"


def test_a_child_sees_neither_the_variables_around_it_nor_the_parents_context_object() -> None:
    look = {"Type": "Pass", "Parameters": {"arn.$": "$$.Execution.Id", "was.$": "$$.Execution.Input"}}
    states = ("Set", {"Type": "Pass", "Assign": {"outer": 1}}), ("Each", each(("Look", look)))
    world = World(machine(*states), ["a"]).run()
    [child] = children(world)
    assert world.execution.output == [{"arn": child.execution.arn, "was": "a"}]
    reads = {"Type": "Pass", "Parameters": {"x.$": "$outer"}}
    world = World(machine(states[0], ("Each", each(("Read", reads)))), ["a"]).run()
    assert world.execution.status is Status.FAILED
    assert children(world)[0].execution.error == "States.ParameterPathFailure"


def test_item_selector_sees_index_value_key_and_source() -> None:
    selector = {"item.$": "$$.Map.Item", "of.$": "$$.Execution.Name"}
    definition = machine(("Each", each(("P", {"Type": "Pass"}), ItemSelector=selector)))
    world = World(definition, {"a": 1, "b": [2]}).run()
    assert world.execution.output == [
        {"item": {"Index": 0, "Key": "a", "Value": 1, "Source": "STATE_DATA"}, "of": "run"},
        {"item": {"Index": 1, "Key": "b", "Value": [2], "Source": "STATE_DATA"}, "of": "run"},
    ]
    listed = World(definition, ["x"]).run()
    item = {"Index": 0, "Value": "x", "Source": "STATE_DATA"}
    assert listed.execution.output == [{"item": item, "of": "run"}]


def test_the_members_of_an_object_are_items_with_key_and_value() -> None:
    world = World(calls(), {"a": 1}).run()
    assert world.execution.output == [{"Key": "a", "Value": 1}]


def test_a_distributed_map_without_items_succeeds_at_once() -> None:
    world = World(calls(), []).run()
    assert world.execution.output == []
    assert end_of(world) == "SUCCEEDED"


def test_as_many_failures_as_are_tolerated_leave_the_run_successful() -> None:
    world = World(calls(ToleratedFailurePercentage=50), [0, 1, 2, 3], script=odd_fails).run()
    assert world.execution.output == [0, {"Error": "Odd", "Cause": None}, 2, {"Error": "Odd", "Cause": None}]
    assert end_of(world) == "SUCCEEDED"


@pytest.mark.parametrize(
    "tolerated",
    [
        {},
        {"ToleratedFailureCount": 1},
        {"ToleratedFailureCountPath": "$$.Execution.Input[1]"},
        {"ToleratedFailurePercentage": 49.9},
        {"ToleratedFailureCount": 1, "ToleratedFailurePercentage": 100},
        {"ToleratedFailureCount": 4, "ToleratedFailurePercentage": 25},
    ],
)
def test_one_failure_too_many_fails_the_map_run_and_stops_the_other_children(tolerated: JSON) -> None:
    states = ("Call", task()), ("Rest", {"Type": "Wait", "Seconds": 60})
    world = World(machine(("Each", each(*states, **tolerated))), [0, 1, 2, 3], script=odd_fails).run()
    assert (world.execution.error, end_of(world)) == ("States.ExceedToleratedFailureThreshold", "FAILED")
    assert world.types[-3:] == ["MapRunFailed", "MapStateFailed", "ExecutionFailed"]
    assert {child.execution.status for child in children(world)} == {Status.FAILED, Status.ABORTED}


def test_tolerated_failures_may_be_given_by_jsonata() -> None:
    more = {"ToleratedFailureCount": "{% $count($states.input) - 2 %}"}
    jsonata = task(Arguments="{% $states.input %}")
    definition = machine(("Each", each(("Call", jsonata), **more)), QueryLanguage="JSONata")
    world = World(definition, [0, 1, 2, 3], script=odd_fails).run()
    assert world.execution.status is Status.SUCCEEDED


def test_a_failed_map_run_is_caught_and_retried_as_any_error() -> None:
    handled = {
        "Retry": [{"ErrorEquals": ["States.ExceedToleratedFailureThreshold"], "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Mend"}],
    }
    definition = machine(("Each", each(("Call", task()), **handled)), ("Mend", {"Type": "Pass"}))
    world = World(definition, [1], script=odd_fails).run()
    assert world.execution.status is Status.SUCCEEDED
    assert world.types.count("MapRunStarted") == 2


def test_no_more_children_run_at_one_time_than_max_concurrency_says() -> None:
    world = World(calls(MaxConcurrency=2), [0, 1, 2, 3]).start()
    assert started(world) == [0, 1]
    while len(started(world)) == 2:
        moved, event = world.next_event() or (world, StopRequested(None, None))
        moved.apply(event)
    assert sum(child.execution.status is Status.RUNNING for child in children(world)) == 2
    assert world.run().execution.output == [0, 1, 2, 3]


def test_a_wide_map_starts_its_children_in_several_transactions() -> None:
    world = World(calls(), list(range(250))).start()
    assert len(started(world)) == 100
    assert world.run().execution.output == list(range(250))


def test_the_quota_bounds_the_children_that_run_at_one_time() -> None:
    world = World(calls(), [1, 2, 3], quotas=replace(AWS, distributed_map_concurrency=2)).start()
    assert started(world) == [0, 1]


def test_what_a_child_ends_with_costs_the_parent_the_same_for_the_first_and_the_last() -> None:
    world = World(calls(MaxConcurrency=1), list(range(50)))
    loads = []
    world.start()
    while (found := world.next_event()) is not None:
        moved, event = found
        before = world.loads
        moved.apply(event)
        if isinstance(event, IterationEnded):
            loads.append(world.loads - before)
    assert set(loads) == {1}


def test_raising_the_concurrency_starts_more_children_at_once_and_lowering_it_lets_them_end() -> None:
    world = World(calls(MaxConcurrency=1), list(range(6))).start()
    world.apply(MapRunUpdated(0, the_run(world).wait, max_concurrency=4))
    assert started(world) == [0, 1, 2, 3]
    world.apply(MapRunUpdated(0, the_run(world).wait, max_concurrency=1))
    world.apply(IterationEnded(0, the_run(world).wait, 0, "SUCCEEDED"))
    assert started(world) == [0, 1, 2, 3]
    assert all(child.execution.status is Status.RUNNING for child in children(world))


def test_a_lower_tolerance_fails_a_map_run_that_has_failed_too_often_already() -> None:
    world = World(calls(ToleratedFailureCount=2), [1, 2]).start()
    wait = the_run(world).wait
    world.apply(IterationEnded(0, wait, 0, "FAILED", "Odd"))
    assert world.execution.status is Status.RUNNING
    world.apply(MapRunUpdated(0, wait, tolerated_failure_count=0))
    assert world.execution.error == "States.ExceedToleratedFailureThreshold"


def test_a_childs_end_counts_once_and_a_late_one_not_at_all() -> None:
    world = World(calls(ToleratedFailureCount=1), [1, 2]).start()
    wait = the_run(world).wait
    for _ in range(3):
        world.apply(IterationEnded(0, wait, 0, "FAILED", "Odd"))
    assert world.execution.status is Status.RUNNING
    world.apply(StopRequested(None, None))
    assert not world.apply(IterationEnded(0, wait, 1, "SUCCEEDED")).entries


def test_stopping_the_parent_aborts_the_map_run_and_its_children() -> None:
    world = World(calls(), [1, 2]).start()
    world.apply(StopRequested("Enough", None))
    world.run()
    assert end_of(world) == "ABORTED"
    assert world.types[-3:] == ["MapRunAborted", "MapStateAborted", "ExecutionAborted"]
    assert {child.execution.status for child in children(world)} == {Status.ABORTED}


@pytest.mark.parametrize("action", ["skip", "fail"])
def test_a_person_who_ends_the_state_aborts_its_map_run(action: str) -> None:
    world = World(calls(), [1, 2]).start()
    acted = WaitActedOn(0, the_run(world).wait, action, "ada", output=["by hand"], error="Enough")
    world.apply(acted)
    world.run()
    assert end_of(world) == "ABORTED"
    assert world.execution.status is (Status.SUCCEEDED if action == "skip" else Status.FAILED)
    assert {child.execution.status for child in children(world)} == {Status.ABORTED}


def test_a_failing_branch_beside_a_distributed_map_aborts_its_map_run() -> None:
    branches = [branch(("Each", each(("Call", task())))), branch(("No", {"Type": "Fail", "Error": "No"}))]
    world = World(machine(("Both", {"Type": "Parallel", "Branches": branches})), [1]).run()
    assert (world.execution.error, end_of(world)) == ("No", "ABORTED")
    assert [child.execution.status for child in children(world)] == [Status.ABORTED]


def test_an_item_that_cannot_be_selected_fails_the_map_run() -> None:
    definition = machine(("Each", each(("Call", task()), ItemSelector={"x.$": "$$.Map.Item.Value.x"})))
    world = World(definition, [{"x": 1}, {}]).run()
    assert world.execution.status is Status.FAILED
    assert "MapRunFailed" in world.types
    assert end_of(world) == "FAILED"


def test_a_distributed_map_inside_a_child_is_a_map_run_of_that_child() -> None:
    inner = each(("P", {"Type": "Pass"}))
    world = World(machine(("Outer", each(("Inner", inner)))), [["a"], ["b", "c"]]).run()
    assert world.execution.output == [["a"], ["b", "c"]]
    [arn] = [
        entry.details["mapRunArn"] for entry in children(world)[1].history if entry.type == "MapRunStarted"
    ]
    assert ":mapRun:machine/Inner:" in arn


@pytest.mark.parametrize("field", ["ItemReader", "ItemBatcher", "ResultWriter"])
def test_what_is_not_run_yet_fails_the_state_clearly(field: str) -> None:
    more = {field: {"Resource": "arn:aws:states:::s3:getObject"}}
    world = World(calls(**more), [1]).run()
    assert world.execution.status is Status.FAILED
    assert field in (world.execution.cause or "")


@pytest.mark.parametrize("label", ["", "a b", "a:b", "a/b", "x" * 41, "a\u0001", "{% $a %}"])
def test_a_label_that_an_arn_cannot_hold_is_refused(label: str) -> None:
    with pytest.raises(InvalidDefinition, match="Label"):
        calls(Label=label)


def test_a_state_without_a_label_gets_one_that_an_arn_can_hold() -> None:
    names = ["Each", "Each of them: all/most", "x" * 80]
    labels = []
    for name in names:
        document = chain((name, each(("P", {"Type": "Pass"}))))
        world = World(machine(*document.items()), []).run()
        labels.append(the_run(world).label)
    assert labels[0] == "Each"
    assert all(len(label) <= 40 and " " not in label and ":" not in label for label in labels)
    assert len(set(labels)) == 3


def test_a_redrive_continues_what_failed_starts_what_is_missing_and_keeps_the_rest() -> None:
    broken = {1, 2}

    def answer(attempt: ScheduleAttempt) -> Outcome:
        return Fails("Odd") if attempt.arguments in broken else Succeeds(attempt.arguments)

    world = World(calls(MaxConcurrency=1, ToleratedFailureCount=1), [0, 1, 2, 3], script=answer).run()
    assert (world.execution.status, started(world)) == (Status.FAILED, [0, 1, 2])
    broken.clear()
    world.apply(RedriveRequested())
    world.run()
    assert world.execution.output == [0, 1, 2, 3]
    assert end_of(world) == "SUCCEEDED"
    assert started(world) == [0, 1, 2, 3]
    assert [child.execution.redrive_count for child in children(world)] == [0, 1, 1, 0]
    [told] = [entry for entry in world.history if entry.type == "MapRunRedriven"]
    assert told.details["redriveCount"] == 1
    assert the_run(world).key in told.details["mapRunArn"]
    assert "MapRunStarted" not in world.types[world.types.index("MapRunRedriven") :]


def test_a_redrive_runs_no_more_children_at_one_time_than_max_concurrency_says() -> None:
    world = World(calls(MaxConcurrency=2, ToleratedFailureCount=4), [1, 3, 5, 7, 9], script=odd_fails).run()
    assert world.execution.status is Status.FAILED
    world.apply(RedriveRequested())
    moved, event = world.next_event() or (world, StopRequested(None, None))
    moved.apply(event)
    asked = [command.index for command in world.commands if isinstance(command, RedriveIteration)]
    assert asked == [0, 1]


def test_a_child_that_was_still_stopping_when_the_redrive_came_is_redriven_after_it() -> None:
    world = World(calls(), [1, 2]).start()
    world.apply(StopRequested(None, None))
    world.apply(RedriveRequested())
    assert world.run().execution.output == [1, 2]
    assert end_of(world) == "SUCCEEDED"


def test_a_redriven_map_run_may_fail_and_be_redriven_again() -> None:
    world = World(calls(), [1], script=odd_fails).run()
    for count in (1, 2):
        world.apply(RedriveRequested())
        world.run()
        assert world.execution.error == "States.ExceedToleratedFailureThreshold"
        assert children(world)[0].execution.redrive_count == count
    assert world.types.count("MapRunRedriven") == 2


def test_express_children_start_anew_when_they_are_redriven() -> None:
    definition = machine(("Each", each(("Set", {"Type": "Pass"}), ("Call", task()))))
    processor = definition.document["States"]["Each"]["ItemProcessor"]["ProcessorConfig"]
    processor["ExecutionType"] = "EXPRESS"
    world = World(parse_definition(definition.document), [1], script=odd_fails).run()
    world.script = children(world)[0].script = lambda attempt: Succeeds("mended")
    world.apply(RedriveRequested())
    world.run()
    assert world.execution.output == ["mended"]
    assert children(world)[0].types.count("PassStateEntered") == 2


def test_a_child_that_somebody_stopped_is_no_failure() -> None:
    world = World(calls(), [1, 2]).start()
    while (found := world.next_event()) is not None:
        moved, event = found
        if moved is not world and moved.input == 1 and moved.applied:
            event = StopRequested("Enough", None)
        moved.apply(event)
    assert world.execution.output == [{"Error": "Enough", "Cause": None}, 2]


def test_after_a_runtime_error_of_the_state_a_redrive_starts_a_new_map_run() -> None:
    definition = machine(("Each", each(("Call", task()), OutputPath="$.nothing")))
    world = World(definition, [1]).run()
    assert world.execution.error == "States.Runtime"
    world.apply(RedriveRequested())
    world.run()
    assert world.types.count("MapRunStarted") == 2
    assert "MapRunRedriven" not in world.types
