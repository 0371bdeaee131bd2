"""Amazon Bedrock, held to botocore's own model of its requests and answers."""

from __future__ import annotations

import io
import json
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from runner.integrations.interface import Connection, Failed, Succeeded

from .ports import Connections, Desk

MODEL = "arn:cuelight:states:::model:invoke"
INVOKE = "arn:aws:states:::bedrock:invokeModel"
HAIKU = "anthropic.claude-3-5-haiku-20241022-v1:0"
CLOUD = Connection("cloud", "aws", None, (), settings={"model": HAIKU, "region": "eu-central-1"})


class Stubbed:
    """Hands out boto3 clients whose requests and answers botocore checks without a network."""

    def __init__(self, **services: Any) -> None:
        self._services = services

    def aws(self, connection: Connection | None, service: str, region: str | None = None) -> Any:
        return self._services[service]


def client_of(service: str) -> Any:
    return boto3.client(
        service,  # type: ignore[call-overload]
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="s",
    )


@pytest.fixture
def bedrock() -> Any:
    return client_of("bedrock-runtime")


@pytest.fixture
def desk(bedrock: Any) -> Desk:
    return Desk(Stubbed(**{"bedrock-runtime": bedrock}), Connections(CLOUD))


def converse_says(text: str, stop: str = "end_turn") -> dict[str, Any]:
    return {
        "output": {"message": {"role": "assistant", "content": [{"text": text}]}},
        "stopReason": stop,
        "usage": {"inputTokens": 11, "outputTokens": 3, "totalTokens": 14},
        "metrics": {"latencyMs": 120},
    }


async def test_another_connection_is_all_it_takes_to_ask_bedrock(desk: Desk, bedrock: Any) -> None:
    expected = {
        "modelId": HAIKU,
        "messages": [{"role": "user", "content": [{"text": "Name a bee."}]}],
        "system": [{"text": "Be brief."}],
        "inferenceConfig": {"maxTokens": 20, "temperature": 0.2, "topP": 0.9, "stopSequences": ["."]},
    }
    arguments = {
        "Connection": "cloud",
        "System": "Be brief.",
        "Prompt": "Name a bee.",
        "MaxTokens": 20,
        "Temperature": 0.2,
        "TopP": 0.9,
        "Seed": 5,
        "StopSequences": ["."],
    }
    with Stubber(bedrock) as stubber:
        stubber.add_response("converse", converse_says("Maya"), expected)
        outcome = await desk.start(MODEL, arguments)
        stubber.assert_no_pending_responses()
    assert isinstance(outcome, Succeeded)
    assert outcome.output["Text"] == "Maya"
    assert outcome.output["Usage"] == {"InputTokens": 11, "OutputTokens": 3, "TotalTokens": 14}
    assert (outcome.output["Model"], outcome.output["Connection"]) == (HAIKU, "cloud")


SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}


async def test_converse_is_given_the_schema(desk: Desk, bedrock: Any) -> None:
    expected = {
        "modelId": HAIKU,
        "messages": [{"role": "user", "content": [{"text": "Name a bee."}]}],
        "outputConfig": {
            "textFormat": {
                "type": "json_schema",
                "structure": {"jsonSchema": {"name": "response", "schema": json.dumps(SCHEMA)}},
            }
        },
    }
    with Stubber(bedrock) as stubber:
        stubber.add_response("converse", converse_says('{"name": "Maya"}'), expected)
        outcome = await desk.start(
            MODEL, {"Connection": "cloud", "Prompt": "Name a bee.", "ResponseSchema": SCHEMA}
        )
    assert isinstance(outcome, Succeeded)
    assert outcome.output["Json"] == {"name": "Maya"}


