import json

from rest_framework.test import APIClient

from people.models import AuditEntry
from people.rights import Right, Role
from people.tokens import make_token
from runner.models import Revision
from tests.runner.api.office import PASS, Furnished, Office
from tests.runner.api.test_connections import calling

BROKEN = {
    "StartAt": "Nowhere",
    "States": {"Lost": {"Type": "Pass", "Next": "Gone"}, "Odd": {"Type": "Sing", "End": True}},
}


def test_publishing_makes_a_version_that_starts_run(office: Office) -> None:
    workflow = office.workflow("passes", PASS, published=False)
    address = f"/api/workflows/{workflow.pk}/"
    made = office.owner.post(f"{address}publish/", {"draft_revision": 1, "description": "first"})
    assert made.status_code == 200
    assert {name: made.json()[name] for name in ("number", "revision", "description", "created_by")} == {
        "number": 1,
        "revision": 1,
        "description": "first",
        "created_by": "north-owner",
    }
    said = office.owner.get(address).json()
    assert (said["published_version"], said["has_unpublished_changes"]) == (1, False)
    assert AuditEntry.objects.filter(action="workflow published", subject="north-passes").exists()


def test_publishing_the_same_again_changes_nothing(north: Furnished) -> None:
    address = f"/api/workflows/{north.passes.pk}/"
    again = north.office.owner.post(f"{address}publish/", {"draft_revision": 1})
    assert again.json()["number"] == 1
    assert north.office.owner.get(f"{address}versions/").json()["count"] == 1


def test_versions_are_listed_the_newest_first(north: Furnished) -> None:
    address = f"/api/workflows/{north.passes.pk}/"
    changed = json.dumps({**PASS, "Comment": "second"})
    north.office.owner.patch(address, {"definition": changed, "draft_revision": 1})
    assert north.office.owner.get(address).json()["has_unpublished_changes"] is True
    north.office.owner.post(f"{address}publish/", {"draft_revision": 2})
    numbers = [row["number"] for row in north.office.owner.get(f"{address}versions/").json()["results"]]
    assert numbers == [2, 1]


def test_a_broken_definition_is_refused_with_all_that_is_wrong(office: Office) -> None:
    workflow = office.workflow("broken", BROKEN, published=False)
    address = f"/api/workflows/{workflow.pk}/"
    response = office.owner.post(f"{address}publish/", {"draft_revision": 1})
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    told = response.json()["diagnostics"]
    assert told == office.owner.get(address).json()["diagnostics"]
    assert {"/StartAt", "/States/Lost/Next", "/States/Odd/Type"} <= {each["location"] for each in told}
    assert not Revision.objects.exists()


def test_a_draft_that_somebody_changed_meanwhile_is_not_published(north: Furnished) -> None:
    address = f"/api/workflows/{north.passes.pk}/"
    north.office[Role.EDITOR].patch(address, {"layout": {}, "draft_revision": 1})
    response = north.office.owner.post(f"{address}publish/", {"draft_revision": 1})
    assert (response.status_code, response.json()["current_revision"]) == (409, 2)


def test_naming_a_stored_connection_needs_the_right_to_use_one(north: Furnished) -> None:
    user, workspace = north.office.person(Role.OWNER), north.office.workspace
    rights = [Right.VIEW, Right.EDIT, Right.PUBLISH, Right.RUN]
    _, text = make_token(user, workspace, "narrow", rights=rights)
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {text}")
    for name, status in (("north-crm", 403), ("{% $states.input.which %}", 403), ("demo", 200)):
        workflow = north.office.workflow(f"calls-{status}-{len(name)}", calling(name), published=False)
        address = f"/api/workflows/{workflow.pk}/"
        run = client.post(f"{address}executions/", {"source": "draft"})
        assert run.status_code == (201 if status == 200 else status)
        assert client.post(f"{address}publish/", {"draft_revision": 1}).status_code == status


def test_a_placeholder_that_stands_for_structure_is_refused_before_it_runs(office: Office) -> None:
    state = {"Type": "Parallel", "Branches": "${Branches}", "End": True}
    workflow = office.workflow("template", {"StartAt": "P", "States": {"P": state}}, published=False)
    answer = office.owner.post(f"/api/workflows/{workflow.pk}/publish/", {"draft_revision": 1})
    assert answer.status_code == 422
    assert "UNRESOLVED_PLACEHOLDER" in [told["code"] for told in answer.json()["diagnostics"]]
