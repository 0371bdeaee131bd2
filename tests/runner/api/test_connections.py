from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.rights import Role
from runner.connections import keeping
from runner.models import Connection
from tests.runner.api.office import Furnished, Office

NEW: dict[str, Any] = {
    "name": "vllm",
    "kind": "openai",
    "base_url": "http://vllm:8000/v1",
    "auth_type": "bearer",
    "secret": {"token": " hush "},
}


def test_the_built_in_ones_come_first_and_say_so(north: Furnished) -> None:
    rows = north.office[Role.VIEWER].get("/api/connections/").json()["results"]
    assert {row["name"] for row in rows if row["builtin"]} == {"embedded-model", "demo"}
    assert (rows[-1]["name"], rows[-1]["builtin"], rows[-1]["has_secret"]) == ("north-crm", False, True)


def test_a_secret_goes_in_and_never_comes_out(office: Office) -> None:
    made = office.owner.post("/api/connections/", NEW)
    assert made.status_code == 201
    assert made.json()["has_secret"] is True
    for response in (made, office.owner.get(f"/api/connections/{made.json()['id']}/")):
        assert b"hush" not in response.content
        assert "secret" not in response.json()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "demo"}, "name"),
        ({"name": "two words"}, "name"),
        ({"kind": "ftp"}, "kind"),
        ({"base_url": ""}, "base_url"),
        ({"secret": {"password": "hush"}}, "secret"),
        ({"settings": {"headers": {"Authorization": "hush"}}}, "settings"),
    ],
)
def test_what_is_wrong_is_told_by_field(change: dict[str, Any], field: str, office: Office) -> None:
    response = office.owner.post("/api/connections/", {**NEW, **change})
    assert response.status_code == 400
    assert field in {error["field"] for error in response.json()["errors"]}
    assert b"hush" not in response.content


def test_a_secret_does_not_follow_to_another_host(north: Furnished) -> None:
    address = f"/api/connections/{north.connection.pk}/"
    response = north.office.owner.patch(address, {"base_url": "https://elsewhere.example.org"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "secret"


def test_a_connection_is_changed_and_forgotten(north: Furnished) -> None:
    address = f"/api/connections/{north.connection.pk}/"
    assert north.office.owner.patch(address, {"name": "crm-2"}).json()["name"] == "crm-2"
    assert north.office.owner.delete(address).status_code == 204
    assert not Connection.objects.exists()


def test_a_built_in_connection_is_described_and_cannot_be_changed(office: Office) -> None:
    assert office.owner.get("/api/connections/demo/").json()["builtin"] is True
    assert office.owner.patch("/api/connections/demo/", {"name": "other"}).status_code == 409
    assert office.owner.delete("/api/connections/demo/").status_code == 409


def test_a_check_says_what_came_of_it_and_holds_no_secret(north: Furnished) -> None:
    response = north.office.owner.post(f"/api/connections/{north.connection.pk}/check/")
    assert response.json()["status"] == "failed"  # a private address that the operator has not opened
    assert b"secret words" not in response.content


def calling(name: str) -> dict[str, Any]:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Arguments": {
            "Method": "GET",
            "ApiEndpoint": "/",
            "InvocationConfig": {"ConnectionArn": f"arn:cuelight:states:::connection:{name}"},
        },
        "End": True,
    }
    return {"QueryLanguage": "JSONata", "StartAt": "Call", "States": {"Call": task}}


def test_it_is_counted_which_published_workflows_name_a_connection(north: Furnished) -> None:
    north.office.workflow("calls", calling("north-crm"))
    north.office.workflow("only-a-draft", calling("north-crm"), published=False)
    north.office.workflow("calls-demo", calling("demo"))
    rows = north.office.owner.get("/api/connections/").json()["results"]
    assert {row["name"]: row["used_by_count"] for row in rows} == {
        "north-crm": 1,
        "demo": 1,
        "embedded-model": 0,
    }


def test_the_number_of_queries_does_not_grow_with_the_list(north: Furnished) -> None:
    north.office.owner.get("/api/connections/")
    with CaptureQueriesContext(connection) as before:
        north.office.owner.get("/api/connections/")
    for number in range(3):
        wanted = keeping.Wanted(name=f"more-{number}", kind="http", base_url="https://crm.example.org")
        keeping.create(north.office.actor(), wanted)
    with CaptureQueriesContext(connection) as after:
        north.office.owner.get("/api/connections/")
    assert len(after) == len(before)
