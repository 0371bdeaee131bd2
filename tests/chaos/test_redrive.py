"""kill -9 while executions are redriven: each is redriven once or not at all; a repeat finds out which."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.api import Api
from tests.support.server import Server, running

pytestmark = pytest.mark.e2e

EXECUTIONS = 16
REST = {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 2, "End": True}}}
DONE = {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "Result": "kept", "End": True}}}
EACH: dict[str, Any] = {
    "StartAt": "Each",
    "States": {"Each": {"Type": "Map", "MaxConcurrency": 2, "ItemProcessor": REST, "End": True}},
}
SPLIT = {
    "StartAt": "Both",
    "States": {"Both": {"Type": "Parallel", "Branches": [DONE, EACH], "End": True}},
}


def test_a_redrive_that_is_killed_can_be_asked_for_again(tmp_path: Path) -> None:
    with running(Server(tmp_path)) as server:
        api = server.api()
        workflow = api.publish("redriven", SPLIT)
        keys = [api.run(workflow, input=[1, 2, 3], name=f"run-{number}") for number in range(EXECUTIONS)]
        for key in keys:
            api.post(f"/api/executions/{key}/stop/", {})
        answered = threading.Event()
        with ThreadPoolExecutor(8) as callers:
            asked = [callers.submit(_ask, api, key, answered) for key in keys]
            # One answer is out, so that the others stand at every point of their way.
            assert answered.wait(30)
            server.kill()
            told = {key: one.result() for key, one in zip(keys, asked, strict=True)}
        server.start()
        api = server.api()
        for key in keys:
            before = api.execution(key)["redrive_count"]
            assert before >= told[key], "what was answered was committed"
            api.post(f"/api/executions/{key}/redrive/", {"token": key})
            assert api.execution(key)["redrive_count"] == 1
        for key in keys:
            found = api.wait_until_ended(key)
            assert (found["status"], found["output"]) == ("SUCCEEDED", ["kept", [1, 2, 3]])
            _check_record(api, key)


def _ask(api: Api, key: str, answered: threading.Event) -> int:
    """Ask for a redrive; returns 1 where the answer came before the kill."""
    try:
        response = requests.post(
            f"{api.url}/api/executions/{key}/redrive/",
            json={"token": key},
            headers=dict(api.session.headers),  # a session is for one thread
            timeout=30,
        )
    except requests.ConnectionError:
        return 0
    answered.set()
    return int(response.status_code == 200)


def _check_record(api: Api, key: str) -> None:
    entries = api.entries(key)
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    ids = [entry["id"] for entry in entries if entry["id"] is not None]
    assert ids == list(range(1, len(ids) + 1))
    types = Counter(entry["type"] for entry in entries)
    assert types["ExecutionAborted"] == types["ExecutionRedriven"] == types["ExecutionSucceeded"] == 1
    assert types["ParallelStateStarted"] == types["MapStateStarted"] == types["PassStateEntered"] == 1
    assert types["MapIterationStarted"] == types["MapIterationSucceeded"] == 3
