"""The AWS SDK for JavaScript, whose signatures are not botocore's, against a running server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.support.aws import CLIENT_ENVIRONMENT
from tests.support.server import Server

from .conftest import ROLE

PROGRAM = Path(__file__).parent / "node" / "round.js"


def test_a_program_in_javascript_makes_runs_and_looks_into_machines(server: Server, name: str) -> None:
    node = shutil.which("node")
    assert node is not None
    environment = (
        os.environ
        | CLIENT_ENVIRONMENT
        | {
            "AWS_ENDPOINT_URL_SFN": server.url,
            "AWS_REGION": CLIENT_ENVIRONMENT["AWS_DEFAULT_REGION"],
        }
    )

    done = subprocess.run(
        [node, str(PROGRAM), name, ROLE], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    gone = f"arn:aws:states:us-east-1:123456789012:stateMachine:{name}-standard-gone"
    assert json.loads(seen.pop("output")) == json.loads(seen.pop("answered")) == {"text": "Grüße, Ada – 日本"}
    assert seen == {
        "status": "SUCCEEDED",
        "isDate": True,
        "types": ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"],
        "refusal": {
            "name": "StateMachineDoesNotExist",
            "status": 400,
            "message": f"State Machine Does Not Exist: '{gone}'",
        },
    }