async def test_a_model_without_schemas_gets_it_in_the_prompt(desk: Desk, bedrock: Any) -> None:
    with Stubber(bedrock) as stubber:
        stubber.add_client_error(
            "converse", "ValidationException", "This model doesn't support outputConfig.textFormat", 400
        )
        stubber.add_response("converse", converse_says('Here: {"name": "Maya"}'))
        outcome = await desk.start(
            MODEL, {"Connection": "cloud", "Prompt": "Name a bee.", "ResponseSchema": SCHEMA}
        )
    assert isinstance(outcome, Succeeded)
    assert outcome.output["Json"] == {"name": "Maya"}


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("ThrottlingException", "Model.TooManyRequests"),
        ("AccessDeniedException", "Model.NotPermitted"),
        ("ValidationException", "Model.BadRequest"),
        ("ModelTimeoutException", "Model.Timeout"),
        ("ServiceUnavailableException", "Model.Unavailable"),
        ("InternalServerException", "Model.ServerError"),
    ],
)
async def test_a_refusal_of_bedrock_has_the_name_that_every_provider_gives_it(
    desk: Desk, bedrock: Any, code: str, error: str
) -> None:
    with Stubber(bedrock) as stubber:
        stubber.add_client_error("converse", code, "not now", 400)
        outcome = await desk.start(MODEL, {"Connection": "cloud", "Prompt": "Hi"})
    assert isinstance(outcome, Failed)
    assert outcome.error == error
    assert "not now" in outcome.cause


def body_of(value: Any) -> StreamingBody:
    content = json.dumps(value).encode()
    return StreamingBody(io.BytesIO(content), len(content))


async def test_invoke_model_sends_the_body_that_the_model_wants(desk: Desk, bedrock: Any) -> None:
    """The body of the Claude family, and its answer's own shape."""
    body = {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 20,
        "messages": [{"role": "user", "content": "Name a bee."}],
    }
    answer = {"content": [{"type": "text", "text": "Maya"}], "usage": {"input_tokens": 9, "output_tokens": 2}}
    expected = {
        "modelId": HAIKU,
        "contentType": "application/json",
        "accept": "*/*",
        "body": json.dumps(body, separators=(",", ":")).encode(),
    }
    with Stubber(bedrock) as stubber:
        stubber.add_response(
            "invoke_model", {"body": body_of(answer), "contentType": "application/json"}, expected
        )
        outcome = await desk.start(INVOKE, {"ModelId": HAIKU, "Body": body})
    assert isinstance(outcome, Succeeded)
    assert outcome.output == {"Body": answer, "ContentType": "application/json"}
    assert outcome.usage == {"input_tokens": 9, "output_tokens": 2, "model": HAIKU}


async def test_invoke_model_fails_under_the_services_own_name(desk: Desk, bedrock: Any) -> None:
    with Stubber(bedrock) as stubber:
        stubber.add_client_error("invoke_model", "ThrottlingException", "slow down", 429)
        outcome = await desk.start(INVOKE, {"ModelId": HAIKU, "Body": {}})
    assert isinstance(outcome, Failed)
    assert outcome.error == "BedrockRuntime.ThrottlingException"


async def test_a_body_may_come_from_s3_and_the_answer_go_there(bedrock: Any) -> None:
    s3 = client_of("s3")
    desk = Desk(Stubbed(**{"bedrock-runtime": bedrock, "s3": s3}))
    arguments = {
        "ModelId": "m-1",
        "Input": {"S3Uri": "s3://prompts/a/b.json"},
        "Output": {"S3Uri": "s3://answers/c.json"},
    }
    stored = {"Bucket": "answers", "Key": "c.json", "Body": b'{"y": 2}', "ContentType": "application/json"}
    with Stubber(bedrock) as models, Stubber(s3) as objects:
        objects.add_response(
            "get_object", {"Body": body_of({"x": 1})}, {"Bucket": "prompts", "Key": "a/b.json"}
        )
        models.add_response("invoke_model", {"body": body_of({"y": 2}), "contentType": "application/json"})
        objects.add_response("put_object", {}, stored)
        outcome = await desk.start(INVOKE, arguments)
        objects.assert_no_pending_responses()
    assert isinstance(outcome, Succeeded)
    assert outcome.output == {"Body": "s3://answers/c.json", "ContentType": "application/json"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"Body": {}}, '"ModelId" is required'),
        ({"ModelId": "m-1"}, 'either the field "Body"'),
        ({"ModelId": "m-1", "Input": {"S3Uri": "https://x"}}, "no address in S3"),
    ],
)
async def test_arguments_that_cannot_be_used_are_named(desk: Desk, arguments: Any, reason: str) -> None:
    outcome = await desk.start(INVOKE, arguments)
    assert isinstance(outcome, Failed)
    assert outcome.error == "States.Runtime"
    assert reason in outcome.cause


