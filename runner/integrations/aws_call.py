"""Calls through boto3, with the error names that Step Functions gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asl.errors import PERMISSIONS, RUNTIME
from runner.outbound.errors import Denied, OutboundError

from .connecting import connected
from .failures import TaskError
from .interface import Connection, Ports, Request
from .threads import in_thread

if TYPE_CHECKING:
    from botocore.exceptions import BotoCoreError, ClientError


@dataclass(frozen=True, slots=True)
class ErrorNames:
    """How a service's errors are named: their beginning, and the name of one outside the model.

    `service` is set for the older, optimised integrations, whose causes are worded differently.
    """

    prefix: str
    unmodelled: str
    service: str | None = None


async def connection_of(request: Request, ports: Ports) -> Connection | None:
    """Returns the connection that the state's `Credentials.RoleArn` names; None for the server's own."""
    named = request.credentials.get("RoleArn") if isinstance(request.credentials, Mapping) else None
    if not isinstance(named, str) or not named:
        return None
    connection = await connected(named, ports)
    if connection.kind != "aws":
        raise TaskError(
            PERMISSIONS, f"The connection “{connection.name}” is of the kind {connection.kind}, not aws."
        )
    return connection


async def aws_client(ports: Ports, connection: Connection | None, service: str, region: str) -> Any:
    """Returns a boto3 client; making one takes a while and happens in a thread."""
    settings = connection.settings if connection else {}
    return await in_thread(
        ports.outbound.aws, connection, service, None if settings.get("region") else region
    )


async def called(
    client: Any, method: str, arguments: Mapping[str, Any], names: ErrorNames | None = None
) -> Any:
    """Returns the client's answer; raises `TaskError` named as Step Functions names it."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return await in_thread(getattr(client, method), **arguments)
    except ClientError as error:
        raise refusal(client, error, names or error_names(client)) from error
    except BotoCoreError as error:
        raise _breakdown(client, error) from error
    except Denied as error:
        raise TaskError(PERMISSIONS, str(error)) from error
    except OutboundError as error:
        raise TaskError(f"{error_names(client).prefix}.SdkClientException", str(error)) from error


def metadata(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what the optimised integrations add to an answer about the call itself."""
    meta = answer.get("ResponseMetadata", {})
    headers = meta.get("HTTPHeaders", {})
    return {
        "SdkHttpMetadata": {
            "AllHttpHeaders": {name: [value] for name, value in headers.items()},
            "HttpHeaders": dict(headers),
            "HttpStatusCode": meta.get("HTTPStatusCode", 200),
        },
        "SdkResponseMetadata": {"RequestId": meta.get("RequestId", "")},
    }


def refusal(client: Any, error: ClientError, names: ErrorNames) -> TaskError:
    """Returns a service's refusal, named `<Service>.<Error>Exception`."""
    said = error.response.get("Error", {})
    meta = error.response.get("ResponseMetadata", {})
    status, request_id = meta.get("HTTPStatusCode", 0), meta.get("RequestId", "")
    if names.service is None:
        attempts = meta.get("RetryAttempts", 0) + 1
        where = f"Service: {names.prefix}, Status Code: {status}, Request ID: {request_id}"
        where += f") (SDK Attempt Count: {attempts}"
    else:
        where = (
            f"Service: {names.service}; Status Code: {status}; Error Code: {said.get('Code', '')}; "
            f"Request ID: {request_id}; Proxy: null"
        )
    cause = f"{said.get('Message') or error} ({where})"
    return TaskError(f"{names.prefix}.{_exception_name(client, error) or names.unmodelled}", cause)


def _breakdown(client: Any, error: BotoCoreError) -> TaskError:
    """Returns what kept a call from being made or answered."""
    from botocore.exceptions import NoCredentialsError, ParamValidationError, PartialCredentialsError

    prefix = error_names(client).prefix
    match error:
        case ParamValidationError():
            return TaskError(RUNTIME, str(error))
        case NoCredentialsError() | PartialCredentialsError():
            return TaskError(
                f"{prefix}.SdkClientException",
                "There are no AWS credentials: name a connection in Credentials, or set AWS_* values.",
            )
        case _:
            return TaskError(f"{prefix}.SdkClientException", str(error))


def _exception_name(client: Any, error: ClientError) -> str | None:
    """Returns the exception's name as the AWS SDK for Java has it; None for an error outside the model."""
    name = type(error).__name__
    if name == "ClientError":
        code = str(error.response.get("Error", {}).get("Code", ""))
        shape = client.meta.service_model.shape_for_error_code(code) if code else None
        if shape is None:
            return None
        name = shape.name
    name = name[0].upper() + name[1:]
    return name if name.endswith("Exception") else name.removesuffix("Fault") + "Exception"


def error_names(client: Any) -> ErrorNames:
    """Returns how an SDK integration's errors begin: `S3`, `DynamoDb`, `Sfn`, `BedrockRuntime`."""
    prefix = pascal(str(client.meta.service_model.service_id))
    return ErrorNames(prefix, f"{prefix}Exception")


def pascal(service_id: str) -> str:
    """Returns a service id with each of its words capitalised, as the SDK for Java joins them."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+", service_id)
    return "".join(word if word.isdigit() else word[0].upper() + word[1:].lower() for word in words)
