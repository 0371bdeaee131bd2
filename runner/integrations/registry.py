"""Which module answers for which `Resource`: one table, and the suffixes that any of them may carry."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from . import (
    apigateway_invoke,
    approval_request,
    aws_sdk,
    bedrock_invoke,
    email_send,
    function_invoke,
    http_invoke,
    lambda_invoke,
    model_invoke,
    start_execution,
)
from .description import Description
from .interface import Integration, Outcome, Ports, Request, Submitted, Succeeded
from .resource import is_activity, parsed

CALLBACK = ".waitForTaskToken"
REQUEST_RESPONSE = ""

_CALLABLE = frozenset({REQUEST_RESPONSE, CALLBACK})
_AT_ONCE = frozenset({REQUEST_RESPONSE})
_CHILD = frozenset({REQUEST_RESPONSE, ".sync", ".sync:2", CALLBACK})


@dataclass(frozen=True, slots=True)
class _Row:
    """Who answers, and which suffixes it takes; one that `submits_itself` reads the suffix on its own."""

    integration: Integration
    suffixes: frozenset[str]
    submits_itself: bool = False


# The resource without its suffix: who answers.
_TABLE: Mapping[str, _Row] = {
    "arn:cuelight:states:::model:invoke": _Row(model_invoke, _AT_ONCE),
    "arn:cuelight:states:::approval:request": _Row(approval_request, _AT_ONCE),
    "arn:cuelight:states:::email:send": _Row(email_send, _CALLABLE),
    "arn:cuelight:states:::function:invoke": _Row(function_invoke, _AT_ONCE),
    "arn:aws:states:::http:invoke": _Row(http_invoke, _AT_ONCE),
    "arn:aws:states:::bedrock:invokeModel": _Row(bedrock_invoke, _CALLABLE),
    "arn:aws:states:::lambda:invoke": _Row(lambda_invoke, _CALLABLE),
    "arn:aws:states:::states:startExecution": _Row(start_execution, _CHILD, submits_itself=True),
    "arn:aws:states:::apigateway:invoke": _Row(apigateway_invoke, _CALLABLE),
    **{name: _Row(aws_sdk, optimised.suffixes) for name, optimised in aws_sdk.OPTIMISED.items()},
}
# What Step Functions has and this server does not do: such a state is taken in, and fails when it runs.
_NOT_DONE: Mapping[str, frozenset[str]] = {
    "arn:aws:states:::eks:call": _AT_ONCE,
    "arn:aws:states:::eks:runJob": frozenset({REQUEST_RESPONSE, ".sync"}),
}
_DESCRIBED: tuple[Description, ...] = (
    model_invoke.DESCRIPTION,
    bedrock_invoke.DESCRIPTION,
    approval_request.DESCRIPTION,
    email_send.DESCRIPTION,
    http_invoke.DESCRIPTION,
    function_invoke.DESCRIPTION,
    start_execution.DESCRIPTION,
    lambda_invoke.DESCRIPTION,
    apigateway_invoke.DESCRIPTION,
    *aws_sdk.DESCRIPTIONS,
)
CATEGORIES = ("Models", "People", "Web and code", "AWS")


@dataclass(slots=True)
class _Callback:
    """An integration whose success is only a submission: the result comes with the task token."""

    integration: Integration
    repeatable: bool

    async def start(self, request: Request, ports: Ports) -> Outcome:
        match await self.integration.start(request, ports):
            case Succeeded(output, _, effect):
                return Submitted(output, effect=effect)
            case outcome:
                return outcome


@functools.lru_cache(maxsize=4096)
def find(resource: str) -> Integration | None:
    """Returns who answers for a Task state's `Resource`, or None where nobody does. Reads no model of AWS."""
    row = _row(resource)
    suffix = parsed(resource).suffix
    if row is None or suffix not in row.suffixes:
        return None
    if suffix == CALLBACK and not row.submits_itself:
        return _Callback(row.integration, row.integration.repeatable)
    return row.integration


@functools.lru_cache(maxsize=4096)
def known(resource: str) -> bool:
    """Says whether a Task state may name this `Resource`; for `aws-sdk` botocore's model is asked."""
    if is_activity(resource):
        return True
    if find(resource) is None:
        return parsed(resource).suffix in _NOT_DONE.get(parsed(resource).name, ())
    name = parsed(resource).name
    return not name.startswith(aws_sdk.PREFIX) or aws_sdk.knows(name) or aws_sdk.is_retired(name)


@functools.lru_cache(maxsize=4096)
def runs(resource: str) -> bool:
    """Says whether a state with this known `Resource` can do its work here."""
    if is_activity(resource):
        return True
    name = parsed(resource).name
    return find(resource) is not None and (not name.startswith(aws_sdk.PREFIX) or aws_sdk.knows(name))


def describe() -> list[Description]:
    """Returns what the palette offers, by category."""
    return sorted(_DESCRIBED, key=lambda described: CATEGORIES.index(described.category))


def described(resource: str) -> Description | None:
    """Returns the description of a `Resource`, whatever its suffix; None where it has no form."""
    name = parsed(resource).name
    for description in _DESCRIBED:
        if parsed(description.resource).name == name:
            return replace(description, resource=resource)
    return None


def _row(resource: str) -> _Row | None:
    name = parsed(resource).name
    if name in _TABLE:
        return _TABLE[name]
    if name.startswith(aws_sdk.PREFIX):
        return _Row(aws_sdk, _CALLABLE)
    if name.startswith(lambda_invoke.FUNCTION_ARN) and ":function:" in name:
        return _Row(lambda_invoke, _AT_ONCE)
    return None
