"""What each state was given and made in one execution, within bounds: outputs to pin."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from designer.models import Workflow
from designer.samples import MOST_CHARACTERS
from runner.models import Entry, Execution
from runner.store import payloads

JSON = Any

# The newest exits that are looked at; a state that was left before them is not told.
_EXITS = 5000
# All values of one answer together.
MOST_IN_ALL = 1024 * 1024


@dataclass(slots=True)
class Visit:
    """The newest finished visit to a state; a part that is too large is absent and named."""

    state: str
    type: str
    visits: int
    parts: dict[str, JSON] = field(default_factory=dict)  # input, output
    too_large: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """What the states of an execution made, the first left first."""

    execution: Execution
    visits: tuple[Visit, ...]


def run_of(workflow: Workflow, key: uuid.UUID | None, states: Collection[str] = ()) -> Run | None:
    """Return the finished visits of the newest execution, or of the one named; None where there is none."""
    executions = Execution.objects.filter(state_machine_id=workflow.state_machine_id, map_run=None)
    if key is not None:
        executions = executions.filter(key=key)
    execution = executions.order_by("-id").first()
    return None if execution is None else Run(execution, _visits(execution, states))


def _visits(execution: Execution, states: Collection[str]) -> tuple[Visit, ...]:
    entries = Entry.objects.filter(execution_id=execution.pk)
    wanted = entries.filter(state__in=states) if states else entries
    found: dict[str, Visit] = {}
    newest: dict[str, tuple[int, int]] = {}
    exits = wanted.filter(type__endswith="StateExited").order_by("-seq")
    for seq, kind, state, frame in exits.values_list("seq", "type", "state", "frame")[:_EXITS]:
        if state is None:
            continue
        if state not in found:
            found[state] = Visit(state, kind.removesuffix("StateExited"), 0)
            newest[state] = (seq, frame)
        found[state].visits += 1
    left = MOST_IN_ALL
    for state, (seq, frame) in sorted(newest.items(), key=lambda each: each[1]):
        visit = found[state]
        entered = wanted.filter(type__endswith="StateEntered", state=state, frame=frame, seq__lt=seq)
        left -= _keep(visit, "output", entries.filter(seq=seq).first(), left)
        left -= _keep(visit, "input", entered.order_by("-seq").first(), left)
    return tuple(found[state] for state in sorted(newest, key=lambda each: newest[each]))


def _keep(visit: Visit, part: str, entry: Entry | None, left: int) -> int:
    """Read one part of a visit; returns how many characters it took."""
    text = None if entry is None else payloads.loads(entry.details).get(part)
    if not isinstance(text, str):
        return 0
    whole = payloads.unpack(text)
    if len(whole) > min(MOST_CHARACTERS, left):
        visit.too_large.append(part)
        return 0
    visit.parts[part] = payloads.loads(whole)
    return len(whole)
