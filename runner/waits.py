"""What waits in an execution, and for what (law 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asl.interpreter.codec import decode_frame
from asl.interpreter.frames import Waiting
from runner.models import Approval, Attempt, Frame, Timer
from runner.store import payloads


@dataclass(frozen=True, slots=True)
class Wait:
    """Where an execution stands still; `due` is when it goes on or runs out of time by itself."""

    frame: int
    wait: int
    state: str | None
    scope: tuple[tuple[str, int], ...]
    kind: str  # "attempt" | "timer" | "retry" | "approval" | "callback"
    since: datetime | None
    due: datetime | None
    attempt: int
    partial_text: str | None = None
    approval: UUID | None = None


def of(execution_id: int) -> list[Wait]:
    """Return the waits of an execution in the order of their frames."""
    rows = Frame.objects.filter(execution_id=execution_id, status="RUNNING").order_by("number")
    frames = [decode_frame(payloads.loads(data)) for data in rows.values_list("data", flat=True)]
    attempts = {(row.frame, row.wait): row for row in Attempt.objects.filter(execution_id=execution_id)}
    due: dict[tuple[int, int], datetime] = {}
    for timer in Timer.objects.filter(execution_id=execution_id).order_by("-due_at"):
        due[timer.frame, timer.wait] = timer.due_at  # the earliest stays
    open_approvals = Approval.objects.filter(execution_id=execution_id, status="OPEN")
    approvals = {(row.frame, row.wait): row.key for row in open_approvals}
    found = []
    for frame in frames:
        place = (frame.number, frame.wait)
        held = attempts.get(place)
        match frame.waiting:
            case Waiting.ATTEMPT:
                kind = "attempt"
                if place in approvals:
                    kind = "approval"
                elif held is not None and held.status == Attempt.Status.SUBMITTED:
                    kind = "callback"
            case Waiting.TIMER:
                kind = "timer"
            case Waiting.RETRY:
                kind = "retry"
            case _:
                continue
        found.append(
            Wait(
                frame=frame.number,
                wait=frame.wait,
                state=frame.state,
                scope=frame.scope,
                kind=kind,
                since=held.queued_at if held is not None else frame.entered_at,
                due=due.get(place),
                attempt=frame.attempt,
                partial_text=held.partial or None if held is not None else None,
                approval=approvals.get(place),
            )
        )
    return found
