from runner.models import Execution
from tests.runner.api.office import Furnished


def test_what_runs_is_aborted_with_the_reason_given(north: Furnished) -> None:
    address = f"/api/executions/{north.resting.key}/stop/"
    response = north.office.owner.post(address, {"error": "Enough", "cause": "It is late."})
    assert response.status_code == 200
    assert (response.json()["status"], response.json()["error"]) == ("ABORTED", "Enough")
    assert Execution.objects.get(pk=north.resting.pk).cause == "It is late."


def test_what_has_ended_stays_as_it_is(north: Furnished) -> None:
    response = north.office.owner.post(f"/api/executions/{north.ended.key}/stop/", {})
    assert (response.status_code, response.json()["status"]) == (200, "SUCCEEDED")
