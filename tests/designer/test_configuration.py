"""Logging, tracing and tags: kept with what runs, as the service keeps them."""

from __future__ import annotations

from people.models import AuditEntry
from runner.models import Revision, Tag
from tests.runner.api.office import PASS, Furnished, Office


def address(north: Furnished) -> str:
    return f"/api/workflows/{north.passes.pk}/configuration/"


def test_a_workflow_begins_with_the_services_defaults(north: Furnished) -> None:
    said = north.office.owner.get(address(north)).json()
    assert said == {
        "published": True,
        "role_arn": "",
        "logging_level": "OFF",
        "log_data": False,
        "tracing": False,
        "tags": [],
    }


def test_logging_and_tracing_make_a_new_revision_and_the_same_again_does_not(north: Furnished) -> None:
    before = Revision.objects.filter(state_machine=north.passes.state_machine).count()
    for _ in range(2):
        said = north.office.owner.patch(
            address(north), {"logging_level": "ERROR", "log_data": True, "tracing": True}
        ).json()
    assert (said["logging_level"], said["log_data"], said["tracing"]) == ("ERROR", True, True)
    revisions = Revision.objects.filter(state_machine=north.passes.state_machine).order_by("number")
    assert revisions.count() == before + 1
    newest = revisions.last()
    assert newest is not None
    assert newest.configuration["loggingConfiguration"]["level"] == "ERROR"
    assert newest.configuration["tracingConfiguration"] == {"enabled": True}


def test_tags_are_written_whole(north: Furnished) -> None:
    owner = north.office.owner
    tags = [{"key": "team", "value": "blue"}, {"key": "cost", "value": ""}]
    assert owner.patch(address(north), {"tags": tags}).json()["tags"] == [tags[1], tags[0]]
    assert owner.patch(address(north), {"tags": tags[:1]}).json()["tags"] == tags[:1]
    assert Tag.objects.get().resource_arn.endswith(":stateMachine:north-passes")
    assert AuditEntry.objects.filter(action="workflow configured").count() == 2


def test_too_many_tags_change_nothing(north: Furnished) -> None:
    tags = [{"key": f"k{number}", "value": ""} for number in range(51)]
    response = north.office.owner.patch(address(north), {"tags": tags, "tracing": True})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "tags"
    assert north.office.owner.get(address(north)).json()["tracing"] is False


def test_what_was_never_published_has_no_logging_to_set(office: Office) -> None:
    workflow = office.workflow("fresh", PASS, published=False)
    place = f"/api/workflows/{workflow.pk}/configuration/"
    assert office.owner.get(place).json()["published"] is False
    assert office.owner.patch(place, {"tracing": True}).status_code == 409
    assert office.owner.patch(place, {"tags": [{"key": "a", "value": "b"}]}).status_code == 200
