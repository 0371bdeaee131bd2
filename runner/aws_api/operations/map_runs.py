"""DescribeMapRun, ListMapRuns, UpdateMapRun."""

from __future__ import annotations

from typing import Any

from people.rights import Right
from runner import map_runs
from runner.models import MapRun

from ..errors import validation
from ..paging import page
from . import found
from .registry import Call, operation

JSON = Any


@operation("DescribeMapRun", Right.VIEW)
def describe_map_run(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Return a Map Run; without an ItemBatcher its items and its executions are the same."""
    run = found.map_run(call, request["mapRunArn"])
    counted = map_runs.counts([run])[run.pk]
    counts = {
        "pending": counted.pending,
        "running": counted.running,
        "succeeded": counted.succeeded,
        "failed": counted.failed,
        "timedOut": counted.timed_out,
        "aborted": counted.aborted,
        "total": counted.total,
        "resultsWritten": counted.results_written,
        "failuresNotRedrivable": counted.failures_not_redrivable,
        "pendingRedrive": counted.pending_redrive,
    }
    return {
        "mapRunArn": run.arn,
        "executionArn": run.execution.arn,
        "status": run.status,
        "startDate": run.started_at,
        "stopDate": run.stopped_at,
        "maxConcurrency": run.max_concurrency,
        "toleratedFailurePercentage": run.tolerated_failure_percentage,
        "toleratedFailureCount": run.tolerated_failure_count,
        "itemCounts": counts,
        "executionCounts": counts,
        "redriveCount": run.redrive_count,
        "redriveDate": run.redriven_at,
    }


@operation("ListMapRuns", Right.VIEW)
def list_map_runs(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Return the Map Runs of an execution, the newest first."""
    rows = map_runs.of_execution(found.execution(call, request["executionArn"])).order_by("-pk")

    def read(after: int | None, count: int) -> list[MapRun]:
        return list((rows.filter(pk__lt=after) if after else rows)[:count])

    shown, token = page(call, request, read, lambda row: row.pk)
    return {"mapRuns": [_item(row) for row in shown], "nextToken": token}


@operation("UpdateMapRun", Right.STOP)
def update_map_run(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Set other bounds for a Map Run that runs."""
    run = found.map_run(call, request["mapRunArn"])
    bounds = {
        "max_concurrency": request.get("maxConcurrency"),
        "tolerated_failure_count": request.get("toleratedFailureCount"),
        "tolerated_failure_percentage": request.get("toleratedFailurePercentage"),
    }
    if all(value is None for value in bounds.values()):
        raise validation(
            "At least one of maxConcurrency, toleratedFailureCount or toleratedFailurePercentage is needed"
        )
    if not map_runs.update(run, **bounds):
        raise validation(f"Map Run is {run.status} and cannot be updated")
    return {}


def _item(run: MapRun) -> dict[str, JSON]:
    return {
        "executionArn": run.execution.arn,
        "mapRunArn": run.arn,
        "stateMachineArn": f"{run.execution.state_machine.arn}/{run.label}",
        "startDate": run.started_at,
        "stopDate": run.stopped_at,
    }
