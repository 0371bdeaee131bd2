"""One HTTP call: what is sent, what comes back, and what each way to fail is named."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from asl.errors import DATA_LIMIT_EXCEEDED, PERMISSIONS, RUNTIME, TASK_FAILED
from runner.integrations.arguments import Arguments
from runner.integrations.connecting import connected
from runner.integrations.failures import LONGEST_CAUSE, TaskError
from runner.integrations.interface import JSON, Connection, Ports, Request
from runner.outbound.errors import BadUrl, Denied, OutboundError, TooLarge

from .encoding import ARRAY_FORMATS, BODY_ENCODINGS, FORM_TYPE, QueryValue, query_of, url_encoded
from .headers import fit_to_send, headers_of
from .oauth import authorized

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")
# Appendix "HTTP Task" of the service's guide: a call ends after 60 seconds, an answer at 256 KiB.
LONGEST_SECONDS = 60.0
MOST_BYTES = 262_144
SOCKET = "States.Http.Socket"

_KNOWN = (
    *("ApiEndpoint", "Method", "Headers", "QueryParameters", "RequestBody", "Transform"),
    *("InvocationConfig", "Authentication"),
)
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Call:
    """What one state asks to be sent, before its connection adds to it."""

    endpoint: str
    method: str
    headers: dict[str, str]
    query: dict[str, QueryValue]
    body: JSON
    form_encoded: bool
    array_format: str
    connection: str | None


async def called(request: Request, ports: Ports) -> JSON:
    """Returns `{ResponseBody, Headers, StatusCode, StatusText}`; raises `TaskError`."""
    call = call_of(request.arguments)
    connection = await connected(call.connection, ports, unavailable=SOCKET) if call.connection else None
    try:
        connection = await authorized(connection, ports) if connection else None
        headers, query, body = merged(call, connection)
        answer = await ports.outbound.request(
            call.method,
            call.endpoint,
            headers=headers,
            params=query or None,
            body=body,
            connection=connection,
            timeout_s=min(LONGEST_SECONDS, request.timeout_seconds or LONGEST_SECONDS),
            max_bytes=MOST_BYTES,
        )
    except OutboundError as error:
        raise _failure(error) from error
    return _output(answer)


def call_of(arguments: JSON) -> Call:
    """Returns the call that these arguments ask for; raises `TaskError` with every reason."""
    given = Arguments(arguments, _KNOWN)
    endpoint = given.text("ApiEndpoint", required=True) or ""
    method = (given.text("Method", required=True) or "").upper()
    if method and method not in METHODS:
        given.refuse(f'The field "Method" must be one of {", ".join(METHODS)}')
    headers = headers_of(given)
    transform = given.object("Transform")
    encoding = transform.get("RequestBodyEncoding", "NONE")
    if encoding not in BODY_ENCODINGS:
        given.refuse(f'The field "RequestBodyEncoding" must be one of {", ".join(BODY_ENCODINGS)}')
    options = transform.get("RequestEncodingOptions") or {}
    array_format = options.get("ArrayFormat", "INDICES") if isinstance(options, dict) else "INDICES"
    if array_format not in ARRAY_FORMATS:
        given.refuse(f'The field "ArrayFormat" must be one of {", ".join(ARRAY_FORMATS)}')
    body = given.known.get("RequestBody")
    if encoding == "URL_ENCODED" and body is not None and not isinstance(body, dict):
        given.refuse('The field "RequestBody" must be an object to be URL-encoded')
    # "Authentication" is what the field was called first.
    config = given.object("InvocationConfig") or given.object("Authentication")
    connection = config.get("ConnectionArn")
    if connection is not None and not isinstance(connection, str):
        given.refuse('The field "ConnectionArn" must be a string')
    call = Call(
        endpoint=endpoint,
        method=method,
        headers=headers,
        query=query_of(given.object("QueryParameters")),
        body=body,
        form_encoded=encoding == "URL_ENCODED",
        array_format=array_format,
        connection=connection or None,
    )
    given.done()
    return call


def merged(
    call: Call, connection: Connection | None
) -> tuple[dict[str, str], dict[str, QueryValue], str | None]:
    """Returns headers, query and body as they are sent; where both say something, the connection wins."""
    settings = connection.settings if connection else {}
    query = {**call.query, **query_of(settings.get("query") or {})}
    body: Any = call.body
    if added := settings.get("body"):
        if body is None or isinstance(body, dict):
            body = {**(body or {}), **added}
        else:
            raise TaskError(
                RUNTIME, "The connection adds fields to the body, so RequestBody must be an object"
            )
    headers = fit_to_send(call.headers, connection)
    named = {name.lower() for name in headers}
    text: str | None = None
    if call.form_encoded:
        text = url_encoded(body or {}, call.array_format)
        if "content-type" not in named:
            headers["Content-Type"] = FORM_TYPE
    elif body is not None:
        if isinstance(body, str):
            text = body
        else:
            text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        if "content-type" not in named:
            headers["Content-Type"] = "application/json"
    headers["Range"] = f"bytes=0-{MOST_BYTES}"
    return headers, query, text


def _failure(error: OutboundError) -> TaskError:
    match error:
        case Denied():
            return TaskError(PERMISSIONS, str(error))
        case BadUrl():
            return TaskError(RUNTIME, str(error))
        case TooLarge():
            return TaskError(DATA_LIMIT_EXCEEDED, str(error))
        case _:
            return TaskError(SOCKET, str(error))


def _output(answer: Any) -> JSON:
    text = _text(answer)
    if not 200 <= answer.status < 300:
        cause = text.strip() or answer.reason or f"The endpoint answered {answer.status}"
        raise TaskError(f"States.Http.StatusCode.{answer.status}", cause[:LONGEST_CAUSE])
    cut = _CONTENT_RANGE.fullmatch(_header(answer, "content-range"))
    if answer.status == 206 and cut and int(cut[2]) + 1 < int(cut[3]):
        raise TaskError(
            DATA_LIMIT_EXCEEDED, f"The answer has {cut[3]} bytes; a state takes {MOST_BYTES} at most."
        )
    return {
        "ResponseBody": _parsed(text, _header(answer, "content-type")),
        "Headers": {name: list(values) for name, values in answer.headers.items()},
        "StatusCode": answer.status,
        "StatusText": answer.reason,
    }


def _text(answer: Any) -> str:
    kind = _header(answer, "content-type")
    charset = re.search(r"charset=\"?([\w-]+)", kind)
    body: bytes = answer.body
    try:
        return body.decode(charset[1] if charset else "utf-8")
    except (LookupError, UnicodeDecodeError):
        if not 200 <= answer.status < 300:
            return ""
        raise TaskError(
            TASK_FAILED, f"The answer is no text ({kind or 'of no stated type'}, {len(body)} bytes)."
        ) from None


def _parsed(text: str, kind: str) -> JSON:
    """Returns JSON as a value and anything else as text, as the service does by the content type."""
    name = kind.split(";", 1)[0].strip().lower()
    if name == "application/json" or name.endswith("+json"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _header(answer: Any, name: str) -> str:
    values = answer.headers.get(name, ())
    return str(values[0]) if values else ""
