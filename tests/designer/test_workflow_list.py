import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from designer.cards import RECENT
from tests.runner.api.office import PASS, Furnished, Office, furnish


def names(office: Office, **query: object) -> list[str]:
    answer = office.owner.get("/api/workflows/", query)
    assert answer.status_code == 200, answer.content
    return [row["name"].removeprefix("north-") for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("ordering", "found"),
    [
        ("", ["new", "asks", "waits", "passes"]),
        ("name", ["asks", "new", "passes", "waits"]),
        ("-name", ["waits", "passes", "new", "asks"]),
        ("-updated_at", ["new", "asks", "waits", "passes"]),
        ("-last_run", ["waits", "passes", "asks", "new"]),
        ("last_run", ["new", "asks", "passes", "waits"]),
    ],
)
def test_they_come_in_the_order_asked_for(ordering: str, found: list[str], north: Furnished) -> None:
    north.office.workflow("new", PASS, published=False)
    assert names(north.office, ordering=ordering) == found


def test_an_unknown_order_is_refused_by_name(office: Office) -> None:
    response = office.owner.get("/api/workflows/", {"ordering": "colour"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "ordering"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"search": "PASS"}, ["passes"]),
        ({"search": "north asks"}, ["asks"]),
        ({"status": "RUNNING", "ordering": "name"}, ["asks", "waits"]),
        ({"status": "succeeded"}, ["passes"]),
        ({"owner": "north-owner", "search": "waits"}, ["waits"]),
        ({"owner": "north-editor"}, []),
        ({"name": "north-asks"}, ["asks"]),
        ({"name": "north"}, []),
    ],
)
def test_they_are_found_by_name_text_status_and_owner(
    query: dict[str, str], found: list[str], north: Furnished
) -> None:
    assert names(north.office, **query) == found


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("theatre", ["asks"]),  # a tag's key
        ("spring", ["asks"]),  # its value
        ("approval", ["asks"]),  # what a Resource names
        ("Approval spring", ["asks"]),
        ("lambda", ["calls"]),
        ("dynamodb putItem", ["calls"]),
        ("calls dynamodb", ["calls"]),
        ("approval autumn", []),
        ("Resource", []),  # a word of every definition says nothing
        ('".*', []),
        ("%", []),
        (" ", ["asks", "calls", "passes", "waits"]),
    ],
)
def test_they_are_found_by_tag_and_by_what_their_states_call(
    search: str, found: list[str], north: Furnished, south: Furnished
) -> None:
    states = {
        "Put": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "Next": "Tell"},
        "Tell": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True},
    }
    north.office.workflow("calls", {"StartAt": "Put", "States": states}, published=False)
    tags = [{"key": "theatre", "value": "spring"}]
    address = f"/api/workflows/{north.asks.pk}/configuration/"
    assert north.office.owner.patch(address, {"tags": tags}, format="json").status_code == 200
    assert names(north.office, search=search, ordering="name") == found
    assert names(south.office, search="spring") == []


def test_a_card_shows_what_was_published_and_what_runs(north: Furnished) -> None:
    rows = {row["name"]: row for row in north.office.owner.get("/api/workflows/").json()["results"]}
    asks, passes = rows["north-asks"], rows["north-passes"]
    assert (passes["published_version"], passes["has_unpublished_changes"]) == (1, False)
    assert passes["arn"].endswith(":stateMachine:north-passes")
    assert passes["owner"] == {"username": "north-owner", "name": "north-owner", "initials": "NO"}
    assert passes["last_execution"]["name"] == "north-ended"
    assert (passes["last_execution"]["status"], passes["last_execution"]["waiting"]) == ("SUCCEEDED", None)
    assert asks["last_execution"]["waiting"] == "person"
    assert rows["north-waits"]["last_execution"]["waiting"] == "time"


def test_a_card_shows_the_last_executions_the_newest_last(office: Office) -> None:
    workflow = office.workflow("passes", PASS)
    runs = [office.run(workflow, name=f"run-{number}").name for number in range(RECENT + 3)]
    [row] = office.owner.get("/api/workflows/").json()["results"]
    assert [run["name"] for run in row["recent_executions"]] == runs[3:]
    assert row["last_execution"]["name"] == runs[-1]


def test_the_number_of_queries_does_not_grow_with_the_list(office: Office) -> None:
    furnish(office)
    office.owner.get("/api/workflows/")
    with CaptureQueriesContext(connection) as before:
        office.owner.get("/api/workflows/")
    for number in range(4):
        workflow = office.workflow(f"more-{number}", PASS)
        office.run(workflow)
        office.run(workflow)
    with CaptureQueriesContext(connection) as after:
        assert office.owner.get("/api/workflows/").json()["count"] == 7
    assert len(after) == len(before)
