"""Amazon Bedrock's Converse, which takes one form for all of its models."""

from __future__ import annotations

import json
from typing import Any

from asl.errors import PERMISSIONS
from runner.integrations.aws_call import aws_client, called
from runner.integrations.failures import TaskError
from runner.integrations.interface import Connection, Ports, Request
from runner.integrations.model_invoke.prompt import Prompt

from .interface import (
    BAD_REQUEST,
    CONNECTION_FAILED,
    NOT_FOUND,
    NOT_PERMITTED,
    SERVER_ERROR,
    TIMEOUT,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    Reply,
    SchemaRefused,
)

_NAMES = {
    "BedrockRuntime.ThrottlingException": TOO_MANY_REQUESTS,
    "BedrockRuntime.ServiceQuotaExceededException": TOO_MANY_REQUESTS,
    "BedrockRuntime.AccessDeniedException": NOT_PERMITTED,
    "BedrockRuntime.ResourceNotFoundException": NOT_FOUND,
    "BedrockRuntime.ValidationException": BAD_REQUEST,
    "BedrockRuntime.ModelTimeoutException": TIMEOUT,
    "BedrockRuntime.ModelNotReadyException": UNAVAILABLE,
    "BedrockRuntime.ServiceUnavailableException": UNAVAILABLE,
    "BedrockRuntime.SdkClientException": CONNECTION_FAILED,
    PERMISSIONS: NOT_PERMITTED,
}


async def complete(prompt: Prompt, connection: Connection, request: Request, ports: Ports) -> Reply:
    """Returns the whole reply; Converse answers in one piece."""
    model = prompt.model or connection.settings.get("model")
    if not isinstance(model, str) or not model:
        raise TaskError(BAD_REQUEST, f"Name a Model: the connection “{connection.name}” has none of its own.")
    client = await aws_client(ports, connection, "bedrock-runtime", request.region)
    try:
        answer = await called(client, "converse", body_of(prompt, model))
    except TaskError as error:
        if prompt.schema is not None and _refuses_schema(error):
            raise SchemaRefused from error
        raise TaskError(_NAMES.get(error.error, SERVER_ERROR), error.cause) from error
    content = answer["output"]["message"]["content"]
    usage = answer.get("usage") or {}
    return Reply(
        text="".join(block.get("text", "") for block in content),
        stop_reason=answer["stopReason"],
        model=model,
        input_tokens=usage.get("inputTokens", 0),
        output_tokens=usage.get("outputTokens", 0),
    )


def _refuses_schema(error: TaskError) -> bool:
    words = ("outputConfig", "textFormat", "schema", "structured")
    return error.error.endswith("ValidationException") and any(word in error.cause for word in words)


def body_of(prompt: Prompt, model: str) -> dict[str, Any]:
    """Returns the request as Converse wants it; a seed has no place in it and is left out."""
    body: dict[str, Any] = {
        "modelId": model,
        "messages": [
            {"role": message.role, "content": [{"text": message.content}]} for message in prompt.messages
        ],
    }
    if prompt.system is not None:
        body["system"] = [{"text": prompt.system}]
    config = {
        name: value
        for name, value in (
            ("maxTokens", prompt.max_tokens),
            ("temperature", prompt.temperature),
            ("topP", prompt.top_p),
            ("stopSequences", list(prompt.stop_sequences) or None),
        )
        if value is not None
    }
    if config:
        body["inferenceConfig"] = config
    if prompt.schema is not None:
        body["outputConfig"] = {
            "textFormat": {
                "type": "json_schema",
                "structure": {"jsonSchema": {"name": "response", "schema": json.dumps(prompt.schema)}},
            }
        }
    return body
