"""Map Runs as boto3 sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.support.api import wait_for

from .conftest import Client, Make

JSON = Any


def each(state: JSON, **more: JSON) -> JSON:
    processor = {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "Do",
        "States": {"Do": {**state, "End": True}},
    }
    state = {"Type": "Map", "Label": "each", "ItemProcessor": processor, "End": True, **more}
    return {"StartAt": "Each", "States": {"Each": state}}


PASSES = each({"Type": "Pass"}, MaxConcurrency=1)
RESTS = each({"Type": "Wait", "Seconds": 3600}, MaxConcurrency=1)


def until(look: Callable[[], JSON]) -> JSON:
    return wait_for(look, bool, 30)


def begin(states: Client, machine_arn: str, items: str = "[1, 2, 3]") -> tuple[str, JSON]:
    """Start an execution and return its ARN with its only Map Run."""
    arn = states.start_execution(stateMachineArn=machine_arn, input=items)["executionArn"]
    [run] = until(lambda: states.list_map_runs(executionArn=arn)["mapRuns"])
    return arn, run


def status_of(states: Client, arn: str) -> str:
    return str(states.describe_execution(executionArn=arn)["status"])


def children(states: Client, run: JSON, **more: str) -> list[JSON]:
    found: list[JSON] = states.list_executions(mapRunArn=run["mapRunArn"], **more)["executions"]
    return found


def test_a_map_run_and_its_children_are_described_in_the_services_shapes(
    states: Client, machine: Make
) -> None:
    machine_arn = machine(PASSES)
    arn, run = begin(states, machine_arn)
    until(lambda: status_of(states, arn) == "SUCCEEDED")
    [run] = states.list_map_runs(executionArn=arn)["mapRuns"]
    assert run["executionArn"] == arn
    assert run["stateMachineArn"] == f"{machine_arn}/each"
    assert run["mapRunArn"].startswith(f"{machine_arn.replace(':stateMachine:', ':mapRun:')}/each:")
    described = states.describe_map_run(mapRunArn=run["mapRunArn"])
    counts = {name: count for name, count in described["itemCounts"].items() if count}
    assert counts == {"succeeded": 3, "total": 3, "resultsWritten": 3}
    assert described["executionCounts"] == described["itemCounts"]
    assert (described["status"], described["maxConcurrency"], described["redriveCount"]) == (
        "SUCCEEDED",
        1,
        0,
    )
    assert described["stopDate"] >= described["startDate"]
    listed = children(states, run)
    assert len(listed) == 3
    assert {child["stateMachineArn"] for child in listed} == {f"{machine_arn}/each"}
    child = states.describe_execution(executionArn=listed[0]["executionArn"])
    assert child["mapRunArn"] == run["mapRunArn"]
    assert child["stateMachineArn"] == f"{machine_arn}/each"
    events = states.get_execution_history(executionArn=listed[0]["executionArn"])["events"]
    assert [event["type"] for event in events][:2] == ["ExecutionStarted", "PassStateEntered"]
    assert [
        one["executionArn"] for one in states.list_executions(stateMachineArn=machine_arn)["executions"]
    ] == [arn]


def test_bounds_are_changed_while_the_map_run_runs_and_not_after(states: Client, machine: Make) -> None:
    arn, run = begin(states, machine(RESTS))
    assert len(children(states, run)) == 1
    states.update_map_run(mapRunArn=run["mapRunArn"], maxConcurrency=3, toleratedFailurePercentage=50)
    assert len(children(states, run)) == 3
    described = states.describe_map_run(mapRunArn=run["mapRunArn"])
    assert (described["maxConcurrency"], described["toleratedFailurePercentage"]) == (3, 50.0)
    states.stop_execution(executionArn=arn)
    until(lambda: len(children(states, run, statusFilter="ABORTED")) == 3)
    described = states.describe_map_run(mapRunArn=run["mapRunArn"])
    assert (described["status"], described["itemCounts"]["aborted"]) == ("ABORTED", 3)
    with pytest.raises(ClientError, match="ABORTED") as refused:
        states.update_map_run(mapRunArn=run["mapRunArn"], maxConcurrency=1)
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_children_are_redriven_by_their_map_run_alone(states: Client, machine: Make) -> None:
    arn, run = begin(states, machine(RESTS), "[1]")
    states.stop_execution(executionArn=arn)
    [child] = until(lambda: children(states, run, statusFilter="ABORTED"))
    described = states.describe_execution(executionArn=child["executionArn"])
    assert described["redriveStatus"] == "REDRIVABLE_BY_MAP_RUN"
    with pytest.raises(ClientError) as refused:
        states.redrive_execution(executionArn=child["executionArn"])
    assert refused.value.response["Error"]["Code"] == "ExecutionNotRedrivable"
    states.redrive_execution(executionArn=arn)
    [again] = until(lambda: children(states, run, statusFilter="RUNNING"))
    assert (again["executionArn"], again["redriveCount"]) == (child["executionArn"], 1)
    assert states.describe_map_run(mapRunArn=run["mapRunArn"])["redriveCount"] == 1
    events = states.get_execution_history(executionArn=arn)["events"]
    [redriven] = [event for event in events if event["type"] == "MapRunRedriven"]
    assert redriven["mapRunRedrivenEventDetails"] == {"mapRunArn": run["mapRunArn"], "redriveCount": 1}
    states.stop_execution(executionArn=arn)


def test_an_unknown_map_run_is_told_so(states: Client, machine: Make) -> None:
    arn, run = begin(states, machine(PASSES))
    unknown = run["mapRunArn"][:-12] + "000000000000"
    with pytest.raises(ClientError) as refused:
        states.describe_map_run(mapRunArn=unknown)
    assert refused.value.response["Error"]["Code"] == "ResourceNotFound"
    with pytest.raises(ClientError) as refused:
        states.describe_map_run(mapRunArn=arn)
    assert refused.value.response["Error"]["Code"] == "InvalidArn"
