import json

import pytest

from designer.models import Workflow
from people.models import AuditEntry, User
from people.rights import Role
from tests.runner.api.office import PASS, Furnished, Office


def test_a_new_workflow_has_a_draft_that_runs(office: Office) -> None:
    made = office.owner.post("/api/workflows/", {"name": "first", "description": "tries"})
    assert made.status_code == 201
    said = made.json()
    assert (said["draft_revision"], said["published_version"], said["diagnostics"]) == (1, None, [])
    assert (said["draft_saved_by"], said["layout"], said["type"]) == ("north-owner", {}, "STANDARD")
    assert office.owner.get(f"/api/workflows/{said['id']}/").json() == said


@pytest.mark.parametrize("name", ["two words", "a/b", "x" * 81, ""])
def test_a_name_that_no_arn_could_hold_is_refused(name: str, office: Office) -> None:
    response = office.owner.post("/api/workflows/", {"name": name})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "name"


def test_a_name_is_given_once(north: Furnished) -> None:
    response = north.office.owner.post("/api/workflows/", {"name": "north-passes"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == "Another workflow has this name."


def test_a_draft_is_kept_as_typed_with_what_is_wrong_with_it(office: Office) -> None:
    workflow = office.workflow("typing", PASS, published=False)
    broken = '{\n "StartAt": '
    said = office.owner.patch(
        f"/api/workflows/{workflow.pk}/", {"definition": broken, "draft_revision": 1, "layout": None}
    ).json()
    assert (said["definition"], said["draft_revision"], said["layout"]) == (broken, 2, {})
    assert said["diagnostics"][0]["severity"] == "ERROR"
    assert "line" in said["diagnostics"][0]["message"]


def test_a_layout_is_kept_as_it_was_sent_and_only_its_size_is_judged(office: Office) -> None:
    layout = {
        "positions": {"A": {"x": -12.5, "y": 3}},
        "folded": ["Box"],
        "notes": [
            {"id": "note-1", "x": 1, "y": 2, "width": 220, "height": 120, "text": "# a", "tone": "sand"}
        ],
        "disabled": {"A": {"state": {"Type": "Wait", "Seconds": 1}, "since": "2026-01-02T03:04:05Z"}},
        "direction": "right",
        "of a later version": [1, None, {"x": True}],
    }
    workflow = office.workflow("drawn", PASS, published=False)
    address = f"/api/workflows/{workflow.pk}/"
    assert office.owner.patch(address, {"layout": layout, "draft_revision": 1}).status_code == 200
    assert office.owner.get(address).json()["layout"] == layout
    large = {"notes": [{"text": "x" * 4_200_000}]}
    refused = office.owner.patch(address, {"layout": large, "draft_revision": 2})
    assert refused.status_code == 400
    assert "4 MiB" in refused.json()["detail"]


def test_a_stale_draft_is_refused_and_says_who_was_first(office: Office) -> None:
    workflow = office.workflow("shared", PASS, published=False)
    address = f"/api/workflows/{workflow.pk}/"
    layout = {"positions": {"Done": {"x": 1, "y": 2}}}
    User.objects.filter(username="north-editor").update(first_name="Ed", last_name="North")
    first = office[Role.EDITOR].patch(address, {"layout": layout, "draft_revision": 1})
    assert first.status_code == 200
    late = office.owner.patch(address, {"definition": "{}", "draft_revision": 1, "description": "late"})
    assert late.status_code == 409
    said = late.json()
    assert (said["current_revision"], said["saved_by"]) == (2, "north-editor")
    assert said["saved_by_name"] == "Ed North"
    assert said["saved_at"].endswith("Z")
    after = office.owner.get(address).json()
    assert (after["layout"], json.loads(after["definition"])) == (layout, PASS)
    assert after["description"] == "north shared"  # all of it or nothing


def test_whose_draft_stands_is_asked_without_reading_it(office: Office, south: Furnished) -> None:
    workflow = office.workflow("asked", PASS, published=False)
    address = f"/api/workflows/{workflow.pk}/"
    office[Role.EDITOR].patch(address, {"definition": "{}", "draft_revision": 1})
    said = office[Role.VIEWER].get(f"{address}draft/").json()
    assert (said["draft_revision"], said["draft_saved_by"]) == (2, "north-editor")
    assert said["draft_saved_by_name"] == "north-editor"
    assert said.keys() == {"draft_revision", "draft_saved_by", "draft_saved_by_name", "draft_saved_at"}
    assert south.office.owner.get(f"{address}draft/").status_code == 404


def test_a_save_says_which_draft_it_was_made_from(north: Furnished) -> None:
    response = north.office.owner.patch(f"/api/workflows/{north.passes.pk}/", {"definition": "{}"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "draft_revision"


def test_a_workflow_is_standard_unless_express_is_asked_for(office: Office) -> None:
    def made(**asked: str) -> str:
        name = f"made-{asked.get('type', 'unsaid')}"
        said = office.owner.post("/api/workflows/", {"name": name, **asked}).json()
        return str(office.owner.get(f"/api/workflows/{said['id']}/").json()["type"])

    assert (made(), made(type="STANDARD"), made(type="EXPRESS")) == ("STANDARD", "STANDARD", "EXPRESS")
    assert office.owner.post("/api/workflows/", {"name": "fast", "type": "FAST"}).status_code == 400


def test_a_draft_is_renamed_and_a_published_workflow_keeps_its_name(north: Furnished) -> None:
    draft = north.office.workflow("draft", PASS, published=False)
    renamed = north.office.owner.patch(f"/api/workflows/{draft.pk}/", {"name": "other"}).json()
    assert (renamed["name"], renamed["name_is_fixed"]) == ("other", False)
    assert north.office.owner.get(f"/api/workflows/{north.passes.pk}/").json()["name_is_fixed"] is True
    response = north.office.owner.patch(f"/api/workflows/{north.passes.pk}/", {"name": "other-2"})
    assert response.status_code == 400
    assert "ARN" in response.json()["errors"][0]["message"]


def test_a_workflow_is_deleted_with_its_ended_executions(north: Furnished) -> None:
    assert north.office.owner.delete(f"/api/workflows/{north.passes.pk}/").status_code == 204
    assert north.office.owner.get(f"/api/executions/{north.ended.key}/").status_code == 404
    assert AuditEntry.objects.filter(action="workflow deleted", subject="north-passes").exists()


def test_a_workflow_that_runs_is_not_deleted(north: Furnished) -> None:
    assert north.office.owner.delete(f"/api/workflows/{north.waits.pk}/").status_code == 409
    assert Workflow.objects.filter(pk=north.waits.pk).exists()
