"""State machines: create, describe, update, delete, list, validate."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from asl.variable_references import variable_references
from people.rights import Right
from runner import deletion, state_machines
from runner.models import Execution, Revision, StateMachine, Version
from runner.store import payloads

from .. import arns
from ..errors import ApiError, validation
from ..paging import page
from . import configuration, definitions, found, tags
from .registry import Call, operation

JSON = Any


@operation("CreateStateMachine", Right.PUBLISH)
def create_state_machine(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Make a machine; the same request again finds the one that it made."""
    name, definition = request["name"], request["definition"]
    kind = request.get("type", StateMachine.Type.STANDARD)
    if "versionDescription" in request and not request.get("publish"):
        raise validation("Version description can only be set when publish is true")
    try:
        state_machines.check_name(name)
    except state_machines.InvalidName:
        raise ApiError("InvalidName", f"Invalid Name: '{name}'") from None
    given = configuration.requested(request)
    definitions.check(definition, kind)
    _check_connections(call, definition)
    with transaction.atomic():
        existing = _existing(call, name)
        if existing is not None:
            machine, revision = existing, _same(existing, kind, definition, given)
        else:
            machine = _created(call, name, kind)
            revision = state_machines.publish_revision(
                machine, definition, call.actor.name, role_arn=request["roleArn"], configuration=given
            )
            tags.write(call, machine.arn, request.get("tags", []))
        version = None
        if request.get("publish"):
            version = state_machines.publish_version(
                revision, request.get("versionDescription", ""), call.actor.name
            )
    return {
        "stateMachineArn": machine.arn,
        "creationDate": machine.created_at,
        "stateMachineVersionArn": version and version_arn(machine, version),
    }


def _existing(call: Call, name: str) -> StateMachine | None:
    machines = StateMachine.objects.select_related("workspace", "current_revision")
    existing = machines.filter(workspace=call.workspace, name=name).first()
    if existing is not None and existing.deleted_at is not None:
        raise found.deleting(existing.arn)
    return existing


def _created(call: Call, name: str, kind: str) -> StateMachine:
    try:
        # What comes over this API was written for the service, so it gets the service's limits.
        return state_machines.create(call.workspace, name, kind, quota_profile="aws")
    except state_machines.NameTaken:
        existing = _existing(call, name)
        raise _already_exists(existing.arn if existing else name) from None


def _same(machine: StateMachine, kind: str, definition: str, given: dict[str, JSON]) -> Revision:
    """Return the current revision of a machine that is what is asked for; role and tags do not matter."""
    current = machine.current_revision
    if current is None or machine.type != kind or current.definition != definition:
        raise _already_exists(machine.arn)
    if configuration.shown(current) != configuration.shown(Revision(configuration=given)):
        raise _already_exists(machine.arn)
    return current


def _already_exists(arn: str) -> ApiError:
    return ApiError("StateMachineAlreadyExists", f"State Machine Already Exists: '{arn}'")


def _check_connections(call: Call, definition: str) -> None:
    if state_machines.names_connection(definition):
        call.require(Right.USE_CONNECTION)


