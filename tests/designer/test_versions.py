"""Versions are read and noted, aliases point to them; what a version runs never changes."""

from __future__ import annotations

import json

from people.models import AuditEntry
from people.rights import Role
from runner.models import Version
from tests.runner.api.office import PASS, Furnished, Office


def published_twice(office: Office) -> str:
    workflow = office.workflow("twice", PASS)
    address = f"/api/workflows/{workflow.pk}/"
    changed = json.dumps({**PASS, "Comment": "second"})
    layout = {"positions": {"Done": {"x": 3, "y": 4}}}
    office[Role.EDITOR].patch(address, {"definition": changed, "layout": layout, "draft_revision": 1})
    office[Role.EDITOR].post(f"{address}publish/", {"draft_revision": 2, "description": "for the fair"})
    return address


def test_a_version_is_described_with_its_definition_and_layout(office: Office) -> None:
    address = published_twice(office)
    first = office.owner.get(f"{address}versions/1/").json()
    second = office.owner.get(f"{address}versions/2/").json()
    assert json.loads(first["definition"]) == PASS
    assert json.loads(second["definition"])["Comment"] == "second"
    assert second["layout"] == {"positions": {"Done": {"x": 3, "y": 4}}}
    assert (second["created_by"], second["description"]) == ("north-editor", "for the fair")


def test_a_version_that_is_not_there_is_not_found(office: Office) -> None:
    address = published_twice(office)
    for number in ("3", "99999999999999"):
        assert office.owner.get(f"{address}versions/{number}/").status_code == 404


def test_versions_are_filtered_by_author_and_note(office: Office) -> None:
    address = published_twice(office)

    def numbers(query: str) -> list[int]:
        found = office.owner.get(f"{address}versions/?{query}").json()["results"]
        return [version["number"] for version in found]

    assert numbers("author=north-editor") == [2]
    assert numbers("named=true") == [2]
    assert numbers("named=false") == [2, 1]


def test_a_note_is_changed_and_the_definition_stays(office: Office) -> None:
    address = published_twice(office)
    said = office.owner.patch(f"{address}versions/1/", {"description": "before the fair"}).json()
    assert said["description"] == "before the fair"
    assert json.loads(Version.objects.get(number=1).revision.definition) == PASS
    entry = AuditEntry.objects.get(action="version noted")
    assert (entry.actor, entry.details) == ("north-owner", {"version": 1})


def test_an_alias_shares_starts_out_and_is_pointed_elsewhere(office: Office) -> None:
    address = published_twice(office)
    routes = [{"version": 1, "weight": 90}, {"version": 2, "weight": 10}]
    made = office.owner.post(
        f"{address}aliases/", {"name": "live", "description": "customers", "routes": routes}
    )
    assert made.status_code == 201
    assert made.json()["routes"] == routes
    assert made.json()["arn"].endswith(":stateMachine:north-twice:live")
    moved = office.owner.patch(f"{address}aliases/live/", {"routes": [{"version": 2, "weight": 100}]}).json()
    assert (moved["routes"], moved["description"]) == ([{"version": 2, "weight": 100}], "customers")
    assert office.owner.get(f"{address}aliases/").json() == [moved]
    assert office.owner.delete(f"{address}aliases/live/").status_code == 204
    assert office.owner.get(f"{address}aliases/").json() == []
    assert office.owner.delete(f"{address}aliases/live/").status_code == 404
    actions = AuditEntry.objects.filter(action__startswith="alias ").values_list("action", flat=True)
    assert sorted(actions) == ["alias changed", "alias deleted", "alias made"]


def test_a_wrong_alias_is_refused_at_its_field(office: Office) -> None:
    address = f"{published_twice(office)}aliases/"
    whole = [{"version": 1, "weight": 100}]
    office.owner.post(address, {"name": "live", "routes": whole})
    for body, field in [
        ({"name": "7", "routes": whole}, "name"),
        ({"name": "live", "description": "other", "routes": whole}, "name"),
        ({"name": "new", "routes": [{"version": 9, "weight": 100}]}, "routes"),
        ({"name": "new", "routes": [{"version": 1, "weight": 60}]}, "routes"),
        ({"name": "new", "routes": []}, "routes"),
    ]:
        response = office.owner.post(address, body)
        assert response.status_code == 400, body
        assert response.json()["errors"][0]["field"] == field


def test_an_alias_of_another_workflow_is_not_found_here(north: Furnished) -> None:
    elsewhere = f"/api/workflows/{north.waits.pk}/aliases/live/"
    assert north.office.owner.patch(elsewhere, {"description": "mine"}).status_code == 404
    assert north.office.owner.delete(elsewhere).status_code == 404
