"""Redrive: what runs again and what does not, and what the history shows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asl.interpreter.commands import ScheduleAttempt
from asl.interpreter.events import (
    AttemptStarted,
    ExecutionCrashed,
    RedriveRequested,
    StopRequested,
    TaskSucceeded,
    TimerFired,
    TimerPurpose,
)
from asl.interpreter.frames import Status
from asl.interpreter.history import Entry
from asl.parse import parse_definition
from asl.quotas import AWS

from .definitions import branch, machine, task
from .documents import documents
from .test_laws import PROFILE, flaky
from .world import Fails, Hangs, Outcome, Script, Succeeds, World

JSON = Any


class Repaired:
    """Work that fails in the named states until it is repaired."""

    def __init__(self, *broken: str) -> None:
        self.broken = set(broken)
        self.asked: list[str] = []

    def __call__(self, attempt: ScheduleAttempt) -> Outcome:
        self.asked.append(attempt.state)
        return Fails("Broken", "why") if attempt.state in self.broken else Succeeds(attempt.state)


def redriven(world: World, event: RedriveRequested | None = None) -> list[Entry]:
    """Redrive and run to the end; return the history since."""
    before = len(world.history)
    world.apply(event or RedriveRequested())
    world.run()
    return world.history[before:]


def shown(entries: list[Entry]) -> list[tuple[str, int | None]]:
    return [(entry.type, entry.previous_event_id) for entry in entries]


def test_a_failed_task_is_scheduled_again_without_being_entered_again() -> None:
    work = Repaired("Two")
    world = World(machine(("One", task()), ("Two", task())), script=work).run()
    assert (world.execution.status, world.types[-1]) == (Status.FAILED, "ExecutionFailed")
    entered, failed = world.frame(0).entered_at, len(world.history)
    work.broken.clear()
    world.now += timedelta(hours=1)
    since = redriven(world)
    assert shown(since) == [
        ("ExecutionRedriven", failed),
        ("TaskScheduled", failed + 1),
        ("TaskStarted", failed + 2),
        ("TaskSucceeded", failed + 3),
        ("TaskStateExited", failed + 4),
        ("ExecutionSucceeded", failed + 5),
    ]
    assert since[0].details == {"redriveCount": 1}
    assert (world.frame(0).entered_at, world.execution.output) == (entered, "Two")
    assert work.asked == ["One", "Two", "Two"]


def test_the_execution_runs_again_as_if_it_had_not_ended() -> None:
    work = Repaired("One")
    world = World(machine(("One", task())), script=work, input={"a": 1}).run()
    transitions = world.execution.transitions
    world.now += timedelta(days=1)
    world.apply(RedriveRequested("eva", "token-1"))
    execution = world.execution
    assert (execution.status, execution.error, execution.cause) == (Status.RUNNING, None, None)
    assert (execution.stopped_at, execution.redrive_count, execution.redriven_at) == (None, 1, world.now)
    assert execution.transitions == transitions + 1
    assert (world.notes[-1].type, world.notes[-1].details) == (
        "RedriveAsked",
        {"by": "eva", "token": "token-1"},
    )
    world.run()
    assert (world.execution.status, world.execution.redrive_count) == (Status.FAILED, 1)
    redriven(world)
    assert [entry.details for entry in world.history if entry.type == "ExecutionRedriven"] == [
        {"redriveCount": 1},
        {"redriveCount": 2},
    ]


@pytest.mark.parametrize("ended", [False, True])
def test_what_runs_or_succeeded_is_not_redriven(ended: bool) -> None:
    world = World(machine(("One", task())), script=lambda attempt: Hangs())
    world.start()
    if ended:
        world.apply(TaskSucceeded(0, 1, None, "done"))
    before = world.execution
    found = world.apply(RedriveRequested())
    assert (world.execution, found.frames, found.entries, found.commands) == (before, (), (), ())


def test_a_redrive_gives_every_retrier_all_its_attempts_again() -> None:
    retry = [{"ErrorEquals": ["Broken"], "MaxAttempts": 2}]
    work = Repaired("One")
    world = World(machine(("One", task(Retry=retry))), script=work).run()
    assert len(work.asked) == 3
    redriven(world)
    assert len(work.asked) == 6
    numbers = [command.number for command in world.commands if isinstance(command, ScheduleAttempt)]
    assert numbers == [1, 2, 3, 1, 2, 3]


def test_a_failed_branch_and_the_aborted_one_run_again_and_the_finished_one_does_not() -> None:
    work = Repaired("Bad")
    good = branch(("Good", task()))
    bad = branch(("Before", task()), ("Bad", task()))
    slow = branch(("Slow", {"Type": "Wait", "Seconds": 600}), ("After", task()))
    split = {"Type": "Parallel", "Branches": [good, bad, slow]}
    world = World(machine(("Split", split), ("Last", task(ResultPath=None))), script=work).run()
    assert world.types[-5:] == [
        "TaskFailed",
        "TaskStateAborted",
        "WaitStateAborted",
        "ParallelStateFailed",
        "ExecutionFailed",
    ]
    work.broken.clear()
    by = world.now
    since = redriven(world)
    root = since[0].event_id
    assert work.asked == ["Good", "Before", "Bad", "Bad", "After", "Last"]
    assert world.execution.output == ["Good", "Bad", "After"]
    assert [entry.type for entry in since if "Started" in entry.type and "Parallel" in entry.type] == []
    revived = [entry for entry in since if entry.previous_event_id == root]
    assert [(entry.type, entry.state) for entry in revived] == [
        ("TaskScheduled", "Bad"),
        ("WaitStateExited", "Slow"),
    ]
    assert world.now - by == timedelta(seconds=600)  # Seconds are counted anew


def mapped(concurrency: int, *states: tuple[str, JSON], **more: JSON) -> JSON:
    return {
        "Type": "Map",
        "MaxConcurrency": concurrency,
        "ItemProcessor": branch(*states),
        "ItemSelector": {"n.$": "$$.Map.Item.Value", "of.$": "$$.Execution.Name"},
        **more,
    }


def of_items(*broken: int) -> tuple[set[int], list[int], Script]:
    """Return items whose work fails, the items that were worked on, and the work."""
    failing, asked = set(broken), []

    def work(attempt: ScheduleAttempt) -> Outcome:
        number = attempt.arguments["n"]
        asked.append(number)
        return Fails("Broken") if number in failing else Succeeds(number * 10)

    return failing, asked, work


@pytest.mark.parametrize("concurrency", [0, 1, 2])
def test_only_iterations_that_did_not_succeed_run_again(concurrency: int) -> None:
    failing, asked, work = of_items(2)
    each = mapped(concurrency, ("Do", task()))
    world = World(machine(("Each", each)), [0, 1, 2, 3, 4], script=work).run()
    assert world.types[-2:] == ["MapStateFailed", "ExecutionFailed"]
    done = [entry for entry in world.history if entry.type == "MapIterationSucceeded"]
    failing.clear()
    redriven(world)
    assert world.execution.output == [0, 10, 20, 30, 40]
    started = [e.details["index"] for e in world.history if e.type == "MapIterationStarted"]
    assert sorted(started) == [0, 1, 2, 3, 4]
    assert len([e for e in world.history if e.type == "MapIterationSucceeded"]) == 5
    again = asked[len(asked) - (5 - len(done)) :]
    assert sorted(again) == sorted({0, 1, 2, 3, 4} - {entry.details["index"] for entry in done})
    assert world.items == {}


def test_a_redriven_map_holds_its_concurrency() -> None:
    failing, _, work = of_items(1)
    world = World(machine(("Each", mapped(2, ("Do", task())))), list(range(6)), script=work).run()
    failing.clear()
    world.apply(RedriveRequested())
    while world.execution.status is Status.RUNNING:
        assert len(world.attempts) <= 2
        world.apply(world.ready.pop(0))
    assert world.execution.output == [0, 10, 20, 30, 40, 50]


def test_a_map_that_could_not_select_an_item_goes_on_with_that_item() -> None:
    selector = {"n.$": "$$.Map.Item.Value.n"}
    each = mapped(1, ("Do", task()), ItemSelector=selector)
    world = World(machine(("Each", each)), [{"n": 0}, {}, {"n": 2}]).run()
    assert world.execution.status is Status.FAILED
    since = redriven(world)
    assert world.execution.status is Status.FAILED
    assert [entry.type for entry in since] == ["ExecutionRedriven", "MapStateFailed", "ExecutionFailed"]


def test_a_container_inside_a_container_is_taken_up_where_it_stood() -> None:
    failing, asked, work = of_items(1)
    each = mapped(0, ("Do", task()), ItemsPath="$.items")
    split = {"Type": "Parallel", "Branches": [branch(("Each", each)), branch(("Fine", {"Type": "Pass"}))]}
    world = World(machine(("Split", split)), {"items": [0, 1]}, script=work).run()
    failing.clear()
    redriven(world)
    assert world.execution.output == [[0, 10], {"items": [0, 1]}]
    assert asked == [0, 1, 1]


def test_a_result_that_could_not_be_made_is_made_again_from_what_was_done() -> None:
    work = Repaired()
    split = {
        "Type": "Parallel",
        "Branches": [branch(("One", task()))],
        "Output": "{% $nothing.here.at_all($states.result) %}",
        "QueryLanguage": "JSONata",
    }
    split["Branches"][0]["States"]["One"]["QueryLanguage"] = "JSONata"
    world = World(machine(("Split", split)), script=work).run()
    assert (world.execution.status, work.asked) == (Status.FAILED, ["One"])
    since = redriven(world)
    assert work.asked == ["One"]
    assert [entry.type for entry in since] == [
        "ExecutionRedriven",
        "ParallelStateSucceeded",
        "EvaluationFailed",
        "ParallelStateFailed",
        "ExecutionFailed",
    ]


@pytest.mark.parametrize("kind", ["Parallel", "Map"])
def test_a_container_over_the_data_limit_runs_again_as_a_whole(kind: str) -> None:
    work = Repaired()
    body = branch(("One", task(ResultSelector={"s": "x" * 150_000})))
    states = {
        "Parallel": {"Type": "Parallel", "Branches": [body, body]},
        "Map": {"Type": "Map", "ItemProcessor": body},
    }
    world = World(machine(("Both", states[kind])), [1, 2], script=work).run()
    assert (world.execution.error, len(work.asked)) == ("States.DataLimitExceeded", 2)
    since = redriven(world)
    assert len(work.asked) == 4
    assert [entry.type for entry in since[:2]] == ["ExecutionRedriven", f"{kind}StateStarted"]


def test_a_container_that_waited_for_its_own_retry_runs_again_from_its_start() -> None:
    work = Repaired("One")
    retry = [{"ErrorEquals": ["Broken"], "IntervalSeconds": 60}]
    split = {"Type": "Parallel", "Branches": [branch(("One", task()))], "Retry": retry}
    world = World(machine(("Split", split)), script=work).start()
    while world.ready:
        world.apply(world.ready.pop(0))
    world.apply(StopRequested(None, None))
    work.broken.clear()
    since = redriven(world)
    assert [entry.type for entry in since[:2]] == ["ExecutionRedriven", "ParallelStateStarted"]
    assert world.execution.output == ["One"]


def test_a_choice_is_evaluated_again_and_a_fail_state_fails_again() -> None:
    choose = {"Type": "Choice", "Choices": [{"Variable": "$.a", "NumericEquals": 2, "Next": "End"}]}
    world = World(machine(("Choose", choose), ("End", {"Type": "Succeed"})), {"a": 1}).run()
    since = redriven(world)
    assert [entry.type for entry in since] == ["ExecutionRedriven", "ExecutionFailed"]
    assert world.execution.error == "States.NoChoiceMatched"
    world = World(machine(("Stop", {"Type": "Fail", "Error": "No", "Cause": "way"}))).run()
    since = redriven(world)
    assert [entry.type for entry in since] == ["ExecutionRedriven", "FailStateEntered", "ExecutionFailed"]
    assert since[1].previous_event_id == since[0].event_id
    assert (world.execution.error, world.execution.cause) == ("No", "way")


def test_a_timestamp_that_has_passed_is_not_waited_for() -> None:
    until = {"Type": "Wait", "Timestamp": "2026-01-02T03:05:00Z"}
    world = World(machine(("Until", until), ("Then", {"Type": "Pass"}))).start()
    world.apply(StopRequested(None, None))
    world.now += timedelta(days=2)
    since = redriven(world)
    assert [entry.type for entry in since[:2]] == ["ExecutionRedriven", "WaitStateExited"]
    assert world.timers == {}


def test_the_time_limits_of_the_machine_and_of_the_task_begin_anew() -> None:
    work = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "TimeoutSeconds": 50}
    world = World(machine(("Slow", work), TimeoutSeconds=30), script=lambda attempt: Hangs()).run()
    assert (world.execution.status, world.types[-1]) == (Status.TIMED_OUT, "ExecutionTimedOut")
    world.now += timedelta(days=3)
    world.ready.clear()
    world.apply(RedriveRequested())
    assert world.timers[0, 0, TimerPurpose.EXECUTION_TIMEOUT] == world.now + timedelta(seconds=30)
    world.apply(AttemptStarted(0, 2, 1, 1, "worker"))
    assert world.timers[0, 2, TimerPurpose.TIMEOUT] == world.now + timedelta(seconds=50)
    world.apply(TaskSucceeded(0, 2, 1, "done"))
    assert (world.execution.status, world.timers) == (Status.SUCCEEDED, {})


def test_an_answer_from_before_the_redrive_changes_nothing() -> None:
    world = World(machine(("One", task())), script=lambda attempt: Hangs()).start()
    world.apply(StopRequested(None, None))
    world.apply(RedriveRequested())
    before = world.execution
    for late in (TaskSucceeded(0, 1, 1, "late"), TimerFired(0, 1, TimerPurpose.TIMEOUT)):
        assert world.apply(late).frames == ()
    assert world.execution == before


@pytest.mark.parametrize("event", [StopRequested("Stop", None), ExecutionCrashed("bad luck")])
def test_an_execution_that_ended_before_it_started_is_redriven_from_its_start(event: Any) -> None:
    world = World(machine(("One", task())), {"a": 1})
    world.apply(event)
    since = redriven(world)
    assert [entry.type for entry in since[:2]] == ["ExecutionRedriven", "TaskStateEntered"]
    assert world.execution.output == {"a": 1}


def test_what_a_catcher_caught_stays_behind() -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Give up"}]
    work = Repaired("One")
    states = (("One", task(Catch=catch)), ("Give up", {"Type": "Fail", "Error": "GaveUp"}))
    world = World(machine(*states), script=work).run()
    work.broken.clear()
    redriven(world)
    assert (world.execution.error, work.asked) == ("GaveUp", ["One"])


def test_a_runtime_error_inside_a_branch_stops_its_siblings_and_can_be_redriven() -> None:
    work = Repaired()
    wrong = branch(("Wrong", {"Type": "Pass", "InputPath": "$.nothing"}))
    split = {"Type": "Parallel", "Branches": [branch(("One", task())), wrong]}
    world = World(machine(("Split", split)), {}, script=work).run()
    assert world.execution.error == "States.Runtime"
    assert (world.attempts, world.timers) == ({}, {})
    assert all(world.frame(number).status is not Status.RUNNING for number in world.frames)
    since = redriven(world)
    assert [(entry.type, entry.state) for entry in since] == [
        ("ExecutionRedriven", None),
        ("TaskScheduled", "One"),
        ("ExecutionFailed", None),
    ]


def test_a_crash_while_branches_run_stops_them_and_can_be_redriven() -> None:
    split = {"Type": "Parallel", "Branches": [branch(("One", task())), branch(("Two", task()))]}
    world = World(machine(("Split", split)), script=lambda attempt: Hangs()).start()
    world.apply(ExecutionCrashed("bad luck"))
    assert (world.execution.status, world.attempts) == (Status.FAILED, {})
    assert all(world.frame(number).status is not Status.RUNNING for number in world.frames)
    world.script = lambda attempt: Succeeds(attempt.state)
    redriven(world)
    assert world.execution.output == ["One", "Two"]


def test_a_stop_tells_what_is_inside_before_what_holds_it_and_siblings_in_order() -> None:
    deep = {"Type": "Parallel", "Branches": [branch(("Slow", {"Type": "Wait", "Seconds": 9}))]}
    each = {"Type": "Map", "ItemProcessor": branch(("Do", task()))}
    split = {"Type": "Parallel", "Branches": [branch(("Deep", deep)), branch(("Each", each))]}
    world = World(machine(("Split", split)), [1, 2], script=lambda attempt: Hangs()).start()
    before = len(world.history)
    frames = [world.frame(number).pointer for number in sorted(world.frames)]
    world.apply(StopRequested("Enough", None))
    told = world.history[before:]
    assert [(entry.type, entry.scope[-1] if entry.scope else None) for entry in told] == [
        ("WaitStateAborted", ("Deep", 0)),
        ("ParallelStateAborted", ("Split", 0)),
        ("TaskStateAborted", ("Each", 0)),
        ("MapIterationAborted", ("Split", 1)),
        ("TaskStateAborted", ("Each", 1)),
        ("MapIterationAborted", ("Split", 1)),
        ("MapStateAborted", ("Split", 1)),
        ("ParallelStateAborted", None),
        ("ExecutionAborted", None),
    ]
    assert {entry.previous_event_id for entry in told} <= set(frames)


def stopped_and_redriven(document: JSON, stops: list[int], **more: Any) -> World:
    world = World(parse_definition(document), {"items": [1, 2, 3]}, script=flaky, **more).start()
    for steps in stops:
        for _ in range(steps):
            if (found := world.next_event()) is not None:
                moved, event = found
                moved.apply(event)
        if world.execution.status is Status.RUNNING:
            world.apply(StopRequested("Stop", None))
            world.apply(RedriveRequested())
    return world.run()


@PROFILE
@given(documents(), st.lists(st.integers(0, 20), min_size=1, max_size=4), st.sampled_from([1, 3, 500]))
def test_stops_and_redrives_change_neither_the_output_nor_what_is_entered(
    document: JSON, stops: list[int], burst: int
) -> None:
    def entered(world: World) -> list[tuple[Any, ...]]:
        kept: Callable[[Entry], bool] = lambda entry: (  # noqa: E731
            entry.type.endswith(("StateEntered", "StateExited", "StateStarted", "IterationStarted"))
        )
        return sorted((entry.type, entry.state, entry.scope) for entry in world.history if kept(entry))

    quiet = World(parse_definition(document), {"items": [1, 2, 3]}, script=flaky).run()
    world = stopped_and_redriven(document, stops, quotas=replace(AWS, burst=burst))
    assert world.execution.status is Status.SUCCEEDED
    assert world.execution.output == quiet.execution.output
    assert entered(world) == entered(quiet)
    assert (world.timers, world.attempts, world.items) == ({}, {}, {})
    ids = [entry.event_id for entry in world.history]
    assert ids == list(range(1, len(ids) + 1))
    assert all((entry.previous_event_id or 0) < (entry.event_id or 0) for entry in world.history)
