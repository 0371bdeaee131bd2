"""Mocked results, held against botocore's models of the APIs."""

from __future__ import annotations

from typing import Any

import pytest

from runner.integrations.mock_schema import MockRefused, check

QUEUE = "arn:aws:states:::sqs:sendMessage"
TABLE = "arn:aws:states:::aws-sdk:dynamodb:describeTable"
CHILD = "arn:aws:states:::states:startExecution"


@pytest.mark.parametrize(
    ("resource", "result"),
    [
        (QUEUE, {"MessageId": "m-1", "MD5OfMessageBody": "abc"}),
        (QUEUE, {"SdkHttpMetadata": {"HttpStatusCode": 200}, "Sdk": "what no model knows is let pass"}),
        (TABLE, {"Table": {"TableStatus": "ACTIVE", "ItemCount": 3, "KeySchema": None}}),
        (CHILD, {"ExecutionArn": "arn:anything", "StartDate": "2026-01-02T03:04:05Z"}),
        (f"{CHILD}.sync:2", {"ExecutionArn": "a", "StateMachineArn": "m", "Status": "SUCCEEDED",
                             "StartDate": "now", "Output": {"as": "JSON"}}),
        ("arn:aws:states:::lambda:invoke", {"StatusCode": 200, "Payload": [1, 2]}),
        ("arn:aws:states:::bedrock:invokeModel", {"Body": {"text": "hello"}, "ContentType": "text/plain"}),
        # Whoever holds the token answers as they like, and so does what has no API.
        (f"{QUEUE}.waitForTaskToken", ["anything"]),
        ("arn:aws:states:::ecs:runTask.sync", "anything"),
        ("arn:aws:states:::http:invoke", 7),
        ("arn:aws:lambda:us-east-1:123456789012:function:f", "anything"),
        ("arn:cuelight:states:::model:invoke", {"text": 7}),
    ],
)  # fmt: skip
def test_a_result_that_the_api_could_give_is_taken(resource: str, result: Any) -> None:
    check(resource, result, required=True)


@pytest.mark.parametrize(
    ("resource", "result", "said"),
    [
        (QUEUE, {"MessageId": 7}, "Field 'MessageId' must be a string"),
        (TABLE, {"Table": []}, "Field 'Table' must be an object"),
        (TABLE, {"Table": {"KeySchema": {}}}, "Field 'KeySchema' must be an array"),
        (TABLE, {"Table": {"ItemCount": "3"}}, "Field 'ItemCount' must be a number"),
        (TABLE, {"Table": {"ItemCount": True}}, "Field 'ItemCount' must be a number"),
        (TABLE, {"Table": {"DeletionProtectionEnabled": "no"}}, "must be a boolean"),
        (TABLE, {"Table": {"TableStatus": "SLEEPING"}}, "'TableStatus' is not an expected value"),
        (TABLE, {"Table": {"CreationDateTime": 1}}, "Field 'CreationDateTime' must be a string"),
        (TABLE, {"Table": {"TableName": ""}}, "'TableName' is smaller than the minimum length"),
        (TABLE, {"Table": {"TableName": "n" * 1025}}, "'TableName' exceeds the maximum length"),
        (
            TABLE,
            {"Table": {"ProvisionedThroughput": {"NumberOfDecreasesToday": 0}}},
            "'NumberOfDecreasesToday' is smaller than the minimum value",
        ),
        (f"{CHILD}.sync", {"Output": {"as": "JSON"}}, "Field 'Output' must be a string"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_named(resource: str, result: Any, said: str) -> None:
    with pytest.raises(MockRefused, match=said):
        check(resource, result, required=False)


def test_what_the_api_always_gives_must_be_there_only_where_it_is_asked_for() -> None:
    check(CHILD, {}, required=False)
    with pytest.raises(MockRefused, match="Required field 'ExecutionArn' is missing"):
        check(CHILD, {"executionArn": "in the API's own case"}, required=True)


def test_an_api_answers_with_an_object() -> None:
    with pytest.raises(MockRefused, match="must be a JSON object"):
        check(QUEUE, ["m-1"], required=True)
