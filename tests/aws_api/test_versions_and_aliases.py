"""Versions and aliases through boto3: numbers that stay, names that move, starts shared by weight."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.aws import Client

from .asking import FAIL, PASS, WAIT, all_pages, refused, run
from .conftest import Make


def output(text: str) -> dict[str, Any]:
    return {"StartAt": "Say", "States": {"Say": {"Type": "Pass", "Result": text, "End": True}}}


def publish_next(states: Client, machine: str, text: str) -> str:
    """Give the machine another definition and return the ARN of the version made of it."""
    definition = json.dumps(output(text))
    updated = states.update_state_machine(stateMachineArn=machine, definition=definition, publish=True)
    return str(updated["stateMachineVersionArn"])


@pytest.fixture
def two_versions(states: Client, machine: Make) -> tuple[str, str]:
    """The ARNs of two versions of one machine."""
    made = states.describe_state_machine(stateMachineArn=machine(output("one"), publish=True))
    arn = made["stateMachineArn"]
    return f"{arn}:1", publish_next(states, arn, "two")


def unqualified(arn: str) -> str:
    return arn.rpartition(":")[0]


def routes(*shares: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"stateMachineVersionArn": version, "weight": weight} for version, weight in shares]


def alias_of(states: Client, name: str, *shares: tuple[str, int], **more: Any) -> str:
    made = states.create_state_machine_alias(name=name, routingConfiguration=routes(*shares), **more)
    return str(made["stateMachineAliasArn"])


# Versions


def test_a_machine_that_is_made_to_be_published_has_version_1(states: Client, machine: Make) -> None:
    arn = machine(PASS, publish=True, versionDescription="the first")

    described = states.describe_state_machine(stateMachineArn=f"{arn}:1")

    assert (described["stateMachineArn"], described["description"]) == (f"{arn}:1", "the first")
    assert json.loads(described["definition"]) == PASS


def test_versions_count_up_and_run_what_they_were_made_of(
    states: Client, two_versions: tuple[str, str]
) -> None:
    first, second = two_versions

    assert second == f"{unqualified(first)}:2"
    assert json.loads(run(states, first)["output"]) == "one"
    assert json.loads(run(states, second)["output"]) == "two"
    assert json.loads(run(states, unqualified(first))["output"]) == "two"
    assert run(states, first)["stateMachineVersionArn"] == first


def test_what_is_published_twice_is_one_version(states: Client, machine: Make) -> None:
    arn = machine(PASS)

    made = states.publish_state_machine_version(stateMachineArn=arn, description="the first")
    again = states.publish_state_machine_version(stateMachineArn=arn, description="something else")

    assert made["stateMachineVersionArn"] == again["stateMachineVersionArn"] == f"{arn}:1"
    assert made["creationDate"] == again["creationDate"]
    assert states.describe_state_machine(stateMachineArn=f"{arn}:1")["description"] == "the first"


def test_only_the_revision_that_one_has_seen_is_published(states: Client, machine: Make) -> None:
    arn = machine(PASS)
    updated = states.update_state_machine(stateMachineArn=arn, definition=json.dumps(FAIL))

    for stale in ("INITIAL", "5f0c3fd5-8a8f-4b25-9a7a-111111111111"):
        refusal = refused(states.publish_state_machine_version, stateMachineArn=arn, revisionId=stale)
        assert (refusal.code, refusal.status) == ("ConflictException", 400)
    made = states.publish_state_machine_version(stateMachineArn=arn, revisionId=updated["revisionId"])
    assert made["stateMachineVersionArn"] == f"{arn}:1"


def test_versions_are_listed_newest_first_page_by_page(states: Client, machine: Make) -> None:
    arn = machine(output("0"), publish=True)
    for number in range(1, 5):
        publish_next(states, arn, str(number))

    rows = all_pages(
        states.list_state_machine_versions, "stateMachineVersions", stateMachineArn=arn, maxResults=2
    )

    assert [row["stateMachineVersionArn"] for row in rows] == [f"{arn}:{n}" for n in (5, 4, 3, 2, 1)]


def test_a_deleted_version_is_gone_and_its_number_is_not_given_again(
    states: Client, two_versions: tuple[str, str]
) -> None:
    first, second = two_versions

    states.delete_state_machine_version(stateMachineVersionArn=second)
    states.delete_state_machine_version(stateMachineVersionArn=second)  # twice is once

    assert refused(states.start_execution, stateMachineArn=second).code == "StateMachineDoesNotExist"
    assert json.loads(run(states, unqualified(second))["output"]) == "two"
    assert publish_next(states, unqualified(second), "three") == f"{unqualified(first)}:3"


def test_a_version_that_an_alias_points_to_stays(states: Client, two_versions: tuple[str, str]) -> None:
    first, _ = two_versions
    alias_of(states, "live", (first, 100))

    refusal = refused(states.delete_state_machine_version, stateMachineVersionArn=first)

    assert refusal.code == "ConflictException"
    assert refusal.message.endswith("Current list of aliases referencing this version: [live]")


@pytest.mark.parametrize(
    "call", ["update_state_machine", "delete_state_machine", "publish_state_machine_version"]
)
def test_what_changes_a_machine_names_no_version(
    states: Client, two_versions: tuple[str, str], call: str
) -> None:
    first, _ = two_versions
    more = {"definition": json.dumps(FAIL)} if call == "update_state_machine" else {}

    assert refused(getattr(states, call), stateMachineArn=first, **more).code == "ValidationException"


def test_a_version_that_never_was_is_not_there(states: Client, machine: Make) -> None:
    arn = f"{machine(PASS)}:7"

    for call in (states.describe_state_machine, states.start_execution):
        assert refused(call, stateMachineArn=arn).code == "StateMachineDoesNotExist"


# Aliases


def test_an_alias_is_described_as_it_was_made(states: Client, two_versions: tuple[str, str]) -> None:
    first, second = two_versions

    arn = alias_of(states, "live", (first, 30), (second, 70), description="what customers get")

    assert arn == f"{unqualified(first)}:live"
    found = states.describe_state_machine_alias(stateMachineAliasArn=arn)
    assert (found["name"], found["description"]) == ("live", "what customers get")
    assert sorted(found["routingConfiguration"], key=lambda share: share["weight"]) == routes(
        (first, 30), (second, 70)
    )
    assert found["creationDate"] <= found["updateDate"]


def test_the_same_alias_again_is_the_one_that_is_there(states: Client, two_versions: tuple[str, str]) -> None:
    first, second = two_versions
    arn = alias_of(states, "live", (first, 100))

    assert alias_of(states, "live", (first, 100)) == arn
    refusal = refused(
        states.create_state_machine_alias, name="live", routingConfiguration=routes((second, 100))
    )
    assert refusal.code == "ConflictException"


@pytest.mark.parametrize(
    ("bad", "weights"),
    [("live", (60, 30)), ("live", (101, 0)), ("17", (50, 50)), ("a b", (50, 50))],
)
def test_an_alias_that_cannot_be_is_refused(
    states: Client, two_versions: tuple[str, str], bad: str, weights: tuple[int, int]
) -> None:
    shares = zip(two_versions, weights, strict=True)

    refusal = refused(states.create_state_machine_alias, name=bad, routingConfiguration=routes(*shares))

    assert (refusal.code, refusal.status) == ("ValidationException", 400)


def test_an_alias_points_to_versions_and_to_those_of_one_machine(
    states: Client, two_versions: tuple[str, str], name: str
) -> None:
    first, _ = two_versions
    other = states.create_state_machine(
        name=f"{name}-other", definition=json.dumps(PASS), roleArn="arn:aws:iam::1:role/r", publish=True
    )["stateMachineVersionArn"]

    for shares, code in (
        (routes((unqualified(first), 100)), "ValidationException"),
        (routes((first, 50), (other, 50)), "ValidationException"),
        (routes((first, 50), (first, 50)), "ValidationException"),
        (routes((f"{unqualified(first)}:9", 100)), "ResourceNotFound"),
    ):
        refusal = refused(states.create_state_machine_alias, name="live", routingConfiguration=shares)
        assert refusal.code == code, shares


def test_starts_are_shared_by_weight(states: Client, two_versions: tuple[str, str]) -> None:
    first, second = two_versions
    arn = alias_of(states, "live", (first, 25), (second, 75))

    def start(_: int) -> str:
        execution = states.start_execution(stateMachineArn=arn)["executionArn"]
        found = states.describe_execution(executionArn=execution)
        assert found["stateMachineAliasArn"] == arn
        return str(found["stateMachineVersionArn"])

    with ThreadPoolExecutor(8) as pool:
        counted = Counter(pool.map(start, range(200)))

    assert set(counted) == {first, second}
    # 50 are expected; a fair share is further off than this once in a hundred million times.
    assert 16 <= counted[first] <= 88, counted


def test_a_weight_of_nothing_starts_nothing(states: Client, two_versions: tuple[str, str]) -> None:
    first, second = two_versions
    arn = alias_of(states, "live", (first, 100), (second, 0))

    assert {run(states, arn)["stateMachineVersionArn"] for _ in range(20)} == {first}


def test_the_next_start_goes_by_an_alias_as_it_was_changed(
    states: Client, two_versions: tuple[str, str]
) -> None:
    first, second = two_versions
    arn = alias_of(states, "live", (first, 100))
    assert json.loads(run(states, arn)["output"]) == "one"

    states.update_state_machine_alias(stateMachineAliasArn=arn, routingConfiguration=routes((second, 100)))
    states.update_state_machine_alias(stateMachineAliasArn=arn, description="the second")

    assert json.loads(run(states, arn)["output"]) == "two"
    found = states.describe_state_machine_alias(stateMachineAliasArn=arn)
    assert found["description"] == "the second"
    assert found["routingConfiguration"] == routes((second, 100))
    assert refused(states.update_state_machine_alias, stateMachineAliasArn=arn).code == "ValidationException"


def test_aliases_are_listed_by_name_and_by_the_version_that_they_point_to(
    states: Client, two_versions: tuple[str, str]
) -> None:
    first, second = two_versions
    for alias, version in (("beta", second), ("alpha", first), ("gamma", second)):
        alias_of(states, alias, (version, 100))

    def names(**request: Any) -> list[str]:
        rows = all_pages(states.list_state_machine_aliases, "stateMachineAliases", maxResults=1, **request)
        return [row["stateMachineAliasArn"].rpartition(":")[2] for row in rows]

    assert names(stateMachineArn=unqualified(first)) == ["alpha", "beta", "gamma"]
    assert names(stateMachineArn=second) == ["beta", "gamma"]


def test_a_deleted_alias_is_gone_and_what_it_started_goes_on(states: Client, machine: Make) -> None:
    version = f"{machine(WAIT, publish=True)}:1"
    arn = alias_of(states, "live", (version, 100))
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]

    states.delete_state_machine_alias(stateMachineAliasArn=arn)

    assert refused(states.describe_state_machine_alias, stateMachineAliasArn=arn).code == "ResourceNotFound"
    assert refused(states.start_execution, stateMachineArn=arn).code == "StateMachineDoesNotExist"
    found = states.describe_execution(executionArn=execution)
    assert (found["status"], found["stateMachineAliasArn"]) == ("RUNNING", arn)
    states.stop_execution(executionArn=execution)


def test_an_alias_needs_the_arn_of_an_alias(states: Client, two_versions: tuple[str, str]) -> None:
    first, _ = two_versions

    for arn in (first, unqualified(first)):
        assert refused(states.describe_state_machine_alias, stateMachineAliasArn=arn).code == "InvalidArn"
