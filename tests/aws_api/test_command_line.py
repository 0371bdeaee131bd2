"""The AWS CLI as people type it, against a running server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import wait_for
from tests.support.aws import CLIENT_ENVIRONMENT
from tests.support.server import Server

from .conftest import ROLE

JSON = Any


class Aws:
    """`aws stepfunctions …` with the settings that docs/aws-api.md names, and no others."""

    def __init__(self, server: Server, home: Path) -> None:
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "AWS_ENDPOINT_URL_SFN": server.url,
            "AWS_PAGER": "",
            **CLIENT_ENVIRONMENT,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("aws")), "stepfunctions", *arguments]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)

    def __call__(self, *arguments: str) -> JSON:
        """Return the answer; the test fails where there is none."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def ended(self, execution: str) -> JSON:
        return wait_for(
            lambda: self("describe-execution", "--execution-arn", execution),
            lambda found: found["status"] != "RUNNING",
            60,
        )


@pytest.fixture
def aws(server: Server, tmp_path: Path) -> Aws:
    return Aws(server, tmp_path)


def test_a_machine_is_made_run_and_looked_into_from_the_shell(aws: Aws, tmp_path: Path, name: str) -> None:
    definition = tmp_path / "machine.asl.json"
    definition.write_text(
        json.dumps(
            {
                "StartAt": "Greet",
                "States": {
                    "Greet": {
                        "Type": "Pass",
                        "QueryLanguage": "JSONata",
                        "Output": "{% 'Hello, ' & $states.input.name %}",
                        "End": True,
                    }
                },
            }
        )
    )

    arn = aws(
        *("create-state-machine", "--name", name, "--definition", f"file://{definition}", "--role-arn", ROLE)
    )["stateMachineArn"]
    execution = aws(
        *("start-execution", "--state-machine-arn", arn, "--name", "first", "--input", '{"name": "Ada"}')
    )["executionArn"]
    ended = aws.ended(execution)
    history = aws("get-execution-history", "--execution-arn", execution, "--max-items", "3")

    assert (ended["status"], json.loads(ended["output"])) == ("SUCCEEDED", "Hello, Ada")
    assert [event["type"] for event in history["events"]] == [
        *("ExecutionStarted", "PassStateEntered", "PassStateExited"),
    ]
    assert history["NextToken"]  # the CLI's own, made of the service's
    listed = aws("list-executions", "--state-machine-arn", arn, "--status-filter", "SUCCEEDED")
    assert [row["name"] for row in listed["executions"]] == ["first"]


def test_what_failed_is_redriven_from_the_shell_and_goes_on_where_it_was(aws: Aws, name: str) -> None:
    """The activity's worker fails it first; after the redrive it does the work."""
    activity = aws("create-activity", "--name", name)["activityArn"]
    definition = {
        "StartAt": "Before",
        "States": {
            "Before": {"Type": "Pass", "Result": {"order": 18}, "Next": "Work"},
            "Work": {"Type": "Task", "Resource": activity, "End": True},
        },
    }
    arn = aws(
        *("create-state-machine", "--name", name, "--role-arn", ROLE),
        *("--definition", json.dumps(definition)),
    )["stateMachineArn"]
    execution = aws("start-execution", "--state-machine-arn", arn)["executionArn"]

    task = aws("get-activity-task", "--activity-arn", activity, "--worker-name", "shell")
    assert json.loads(task["input"]) == {"order": 18}
    aws(
        *("send-task-failure", "--task-token", task["taskToken"]),
        *("--error", "OutOfStock", "--cause", "none is left"),
    )
    failed = aws.ended(execution)
    assert (failed["status"], failed["error"], failed["cause"]) == ("FAILED", "OutOfStock", "none is left")
    assert failed["redriveStatus"] == "REDRIVABLE"

    assert aws("redrive-execution", "--execution-arn", execution)["redriveDate"]
    again = aws("get-activity-task", "--activity-arn", activity)
    assert json.loads(again["input"]) == {"order": 18}
    aws("send-task-success", "--task-token", again["taskToken"], "--task-output", '{"shipped": true}')

    ended = aws.ended(execution)
    assert (ended["status"], json.loads(ended["output"])) == ("SUCCEEDED", {"shipped": True})
    assert ended["redriveCount"] == 1


def test_the_cli_waits_for_an_express_execution_and_tests_a_state(aws: Aws, name: str) -> None:
    """Both put `sync-` before the host's name, unless they are told not to."""
    state = {"Type": "Pass", "Result": "done", "End": True}
    machine = {"StartAt": "Only", "States": {"Only": state}}
    arn = aws(
        *("create-state-machine", "--name", name, "--type", "EXPRESS", "--role-arn", ROLE),
        *("--definition", json.dumps(machine)),
    )["stateMachineArn"]

    assert json.loads(aws("start-sync-execution", "--state-machine-arn", arn)["output"]) == "done"
    tested = aws("test-state", "--definition", json.dumps(state), "--role-arn", ROLE, "--input", "{}")
    assert (tested["status"], json.loads(tested["output"])) == ("SUCCEEDED", "done")


def test_a_refusal_is_told_by_its_name(aws: Aws) -> None:
    done = aws.run(
        *("describe-execution", "--execution-arn"),
        "arn:aws:states:us-east-1:123456789012:execution:is-not-there:never",
    )

    assert done.returncode not in (0, 1)
    assert "(ExecutionDoesNotExist)" in done.stderr
    assert "Execution Does Not Exist" in done.stderr
