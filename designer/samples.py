"""What a state was given and made in the last executions: data to complete and to try expressions with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from designer.models import Workflow
from runner.models import Entry, Execution
from runner.store import payloads

JSON = Any

# How far back is looked for an execution in which the state was entered.
_EXECUTIONS = 5
# Assigned variables are read from this many exits at most.
_EXITS = 500
# A sample is for people's eyes and for expressions as they are typed.
MOST_CHARACTERS = 256 * 1024


@dataclass(slots=True)
class Sample:
    """One visit to a state; a part that was not reached, or is too large, is absent from `parts`."""

    execution: Execution
    parts: dict[str, JSON] = field(default_factory=dict)  # input, result, output, error_output
    variables: dict[str, JSON] = field(default_factory=dict)
    context: dict[str, JSON] = field(default_factory=dict)
    too_large: list[str] = field(default_factory=list)


def sample_of(workflow: Workflow, state: str) -> Sample | None:
    """Return the newest visit to a state in the last executions, or None where there is none."""
    executions = Execution.objects.filter(state_machine_id=workflow.state_machine_id)
    executions = executions.select_related("state_machine__workspace", "map_run").order_by("-id")
    # A state inside a distributed Map is visited by children, of which there may be thousands.
    own, of_map_runs = executions.filter(map_run=None), executions.exclude(map_run=None)
    for execution in chain(own[:_EXECUTIONS], of_map_runs[:_EXECUTIONS]):
        entries = Entry.objects.filter(execution_id=execution.pk)
        entered = (
            entries.filter(state=state, type__endswith="StateEntered").order_by("-seq").only("pk").first()
        )
        if entered is not None:
            return _read(execution, entries.get(seq=entered.pk[1]))
    return None


def _read(execution: Execution, entered: Entry) -> Sample:
    sample = Sample(execution)
    details = payloads.loads(entered.details)
    _keep(sample, "input", details.get("input"))
    after = Entry.objects.filter(
        execution_id=execution.pk, seq__gt=entered.seq, frame=entered.frame, state=entered.state
    )
    for entry in after.order_by("seq")[:200]:
        told = payloads.loads(entry.details) or {}
        if entry.type.endswith("StateEntered"):
            break
        if entry.type.endswith("StateExited"):
            _keep(sample, "output", told.get("output"))
            break
        if entry.type in ("TaskSucceeded", "LambdaFunctionSucceeded", "ActivitySucceeded"):
            _keep(sample, "result", told.get("output"))
        elif "error" in told and entry.event_id is not None:
            sample.parts["error_output"] = {"Error": told.get("error"), "Cause": told.get("cause")}
    if "result" in sample.parts:
        sample.parts.pop("error_output", None)
    sample.variables = dict(_variables(execution, entered))
    sample.context = _context(execution, entered)
    return sample


def _variables(execution: Execution, entered: Entry) -> Iterator[tuple[str, JSON]]:
    """Return what was assigned before the visit, in its own scope and in those around it."""
    scope = payloads.loads(entered.scope)
    exits = Entry.objects.filter(
        execution_id=execution.pk,
        seq__lt=entered.seq,
        type__endswith="StateExited",
        details__contains='"assignedVariables"',
    )
    for entry in list(exits.order_by("-seq")[:_EXITS])[::-1]:
        own = payloads.loads(entry.scope)
        if scope[: len(own)] != own:
            continue
        for name, text in (payloads.loads(entry.details).get("assignedVariables") or {}).items():
            yield name, payloads.loads(text)


def _context(execution: Execution, entered: Entry) -> dict[str, JSON]:
    scope = payloads.loads(entered.scope)
    whole = payloads.unpack(execution.input)
    machine = execution.state_machine
    return {
        "Execution": {
            "Id": execution.arn,
            "Name": execution.name,
            "StartTime": execution.started_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            **({"Input": payloads.loads(whole)} if len(whole) <= MOST_CHARACTERS else {}),
        },
        "StateMachine": {"Id": machine.arn, "Name": machine.name},
        "State": {
            "Name": entered.state,
            "EnteredTime": entered.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "RetryCount": 0,
        },
        **({"Map": {"Item": {"Index": scope[-1][1]}}} if scope else {}),
    }


def _keep(sample: Sample, part: str, text: JSON) -> None:
    if not isinstance(text, str):
        return
    whole = payloads.unpack(text)
    if len(whole) > MOST_CHARACTERS:
        sample.too_large.append(part)
    else:
        sample.parts[part] = payloads.loads(whole)
