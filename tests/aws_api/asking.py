"""What most tests of this API do: ask, be refused, wait for an end, turn the pages of a list."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from botocore.exceptions import ClientError

from tests.support.api import wait_for
from tests.support.aws import Client

JSON = Any

PASS: dict[str, JSON] = {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}}
WAIT: dict[str, JSON] = {
    "StartAt": "Hold",
    "States": {"Hold": {"Type": "Wait", "Seconds": 3600, "End": True}},
}
FAIL: dict[str, JSON] = {
    "StartAt": "Break",
    "States": {"Break": {"Type": "Fail", "Error": "Broken", "Cause": "it was meant to"}},
}


class Refusal(NamedTuple):
    """What a client is told when it is refused."""

    code: str
    message: str
    status: int


def refused(call: Any, **request: Any) -> Refusal:
    """Return how a call is refused; the test fails where it is not."""
    with pytest.raises(ClientError) as raised:
        call(**request)
    error, metadata = raised.value.response["Error"], raised.value.response["ResponseMetadata"]
    return Refusal(error["Code"], error["Message"], metadata["HTTPStatusCode"])


def result(states: Client, execution: str) -> JSON:
    """Return the description of an execution once it is over."""
    return wait_for(
        lambda: states.describe_execution(executionArn=execution),
        lambda found: found["status"] not in ("RUNNING", "PENDING_REDRIVE"),
        30,
    )


def run(states: Client, machine: str, value: JSON = None, **more: Any) -> JSON:
    """Start an execution and return its description once it is over."""
    text = json.dumps({} if value is None else value)
    started = states.start_execution(stateMachineArn=machine, input=text, **more)
    return result(states, started["executionArn"])


def all_pages(call: Any, member: str, **request: Any) -> list[JSON]:
    """Return every row of a list, page by page."""
    rows: list[JSON] = []
    more: dict[str, str] = {}
    while True:
        page = call(**request, **more)
        rows += page[member]
        if "nextToken" not in page:
            return rows
        more = {"nextToken": page["nextToken"]}
