from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.rights import Role
from runner.models import Execution
from tests.runner.api.office import ASK, PASS, WAIT, Furnished, Office, furnish


def names(answer: dict[str, Any]) -> list[str]:
    return [row["name"] for row in answer["results"]]


def test_the_newest_come_first_with_what_they_wait_for(north: Furnished) -> None:
    rows = north.office.owner.get("/api/executions/").json()["results"]
    assert [row["workflow"]["name"] for row in rows] == ["north-waits", "north-passes", "north-asks"]
    assert [row["status"] for row in rows] == ["RUNNING", "SUCCEEDED", "RUNNING"]
    assert [row["waiting"] for row in rows] == ["time", None, "person"]
    assert rows[1]["arn"] == "arn:aws:states:us-east-1:111111111111:execution:north-passes:north-ended"
    assert rows[1]["started_at"].endswith("Z")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"search": "REST"}, ["north-resting"]),
        ({"status": "succeeded"}, ["north-ended"]),
        ({"status": "SUCCEEDED,FAILED"}, ["north-ended"]),
        ({"status": "FAILED"}, []),
    ],
)
def test_they_are_found_by_name_and_status(query: dict[str, str], found: list[str], north: Furnished) -> None:
    assert names(north.office.owner.get("/api/executions/", query).json()) == found


def test_they_are_found_by_workflow(north: Furnished) -> None:
    answer = north.office.owner.get("/api/executions/", {"workflow": str(north.waits.pk)}).json()
    assert names(answer) == ["north-resting"]
    assert north.office.owner.get("/api/executions/", {"workflow": "waits"}).status_code == 400


def test_pages_are_linked_by_relative_addresses(north: Furnished) -> None:
    first = north.office.owner.get("/api/executions/", {"page_size": 2}).json()
    assert (first["count"], first["previous"]) == (3, None)
    assert first["next"] == "/api/executions/?page=2&page_size=2"
    second = north.office.owner.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (1, None)
    assert north.office.owner.get("/api/executions/", {"page": 9}).status_code == 404


def test_an_execution_is_described_with_its_data_and_the_definition_it_runs(north: Furnished) -> None:
    said = north.office.owner.get(f"/api/executions/{north.ended.key}/").json()
    assert said["input"] == {"said": "secret words"}
    assert said["output"] == {"said": "secret words"}
    assert said["definition"] == north.passes.draft_definition
    assert (said["revision"], said["version"], said["draft"], said["layout"]) == (1, 1, False, {})
    assert (said["started_by"], said["parent"], said["transitions"]) == ("north-owner", None, 1)
    assert said["last_seq"] == Execution.objects.get(pk=north.ended.pk).last_seq


def test_an_error_is_told_to_who_sees_data_alone(office: Office) -> None:
    failing = {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Secret", "Cause": "words"}}}
    office.run(office.workflow("fails", failing))
    [row] = office[Role.VIEWER].get("/api/executions/").json()["results"]
    assert (row["status"], row["error"]) == ("FAILED", "Secret")
    assert b"Secret" not in office[Role.REVIEWER].get("/api/executions/").content


def test_the_number_of_queries_does_not_grow_with_the_list(office: Office) -> None:
    furnish(office)
    office.owner.get("/api/executions/")
    with CaptureQueriesContext(connection) as before:
        office.owner.get("/api/executions/")
    asks, waits, passes = (
        office.workflow("more-asks", ASK),
        office.workflow("more-waits", WAIT),
        office.workflow("more", PASS),
    )
    for _ in range(3):
        office.ask(asks)
        office.run(waits)
        office.run(passes)
    with CaptureQueriesContext(connection) as after:
        assert office.owner.get("/api/executions/").json()["count"] == 12
    assert len(after) == len(before)
