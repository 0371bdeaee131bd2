"""Calls an HTTP endpoint as Step Functions' HTTP Task does."""

from __future__ import annotations

from runner.integrations.failures import fails_as_told
from runner.integrations.interface import Outcome, Ports, Request, Succeeded

from .call import called
from .form import DESCRIPTION

__all__ = ["DESCRIPTION", "repeatable", "start"]

repeatable = True  # as the service: a task may reach its endpoint more than once


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns the endpoint's answer; one that is not 2xx fails with States.Http.StatusCode.<n>."""
    return Succeeded(await called(request, ports))
