from tests.runner.api.office import Furnished

FAILS = {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Nope"}}}


def failed(north: Furnished) -> str:
    workflow = north.office.workflow("fails", FAILS)
    response = north.office.owner.post(f"/api/workflows/{workflow.pk}/executions/", {"input": {}})
    assert (response.status_code, response.json()["status"]) == (201, "FAILED")
    return f"/api/executions/{response.json()['id']}/"


def test_what_failed_is_redriven_and_its_description_says_how_often(north: Furnished) -> None:
    address = failed(north)
    before = north.office.owner.get(address).json()
    assert (before["redrive_count"], before["redriven_at"]) == (0, None)
    assert before["redrive"] == {"status": "REDRIVABLE", "reason": None}
    answer = north.office.owner.post(f"{address}redrive/", {})
    assert (answer.status_code, answer.json()["redrive_count"]) == (200, 1)
    after = north.office.owner.get(address).json()
    assert (after["status"], after["redrive_count"]) == ("FAILED", 1)
    assert after["redriven_at"] is not None
    entries = north.office.owner.get(f"{address}entries/").json()["entries"]
    asked = next(entry for entry in entries if entry["type"] == "RedriveAsked")
    assert asked["details"] == {"by": "north-owner", "token": None}


def test_a_token_makes_a_repeat_harmless(north: Furnished) -> None:
    address = failed(north)
    for _ in range(2):
        answer = north.office.owner.post(f"{address}redrive/", {"token": "once"})
        assert (answer.status_code, answer.json()["redrive_count"]) == (200, 1)
    refused = north.office.owner.post(f"{address}redrive/", {"token": "no blanks"})
    assert refused.status_code == 400


def test_what_runs_or_succeeded_is_refused_with_the_reason(north: Furnished) -> None:
    for execution, reason in (
        (north.resting, "Execution is RUNNING and cannot be redriven"),
        (north.ended, "Execution is SUCCEEDED and cannot be redriven"),
    ):
        address = f"/api/executions/{execution.key}/"
        shown = north.office.owner.get(address).json()
        assert shown["redrive"] == {"status": "NOT_REDRIVABLE", "reason": reason}
        refused = north.office.owner.post(f"{address}redrive/", {})
        assert refused.status_code == 409
        assert refused.json()["detail"] == f"{reason}."
