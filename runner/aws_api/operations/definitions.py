"""Definitions as the service judges them."""

from __future__ import annotations

from typing import Any

from asl.states import Definition
from runner import state_machines

from ..errors import ApiError

JSON = Any


def check(definition: str, kind: str) -> None:
    """Raise InvalidDefinition, in the service's words, for a definition that cannot run."""
    faults = state_machines.errors_among(state_machines.diagnose(definition, kind))
    faults = faults or state_machines.why_it_cannot_run(definition)
    if faults:
        told = ", ".join(f"SCHEMA_VALIDATION_FAILED: {fault.message} at {fault.location}" for fault in faults)
        raise ApiError("InvalidDefinition", f"Invalid State Machine Definition: '{told}'")


def diagnostics(definition: str, kind: str, severity: str) -> list[dict[str, JSON]]:
    """Return what ValidateStateMachineDefinition tells of a definition, the errors first."""
    found = state_machines.diagnose(definition, kind)
    wanted = [one for one in found if severity == "WARNING" or one.severity == "ERROR"]
    wanted.sort(key=lambda one: one.severity != "ERROR")
    return [
        {"severity": one.severity, "code": one.code, "message": one.message, "location": one.location}
        for one in wanted
    ]


def variable_references(definition: Definition) -> dict[str, list[str]]:
    """Return the variables that each state reads."""
    return {}
