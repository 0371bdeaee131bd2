"""State machines through boto3: made, changed, described, listed, deleted, validated."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.support.api import wait_for
from tests.support.aws import Client
from tests.support.server import Server

from .asking import FAIL, PASS, WAIT, all_pages, refused, run
from .conftest import ROLE, Make

ELSEWHERE = "arn:aws:states:us-east-1:123456789012:stateMachine:is-not-there"
LOG_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:some:*"


def creation(name: str, **changes: Any) -> dict[str, Any]:
    return {"name": name, "definition": json.dumps(PASS), "roleArn": ROLE, **changes}


def test_a_machine_is_described_as_it_was_made(states: Client, name: str) -> None:
    logging = {
        "level": "ALL",
        "includeExecutionData": True,
        "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": LOG_GROUP}}],
    }

    made = states.create_state_machine(
        **creation(name, loggingConfiguration=logging, tracingConfiguration={"enabled": True})
    )

    assert made["stateMachineArn"] == f"arn:aws:states:us-east-1:123456789012:stateMachine:{name}"
    assert abs(made["creationDate"] - datetime.now(UTC)) < timedelta(minutes=1)
    assert "stateMachineVersionArn" not in made
    found = states.describe_state_machine(stateMachineArn=made["stateMachineArn"])
    assert (found["name"], found["status"], found["type"]) == (name, "ACTIVE", "STANDARD")
    assert json.loads(found["definition"]) == PASS
    assert found["roleArn"] == ROLE
    assert found["creationDate"] == made["creationDate"]
    assert found["loggingConfiguration"] == logging
    assert found["tracingConfiguration"] == {"enabled": True}
    assert found["encryptionConfiguration"] == {"type": "AWS_OWNED_KEY"}
    assert "revisionId" not in found  # the first revision has none, as in the service


def test_a_machine_without_more_has_the_services_defaults(states: Client, machine: Make) -> None:
    found = states.describe_state_machine(stateMachineArn=machine(PASS))

    assert found["loggingConfiguration"] == {"level": "OFF", "includeExecutionData": False}
    assert found["tracingConfiguration"] == {"enabled": False}


def test_a_description_of_metadata_has_no_definition(states: Client, machine: Make) -> None:
    found = states.describe_state_machine(stateMachineArn=machine(PASS), includedData="METADATA_ONLY")

    assert found["definition"] == ""


def test_the_same_request_again_finds_the_machine_that_it_made(states: Client, name: str) -> None:
    first = states.create_state_machine(**creation(name))

    again = states.create_state_machine(**creation(name, roleArn=f"{ROLE}-of-another"))

    assert again["stateMachineArn"] == first["stateMachineArn"]
    assert again["creationDate"] == first["creationDate"]
    assert states.describe_state_machine(stateMachineArn=first["stateMachineArn"])["roleArn"] == ROLE


@pytest.mark.parametrize(
    "change",
    [
        {"definition": json.dumps(FAIL)},
        {"type": "EXPRESS"},
        {"tracingConfiguration": {"enabled": True}},
    ],
)
def test_a_name_that_is_taken_by_another_machine_is_refused(
    states: Client, name: str, change: dict[str, Any]
) -> None:
    arn = states.create_state_machine(**creation(name))["stateMachineArn"]

    refusal = refused(states.create_state_machine, **creation(name, **change))

    assert refusal == ("StateMachineAlreadyExists", f"State Machine Already Exists: '{arn}'", 400)


@pytest.mark.parametrize("bad", ["a b", "a/b", "a:b", "a*b", "a?b", "a<b", 'a"b', "a\\b", "a\x7fb", "a{b"])
def test_a_name_with_letters_that_the_service_forbids_is_refused(states: Client, bad: str) -> None:
    assert refused(states.create_state_machine, **creation(bad)) == (
        "InvalidName",
        f"Invalid Name: '{bad}'",
        400,
    )


def test_a_name_may_hold_letters_of_any_language(states: Client) -> None:
    name = f"Grüße-{uuid.uuid4().hex[:6]}-日本"
    arn = states.create_state_machine(**creation(name))["stateMachineArn"]

    assert run(states, arn)["status"] == "SUCCEEDED"
    assert states.describe_state_machine(stateMachineArn=arn)["name"] == name


@pytest.mark.parametrize(
    ("definition", "part"),
    [
        ("{", "INVALID_JSON_DESCRIPTION"),
        ("{}", "SCHEMA_VALIDATION_FAILED"),
        ('{"StartAt": "A", "States": {"A": {"Type": "Past", "End": true}}}', "SCHEMA_VALIDATION_FAILED"),
        ('{"StartAt": "B", "States": {"A": {"Type": "Pass", "End": true}}}', "MISSING_TRANSITION_TARGET"),
    ],
)
def test_a_definition_that_cannot_run_is_refused(
    states: Client, name: str, definition: str, part: str
) -> None:
    refusal = refused(states.create_state_machine, **creation(name, definition=definition))

    assert (refusal.code, refusal.status) == ("InvalidDefinition", 400)
    assert refusal.message.startswith(f"Invalid State Machine Definition: '{part}: ")
    assert refused(states.describe_state_machine, stateMachineArn=f"{ELSEWHERE[:-12]}{name}")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"loggingConfiguration": {"level": "ALL"}}, "InvalidLoggingConfiguration"),
        (
            {"encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": "alias/mine"}},
            "InvalidEncryptionConfiguration",
        ),
        ({"versionDescription": "one"}, "ValidationException"),
        ({"tags": [{"key": f"k{n}", "value": "v"} for n in range(51)]}, "TooManyTags"),
    ],
)
def test_what_a_machine_cannot_have_is_refused_and_nothing_is_made(
    states: Client, name: str, change: dict[str, Any], code: str
) -> None:
    assert refused(states.create_state_machine, **creation(name, **change)).code == code

    assert refused(states.describe_state_machine, stateMachineArn=f"{ELSEWHERE[:-12]}{name}").code == (
        "StateMachineDoesNotExist"
    )


def test_an_update_is_what_the_next_start_runs_and_no_earlier_one(
    states: Client, machine: Make, server: Server
) -> None:
    arn = machine(WAIT)
    held = states.start_execution(stateMachineArn=arn)["executionArn"]

    updated = states.update_state_machine(
        stateMachineArn=arn, definition=json.dumps(PASS), roleArn=f"{ROLE}-2"
    )

    described = states.describe_state_machine(stateMachineArn=arn)
    assert described["revisionId"] == updated["revisionId"]
    assert described["roleArn"] == f"{ROLE}-2"
    assert json.loads(described["definition"]) == PASS
    assert run(states, arn)["status"] == "SUCCEEDED"
    of_held = states.describe_state_machine_for_execution(executionArn=held)
    assert json.loads(of_held["definition"]) == WAIT
    assert of_held["roleArn"] == ROLE
    assert states.describe_execution(executionArn=held)["status"] == "RUNNING"
    states.stop_execution(executionArn=held)


def test_an_update_of_one_part_leaves_the_others(states: Client, machine: Make) -> None:
    arn = machine(PASS, tracingConfiguration={"enabled": True})

    states.update_state_machine(stateMachineArn=arn, roleArn=f"{ROLE}-2")

    found = states.describe_state_machine(stateMachineArn=arn)
    assert json.loads(found["definition"]) == PASS
    assert found["tracingConfiguration"] == {"enabled": True}
    assert found["roleArn"] == f"{ROLE}-2"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "MissingRequiredParameter"),
        ({"definition": "{}"}, "InvalidDefinition"),
        ({"roleArn": ROLE, "versionDescription": "x"}, "ValidationException"),
        ({"loggingConfiguration": {"level": "ERROR"}}, "InvalidLoggingConfiguration"),
    ],
)
def test_an_update_that_cannot_be_is_refused_and_changes_nothing(
    states: Client, machine: Make, change: dict[str, Any], code: str
) -> None:
    arn = machine(PASS)
    before = states.describe_state_machine(stateMachineArn=arn)

    assert refused(states.update_state_machine, stateMachineArn=arn, **change).code == code

    after = states.describe_state_machine(stateMachineArn=arn)
    assert {**before, "ResponseMetadata": None} == {**after, "ResponseMetadata": None}


def test_machines_are_listed_by_name_page_by_page(states: Client, name: str) -> None:
    wanted = [f"{name}-{number}" for number in range(5)]
    for each in reversed(wanted):
        states.create_state_machine(**creation(each))

    rows = all_pages(states.list_state_machines, "stateMachines", maxResults=2)

    names = [row["name"] for row in rows]
    assert [each for each in names if each.startswith(name)] == wanted
    assert len(set(names)) == len(names)
    row = next(row for row in rows if row["name"] == wanted[0])
    assert row["stateMachineArn"].endswith(f":{wanted[0]}")
    assert row["type"] == "STANDARD"
    assert row["creationDate"].tzinfo is not None


def test_a_token_of_another_list_or_of_nobody_is_refused(states: Client, machine: Make, name: str) -> None:
    arn = machine(PASS)
    for _ in range(3):
        run(states, arn)
    token = states.list_executions(stateMachineArn=arn, maxResults=1)["nextToken"]

    for call, request in (
        (states.list_state_machines, {"nextToken": token}),
        (states.list_state_machines, {"nextToken": "made-up"}),
        (states.list_executions, {"stateMachineArn": arn, "statusFilter": "FAILED", "nextToken": token}),
        (states.list_executions, {"stateMachineArn": arn, "nextToken": token[:-2] + "xx"}),
    ):
        assert refused(call, **request) == ("InvalidToken", "Invalid Token: 'Invalid token'", 400)


def test_a_deleted_machine_is_gone_and_its_name_is_free(states: Client, machine: Make) -> None:
    arn = machine(PASS)

    states.delete_state_machine(stateMachineArn=arn)

    assert refused(states.describe_state_machine, stateMachineArn=arn) == (
        "StateMachineDoesNotExist",
        f"State Machine Does Not Exist: '{arn}'",
        400,
    )
    states.delete_state_machine(stateMachineArn=arn)  # twice is once
    assert machine(FAIL) == arn


def test_a_deleted_machine_stops_what_runs_starts_nothing_and_goes(states: Client, machine: Make) -> None:
    arn = machine(WAIT)
    for _ in range(3):
        states.start_execution(stateMachineArn=arn)

    states.delete_state_machine(stateMachineArn=arn)

    gone = ("StateMachineDeleting", "StateMachineDoesNotExist")
    for call, more in (
        (states.start_execution, {}),
        (states.update_state_machine, {"roleArn": ROLE}),
        (states.publish_state_machine_version, {}),
    ):
        assert refused(call, stateMachineArn=arn, **more).code in gone
    told = wait_for(lambda: refusal_of_start(states, arn), lambda code: code != gone[0], 30)
    assert told == gone[1]
    assert refused(states.describe_state_machine, stateMachineArn=arn).code == gone[1]


def refusal_of_start(states: Client, arn: str) -> str:
    return refused(states.start_execution, stateMachineArn=arn).code


def test_many_may_delete_a_machine_at_once(states: Client, machine: Make) -> None:
    for _ in range(5):
        arn = machine(PASS)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda arn: states.delete_state_machine(stateMachineArn=arn), [arn] * 8))
        assert [answer["ResponseMetadata"]["HTTPStatusCode"] for answer in answers] == [200] * 8


def test_what_is_removed_under_ones_hands_is_no_fault_of_the_server(states: Client, name: str) -> None:
    """Changes and a delete of one machine, at one moment, over and over: each is done or refused."""
    definition = json.dumps(FAIL)
    changes = (
        lambda arn: states.update_state_machine(stateMachineArn=arn, definition=definition, publish=True),
        lambda arn: states.publish_state_machine_version(stateMachineArn=arn),
        lambda arn: states.start_execution(stateMachineArn=arn),
        lambda arn: states.delete_state_machine(stateMachineArn=arn),
    )

    def code(change: Callable[[str], Any], arn: str) -> str:
        try:
            change(arn)
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "done"

    told = set()
    with ThreadPoolExecutor(len(changes)) as pool:
        for number in range(30):
            arn = states.create_state_machine(**creation(f"{name}-{number}"))["stateMachineArn"]
            told |= set(pool.map(code, changes, [arn] * len(changes)))

    assert told <= {"done", "StateMachineDoesNotExist", "StateMachineDeleting"}


def test_many_may_make_the_same_machine_at_once(states: Client, name: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: states.create_state_machine(**creation(name)), range(8)))

    assert len({(one["stateMachineArn"], one["creationDate"]) for one in made}) == 1


@pytest.mark.parametrize(
    ("arn", "code", "message"),
    [
        (ELSEWHERE, "StateMachineDoesNotExist", f"State Machine Does Not Exist: '{ELSEWHERE}'"),
        ("is-no-arn", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: is-no-arn'"),
        (
            ELSEWHERE.replace("stateMachine", "activity"),
            "InvalidArn",
            "Invalid Arn: 'Resource type not valid in this context: activity'",
        ),
        (
            ELSEWHERE.replace("us-east-1", "eu-west-1"),
            "StateMachineDoesNotExist",
            f"State Machine Does Not Exist: '{ELSEWHERE.replace('us-east-1', 'eu-west-1')}'",
        ),
    ],
)
def test_an_arn_that_names_no_machine_is_refused(states: Client, arn: str, code: str, message: str) -> None:
    assert refused(states.describe_state_machine, stateMachineArn=arn) == (code, message, 400)


def test_a_machine_of_the_api_is_a_workflow_of_the_studio(
    states: Client, machine: Make, server: Server, name: str
) -> None:
    machine(PASS)

    workflows = server.api().get("/api/workflows/", search=name)["results"]

    assert [workflow["name"] for workflow in workflows] == [name]


def test_a_machine_that_the_studio_published_is_run_over_the_api(
    states: Client, server: Server, name: str
) -> None:
    server.api().publish(name, PASS)
    arn = next(
        row["stateMachineArn"]
        for row in all_pages(states.list_state_machines, "stateMachines")
        if row["name"] == name
    )

    assert run(states, arn, {"from": "boto3"})["output"] == '{"from":"boto3"}'
    assert states.describe_state_machine(stateMachineArn=arn)["roleArn"].startswith("arn:aws:iam::")


def test_the_services_limits_hold_for_what_is_made_over_its_api(states: Client, machine: Make) -> None:
    large = {
        "StartAt": "Grow",
        "QueryLanguage": "JSONata",
        "States": {
            "Grow": {"Type": "Pass", "Output": "{% $pad('', 300000, 'x') %}", "End": True},
        },
    }

    found = run(states, machine(large))

    assert (found["status"], found["error"]) == ("FAILED", "States.DataLimitExceeded")


def test_a_definition_without_faults_is_valid(states: Client) -> None:
    found = states.validate_state_machine_definition(definition=json.dumps(PASS))

    assert (found["result"], found["diagnostics"], found["truncated"]) == ("OK", [], False)


def test_each_fault_of_a_definition_is_told_with_its_place(states: Client) -> None:
    bad = {
        "StartAt": "A",
        "States": {"A": {"Type": "Pass", "Next": "B", "End": "x"}, "B": {"Type": "Wait", "End": True}},
    }

    found = states.validate_state_machine_definition(definition=json.dumps(bad))

    assert found["result"] == "FAIL"
    assert {one["severity"] for one in found["diagnostics"]} == {"ERROR"}
    assert all(one["code"] and one["message"] for one in found["diagnostics"])
    assert any(one["location"].startswith("/States/B") for one in found["diagnostics"])
    few = states.validate_state_machine_definition(definition=json.dumps(bad), maxResults=1)
    assert len(few["diagnostics"]) == 1
    assert few["truncated"] is (len(found["diagnostics"]) > 1)


def test_warnings_are_told_to_who_asks_for_them(states: Client) -> None:
    # The Pass state can never be reached over a path that is not there: AWS warns, and takes it.
    doubtful = {
        "StartAt": "A",
        "States": {
            "A": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "f", "Payload": "$.is.not.a.path"},
                "End": True,
            }
        },
    }
    text = json.dumps(doubtful)

    errors = states.validate_state_machine_definition(definition=text)
    all_of_it = states.validate_state_machine_definition(definition=text, severity="WARNING")

    assert (errors["result"], errors["diagnostics"]) == ("OK", [])
    assert (all_of_it["result"], {one["severity"] for one in all_of_it["diagnostics"]}) == ("OK", {"WARNING"})


def test_what_express_machines_cannot_do_is_told_for_them_alone(states: Client) -> None:
    callback = {
        "StartAt": "Ask",
        "States": {
            "Ask": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters": {"FunctionName": "f", "Payload": {"token.$": "$$.Task.Token"}},
                "End": True,
            }
        },
    }
    text = json.dumps(callback)

    assert states.validate_state_machine_definition(definition=text, type="STANDARD")["result"] == "OK"
    assert states.validate_state_machine_definition(definition=text, type="EXPRESS")["result"] == "FAIL"
