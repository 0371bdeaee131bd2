"""Map Runs over rows: children are executions, and what they tell their parent goes through the inbox."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from asl.interpreter import events as ev
from runner import map_runs
from runner.models import Execution, Inbox, Item, MapRun
from runner.operations import Deliver

from .conftest import World, rows_left, types_of

CALL = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True}


def mapped(states: dict[str, Any] | None = None, kind: str = "STANDARD", **more: Any) -> dict[str, Any]:
    config = {"Mode": "DISTRIBUTED", "ExecutionType": kind}
    states = states or {"Call": CALL}
    processor = {"ProcessorConfig": config, "StartAt": next(iter(states)), "States": states}
    return {
        "StartAt": "Each",
        "States": {"Each": {"Type": "Map", "ItemProcessor": processor, "End": True, **more}},
    }


PASS = {"P": {"Type": "Pass", "End": True}}


def settle(world: World) -> None:
    """Pull until nothing is due."""
    while Inbox.objects.exists():
        world.pull()


def children(parent: Execution) -> list[Execution]:
    return list(Execution.objects.filter(parent_id=parent.pk).order_by("item_index"))


def begin(world: World, items: Any, definition: dict[str, Any]) -> tuple[Execution, MapRun]:
    parent = world.start(world.machine(definition), items)
    world.pull()
    return parent, MapRun.objects.get(execution=parent)


def test_each_item_becomes_an_execution_whose_output_is_read_by_its_index(world: World) -> None:
    parent, run = begin(world, [7, 8, 9], mapped(Label="each"))
    assert len(world.claimed) == 3
    for value in (9, 7, 8):
        [claimed] = [one for one in world.claimed if one.request["arguments"] == value]
        world.claimed.remove(claimed)
        assert world.succeed(claimed, {"was": value})
    settle(world)
    parent.refresh_from_db()
    run.refresh_from_db()
    assert json.loads(parent.output or "") == [{"was": 7}, {"was": 8}, {"was": 9}]
    assert (run.status, run.total, run.label) == ("SUCCEEDED", 3, "each")
    assert run.stopped_at is not None
    [first, *_] = children(parent)
    assert first.arn == f"arn:aws:states:us-east-1:123456789012:execution:machine/each:{first.name}"
    assert types_of(first)[0] == "ExecutionStarted"
    assert "MapRunSucceeded" in types_of(parent)
    assert rows_left(parent) == {}
    assert not Item.objects.exists()


def test_express_children_have_the_arns_of_express_executions(world: World) -> None:
    parent, _ = begin(world, [1], mapped(kind="EXPRESS", Label="each"))
    [child] = children(parent)
    assert child.is_express
    assert child.arn == f"arn:aws:states:us-east-1:123456789012:express:machine/each:{child.name}:{child.key}"


def test_a_distributed_map_inside_a_child_runs_its_own_item_processor(world: World) -> None:
    inner = mapped({"Deep": {"Type": "Pass", "Result": "deep", "End": True}})["States"]["Each"]
    parent, _ = begin(world, [[1, 2], [3]], mapped({"Inner": {**inner}}))
    settle(world)
    parent.refresh_from_db()
    assert json.loads(parent.output or "") == [["deep", "deep"], ["deep"]]
    assert {run.arn.rpartition(":")[0] for run in MapRun.objects.all()} == {
        "arn:aws:states:us-east-1:123456789012:mapRun:machine/Each",
        "arn:aws:states:us-east-1:123456789012:mapRun:machine/Inner",
    }


def test_too_many_failures_fail_the_map_run_and_stop_the_children_that_still_run(world: World) -> None:
    parent, run = begin(world, [1, 2, 3], mapped())
    assert world.fail(world.claim_of("Call"))
    settle(world)
    parent.refresh_from_db()
    run.refresh_from_db()
    assert (parent.status, parent.error) == ("FAILED", "States.ExceedToleratedFailureThreshold")
    assert run.status == "FAILED"
    assert [child.status for child in children(parent)] == ["FAILED", "ABORTED", "ABORTED"]
    assert all(rows_left(child) == {} for child in children(parent))


def test_stopping_the_parent_aborts_the_map_run_with_its_children(world: World) -> None:
    parent, run = begin(world, [1, 2], mapped())
    world.apply(Deliver(parent.pk, ev.StopRequested(None, None)))
    settle(world)
    run.refresh_from_db()
    assert run.status == "ABORTED"
    assert [child.status for child in children(parent)] == ["ABORTED", "ABORTED"]


def test_a_childs_end_that_comes_twice_counts_once_and_a_late_one_not_at_all(world: World) -> None:
    parent, run = begin(world, [1, 2], mapped(ToleratedFailureCount=1))
    failed = ev.IterationEnded(run.frame, run.wait, 0, "FAILED", "Broken", None)
    assert world.apply(Deliver(parent.pk, failed)).results == [True]
    assert world.apply(Deliver(parent.pk, failed), Deliver(parent.pk, failed)).results == [False, False]
    parent.refresh_from_db()
    assert parent.status == "RUNNING"
    world.apply(Deliver(parent.pk, ev.StopRequested(None, None)))
    late = ev.IterationEnded(run.frame, run.wait, 1, "SUCCEEDED", None, None)
    assert world.apply(Deliver(parent.pk, late)).results == [False]


def test_max_concurrency_is_held_and_raised_while_the_map_run_runs(world: World) -> None:
    parent, run = begin(world, [1, 2, 3, 4, 5], mapped(MaxConcurrency=2))
    assert len(children(parent)) == 2
    world.apply(Deliver(parent.pk, ev.MapRunUpdated(run.frame, run.wait, max_concurrency=4)))
    settle(world)
    run.refresh_from_db()
    assert (len(children(parent)), run.max_concurrency) == (4, 4)


def test_a_childs_end_costs_its_parent_the_same_with_ten_items_and_with_three_hundred(world: World) -> None:
    costs = []
    for name, count in (("few", 10), ("many", 300)):
        parent = world.start(world.machine(mapped(PASS, MaxConcurrency=5), name), list(range(count)))
        run = MapRun.objects.get(execution=parent)
        ended = ev.IterationEnded(run.frame, run.wait, 2, "SUCCEEDED", None, None)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            world.apply(Deliver(parent.pk, ended))
        costs.append(len(queries))
        settle(world)
    assert costs[0] == costs[1]


def test_three_hundred_children_are_started_in_windows(world: World) -> None:
    parent = world.start(world.machine(mapped(PASS)), list(range(300)))
    assert len(children(parent)) == 100
    settle(world)
    parent.refresh_from_db()
    assert json.loads(parent.output or "") == list(range(300))


def test_a_redrive_continues_the_children_that_did_not_succeed_and_starts_the_missing_ones(
    world: World,
) -> None:
    definition = mapped(MaxConcurrency=2)
    parent, run = begin(world, [1, 2, 3, 4], definition)
    assert world.succeed(world.claim_of("Call"), "first")
    world.pull()  # the third starts in the slot of the first
    world.pull()
    assert world.fail(world.claim_of("Call"))
    settle(world)
    world.claimed.clear()
    parent.refresh_from_db()
    assert [child.status for child in children(parent)] == ["SUCCEEDED", "FAILED", "ABORTED"]
    world.apply(Deliver(parent.pk, ev.RedriveRequested()))
    settle(world)
    assert len(world.claimed) == 2
    while world.claimed:
        world.succeed(world.claimed.pop(0), "again")
        settle(world)
    parent.refresh_from_db()
    run.refresh_from_db()
    assert json.loads(parent.output or "") == ["first", "again", "again", "again"]
    assert (run.status, run.redrive_count) == ("SUCCEEDED", 1)
    assert [child.redrive_count for child in children(parent)] == [0, 1, 1, 0]
    assert MapRun.objects.count() == 1
    assert rows_left(parent) == {}
    assert not Item.objects.exists()


def test_a_child_that_had_succeeded_when_the_redrive_came_reports_once_more(world: World) -> None:
    parent, _run = begin(world, [1, 2], mapped())
    assert world.succeed(world.claim_of("Call"), "first")
    world.apply(Deliver(parent.pk, ev.StopRequested(None, None)))  # its end is not counted any more
    world.apply(Deliver(parent.pk, ev.RedriveRequested()))
    settle(world)
    [redriven] = world.claimed[-1:]
    world.succeed(redriven, "second")
    settle(world)
    parent.refresh_from_db()
    assert json.loads(parent.output or "") == ["first", "second"]


def test_express_children_run_from_their_first_state_after_a_redrive(world: World) -> None:
    states = {"First": {"Type": "Pass", "Next": "Call"}, "Call": CALL}
    parent, _ = begin(world, [1], mapped(states, kind="EXPRESS"))
    assert world.fail(world.claim_of("Call"))
    settle(world)
    world.apply(Deliver(parent.pk, ev.RedriveRequested()))
    settle(world)
    assert world.succeed(world.claim_of("Call"), "mended")
    settle(world)
    parent.refresh_from_db()
    assert json.loads(parent.output or "") == ["mended"]
    assert types_of(children(parent)[0]).count("PassStateEntered") == 2


def test_a_machine_is_deleted_with_its_map_runs_and_their_children(world: World) -> None:
    from runner import deletion

    parent, _ = begin(world, [1, 2], mapped(PASS))
    settle(world)
    deletion.delete_when_idle(parent.state_machine)
    assert not Execution.objects.exists()
    assert not MapRun.objects.exists()


def test_what_a_child_leaves_with_its_parent_is_told_to_be_work_at_once(world: World) -> None:
    parent, _ = begin(world, [1, 2], mapped(MaxConcurrency=1))
    claimed = world.claim_of("Call")
    ended = ev.TaskSucceeded(claimed.claim.frame, claimed.claim.wait, claimed.attempt, "done")
    assert world.apply(Deliver(claimed.execution_id, ended, claimed.claim)).work_left
    assert world.pull().work_left  # the parent has left the next child's start
    assert len(children(parent)) == 2


def test_the_end_of_a_child_that_can_be_redriven_no_more_is_final(world: World) -> None:
    parent, run = begin(world, [1, 2], mapped())
    assert world.fail(world.claim_of("Call"))
    settle(world)
    failed, _ = children(parent)
    Execution.objects.filter(pk=failed.pk).update(stopped_at=failed.started_at - timedelta(days=15))
    assert map_runs.counts([run])[run.pk].failures_not_redrivable == 1
    world.apply(Deliver(parent.pk, ev.RedriveRequested()))
    settle(world)
    parent.refresh_from_db()
    run.refresh_from_db()
    assert (parent.error, run.status) == ("States.ExceedToleratedFailureThreshold", "FAILED")
    assert [child.redrive_count for child in children(parent)] == [0, 1]
