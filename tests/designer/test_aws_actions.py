"""Any action of AWS is found by its words and comes with a form that the validator agrees with."""

from __future__ import annotations

import json
from typing import Any

import pytest

from runner.integrations import registry
from runner.integrations.aws_sdk import forms, offered
from runner.state_machines import diagnose, errors_among
from tests.runner.api.office import Office


def found(office: Office, search: str, **more: Any) -> dict[str, Any]:
    said: dict[str, Any] = office.owner.get("/api/catalog/aws/", {"search": search, **more}).json()
    return said


@pytest.mark.parametrize(
    ("search", "resource"),
    [
        ("s3 put object", "s3:putObject"),
        ("s3:putObject", "s3:putObject"),
        ("dynamodb putItem", "dynamodb:putItem"),
        ("transcription job start", "transcribe:startTranscriptionJob"),
        ("sfn start execution", "sfn:startExecution"),
        ("converse", "bedrockruntime:converse"),
    ],
)
def test_an_action_is_found_by_its_words(search: str, resource: str, office: Office) -> None:
    first = found(office, search)["results"][0]
    assert first["resource"] == f"arn:aws:states:::aws-sdk:{resource}"
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


def test_an_action_that_aws_does_not_have_is_not_found(office: Office) -> None:
    for names in ("s3/noSuchThing", "nothing/putObject"):
        assert office.owner.get(f"/api/catalog/aws/{names}/").status_code == 404


def test_every_thousandth_action_has_a_form_and_stands_in_a_machine_without_an_error() -> None:
    for row in offered.find("a")[::1000]:
        form = forms.form_of(row.service, row.action)
        assert form is not None, row
        assert registry.known(row.resource)
        state = {"Type": "Task", "Resource": row.resource, "Arguments": form.arguments, "End": True}
        machine = {"QueryLanguage": "JSONata", "StartAt": "It", "States": {"It": state}}
        assert errors_among(diagnose(json.dumps(machine))) == []
        assert set(form.arguments) == set(form.arguments_schema["required"])
