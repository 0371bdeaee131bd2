"""Tags through boto3, on machines and activities."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.support.aws import Client

from .asking import PASS, refused
from .conftest import Make

TAGS = [{"key": "team", "value": "blue"}, {"key": "stage", "value": ""}]


@pytest.fixture(params=["machine", "activity"])
def resource(request: pytest.FixtureRequest, states: Client, machine: Make) -> str:
    """The ARN of something that can be tagged, with two tags."""
    if request.param == "machine":
        return machine(PASS, tags=TAGS)
    return str(states.create_activity(name=f"tagged-{uuid.uuid4().hex[:8]}", tags=TAGS)["activityArn"])


def tags(states: Client, arn: str) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in states.list_tags_for_resource(resourceArn=arn)["tags"]}


def test_tags_are_those_that_it_was_made_with(states: Client, resource: str) -> None:
    assert states.list_tags_for_resource(resourceArn=resource)["tags"] == TAGS


def test_a_tag_is_added_or_gets_another_value(states: Client, resource: str) -> None:
    states.tag_resource(
        resourceArn=resource, tags=[{"key": "team", "value": "red"}, {"key": "owner", "value": "Ada"}]
    )

    assert tags(states, resource) == {"team": "red", "stage": "", "owner": "Ada"}


def test_a_tag_is_taken_away_and_one_that_is_not_there_is_no_fault(states: Client, resource: str) -> None:
    states.untag_resource(resourceArn=resource, tagKeys=["team", "never"])

    assert tags(states, resource) == {"stage": ""}


def test_a_resource_has_fifty_tags_and_no_more(states: Client, resource: str) -> None:
    many: list[dict[str, Any]] = [{"key": f"k{number}", "value": "v"} for number in range(48)]
    states.tag_resource(resourceArn=resource, tags=many)

    assert refused(states.tag_resource, resourceArn=resource, tags=[{"key": "more", "value": "v"}]).code == (
        "TooManyTags"
    )
    states.tag_resource(resourceArn=resource, tags=[{"key": "k0", "value": "another"}])
    assert len(tags(states, resource)) == 50


@pytest.mark.parametrize("call", ["tag_resource", "untag_resource", "list_tags_for_resource"])
def test_what_is_not_there_has_no_tags(states: Client, call: str) -> None:
    more: dict[str, Any] = {"tag_resource": {"tags": TAGS}, "untag_resource": {"tagKeys": ["team"]}}.get(
        call, {}
    )

    for kind in ("stateMachine", "activity"):
        arn = f"arn:aws:states:us-east-1:123456789012:{kind}:is-not-there"
        assert refused(getattr(states, call), resourceArn=arn, **more) == (
            "ResourceNotFound",
            f"Resource not found: '{arn}'",
            400,
        )
    assert refused(getattr(states, call), resourceArn="is-no-arn", **more).code == "InvalidArn"


def test_tags_go_with_what_they_were_on(states: Client, machine: Make) -> None:
    arn = machine(PASS, tags=TAGS)
    states.delete_state_machine(stateMachineArn=arn)

    assert machine(PASS) == arn
    assert tags(states, arn) == {}
