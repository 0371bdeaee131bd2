"""What the rest of the product asks of executions: start, stop, tell, act on what waits."""

from __future__ import annotations

import asyncio

from django.db import transaction

from asl.interpreter.events import Event, StopRequested, WaitActedOn
from runner import hints, inbox
from runner.models import Inbox, Revision
from runner.operations import (
    Deliver,
    ExecutionAlreadyExists,
    ExecutionNotRedrivable,
    Redrive,
    Redriven,
    Result,
    Start,
    Started,
)
from runner.writer import submit

__all__ = [
    "ExecutionAlreadyExists",
    "ExecutionNotRedrivable",
    "Redriven",
    "Started",
    "act_on_wait",
    "async_start_execution",
    "post",
    "redrive_execution",
    "start_execution",
    "stop_execution",
    "tell",
]


def start_execution(
    *,
    revision: Revision,
    input_text: str = "{}",
    name: str | None = None,
    actor_name: str | None = None,
    version_id: int | None = None,
    alias_name: str = "",
) -> Started:
    """Start an execution, or find the one that the same start began and that still runs.

    `input_text` is JSON text, which the caller has checked. Raises `ExecutionAlreadyExists` when the
    name was used for other input, or its execution has ended.
    """
    start = Start(
        revision_id=revision.pk,
        input_text=input_text,
        name=name,
        version_id=version_id,
        alias_name=alias_name,
        started_by=actor_name or "",
    )
    return _started(submit(start).result())


async def async_start_execution(
    *,
    revision: Revision,
    input_text: str = "{}",
    name: str | None = None,
    actor_name: str | None = None,
    version_id: int | None = None,
    alias_name: str = "",
    trace_header: str = "",
) -> Started:
    """`start_execution` for an event loop: holds no thread while it waits for the commit."""
    start = Start(
        revision_id=revision.pk,
        input_text=input_text,
        name=name,
        version_id=version_id,
        alias_name=alias_name,
        trace_header=trace_header,
        started_by=actor_name or "",
    )
    return _started(await asyncio.wrap_future(submit(start)))


def stop_execution(execution_id: int, error: str | None = None, cause: str | None = None) -> bool:
    """Abort an execution; False when it had ended."""
    return tell(execution_id, StopRequested(error, cause))


def redrive_execution(execution_id: int, by: str | None = None, token: str | None = None) -> Redriven:
    """Continue an execution that did not end well; the same token changes nothing twice.

    Raises `ExecutionNotRedrivable` with the reason.
    """
    result = submit(Redrive(execution_id, by, token)).result()
    if isinstance(result, ExecutionNotRedrivable):
        raise result
    assert isinstance(result, Redriven)
    return result


def act_on_wait(execution_id: int, event: WaitActedOn) -> bool:
    """Act on something that waits; False when it waits no more."""
    return tell(execution_id, event)


def tell(execution_id: int, event: Event) -> bool:
    """Apply an event and say whether it changed anything."""
    return bool(submit(Deliver(execution_id, event)).result())


def post(execution_id: int, event: Event) -> None:
    """Leave an event within the caller's transaction; whoever is told by the hint applies it."""
    Inbox.objects.create(execution_id=execution_id, event=inbox.encode(event))
    transaction.on_commit(hints.work)


def _started(result: Result) -> Started:
    if isinstance(result, ExecutionAlreadyExists):
        raise result
    assert isinstance(result, Started)
    return result
