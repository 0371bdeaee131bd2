import json
from typing import Any

import pytest

from designer import catalog, patterns
from designer.judging import judge
from designer.templates import Template, templates
from runner.integrations import registry
from runner.state_machines import diagnose, errors_among
from tests.runner.api.office import Office

ITEMS = [item for group in catalog.groups() for item in group["items"]]


def test_the_palette_has_three_tabs_and_each_item_an_id_of_its_own(office: Office) -> None:
    groups = office.owner.get("/api/catalog/").json()["groups"]
    assert {group["tab"] for group in groups} == {"actions", "flow", "patterns"}
    ids = [item["id"] for group in groups for item in group["items"]]
    assert len(ids) == len(set(ids))


def test_every_integration_is_in_the_palette() -> None:
    offered = {item["resource"] for item in ITEMS if item["resource"]}
    assert offered >= {described.resource for described in registry.describe()}
    # Jobs of AWS come without their forms, which are read when they are wanted.
    jobs = offered - {described.resource for described in registry.describe()}
    assert jobs == {f"arn:aws:states:::{name}" for name in catalog.WANTED_JOBS}


def test_the_activities_of_the_workspace_are_in_the_palette(office: Office) -> None:
    def offered() -> list[tuple[str, str]]:
        groups = office.owner.get("/api/catalog/").json()["groups"]
        [found] = [group for group in groups if group["title"] == "Activities"]
        return [(item["title"], item["template"]["Resource"]) for item in found["items"]]

    home = f"arn:aws:states:us-east-1:{office.workspace.number}:activity:"
    assert offered() == [("Activity", home + "my-activity")]
    for name in ("paint", "greet"):
        office.owner.post("/api/activities/", {"name": name})
    assert offered() == [("greet", home + "greet"), ("paint", home + "paint")]


def test_every_state_type_is_in_the_palette() -> None:
    types = {item["type"] for item in ITEMS}
    assert types == {"Task", "Choice", "Parallel", "Map", "Wait", "Pass", "Succeed", "Fail", "Pattern"}


def test_a_fail_state_comes_without_words_of_ours_that_a_run_would_show() -> None:
    [fail] = [item for item in ITEMS if item["type"] == "Fail"]
    assert fail["template"] == {"Type": "Fail"}


@pytest.mark.parametrize("pattern", patterns.PATTERNS, ids=lambda pattern: pattern.id)
def test_every_pattern_is_a_machine_without_a_fault(pattern: patterns.Pattern) -> None:
    machine = {"QueryLanguage": "JSONata", **pattern.graph}
    assert diagnose(json.dumps(machine)) == []


@pytest.mark.parametrize(
    "item", [item for item in ITEMS if item["type"] == "Task"], ids=lambda item: item["id"]
)
def test_every_action_stands_in_a_machine_without_an_error(item: dict[str, Any]) -> None:
    state = {**item["template"], "End": True}
    machine = {"QueryLanguage": "JSONata", "StartAt": "It", "States": {"It": state}}
    assert errors_among(diagnose(json.dumps(machine))) == []


@pytest.mark.parametrize(
    ("resource", "empty"),
    [
        ("lambda:invoke", ["FunctionName"]),
        ("aws-sdk:s3:getObject", ["Bucket", "Key"]),
        ("aws-sdk:s3:listObjectsV2", ["Bucket"]),
        ("dynamodb:putItem", ["TableName"]),
        ("sqs:sendMessage", ["QueueUrl"]),
        ("sns:publish", ["TopicArn"]),
        ("aws-sdk:transcribe:startTranscriptionJob", ["Media/MediaFileUri"]),
    ],
)
def test_what_only_its_author_knows_begins_empty_and_is_asked_for(resource: str, empty: list[str]) -> None:
    [item] = [item for item in ITEMS if item["resource"] == f"arn:aws:states:::{resource}"]
    assert "my-" not in json.dumps(item["template"])
    state = {**item["template"], "End": True}
    definition = {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": state}}
    told = [each.location for each in judge(json.dumps(definition), "STANDARD")]
    assert told == [f"/States/A/Arguments/{field}" for field in empty]


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.slug)
def test_every_template_is_a_machine_without_a_fault(template: Template) -> None:
    assert diagnose(template.definition) == []


def test_the_templates_are_offered_with_an_input_to_try(office: Office) -> None:
    offered = office.owner.get("/api/templates/").json()
    assert {each["slug"] for each in offered} == {template.slug for template in templates()}
    assert all("input" in each for each in offered)
    assert all(each[part] for each in offered for part in ("name", "description", "details"))


def test_the_schema_of_definitions_is_sent_once_and_then_known(office: Office) -> None:
    first = office.owner.get("/api/asl-schema/")
    assert first.json()["$defs"]["Task.JSONata"]["properties"]["Resource"] == {"$ref": "#/$defs/Resource"}
    again = office.owner.get("/api/asl-schema/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
