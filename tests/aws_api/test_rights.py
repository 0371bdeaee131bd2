"""Who may do what: every operation by role, and nothing of a workspace for the keys of another."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
import requests
from botocore.exceptions import ClientError

from people.rights import Role
from runner.aws_api import protocol
from tests.support.api import wait_for
from tests.support.aws import ACCESS_KEY_ID, SECRET_ACCESS_KEY, Client, client_of
from tests.support.server import Server

from .asking import FAIL, PASS, WAIT, result
from .conftest import ROLE
from .people import KeyPair, colleague, stranger, withdraw
from .raw import Request

JSON = Any

EVERYBODY = frozenset(Role)
WHO_RUN = frozenset({Role.OWNER, Role.EDITOR, Role.OPERATOR})
WHO_CHANGE = frozenset({Role.OWNER, Role.EDITOR})

WHO_MAY: dict[str, frozenset[Role]] = {
    "CreateActivity": WHO_CHANGE,
    "CreateStateMachine": WHO_CHANGE,
    "CreateStateMachineAlias": WHO_CHANGE,
    "DeleteActivity": WHO_CHANGE,
    "DeleteStateMachine": WHO_CHANGE,
    "DeleteStateMachineAlias": WHO_CHANGE,
    "DeleteStateMachineVersion": WHO_CHANGE,
    "DescribeActivity": EVERYBODY,
    "DescribeExecution": EVERYBODY,
    "DescribeMapRun": EVERYBODY,
    "DescribeStateMachine": EVERYBODY,
    "DescribeStateMachineAlias": EVERYBODY,
    "DescribeStateMachineForExecution": EVERYBODY,
    "GetActivityTask": WHO_RUN,
    "GetExecutionHistory": EVERYBODY,
    "ListActivities": EVERYBODY,
    "ListExecutions": EVERYBODY,
    "ListMapRuns": EVERYBODY,
    "ListStateMachineAliases": EVERYBODY,
    "ListStateMachineVersions": EVERYBODY,
    "ListStateMachines": EVERYBODY,
    "ListTagsForResource": EVERYBODY,
    "PublishStateMachineVersion": WHO_CHANGE,
    "RedriveExecution": WHO_RUN,
    "SendTaskFailure": WHO_RUN,
    "SendTaskHeartbeat": WHO_RUN,
    "SendTaskSuccess": WHO_RUN,
    "StartExecution": WHO_RUN,
    "StartSyncExecution": WHO_RUN,
    "StopExecution": WHO_RUN,
    "TagResource": WHO_CHANGE,
    "TestState": WHO_RUN,
    "UntagResource": WHO_CHANGE,
    "UpdateMapRun": WHO_RUN,
    "UpdateStateMachine": WHO_CHANGE,
    "UpdateStateMachineAlias": WHO_CHANGE,
    "ValidateStateMachineDefinition": EVERYBODY,
}


@pytest.fixture(scope="module")
def keys(server: Server) -> Mapping[Role, KeyPair]:
    """A key pair of somebody in each role."""
    return {role: colleague(server, role) for role in Role}


@pytest.fixture(scope="module")
def other(server: Server) -> KeyPair:
    """The key pair of the owner of another workspace."""
    return stranger(server)


def asked(server: Server, key: KeyPair, operation: str, request: JSON) -> requests.Response:
    return Request(
        target=f"AWSStepFunctions.{operation}",
        body=json.dumps(request).encode(),
        access_key_id=key.access_key_id,
        secret=key.secret,
    ).sent(server)


def test_the_table_has_every_operation() -> None:
    assert WHO_MAY.keys() == protocol.operations().keys()


@pytest.mark.parametrize("operation", sorted(WHO_MAY))
def test_an_operation_is_open_to_its_roles_and_closed_to_the_others(
    server: Server, keys: Mapping[Role, KeyPair], operation: str
) -> None:
    """An empty request tells enough: rights are asked for before anything else is looked at."""
    let_in = set()
    for role, key in keys.items():
        answer = asked(server, key, operation, {})
        if answer.ok or answer.json()["__type"] == "ValidationException":
            let_in.add(role)
        else:
            assert (answer.status_code, answer.json()["__type"]) == (400, "AccessDeniedException")
            assert f"not authorized to perform: states:{operation}" in answer.json()["message"]

    assert let_in == WHO_MAY[operation]


def test_who_may_not_see_data_sees_how_things_went(
    server: Server, states: Client, keys: Mapping[Role, KeyPair], name: str
) -> None:
    machine = states.create_state_machine(name=name, definition=json.dumps(PASS), roleArn=ROLE)
    started = states.start_execution(
        stateMachineArn=machine["stateMachineArn"], input='{"word": "swordfish"}'
    )
    result(states, started["executionArn"])
    reviewer = keys[Role.REVIEWER].client(server)

    described = reviewer.describe_execution(executionArn=started["executionArn"])
    history = reviewer.get_execution_history(executionArn=started["executionArn"])

    assert described["status"] == "SUCCEEDED"
    assert [event["type"] for event in history["events"]][-1] == "ExecutionSucceeded"
    assert "swordfish" not in json.dumps([described, history], default=str)


def test_outputs_that_a_trial_was_given_are_data(server: Server, keys: Mapping[Role, KeyPair]) -> None:
    api = server.api()
    task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True}
    text = json.dumps({"StartAt": "Work", "States": {"Work": task}})
    made = api.post("/api/workflows/", {"name": f"tried-{uuid.uuid4().hex[:12]}", "definition": text})
    trial = {"source": "draft", "trial": {"pins": {"Work": "secret words"}}}
    arn = api.post(f"/api/workflows/{made['id']}/executions/", trial)["arn"]
    seen = keys[Role.VIEWER].client(server).describe_state_machine_for_execution(executionArn=arn)
    assert "secret words" in seen["definition"]
    with pytest.raises(ClientError, match="see_data"):
        keys[Role.REVIEWER].client(server).describe_state_machine_for_execution(executionArn=arn)


def test_a_key_that_is_withdrawn_is_worth_nothing(server: Server, keys: Mapping[Role, KeyPair]) -> None:
    gone = colleague(server, Role.EDITOR)
    assert asked(server, gone, "ListStateMachines", {}).ok

    withdraw(server, gone)

    # What was true within the last second may be remembered for as long.
    last = wait_for(
        lambda: asked(server, gone, "ListStateMachines", {}), lambda answer: not answer.ok, seconds=5
    )
    assert last.json()["__type"] == "UnrecognizedClientException"


class Things:
    """One of each thing that an ARN can name."""

    def __init__(self, states: Client) -> None:
        mark = uuid.uuid4().hex[:8]
        made = states.create_state_machine(
            name=f"theirs-{mark}", definition=json.dumps(WAIT), roleArn=ROLE, publish=True
        )
        self.machine = made["stateMachineArn"]
        self.version = made["stateMachineVersionArn"]
        self.alias = states.create_state_machine_alias(
            name="live", routingConfiguration=[{"stateMachineVersionArn": self.version, "weight": 100}]
        )["stateMachineAliasArn"]
        self.execution = states.start_execution(stateMachineArn=self.machine)["executionArn"]
        self.express = self._machine(states, f"express-{mark}", PASS, type="EXPRESS")
        failing = self._machine(states, f"failing-{mark}", FAIL)
        self.failed = states.start_execution(stateMachineArn=failing)["executionArn"]
        result(states, self.failed)
        self.activity = states.create_activity(name=f"theirs-{mark}")["activityArn"]
        each = self._machine(states, f"mapping-{mark}", DISTRIBUTED)
        mapping = states.start_execution(stateMachineArn=each, input="[1, 2]")["executionArn"]
        result(states, mapping)
        self.mapping = mapping
        self.map_run = states.list_map_runs(executionArn=mapping)["mapRuns"][0]["mapRunArn"]

    @staticmethod
    def _machine(states: Client, name: str, definition: JSON, **more: str) -> str:
        made = states.create_state_machine(name=name, definition=json.dumps(definition), roleArn=ROLE, **more)
        return str(made["stateMachineArn"])


DISTRIBUTED: JSON = {
    "StartAt": "Each",
    "States": {
        "Each": {
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "One",
                "States": {"One": {"Type": "Pass", "End": True}},
            },
            "End": True,
        }
    },
}


@pytest.fixture(scope="module")
def things(server: Server) -> Things:
    return Things(client_of(server))


def requests_about(things: Things) -> dict[str, list[JSON]]:
    """Return, for each operation that takes an ARN, requests about what is there."""
    definition = json.dumps(PASS)
    return {
        "CreateStateMachineAlias": [
            {
                "name": "mine",
                "routingConfiguration": [{"stateMachineVersionArn": things.version, "weight": 100}],
            }
        ],
        "DeleteActivity": [{"activityArn": things.activity}],
        "DeleteStateMachine": [{"stateMachineArn": things.machine}],
        "DeleteStateMachineAlias": [{"stateMachineAliasArn": things.alias}],
        "DeleteStateMachineVersion": [{"stateMachineVersionArn": things.version}],
        "DescribeActivity": [{"activityArn": things.activity}],
        "DescribeExecution": [{"executionArn": things.execution}],
        "DescribeMapRun": [{"mapRunArn": things.map_run}],
        "DescribeStateMachine": [
            {"stateMachineArn": things.machine},
            {"stateMachineArn": things.version},
        ],
        "DescribeStateMachineAlias": [{"stateMachineAliasArn": things.alias}],
        "DescribeStateMachineForExecution": [{"executionArn": things.execution}],
        "GetActivityTask": [{"activityArn": things.activity}],
        "GetExecutionHistory": [{"executionArn": things.execution}],
        "ListExecutions": [
            {"stateMachineArn": things.machine},
            {"stateMachineArn": things.version},
            {"stateMachineArn": things.alias},
            {"mapRunArn": things.map_run},
        ],
        "ListMapRuns": [{"executionArn": things.mapping}],
        "ListStateMachineAliases": [
            {"stateMachineArn": things.machine},
            {"stateMachineArn": things.version},
        ],
        "ListStateMachineVersions": [{"stateMachineArn": things.machine}],
        "ListTagsForResource": [{"resourceArn": things.machine}, {"resourceArn": things.activity}],
        "PublishStateMachineVersion": [{"stateMachineArn": things.machine}],
        "RedriveExecution": [{"executionArn": things.failed}],
        "StartExecution": [
            {"stateMachineArn": things.machine},
            {"stateMachineArn": things.version},
            {"stateMachineArn": things.alias},
        ],
        "StartSyncExecution": [{"stateMachineArn": things.express}],
        "StopExecution": [{"executionArn": things.execution}],
        "TagResource": [
            {"resourceArn": arn, "tags": [{"key": "mine", "value": "yes"}]}
            for arn in (things.machine, things.activity)
        ],
        "UntagResource": [
            {"resourceArn": arn, "tagKeys": ["mine"]} for arn in (things.machine, things.activity)
        ],
        "UpdateMapRun": [{"mapRunArn": things.map_run, "maxConcurrency": 1}],
        "UpdateStateMachine": [{"stateMachineArn": things.machine, "definition": definition}],
        "UpdateStateMachineAlias": [{"stateMachineAliasArn": things.alias, "description": "mine"}],
    }


# They take no ARN: some name what they make, some list what is the caller's own, two are told a token.
WITHOUT_AN_ARN = {
    *("CreateActivity", "CreateStateMachine", "ListActivities", "ListStateMachines"),
    *("SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess"),
    *("TestState", "ValidateStateMachineDefinition"),
}


def test_the_crawl_asks_every_operation_that_takes_an_arn(things: Things) -> None:
    assert requests_about(things).keys() | WITHOUT_AN_ARN == protocol.operations().keys()


def test_what_the_crawl_asks_about_is_there_for_those_whose_it_is(server: Server, things: Things) -> None:
    mine = KeyPair(ACCESS_KEY_ID, SECRET_ACCESS_KEY)

    for operation, each in requests_about(things).items():
        if operation.startswith(("Describe", "List", "GetExecutionHistory")):
            for request in each:
                assert asked(server, mine, operation, request).ok, request


@pytest.mark.parametrize("operation", sorted(protocol.operations().keys() - WITHOUT_AN_ARN))
def test_what_is_of_another_workspace_is_answered_as_what_does_not_exist(
    server: Server, things: Things, other: KeyPair, operation: str
) -> None:
    for request in requests_about(things)[operation]:
        text = json.dumps(request)
        never = text
        for part in ("theirs", "express", "failing", "mapping"):
            never = never.replace(f":{part}-", f":nobody-{part}-")

        about_theirs = asked(server, other, operation, json.loads(text))
        about_nothing = asked(server, other, operation, json.loads(never))

        assert never != text
        assert about_theirs.status_code == about_nothing.status_code, about_theirs.text
        assert about_theirs.text.replace("nobody-", "") == about_nothing.text.replace("nobody-", "")
        # With the caller's own account number in it, the ARN names nothing either.
        own = json.loads(text.replace(":123456789012:", ":210987654321:"))
        answer = asked(server, other, operation, own)
        assert answer.status_code == about_nothing.status_code
        assert answer.json().get("__type") == about_nothing.json().get("__type")


def test_what_another_workspace_asked_for_changed_nothing(
    server: Server, things: Things, other: KeyPair, states: Client
) -> None:
    for operation, each in requests_about(things).items():
        for request in each:
            asked(server, other, operation, request)

    assert states.describe_execution(executionArn=things.execution)["status"] == "RUNNING"
    assert states.describe_execution(executionArn=things.failed)["redriveCount"] == 0
    machine = states.describe_state_machine(stateMachineArn=things.machine)
    assert (machine["status"], json.loads(machine["definition"])) == ("ACTIVE", WAIT)
    aliases = states.list_state_machine_aliases(stateMachineArn=things.machine)["stateMachineAliases"]
    assert [alias["stateMachineAliasArn"] for alias in aliases] == [things.alias]
    assert (
        len(states.list_state_machine_versions(stateMachineArn=things.machine)["stateMachineVersions"]) == 1
    )
    assert len(states.list_executions(stateMachineArn=things.machine)["executions"]) == 1
    assert states.list_tags_for_resource(resourceArn=things.machine)["tags"] == []
    assert states.describe_activity(activityArn=things.activity)["activityArn"] == things.activity


def test_lists_are_of_ones_own_workspace(server: Server, things: Things, other: KeyPair) -> None:
    theirs = other.client(server)
    mine = theirs.create_state_machine(name="mine", definition=json.dumps(PASS), roleArn=ROLE)
    activity = theirs.create_activity(name="mine")

    assert mine["stateMachineArn"] == "arn:aws:states:us-east-1:210987654321:stateMachine:mine"
    machines = theirs.list_state_machines()["stateMachines"]
    assert [row["stateMachineArn"] for row in machines] == [mine["stateMachineArn"]]
    activities = theirs.list_activities()["activities"]
    assert [row["activityArn"] for row in activities] == [activity["activityArn"]]


def test_a_page_of_one_workspace_is_no_page_of_another(
    server: Server, things: Things, other: KeyPair, states: Client
) -> None:
    token = states.list_state_machines(maxResults=1)["nextToken"]

    answer = asked(server, other, "ListStateMachines", {"nextToken": token})

    assert answer.json()["__type"] == "InvalidToken"


def test_a_task_token_is_worth_nothing_in_another_workspace(
    server: Server, states: Client, other: KeyPair, name: str
) -> None:
    activity = states.create_activity(name=name)["activityArn"]
    machine = states.create_state_machine(
        name=name,
        definition=json.dumps(
            {"StartAt": "Do", "States": {"Do": {"Type": "Task", "Resource": activity, "End": True}}}
        ),
        roleArn=ROLE,
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    token = states.get_activity_task(activityArn=activity)["taskToken"]

    for operation, more in (
        ("SendTaskSuccess", {"output": "{}"}),
        ("SendTaskFailure", {"error": "Mine"}),
        ("SendTaskHeartbeat", {}),
    ):
        answer = asked(server, other, operation, {"taskToken": token, **more})
        assert (answer.status_code, answer.json()["__type"]) == (400, "TaskDoesNotExist"), operation
    assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
    states.send_task_success(taskToken=token, output='"done"')
    assert result(states, execution)["output"] == '"done"'
