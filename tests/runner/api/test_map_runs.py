from typing import Any

from asl.interpreter import events as ev
from people.rights import Role
from runner import engine
from runner.models import Execution, MapRun
from runner.operations import Deliver
from runner.writer import submit
from tests.runner.api.office import Furnished, Office
from tests.runner.engine.conftest import World


def pulled(office: Office, run: MapRun) -> list[Execution]:
    """Let the children begin, and return them."""
    World(office.workspace).pull()
    return list(Execution.objects.filter(map_run=run).order_by("item_index"))


def counts(office: Office, run: MapRun) -> dict[str, int]:
    answer = office.owner.get(f"/api/map-runs/{run.key}/").json()
    return {name: count for name, count in answer["counts"].items() if count}


def test_the_map_runs_of_an_execution_are_listed_with_their_counts(north: Furnished) -> None:
    run = north.map_run()
    [listed] = north.office.owner.get(f"/api/executions/{run.execution.key}/map-runs/").json()
    assert (listed["id"], listed["state"], listed["label"]) == (str(run.key), "Each", "Each")
    assert listed["arn"] == run.arn
    assert {name: count for name, count in listed["counts"].items() if count} == {
        "total": 2,
        "pending": 1,
        "running": 1,
    }
    assert (listed["status"], listed["max_concurrency"], listed["express"]) == ("RUNNING", 1, False)


def test_children_are_listed_by_their_map_run_and_nowhere_else(north: Furnished) -> None:
    run = north.map_run()
    office = north.office
    listed = office.owner.get("/api/executions/", {"map_run": str(run.key)}).json()
    [child] = listed["results"]
    assert (listed["count"], child["item_index"], child["map_run"]) == (1, 0, str(run.key))
    assert f"{office.workspace.slug}-maps" in child["arn"]
    everywhere = office.owner.get("/api/executions/").json()["results"]
    assert child["id"] not in [row["id"] for row in everywhere]
    [newest] = office.owner.get("/api/workflows/", {"search": "maps"}).json()["results"]
    assert [row["id"] for row in newest["recent_executions"]] == [str(run.execution.key)]


def test_a_child_has_a_page_of_its_own_with_its_definition_and_its_parent(north: Furnished) -> None:
    run = north.map_run()
    [child] = pulled(north.office, run)
    shown: dict[str, Any] = north.office.owner.get(f"/api/executions/{child.key}/").json()
    assert shown["parent"] == {"id": str(run.execution.key), "name": run.execution.name}
    assert (shown["input"], shown["layout"]) == ("secret words", {})
    assert '"Rest"' in shown["definition"]
    assert '"Each"' not in shown["definition"]
    assert shown["redrive"]["status"] == "NOT_REDRIVABLE"
    engine.stop_execution(child.pk)
    stopped = north.office.owner.get(f"/api/executions/{child.key}/").json()
    assert stopped["redrive"] == {"status": "REDRIVABLE_BY_MAP_RUN", "reason": None}


def test_higher_bounds_start_more_children_and_an_ended_map_run_keeps_its_own(north: Furnished) -> None:
    run = north.map_run()
    address = f"/api/map-runs/{run.key}/"
    changed = north.office[Role.OPERATOR].patch(address, {"max_concurrency": 2}, format="json").json()
    assert (changed["max_concurrency"], changed["counts"]["running"]) == (2, 2)
    assert north.office.owner.patch(address, {"max_concurrency": -1}, format="json").status_code == 400
    engine.stop_execution(run.execution.pk)
    late = north.office.owner.patch(address, {"max_concurrency": 3}, format="json")
    assert (late.status_code, late.json()["title"]) == (409, "It does not run any more")


def test_counts_tell_what_a_redrive_has_yet_to_come_to(north: Furnished) -> None:
    run, office = north.map_run(), north.office
    office.owner.patch(f"/api/map-runs/{run.key}/", {"max_concurrency": 2}, format="json")
    pulled(office, run)
    engine.stop_execution(run.execution.pk)
    pulled(office, run)
    assert counts(office, run) == {"total": 2, "aborted": 2}
    submit(Deliver(run.execution.pk, ev.RedriveRequested())).result()
    assert counts(office, run) == {"total": 2, "pending_redrive": 2}
    for _ in range(3):
        pulled(office, run)
    assert counts(office, run) == {"total": 2, "running": 2}
