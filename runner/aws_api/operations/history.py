"""GetExecutionHistory."""

from __future__ import annotations

from typing import Any

from asl.interpreter.history import Entry as HistoryEntry
from asl.interpreter.history import history_event, without_data
from people.rights import Right
from runner.models import Entry
from runner.store import payloads

from ..paging import page
from . import found
from .registry import Call, operation

JSON = Any


@operation("GetExecutionHistory", Right.VIEW)
def get_execution_history(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Return the history events of an execution, forwards or backwards; our own notes are left out."""
    execution = found.execution(call, request["executionArn"])
    backwards = bool(request.get("reverseOrder"))
    rows = Entry.objects.filter(execution=execution, event_id__isnull=False)
    rows = rows.order_by("-seq" if backwards else "seq")

    def read(after: int | None, count: int) -> list[Entry]:
        if after is None:
            return list(rows[:count])
        beyond = {"seq__lt": after} if backwards else {"seq__gt": after}
        return list(rows.filter(**beyond)[:count])

    shown, token = page(call, request, read, lambda entry: entry.seq)
    with_data = request.get("includeExecutionData", True) and call.sees_data()
    return {"events": [_event(entry, with_data=with_data) for entry in shown], "nextToken": token}


def _event(row: Entry, *, with_data: bool) -> dict[str, JSON]:
    details = payloads.loads(row.details)
    if isinstance(details, dict) and not with_data:
        details = without_data(details)
    entry = HistoryEntry(
        row.seq, row.type, row.at, row.frame, (), row.state, details, row.event_id, row.previous_event_id
    )
    return history_event(entry)
