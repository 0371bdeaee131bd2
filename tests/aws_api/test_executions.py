"""Executions through boto3: started once, awaited, stopped, described, listed."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.api import wait_for
from tests.support.aws import Client
from tests.support.server import Server

from .asking import FAIL, PASS, WAIT, all_pages, refused, result, run
from .conftest import Make

NOWHERE = "arn:aws:states:us-east-1:123456789012:stateMachine:is-not-there"


def execution_arn(machine: str, name: str) -> str:
    return f"{machine.replace(':stateMachine:', ':execution:')}:{name}"


# Start


def test_an_execution_runs_and_is_described(states: Client, machine: Make) -> None:
    arn = machine(PASS)

    started = states.start_execution(
        stateMachineArn=arn, name="order-18", input='{"a": 1}', traceHeader="Root=1-5759e988-bd862e3fe1be"
    )

    assert started["executionArn"] == execution_arn(arn, "order-18")
    assert abs(started["startDate"] - datetime.now(UTC)) < timedelta(minutes=1)
    found = result(states, started["executionArn"])
    assert found["stateMachineArn"] == arn
    assert (found["name"], found["status"]) == ("order-18", "SUCCEEDED")
    assert (json.loads(found["input"]), json.loads(found["output"])) == ({"a": 1}, {"a": 1})
    assert found["inputDetails"] == found["outputDetails"] == {"included": True}
    assert found["startDate"] == started["startDate"] <= found["stopDate"]
    assert found["traceHeader"] == "Root=1-5759e988-bd862e3fe1be"
    assert (found["redriveCount"], found["redriveStatus"]) == (0, "NOT_REDRIVABLE")
    assert "error" not in found
    assert "stateMachineVersionArn" not in found


def test_an_execution_without_a_name_gets_one_and_an_empty_input(states: Client, machine: Make) -> None:
    found = result(states, states.start_execution(stateMachineArn=machine(PASS))["executionArn"])

    assert uuid.UUID(found["name"])
    assert json.loads(found["input"]) == {}


def test_a_failure_is_described_with_its_error_and_cause(states: Client, machine: Make) -> None:
    found = run(states, machine(FAIL))

    assert (found["status"], found["error"], found["cause"]) == ("FAILED", "Broken", "it was meant to")
    assert "output" not in found


def test_a_start_that_is_repeated_while_it_runs_is_one_start(states: Client, machine: Make) -> None:
    arn = machine(WAIT)

    first = states.start_execution(stateMachineArn=arn, name="once", input='{"a": 1}')
    again = states.start_execution(stateMachineArn=arn, name="once", input='{"a": 1}')

    assert (again["executionArn"], again["startDate"]) == (first["executionArn"], first["startDate"])
    assert len(states.list_executions(stateMachineArn=arn)["executions"]) == 1
    states.stop_execution(executionArn=first["executionArn"])


def test_a_name_with_another_input_or_after_the_end_is_refused(states: Client, machine: Make) -> None:
    arn = machine(WAIT)
    execution = states.start_execution(stateMachineArn=arn, name="once", input='{"a": 1}')["executionArn"]
    taken = ("ExecutionAlreadyExists", f"Execution Already Exists: '{execution}'", 400)

    assert refused(states.start_execution, stateMachineArn=arn, name="once", input='{"a": 2}') == taken
    states.stop_execution(executionArn=execution)
    assert refused(states.start_execution, stateMachineArn=arn, name="once", input='{"a": 1}') == taken


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"input": "{"}, "InvalidExecutionInput"),
        ({"input": ""}, "InvalidExecutionInput"),
        ({"input": "NaN"}, "InvalidExecutionInput"),
        ({"input": '{"a": [1e400]}'}, "InvalidExecutionInput"),
        ({"input": json.dumps("x" * 262_144)}, "ValidationException"),
        # Shorter in letters than in bytes: the bound is in bytes.
        ({"input": json.dumps("ü" * 140_000, ensure_ascii=False)}, "InvalidExecutionInput"),
        ({"name": "a b"}, "InvalidName"),
        ({"name": "x" * 81}, "ValidationException"),
        ({"traceHeader": "Grüße"}, "ValidationException"),
    ],
)
def test_a_start_that_cannot_be_is_refused(
    states: Client, machine: Make, request_: dict[str, Any], code: str
) -> None:
    refusal = refused(states.start_execution, stateMachineArn=machine(PASS), **request_)

    assert (refusal.code, refusal.status) == (code, 400)


def test_a_start_of_what_is_not_there_is_refused(states: Client) -> None:
    for call in (states.start_execution, states.start_sync_execution):
        assert refused(call, stateMachineArn=NOWHERE) == (
            "StateMachineDoesNotExist",
            f"State Machine Does Not Exist: '{NOWHERE}'",
            400,
        )


# Start and wait


def test_an_express_execution_is_answered_with_its_end(states: Client, machine: Make) -> None:
    arn = machine(PASS, type="EXPRESS")

    found = states.start_sync_execution(
        stateMachineArn=arn, name="now", input='{"a": 1}', traceHeader="Root=1-5759e988-bd862e3fe1be"
    )

    assert found["executionArn"].startswith(f"{arn.replace(':stateMachine:', ':express:')}:now:")
    assert (found["stateMachineArn"], found["name"], found["status"]) == (arn, "now", "SUCCEEDED")
    assert (json.loads(found["input"]), json.loads(found["output"])) == ({"a": 1}, {"a": 1})
    assert found["startDate"] <= found["stopDate"]
    assert found["traceHeader"] == "Root=1-5759e988-bd862e3fe1be"
    billing = found["billingDetails"]
    assert billing["billedDurationInMilliseconds"] % 100 == 0
    assert billing["billedMemoryUsedInMB"] == 64


def test_an_express_execution_that_fails_is_an_answer_too(states: Client, machine: Make) -> None:
    found = states.start_sync_execution(stateMachineArn=machine(FAIL, type="EXPRESS"))

    assert (found["status"], found["error"], found["cause"]) == ("FAILED", "Broken", "it was meant to")


def test_the_wait_for_an_express_execution_lasts_as_long_as_it_runs(states: Client, machine: Make) -> None:
    second = {"StartAt": "Hold", "States": {"Hold": {"Type": "Wait", "Seconds": 1, "End": True}}}

    found = states.start_sync_execution(stateMachineArn=machine(second, type="EXPRESS"))

    assert found["status"] == "SUCCEEDED"
    assert found["stopDate"] - found["startDate"] >= timedelta(seconds=0.9)


def test_names_of_express_executions_may_repeat(states: Client, machine: Make) -> None:
    arn = machine(PASS, type="EXPRESS")

    found = [states.start_sync_execution(stateMachineArn=arn, name="now")["executionArn"] for _ in range(2)]

    assert found[0] != found[1]


def test_without_its_data_an_end_tells_only_how_it_ended(states: Client, machine: Make) -> None:
    arn = machine(PASS, type="EXPRESS")

    found = states.start_sync_execution(stateMachineArn=arn, input='{"a": 1}', includedData="METADATA_ONLY")

    assert found["status"] == "SUCCEEDED"
    assert not found.keys() & {"input", "output"}


def test_a_standard_machine_has_no_answer_to_wait_for(states: Client, machine: Make) -> None:
    refusal = refused(states.start_sync_execution, stateMachineArn=machine(PASS))

    assert (refusal.code, refusal.status) == ("StateMachineTypeNotSupported", 400)


def test_express_executions_are_neither_described_nor_listed(states: Client, machine: Make) -> None:
    arn = machine(PASS, type="EXPRESS")
    express = states.start_execution(stateMachineArn=arn)["executionArn"]
    message = "Invalid Arn: 'Resource type not valid in this context: express'"

    for call in (states.describe_execution, states.stop_execution, states.get_execution_history):
        assert refused(call, executionArn=express) == ("InvalidArn", message, 400)
    assert refused(states.list_executions, stateMachineArn=arn).code == "StateMachineTypeNotSupported"


# Stop


def test_a_stopped_execution_is_aborted_with_what_was_said(states: Client, machine: Make) -> None:
    execution = states.start_execution(stateMachineArn=machine(WAIT))["executionArn"]

    stopped = states.stop_execution(executionArn=execution, error="Enough", cause="it is late")

    found = states.describe_execution(executionArn=execution)
    assert (found["status"], found["error"], found["cause"]) == ("ABORTED", "Enough", "it is late")
    assert found["stopDate"] == stopped["stopDate"]
    assert found["redriveStatus"] == "REDRIVABLE"


def test_what_has_ended_stays_as_it_ended(states: Client, machine: Make) -> None:
    ended = run(states, machine(PASS))

    again = states.stop_execution(executionArn=ended["executionArn"])

    assert again["stopDate"] == ended["stopDate"]
    assert states.describe_execution(executionArn=ended["executionArn"])["status"] == "SUCCEEDED"


# Describe


def test_a_description_of_metadata_has_no_data(states: Client, machine: Make) -> None:
    execution = run(states, machine(PASS), {"a": 1})["executionArn"]

    found = states.describe_execution(executionArn=execution, includedData="METADATA_ONLY")

    assert found["status"] == "SUCCEEDED"
    assert not found.keys() & {"input", "output"}


def test_the_machine_of_an_execution_is_described_as_it_was(states: Client, machine: Make) -> None:
    arn = machine(PASS)
    execution = run(states, arn)["executionArn"]
    states.update_state_machine(stateMachineArn=arn, definition=json.dumps(FAIL))

    found = states.describe_state_machine_for_execution(executionArn=execution)

    assert found["stateMachineArn"] == arn
    assert found["name"] == arn.rpartition(":")[2]
    assert json.loads(found["definition"]) == PASS
    assert found["updateDate"].tzinfo is not None
    assert "mapRunArn" not in found


@pytest.mark.parametrize(
    "call",
    ["describe_execution", "stop_execution", "get_execution_history", "describe_state_machine_for_execution"],
)
def test_an_execution_that_is_not_there_is_told_by_its_arn(states: Client, machine: Make, call: str) -> None:
    gone = execution_arn(machine(PASS), "never-was")

    assert refused(getattr(states, call), executionArn=gone) == (
        "ExecutionDoesNotExist",
        f"Execution Does Not Exist: '{gone}'",
        400,
    )
    assert refused(getattr(states, call), executionArn="is-no-arn").code == "InvalidArn"


# List


@pytest.fixture
def three_ends(states: Client, machine: Make) -> str:
    """A machine with two executions that succeeded, one that failed and one that runs."""
    arn = machine(
        {
            "StartAt": "Which",
            "States": {
                "Which": {
                    "Type": "Choice",
                    "Choices": [{"Variable": "$.end", "StringEquals": end, "Next": end} for end in "PFW"],
                },
                "P": {"Type": "Pass", "End": True},
                "F": {"Type": "Fail"},
                "W": {"Type": "Wait", "Seconds": 3600, "End": True},
            },
        }
    )
    for name, end in (("one", "P"), ("two", "F"), ("three", "P")):
        run(states, arn, {"end": end}, name=name)
    states.start_execution(stateMachineArn=arn, name="four", input='{"end": "W"}')
    return arn


def names(states: Client, **request: Any) -> list[str]:
    return [row["name"] for row in all_pages(states.list_executions, "executions", **request)]


def test_executions_are_listed_newest_first_page_by_page(states: Client, three_ends: str) -> None:
    for size in (1, 2, 3, 4, 5, 1000):
        found = names(states, stateMachineArn=three_ends, maxResults=size)
        assert found == ["four", "three", "two", "one"]
    assert names(states, stateMachineArn=three_ends, maxResults=0) == ["four", "three", "two", "one"]


def test_a_row_of_the_list_is_the_summary_of_its_execution(states: Client, three_ends: str) -> None:
    row = states.list_executions(stateMachineArn=three_ends, statusFilter="FAILED")["executions"][0]

    found = states.describe_execution(executionArn=row["executionArn"])
    assert row == {name: found[name] for name in row}
    assert row.keys() == {
        *("executionArn", "stateMachineArn", "name", "status", "startDate", "stopDate", "redriveCount"),
    }


def test_a_list_is_narrowed_by_status(states: Client, three_ends: str) -> None:
    for status, expected in (
        ("SUCCEEDED", ["three", "one"]),
        ("FAILED", ["two"]),
        ("RUNNING", ["four"]),
        ("TIMED_OUT", []),
        ("ABORTED", []),
        ("PENDING_REDRIVE", []),
    ):
        found = names(states, stateMachineArn=three_ends, statusFilter=status, maxResults=1)
        assert found == expected, status


def test_a_list_is_narrowed_by_redrive(states: Client, three_ends: str) -> None:
    failed = execution_arn(three_ends, "two")
    states.redrive_execution(executionArn=failed)
    wait_for(
        lambda: states.describe_execution(executionArn=failed),
        lambda found: found["status"] == "FAILED" and found["redriveCount"] == 1,
        30,
    )

    assert names(states, stateMachineArn=three_ends, redriveFilter="REDRIVEN") == ["two"]
    assert names(states, stateMachineArn=three_ends, redriveFilter="NOT_REDRIVEN") == ["four", "three", "one"]


def test_a_list_is_narrowed_by_the_version_or_alias_that_started(states: Client, machine: Make) -> None:
    arn = machine(PASS, publish=True)
    alias = states.create_state_machine_alias(
        name="live", routingConfiguration=[{"stateMachineVersionArn": f"{arn}:1", "weight": 100}]
    )["stateMachineAliasArn"]
    for target, name in ((arn, "plain"), (f"{arn}:1", "by-version"), (alias, "by-alias")):
        run(states, target, name=name)

    assert names(states, stateMachineArn=arn) == ["by-alias", "by-version", "plain"]
    assert names(states, stateMachineArn=f"{arn}:1") == ["by-alias", "by-version"]
    assert names(states, stateMachineArn=alias) == ["by-alias"]
    row = states.list_executions(stateMachineArn=alias)["executions"][0]
    assert (row["stateMachineVersionArn"], row["stateMachineAliasArn"]) == (f"{arn}:1", alias)


def test_a_list_is_of_one_machine_or_of_one_map_run(states: Client, three_ends: str) -> None:
    run_arn = f"{three_ends.replace(':stateMachine:', ':mapRun:')}/each:{uuid.uuid4()}"

    assert refused(states.list_executions).code == "ValidationException"
    both = {"stateMachineArn": three_ends, "mapRunArn": run_arn}
    assert refused(states.list_executions, **both).code == "ValidationException"
    assert refused(states.list_executions, mapRunArn=run_arn).code == "ResourceNotFound"
    assert refused(states.list_executions, stateMachineArn=NOWHERE).code == "StateMachineDoesNotExist"


def test_what_starts_while_a_list_is_read_disturbs_no_page(states: Client, three_ends: str) -> None:
    first = states.list_executions(stateMachineArn=three_ends, maxResults=2)
    run(states, three_ends, {"end": "P"}, name="five")

    rest = states.list_executions(stateMachineArn=three_ends, maxResults=2, nextToken=first["nextToken"])

    assert [row["name"] for row in rest["executions"]] == ["two", "one"]
    assert "nextToken" not in rest


def test_the_studio_shows_what_boto3_started(states: Client, three_ends: str, server: Server) -> None:
    name = three_ends.rpartition(":")[2]
    workflow = server.api().get("/api/workflows/", search=name)["results"][0]["id"]

    found = server.api().get("/api/executions/", workflow=workflow)["results"]

    assert {row["name"] for row in found} == {"one", "two", "three", "four"}


def test_an_input_comes_back_as_it_was_given_and_is_one_value_however_it_is_written(
    states: Client, machine: Make
) -> None:
    rests = {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 3600, "End": True}}}
    arn = machine(rests)
    given = '{"a" : 1.10, "big": 123456789012345678901234567890}'
    first = states.start_execution(stateMachineArn=arn, name="once", input=given)
    assert states.describe_execution(executionArn=first["executionArn"])["input"] == given
    again = states.start_execution(stateMachineArn=arn, name="once", input=given.replace(" ", ""))
    assert again["executionArn"] == first["executionArn"]
    states.stop_execution(executionArn=first["executionArn"])
