"""RedriveExecution as boto3 calls it."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from .conftest import Client, Make

FAILS = {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Nope"}}}
WAITS = {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 3600, "End": True}}}


def test_a_failed_execution_is_redriven_and_a_repeated_token_changes_nothing(
    states: Client, machine: Make
) -> None:
    started = states.start_execution(stateMachineArn=machine(FAILS), input="{}")
    arn = started["executionArn"]
    before = states.describe_execution(executionArn=arn)
    assert (before["redriveStatus"], before["redriveCount"]) == ("REDRIVABLE", 0)
    assert "redriveStatusReason" not in before
    first = states.redrive_execution(executionArn=arn, clientToken="once")["redriveDate"]
    assert states.redrive_execution(executionArn=arn, clientToken="once")["redriveDate"] == first
    after = states.describe_execution(executionArn=arn)
    assert (after["status"], after["redriveCount"], after["redriveDate"]) == ("FAILED", 1, first)
    events = states.get_execution_history(executionArn=arn)["events"]
    assert [(event["type"], event["previousEventId"]) for event in events[-4:]] == [
        ("ExecutionFailed", 2),
        ("ExecutionRedriven", 3),
        ("FailStateEntered", 4),
        ("ExecutionFailed", 5),
    ]
    assert events[-3]["executionRedrivenEventDetails"] == {"redriveCount": 1}


def test_what_runs_is_not_redrivable_and_says_why(states: Client, machine: Make) -> None:
    machine_arn = machine(WAITS)
    arn = states.start_execution(stateMachineArn=machine_arn, input="{}")["executionArn"]
    described = states.describe_execution(executionArn=arn)
    reason = "Execution is RUNNING and cannot be redriven"
    assert (described["redriveStatus"], described["redriveStatusReason"]) == ("NOT_REDRIVABLE", reason)
    with pytest.raises(ClientError, match=reason) as refused:
        states.redrive_execution(executionArn=arn)
    assert refused.value.response["Error"]["Code"] == "ExecutionNotRedrivable"
    with pytest.raises(ClientError) as unknown:
        states.redrive_execution(executionArn=arn + "x")
    assert unknown.value.response["Error"]["Code"] == "ExecutionDoesNotExist"
