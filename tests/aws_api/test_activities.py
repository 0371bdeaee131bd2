"""Activities as their workers use them, through boto3 and a running server."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ReadTimeoutError

from tests.support.api import wait_for
from tests.support.server import Server

from .conftest import Client, Make, client_of

GREETING = {"name": "Anna"}


@pytest.fixture
def activity(states: Client) -> str:
    return str(states.create_activity(name=f"greet-{uuid.uuid4().hex[:8]}")["activityArn"])


def greets(activity: str, **more: Any) -> dict[str, Any]:
    return {
        "StartAt": "Greet",
        "States": {"Greet": {"Type": "Task", "Resource": activity, "End": True, **more}},
    }


def started(states: Client, machine: str, value: Any = GREETING) -> str:
    return str(states.start_execution(stateMachineArn=machine, input=json.dumps(value))["executionArn"])


def ended(states: Client, execution: str) -> Any:
    return wait_for(
        lambda: states.describe_execution(executionArn=execution),
        lambda found: found["status"] != "RUNNING",
        20,
    )


def types(states: Client, execution: str) -> list[str]:
    events = states.get_execution_history(executionArn=execution)["events"]
    return [event["type"] for event in events]


def refused(call: Any, **request: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as refusal:
        call(**request)
    error = refusal.value.response["Error"]
    return error["Code"], error["Message"]


def test_an_activity_is_made_once_described_listed_and_deleted(states: Client) -> None:
    name = f"a.b_c-{uuid.uuid4().hex[:8]}"
    made = states.create_activity(name=name, tags=[{"key": "team", "value": "blue"}])
    assert states.create_activity(name=name)["creationDate"] == made["creationDate"]
    arn = made["activityArn"]
    described = states.describe_activity(activityArn=arn)
    assert described["name"] == name
    assert described["encryptionConfiguration"] == {"type": "AWS_OWNED_KEY"}
    assert states.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "team", "value": "blue"}]
    pages = states.get_paginator("list_activities").paginate(PaginationConfig={"PageSize": 1})
    assert name in [activity["name"] for page in pages for activity in page["activities"]]
    states.delete_activity(activityArn=arn)
    states.delete_activity(activityArn=arn)
    gone = ("ActivityDoesNotExist", f"Activity Does Not Exist: '{arn}'")
    assert refused(states.describe_activity, activityArn=arn) == gone
    assert refused(states.get_activity_task, activityArn=arn) == gone


@pytest.mark.parametrize("name", ["two words", "dollar$", "\x00nul", "del\x7f", "a{b", 'a"b'])
def test_a_name_that_an_arn_cannot_hold_is_refused(states: Client, name: str) -> None:
    assert refused(states.create_activity, name=name) == ("InvalidName", f"Invalid Name: '{name}'")


def test_what_is_no_arn_of_an_activity_is_refused(states: Client) -> None:
    said = ("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: no_an_activity_arn'")
    assert refused(states.describe_activity, activityArn="no_an_activity_arn") == said


def test_a_worker_takes_a_task_and_answers(states: Client, machine: Make, activity: str) -> None:
    execution = started(states, machine(greets(activity, TimeoutSeconds=60, HeartbeatSeconds=30)))
    task = states.get_activity_task(activityArn=activity, workerName="anna")
    assert json.loads(task["input"]) == GREETING
    states.send_task_heartbeat(taskToken=task["taskToken"])
    states.send_task_success(taskToken=task["taskToken"], output='"Hello Anna"')
    assert ended(states, execution)["output"] == '"Hello Anna"'
    history = states.get_execution_history(executionArn=execution)["events"]
    assert [event["type"] for event in history[2:5]] == [
        "ActivityScheduled", "ActivityStarted", "ActivitySucceeded",
    ]  # fmt: skip
    assert history[2]["activityScheduledEventDetails"]["heartbeatInSeconds"] == 30
    assert history[3]["activityStartedEventDetails"] == {"workerName": "anna"}
    late = ("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
    assert refused(states.send_task_heartbeat, taskToken=task["taskToken"]) == late
    assert refused(states.send_task_success, taskToken=task["taskToken"], output="1") == late


def test_a_poll_that_waits_is_answered_when_the_task_comes(
    states: Client, machine: Make, activity: str
) -> None:
    arn = machine(greets(activity))
    with ThreadPoolExecutor(5) as pool:
        polls = [pool.submit(states.get_activity_task, activityArn=activity) for _ in range(5)]
        for number in range(5):
            started(states, arn, {"n": number})
        tasks = [poll.result(timeout=20) for poll in polls]
    assert sorted(json.loads(task["input"])["n"] for task in tasks) == [0, 1, 2, 3, 4]
    assert len({task["taskToken"] for task in tasks}) == 5


def test_a_failure_is_caught_by_its_name(states: Client, machine: Make, activity: str) -> None:
    catch = [{"ErrorEquals": ["NoVoice"], "Next": "Whisper"}]
    definition = greets(activity, Catch=catch)
    definition["States"]["Whisper"] = {"Type": "Pass", "End": True}
    execution = started(states, machine(definition))
    task = states.get_activity_task(activityArn=activity)
    states.send_task_failure(taskToken=task["taskToken"], error="NoVoice", cause="a cold")
    assert json.loads(ended(states, execution)["output"]) == {"Error": "NoVoice", "Cause": "a cold"}


def test_a_worker_that_says_nothing_runs_out_of_time(states: Client, machine: Make, activity: str) -> None:
    execution = started(states, machine(greets(activity, TimeoutSeconds=1)))
    token = states.get_activity_task(activityArn=activity, workerName="anna")["taskToken"]
    failed = ended(states, execution)
    assert (failed["status"], failed["error"]) == ("FAILED", "States.Timeout")
    assert types(states, execution)[-3:] == ["ActivityStarted", "ActivityTimedOut", "ExecutionFailed"]
    assert refused(states.send_task_success, taskToken=token, output="1")[0] == "TaskTimedOut"


def test_a_client_that_hangs_up_while_it_polls_loses_no_task(
    server: Server, states: Client, machine: Make, activity: str
) -> None:
    hasty = client_of(
        server, config=Config(read_timeout=0.2, retries={"max_attempts": 0}, inject_host_prefix=False)
    )
    for _ in range(5):
        with pytest.raises(ReadTimeoutError):
            hasty.get_activity_task(activityArn=activity, workerName="hasty")
    execution = started(states, machine(greets(activity)))
    task = states.get_activity_task(activityArn=activity, workerName="patient")
    states.send_task_success(taskToken=task["taskToken"], output="{}")
    assert ended(states, execution)["status"] == "SUCCEEDED"
    history = states.get_execution_history(executionArn=execution)["events"]
    workers = [e["activityStartedEventDetails"] for e in history if "activityStartedEventDetails" in e]
    assert workers == [{"workerName": "patient"}]


def test_an_activity_that_was_deleted_fails_what_needs_it(
    states: Client, machine: Make, activity: str
) -> None:
    arn = machine(greets(activity))
    states.delete_activity(activityArn=activity)
    failed = ended(states, execution := started(states, arn))
    assert (failed["status"], failed["error"]) == ("FAILED", "States.Runtime")
    assert failed["cause"] == f"Activity Does Not Exist: '{activity}'"
    assert types(states, execution)[-2:] == ["ActivityScheduleFailed", "ExecutionFailed"]


def test_answers_that_cannot_be_are_refused(states: Client, machine: Make, activity: str) -> None:
    started(states, machine(greets(activity)))
    token = states.get_activity_task(activityArn=activity)["taskToken"]
    assert refused(states.send_task_success, taskToken="nonsense", output="1") == (
        "InvalidToken", "Invalid Token: 'Invalid token'",
    )  # fmt: skip
    assert refused(states.send_task_success, taskToken=token, output="{")[0] == "InvalidOutput"
    code, message = refused(states.send_task_success, taskToken="a" * 2_049, output="1")
    assert code == "ValidationException"
    assert "2048" in message
    states.send_task_success(taskToken=token, output="1")
