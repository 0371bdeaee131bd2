"""The engine alone, within one process: what is left when HTTP and Django's request path are taken away.

Run by `python -m bench` as a process of its own, with the settings of the form that is measured; prints
its figures as JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from concurrent.futures import wait
from typing import Any

import django

django.setup()

from asl.interpreter.events import TaskSucceeded  # noqa: E402 - Django must be set up first
from bench.figures import APPROVAL, passes  # noqa: E402
from people.models import Workspace  # noqa: E402
from runner.models import Attempt, Execution, Revision, StateMachine  # noqa: E402
from runner.operations import Claimed, Deliver, Start  # noqa: E402
from runner.writer import Writer  # noqa: E402


class Hands:
    """A claimer that never says no; the work itself is done by the bench."""

    name = "bench"

    def __init__(self) -> None:
        self.claimed: list[Claimed] = []

    def take(self, _execution: object, *, was_due: bool) -> bool:
        return True

    def give_back(self, slots: int) -> None:
        pass


def main() -> None:
    hands = Hands()
    writer = Writer()
    writer.claimer = hands
    writer.listeners.append(lambda applied: hands.claimed.extend(applied.claimed))
    figures = {
        "50 Pass states, ms": _fifty_passes(writer),
        "starts with a claim, a second": 0.0,
        "results, a second": 0.0,
    }
    revision = _revision("bench-inside-call", APPROVAL)
    many = 1_000
    before = time.perf_counter()
    wait([writer.submit(Start(revision.pk, "{}")) for _ in range(many)])
    figures["starts with a claim, a second"] = many / (time.perf_counter() - before)
    before = time.perf_counter()
    wait([writer.submit(_result(claimed)) for claimed in hands.claimed])
    figures["results, a second"] = many / (time.perf_counter() - before)
    assert Execution.objects.filter(status="SUCCEEDED", revision=revision).count() == many
    assert not Attempt.objects.filter(execution__revision=revision).exists()
    writer.stop()
    json.dump(figures, sys.stdout)


def _fifty_passes(writer: Writer) -> float:
    revision = _revision("bench-inside-pass", passes(50))
    took = []
    for _ in range(100):
        before = time.perf_counter()
        writer.submit(Start(revision.pk, "{}")).result()
        took.append(time.perf_counter() - before)
    return statistics.median(took) * 1000


def _result(claimed: Claimed) -> Deliver:
    claim = claimed.claim
    event = TaskSucceeded(claim.frame, claim.wait, claimed.attempt, {"Choice": "approve"})
    return Deliver(claimed.execution_id, event, claim)


def _revision(name: str, definition: dict[str, Any]) -> Revision:
    workspace = Workspace.objects.order_by("pk")[0]
    machine = StateMachine.objects.create(workspace=workspace, name=name)
    return Revision.objects.create(state_machine=machine, number=1, definition=json.dumps(definition))


if __name__ == "__main__":
    main()
