import json
from typing import Any

from designer.models import Workflow
from tests.designer.test_publish import BROKEN
from tests.runner.api.office import PASS, Office


def validate(office: Office, definition: str, **more: str) -> dict[str, object]:
    response = office.owner.post("/api/definitions/validate/", {"definition": definition, **more})
    assert response.status_code == 200
    found: dict[str, object] = response.json()
    return found


def test_a_good_definition_is_ok(office: Office) -> None:
    assert validate(office, json.dumps(PASS)) == {"result": "OK", "diagnostics": []}


def test_everything_that_is_wrong_is_told_with_its_place(office: Office) -> None:
    answer = validate(office, json.dumps(BROKEN))
    assert answer["result"] == "FAIL"
    assert all(
        each.keys() == {"severity", "code", "message", "location"}
        for each in answer["diagnostics"]  # type: ignore[attr-defined]
    )


def test_a_text_that_is_not_json_fails_and_is_no_error_of_the_request(office: Office) -> None:
    assert validate(office, "{")["result"] == "FAIL"
    assert validate(office, "")["result"] == "FAIL"


def test_nothing_is_kept(office: Office) -> None:
    validate(office, json.dumps(PASS))
    assert not Workflow.objects.exists()


def test_what_express_cannot_do_is_told_at_the_field(office: Office) -> None:
    ask = {"Type": "Task", "Resource": "arn:cuelight:states:::approval:request", "Next": "Call"}
    call = {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Next": "Dig"}
    dig = {"Type": "Task", "Resource": "arn:aws:states:us-east-1:111111111111:activity:dig", "Next": "Each"}
    config = {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}
    inner = {"StartAt": "Inner", "States": {"Inner": {**ask, "Next": "Last"}, "Last": {"Type": "Succeed"}}}
    each = {"Type": "Map", "ItemProcessor": {"ProcessorConfig": config, **inner}, "End": True}
    states = {"Ask": ask, "Call": call, "Dig": dig, "Each": each}
    definition = json.dumps({"QueryLanguage": "JSONata", "StartAt": "Ask", "States": states})

    def told(**more: str) -> dict[str, str]:
        found: Any = validate(office, definition, **more)["diagnostics"]
        return {
            each["location"]: f"{each['severity']} {each['message']}"
            for each in found
            if each["code"] != "ARGUMENT_MISSING"
        }

    ends = "WARNING An Express execution ends after 5 minutes, and its question with it"
    inside = "/States/Each/ItemProcessor/States/Inner/Resource"
    assert told(type="STANDARD") == {inside: f"{ends}: let each item run as a Standard execution"}
    assert told(type="EXPRESS") == {
        "/States/Ask/Resource": f"{ends}: ask people in a Standard workflow",
        "/States/Call/Resource": "ERROR An express state machine does not support .sync",
        "/States/Dig/Resource": "ERROR An express state machine cannot wait for an activity",
        "/States/Each/ItemProcessor/ProcessorConfig/Mode": (
            "WARNING On AWS an express state machine has no distributed Map"
        ),
        inside: f"{ends}: ask people in a Standard workflow",
    }
