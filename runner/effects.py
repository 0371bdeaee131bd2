"""What one execution causes outside itself: approvals, mails, nested executions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from asl.interpreter.events import Event, NoteAdded, TaskSubmitted
from runner import inbox, iterations, nested
from runner.approvals import opening
from runner.integrations.interface import Effect, OpenApproval, SendMail, StartChild
from runner.mail import outbox
from runner.store import writing
from runner.store.working import AttemptRow, Working


def write(effect: Effect, working: Working, held: AttemptRow, event: Event, now: datetime) -> list[Event]:
    """Write an effect and return the events that the execution is told because of it."""
    match effect:
        case OpenApproval():
            assert isinstance(event, TaskSubmitted)
            held.effect = "approval"
            requested = opening.open_approval(working.row, event.frame, event.wait, held.state, effect, now)
            return [event, NoteAdded(event.frame, "ApprovalRequested", requested)]
        case StartChild():
            assert isinstance(event, TaskSubmitted)
            held.effect = "child"
            return [nested.start(effect, working, event, now)]
        case SendMail():
            outbox.queue(working.row, effect, now)
            return [event]


def tell_others(workings: Iterable[Working], ended: Iterable[writing.EndedEffect], now: datetime) -> bool:
    """Leave in inboxes what this transaction may not do itself, and withdraw what nobody awaits.

    Says whether there is anything in an inbox now that was not there before.
    """
    told: list[tuple[int, Event]] = []
    for over in ended:
        if over.effect == "approval":
            opening.withdraw(over.execution_id, over.frame, over.wait, over.reason)
        elif over.effect == "child" and over.reason != "succeeded":
            told.extend(nested.stop_events(over.execution_id, over.frame, over.wait))
    for working in workings:
        told.extend(iterations.carry_out(working, now))
        told.extend((working.row.id, event) for event in working.continued)
        reported = nested.ended(working)
        if reported is not None and working.row.parent_id is not None:
            told.append((working.row.parent_id, reported))
    writing.leave([(execution, inbox.encode(event)) for execution, event in told])
    return bool(told)
