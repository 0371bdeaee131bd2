import json

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
