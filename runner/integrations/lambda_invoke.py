"""Invokes an AWS Lambda function, in the optimised form or by naming its ARN as the resource."""

from __future__ import annotations

import json
from typing import Any

from .arguments import Arguments
from .aws_call import ErrorNames, aws_client, called, connection_of, metadata
from .description import Description, fields
from .failures import LONGEST_CAUSE, TaskError, fails_as_told
from .interface import JSON, Outcome, Ports, Request, Succeeded
from .threads import in_thread

repeatable = True  # as the service: a function may be invoked more than once

FUNCTION_ARN = "arn:aws:lambda:"
# What Step Functions names a function's error that has no type of its own.
UNHANDLED = "Lambda.Unknown"
_ERRORS = ErrorNames("Lambda", "AWSLambdaException", "AWSLambda")


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns `{ExecutedVersion, Payload, StatusCode}`; for a function's own ARN the payload alone."""
    direct = request.resource.startswith(FUNCTION_ARN)
    if direct:
        call: dict[str, Any] = {"FunctionName": request.resource, "Payload": _text(request.arguments)}
    else:
        call = _call(request)
    client = await aws_client(ports, await connection_of(request, ports), "lambda", request.region)
    answer = await called(client, "invoke", call, _ERRORS)
    body: bytes = await in_thread(answer["Payload"].read)
    payload = _parsed(body)
    if answer.get("FunctionError"):
        raise _function_error(payload, body)
    if direct:
        return Succeeded(payload)
    output = {
        "ExecutedVersion": answer.get("ExecutedVersion", "$LATEST"),
        "Payload": payload,
        "StatusCode": answer["StatusCode"],
        **metadata(answer),
    }
    return Succeeded(output)


def _call(request: Request) -> dict[str, Any]:
    given = Arguments(
        request.arguments,
        ("FunctionName", "Payload", "Qualifier", "InvocationType", "ClientContext", "LogType"),
    )
    call: dict[str, Any] = {"FunctionName": given.text("FunctionName", required=True)}
    for name in ("Qualifier", "InvocationType", "ClientContext", "LogType"):
        value = given.text(name)
        if value is not None:
            call[name] = value
    given.done()
    payload = given.known.get("Payload")
    call["Payload"] = _payload({} if payload is None else payload)
    return call


def _payload(value: JSON) -> bytes:
    """Returns what the function gets: a text that is JSON goes as it is, as in the service."""
    if isinstance(value, str) and _parsed(value.encode()) != value:
        return value.encode()
    return _text(value)


def _text(payload: JSON) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def _parsed(body: bytes) -> JSON:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def _function_error(payload: JSON, body: bytes) -> TaskError:
    """Returns the error that a function raised, by its own type, with its whole report as the cause."""
    named = payload.get("errorType") if isinstance(payload, dict) else None
    error = named if isinstance(named, str) and named else UNHANDLED
    return TaskError(error, body.decode(errors="replace")[:LONGEST_CAUSE])


DESCRIPTION = Description(
    resource="arn:aws:states:::lambda:invoke",
    title="Lambda",
    description="Invoke a function",
    icon="square-function",
    category="AWS",
    state_name="Invoke a function",
    timeout_seconds=900,
    suffixes=("", ".waitForTaskToken"),
    arguments={"FunctionName": "", "Payload": "{% $states.input %}"},
    arguments_schema=fields(
        (
            "FunctionName",
            {
                "type": "string",
                "title": "Function",
                "description": "Name or ARN, with a version or alias where wanted.",
                "format": "expression",
                "minLength": 1,
                "examples": [
                    "my-function",
                    "arn:aws:lambda:us-east-1:123456789012:function:my-function:$LATEST",
                ],
            },
        ),
        (
            "Payload",
            {"title": "Payload", "description": "What the function gets.", "format": "json", "default": {}},
        ),
        (
            "Qualifier",
            {"type": "string", "title": "Version or alias", "x-group": "advanced"},
        ),
        (
            "InvocationType",
            {
                "type": "string",
                "title": "Invocation",
                "enum": ["RequestResponse", "Event", "DryRun"],
                "default": "RequestResponse",
                "x-group": "advanced",
            },
        ),
        required=("FunctionName",),
    ),
)
