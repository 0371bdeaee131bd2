"""The recorded calls that had an activity's worker beside them: run.py plays one in execution cases only."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.support.aws import Client

from . import corpus

JSON = Any

HELPER = "sfn_activity_consumer"


def without_one(cases: Path, folder: Path) -> Path:
    """Return a folder of links to all cases but those that need a worker."""
    for path in cases.rglob("*.json"):
        if not _needs_one(json.loads(path.read_text())):
            link = folder / path.relative_to(cases)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)
    return folder


def run(client: Client, seconds: float) -> list[JSON]:
    """Run the cases that need a worker, with one; returns results as run.py reports them."""
    rules = corpus.rules()

    def one(case: JSON) -> JSON:
        stop = threading.Event()
        try:
            found = rules.run_api(
                rules.fresh(case), _Accompanied(client, rules, _worker(case), stop), seconds
            )
        finally:
            stop.set()
        return found | {name: case[name] for name in ("id", "group", "kind")}

    cases = [case for case in corpus.read("cases") if _needs_one(case)]
    with ThreadPoolExecutor(len(cases) or 1) as pool:
        return list(pool.map(one, cases))


def _needs_one(case: JSON) -> bool:
    return isinstance(case, dict) and case.get("kind") == "api" and HELPER in case.get("helpers", ())


class _Accompanied:
    """A client that lets a worker loose on each activity that is made with it."""

    def __init__(self, client: Client, rules: Any, worker: JSON, stop: threading.Event) -> None:
        self._client, self._rules, self._worker, self._stop = client, rules, worker, stop

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def create_activity(self, **request: Any) -> Any:
        made = self._client.create_activity(**request)
        given = (self._client, made["activityArn"], self._worker, self._stop)
        threading.Thread(target=self._rules.activity_worker, args=given, daemon=True).start()
        return made


def _worker(case: JSON) -> JSON:
    """Return a worker, in the form that run.py plays, that does what the recorded one did."""
    details: dict[str, JSON] = {}
    for event in case["steps"][-1]["expect"]["events"]:
        details |= {name: value for name, value in event.items() if name.startswith("activity")}
    name = details["activityStartedEventDetails"]["workerName"]
    states = {"Take": {"Resource": ":getActivityTask", "Parameters": {"WorkerName": name}}}
    if "HeartbeatSeconds" in json.dumps(case["steps"]):
        states["Beat"] = {"Resource": ":sendTaskHeartbeat"}
    if failed := details.get("activityFailedEventDetails"):
        said = {"Error": failed["error"], "Cause.$": "$.Input"}
        states["Answer"] = {"Resource": ":sendTaskFailure", "Parameters": said}
    elif "activitySucceededEventDetails" in details:
        states["Answer"] = {"Resource": ":sendTaskSuccess"}
    return {"States": states}
