"""What callers get of a transaction: attempts that were claimed, tasks handed out, executions started."""

from __future__ import annotations

from runner.models import Execution
from runner.operations import Claim, Claimed, Handed, Started
from runner.store import payloads
from runner.store.working import AttemptRow, Working


def claimed(working: Working, frame: int, wait: int) -> Claimed:
    """Return an attempt as the worker that holds it gets it."""
    held = working.attempts[frame, wait]
    request = held.request
    return Claimed(
        execution_id=working.row.id,
        execution_key=str(working.row.key),
        workspace_id=working.compiled.workspace_id,
        claim=Claim(frame, wait, held.claim),
        attempt=held.number,
        state=held.state,
        resource=held.resource,
        request=payloads.loads(request) if isinstance(request, str) else request,
        poll=None if held.poll is None else payloads.loads(held.poll),
    )


def handed(execution_id: int, claim: Claim, held: AttemptRow) -> Handed:
    """Return an activity's task as the worker outside gets it."""
    request = payloads.loads(held.request) if isinstance(held.request, str) else held.request
    input_text = payloads.dumps(request["arguments"])
    return Handed(execution_id, claim, held.number, request["task_token"], input_text)


def started(row: Execution, arn: str, *, created: bool) -> Started:
    """Return an execution as its start left it."""
    return Started(
        execution_id=row.id or 0,
        key=str(row.key),
        name=row.name,
        arn=arn,
        started_at=row.started_at,
        created=created,
        status=row.status,
        stopped_at=row.stopped_at,
        error=row.error,
        transitions=row.transitions,
        last_seq=row.last_seq,
    )
