"""The run of one attempt: a request, its integration, and the operation that hands in the outcome."""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from collections.abc import Awaitable, Callable

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from asl.interpreter import events as ev
from runner import blobs, connections, hints, outbound
from runner.integrations import registry
from runner.integrations.interface import (
    Failed,
    Outcome,
    Ports,
    Request,
    StatesApi,
    Submitted,
    Succeeded,
)
from runner.leases import Leases
from runner.operations import Claimed, Deliver, Poll

log = logging.getLogger(__name__)

# Partial model text is written at most this often: a reader sees no difference, the disk does.
PROGRESS_SECONDS = 0.5


async def run(claimed: Claimed, leases: Leases) -> Deliver:
    """Do the work of a claimed attempt and return what to tell its execution."""
    request = _request(claimed)
    integration = registry.find(claimed.resource)
    if integration is None:
        cause = f"No integration is known for the resource '{claimed.resource}'"
        return _deliver(claimed, Failed("States.Runtime", cause))
    ports = Ports(
        states=_states_api()(claimed.workspace_id, claimed.state),
        outbound=outbound.current(),
        secrets=connections.secrets_of(claimed.workspace_id),
        blobs=blobs.store(),
        now=timezone.now,
        progress=_progress(claimed, leases),
    )
    try:
        outcome = await integration.start(request, ports)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        # The cause names the fault's kind only: its text may hold what a connection keeps secret.
        log.exception("The integration for %s failed", claimed.resource)
        cause = f"The integration failed unexpectedly ({type(error).__name__})"
        outcome = Failed("States.TaskFailed", cause)
    return _deliver(claimed, outcome)


@functools.cache
def _states_api() -> Callable[[int, str], StatesApi]:
    """The API stands above this module and calls it; the settings say where it is."""
    found: Callable[[int, str], StatesApi] = import_string(settings.CUELIGHT_STATES_API)
    return found


async def close() -> None:
    """Close what calls share."""
    await outbound.close()


def _request(claimed: Claimed) -> Request:
    stored = claimed.request
    claim = claimed.claim
    return Request(
        resource=claimed.resource,
        arguments=stored["arguments"],
        context=stored["context"],
        task_token=stored["task_token"],
        idempotency_token=f"{claimed.execution_key}-{claim.frame}-{claim.wait}",
        workspace=claimed.workspace_id,
        execution=claimed.execution_key,
        state=claimed.state,
        attempt=claimed.attempt,
        timeout_seconds=stored["timeout_seconds"],
        credentials=stored["credentials"],
        poll=claimed.poll,
    )


def _deliver(claimed: Claimed, outcome: Outcome) -> Deliver:
    frame, wait, attempt = claimed.claim.frame, claimed.claim.wait, claimed.attempt
    event: ev.Event
    match outcome:
        case Succeeded(output, usage, effect):
            event = ev.TaskSucceeded(frame, wait, attempt, output, usage)
            return Deliver(claimed.execution_id, event, claimed.claim, effect)
        case Failed(error, cause):
            event = ev.TaskFailed(frame, wait, attempt, error, cause)
            return Deliver(claimed.execution_id, event, claimed.claim)
        case Submitted():
            event = ev.TaskSubmitted(
                frame, wait, attempt, outcome.output, outcome.deadline_seconds, outcome.note
            )
            after = outcome.poll_after_seconds
            poll = None if after is None else Poll(after, outcome.poll)
            return Deliver(claimed.execution_id, event, claimed.claim, outcome.effect, poll)


def _progress(claimed: Claimed, leases: Leases) -> Callable[[str], Awaitable[None]]:
    """Return the port through which a model's text so far is kept on the attempt."""
    claim = claimed.claim
    address = (claimed.execution_id, claim.frame, claim.wait)
    last = 0.0

    async def progress(text: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < PROGRESS_SECONDS:
            return
        last = now
        await asyncio.get_running_loop().run_in_executor(None, leases.report, address, text)
        hints.partial(claimed.execution_id, claimed.execution_key)

    return progress
