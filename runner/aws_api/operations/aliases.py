"""Aliases: names for versions, with weighted routing."""

from __future__ import annotations

from typing import Any

from people.rights import Right
from runner import aliases
from runner.models import Alias, StateMachine

from .. import arns
from ..errors import ApiError, validation
from ..paging import page
from . import found
from .registry import Call, operation
from .state_machines import version_arn

JSON = Any


@operation("CreateStateMachineAlias", Right.PUBLISH)
def create_state_machine_alias(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Make an alias; the same request again finds the one that it made."""
    machine, routing = _routing(call, request["routingConfiguration"])
    try:
        alias = aliases.create(machine, request["name"], request.get("description", ""), routing)
    except (aliases.InvalidAliasName, aliases.InvalidRouting) as error:
        raise validation(str(error)) from None
    except aliases.AliasTaken:
        raise ApiError(
            "ConflictException",
            "Failed to create alias because an alias with the same name and a different routing "
            "configuration already exists.",
        ) from None
    except aliases.TooManyAliases:
        raise ApiError(
            "ServiceQuotaExceededException", f"A state machine has at most {aliases.MOST_ALIASES} aliases."
        ) from None
    return {"stateMachineAliasArn": _arn(machine, alias), "creationDate": alias.created_at}


@operation("UpdateStateMachineAlias", Right.PUBLISH)
def update_state_machine_alias(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Change what an alias says or points to; the next start goes by it."""
    alias = _alias(call, request)
    if not request.keys() & {"description", "routingConfiguration"}:
        raise validation("Either the description or the routing configuration must be specified.")
    routing = None
    if "routingConfiguration" in request:
        _, routing = _routing(call, request["routingConfiguration"])
    try:
        aliases.change(alias, description=request.get("description"), routing=routing)
    except aliases.InvalidRouting as error:
        raise validation(str(error)) from None
    except Alias.DoesNotExist:
        raise found.not_found() from None
    return {"updateDate": alias.updated_at}


@operation("DescribeStateMachineAlias", Right.VIEW)
def describe_state_machine_alias(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Describe an alias with its routing."""
    alias = _alias(call, request)
    machine = alias.state_machine
    return {
        "stateMachineAliasArn": _arn(machine, alias),
        "name": alias.name,
        "description": alias.description or None,
        "routingConfiguration": [
            {"stateMachineVersionArn": version_arn(machine, share.version), "weight": share.weight}
            for share in aliases.shares(alias)
        ],
        "creationDate": alias.created_at,
        "updateDate": alias.updated_at,
    }


@operation("DeleteStateMachineAlias", Right.PUBLISH)
def delete_state_machine_alias(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Delete an alias; one that is gone is no fault."""
    alias = found.alias(call, request["stateMachineAliasArn"])
    if alias is not None:
        aliases.delete(alias.state_machine, alias.name)
    return {}


@operation("ListStateMachineAliases", Right.VIEW)
def list_state_machine_aliases(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """List the aliases of a machine by name; with a version's ARN those that point to it."""
    text = request["stateMachineArn"]
    arn = arns.machine(text)
    machine = found.machine_named(call, arn)
    if machine is None:
        raise found.does_not_exist(text)
    version = None
    if arn.qualifier is not None:
        version = found.version(call, text)
        if version is None:
            raise found.not_found()
    rows = aliases.of_machine(machine, version)

    def read(after: str | None, count: int) -> list[Alias]:
        return list((rows.filter(name__gt=after) if after else rows)[:count])

    shown, token = page(call, request, read, lambda alias: alias.name)
    return {
        "stateMachineAliases": [
            {"stateMachineAliasArn": _arn(machine, alias), "creationDate": alias.created_at}
            for alias in shown
        ],
        "nextToken": token,
    }


def _alias(call: Call, request: dict[str, JSON]) -> Alias:
    alias = found.alias(call, request["stateMachineAliasArn"])
    if alias is None:
        raise found.not_found()
    return alias


def _routing(call: Call, items: list[dict[str, JSON]]) -> tuple[StateMachine, list[aliases.Share]]:
    """Return the machine and the shares that a routing configuration names."""
    texts = [item["stateMachineVersionArn"] for item in items]
    parsed = [arns.machine(text) for text in texts]
    if any(arn.version is None for arn in parsed):
        raise validation(
            f"Routing configuration must contain state machine version ARNs. Received: [{', '.join(texts)}]"
        )
    shares = []
    for text, item in zip(texts, items, strict=True):
        version = found.version(call, text)
        if version is None:
            raise found.not_found()
        shares.append(aliases.Share(version, item["weight"]))
    machine = found.machine(call, parsed[0].unqualified)
    return machine, shares


def _arn(machine: StateMachine, alias: Alias) -> str:
    return f"{machine.arn}:{alias.name}"
