"""GetExecutionHistory through boto3: whole, backwards, in pages, without data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.aws import Client

from .asking import all_pages, refused, run
from .conftest import Make

STEPS: dict[str, Any] = {
    "StartAt": "First",
    "States": {
        "First": {"Type": "Pass", "Assign": {"secret.$": "$.word"}, "Next": "Second"},
        "Second": {"Type": "Wait", "Seconds": 0, "Next": "Third"},
        "Third": {"Type": "Succeed"},
    },
}
TYPES = [
    *("ExecutionStarted", "PassStateEntered", "PassStateExited", "WaitStateEntered", "WaitStateExited"),
    *("SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded"),
]


@pytest.fixture
def execution(states: Client, machine: Make) -> str:
    return str(run(states, machine(STEPS), {"word": "swordfish"})["executionArn"])


def events(states: Client, execution: str, **request: Any) -> list[dict[str, Any]]:
    return all_pages(states.get_execution_history, "events", executionArn=execution, **request)


def test_a_history_tells_what_happened_and_what_followed_from_what(states: Client, execution: str) -> None:
    found = events(states, execution)

    assert [event["type"] for event in found] == TYPES
    assert [event["id"] for event in found] == list(range(1, 9))
    assert [event["previousEventId"] for event in found] == [0, 0, 2, 3, 4, 5, 6, 7]
    assert all(event["timestamp"].tzinfo is not None for event in found)
    assert [event["timestamp"] for event in found] == sorted(event["timestamp"] for event in found)
    started = found[0]["executionStartedEventDetails"]
    assert json.loads(started["input"]) == {"word": "swordfish"}
    assert started["roleArn"]
    left = found[2]["stateExitedEventDetails"]
    assert left["name"] == "First"
    assert json.loads(left["assignedVariables"]["secret"]) == "swordfish"


@pytest.mark.parametrize("size", [1, 3, 8, 9, 1000])
@pytest.mark.parametrize("backwards", [False, True])
def test_pages_put_together_are_the_history(
    states: Client, execution: str, size: int, backwards: bool
) -> None:
    found = events(states, execution, maxResults=size, reverseOrder=backwards)

    assert found == events(states, execution)[:: -1 if backwards else 1]


def test_a_token_of_one_direction_does_not_go_on_in_the_other(states: Client, execution: str) -> None:
    token = states.get_execution_history(executionArn=execution, maxResults=3)["nextToken"]

    refusal = refused(
        states.get_execution_history, executionArn=execution, reverseOrder=True, nextToken=token
    )

    assert refusal.code == "InvalidToken"


def test_without_its_data_a_history_still_tells_what_happened(states: Client, execution: str) -> None:
    found = events(states, execution, includeExecutionData=False)

    assert [event["type"] for event in found] == TYPES
    assert found[2]["stateExitedEventDetails"]["name"] == "First"
    assert "swordfish" not in json.dumps(found, default=str)


def test_a_long_history_is_read_to_its_end(states: Client, machine: Make) -> None:
    items = list(range(300))
    maps = {
        "StartAt": "Each",
        "States": {
            "Each": {
                "Type": "Map",
                "ItemProcessor": {
                    "StartAt": "One",
                    "States": {"One": {"Type": "Pass", "End": True}},
                },
                "End": True,
            }
        },
    }
    ended = run(states, machine(maps), items)

    found = events(states, ended["executionArn"], maxResults=400)

    assert ended["status"] == "SUCCEEDED"
    assert json.loads(ended["output"]) == items
    assert [event["id"] for event in found] == list(range(1, len(found) + 1))
    assert sum(event["type"] == "MapIterationSucceeded" for event in found) == 300
    assert found[-1]["type"] == "ExecutionSucceeded"


def test_notes_of_ours_are_no_history(states: Client, machine: Make) -> None:
    """What Cuelight notes for itself, as a retry that is due, has no place among the service's events."""
    retried = {
        "StartAt": "Call",
        "States": {
            "Call": {
                "Type": "Task",
                "Resource": "arn:aws:states:::http:invoke",
                "Parameters": {
                    "ApiEndpoint": "http://127.0.0.1:9/",
                    "Method": "GET",
                    "Authentication": {"ConnectionArn": "none"},
                },
                "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}],
                "End": True,
            }
        },
    }
    ended = run(states, machine(retried))

    found = events(states, ended["executionArn"])

    assert ended["status"] == "FAILED"
    assert [event["id"] for event in found] == list(range(1, len(found) + 1))
    assert [event["type"] for event in found].count("TaskScheduled") == 2
