"""Property tests of the laws: purity, order, duplicates, gap-free records, and frames as rows."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asl.interpreter.advance import advance
from asl.interpreter.commands import ContinueBurst, ScheduleAttempt
from asl.interpreter.events import BurstContinued, ExecutionCrashed, ExecutionStarted, StopRequested
from asl.interpreter.frames import Status
from asl.interpreter.work import Step
from asl.parse import parse_definition

from .definitions import chain
from .documents import documents
from .world import START, Fails, Outcome, Succeeds, World

JSON = Any

PROFILE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def flaky(attempt: ScheduleAttempt) -> Outcome:
    """Fail the first try of every other state, then give a result of the state's own."""
    if attempt.number == 1 and int(attempt.state[1:]) % 2:
        return Fails("Broken", attempt.state)
    return Succeeds({"of": attempt.state, "got": attempt.arguments})


def run(document: JSON, order: st.DataObject | None = None, **more: Any) -> World:
    world = World(parse_definition(document), {"items": [1, 2, 3]}, script=flaky, **more)
    if order is None:
        return world.run()
    return world.run(choose=lambda count: order.draw(st.integers(0, count - 1)) if count > 1 else 0)


@PROFILE
@given(documents(), st.data())
def test_any_order_of_completion_gives_one_output(document: JSON, order: st.DataObject) -> None:
    first, other = run(document), run(document, order)
    assert first.execution.status is other.execution.status is Status.SUCCEEDED
    assert first.execution.output == other.execution.output
    assert sorted(first.types) == sorted(other.types)


@PROFILE
@given(documents(), st.data())
def test_the_record_is_gap_free_and_points_backwards(document: JSON, order: st.DataObject) -> None:
    world = run(document, order)
    assert [entry.seq for entry in world.entries] == list(range(1, len(world.entries) + 1))
    assert [entry.event_id for entry in world.history] == list(range(1, len(world.history) + 1))
    for entry in world.history:
        assert entry.event_id is not None
        assert entry.previous_event_id is not None
        assert entry.previous_event_id < entry.event_id
    assert world.execution.next_seq == len(world.entries) + 1


@PROFILE
@given(documents(), st.data())
def test_duplicates_and_late_events_change_nothing(document: JSON, order: st.DataObject) -> None:
    world = World(parse_definition(document), {"items": [1, 2, 3]}, script=flaky).start()
    while (following := world.next_event()) is not None:
        moved, event = following
        moved.apply(event)
        if not order.draw(st.booleans()):
            continue
        for again in (event, order.draw(st.sampled_from(moved.applied))):
            before = moved.execution
            rows, records = dict(moved.frames), len(moved.entries)
            found = moved.apply(again)
            assert (found.frames, found.entries, found.commands) == ((), (), ())
            assert (moved.execution, moved.frames, len(moved.entries)) == (before, rows, records)
    assert world.execution.output == run(document).execution.output


@PROFILE
@given(documents())
def test_a_run_through_rows_is_the_run_in_memory(document: JSON) -> None:
    stored, held = run(document, stored=True), run(document, stored=False)
    assert stored.entries == held.entries
    assert stored.execution == held.execution


@PROFILE
@given(documents())
def test_a_small_burst_gives_the_same_output_as_a_large_one(document: JSON) -> None:
    from dataclasses import replace

    from asl.quotas import AWS

    large, small = run(document), run(document, quotas=replace(AWS, burst=1))
    assert large.execution.output == small.execution.output
    assert sorted(large.types) == sorted(small.types)


@PROFILE
@given(documents())
def test_nothing_is_left_of_an_execution_that_has_ended(document: JSON) -> None:
    world = run(document)
    assert world.timers == {}
    assert world.attempts == {}
    assert world.items == {}
    assert all(world.frame(number).status is Status.SUCCEEDED for number in world.frames)


