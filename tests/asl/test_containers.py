"""Parallel and Map: branches, windows, failures inside them, and what they cost."""

from __future__ import annotations

import json
from typing import Any

from asl.interpreter.codec import encode_frame
from asl.interpreter.commands import EndWait, ScheduleAttempt
from asl.interpreter.events import TaskFailed, WaitActedOn
from asl.interpreter.frames import Frame, Status, Waiting

from .definitions import branch, machine, task
from .world import Fails, Outcome, Succeeds, World

JSON = Any


def mapped(*states: tuple[str, JSON], **more: JSON) -> JSON:
    return {"Type": "Map", "ItemProcessor": branch(*states), **more}


def test_parallel_collects_the_outputs_in_the_order_of_its_branches() -> None:
    def answer(attempt: ScheduleAttempt) -> Outcome:
        return Succeeds(attempt.state)

    split = {"Type": "Parallel", "Branches": [branch(("A", task())), branch(("B", task()))]}
    definition = machine(("Split", split))
    for choose in (lambda n: 0, lambda n: n - 1):
        world = World(definition, script=answer).run(choose=choose)
        assert world.execution.output == ["A", "B"]


def test_the_exit_of_parallel_follows_from_the_branch_that_ended_last() -> None:
    split = {"Type": "Parallel", "Branches": [branch(("A", task())), branch(("B", task()))]}
    world = World(machine(("Split", split))).run(choose=lambda n: n - 1)
    by_id = {entry.event_id: entry for entry in world.history}
    exited = next(entry for entry in world.history if entry.type == "ParallelStateExited")
    last = by_id[exited.previous_event_id]
    assert (last.type, last.state) == ("TaskStateExited", "A")


def test_a_failed_branch_aborts_the_others() -> None:
    def answer(attempt: ScheduleAttempt) -> Outcome:
        return Fails("Broken", "why")

    slow = {"Type": "Wait", "Seconds": 600}
    deep = {"Type": "Parallel", "Branches": [branch(("Slow", slow))]}
    split = {"Type": "Parallel", "Branches": [branch(("Deep", deep)), branch(("Bad", task()))]}
    world = World(machine(("Split", split)), script=answer).run()
    assert (world.execution.status, world.execution.error) == (Status.FAILED, "Broken")
    assert "WaitStateAborted" in world.types
    assert "ParallelStateAborted" in world.types
    assert world.timers == {}
    assert all(world.frame(number).status is not Status.RUNNING for number in world.frames)


def test_a_caught_branch_failure_goes_on_after_the_container() -> None:
    catch = [{"ErrorEquals": ["Broken"], "Next": "Mend"}]
    split = {"Type": "Parallel", "Branches": [branch(("Bad", task()))], "Catch": catch}
    definition = machine(("Split", split), ("Mend", {"Type": "Pass"}))
    world = World(definition, script=lambda attempt: Fails("Broken")).run()
    assert world.execution.output == {"Error": "Broken", "Cause": None}
    assert EndWait(0, 1, "failed") in world.commands


def test_a_retried_container_starts_all_its_branches_again() -> None:
    errors = iter(["Broken", None])

    def answer(attempt: ScheduleAttempt) -> Outcome:
        error = next(errors)
        return Fails(error) if error else Succeeds("good")

    retry = [{"ErrorEquals": ["Broken"]}]
    split = {"Type": "Parallel", "Branches": [branch(("Call", task()))], "Retry": retry}
    world = World(machine(("Split", split)), script=answer).run()
    assert world.execution.output == ["good"]
    assert world.types.count("ParallelStateStarted") == 2
    assert "ParallelStateFailed" not in world.types


def test_map_gives_each_iteration_its_item_and_collects_in_order() -> None:
    call = task(Parameters={"index.$": "$$.Map.Item.Index", "value.$": "$"})
    world = World(machine(("Each", mapped(("Call", call)))), ["a", "b", "c"])
    world.run(choose=lambda n: n - 1)
    assert world.execution.output == [{"index": i, "value": v} for i, v in enumerate("abc")]


def test_map_runs_no_more_iterations_than_it_may() -> None:
    most = 0
    world = World(machine(("Each", mapped(("Call", task()), MaxConcurrency=3))), list(range(20)))
    world.start()
    while world.ready:
        most = max(most, len([1 for number in world.frames if number and running(world.frame(number))]))
        world.apply(world.ready.pop(0))
    assert most == 3
    assert world.execution.output == list(range(20))


def running(frame: Frame) -> bool:
    return frame.status is Status.RUNNING


def test_an_iteration_takes_the_slot_of_one_that_ended() -> None:
    world = World(machine(("Each", mapped(("P", {"Type": "Pass"}), MaxConcurrency=1))), [1, 2]).run()
    started = [entry for entry in world.history if entry.type == "MapIterationStarted"]
    ended = next(entry for entry in world.history if entry.type == "PassStateExited")
    assert started[1].previous_event_id == ended.event_id


def test_the_end_of_an_iteration_does_not_read_the_others() -> None:
    definition = machine(("Each", mapped(("Call", task()), MaxConcurrency=5)))
    loads = []
    for count in (50, 500):
        world = World(definition, list(range(count))).start()
        for _ in range(40):
            world.apply(world.ready.pop(0))
        before = world.loads
        world.apply(world.ready.pop(0))
        world.apply(world.ready.pop(0))
        loads.append(world.loads - before)
    assert loads[0] == loads[1] <= 6


def test_an_empty_map_succeeds_at_once() -> None:
    world = World(machine(("Each", mapped(("Call", task())))), []).run()
    assert world.execution.output == []
    assert "MapStateSucceeded" in world.types


