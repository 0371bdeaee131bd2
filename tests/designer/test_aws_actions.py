"""Any action of AWS is found by its words and comes with a form that the validator agrees with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer import catalog
from designer.judging import judge
from runner.integrations import aws_sdk, registry
from runner.integrations.aws_sdk import forms, offered
from runner.state_machines import diagnose, errors_among
from tests.runner.api.office import Office


def found(office: Office, search: str, **more: Any) -> dict[str, Any]:
    said: dict[str, Any] = office.owner.get("/api/catalog/aws/", {"search": search, **more}).json()
    return said


@pytest.mark.parametrize(
    ("search", "resource"),
    [
        ("s3 put object", "aws-sdk:s3:putObject"),
        ("s3:putObject", "aws-sdk:s3:putObject"),
        ("dynamodb putItem", "dynamodb:putItem"),
        ("transcription job start", "aws-sdk:transcribe:startTranscriptionJob"),
        ("sfn start execution", "aws-sdk:sfn:startExecution"),
        ("converse", "aws-sdk:bedrockruntime:converse"),
        ("ecs run task", "ecs:runTask"),
        ("glue start job run", "glue:startJobRun"),
        ("athena query execution start", "athena:startQueryExecution"),
        ("eventbridge put events", "events:putEvents"),
        ("eks create cluster", "eks:createCluster"),
    ],
)
def test_an_action_is_found_by_its_words(search: str, resource: str, office: Office) -> None:
    first = found(office, search)["results"][0]
    assert first["resource"] == f"arn:aws:states:::{resource}"
    assert first["description"]


def test_what_is_found_comes_in_pages_and_never_all_of_it(office: Office) -> None:
    first = found(office, "list", page_size=20)
    assert first["count"] > 1000
    assert len(first["results"]) == 20
    second = found(office, "list", page_size=20, page=2)
    assert {each["resource"] for each in first["results"]} & {
        each["resource"] for each in second["results"]
    } == set()
    assert found(office, "  ") == {"count": 0, "next": None, "previous": None, "results": []}
    assert found(office, "no such words at all")["count"] == 0


def test_a_stream_of_events_is_not_offered(office: Office) -> None:
    assert found(office, "bedrockruntime converseStream")["count"] == 0


def test_an_action_comes_with_its_form_the_required_fields_first(office: Office) -> None:
    item = office.owner.get("/api/catalog/aws/s3/putObject/").json()
    schema = item["arguments_schema"]
    assert schema["required"] == ["Bucket", "Key"]
    assert list(schema["properties"])[:2] == ["Bucket", "Key"]
    assert "private" in schema["properties"]["Acl"]["enum"]
    assert item["template"]["Resource"] == "arn:aws:states:::aws-sdk:s3:putObject"
    assert (item["title"], item["name"]) == ("S3 put object", "Put object")


def test_every_older_form_is_found_with_a_form_and_waits_for_its_job(office: Office) -> None:
    for name, optimised in aws_sdk.OPTIMISED.items():
        names = name.rpartition(":::")[2]
        [row] = [each for each in offered.find(names) if each.resource == name]
        item = catalog.optimised_action(*names.split(":"))
        assert item is not None
        resource = item["template"]["Resource"]
        assert resource == (f"{name}.sync" if optimised.job else name)
        assert row.waits is (optimised.job is not None)
        assert registry.known(resource)
        assert set(item["suffixes"]) == optimised.suffixes


def test_an_older_form_has_the_names_of_its_own(office: Office) -> None:
    item = office.owner.get("/api/catalog/aws/elasticmapreduce/addStep/?optimised=true").json()
    assert item["template"] == {
        "Type": "Task",
        "Resource": "arn:aws:states:::elasticmapreduce:addStep.sync",
        "Arguments": {"ClusterId": "", "Step": {}},
    }
    assert "JobFlowId" not in item["arguments_schema"]["properties"]
    assert office.owner.get("/api/catalog/aws/s3/putObject/?optimised=true").status_code == 404


def test_a_line_that_describes_nothing_is_left_out() -> None:
    rows = offered.find("a")
    assert not [row for row in rows if row.line.startswith(("If ", "When ", "For ", "We "))]
    assert len([row for row in rows if not row.line]) < len(rows) / 100


def test_a_required_argument_that_is_empty_is_told_at_its_field() -> None:
    def told(resource: str, arguments: Any, **more: Any) -> list[tuple[str, str]]:
        state = {"Type": "Task", "Resource": resource, "Arguments": arguments, "End": True, **more}
        machine = {"QueryLanguage": "JSONata", "StartAt": "It", "States": {"It": state}}
        return [(each.severity, each.location) for each in judge(json.dumps(machine), "STANDARD")]

    sentiment = "arn:aws:states:::aws-sdk:comprehend:detectSentiment"
    at = "/States/It/Arguments"
    assert told(sentiment, {"Text": ""}) == [("WARNING", f"{at}/Text"), ("WARNING", f"{at}/LanguageCode")]
    assert told(sentiment, {"Text": "{% $states.input %}", "LanguageCode": "en"}) == []
    assert told(sentiment, "{% $states.input %}") == []
    assert told("arn:aws:states:::glue:startJobRun.sync", {}) == [("WARNING", f"{at}/JobName")]
    assert told("arn:aws:states:::elasticmapreduce:terminateCluster", {"ClusterId": "j-1"}) == []


def test_in_jsonpath_a_required_argument_may_be_a_path() -> None:
    def told(**parameters: Any) -> list[str]:
        resource = "arn:aws:states:::aws-sdk:s3:getObject"
        state = {"Type": "Task", "Resource": resource, "Parameters": parameters, "End": True}
        machine = {"StartAt": "It", "States": {"It": state}}
        return [each.location for each in judge(json.dumps(machine), "STANDARD")]

    assert told(**{"Bucket.$": "$.bucket", "Key": "k"}) == []
    assert told(**{"Bucket.$": "$.bucket"}) == ["/States/It/Parameters/Key"]


def test_an_action_that_aws_does_not_have_is_not_found(office: Office) -> None:
    for names in ("s3/noSuchThing", "nothing/putObject"):
        assert office.owner.get(f"/api/catalog/aws/{names}/").status_code == 404


def test_every_thousandth_action_has_a_form_and_stands_in_a_machine_without_an_error() -> None:
    for row in [each for each in offered.find("a") if each.optimised is None][::1000]:
        form = forms.form_of(row.service, row.action)
        assert form is not None, row
        assert registry.known(row.resource)
        state = {"Type": "Task", "Resource": row.resource, "Arguments": form.arguments, "End": True}
        machine = {"QueryLanguage": "JSONata", "StartAt": "It", "States": {"It": state}}
        assert errors_among(diagnose(json.dumps(machine))) == []
        assert set(form.arguments) == set(form.arguments_schema["required"])
