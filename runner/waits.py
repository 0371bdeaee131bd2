"""What waits in an execution, and for what (law 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asl.interpreter.codec import decode_frame
from asl.interpreter.events import TimerPurpose
from asl.interpreter.frames import Waiting
from runner.models import Approval, Attempt, Frame, Timer
from runner.store import payloads

# Timers that a state waits for; the others limit how long it may wait for something else.
_OF_TIME = (TimerPurpose.WAIT, TimerPurpose.RETRY)


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


def waiting_for(execution_ids: Iterable[int]) -> dict[int, str]:
    """Return what each running execution stands still for, "person" or "time"; nothing where work goes on.

    Three queries, however many executions.
    """
    running = list(execution_ids)
    if not running:
        return {}
    timers = Timer.objects.filter(execution_id__in=running, purpose__in=_OF_TIME)
    for_time = set(timers.values_list("execution_id", flat=True))
    asked = Approval.objects.filter(execution_id__in=running, status=Approval.Status.OPEN)
    for_person = set(asked.values_list("execution_id", flat=True))
    # An approval is an attempt too, one that was submitted.
    at_work = Attempt.objects.filter(execution_id__in=for_time | for_person)
    busy = set(at_work.exclude(effect="approval").values_list("execution_id", flat=True))
    return dict.fromkeys(for_time - busy, "time") | dict.fromkeys(for_person - busy, "person")


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
