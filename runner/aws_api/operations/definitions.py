"""Definitions as the service judges them."""

from __future__ import annotations

from asl.service_words import Validated, diagnostics_of, invalid_definition_message
from runner import state_machines

from ..errors import ApiError


def check(definition: str, kind: str) -> None:
    """Raise InvalidDefinition, in the service's words, where it refuses a definition or it cannot run."""
    message = invalid_definition_message(definition, state_machines.diagnose(definition, kind))
    if message is None:
        faults = state_machines.why_it_cannot_run(definition)
        if not faults:
            return
        # The service takes it, but it cannot run here: said in our own words.
        told = ", ".join(f"{fault.code}: {fault.message} at {fault.location or '/'}" for fault in faults)
        message = f"Invalid State Machine Definition: '{told}'"
    raise ApiError("InvalidDefinition", message)


def validated(definition: str, kind: str, severity: str, most: int) -> Validated:
    """Return what ValidateStateMachineDefinition tells of a definition."""
    found = state_machines.diagnose(definition, kind)
    return diagnostics_of(definition, found, severity=severity, most=most)
