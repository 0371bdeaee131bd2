"""Any action of AWS, against moto's server."""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import urlsplit

import pytest

from runner.integrations import registry
from runner.integrations.aws_call import pascal
from runner.integrations.aws_sdk.actions import service_named
from runner.integrations.aws_sdk.shapes import pascal_member
from runner.integrations.interface import Connection, Failed, Submitted, Succeeded

from .ports import Connections, Desk, MakeDesk

SDK = "arn:aws:states:::aws-sdk:"
CLOUD = {"RoleArn": "arn:cuelight:states:::connection:cloud"}


@pytest.fixture
def cloud(moto_url: str) -> Connection:
    return Connection(
        "cloud",
        "aws",
        moto_url,
        (),
        secret={"access_key_id": "AKIAEXAMPLE", "secret_access_key": "s"},
        settings={"region": "us-east-1"},
    )


@pytest.fixture
def desk(make_desk: MakeDesk, moto_url: str, cloud: Connection) -> Desk:
    desk = make_desk(urlsplit(moto_url).netloc)
    desk.connections = Connections(cloud)
    return desk


async def done(desk: Desk, resource: str, arguments: Any) -> Any:
    outcome = await desk.start(resource, arguments, credentials=CLOUD)
    assert isinstance(outcome, Succeeded), outcome
    return outcome.output


async def failed(desk: Desk, resource: str, arguments: Any) -> Failed:
    outcome = await desk.start(resource, arguments, credentials=CLOUD)
    assert isinstance(outcome, Failed), outcome
    return outcome


async def test_an_object_goes_to_s3_and_comes_back(desk: Desk) -> None:
    await done(desk, f"{SDK}s3:createBucket", {"Bucket": "bees"})
    put = await done(desk, f"{SDK}s3:putObject", {"Bucket": "bees", "Key": "a/b.json", "Body": {"hives": 6}})
    assert put["ETag"]
    got = await done(desk, f"{SDK}s3:getObject", {"Bucket": "bees", "Key": "a/b.json"})
    assert got["Body"] == '{"hives":6}'
    assert got["LastModified"].endswith("Z")
    listed = await done(desk, f"{SDK}s3:listObjectsV2", {"Bucket": "bees", "Prefix": "a/"})
    assert [item["Key"] for item in listed["Contents"]] == ["a/b.json"]


async def test_what_is_no_text_comes_back_as_base64(desk: Desk, cloud: Connection) -> None:
    await done(desk, f"{SDK}s3:createBucket", {"Bucket": "pictures"})
    client = desk.outbound.aws(cloud, "s3")
    client.put_object(Bucket="pictures", Key="p", Body=b"\xff\xd8\xff")
    got = await done(desk, f"{SDK}s3:getObject", {"Bucket": "pictures", "Key": "p"})
    assert got["Body"] == "/9j/"


async def test_an_error_is_named_as_the_service_names_it(desk: Desk) -> None:
    await done(desk, f"{SDK}s3:createBucket", {"Bucket": "empty"})
    failure = await failed(desk, f"{SDK}s3:getObject", {"Bucket": "empty", "Key": "gone"})
    assert failure.error == "S3.NoSuchKeyException"
    assert "(Service: S3, Status Code: 404, Request ID: " in failure.cause
    failure = await failed(desk, f"{SDK}dynamodb:getItem", {"TableName": "gone", "Key": {"id": {"S": "1"}}})
    assert failure.error == "DynamoDb.ResourceNotFoundException"
    failure = await failed(desk, f"{SDK}sqs:getQueueUrl", {"QueueName": "gone"})
    assert failure.error == "Sqs.QueueDoesNotExistException"


async def test_an_item_goes_to_dynamodb_and_comes_back(desk: Desk) -> None:
    table = {
        "TableName": "hives",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    }
    created = await done(desk, f"{SDK}dynamodb:createTable", table)
    assert created["TableDescription"]["TableName"] == "hives"
    item = {"id": {"S": "roof"}, "kilos": {"N": "25"}, "calm": {"BOOL": True}}
    await done(desk, "arn:aws:states:::dynamodb:putItem", {"TableName": "hives", "Item": item})
    got = await done(
        desk, "arn:aws:states:::dynamodb:getItem", {"TableName": "hives", "Key": {"id": {"S": "roof"}}}
    )
    assert got["Item"] == item
    got = await done(desk, f"{SDK}dynamodb:getItem", {"TableName": "hives", "Key": {"id": {"S": "roof"}}})
    assert got == {"Item": {**item, "calm": {"Bool": True}}}


async def test_an_optimised_form_has_its_own_error_names(desk: Desk) -> None:
    missing = {"TableName": "gone", "Key": {"id": {"S": "1"}}}
    failure = await failed(desk, "arn:aws:states:::dynamodb:getItem", missing)
    assert failure.error == "DynamoDB.ResourceNotFoundException"


