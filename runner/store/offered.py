"""Reads for activities: what they have to offer, the oldest first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from runner.models import Activity, Attempt
from runner.operations import TakeActivity
from runner.revisions import Compiled

# An execution that another process has locked is passed over: there are some more to try.
_SPARE = 8

Place = tuple[int, int, int]  # execution, frame, wait


def oldest(takes: Iterable[TakeActivity]) -> dict[str, list[Place]]:
    """Return, by ARN, the oldest tasks of each activity that is asked for, read without a lock."""
    asked: dict[str, tuple[int, int]] = {}  # workspace, how many
    for take in takes:
        _, before = asked.get(take.arn, (0, 0))
        asked[take.arn] = (take.workspace_id, before + 1)
    found = {}
    for arn, (workspace_id, count) in asked.items():
        rows = Attempt.objects.filter(
            status=Attempt.Status.OFFERED, resource=arn, execution__workspace_id=workspace_id
        )
        places = rows.order_by("queued_at", "execution_id", "frame").values_list(
            "execution_id", "frame", "wait"
        )
        found[arn] = list(places[: count + _SPARE])
    return found


def counts(arns: Iterable[str]) -> dict[str, int]:
    """Return how many tasks wait for a worker, by ARN; those that have none are left out."""
    rows = Attempt.objects.filter(status=Attempt.Status.OFFERED, resource__in=list(arns))
    return dict(rows.values_list("resource").annotate(waiting=Count("*")).order_by())


def exists(arn: str, machine: Compiled) -> bool:
    """Say whether the activity exists in the region and the workspace of the state machine that names it."""
    home = machine.state_machine_arn.rpartition(":stateMachine:")[0]
    name = arn.removeprefix(f"{home}:activity:")
    return name != arn and Activity.objects.filter(workspace_id=machine.workspace_id, name=name).exists()
