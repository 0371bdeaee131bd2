"""kill -9 while a distributed Map runs: each item is run, and its end counts once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.api import wait_for
from tests.support.server import Server, running

pytestmark = pytest.mark.e2e

ITEMS = 300
PROCESSOR = {
    "ProcessorConfig": {"Mode": "DISTRIBUTED"},
    "StartAt": "Rest",
    "States": {"Rest": {"Type": "Wait", "Seconds": 1, "Next": "Do"}, "Do": {"Type": "Pass", "End": True}},
}
EACH = {
    "StartAt": "Each",
    "States": {
        "Each": {"Type": "Map", "ItemProcessor": PROCESSOR, "MaxConcurrency": 50, "End": True},
    },
}


def test_a_map_run_that_was_killed_in_its_middle_runs_each_item_once(tmp_path: Path) -> None:
    with running(Server(tmp_path)) as server:
        api = server.api()
        key = api.run(api.publish("each", EACH), list(range(ITEMS)))
        for least in (20, 120):
            wait_for(lambda: _counts(server, key)["succeeded"], lambda done, least=least: done >= least, 60)  # type: ignore[misc]
            server.kill()
            server.start()
        api = server.api()
        ended = wait_for(
            lambda: api.get(f"/api/executions/{key}/"), lambda found: found["status"] != "RUNNING", 120
        )
        assert (ended["status"], ended["output"]) == ("SUCCEEDED", list(range(ITEMS)))
        counts = _counts(server, key)
        assert (counts["succeeded"], counts["total"]) == (ITEMS, ITEMS)
        [run] = api.get(f"/api/executions/{key}/map-runs/")
        assert api.get(f"/api/executions/?map_run={run['id']}")["count"] == ITEMS


def _counts(server: Server, key: str) -> dict[str, int]:
    runs = server.api().get(f"/api/executions/{key}/map-runs/")
    return dict(runs[0]["counts"]) if runs else {"succeeded": 0, "total": 0}