def test_a_map_inside_a_map_sees_its_own_item() -> None:
    inner = mapped(
        ("P", {"Type": "Pass", "Parameters": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value"}})
    )
    world = World(machine(("Outer", mapped(("Inner", inner)))), [["a"], ["b", "c"]]).run()
    assert world.execution.output == [[{"i": 0, "v": "a"}], [{"i": 0, "v": "b"}, {"i": 1, "v": "c"}]]


def test_variables_of_outer_scopes_are_seen_and_those_of_inner_ones_end_with_them() -> None:
    states = (
        ("Set", {"Type": "Pass", "Assign": {"x": 1}}),
        ("Each", mapped(("In", {"Type": "Pass", "Assign": {"y": "{% $x + $states.input %}"}}),
                        ("Out", {"Type": "Pass", "Output": "{% [$x, $y] %}"}))),
        ("End", {"Type": "Pass", "Output": {
            "x": "{% $x %}", "all": "{% $states.input %}", "y": "{% $exists($y) %}"}}),
    )  # fmt: skip
    world = World(machine(*states, QueryLanguage="JSONata"), [10, 20]).run()
    assert world.execution.output == {"x": 1, "all": [[1, 11], [1, 21]], "y": False}


def test_a_failed_iteration_fails_the_map_and_aborts_the_rest() -> None:
    def answer(attempt: ScheduleAttempt) -> Outcome:
        return Fails("Odd") if attempt.arguments == 2 else Succeeds(attempt.arguments)

    world = World(machine(("Each", mapped(("Call", task())))), [2, 1, 3], script=answer).run()
    assert world.execution.error == "Odd"
    assert {"MapIterationFailed", "MapIterationAborted", "MapStateFailed"} <= set(world.types)


def test_a_runtime_error_inside_a_branch_fails_the_execution_whatever_is_caught() -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Mend"}]
    bad = {"Type": "Pass", "OutputPath": "$.nothing.here"}
    split = {"Type": "Parallel", "Branches": [branch(("Bad", bad)), branch(("Call", task()))], "Catch": catch}
    world = World(machine(("Split", split), ("Mend", {"Type": "Pass"}))).run()
    assert (world.execution.status, world.execution.error) == (Status.FAILED, "States.Runtime")
    assert world.types[-1] == "ExecutionFailed"


def test_a_person_skips_a_whole_container() -> None:
    split = {"Type": "Parallel", "Branches": [branch(("Call", task()))]}
    world = World(machine(("Split", split))).start()
    assert world.frame(0).waiting is Waiting.CHILDREN
    world.apply(WaitActedOn(0, 1, "skip", by="eva", output="mine"))
    assert world.execution.output == "mine"
    assert world.frame(1).status is Status.ABORTED


def test_a_late_result_of_an_aborted_branch_changes_nothing() -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Mend"}]
    split = {"Type": "Parallel", "Branches": [branch(("A", task())), branch(("B", task()))], "Catch": catch}
    world = World(machine(("Split", split), ("Mend", task()))).start()
    late = world.ready.pop()
    world.apply(TaskFailed(1, 1, 1, "Broken", None))
    before = world.execution
    world.apply(late)
    assert world.execution == before


def test_a_step_of_a_map_carries_neither_the_items_nor_the_input() -> None:
    call = task(Parameters={"n.$": "$.n"}, ResultPath=None)
    each = mapped(
        ("Call", call), MaxConcurrency=2, ItemsPath="$.items", ItemSelector={"n.$": "$$.Map.Item.Value"}
    )
    big = {"items": list(range(500)), "rest": "x" * 5000}
    world = World(machine(("Each", {**each, "ResultPath": "$.done"})), big).start()
    world.apply(world.ready.pop(0))
    found = world.apply(world.ready.pop(0))
    assert max(len(json.dumps(encode_frame(frame))) for frame in found.frames) < 600
    (attempt,) = [command for command in found.commands if isinstance(command, ScheduleAttempt)]
    assert len(json.dumps(attempt.context)) < 1000
    world.run()
    assert world.execution.output == {**big, "done": [{"n": n} for n in range(500)]}


def test_an_item_selector_sees_the_input_and_the_item() -> None:
    for selector in ({"all.$": "$.xs", "x.$": "$$.Map.Item.Value"}, {"only.$": "$$.Map.Item.Index"}):
        each = mapped(("P", {"Type": "Pass"}), MaxConcurrency=1, ItemsPath="$.xs", ItemSelector=selector)
        world = World(machine(("Each", each)), {"xs": ["a", "b"]}).run()
        if "only.$" in selector:
            assert world.execution.output == [{"only": 0}, {"only": 1}]
        else:
            assert world.execution.output == [{"all": ["a", "b"], "x": x} for x in "ab"]


def test_a_caught_map_puts_its_error_into_the_input() -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Mend"}]
    each = mapped(("Bad", {"Type": "Fail", "Error": "E", "Cause": "C"}), ItemsPath="$.xs", Catch=catch)
    world = World(machine(("Each", each), ("Mend", {"Type": "Pass"})), {"xs": [1, 2]}).run()
    assert world.execution.output == {"xs": [1, 2], "error": {"Error": "E", "Cause": "C"}}


def test_an_item_selector_that_fails_halfway_leaves_nothing_running() -> None:
    each = mapped(("Call", task()), ItemSelector={"v.$": "$$.Map.Item.Value.v"})
    world = World(machine(("Each", each)), [{"v": 1}, {}]).run()
    assert world.execution.status is Status.FAILED
    assert all(world.frame(number).status is not Status.RUNNING for number in world.frames)
    assert world.timers == world.attempts == {}
