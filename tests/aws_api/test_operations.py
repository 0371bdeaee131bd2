"""Every operation of the service is there, and what is none is refused as the service refuses it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from runner.aws_api import protocol
from runner.aws_api.operations import registry
from tests.support.aws import Client
from tests.support.server import Server

from .asking import refused, result
from .conftest import ROLE, Make
from .raw import Request

EMPTY_REQUESTS = {
    # These need nothing, so an empty request is a good one.
    "ListActivities": 200,
    "ListStateMachines": 200,
}


def test_every_operation_of_the_service_is_there() -> None:
    assert registry.names() == protocol.operations().keys()


def test_an_operation_that_is_none_is_not_known(server: Server) -> None:
    for target in ("AWSStepFunctions.StartMachine", "StartExecution", "DynamoDB_20120810.GetItem", ""):
        answer = Request(target=target).sent(server)
        assert answer.status_code == 400, target
        assert answer.json()["__type"] == "UnknownOperationException", target


@pytest.mark.parametrize("operation", sorted(protocol.operations()))
def test_a_request_without_its_required_members_is_told_of_each(operation: str, server: Server) -> None:
    required = protocol.operations()[operation].input_shape.required_members

    answer = Request(target=f"AWSStepFunctions.{operation}").sent(server)

    if required:
        assert answer.status_code == 400
        assert answer.json()["__type"] == "ValidationException"
        for name in required:
            assert f"Value null at '{name}' failed to satisfy constraint" in answer.json()["message"]
    elif operation in EMPTY_REQUESTS:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/x-amz-json-1.0"
    assert answer.headers["x-amzn-requestid"]


def test_a_request_of_the_wrong_type_cannot_be_read(server: Server) -> None:
    for body in (b"{", b"[]", b'"text"', b'{"stateMachineArn": 7}', b'{"maxResults": "many"}', b"\xff"):
        answer = Request(target="AWSStepFunctions.ListExecutions", body=body).sent(server)
        assert (answer.status_code, answer.json()["__type"]) == (400, "SerializationException"), body


def test_all_that_breaks_a_bound_is_told_at_once(states: Client) -> None:
    refusal = refused(states.list_executions, stateMachineArn="x" * 300, maxResults=2000, statusFilter="GONE")

    assert (refusal.code, refusal.status) == ("ValidationException", 400)
    assert refusal.message.startswith("3 validation errors detected: ")
    for part in ("less than or equal to 256", "less than or equal to 1000", "satisfy enum value set"):
        assert part in refusal.message


def test_a_member_that_the_service_does_not_know_is_left_out(server: Server) -> None:
    answer = Request(target="AWSStepFunctions.ListStateMachines", body=b'{"colour": "amber"}').sent(server)

    assert answer.status_code == 200


def test_a_request_that_is_far_too_large_is_not_read(server: Server) -> None:
    body = b'{"name": "' + b"x" * (5 * 1024 * 1024) + b'"}'

    answer = Request(target="AWSStepFunctions.CreateActivity", body=body).sent(server)

    assert answer.status_code == 413


@pytest.mark.parametrize("piece", ["\ud800", "\x00"])
def test_what_no_database_takes_is_no_fault_of_the_server(
    states: Client, server: Server, machine: Make, piece: str
) -> None:
    arn = machine({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
    for operation, member in sorted(_text_members()):
        body = json.dumps({member: arn + piece}).encode()
        answer = Request(target=f"AWSStepFunctions.{operation}", body=body).sent(server)
        assert answer.status_code < 500, (operation, member, answer.text)
    text = json.dumps({"said": piece})
    execution = states.start_execution(stateMachineArn=arn, input=text)["executionArn"]
    assert json.loads(result(states, execution)["output"])["said"] in (piece, "?")


def _text_members() -> Iterator[tuple[str, str]]:
    for name, operation in protocol.operations().items():
        for member, shape in operation.input_shape.members.items():
            if shape.type_name == "string" and member not in ("nextToken", "type"):
                yield name, member


@pytest.mark.parametrize("depth", [900, 1_100, 100_000])
def test_texts_that_are_nested_too_deeply_are_refused(states: Client, depth: int) -> None:
    text = "[" * depth + "]" * depth
    assert refused(states.test_state, definition=text).code == "InvalidDefinition"


def test_a_list_of_nothing_but_null_is_too_short(server: Server) -> None:
    body = json.dumps({"name": "live", "routingConfiguration": [None]}).encode()
    answer = Request(target="AWSStepFunctions.CreateStateMachineAlias", body=body).sent(server)
    assert (answer.status_code, answer.json()["__type"]) == (400, "ValidationException")


def test_no_name_holds_the_character_that_no_database_takes(states: Client) -> None:
    named = {"StartAt": "a\x00b", "States": {"a\x00b": {"Type": "Succeed"}}}
    for name, definition, code in (("nul", named, "InvalidDefinition"), ("n\x00l", {}, "InvalidName")):
        refusal = refused(
            states.create_state_machine, name=name, definition=json.dumps(definition), roleArn=ROLE
        )
        assert refusal.code == code
