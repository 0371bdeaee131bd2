"""Whatever is asked, the answer is an answer: no request, fitting or not, is a fault of the server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runner.aws_api import protocol
from tests.support.aws import client_of
from tests.support.server import Server

from .asking import PASS
from .conftest import ROLE
from .raw import Request

JSON = Any

OURS = "arn:aws:states:us-east-1:123456789012"
# It would wait for a minute; what it refuses is in test_activities.py.
POLL = "GetActivityTask"
TEXTS = [
    *(
        f"{OURS}:stateMachine:known{end}"
        for end in ("", ":1", ":live", ":9", ":0", ":1:2", ":٣", "/Each", ":")
    ),
    *(f"{OURS}:execution:known:{end}" for end in ("one", "gone", "", "a:b")),
    *(f"{OURS}:{rest}" for rest in ("execution:known/Each:one", "express:known:one:x", "activity:known")),
    *(f"{OURS}:mapRun:known/Each:{end}" for end in ("00000000-0000-4000-8000-000000000000", "x")),
    *(OURS, f"{OURS}:stateMachine:", "arn:aws:states:::", "known", "INITIAL", "live", "e:1", "AAAA"),
    *("{}", "{", "[" * 3000, '{"a":' * 400 + "1" + "}" * 400, "1e999", "NaN", "null"),
    *(json.dumps(PASS), '{"StartAt": [], "States": 7}', '{"Type": "Pass", "End": true}'),
    *("", "\x00", "\ud800", "\u202e", "ü" * 300, "x" * 3000, "🜁", "a b", "{% $x %}"),
]
ODD = st.sampled_from([None, True, 0, -1, 2**70, 1.5, "x", [], {}, [None], {"a": None}])


def values(shape: Shape) -> st.SearchStrategy[JSON]:
    """Return values that mostly have the shape, and are mostly wrong within it."""
    return st.integers(0, 19).flatmap(lambda draw: ODD if draw == 0 else _shaped(shape))


def _shaped(shape: Shape) -> st.SearchStrategy[JSON]:
    match shape:
        case StructureShape():
            required, optional = {}, {}
            for name, member in shape.members.items():
                part = required if name in shape.required_members else optional
                part[name] = st.deferred(lambda member=member: values(member))
            return st.fixed_dictionaries(required, optional=optional)
        case ListShape():
            return st.lists(st.deferred(lambda: values(shape.member)), max_size=3)
        case MapShape():
            return st.dictionaries(
                st.sampled_from(TEXTS), st.deferred(lambda: values(shape.value)), max_size=3
            )
        case StringShape():
            return st.sampled_from([*shape.enum, *shape.enum, *TEXTS])
    match shape.type_name:
        case "boolean":
            return st.booleans()
        case "integer" | "long":
            return st.sampled_from([0, 1, 2, 100, 1000, 1001, -1, 2**31, 2**63, 10**30])
    return st.sampled_from([0, 0.5, 50, 100, 101, -1, 1e308, 1e18])


@pytest.fixture(scope="module")
def known(server: Server) -> None:
    """What the ARNs above name."""
    states = client_of(server)
    made = states.create_state_machine(name="known", definition=json.dumps(PASS), roleArn=ROLE, publish=True)
    routes = [{"stateMachineVersionArn": made["stateMachineVersionArn"], "weight": 100}]
    states.create_state_machine_alias(name="live", routingConfiguration=routes)
    states.start_execution(stateMachineArn=made["stateMachineArn"], name="one")
    states.create_activity(name="known")


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data(), operation=st.sampled_from(sorted(protocol.operations().keys() - {POLL})))
def test_no_request_is_a_fault_of_the_server(
    server: Server, known: None, data: st.DataObject, operation: str
) -> None:
    request = data.draw(values(protocol.operations()[operation].input_shape))

    answer = Request(target=f"AWSStepFunctions.{operation}", body=json.dumps(request).encode()).sent(server)

    assert answer.status_code in (200, 400), answer.text
    assert answer.status_code == 200 or answer.json().keys() >= {"__type", "message"}