@operation("UpdateStateMachine", Right.PUBLISH)
def update_state_machine(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Give a machine a new revision, and publish it as a version where that is asked for."""
    machine = found.machine(call, request["stateMachineArn"])
    if not request.keys() & {
        "definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "encryptionConfiguration"
    }:  # fmt: skip
        raise ApiError(
            "MissingRequiredParameter",
            "Either the definition, the role ARN, the LoggingConfiguration, the TracingConfiguration or the "
            "EncryptionConfiguration must be specified",
        )
    if "versionDescription" in request and not request.get("publish"):
        raise validation("Version description can only be set when publish is true")
    given = configuration.requested(request)
    if "definition" in request:
        definitions.check(request["definition"], machine.type)
        _check_connections(call, request["definition"])
    with transaction.atomic():
        revision = state_machines.publish_revision(
            machine,
            request.get("definition"),
            call.actor.name,
            role_arn=request.get("roleArn"),
            configuration=given,
        )
        version = None
        if request.get("publish"):
            version = state_machines.publish_version(
                revision, request.get("versionDescription", ""), call.actor.name
            )
    return {
        "updateDate": timezone.now(),
        "revisionId": revision_id(revision),
        "stateMachineVersionArn": version and version_arn(machine, version),
    }


@operation("DescribeStateMachine", Right.VIEW)
def describe_state_machine(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Describe what an ARN runs: the current revision, a version's, or an ItemProcessor of a Map Run."""
    text = request["stateMachineArn"]
    arn = arns.machine(text)
    machine = found.machine_named(call, arn)
    if machine is None or machine.current_revision is None:
        raise found.does_not_exist(text)
    revision, created_at, description = machine.current_revision, machine.created_at, None
    if arn.qualifier is not None:
        version = found.version(call, text) if arn.version is not None else None
        if version is None:
            raise found.does_not_exist(text)
        revision, created_at = version.revision, version.created_at
        description = version.description or None
    described: dict[str, JSON] = {
        "stateMachineArn": text,
        "name": machine.name,
        "status": "DELETING" if machine.deleted_at else "ACTIVE",
        "type": machine.type,
        "creationDate": created_at,
        "description": description,
    }
    return described | _revision(call, request, revision)


@operation("DescribeStateMachineForExecution", Right.VIEW)
def describe_state_machine_for_execution(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Describe the revision that an execution runs."""
    execution = found.execution(call, request["executionArn"])
    machine = execution.state_machine
    # Outputs of executions stand in the definition that a trial was given.
    if execution.revision.trial is not None:
        call.require(Right.SEE_DATA)
    described = _revision(call, request, execution.revision)
    return {
        "stateMachineArn": machine.arn,
        "name": machine.name,
        "updateDate": execution.revision.created_at,
        **described,
        **_of_map_run(execution),
    }


def _of_map_run(execution: Execution) -> dict[str, JSON]:
    run = execution.map_run
    if run is None:
        return {}
    return {
        "mapRunArn": run.arn,
        "label": run.label,
        "stateMachineArn": f"{execution.state_machine.arn}/{run.label}",
    }


def _revision(call: Call, request: dict[str, JSON], revision: Revision) -> dict[str, JSON]:
    if request.get("includedData") == "METADATA_ONLY":
        definition: dict[str, JSON] = {"definition": ""}
    else:
        references = variable_references(payloads.loads(revision.definition))
        definition = {"definition": revision.definition, "variableReferences": references or None}
    return {
        **definition,
        "roleArn": revision.role_arn or f"arn:aws:iam::{call.workspace.number}:role/cuelight",
        "revisionId": revision_id(revision),
        **configuration.shown(revision),
    }


def revision_id(revision: Revision) -> str | None:
    """Return the id of a revision; the first one of a machine has none, as in the service."""
    return None if revision.number == 1 else str(revision.key)


def version_arn(machine: StateMachine, version: Version) -> str:
    return f"{machine.arn}:{version.number}"


@operation("DeleteStateMachine", Right.PUBLISH)
def delete_state_machine(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Delete a machine, its versions and aliases, when its last execution has ended; twice is once."""
    machine = found.machine_named(call, arns.unqualified_machine(request["stateMachineArn"]))
    if machine is not None:
        deletion.delete_when_idle(machine)
        tags.forget(call, machine.arn)
    return {}


@operation("ListStateMachines", Right.VIEW)
def list_state_machines(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """List the machines of the workspace by name."""
    machines = state_machines.list_machines(call.workspace)

    def read(after: str | None, count: int) -> list[StateMachine]:
        return list((machines.filter(name__gt=after) if after else machines)[:count])

    rows, token = page(call, request, read, lambda machine: machine.name)
    shown = [
        {"stateMachineArn": row.arn, "name": row.name, "type": row.type, "creationDate": row.created_at}
        for row in rows
    ]
    return {"stateMachines": shown, "nextToken": token}


@operation("PublishStateMachineVersion", Right.PUBLISH)
def publish_state_machine_version(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Give the current revision a number; again for the same revision, the same number."""
    machine = found.machine(call, request["stateMachineArn"])
    revision = machine.current_revision
    assert revision is not None
    wanted = request.get("revisionId")
    if wanted is not None and wanted not in (str(revision.key), "INITIAL" if revision.number == 1 else ""):
        raise ApiError(
            "ConflictException",
            f"Revision ID mismatch: the current revision is '{revision_id(revision) or 'INITIAL'}'.",
        )
    version = state_machines.publish_version(revision, request.get("description", ""), call.actor.name)
    return {"creationDate": version.created_at, "stateMachineVersionArn": version_arn(machine, version)}


@operation("ListStateMachineVersions", Right.VIEW)
def list_state_machine_versions(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """List the versions of a machine, the newest first."""
    machine = found.machine_named(call, arns.unqualified_machine(request["stateMachineArn"]))
    if machine is None:
        return {"stateMachineVersions": []}
    versions = machine.versions.order_by("-number")

    def read(after: int | None, count: int) -> list[Version]:
        return list((versions.filter(number__lt=after) if after else versions)[:count])

    rows, token = page(call, request, read, lambda version: version.number)
    shown = [
        {"stateMachineVersionArn": version_arn(machine, row), "creationDate": row.created_at} for row in rows
    ]
    return {"stateMachineVersions": shown, "nextToken": token}


@operation("DeleteStateMachineVersion", Right.PUBLISH)
def delete_state_machine_version(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Delete a version; what it started goes on. Refused while an alias points to it."""
    version = found.version(call, request["stateMachineVersionArn"])
    if version is None:
        return {}
    pointing = sorted(version.routes.values_list("alias__name", flat=True))
    if pointing:
        raise ApiError(
            "ConflictException",
            "Version to be deleted must not be referenced by an alias. "
            f"Current list of aliases referencing this version: [{', '.join(pointing)}]",
        )
    version.delete()
    return {}


@operation("ValidateStateMachineDefinition", Right.VIEW)
def validate_state_machine_definition(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Say what is wrong with a definition, the errors first."""
    kind = request.get("type", StateMachine.Type.STANDARD)
    told = definitions.validated(
        request["definition"], kind, request.get("severity", "ERROR"), request.get("maxResults", 0)
    )
    return {"result": told.result, "diagnostics": told.diagnostics, "truncated": told.truncated}
