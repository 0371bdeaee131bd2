"""Calls an API behind Amazon API Gateway, signed where its AuthType says so.

https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from asl.errors import PERMISSIONS, RUNTIME

from .arguments import Arguments
from .aws_call import connection_of
from .description import Description, fields
from .failures import LONGEST_CAUSE, TaskError, fails_as_told
from .interface import JSON, Outcome, Ports, Request, Succeeded
from .threads import in_thread

repeatable = True  # as the service: a call may be made more than once

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
AUTH_TYPES = ("NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY")
LONGEST_SECONDS = 30.0
MOST_BYTES = 262_144
_REGION = re.compile(r"\.execute-api\.([a-z0-9-]+)\.")
# What the service keeps for itself.
_FORBIDDEN = re.compile(
    r"(?i)authorization|connection|content-md5|expect|host|max-forwards|proxy-.*|server|te|transfer-encoding"
    r"|trailer|upgrade|via|www-authenticate|x-forwarded-.*|x-amz.*"
)


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: str
    headers: dict[str, str]
    body: str | None


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns `{Headers, ResponseBody, StatusCode, StatusText}`; an answer that is no 2xx fails."""
    from runner.outbound.errors import Denied, OutboundError

    given = Arguments(
        request.arguments,
        ("ApiEndpoint", "Method", "Stage", "Path", "Headers", "QueryParameters", "RequestBody",
         "AllowNullValues", "AuthType"),
    )  # fmt: skip
    endpoint = given.text("ApiEndpoint", required=True) or ""
    method = given.text("Method", required=True) or ""
    if method and method not in METHODS:
        given.refuse(f'The field "Method" must be one of {", ".join(METHODS)}')
    auth = given.text("AuthType") or "NO_AUTH"
    if auth not in AUTH_TYPES:
        given.refuse(f'The field "AuthType" must be one of {", ".join(AUTH_TYPES)}')
    call = _Call(method, _url(given, endpoint), _headers(given), _body(given))
    given.done()
    call.headers.setdefault("Content-Type", "application/json")
    call.headers["User-Agent"] = "Amazon|StepFunctions"
    headers = call.headers if auth == "NO_AUTH" else await _signed(request, ports, call)
    try:
        answer = await ports.outbound.request(
            method,
            call.url,
            headers=headers,
            body=call.body,
            timeout_s=min(LONGEST_SECONDS, request.timeout_seconds or LONGEST_SECONDS),
            max_bytes=MOST_BYTES,
        )
    except Denied as error:
        raise TaskError(PERMISSIONS, str(error)) from error
    except OutboundError as error:
        raise TaskError("ApiGateway.SdkClientException", str(error)) from error
    text = answer.body.decode(errors="replace")
    if not 200 <= answer.status < 300:
        raise TaskError(f"ApiGateway.{answer.status}", (text or answer.reason)[:LONGEST_CAUSE])
    return Succeeded(
        {
            "Headers": {name: list(values) for name, values in answer.headers.items()},
            "ResponseBody": _parsed(text),
            "StatusCode": answer.status,
            "StatusText": answer.reason,
        }
    )


def _url(given: Arguments, endpoint: str) -> str:
    stage, path = given.text("Stage") or "", given.text("Path") or ""
    base = endpoint if "://" in endpoint else f"https://{endpoint}"
    places = [quote(part.strip("/"), safe="/%") for part in (stage, path)]
    url = "/".join([base.rstrip("/"), *(place for place in places if place)])
    query: list[tuple[str, str]] = []
    for name, values in given.object("QueryParameters").items():
        query.extend((name, str(value)) for value in (values if isinstance(values, list) else [values]))
    return url + (f"?{urlencode(query)}" if query else "")


def _headers(given: Arguments) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, values in given.object("Headers").items():
        if _FORBIDDEN.fullmatch(name):
            given.refuse(f'The header "{name}" may not be set')
        found[name] = ",".join(map(str, values)) if isinstance(values, list) else str(values)
    return found


def _body(given: Arguments) -> str | None:
    body = given.known.get("RequestBody")
    if body is None:
        return None
    if not given.flag("AllowNullValues", False):
        body = _without_nulls(body)
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _without_nulls(value: JSON) -> JSON:
    match value:
        case dict():
            return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
        case list():
            return [_without_nulls(inner) for inner in value]
        case _:
            return value


async def _signed(request: Request, ports: Ports, call: _Call) -> dict[str, str]:
    """Returns the headers with a signature made with the state's AWS connection, or the server's own keys."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    from botocore.session import get_session

    found = _REGION.search(call.url)
    connection = await connection_of(request, ports)
    if connection is not None:
        secret = connection.secret
        credentials: Any = Credentials(
            secret.get("access_key_id", ""), secret.get("secret_access_key", ""), secret.get("session_token")
        )
    else:
        credentials = await in_thread(get_session().get_credentials)
    if credentials is None or not credentials.access_key:
        raise TaskError(RUNTIME, "There are no AWS credentials to sign the call with.")
    to_sign = AWSRequest(call.method, call.url, data=call.body, headers=call.headers)
    SigV4Auth(credentials, "execute-api", found[1] if found else request.region).add_auth(to_sign)
    return dict(to_sign.headers.items())


def _parsed(text: str) -> JSON:
    try:
        return json.loads(text)
    except ValueError:
        return text


DESCRIPTION = Description(
    resource="arn:aws:states:::apigateway:invoke",
    title="API Gateway",
    description="Call an API behind Amazon API Gateway",
    icon="globe",
    category="AWS",
    state_name="Call an API",
    timeout_seconds=30,
    suffixes=("", ".waitForTaskToken"),
    arguments={"ApiEndpoint": "", "Method": "GET"},
    arguments_schema=fields(
        (
            "ApiEndpoint",
            {
                "type": "string",
                "title": "API endpoint",
                "description": "The host of the API.",
                "format": "expression",
                "minLength": 1,
                "examples": ["abc123.execute-api.us-east-1.amazonaws.com"],
            },
        ),
        ("Method", {"type": "string", "title": "Method", "enum": list(METHODS)}),
        ("Stage", {"type": "string", "title": "Stage", "format": "expression", "examples": ["prod"]}),
        ("Path", {"type": "string", "title": "Path", "format": "expression", "examples": ["/orders"]}),
        (
            "AuthType",
            {"type": "string", "title": "Signed as", "enum": list(AUTH_TYPES), "default": "NO_AUTH"},
        ),
        ("Headers", {"type": "object", "title": "Headers", "format": "json", "x-group": "advanced"}),
        (
            "QueryParameters",
            {"type": "object", "title": "Query parameters", "format": "json", "x-group": "advanced"},
        ),
        ("RequestBody", {"title": "Body", "format": "json"}),
        (
            "AllowNullValues",
            {"type": "boolean", "title": "Send null values", "default": False, "x-group": "advanced"},
        ),
        required=("ApiEndpoint", "Method"),
    ),
)