async def test_converse_by_its_own_name_speaks_pascal_case(desk: Desk, bedrock: Any) -> None:
    arguments = {
        "ModelId": HAIKU,
        "Messages": [{"Role": "user", "Content": [{"Text": "Name a bee."}]}],
        "InferenceConfig": {"MaxTokens": 20},
    }
    expected = {
        "modelId": HAIKU,
        "messages": [{"role": "user", "content": [{"text": "Name a bee."}]}],
        "inferenceConfig": {"maxTokens": 20},
    }
    with Stubber(bedrock) as stubber:
        stubber.add_response("converse", converse_says("Maya"), expected)
        outcome = await desk.start("arn:aws:states:::aws-sdk:bedrockruntime:converse", arguments)
    assert isinstance(outcome, Succeeded)
    assert outcome.output["Output"]["Message"]["Content"] == [{"Text": "Maya"}]
    assert outcome.output["Usage"]["InputTokens"] == 11


LAMBDA = "arn:aws:states:::lambda:invoke"


async def test_a_functions_payload_comes_back_parsed() -> None:
    function = client_of("lambda")
    desk = Desk(Stubbed(**{"lambda": function}))
    with Stubber(function) as stubber:
        stubber.add_response(
            "invoke",
            {"StatusCode": 200, "ExecutedVersion": "3", "Payload": body_of({"sum": 3})},
            {"FunctionName": "add", "Payload": b'{"a":1,"b":2}', "Qualifier": "live"},
        )
        outcome = await desk.start(
            LAMBDA, {"FunctionName": "add", "Payload": {"a": 1, "b": 2}, "Qualifier": "live"}
        )
    assert isinstance(outcome, Succeeded)
    about_the_call = {name: outcome.output.pop(name) for name in ("SdkHttpMetadata", "SdkResponseMetadata")}
    assert outcome.output == {"ExecutedVersion": "3", "Payload": {"sum": 3}, "StatusCode": 200}
    assert about_the_call["SdkHttpMetadata"]["HttpStatusCode"] == 200


async def test_a_functions_error_is_raised_by_its_own_type() -> None:
    function = client_of("lambda")
    desk = Desk(Stubbed(**{"lambda": function}))
    report = {"errorType": "TooFewBees", "errorMessage": "only nine", "trace": []}
    with Stubber(function) as stubber:
        stubber.add_response(
            "invoke", {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": body_of(report)}
        )
        outcome = await desk.start(LAMBDA, {"FunctionName": "count"})
    assert outcome == Failed("TooFewBees", json.dumps(report))


async def test_a_function_may_be_the_resource_itself() -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:add"
    function = client_of("lambda")
    desk = Desk(Stubbed(**{"lambda": function}))
    with Stubber(function) as stubber:
        stubber.add_response(
            "invoke",
            {"StatusCode": 200, "Payload": body_of([1, 2])},
            {"FunctionName": arn, "Payload": b'{"x":1}'},
        )
        outcome = await desk.start(arn, {"x": 1})
    assert outcome == Succeeded([1, 2])


async def test_a_function_that_is_not_there_has_the_services_error() -> None:
    function = client_of("lambda")
    desk = Desk(Stubbed(**{"lambda": function}))
    with Stubber(function) as stubber:
        stubber.add_client_error("invoke", "ResourceNotFoundException", "Function not found", 404)
        outcome = await desk.start(LAMBDA, {"FunctionName": "gone"})
    assert isinstance(outcome, Failed)
    assert outcome.error == "Lambda.ResourceNotFoundException"
    assert outcome.cause == (
        "Function not found (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; "
        "Request ID: ; Proxy: null)"
    )
