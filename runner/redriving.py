"""Whether an execution may be redriven, and why not; and what a repeated request for it is answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from asl.interpreter.history import NoteType
from runner.models import Entry, Execution
from runner.operations import ExecutionNotRedrivable, Redrive, Redriven
from runner.revisions import compiled
from runner.store import payloads, writing
from runner.store.working import Working

# https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html
WINDOW = timedelta(days=14)
LONGEST_EXECUTION = timedelta(days=365)
TOKEN_LIFETIME = timedelta(minutes=15)
TOKENS_KEPT = 10


class RedriveStatus(StrEnum):
    """What DescribeExecution says of an execution."""

    REDRIVABLE = "REDRIVABLE"
    NOT_REDRIVABLE = "NOT_REDRIVABLE"
    REDRIVABLE_BY_MAP_RUN = "REDRIVABLE_BY_MAP_RUN"


def redrive_status(row: Execution, now: datetime | None = None) -> tuple[RedriveStatus, str | None]:
    """Return whether an execution may be redriven now and, where it may not, the service's reason."""
    reason = _why_not(row, now or timezone.now())
    if reason is not None:
        return RedriveStatus.NOT_REDRIVABLE, reason
    if row.map_run_id is not None:
        return RedriveStatus.REDRIVABLE_BY_MAP_RUN, None
    return RedriveStatus.REDRIVABLE, None


def _why_not(row: Execution, now: datetime) -> str | None:
    if row.status not in ("FAILED", "TIMED_OUT", "ABORTED"):
        return f"Execution is {row.status} and cannot be redriven"
    if row.is_express and row.map_run_id is None:
        return "Execution is EXPRESS and cannot be redriven"
    if row.state_machine.deleted_at is not None:
        return "State machine is in DELETING status"
    events = compiled(row.revision_id).quotas.history_events
    # There must be room for ExecutionRedriven and one more event.
    if events is not None and row.next_event_id - 1 >= events - 1:
        return "Execution history event limit exceeded"
    if now - row.started_at > LONGEST_EXECUTION:
        return "Execution has exceeded the max execution time"
    if row.stopped_at is None or now - row.stopped_at > WINDOW:
        return "Execution redrivable period exceeded"
    return None


def answer(working: Working, redrive: Redrive, now: datetime) -> Redriven | ExecutionNotRedrivable | None:
    """Return what a request is answered without redriving anything, or None where it is to be done."""
    before = _redriven_by(working, redrive.token, now) if redrive.token is not None else None
    if before is not None:
        return Redriven(before)
    writing.settle(working)  # what came before in this transaction counts
    status, reason = redrive_status(working.row, now)
    if status is RedriveStatus.REDRIVABLE_BY_MAP_RUN:
        reason = "Execution is a child of a Map Run and is redriven by it"
    return None if reason is None else ExecutionNotRedrivable(reason)


def _redriven_by(working: Working, token: str, now: datetime) -> datetime | None:
    """Return when the request that had this token redrove the execution, if that was lately."""
    for entry in working.entries:
        if entry.type == NoteType.REDRIVE_ASKED and entry.details["token"] == token:
            return entry.at
    asked = Entry.objects.filter(
        execution_id=working.row.pk, type=NoteType.REDRIVE_ASKED, at__gt=now - TOKEN_LIFETIME
    )
    for at, details in asked.order_by("-seq").values_list("at", "details")[:TOKENS_KEPT]:
        if payloads.loads(details)["token"] == token:
            return at
    return None
