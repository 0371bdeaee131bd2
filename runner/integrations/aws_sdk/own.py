"""Step Functions' own actions, which this server answers itself unless a connection names another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runner.integrations.failures import TaskError
from runner.integrations.interface import JSON, Ports, ServiceRefusal

from .actions import Action

OWN = "stepfunctions"
_PREFIX = "Sfn"


async def asked(ports: Ports, action: Action, arguments: Mapping[str, JSON]) -> dict[str, Any]:
    """Return the answer of this server's API; raises `TaskError` named as Step Functions names it."""
    try:
        return await ports.states(action.name, arguments)
    except ServiceRefusal as refusal:
        code = refusal.code if refusal.code.endswith("Exception") else f"{refusal.code}Exception"
        where = f"Service: {_PREFIX}, Status Code: {refusal.status}, Request ID: {refusal.request_id}"
        raise TaskError(f"{_PREFIX}.{code}", f"{refusal.message} ({where}) (SDK Attempt Count: 1)") from None
