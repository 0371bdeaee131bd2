"""What an ARN in a request names, in the caller's own workspace."""

from __future__ import annotations

import uuid

from runner import state_machines
from runner.models import Alias, Execution, MapRun, StateMachine, Version

from .. import arns
from ..errors import ApiError, invalid_arn
from .registry import Call


def does_not_exist(arn: str) -> ApiError:
    return ApiError("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'")


def not_found() -> ApiError:
    return ApiError("ResourceNotFound", "Request references a resource that does not exist.")


def machine_named(call: Call, arn: arns.MachineArn) -> StateMachine | None:
    """Return the published machine with this name, or None; one that is being deleted is there still."""
    if not arn.arn.is_of(call.workspace):
        return None
    machines = StateMachine.objects.select_related("workspace", "current_revision")
    return machines.filter(workspace=call.workspace, name=arn.name, current_revision__isnull=False).first()


def machine(call: Call, text: str) -> StateMachine:
    """Return the machine of an unqualified ARN; raises StateMachineDoesNotExist or StateMachineDeleting."""
    found = machine_named(call, arns.unqualified_machine(text))
    if found is None:
        raise does_not_exist(text)
    if found.deleted_at is not None:
        raise deleting(text)
    return found


def deleting(arn: str) -> ApiError:
    return ApiError("StateMachineDeleting", f"State Machine is being deleted: '{arn}'")


def version(call: Call, text: str) -> Version | None:
    """Return the version that a version's ARN names, or None."""
    arn = arns.machine(text)
    if arn.version is None:
        raise invalid_arn(f"Invalid ARN: {text}")
    found = machine_named(call, arn)
    if found is None:
        return None
    return found.versions.select_related("revision").filter(number=arn.version).first()


def alias(call: Call, text: str) -> Alias | None:
    """Return the alias that an alias's ARN names, or None."""
    arn = arns.machine(text)
    if arn.qualifier is None or arn.version is not None:
        raise invalid_arn(f"Invalid ARN: {text}")
    found = machine_named(call, arn)
    if found is None:
        return None
    aliases = found.aliases.select_related("state_machine__workspace").prefetch_related("routes__version")
    return aliases.filter(name=arn.qualifier).first()


def target(call: Call, text: str) -> state_machines.Target:
    """Return what a start with this ARN runs; raises StateMachineDoesNotExist or StateMachineDeleting."""
    arn = arns.machine(text)
    found = state_machines.find_by_arn(text, call.workspace)
    if found is None or found.revision is None:
        named = machine_named(call, arn)
        raise deleting(text) if named is not None and named.deleted_at is not None else does_not_exist(text)
    return found


def map_run(call: Call, text: str) -> MapRun:
    """Return the Map Run of an ARN; raises ResourceNotFound."""
    arn = arns.parsed(text, "mapRun")
    path, _, key = arn.rest.rpartition(":")
    name_of_machine, _, label = path.partition("/")
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        raise invalid_arn(f"Invalid ARN: {text}") from None
    runs = MapRun.objects.select_related("execution__state_machine__workspace").filter(
        key=wanted, label=label, execution__workspace=call.workspace
    )
    found = runs.filter(execution__state_machine__name=name_of_machine).first()
    if found is None or not arn.is_of(call.workspace):
        raise ApiError("ResourceNotFound", f"Resource not found: '{text}'", details={"resourceName": text})
    return found


def execution(call: Call, text: str) -> Execution:
    """Return an execution with all that a description shows; raises ExecutionDoesNotExist.

    An express execution's ARN is of another kind and refused, as in the service.
    """
    arn = arns.parsed(text, "execution")
    name_of_machine, _, name = arn.rest.partition(":")
    name_of_machine, _, label = name_of_machine.partition("/")
    rows = Execution.objects.select_related(
        "state_machine__workspace", "revision", "version", "map_run__execution__state_machine__workspace"
    )
    found = None
    if arn.is_of(call.workspace):
        rows = rows.filter(
            workspace=call.workspace, state_machine__name=name_of_machine, name=name, is_express=False
        )
        found = rows.filter(map_run__label=label).first() if label else rows.filter(map_run=None).first()
    if found is None:
        raise ApiError("ExecutionDoesNotExist", f"Execution Does Not Exist: '{text}'")
    return found
