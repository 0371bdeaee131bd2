"""What the documentation says of this API is true: its programs run, its table of rights is the code's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from runner.aws_api.operations import registry
from tests.support.aws import CLIENT_ENVIRONMENT
from tests.support.server import ROOT, Server

DOCUMENT = ROOT / "docs" / "aws-api.md"
WRITTEN_ADDRESS = "http://127.0.0.1:8000"


def programs(path: Path) -> list[str]:
    """Return the Python programs of a document that speak this API."""
    found = re.findall(r"^```python\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL)
    return [program for program in found if WRITTEN_ADDRESS in program]


@pytest.mark.parametrize(("path", "says"), [(ROOT / "README.md", ""), (DOCUMENT, 'SUCCEEDED "Go!"')])
def test_a_program_of_the_documentation_runs_as_it_is_written(server: Server, path: Path, says: str) -> None:
    (program,) = programs(path)

    done = subprocess.run(
        [sys.executable, "-c", program.replace(WRITTEN_ADDRESS, server.url)],
        env=os.environ | CLIENT_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ((says,) if says else ("RUNNING", "SUCCEEDED"))


def test_the_table_of_rights_is_the_codes() -> None:
    rows = re.findall(r"^\| (view|edit|publish|run|stop) \| (.*?) \|$", DOCUMENT.read_text(), re.MULTILINE)
    written = {name: right for right, names in rows for name in names.split(", ")}

    found = {name: registry.find(name) for name in registry.names()}
    assert written == {name: each.right.value for name, each in found.items() if each is not None}
