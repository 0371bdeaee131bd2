"""Any action of any AWS service, through boto3; arguments and answers in the PascalCase of Step Functions."""

from __future__ import annotations

from asl.errors import RUNTIME
from runner.integrations.aws_call import ErrorNames, aws_client, called, connection_of, metadata
from runner.integrations.failures import TaskError, fails_as_told, refused
from runner.integrations.interface import Outcome, Ports, Request, Succeeded
from runner.integrations.resource import parsed
from runner.integrations.threads import in_thread

from .actions import action_named
from .own import OWN, asked
from .presets import DESCRIPTIONS
from .shapes import Problems, given, shown

__all__ = ["DESCRIPTIONS", "OPTIMISED", "PREFIX", "knows", "repeatable", "start"]

repeatable = True  # as the service: an action may be called more than once

PREFIX = "arn:aws:states:::aws-sdk:"
# The older forms, each with how its errors are named.
OPTIMISED: dict[str, tuple[str, str, ErrorNames]] = {
    f"arn:aws:states:::{service}:{action}": (service, action, names)
    for service, names, actions in (
        (
            "dynamodb",
            ErrorNames("DynamoDB", "AmazonDynamoDBException", "AmazonDynamoDBv2"),
            ("getItem", "putItem", "updateItem", "deleteItem"),
        ),
        ("sqs", ErrorNames("SQS", "AmazonSQSException", "AmazonSQS"), ("sendMessage",)),
        ("sns", ErrorNames("SNS", "AmazonSNSException", "AmazonSNS"), ("publish",)),
        (
            "events",
            ErrorNames("EventBridge", "AmazonEventBridgeException", "AmazonCloudWatchEvents"),
            ("putEvents",),
        ),
    )
    for action in actions
}


def knows(name: str) -> bool:
    """Says whether botocore's model has this service and action; `name` carries no suffix."""
    found = _parts(name)
    return found is not None and action_named(found[0], found[1]) is not None


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns the action's answer; an argument that the model does not have is refused unsent."""
    name = parsed(request.resource).name
    found = _parts(name)
    action = await in_thread(action_named, found[0], found[1]) if found else None
    if action is None:
        raise TaskError(RUNTIME, f"The resource '{request.resource}' names no action of AWS.")
    optimised = OPTIMISED.get(name)
    problems = Problems()
    arguments = given(
        # Objects become JSON texts where a text is asked for, as the service does it unasked.
        request.arguments or {},
        action.input,
        problems,
        texts_from_objects=True,
    )
    if problems.reasons:
        raise refused(request.arguments, problems.reasons)
    connection = await connection_of(request, ports)
    if action.service == OWN and connection is None:
        own = await asked(ports, action, arguments)
        return Succeeded(await in_thread(shown, own, action.output))
    client = await aws_client(ports, connection, action.service, request.region)
    names = optimised[2] if optimised else None
    answer = await called(client, action.method, arguments, names)
    output = await in_thread(shown, answer, action.output, renamed=optimised is None)
    if optimised:
        output |= metadata(answer)
    if optimised and action.method == "put_events" and output.get("FailedEntryCount"):
        failed = [entry for entry in output.get("Entries", []) if entry.get("ErrorCode")]
        raise TaskError("EventBridge.FailedEntry", f"{len(failed)} entries were refused: {failed}")
    return Succeeded(output)


def _parts(name: str) -> tuple[str, str] | None:
    if name in OPTIMISED:
        service, action, _ = OPTIMISED[name]
        return service, action
    service, _, action = name.removeprefix(PREFIX).partition(":")
    return (service, action) if name.startswith(PREFIX) and service and action else None
