from datetime import datetime

import pytest

from runner.models import Execution
from tests.runner.api.office import Furnished


def test_a_wait_for_time_says_when_it_is_over(north: Furnished) -> None:
    [wait] = north.office.owner.get(f"/api/executions/{north.resting.key}/waits/").json()
    assert (wait["state"], wait["kind"], wait["scope"]) == ("Rest", "timer", [])
    due, since = (datetime.fromisoformat(wait[name]) for name in ("due", "since"))
    assert round((due - since).total_seconds()) == 3600


def test_a_wait_for_people_names_the_approval(north: Furnished) -> None:
    key = north.approval.execution.key
    [wait] = north.office.owner.get(f"/api/executions/{key}/waits/").json()
    assert (wait["state"], wait["kind"], wait["approval"]) == ("Ask", "approval", str(north.approval.key))
    assert datetime.fromisoformat(wait["due"]) == north.approval.expires_at


def test_what_has_ended_waits_for_nothing(north: Furnished) -> None:
    assert north.office.owner.get(f"/api/executions/{north.ended.key}/waits/").json() == []


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ({"action": "run_now"}, "SUCCEEDED"),
        ({"action": "skip", "output": {"said": "enough"}}, "SUCCEEDED"),
        ({"action": "skip", "output": None}, "SUCCEEDED"),
        ({"action": "fail", "error": "Enough", "cause": "It is late."}, "FAILED"),
        ({"action": "extend", "seconds": 60}, "RUNNING"),
    ],
)
def test_a_wait_is_acted_on(act: dict[str, object], status: str, north: Furnished) -> None:
    [wait] = north.office.owner.get(f"/api/executions/{north.resting.key}/waits/").json()
    address = f"/api/executions/{north.resting.key}/waits/{wait['frame']}/{wait['wait']}/"
    response = north.office.owner.post(address, act)
    assert (response.status_code, response.json()["status"]) == (200, status)


def test_acting_twice_is_told_as_a_conflict(north: Furnished) -> None:
    [wait] = north.office.owner.get(f"/api/executions/{north.resting.key}/waits/").json()
    address = f"/api/executions/{north.resting.key}/waits/{wait['frame']}/{wait['wait']}/"
    assert north.office.owner.post(address, {"action": "run_now"}).status_code == 200
    assert north.office.owner.post(address, {"action": "run_now"}).status_code == 409
    assert Execution.objects.get(pk=north.resting.pk).status == "SUCCEEDED"


def test_a_place_that_no_column_could_hold_waits_for_nothing(north: Furnished) -> None:
    address = f"/api/executions/{north.resting.key}/waits/{10**30}/1/"
    assert north.office.owner.post(address, {"action": "run_now"}).status_code == 409


@pytest.mark.parametrize(
    ("act", "field"),
    [({"action": "extend"}, "seconds"), ({"action": "wake"}, "action"), ({}, "action")],
)
def test_what_cannot_be_done_is_refused_by_field(
    act: dict[str, object], field: str, north: Furnished
) -> None:
    response = north.office.owner.post(f"/api/executions/{north.resting.key}/waits/0/1/", act)
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == field
