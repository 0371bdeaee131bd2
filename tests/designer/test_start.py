import json

import pytest

from people.rights import Role
from runner.models import Execution
from tests.designer.test_publish import BROKEN
from tests.runner.api.office import PASS, Furnished, Office


def runs(north: Furnished, which: str = "waits") -> str:
    return f"/api/workflows/{getattr(north, which).pk}/executions/"


def test_a_start_answers_the_execution(north: Furnished) -> None:
    response = north.office.owner.post(runs(north, "passes"), {"input": {"a": 1}, "name": "first"})
    assert response.status_code == 201
    said = response.json()
    assert (said["name"], said["status"], said["version"], said["draft"]) == ("first", "SUCCEEDED", 1, False)
    assert said["started_by"] == "north-owner"
    assert json.loads(Execution.objects.get(key=said["id"]).input) == {"a": 1}


def test_the_same_start_while_it_runs_is_the_same_execution(north: Furnished) -> None:
    first = north.office.owner.post(runs(north), {"input": {"a": 1, "b": 2}, "name": "once"})
    again = north.office.owner.post(runs(north), {"input_text": ' {"a" : 1, "b": 2} ', "name": "once"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


def test_the_same_name_with_other_input_is_refused_and_names_the_execution(north: Furnished) -> None:
    first = north.office.owner.post(runs(north), {"input": {"a": 1}, "name": "once"}).json()
    other = north.office.owner.post(runs(north), {"input": {"a": 2}, "name": "once"})
    assert (other.status_code, other.json()["execution"]) == (409, first["id"])


def test_the_name_of_an_ended_execution_is_not_given_again(north: Furnished) -> None:
    response = north.office.owner.post(runs(north, "passes"), {"name": "north-ended"})
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('{"a": 1,\n  "b": }', 2, 8), ('{"a": 1', 1, 8), ("", 1, 1), ("{'a': 1}", 1, 2)],
)
def test_input_that_is_not_json_is_refused_with_its_place(
    text: str, line: int, column: int, north: Furnished
) -> None:
    response = north.office.owner.post(runs(north), {"input_text": text})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["field"] == "input_text"
    if text:
        assert (error["line"], error["column"]) == (line, column)


@pytest.mark.parametrize("value", [None, 1, "text", [], {}, 2**60, 1.5])
def test_any_json_is_an_input(value: object, north: Furnished) -> None:
    response = north.office.owner.post(runs(north, "passes"), {"input": value})
    assert response.status_code == 201
    said = north.office.owner.get(f"/api/executions/{response.json()['id']}/").json()
    assert said["input"] == value


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "two words"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"input": {}, "input_text": "{}"}, "input_text"),
        ({"input_text": '"\\ud800"'}, "input_text"),
        ({"input_text": "NaN"}, "input_text"),
        ({"source": "elsewhere"}, "source"),
    ],
)
def test_what_is_wrong_is_told_by_field(body: dict[str, object], field: str, north: Furnished) -> None:
    response = north.office.owner.post(runs(north), body)
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == field


def test_without_a_published_version_only_the_draft_runs(office: Office) -> None:
    workflow = office.workflow("draft", PASS, published=False)
    address = f"/api/workflows/{workflow.pk}/executions/"
    assert office.owner.post(address, {}).status_code == 409
    tried = office.owner.post(address, {"source": "draft"})
    assert tried.status_code == 201
    assert (tried.json()["draft"], tried.json()["version"]) == (True, None)
    assert office.owner.get(f"/api/workflows/{workflow.pk}/").json()["published_version"] is None


def test_a_broken_draft_is_refused_with_all_that_is_wrong(office: Office) -> None:
    workflow = office.workflow("broken", BROKEN, published=False)
    response = office.owner.post(f"/api/workflows/{workflow.pk}/executions/", {"source": "draft"})
    assert response.status_code == 422
    assert len(response.json()["diagnostics"]) > 1


def test_running_a_draft_needs_the_right_to_edit_it(north: Furnished) -> None:
    response = north.office[Role.OPERATOR].post(runs(north), {"source": "draft"})
    assert response.status_code == 403


# --- Which version is run --------------------------------------------------------------------------------


def published_twice(office: Office) -> str:
    """Returns the address of a workflow with two versions and an alias for the first."""
    workflow = office.workflow("twice", PASS)
    address = f"/api/workflows/{workflow.pk}/"
    changed = json.dumps({**PASS, "Comment": "second"})
    office.owner.patch(address, {"definition": changed, "draft_revision": 1})
    office.owner.post(f"{address}publish/", {"draft_revision": 2})
    office.owner.post(f"{address}aliases/", {"name": "live", "routes": [{"version": 1, "weight": 100}]})
    return f"{address}executions/"


@pytest.mark.parametrize(
    ("asked", "version", "alias"),
    [
        ({}, 2, ""),
        ({"source": "published"}, 2, ""),
        ({"version": 1}, 1, ""),
        ({"version": 2}, 2, ""),
        ({"alias": "live"}, 1, "live"),
        ({"version": None, "alias": None}, 2, ""),
    ],
)
def test_a_start_says_which_version_it_took_and_by_which_alias(
    asked: dict[str, object], version: int, alias: str, office: Office
) -> None:
    response = office[Role.OPERATOR].post(published_twice(office), asked)
    assert response.status_code == 201
    said = response.json()
    assert (said["version"], said["alias"], said["draft"]) == (version, alias, False)
    described = office.owner.get(f"/api/executions/{said['id']}/").json()
    assert (described["version"], described["alias"]) == (version, alias)
    assert ("second" in described["definition"]) == (version == 2)


def test_an_alias_with_weights_chooses_for_each_start(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = published_twice(office)
    shares = {"routes": [{"version": 1, "weight": 25}, {"version": 2, "weight": 75}]}
    office.owner.patch(starts.replace("executions", "aliases/live"), shares)
    drawn = iter((0.1, 0.74, 0.76, 0.99))
    monkeypatch.setattr("runner.state_machines.random.random", lambda: next(drawn))
    took = [office.owner.post(starts, {"alias": "live"}).json()["version"] for _ in range(4)]
    assert took == [2, 2, 1, 1]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"version": 3}, "version"),
        ({"version": 0}, "version"),
        ({"alias": "nightly"}, "alias"),
        ({"version": 1, "alias": "live"}, "alias"),
        ({"version": 1, "source": "draft"}, "version"),
        ({"alias": "live", "source": "draft"}, "alias"),
    ],
)
def test_a_version_or_alias_that_cannot_be_run_is_told_by_field(
    asked: dict[str, object], field: str, office: Office
) -> None:
    response = office.owner.post(published_twice(office), asked)
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert not Execution.objects.exists()


def test_who_may_not_run_starts_no_version_and_another_workspace_finds_none(
    office: Office, south: Furnished
) -> None:
    starts = published_twice(office)
    assert office[Role.VIEWER].post(starts, {"alias": "live"}).status_code == 403
    assert south.office.owner.post(starts, {"version": 1}).status_code == 404
