"""A state machine that was written with the AWS CDK runs as it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.aws import Client

from .asking import all_pages, run
from .conftest import ROLE

PROGRAM = Path(__file__).parent / "node" / "synthesise.js"


@pytest.fixture(scope="session")
def definition(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the CDK makes of node/synthesise.js."""
    node = shutil.which("node")
    assert node is not None
    # The CDK leaves what it makes in a temporary folder.
    environment = os.environ | {"TMPDIR": str(tmp_path_factory.mktemp("cdk"))}
    done = subprocess.run([node, str(PROGRAM)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def drawn(states: Client, name: str, definition: str) -> str:
    made = states.create_state_machine(name=name, definition=definition, roleArn=ROLE)
    return str(made["stateMachineArn"])


def test_the_cdks_definition_is_valid(states: Client, definition: str) -> None:
    found = states.validate_state_machine_definition(definition=definition, severity="WARNING")

    assert (found["result"], found["diagnostics"]) == ("OK", [])


def test_the_cdks_machine_runs_through_all_its_states(states: Client, drawn: str) -> None:
    order: dict[str, Any] = {"order": "A-18", "items": [{"name": "lamp"}, {"name": "gel"}, {"name": "cable"}]}

    ended = run(states, drawn, order)

    assert ended["status"] == "SUCCEEDED", ended
    output = json.loads(ended["output"])
    fault = output.pop("fault")
    assert output == {
        **order,
        "priced": [
            {"label": "lamp of A-18", "place": 0},
            {"label": "gel of A-18", "place": 1},
            {"label": "cable of A-18", "place": 2},
        ],
        "checked": [0, 1, 2],
        "done": {"packed": True, "billed": {"invoice": 1}},
        "shipped": {"by": "bicycle", "why": "Carrier.Silent"},
    }
    assert fault == {"Error": "Carrier.Silent", "Cause": "no answer"}
    events = all_pages(states.get_execution_history, "events", executionArn=ended["executionArn"])
    types = [event["type"] for event in events]
    assert types.count("FailStateEntered") == 3  # at first, and in two retries
    assert types.count("WaitStateExited") == 1
    assert types.count("MapIterationSucceeded") == 3
    (checked,) = states.list_map_runs(executionArn=ended["executionArn"])["mapRuns"]
    children = states.list_executions(mapRunArn=checked["mapRunArn"])["executions"]
    assert [child["status"] for child in children] == ["SUCCEEDED"] * 3


def test_the_cdks_machine_fails_where_it_is_drawn_to_fail(states: Client, drawn: str) -> None:
    ended = run(states, drawn, {"order": "", "items": [{"name": "lamp"}]})

    assert (ended["status"], ended["error"], ended["cause"]) == ("FAILED", "Order.Empty", "no items")
