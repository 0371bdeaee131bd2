"""Map Runs as they are asked for: their counts, their bounds changed while they run, what children run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from asl.interpreter.events import MapRunUpdated
from asl.interpreter.frames import Status
from runner import engine, redriving
from runner.models import Execution, MapRun
from runner.revisions import compiled

JSON = Any


@dataclass(frozen=True, slots=True)
class Counts:
    """How many children stand where, in the service's words."""

    total: int
    pending: int = 0  # not started
    running: int = 0
    succeeded: int = 0
    failed: int = 0
    timed_out: int = 0
    aborted: int = 0
    results_written: int = 0
    failures_not_redrivable: int = 0
    pending_redrive: int = 0  # did not succeed, and the redrive has not come to them yet


def of_execution(execution: Execution) -> QuerySet[MapRun]:
    """Return the Map Runs of an execution, the oldest first, with what their ARNs need."""
    runs = MapRun.objects.filter(execution=execution).order_by("id")
    return runs.select_related("execution__state_machine__workspace")


def counts(runs: Iterable[MapRun]) -> dict[int, Counts]:
    """Return the counts of each Map Run by its id, in one query."""
    by_id = {run.pk: run for run in runs}
    # Until a redrive comes to a child, it reports to the wait before.
    waits_for_redrive = Q(parent_wait__lt=F("map_run__wait"), map_run__status="RUNNING")
    rows = (
        Execution.objects.filter(map_run__in=by_id)
        .values("map_run_id", "status")
        .annotate(
            number=Count("pk"),
            left=Count("pk", filter=waits_for_redrive),
            final=Count("pk", filter=_final(by_id.values())),
        )
    )
    found: dict[int, dict[str, int]] = {pk: {} for pk in by_id}
    final = dict.fromkeys(by_id, 0)
    for row in rows:
        of_run = found[row["map_run_id"]]
        if row["status"] == Status.SUCCEEDED:
            of_run["succeeded"] = row["number"]
            continue
        of_run[row["status"].lower()] = row["number"] - row["left"]
        of_run["pending_redrive"] = of_run.get("pending_redrive", 0) + row["left"]
        final[row["map_run_id"]] += row["final"]
    return {pk: _counts(run, found[pk], final[pk]) for pk, run in by_id.items()}


def _counts(run: MapRun, found: dict[str, int], final: int) -> Counts:
    return Counts(
        run.total,
        pending=run.total - sum(found.values()),
        results_written=found.get("succeeded", 0) if run.status == Status.SUCCEEDED else 0,
        failures_not_redrivable=final,
        **found,
    )


def _final(runs: Iterable[MapRun]) -> Q:
    """Return which children a redrive would leave as they ended; Express ones always start anew."""
    found = Q(pk__in=())
    for run in runs:
        too_late = Q(stopped_at__lt=timezone.now() - redriving.WINDOW)
        events = compiled(run.execution.revision_id).quotas.history_events
        if events is not None:
            too_late |= Q(next_event_id__gte=events)
        found |= Q(map_run=run, is_express=False, status__in=("FAILED", "TIMED_OUT", "ABORTED")) & too_late
    return found


def update(
    run: MapRun,
    *,
    max_concurrency: int | None = None,
    tolerated_failure_count: int | None = None,
    tolerated_failure_percentage: float | None = None,
) -> bool:
    """Set other bounds, None: as it was; False when the Map Run does not run any more."""
    bounds = max_concurrency, tolerated_failure_count, tolerated_failure_percentage
    return engine.tell(run.execution_id, MapRunUpdated(run.frame, run.wait, *bounds))


def definition_text(execution: Execution) -> str:
    """Return the definition that an execution runs: for a child, the ItemProcessor as one of its own."""
    if execution.map_run_id is None:
        return execution.revision.definition
    path: list[tuple[str, int]] = []
    run: MapRun | None = MapRun.objects.select_related("execution").get(pk=execution.map_run_id)
    while run is not None:
        path = [*((name, index) for name, index in json.loads(run.scope)), (run.state, 0), *path]
        above = run.execution.map_run_id
        run = MapRun.objects.select_related("execution").get(pk=above) if above is not None else None
    document = json.loads(execution.revision.definition)
    for name, index in path:
        document = _inside(document, name, index)
    return json.dumps(document, indent=2, ensure_ascii=False)


def _inside(document: JSON, name: str, index: int) -> JSON:
    """Return the machine inside a state, which speaks the language around it where it names none."""
    state = document["States"][name]
    branches = state.get("Branches")
    inner = branches[index] if branches is not None else state.get("ItemProcessor") or state["Iterator"]
    language = document.get("QueryLanguage")
    return {**({"QueryLanguage": language} if language else {}), **inner}