@PROFILE
@given(documents(), st.integers(0, 60))
def test_nothing_is_left_of_an_execution_that_is_stopped(document: JSON, steps: int) -> None:
    world = World(parse_definition(document), {"items": [1, 2, 3]}, script=flaky).start()
    for _ in range(steps):
        event = world.ready.pop(0) if world.ready else world.next_timer()
        if event is not None:
            world.apply(event)
    world.apply(StopRequested("Stop", None))
    assert world.execution.status in (Status.ABORTED, Status.SUCCEEDED)
    assert world.timers == {}
    assert world.attempts == {}
    assert all(world.frame(number).status is not Status.RUNNING for number in world.frames)


def test_the_same_step_gives_the_same_transition() -> None:
    definition = parse_definition(
        {
            "StartAt": "A",
            "States": {"A": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()"}, "End": True}},
        }
    )
    world = World(definition)
    step = Step(START, 42)
    first = advance(definition, world.execution, world, ExecutionStarted(), step)
    assert first == advance(definition, world.execution, world, ExecutionStarted(), step)


def test_ten_thousand_pass_states_do_not_touch_the_stack() -> None:
    count = 10_000
    states = chain(*((f"S{number}", {"Type": "Pass"}) for number in range(count)))
    world = World(parse_definition({"StartAt": "S0", "States": states}), {"n": 1})
    deepest = len(_stack()) + 60
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(deepest + 40)
    try:
        world.run()
    finally:
        sys.setrecursionlimit(limit)
    assert world.execution.transitions == count
    assert world.execution.status is Status.SUCCEEDED


def _stack() -> list[Any]:
    frame, found = sys._getframe(), []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return found


def test_an_endless_loop_yields_and_can_be_stopped() -> None:
    loop = {
        "A": {"Type": "Pass", "Next": "B"},
        "B": {"Type": "Choice", "Choices": [{"Variable": "$", "IsPresent": True, "Next": "A"}]},
    }
    world = World(parse_definition({"StartAt": "A", "States": loop}), {}).start()
    assert world.ready == [BurstContinued(0, 1)]
    assert any(isinstance(command, ContinueBurst) for command in world.commands)
    world.apply(world.ready.pop())
    assert len(world.ready) == 1
    world.apply(StopRequested(None, None))
    assert world.execution.status is Status.ABORTED


def test_the_history_quota_ends_an_endless_loop() -> None:
    loop = {"A": {"Type": "Pass", "Next": "A"}}
    world = World(parse_definition({"StartAt": "A", "States": loop}), {}).run()
    assert world.execution.status is Status.FAILED
    assert len(world.history) <= 25_000
    assert "25000" in (world.execution.cause or "")


@pytest.mark.parametrize("seconds", [5])
def test_the_machines_own_timeout_ends_the_execution(seconds: int) -> None:
    states = {"A": {"Type": "Wait", "Seconds": 60, "End": True}}
    world = World(parse_definition({"StartAt": "A", "TimeoutSeconds": seconds, "States": states})).run()
    assert world.execution.status is Status.TIMED_OUT
    assert world.types[-1] == "ExecutionTimedOut"
    assert world.timers == {}


def test_a_value_nested_too_deeply_ends_the_execution_and_breaks_nothing() -> None:
    loop = {"A": {"Type": "Pass", "Parameters": {"a.$": "$"}, "Next": "A"}}
    world = World(parse_definition({"StartAt": "A", "States": loop}), 1).run()
    assert (world.execution.status, world.execution.error) == (Status.FAILED, "States.Runtime")
    deep: JSON = 1
    for _ in range(500):
        deep = [deep]
    world = World(parse_definition({"StartAt": "A", "States": loop}), deep).run()
    assert "too deeply" in (world.execution.cause or "")


@pytest.mark.parametrize("event", [StopRequested("Stop", None), ExecutionCrashed("bad luck")])
def test_an_execution_that_has_not_started_can_be_ended(event: Any) -> None:
    world = World(parse_definition({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}))
    world.apply(event)
    assert world.execution.status in (Status.ABORTED, Status.FAILED)
    assert world.frame(0).status is world.execution.status
