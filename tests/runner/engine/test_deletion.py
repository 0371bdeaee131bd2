"""A deleted machine goes with all that it ran, in portions that leave room for everybody else."""

from __future__ import annotations

import pytest

from runner import deletion
from runner.models import Execution, StateMachine
from tests.runner.engine.conftest import World

PASS = {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}}


def test_a_machine_with_a_long_past_goes_a_part_with_each_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "_PORTION", 1)
    monkeypatch.setattr(deletion, "_PORTIONS", 2)
    revision = world.machine(PASS)
    for number in range(5):
        world.start(revision, name=f"run-{number}")
    deletion.delete_when_idle(revision.state_machine)
    left = [Execution.objects.count()]
    while StateMachine.objects.exists():
        deletion.finish_deletions()
        left.append(Execution.objects.count())
    assert left == [3, 1, 0]
