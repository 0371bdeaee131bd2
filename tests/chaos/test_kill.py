"""kill -9 at random moments: every execution finishes, its record has no gap, nothing is decided twice."""

from __future__ import annotations

import json
import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.support import services
from tests.support.api import Api, wait_for
from tests.support.server import Server, running

pytestmark = pytest.mark.e2e

EXECUTIONS = 12
KILLS = 5
LEASE_SECONDS = 3.0
# An attempt whose claim is lost three times fails, which with so many kills may be bad luck.
RETRY = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "BackoffRate": 1.0, "MaxAttempts": 5}]


class _Counting(BaseHTTPRequestHandler):
    """Answers after a moment and remembers who asked; a killed caller does not disturb it."""

    asked: Counter[str] = Counter()
    pause = threading.Event()

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        self.pause.wait(0.15)
        body = json.dumps({"path": self.path}).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def target() -> Iterator[ThreadingHTTPServer]:
    class Counting(_Counting):
        asked: Counter[str] = Counter()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path, target: ThreadingHTTPServer) -> Iterator[Server]:
    settings = {
        "CUELIGHT_HTTP_ALLOW": f"127.0.0.1:{target.server_port}",
        "CUELIGHT_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    if request.param == "sqlite":
        with running(Server(tmp_path, settings=settings)) as server:
            yield server
        return
    absent = services.missing()
    if absent and not os.environ.get("CUELIGHT_REQUIRE_SERVICES"):
        pytest.skip(f"{absent} does not answer")
    with services.fresh_services() as own:
        with running(Server(tmp_path, services=own, workers=2, settings=settings)) as server:
            yield server


def _definition(target: ThreadingHTTPServer) -> dict[str, Any]:
    """A call, a Wait, Parallel calls, a Map, a model and a person: every kind of wait there is."""

    def call(path: str, **then: Any) -> dict[str, Any]:
        endpoint = (
            f"{{% 'http://127.0.0.1:{target.server_port}/' & $states.context.Execution.Name & '{path}' %}}"
        )
        arguments = {
            "ApiEndpoint": endpoint,
            "Method": "GET",
            "InvocationConfig": {"ConnectionArn": "arn:cuelight:states:::connection:chaos"},
        }
        return {
            "Type": "Task",
            "Resource": "arn:aws:states:::http:invoke",
            "Arguments": arguments,
            "Output": "{% $states.result.ResponseBody.path %}",
            "Retry": RETRY,
            **then,
        }

    def branch(name: str) -> dict[str, Any]:
        return {"StartAt": name, "States": {name: call(f"/{name}", End=True)}}

    each = {
        "StartAt": "Each",
        "States": {"Each": call("/each", End=True)},
        "ProcessorConfig": {"Mode": "INLINE"},
    }
    return {
        "QueryLanguage": "JSONata",
        "StartAt": "First",
        "States": {
            "First": call("/first", Next="Say"),
            "Say": {
                "Type": "Task",
                "Resource": "arn:cuelight:states:::model:invoke",
                "Arguments": {"Prompt": "Name a lamp.", "MaxTokens": 12},
                "Retry": RETRY,
                "Output": "{% $states.result.Text %}",
                "Next": "Rest",
            },
            "Rest": {"Type": "Wait", "Seconds": 1, "Next": "Both"},
            "Both": {"Type": "Parallel", "Branches": [branch("left"), branch("right")], "Next": "All"},
            "All": {
                "Type": "Map",
                "Items": [1, 2, 3],
                "MaxConcurrency": 2,
                "ItemProcessor": each,
                "Next": "Ask",
            },
            "Ask": {
                "Type": "Task",
                "Resource": "arn:cuelight:states:::approval:request",
                "Arguments": {"Question": "Go?", "Approvers": ["somebody@example.org"]},
                "Output": "{% $states.result.Choice %}",
                "Next": "Last",
            },
            "Last": call("/last", End=True),
        },
    }


def test_executions_survive_kills_at_random_moments(server: Server, target: ThreadingHTTPServer) -> None:
    chance = random.Random(20)
    api = server.api()
    connection = {"name": "chaos", "kind": "http", "base_url": f"http://127.0.0.1:{target.server_port}"}
    api.post("/api/connections/", connection)
    workflow = api.publish("chaos", _definition(target))
    keys = [api.run(workflow, name=f"run-{number}") for number in range(EXECUTIONS)]

    decided: set[str] = set()
    total = _recorded(api, keys)
    for _ in range(KILLS):
        # The moment is a number of entries: random, yet never in the quiet before or after everything.
        goal = total + chance.randint(1, EXECUTIONS * 4)
        _go_on(api, keys, decided, goal, chance)
        server.kill()
        server.start()
        api = server.api()
        total = _recorded(api, keys)

    _go_on(api, keys, decided, None, chance)
    for key in keys:
        execution = api.wait_until_ended(key)
        assert execution["status"] == "SUCCEEDED", execution
        _check_record(api, key)
    assert _open_approvals(api) == []
    calls = target.RequestHandlerClass.asked  # type: ignore[attr-defined]
    for number in range(EXECUTIONS):
        # Effects happen at least once; a lost claim may repeat one, and three lost claims end it.
        for path, least in (("first", 1), ("left", 1), ("right", 1), ("each", 3), ("last", 1)):
            assert calls[f"/run-{number}/{path}"] >= least


def test_the_only_process_needs_no_lease_to_go_on(tmp_path: Path, target: ThreadingHTTPServer) -> None:
    # The lease outlives the test: only the start itself can tell that the claim is lost.
    settings = {
        "CUELIGHT_HTTP_ALLOW": f"127.0.0.1:{target.server_port}",
        "CUELIGHT_LEASE_SECONDS": "3600",
    }
    with running(Server(tmp_path, settings=settings)) as server:
        api = server.api()
        connection = {"name": "chaos", "kind": "http", "base_url": f"http://127.0.0.1:{target.server_port}"}
        api.post("/api/connections/", connection)
        key = api.run(api.publish("chaos", _definition(target)), name="run")
        wait_for(lambda: _types(api, key), lambda types: "TaskStarted" in types, 20)
        server.kill()
        server.start()
        api = server.api()
        wait_for(lambda: _open_approvals(api), lambda found: len(found) == 1, 30)
        assert "ClaimLost" in _types(api, key)


def _go_on(api: Api, keys: list[str], decided: set[str], goal: int | None, chance: random.Random) -> None:
    """Decide what is open until the record is long enough, or until everything has ended."""

    def enough(_: Any) -> bool:
        for approval in _open_approvals(api):
            answer = api.session.post(
                f"{api.url}/api/approvals/{approval}/decide/",
                json={"choice": chance.choice(["approve", "reject"])},
                timeout=30,
            )
            # 409: the decision before the last kill was committed after all.
            assert answer.status_code in {200, 409}, answer.text
            if answer.status_code == 200:
                assert approval not in decided, "decided twice"
                decided.add(approval)
        if _all_ended(api, keys):
            return True
        return goal is not None and _recorded(api, keys) >= goal

    wait_for(lambda: None, enough, 90)


def _open_approvals(api: Api) -> list[str]:
    return [found["id"] for found in api.get("/api/approvals/", scope="all", status="open")["results"]]


def _recorded(api: Api, keys: list[str]) -> int:
    return sum(api.execution(key)["last_seq"] for key in keys)


def _all_ended(api: Api, keys: list[str]) -> bool:
    return all(api.execution(key)["status"] != "RUNNING" for key in keys)


def _types(api: Api, key: str) -> list[str]:
    return [entry["type"] for entry in api.entries(key)]


def _check_record(api: Api, key: str) -> None:
    entries = api.entries(key)
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    ids = [entry["id"] for entry in entries if entry["id"] is not None]
    assert ids == list(range(1, len(ids) + 1))
    types = Counter(entry["type"] for entry in entries)
    assert types["ExecutionStarted"] == types["ExecutionSucceeded"] == 1
    # first, model, 2 branches, 3 items, approval, last: each exactly once whatever was repeated.
    assert types["TaskStateExited"] == types["TaskSucceeded"] == 9
    assert types["TaskStarted"] == types["TaskScheduled"] == 9 + types["TaskFailed"]
    assert types["ApprovalRequested"] == 1
    assert types["VoteRecorded"] == 1
