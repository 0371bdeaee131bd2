"""`.sync` states of AWS services: a job is started, and asked for until it has ended."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from runner.integrations import registry
from runner.integrations.aws_sdk.actions import action_named
from runner.integrations.aws_sdk.jobs import FIRST_SECONDS, LONGEST_SECONDS
from runner.integrations.aws_sdk.optimised import TABLE, Optimised
from runner.integrations.interface import Connection, Failed, Outcome, Submitted, Succeeded

from .endpoint import Endpoint
from .ports import Connections, Desk, MakeDesk

STATES = "arn:aws:states:::"
CLOUD = {"RoleArn": "arn:cuelight:states:::connection:cloud"}


def cloud_at(url: str) -> Connection:
    secret = {"access_key_id": "AKIAEXAMPLE", "secret_access_key": "s"}
    return Connection("cloud", "aws", url, (), secret=secret, settings={"region": "us-east-1"})


@pytest.fixture
def desk(make_desk: MakeDesk, endpoint: Endpoint) -> Desk:
    """A desk whose AWS is the endpoint of the test."""
    desk = make_desk(endpoint.host)
    desk.connections = Connections(cloud_at(endpoint.url))
    return desk


@pytest.mark.parametrize(("resource", "row"), TABLE.items(), ids=TABLE)
def test_every_form_names_actions_and_members_that_aws_has(resource: str, row: Optimised) -> None:
    action = action_named(row.service, row.action)
    assert action is not None, resource
    for theirs, _ in row.renamed.values():
        assert theirs in action.input.members
    assert not row.answers or set(row.answers) <= set(action.output.members)
    if row.job is None:
        return
    describe = action_named(row.service, row.job.describe)
    assert describe is not None
    assert set(row.job.given) <= set(describe.input.members)
    record = describe.output
    for step in (*row.job.record, *row.job.status):
        record = record.member if isinstance(step, int) else record.members[step]
    assert not record.enum or row.job.succeeded | row.job.failed <= set(record.enum)


@pytest.mark.parametrize(
    ("resource", "known", "runs"),
    [
        ("batch:submitJob.sync", True, True),
        ("batch:submitJob.sync:2", False, False),
        ("dynamodb:getItem.waitForTaskToken", False, False),
        ("sqs:sendMessage.waitForTaskToken", True, True),
        ("apigateway:invoke.waitForTaskToken", True, True),
        ("eks:runJob.sync", True, False),
        ("aws-sdk:lookoutvision:startModel", True, False),
        ("glue:deleteJob", False, False),
    ],
)
def test_what_may_be_named_and_what_runs_here(resource: str, known: bool, runs: bool) -> None:
    assert (registry.known(STATES + resource), registry.runs(STATES + resource)) == (known, runs)


def test_partition_region_and_account_say_nothing_about_who_answers() -> None:
    for place in ("arn:aws:states:us-east-1:123456789012:", "arn:aws-cn:states:::"):
        assert registry.known(f"{place}aws-sdk:s3:getObject")
        assert registry.known(f"{place}batch:submitJob.sync")
    assert registry.known("arn:aws:states:us-east-1:123456789012:activity:pack")


async def polled(desk: Desk, resource: str, arguments: Any, poll: Any) -> Outcome:
    return await desk.start(resource, arguments, credentials=CLOUD, poll=poll)


async def test_a_job_is_asked_for_until_it_has_ended(desk: Desk, endpoint: Endpoint) -> None:
    resource = f"{STATES}batch:submitJob.sync"
    arguments = {"JobName": "bake", "JobQueue": "oven", "JobDefinition": "bread:1"}
    job = {"jobName": "bake", "jobId": "j-1"}

    def described(status: str) -> dict[str, Any]:
        return {"json": {"jobs": [{**job, "status": status, "jobQueue": "oven", "startedAt": 1}]}}

    endpoint.will({"json": {**job, "jobArn": "arn:j"}}, described("RUNNING"), described("SUCCEEDED"))
    first = await desk.start(resource, arguments, credentials=CLOUD)
    assert isinstance(first, Submitted)
    assert (first.output["JobId"], first.output["SdkHttpMetadata"]["HttpStatusCode"]) == ("j-1", 200)
    assert first.poll_after_seconds == FIRST_SECONDS
    second = await polled(desk, resource, arguments, first.poll)
    assert isinstance(second, Submitted)
    assert FIRST_SECONDS < (second.poll_after_seconds or 0) <= LONGEST_SECONDS
    assert json.loads(endpoint.last.body) == {"jobs": ["j-1"]}
    third = await polled(desk, resource, arguments, second.poll)
    assert isinstance(third, Succeeded)
    assert third.output["Status"] == "SUCCEEDED"
    assert third.output["JobQueue"] == "oven"


async def test_a_job_that_fails_fails_the_state_with_its_description(desk: Desk, endpoint: Endpoint) -> None:
    resource = f"{STATES}glue:startJobRun.sync"
    endpoint.will(
        {"json": {"JobRunId": "r-1"}},
        {"json": {"JobRun": {"Id": "r-1", "JobRunState": "FAILED", "ErrorMessage": "no flour"}}},
    )
    first = await desk.start(resource, {"JobName": "bake"}, credentials=CLOUD)
    assert isinstance(first, Submitted)
    failed = await polled(desk, resource, {"JobName": "bake"}, first.poll)
    assert isinstance(failed, Failed)
    assert failed.error == "States.TaskFailed"
    assert json.loads(failed.cause)["ErrorMessage"] == "no flour"


async def test_a_container_that_exits_badly_fails_the_state(desk: Desk, endpoint: Endpoint) -> None:
    resource = f"{STATES}ecs:runTask.sync"
    arguments = {"TaskDefinition": "bread", "Cluster": "oven"}
    task = {"taskArn": "arn:t", "lastStatus": "STOPPED", "containers": [{"exitCode": 3}]}
    endpoint.will({"json": {"tasks": [{"taskArn": "arn:t"}]}}, {"json": {"tasks": [task]}})
    first = await desk.start(resource, arguments, credentials=CLOUD)
    assert isinstance(first, Submitted)
    failed = await polled(desk, resource, arguments, first.poll)
    assert json.loads(endpoint.last.body) == {"tasks": ["arn:t"], "cluster": "oven"}
    assert isinstance(failed, Failed)
    assert json.loads(failed.cause)["Containers"] == [{"ExitCode": 3}]


async def test_what_is_to_be_deleted_succeeds_when_it_is_gone(desk: Desk, endpoint: Endpoint) -> None:
    resource = f"{STATES}eks:deleteCluster.sync"
    gone = {
        "status": 404,
        "json": {"message": "No cluster"},
        "headers": {"x-amzn-ErrorType": "ResourceNotFoundException"},
    }
    endpoint.will({"json": {"cluster": {"name": "oven", "status": "DELETING"}}}, gone)
    first = await desk.start(resource, {"Name": "oven"}, credentials=CLOUD)
    assert isinstance(first, Submitted)
    assert isinstance(await polled(desk, resource, {"Name": "oven"}, first.poll), Succeeded)


async def test_emr_takes_its_own_names_and_gives_them_back(desk: Desk, endpoint: Endpoint) -> None:
    resource = f"{STATES}elasticmapreduce:addStep.sync"
    arguments = {"ClusterId": "j-1", "Step": {"Name": "knead", "HadoopJarStep": {"Jar": "x"}}}
    endpoint.will(
        {"json": {"StepIds": ["s-1"]}},
        {"json": {"Step": {"Id": "s-1", "Status": {"State": "COMPLETED"}}}},
    )
    first = await desk.start(resource, arguments, credentials=CLOUD)
    assert isinstance(first, Submitted), first
    assert first.output["StepId"] == "s-1"
    assert json.loads(endpoint.last.body)["JobFlowId"] == "j-1"
    done = await polled(desk, resource, arguments, first.poll)
    assert json.loads(endpoint.last.body) == {"ClusterId": "j-1", "StepId": "s-1"}
    assert isinstance(done, Succeeded)
    assert (done.output["StepId"], done.output["Step"]["Status"]["State"]) == ("s-1", "COMPLETED")


async def test_a_real_service_runs_a_query_to_its_end(make_desk: MakeDesk, moto_url: str) -> None:
    desk = make_desk(urlsplit(moto_url).netloc)
    desk.connections = Connections(cloud_at(moto_url))
    resource = f"{STATES}athena:startQueryExecution.sync"
    arguments = {
        "QueryString": "SELECT 1",
        "ResultConfiguration": {"OutputLocation": "s3://results/"},
    }
    first = await desk.start(resource, arguments, credentials=CLOUD)
    assert isinstance(first, Submitted), first
    outcome = first
    for _ in range(5):
        outcome = await polled(desk, resource, arguments, outcome.poll)  # type: ignore[assignment]
        if not isinstance(outcome, Submitted):
            break
    assert isinstance(outcome, Succeeded), outcome
    assert outcome.output["QueryExecution"]["Status"]["State"] == "SUCCEEDED"


async def test_an_api_behind_the_gateway_is_called(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"json": {"pets": 2}})
    outcome = await desk.start(
        f"{STATES}apigateway:invoke",
        {
            "ApiEndpoint": endpoint.url,
            "Method": "POST",
            "Stage": "prod",
            "Path": "/pets/big ones",
            "Headers": {"X-Trace": ["a", "b"]},
            "QueryParameters": {"kind": ["cat", "dog"]},
            "RequestBody": {"name": "Rex", "owner": None},
        },
    )
    assert isinstance(outcome, Succeeded), outcome
    assert outcome.output["ResponseBody"] == {"pets": 2}
    assert (outcome.output["StatusCode"], outcome.output["StatusText"]) == (200, "OK")
    got = endpoint.last
    assert (got.method, got.path, got.query) == ("POST", "/prod/pets/big ones", "kind=cat&kind=dog")
    assert (got.headers["X-Trace"], got.body) == ("a,b", '{"name":"Rex"}')
    assert "Authorization" not in got.headers


async def test_a_call_to_the_gateway_is_signed_with_the_states_connection(
    desk: Desk, endpoint: Endpoint
) -> None:
    arguments = {"ApiEndpoint": endpoint.url, "Method": "GET", "AuthType": "IAM_ROLE"}
    outcome = await desk.start(f"{STATES}apigateway:invoke", arguments, credentials=CLOUD)
    assert isinstance(outcome, Succeeded), outcome
    signed = endpoint.last.headers["Authorization"]
    assert signed.startswith("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/")
    assert "/us-east-1/execute-api/aws4_request" in signed


async def test_an_answer_of_the_gateway_that_is_no_success_fails(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"status": 404, "json": {"message": "no such pet"}})
    arguments = {"ApiEndpoint": endpoint.url, "Method": "GET"}
    outcome = await desk.start(f"{STATES}apigateway:invoke", arguments)
    assert outcome == Failed("ApiGateway.404", '{"message": "no such pet"}')


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"Method": "GET"}, 'The field "ApiEndpoint" is required'),
        ({"ApiEndpoint": "x.example", "Method": "FETCH"}, 'The field "Method" must be one of'),
        ({"ApiEndpoint": "x.example", "Method": "GET", "Headers": {"Host": "y"}}, 'The header "Host"'),
    ],
)
async def test_what_the_gateway_form_refuses(desk: Desk, arguments: Any, reason: str) -> None:
    outcome = await desk.start(f"{STATES}apigateway:invoke", arguments)
    assert isinstance(outcome, Failed)
    assert outcome.error == "States.Runtime"
    assert reason in outcome.cause
