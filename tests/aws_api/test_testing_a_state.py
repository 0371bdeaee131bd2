"""TestState as boto3 asks it: what comes back as JSON texts, and how it is refused."""

from __future__ import annotations

import json
from typing import Any

from tests.support.aws import Client
from tests.support.server import Server

from .asking import refused
from .conftest import ROLE
from .people import colleague

SEND: dict[str, Any] = {
    "Type": "Task",
    "Resource": "arn:aws:states:::sqs:sendMessage",
    "Parameters": {"MessageBody.$": "$.cue"},
    "Retry": [{"ErrorEquals": ["Sqs.Busy"], "MaxAttempts": 2}],
    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Shout"}],
    "Next": "Applause",
}


def answered(states: Client, definition: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = states.test_state(definition=json.dumps(definition), **more)
    found.pop("ResponseMetadata")
    return dict(found)


def test_the_stages_of_a_mocked_state_are_json_texts(states: Client) -> None:
    found = answered(
        states,
        SEND,
        input='{"cue": "lights"}',
        inspectionLevel="DEBUG",
        variables='{"act": 1}',
        mock={"result": '{"MessageId": "m-1"}'},
    )
    assert found == {
        "status": "SUCCEEDED",
        "nextState": "Applause",
        "output": '{"MessageId":"m-1"}',
        "inspectionData": {
            "input": '{"cue":"lights"}',
            "afterInputPath": '{"cue":"lights"}',
            "afterParameters": '{"MessageBody":"lights"}',
            "result": '{"MessageId":"m-1"}',
            "afterResultSelector": '{"MessageId":"m-1"}',
            "afterResultPath": '{"MessageId":"m-1"}',
            "variables": '{"act":1}',
        },
    }


def test_a_mocked_error_goes_through_retry_and_then_catch(states: Client) -> None:
    busy = {"errorOutput": {"error": "Sqs.Busy", "cause": "too many cues"}}
    more: dict[str, Any] = {"input": '{"cue": 1}', "mock": busy, "inspectionLevel": "DEBUG"}
    first = answered(states, SEND, **more)
    assert (first["status"], "output" in first) == ("RETRIABLE", False)
    assert first["inspectionData"]["errorDetails"] == {"retryIndex": 0, "retryBackoffIntervalSeconds": 1}
    last = answered(states, SEND, stateConfiguration={"retrierRetryCount": 2}, **more)
    assert (last["status"], last["nextState"]) == ("CAUGHT_ERROR", "Shout")
    assert json.loads(last["output"]) == {"Error": "Sqs.Busy", "Cause": "too many cues"}
    assert last["inspectionData"]["errorDetails"] == {"retryIndex": 0, "catchIndex": 0}


def test_numbers_of_a_map_state_stay_numbers(states: Client) -> None:
    state = {
        "Type": "Map",
        "MaxConcurrency": 3,
        "End": True,
        "ItemProcessor": {"StartAt": "Call", "States": {"Call": {"Type": "Pass", "End": True}}},
    }
    found = answered(states, state, input="[1]", inspectionLevel="DEBUG", mock={"result": "[2]"})
    assert found["inspectionData"]["maxConcurrency"] == 3
    assert found["inspectionData"]["afterItemsPath"] == "[1]"


def test_refusals_carry_the_services_codes(states: Client) -> None:
    task = json.dumps({**SEND, "Parameters": {}})
    without_role = refused(states.test_state, definition=task)
    assert without_role.code == "ValidationException"
    assert without_role.message == "RoleArn must be specified when testing a Task state"
    code, message, _ = refused(states.test_state, definition='{"Type": "Wait", "End": true}')
    assert code == "InvalidDefinition"
    assert "SCHEMA_VALIDATION_FAILED" in message
    assert message.endswith("at /States/StateName'")
    assert refused(states.test_state, definition="{")[0] == "InvalidDefinition"
    wrong_input = refused(states.test_state, definition='{"Type": "Succeed"}', input="{")
    assert wrong_input[0] == "InvalidExecutionInput"


def test_who_may_only_run_is_given_mocks_and_no_work_of_their_own(server: Server) -> None:
    operator = colleague(server, "operator").client(server)
    definition = json.dumps(SEND)
    mock = {"result": "{}", "fieldValidationMode": "NONE"}
    assert operator.test_state(definition=definition, input='{"cue": 1}', mock=mock)["status"] == "SUCCEEDED"
    assert refused(operator.test_state, definition=definition, roleArn=ROLE)[0] == "AccessDeniedException"
    viewer = colleague(server, "viewer").client(server)
    assert refused(viewer.test_state, definition='{"Type": "Succeed"}')[0] == "AccessDeniedException"
