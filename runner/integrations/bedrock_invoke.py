"""Amazon Bedrock's InvokeModel, with the body that the chosen model wants."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from .arguments import Arguments
from .aws_call import aws_client, called, connection_of
from .description import Description, fields
from .failures import fails_as_told
from .interface import JSON, Connection, Outcome, Ports, Request, Succeeded
from .threads import in_thread

repeatable = True  # asking twice costs tokens and changes nothing

_PASSED_ON = {
    "ModelId": "modelId",
    "ContentType": "contentType",
    "Accept": "accept",
    "GuardrailIdentifier": "guardrailIdentifier",
    "GuardrailVersion": "guardrailVersion",
    "Trace": "trace",
}


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns `{Body, ContentType}`, the body parsed; or where `Output.S3Uri` says to, its address there."""
    given = Arguments(request.arguments, (*_PASSED_ON, "Body", "Input", "Output"))
    call: dict[str, Any] = {"contentType": "application/json", "accept": "*/*"}
    for name, theirs in _PASSED_ON.items():
        value = given.text(name, required=name == "ModelId")
        if value is not None:
            call[theirs] = value
    source, target = given.object("Input").get("S3Uri"), given.object("Output").get("S3Uri")
    if ("Body" in given.known) == (source is not None):
        given.refuse('Give either the field "Body" or "Input.S3Uri"')
    for uri in (source, target):
        if uri is not None and not _is_s3(uri):
            given.refuse(f'"{str(uri)[:200]}" is no address in S3')
    given.done()
    connection = await connection_of(request, ports)
    call["body"] = (
        await _fetched(source, connection, request, ports) if source else _bytes(given.known["Body"])
    )
    client = await aws_client(ports, connection, "bedrock-runtime", request.region)
    answer = await called(client, "invoke_model", call)
    body: bytes = await in_thread(answer["body"].read)
    kind = answer.get("contentType", "application/json")
    if target:
        parts = urlsplit(target)
        s3 = await aws_client(ports, connection, "s3", request.region)
        put = {"Bucket": parts.netloc, "Key": parts.path[1:], "Body": body, "ContentType": kind}
        await called(s3, "put_object", put)
        return Succeeded({"Body": target, "ContentType": kind})
    return Succeeded({"Body": _parsed(body), "ContentType": kind}, usage=usage_of(body, call["modelId"]))


def usage_of(body: bytes, model: str) -> JSON:
    """Returns what the call used, where the model's own answer says so; None elsewhere."""
    parsed = _parsed(body)
    if not isinstance(parsed, dict):
        return None
    counts = parsed.get("usage") if isinstance(parsed.get("usage"), dict) else parsed
    assert isinstance(counts, dict)
    used: dict[str, Any] = {}
    for ours, theirs in (
        ("input_tokens", ("input_tokens", "inputTokens", "prompt_token_count", "inputTextTokenCount")),
        ("output_tokens", ("output_tokens", "outputTokens", "generation_token_count")),
    ):
        found = next((counts[name] for name in theirs if isinstance(counts.get(name), int)), None)
        if found is not None:
            used[ours] = found
    return {**used, "model": model} if used else None


def _bytes(body: JSON) -> bytes:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _parsed(body: bytes) -> JSON:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def _is_s3(uri: object) -> bool:
    if not isinstance(uri, str):
        return False
    parts = urlsplit(uri)
    return parts.scheme == "s3" and bool(parts.netloc) and len(parts.path) > 1


async def _fetched(uri: str, connection: Connection | None, request: Request, ports: Ports) -> bytes:
    parts = urlsplit(uri)
    client = await aws_client(ports, connection, "s3", request.region)
    answer = await called(client, "get_object", {"Bucket": parts.netloc, "Key": parts.path[1:]})
    content: bytes = await in_thread(answer["Body"].read)
    return content


DESCRIPTION = Description(
    resource="arn:aws:states:::bedrock:invokeModel",
    title="Bedrock model",
    description="Invoke with the model's own body",
    icon="brain-circuit",
    category="Models",
    state_name="Invoke a Bedrock model",
    timeout_seconds=120,
    arguments={
        "ModelId": "anthropic.claude-3-5-haiku-20241022-v1:0",
        "Body": {
            "anthropic_version": "bedrock-2023-05-31",
            "max_tokens": 200,
            "messages": [{"role": "user", "content": "Say hello."}],
        },
    },
    arguments_schema=fields(
        (
            "ModelId",
            {
                "type": "string",
                "title": "Model",
                "description": "Model id, inference profile or ARN.",
                "minLength": 1,
                "examples": ["anthropic.claude-3-5-haiku-20241022-v1:0", "amazon.nova-lite-v1:0"],
            },
        ),
        (
            "Body",
            {
                "title": "Body",
                "description": "What this model wants; each family has a form of its own.",
                "format": "json",
            },
        ),
        (
            "ContentType",
            {
                "type": "string",
                "title": "Content type",
                "default": "application/json",
                "x-group": "advanced",
            },
        ),
        ("Accept", {"type": "string", "title": "Accept", "default": "*/*", "x-group": "advanced"}),
        (
            "Input",
            {
                "title": "Body from S3",
                "x-group": "advanced",
                **fields(("S3Uri", {"type": "string", "title": "Address", "examples": ["s3://bucket/key"]})),
            },
        ),
        (
            "Output",
            {
                "title": "Answer to S3",
                "x-group": "advanced",
                **fields(("S3Uri", {"type": "string", "title": "Address", "examples": ["s3://bucket/key"]})),
            },
        ),
        required=("ModelId",),
    ),
)
