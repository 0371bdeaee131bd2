"""The recordings' own program, run against a server that was started for it.

python -m tests.conformance.service [options of run.py]     the table of all groups, and what differs
python -m tests.conformance.service --raise-floor           the same; figures that rose become the floor
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.aws import CLIENT_ENVIRONMENT, KEYS, client_of
from tests.support.server import Server, free_port, running

from . import corpus, workers

JSON = Any

FLOOR = Path(__file__).with_name("service_floor.json")
SERVICES = "lambda,states,activity"
JOBS = 8
SECONDS_FOR_A_CASE = 30
VERDICTS = ("final", "types", "full")


def compare(folder: Path, options: list[str]) -> JSON:
    """Start a server in a folder, run the cases against it, and return run.py's report.

    With options, which choose cases, those that need a worker are left out.
    """
    report, functions = folder / "report.json", free_port()
    settings = {
        **KEYS,
        # run.py plays the functions that the recordings called.
        "AWS_ENDPOINT_URL_LAMBDA": f"http://127.0.0.1:{functions}",
        "CUELIGHT_HTTP_ALLOW": f"127.0.0.1:{functions}",
        "AWS_ACCESS_KEY_ID": "of-nobody",
        "AWS_SECRET_ACCESS_KEY": "of-nobody",
        "AWS_DEFAULT_REGION": CLIENT_ENVIRONMENT["AWS_DEFAULT_REGION"],
    }
    cases = workers.without_one(corpus.FOLDER / "cases", folder / "cases")
    with running(Server(folder / "var", settings=settings)) as server:
        command = [
            *(sys.executable, str(corpus.FOLDER / "run.py"), "--endpoint", server.url),
            *("--cases", str(cases), "--services", SERVICES),
            *("--jobs", str(JOBS), "--timeout", str(SECONDS_FOR_A_CASE)),
            *("--lambda-port", str(functions), "--json", str(report), *options),
        ]
        # It ends with 1 where a result is wrong: the report says which, and the callers judge.
        subprocess.run(command, env=os.environ | CLIENT_ENVIRONMENT, check=False)
        found = json.loads(report.read_text())
        if not options:
            found["results"] += workers.run(client_of(server), SECONDS_FOR_A_CASE)
    return found


def figures(report: JSON) -> dict[str, dict[str, float]]:
    """Return for each kind and group how many per cent of its cases are as recorded, verdict by verdict."""
    judged: dict[str, dict[str, list[bool]]] = {}
    for result in report["results"]:
        group = judged.setdefault(f"{result['kind']} {result['group']}", {})
        for verdict in VERDICTS:
            if result[verdict] is not None:
                group.setdefault(verdict, []).append(result[verdict])
    return {
        group: {verdict: round(100 * sum(each) / len(each), 1) for verdict, each in verdicts.items()}
        for group, verdicts in sorted(judged.items())
    }


def differing(report: JSON) -> dict[str, str]:
    """Return the cases that are not as recorded in all that was judged, each with its first difference."""
    return {
        result["id"]: result["first"]
        for result in report["results"]
        if not all(result[verdict] in (True, None) for verdict in VERDICTS)
    }


def floor() -> dict[str, dict[str, float]]:
    return json.loads(FLOOR.read_text()) if FLOOR.is_file() else {}


def raise_floor(found: dict[str, dict[str, float]]) -> None:
    """Write the figures that rose; none is ever lowered here."""
    kept = floor()
    raised = {
        group: {
            verdict: max(figure, kept.get(group, {}).get(verdict, 0.0))
            for verdict, figure in verdicts.items()
        }
        for group, verdicts in found.items()
    }
    FLOOR.write_text(json.dumps(kept | raised, indent=2, sort_keys=True) + "\n")


def main(options: list[str]) -> int:
    """Print the table; the exit code is 0 unless a figure is below its floor."""
    if not corpus.present():
        print(f"There are no recordings at {corpus.FOLDER}: CUELIGHT_CONFORMANCE names their folder.")
        return 1
    raising = "--raise-floor" in options
    with tempfile.TemporaryDirectory() as folder:
        report = compare(Path(folder), [option for option in options if option != "--raise-floor"])
    found = figures(report)
    if raising:
        raise_floor(found)
    below = shortfalls(found, floor())
    accompanied = found.get("api activities")
    print(
        "\n".join(([f"with a worker of ours: api activities {accompanied}"] if accompanied else []) + below)
    )
    return 1 if below else 0


def shortfalls(found: dict[str, dict[str, float]], least: dict[str, dict[str, float]]) -> list[str]:
    """Return a line for each figure below its floor; groups that were not run are not judged."""
    return [
        f"{group} {verdict}: {found[group].get(verdict, 0.0):g} per cent, and it was {figure:g}"
        for group, verdicts in least.items()
        if group in found
        for verdict, figure in verdicts.items()
        if found[group].get(verdict, 0.0) < figure
    ]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
