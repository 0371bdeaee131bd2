"""What one transaction does to executions."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from asl.interpreter import events as ev
from asl.interpreter.events import TimerPurpose
from runner.models import Attempt, Execution, Inbox, Timer
from runner.operations import Deliver, ExecutionAlreadyExists, Pull, Start, Started
from runner.store import loading

from .conftest import World, rows_left, types_of

TASK = {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {}}


def chain(length: int) -> dict[str, Any]:
    states = {f"S{i}": {"Type": "Pass", "Next": f"S{i + 1}"} for i in range(length - 1)}
    return {"StartAt": "S0", "States": {**states, f"S{length - 1}": {"Type": "Pass", "End": True}}}


def one_task(**fields: Any) -> dict[str, Any]:
    return {"StartAt": "Call", "States": {"Call": {**TASK, **fields, "End": True}}}


def test_a_run_of_pure_states_is_one_transaction_with_few_statements(world: World) -> None:
    revision = world.machine(chain(50))
    world.start(revision)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        execution = world.start(revision)
    assert execution.status == "SUCCEEDED"
    assert len(types_of(execution)) == 102
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    writes = [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    # SQLite's executemany is one entry in the log, PostgreSQL's record set one statement.
    assert len(writes) <= 4, writes


def test_a_start_writes_history_and_claims_in_the_same_transaction(world: World) -> None:
    execution = world.start(world.machine(one_task()), {"a": 1})
    assert types_of(execution) == ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted"]
    attempt = Attempt.objects.get(execution=execution)
    assert (attempt.status, attempt.claim, attempt.worker) == ("CLAIMED", 1, "hands")


def test_a_result_ends_the_execution_and_leaves_no_row_that_waits(world: World) -> None:
    execution = world.start(world.machine(one_task(TimeoutSeconds=60)))
    assert world.succeed(world.claim_of("Call"), {"b": 2})
    assert types_of(execution)[-3:] == ["TaskSucceeded", "TaskStateExited", "ExecutionSucceeded"]
    assert execution.status == "SUCCEEDED"
    assert json.loads(execution.output or "") == {"b": 2}
    assert rows_left(execution) == {}


def test_the_same_result_twice_counts_once(world: World) -> None:
    execution = world.start(world.machine(one_task()))
    claimed = world.claim_of("Call")
    assert world.succeed(claimed, 1)
    before = types_of(execution)
    assert not world.succeed(claimed, 2)
    assert types_of(execution) == before
    assert json.loads(execution.output or "") == 1


def test_a_late_result_of_a_lost_claim_is_refused(world: World) -> None:
    execution = world.start(world.machine(one_task()))
    first = world.claim_of("Call")
    assert world.lose(first)
    second = world.claim_of("Call")
    assert second.claim.number == 2
    assert not world.succeed(first, "late")
    assert world.succeed(second, "right")
    execution.refresh_from_db()
    assert json.loads(execution.output or "") == "right"
    types = types_of(execution)
    assert types.count("TaskStarted") == 1
    assert "ClaimLost" in types


def test_an_attempt_fails_after_three_lost_claims(world: World) -> None:
    execution = world.start(world.machine(one_task()))
    for number in (1, 2, 3):
        claimed = world.claim_of("Call")
        assert claimed.claim.number == number
        assert world.lose(claimed)
    execution.refresh_from_db()
    assert execution.status == "FAILED"
    assert rows_left(execution) == {}


def test_a_call_that_may_not_be_repeated_fails_when_its_claim_is_lost(world: World) -> None:
    execution = world.start(world.machine(one_task()))
    assert world.lose(world.claim_of("Call"), may_repeat=False)
    execution.refresh_from_db()
    assert execution.status == "FAILED"


def test_an_old_claim_that_is_said_to_be_lost_twice_costs_the_new_one_nothing(world: World) -> None:
    world.start(world.machine(one_task()))
    first = world.claim_of("Call")
    assert world.lose(first)
    second = world.claim_of("Call")
    assert not world.lose(first)
    assert second.claim.number == 2
    assert world.succeed(second, "still mine")


def test_without_a_free_slot_an_attempt_waits_in_its_row(world: World) -> None:
    world.hands.slots = 0
    execution = world.start(world.machine(one_task()))
    assert not world.claimed
    assert types_of(execution)[-1] == "TaskScheduled"
    world.hands.slots = 1
    world.pull(slots=1)
    assert world.succeed(world.claim_of("Call"), None)


def test_the_same_start_finds_the_execution_that_it_began(world: World) -> None:
    revision = world.machine(one_task())
    first, second = (world.apply(Start(revision.pk, '{"a":1}', "run")).results[0] for _ in range(2))
    assert isinstance(first, Started)
    assert isinstance(second, Started)
    assert (first.key, first.created, second.created) == (second.key, True, False)
    assert Execution.objects.count() == 1


def test_two_same_starts_in_one_transaction_are_one(world: World) -> None:
    revision = world.machine(one_task())
    first, second = world.apply(Start(revision.pk, "{}", "run"), Start(revision.pk, "{}", "run")).results
    assert isinstance(first, Started)
    assert isinstance(second, Started)
    assert first.key == second.key
    assert first.execution_id == second.execution_id > 0


def test_a_name_in_use_is_refused_for_other_input_and_after_the_end(world: World) -> None:
    revision = world.machine(one_task())
    world.apply(Start(revision.pk, '{"a":1}', "run"))
    assert isinstance(world.apply(Start(revision.pk, '{"a":2}', "run")).results[0], ExecutionAlreadyExists)
    world.succeed(world.claim_of("Call"), None)
    assert isinstance(world.apply(Start(revision.pk, '{"a":1}', "run")).results[0], ExecutionAlreadyExists)


def test_a_time_limit_ends_the_wait_and_refuses_the_result_that_comes_after(world: World) -> None:
    execution = world.start(world.machine(one_task(TimeoutSeconds=1)))
    claimed = world.claim_of("Call")
    assert Timer.objects.get(execution=execution).purpose == TimerPurpose.TIMEOUT
    world.make_due()
    applied = world.pull(slots=0)
    assert (execution.pk, claimed.claim.frame, claimed.claim.wait) in applied.ended_waits
    execution.refresh_from_db()
    assert (execution.status, execution.error) == ("FAILED", "States.Timeout")
    assert not world.succeed(claimed, "too late")
    assert rows_left(execution) == {}


def test_a_wait_state_is_a_row_and_goes_on_when_it_is_due(world: World) -> None:
    definition = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 3600, "End": True}}}
    execution = world.start(world.machine(definition))
    world.pull()
    assert types_of(execution)[-1] == "WaitStateEntered"
    world.make_due()
    world.pull()
    world.pull()
    execution.refresh_from_db()
    assert execution.status == "SUCCEEDED"
    assert rows_left(execution) == {}


def test_a_retry_waits_in_a_timer_and_keeps_each_attempt_in_the_record(world: World) -> None:
    retry = [{"ErrorEquals": ["Broken"], "IntervalSeconds": 5, "MaxAttempts": 2}]
    execution = world.start(world.machine(one_task(Retry=retry)))
    assert world.fail(world.claim_of("Call"))
    assert types_of(execution)[-2:] == ["TaskFailed", "RetryScheduled"]
    world.make_due()
    world.pull()
    assert world.succeed(world.claim_of("Call"), "second try")
    assert types_of(execution).count("TaskScheduled") == 2
    assert rows_left(execution) == {}


def test_the_failure_of_one_branch_aborts_the_others_and_drops_their_rows(world: World) -> None:
    branch = {"StartAt": "{}", "States": {"{}": {**TASK, "End": True, "TimeoutSeconds": 9}}}
    branches = [json.loads(json.dumps(branch).replace("{}", name, 2)) for name in ("A", "B", "C")]
    definition = {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": branches, "End": True}}}
    execution = world.start(world.machine(definition))
    survivor = world.claim_of("B")
    assert world.fail(world.claim_of("A"))
    execution.refresh_from_db()
    assert execution.status == "FAILED"
    assert not world.succeed(survivor, "nobody waits")
    assert rows_left(execution) == {}


def test_branches_that_end_in_one_transaction_join_once(world: World) -> None:
    branches = [{"StartAt": n, "States": {n: {**TASK, "End": True}}} for n in ("A", "B")]
    definition = {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": branches, "End": True}}}
    execution = world.start(world.machine(definition))
    results = [
        Deliver(c.execution_id, ev.TaskSucceeded(c.claim.frame, c.claim.wait, 1, c.state), c.claim)
        for c in (world.claim_of("B"), world.claim_of("A"))
    ]
    world.apply(*results)
    execution.refresh_from_db()
    assert json.loads(execution.output or "") == ["A", "B"]
    assert types_of(execution).count("ParallelStateExited") == 1


def test_a_map_reads_its_items_by_index_and_runs_in_windows(world: World) -> None:
    item = {"StartAt": "Each", "States": {"Each": {**TASK, "Parameters": {"n.$": "$"}, "End": True}}}
    definition = {
        "StartAt": "M",
        "States": {"M": {"Type": "Map", "MaxConcurrency": 2, "ItemProcessor": item, "End": True}},
    }
    execution = world.start(world.machine(definition), list(range(5)))
    done = []
    while world.claimed:
        assert len(world.claimed) <= 2
        claimed = world.claim_of("Each")
        done.append(claimed.request["arguments"]["n"])
        world.succeed(claimed, claimed.request["arguments"]["n"] * 10)
    execution.refresh_from_db()
    assert done == [0, 1, 2, 3, 4]
    assert json.loads(execution.output or "") == [0, 10, 20, 30, 40]
    assert rows_left(execution) == {}


def test_an_endless_loop_of_pure_states_yields_and_can_be_stopped(world: World) -> None:
    loop = {
        "StartAt": "A",
        "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}},
    }
    execution = world.start(world.machine(loop))
    assert Inbox.objects.filter(execution=execution).count() == 1
    before = len(types_of(execution))
    world.pull()
    assert len(types_of(execution)) > before
    world.apply(Deliver(execution.pk, ev.StopRequested("Enough", "by hand")))
    world.pull()
    execution.refresh_from_db()
    assert (execution.status, execution.error) == ("ABORTED", "Enough")
    assert rows_left(execution) == {}


def test_a_value_too_large_for_a_row_comes_back_from_the_blob_store(world: World) -> None:
    large = "x" * 100_000
    execution = world.start(world.machine(chain(1)), {"text": large})
    assert execution.input.startswith("blob:")
    from runner.store import payloads

    assert payloads.loads(execution.output or "") == {"text": large}


def test_an_event_for_an_unknown_execution_changes_nothing(world: World) -> None:
    assert world.apply(Deliver(999_999, ev.StopRequested(None, None))).results == [False]


def test_a_timer_that_was_moved_while_it_was_read_is_not_lost(world: World) -> None:
    definition = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": True}}}
    execution = world.start(world.machine(definition))
    world.make_due()
    candidates = loading.due(world.now, Pull(slots=0))
    Timer.objects.update(due_at=world.now + timedelta(hours=1))
    taken = loading.take(candidates, {execution.pk}, world.now)
    assert taken.timers == []
    assert Timer.objects.filter(execution=execution).count() == 1


def test_an_event_for_a_frame_that_never_was_changes_nothing(world: World) -> None:
    execution = world.start(world.machine(one_task()))
    before = types_of(execution)
    assert world.apply(Deliver(execution.pk, ev.HeartbeatReceived(77, 1))).results == [False]
    assert types_of(execution) == before
