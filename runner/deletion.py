"""The end of state machines: taken away at once, their rows in short transactions, with the sweeps."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from asl.interpreter.events import StopRequested
from runner import hints, inbox
from runner.models import Execution, Inbox, StateMachine
from runner.state_machines import locked

# What one sweep removes of a deleted machine, and what one transaction of it holds: everybody else waits
# for it, where the database has one writer.
_PORTION = 200
_PORTIONS = 10


class InUse(Exception):
    """Executions of the state machine still run."""


def take_away(machine: StateMachine) -> None:
    """Take away a machine of which nothing runs; raises `InUse`. `finish_deletions` removes its rows."""
    with transaction.atomic():
        _refuse_in_use(locked(machine))
        StateMachine.objects.filter(pk=machine.pk).update(deleted_at=timezone.now())


def delete_when_idle(machine: StateMachine) -> None:
    """Stop what still runs and remove the machine after it, as DeleteStateMachine does.

    From now on it starts nothing and nobody finds it; `finish_deletions` removes it with its last end.
    """
    with transaction.atomic():
        # The update holds the row; one that is gone was removed by somebody who was first.
        marked = StateMachine.objects.filter(pk=machine.pk)
        if not marked.update(deleted_at=Coalesce("deleted_at", timezone.now())):
            return
        running = Execution.objects.filter(state_machine=machine, status="RUNNING")
        stop = inbox.encode(StopRequested(None, None))
        Inbox.objects.bulk_create(
            Inbox(execution_id=execution, event=stop) for execution in running.values_list("id", flat=True)
        )
        transaction.on_commit(hints.work)
    finish_deletions(machine.pk)


def finish_deletions(machine_id: int | None = None) -> int:
    """Remove the deleted machines of which nothing runs any more; returns how many.

    Of one with a long past only a part goes now, and more with each sweep.
    """
    gone = StateMachine.objects.filter(deleted_at__isnull=False)
    if machine_id is not None:
        gone = gone.filter(pk=machine_id)
    removed = 0
    for machine in gone.exclude(executions__status="RUNNING"):
        try:
            if _forget_past(machine):
                _delete(machine)
                removed += 1
        except (InUse, StateMachine.DoesNotExist):
            continue  # started in between by a parent, and gone the next time; or another sweep was first
    return removed


def _forget_past(machine: StateMachine) -> bool:
    """Remove ended executions in short transactions, children before parents; say whether none is left."""
    past = Execution.objects.filter(state_machine=machine).exclude(status="RUNNING").order_by("-id")
    for _ in range(_PORTIONS):
        portion = list(past.values_list("id", flat=True)[:_PORTION])
        Execution.objects.filter(pk__in=portion).delete()
        if len(portion) < _PORTION:
            return True
    return False


def _delete(machine: StateMachine) -> None:
    """Remove a machine with its revisions, versions and ended executions; raises `InUse` while one runs."""
    with transaction.atomic():
        _refuse_in_use(locked(machine))
        # Executions hold on to their revision, so they go first.
        Execution.objects.filter(state_machine=machine).delete()
        machine.delete()


def _refuse_in_use(machine: StateMachine) -> None:
    if Execution.objects.filter(state_machine=machine, status="RUNNING").exists():
        raise InUse(machine.name)
