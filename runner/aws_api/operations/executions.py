"""Executions: start, start and wait, stop, describe, list."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from asl.jsontext import from_text
from people.rights import Right
from runner import endings, engine, redriving, state_machines
from runner.models import Execution, StateMachine
from runner.row_threads import in_thread
from runner.store import payloads

from .. import arns
from ..errors import ApiError, validation
from ..paging import page
from . import found
from .registry import Call, operation

JSON = Any

# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MOST_INPUT_BYTES = 262_144
SYNC_SECONDS = 300.0


@operation("StartExecution", Right.RUN)
async def start_execution(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Start an execution; for a standard one its name is the idempotency key while it runs."""
    target = await in_thread(found.target, call, request["stateMachineArn"])
    started = await _start(call, request, target)
    return {"executionArn": started.arn, "startDate": started.started_at}


@operation("StartSyncExecution", Right.RUN)
async def start_sync_execution(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Run an express execution and answer with its end."""
    target = await in_thread(found.target, call, request["stateMachineArn"])
    if target.state_machine.type != StateMachine.Type.EXPRESS:
        raise ApiError(
            "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine"
        )
    started = await _start(call, request, target)
    if started.status == "RUNNING":
        await endings.ended(started.execution_id, SYNC_SECONDS + 10)
    return await in_thread(_sync_result, call, request, started.execution_id)


async def _start(call: Call, request: dict[str, JSON], target: state_machines.Target) -> engine.Started:
    name = request.get("name")
    if name is not None:
        try:
            state_machines.check_name(name)
        except state_machines.InvalidName:
            raise ApiError("InvalidName", f"Invalid Name: '{name}'") from None
    assert target.revision is not None
    try:
        return await engine.async_start_execution(
            revision=target.revision,
            input_text=_input(request.get("input", "{}")),
            name=name,
            actor_name=call.actor.name,
            version_id=target.version.pk if target.version else None,
            alias_name=target.alias.name if target.alias else "",
            trace_header=request.get("traceHeader", ""),
        )
    except engine.ExecutionAlreadyExists as error:
        raise ApiError("ExecutionAlreadyExists", f"Execution Already Exists: '{error.arn}'") from None


def _input(text: str) -> str:
    if len(text.encode(errors="replace")) > MOST_INPUT_BYTES:
        raise ApiError(
            "InvalidExecutionInput",
            f"Invalid State Machine Execution Input: 'The input is larger than {MOST_INPUT_BYTES} bytes'",
        )
    try:
        from_text(text)
    except ValueError as error:
        raise ApiError("InvalidExecutionInput", f"Invalid State Machine Execution Input: '{error}'") from None
    return text


def _sync_result(call: Call, request: dict[str, JSON], execution_id: int) -> dict[str, JSON]:
    row = Execution.objects.select_related("state_machine__workspace").get(pk=execution_id)
    stopped = row.stopped_at or row.started_at
    milliseconds = max((stopped - row.started_at).total_seconds() * 1000, 1)
    return {
        "executionArn": row.arn,
        "stateMachineArn": request["stateMachineArn"],
        "name": row.name,
        "startDate": row.started_at,
        "stopDate": stopped,
        "status": row.status,
        "traceHeader": row.trace_header or None,
        # As the service bills: in steps of 100 ms and 64 MB. Nothing is charged here.
        "billingDetails": {
            "billedDurationInMilliseconds": math.ceil(milliseconds / 100) * 100,
            "billedMemoryUsedInMB": 64,
        },
        **_data(call, request, row),
    }


@operation("StopExecution", Right.STOP)
def stop_execution(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Abort an execution; one that has ended stays as it is."""
    row = found.execution(call, request["executionArn"])
    engine.stop_execution(row.pk, request.get("error"), request.get("cause"))
    return {"stopDate": _stopped_at(row.pk)}


def _stopped_at(execution_id: int) -> datetime | None:
    return Execution.objects.values_list("stopped_at", flat=True).get(pk=execution_id)


@operation("DescribeExecution", Right.VIEW)
def describe_execution(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Describe an execution with its input and, when it has ended, its output or error."""
    row = found.execution(call, request["executionArn"])
    status, reason = redriving.redrive_status(row)
    return {
        **_summary(row),
        "traceHeader": row.trace_header or None,
        "redriveStatus": status,
        "redriveStatusReason": reason,
        **_data(call, request, row),
    }


def _data(call: Call, request: dict[str, JSON], row: Execution) -> dict[str, JSON]:
    """Return what the execution was given and gave, as far as the caller may see it."""
    if request.get("includedData") == "METADATA_ONLY" or not call.sees_data():
        return {}
    data: dict[str, JSON] = {
        "input": payloads.unpack(row.input), "inputDetails": {"included": True},
        "error": row.error, "cause": row.cause,
    }  # fmt: skip
    if row.output is not None and row.status == "SUCCEEDED":
        data |= {"output": payloads.unpack(row.output), "outputDetails": {"included": True}}
    return data


@operation("ListExecutions", Right.VIEW)
def list_executions(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """List the executions of a machine, a version, an alias or a Map Run, the newest first."""
    rows = _listed(call, request)
    if status := request.get("statusFilter"):
        rows = rows.filter(status=status)
    match request.get("redriveFilter"):
        case "REDRIVEN":
            rows = rows.filter(redrive_count__gt=0)
        case "NOT_REDRIVEN":
            rows = rows.filter(redrive_count=0)
    rows = rows.select_related(
        "state_machine__workspace", "version", "map_run__execution__state_machine__workspace"
    ).order_by("-id")
    rows = rows.defer("input", "output", "cause")

    def read(after: int | None, count: int) -> list[Execution]:
        return list((rows.filter(pk__lt=after) if after else rows)[:count])

    shown, token = page(call, request, read, lambda row: row.pk)
    return {"executions": [_summary(row) for row in shown], "nextToken": token}


def _listed(call: Call, request: dict[str, JSON]) -> Any:
    text, run_arn = request.get("stateMachineArn"), request.get("mapRunArn")
    if (text is None) == (run_arn is None):
        raise validation("Either stateMachineArn or mapRunArn must be provided, but not both")
    executions = Execution.objects.filter(workspace=call.workspace)
    if run_arn is not None:
        return executions.filter(map_run=found.map_run(call, run_arn))
    assert text is not None
    arn = arns.machine(text)
    machine = found.machine_named(call, arn)
    if machine is None:
        raise found.does_not_exist(text)
    if machine.type == StateMachine.Type.EXPRESS:
        raise ApiError(
            "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine"
        )
    executions = executions.filter(state_machine=machine, map_run=None)
    if arn.version is not None:
        return executions.filter(version__number=arn.version)
    if arn.qualifier is not None:
        if not machine.aliases.filter(name=arn.qualifier).exists():
            raise found.not_found()
        return executions.filter(alias_name=arn.qualifier)
    return executions


def _summary(row: Execution) -> dict[str, JSON]:
    machine_arn = row.state_machine.arn
    qualified = {
        "stateMachineVersionArn": f"{machine_arn}:{row.version.number}" if row.version else None,
        "stateMachineAliasArn": f"{machine_arn}:{row.alias_name}" if row.alias_name else None,
    }
    if row.map_run is not None:
        qualified = {"mapRunArn": row.map_run.arn}
        machine_arn = f"{machine_arn}/{row.map_run.label}"
    return {
        "executionArn": row.arn,
        "stateMachineArn": machine_arn,
        "name": row.name,
        "status": row.status,
        "startDate": row.started_at,
        "stopDate": row.stopped_at,
        "redriveCount": row.redrive_count,
        "redriveDate": row.redriven_at,
        **qualified,
    }