async def test_an_object_is_sent_to_a_queue_as_json(desk: Desk) -> None:
    queue = await done(desk, f"{SDK}sqs:createQueue", {"QueueName": "work"})
    sent = await done(
        desk,
        "arn:aws:states:::sqs:sendMessage",
        {"QueueUrl": queue["QueueUrl"], "MessageBody": {"hive": 1}},
    )
    assert sent["MessageId"]
    assert sent["MD5OfMessageBody"]
    assert sent["SdkHttpMetadata"]["HttpStatusCode"] == 200
    got = await done(desk, f"{SDK}sqs:receiveMessage", {"QueueUrl": queue["QueueUrl"]})
    assert got["Messages"][0]["Body"] == '{"hive":1}'


async def test_a_message_is_published(desk: Desk) -> None:
    topic = await done(desk, f"{SDK}sns:createTopic", {"Name": "swarm"})
    arguments = {"TopicArn": topic["TopicArn"], "Message": "They fly"}
    assert (await done(desk, "arn:aws:states:::sns:publish", arguments))["MessageId"]
    gone = {"TopicArn": "arn:aws:sns:us-east-1:123456789012:gone", "Message": "x"}
    assert (await failed(desk, "arn:aws:states:::sns:publish", gone)).error == "SNS.NotFoundException"


async def test_a_callback_submits_and_the_token_brings_the_result(desk: Desk) -> None:
    queue = await done(desk, f"{SDK}sqs:createQueue", {"QueueName": "callbacks"})
    outcome = await desk.start(
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        {"QueueUrl": queue["QueueUrl"], "MessageBody": {"token": "t"}},
        credentials=CLOUD,
    )
    assert isinstance(outcome, Submitted)
    assert outcome.output["MessageId"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"Bucket": "b"}, '"Key" is required but was missing'),
        ({"Bucket": "b", "Key": "k", "Colour": 1}, '"Colour" is not supported by Step Functions'),
        ({"bucket": "b", "Key": "k"}, '"bucket" is not supported by Step Functions'),
        ({"Bucket": 3, "Key": "k"}, '"Bucket" must be a string'),
    ],
)
async def test_arguments_are_checked_before_anything_is_sent(
    desk: Desk, arguments: dict[str, Any], reason: str
) -> None:
    failure = await failed(desk, f"{SDK}s3:getObject", arguments)
    assert failure.error == "States.Runtime"
    assert reason in failure.cause


async def test_only_a_connection_to_aws_lends_its_credentials(desk: Desk, cloud: Connection) -> None:
    desk.connections = Connections(dataclasses.replace(cloud, kind="http"))
    failure = await failed(desk, f"{SDK}s3:listBuckets", {})
    assert failure.error == "States.Permissions"


async def test_an_endpoint_that_is_not_permitted_is_not_called(
    make_desk: MakeDesk, cloud: Connection
) -> None:
    desk = make_desk()
    desk.connections = Connections(cloud)
    failure = await failed(desk, f"{SDK}s3:listBuckets", {})
    assert failure.error in ("States.Permissions", "S3.SdkClientException")
    assert "CUELIGHT_HTTP_ALLOW" in failure.cause


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("s3", "s3"),
        ("sfn", "stepfunctions"),
        ("cloudwatchlogs", "logs"),
        ("eventbridge", "events"),
        ("bedrockruntime", "bedrock-runtime"),
        ("secretsmanager", "secretsmanager"),
        ("elasticloadbalancingv2", "elbv2"),
        ("nosuchthing", None),
    ],
)
def test_services_are_written_as_step_functions_writes_them(written: str, ours: str | None) -> None:
    assert service_named(written) == ours


@pytest.mark.parametrize(
    ("resource", "known"),
    [
        (f"{SDK}s3:getObject", True),
        (f"{SDK}s3:getObject.waitForTaskToken", True),
        (f"{SDK}s3:GetObject", False),
        (f"{SDK}s3:getObject.sync", False),
        (f"{SDK}s3:fetchObject", False),
        (f"{SDK}s4:getObject", False),
        (f"{SDK}bedrockruntime:converseStream", False),
    ],
)
def test_an_action_is_known_by_botocores_model(resource: str, known: bool) -> None:
    assert registry.known(resource) is known


@pytest.mark.parametrize(
    ("service_id", "prefix"),
    [
        ("DynamoDB", "DynamoDb"),
        ("SFN", "Sfn"),
        ("S3", "S3"),
        ("Secrets Manager", "SecretsManager"),
        ("EC2", "Ec2"),
    ],
)
def test_errors_begin_with_the_service_as_java_spells_it(service_id: str, prefix: str) -> None:
    assert pascal(service_id) == prefix


@pytest.mark.parametrize(
    ("member", "shown"),
    [
        ("jobName", "JobName"),
        ("DBInstances", "DbInstances"),
        ("ETag", "ETag"),
        ("ACL", "Acl"),
        ("SSEKMSKeyId", "SsekmsKeyId"),
        ("ChecksumCRC32", "ChecksumCRC32"),
        ("Key", "Key"),
    ],
)
def test_members_are_shown_in_pascal_case(member: str, shown: str) -> None:
    assert pascal_member(member) == shown
