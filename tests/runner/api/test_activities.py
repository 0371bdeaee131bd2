"""Activities and answers by task token over REST."""

from __future__ import annotations

import json

import pytest

from people.rights import Role
from runner.models import Execution

from .office import Furnished


def test_an_activity_is_made_once_and_says_what_waits(north: Furnished) -> None:
    owner = north.office.owner
    made = owner.post("/api/activities/", {"name": "north-paint"})
    again = owner.post("/api/activities/", {"name": "north-paint"})
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json() == again.json()
    assert made.json()["arn"].endswith(f":{north.office.workspace.number}:activity:north-paint")
    task = {"Type": "Task", "Resource": made.json()["arn"], "End": True}
    paints = north.office.workflow("paints", {"StartAt": "Paint", "States": {"Paint": task}})
    north.office.run(paints)
    north.office.run(paints)
    listed = owner.get("/api/activities/").json()["results"]
    assert [(row["name"], row["waiting"]) for row in listed] == [("north-greet", 0), ("north-paint", 2)]
    assert owner.get("/api/activities/north-paint/").json()["waiting"] == 2
    assert owner.delete("/api/activities/north-paint/").status_code == 204
    assert owner.get("/api/activities/north-paint/").status_code == 404


@pytest.mark.parametrize("name", ["", "two words", "a/b", "x" * 81, "dollar$"])
def test_a_name_that_an_arn_cannot_hold_is_refused(north: Furnished, name: str) -> None:
    refused = north.office.owner.post("/api/activities/", {"name": name})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "name"


def test_a_task_is_answered_once(north: Furnished) -> None:
    token = north.task_token()
    operator = north.office[Role.OPERATOR]
    answer = operator.post("/api/tasks/succeed/", {"token": token, "output": {"said": "hello"}})
    assert answer.status_code == 204
    execution = Execution.objects.latest("id")
    assert (execution.status, json.loads(execution.output or "")) == ("SUCCEEDED", {"said": "hello"})
    for address, body in (("succeed", {"output": 1}), ("fail", {}), ("heartbeat", {})):
        late = operator.post(f"/api/tasks/{address}/", {"token": token, **body})
        assert late.status_code == 410
        assert late["Content-Type"] == "application/problem+json"


def test_an_error_is_what_the_execution_fails_with(north: Furnished) -> None:
    body = {"token": north.task_token(), "error": "NoVoice", "cause": "a cold"}
    assert north.office.owner.post("/api/tasks/fail/", body).status_code == 204
    execution = Execution.objects.latest("id")
    assert (execution.status, execution.error, execution.cause) == ("FAILED", "NoVoice", "a cold")


def test_what_is_no_token_is_refused_by_its_field(north: Furnished) -> None:
    refused = north.office.owner.post("/api/tasks/heartbeat/", {"token": "nonsense"})
    assert refused.status_code == 400
    assert refused.json()["errors"] == [{"field": "token", "message": "This is no task token."}]


def test_an_output_that_is_too_large_is_refused_by_its_field(north: Furnished) -> None:
    body = {"token": north.task_token(), "output": "x" * 262_143}
    refused = north.office.owner.post("/api/tasks/succeed/", body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "output"


def test_a_token_of_another_workspace_is_not_there(north: Furnished, south: Furnished) -> None:
    token = south.task_token()
    refused = north.office.owner.post("/api/tasks/succeed/", {"token": token, "output": 1})
    assert refused.status_code == 404
    assert Execution.objects.latest("id").status == "RUNNING"
