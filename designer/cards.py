"""What the list of workflows shows of each: versions and the last executions, read for all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery

from designer.models import Workflow
from people.models import Workspace
from runner import waits
from runner.models import Execution, StateMachine, Version

RECENT = 12


@dataclass(frozen=True, slots=True)
class Cards:
    """What was read, by state machine; `waiting` by execution."""

    versions: dict[int, int]
    recent: dict[int, list[Execution]]  # the newest last
    waiting: dict[int, str]

    def last(self, machine: int) -> Execution | None:
        """Return the newest execution, or None."""
        recent = self.recent.get(machine)
        return recent[-1] if recent else None


def workflows_of(workspace: Workspace) -> QuerySet[Workflow]:
    """Return the workflows of a workspace with all that is shown of themselves."""
    return Workflow.objects.filter(workspace=workspace, state_machine__deleted_at=None).select_related(
        "state_machine__workspace", "state_machine__current_revision", "owner", "workspace"
    )


def with_last_run(rows: QuerySet[Workflow]) -> QuerySet[Any]:
    """Add `last_run` and `last_status` of the newest execution: looks into an index for each row."""
    of_machine = Execution.objects.filter(state_machine=OuterRef("state_machine_id"), map_run=None)
    newest = of_machine.order_by("-id")
    return rows.annotate(
        last_run=Subquery(newest.values("id")[:1]), last_status=Subquery(newest.values("status")[:1])
    )


def read(rows: Sequence[Workflow]) -> Cards:
    """Return what the cards show, in a number of queries that does not grow with the cards."""
    machines = [row.state_machine_id for row in rows]
    versions = Version.objects.filter(state_machine_id__in=machines).values("state_machine_id")
    recent = _recent(machines)
    last = [found[-1] for found in recent.values()]
    return Cards(
        dict(versions.annotate(newest=Max("number")).values_list("state_machine_id", "newest")),
        recent,
        waits.waiting_for(row.pk for row in last if row.status == "RUNNING"),
    )


def _recent(machines: Sequence[int]) -> dict[int, list[Execution]]:
    """Read the newest executions of each machine.

    A window over all executions would read all of them; this reads, by an index, where the last
    ones of each machine begin, and then those alone.
    """
    of_machine = Execution.objects.filter(state_machine=OuterRef("pk"), map_run=None).order_by("-id")
    first = Subquery(of_machine.values("id")[RECENT - 1 : RECENT], output_field=IntegerField())
    begin = StateMachine.objects.filter(pk__in=machines).annotate(first=first).values_list("pk", "first")
    wanted = Q(pk__in=())
    for machine, first_id in begin:
        wanted |= Q(state_machine_id=machine, map_run=None, id__gte=first_id or 0)
    shown = ("key", "name", "status", "started_at", "stopped_at", "state_machine_id")
    recent: dict[int, list[Execution]] = {}
    for row in Execution.objects.filter(wanted).only(*shown).order_by(F("id").asc()):
        recent.setdefault(row.state_machine_id, []).append(row)
    return recent
