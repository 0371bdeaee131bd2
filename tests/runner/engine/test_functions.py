"""A function whose worker was lost: repeated only where its registration says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asl.interpreter.events import ClaimWasLost
from runner.leases import LOST_AFTER_SECONDS, Expiry
from runner.models import Attempt
from tests.support.packages import installed_theatre

from .conftest import World


@pytest.fixture(autouse=True)
def installed(tmp_path: Path) -> Iterator[None]:
    with installed_theatre(tmp_path / "packages"):
        yield


@pytest.mark.parametrize(
    ("function", "status", "claims"),
    [("greet", "RUNNING", 2), ("sing", "FAILED", 1), ("nobody", "FAILED", 1)],
)
def test_a_lost_call_is_made_again_only_where_it_may(
    world: World, function: str, status: str, claims: int
) -> None:
    run = {
        "Type": "Task",
        "Resource": "arn:cuelight:states:::function:invoke",
        "Parameters": {"FunctionName": function, "Payload": {"name": "Anna"}},
        "End": True,
    }
    execution = world.start(world.machine({"StartAt": "Run", "States": {"Run": run}}))
    world.claim_of("Run")
    now = [0.0]
    expiry = Expiry(clock=lambda: now[0])
    assert expiry.lost() == []
    now[0] += LOST_AFTER_SECONDS
    [lost] = expiry.lost()
    assert isinstance(lost.event, ClaimWasLost)
    world.apply(lost)
    execution.refresh_from_db()
    assert execution.status == status
    assert list(Attempt.objects.values_list("claim", flat=True)) == ([claims] if status == "RUNNING" else [])
