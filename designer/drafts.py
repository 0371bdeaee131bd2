"""Drafts: made, saved by compare-and-set, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from designer.models import Workflow
from people import audit
from people.models import User, Workspace
from runner import deletion, state_machines
from runner.models import StateMachine

# What a new workflow starts with, so that the canvas is not a blank page without a rule.
EMPTY_DEFINITION = """{
  "QueryLanguage": "JSONata",
  "StartAt": "Start",
  "States": {
    "Start": {
      "Type": "Pass",
      "End": true
    }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What a save writes; None leaves a part as it is."""

    definition: str | None = None
    layout: dict[str, Any] | None = None

    @property
    def is_empty(self) -> bool:
        return self.definition is None and self.layout is None


class StaleDraft(Exception):
    """The draft was saved by somebody else since it was read."""

    def __init__(self, current_revision: int, saved_by: str, saved_at: datetime) -> None:
        super().__init__(f"The draft is at revision {current_revision}, saved by {saved_by or 'somebody'}.")
        self.current_revision = current_revision
        self.saved_by = saved_by
        self.saved_at = saved_at


def create(
    workspace: Workspace,
    name: str,
    *,
    owner: User | None,
    description: str = "",
    type: str = StateMachine.Type.STANDARD,
    definition: str | None = None,
    layout: dict[str, Any] | None = None,
) -> Workflow:
    """Make a workflow with its state machine; raises `InvalidName` or `NameTaken` of `state_machines`."""
    with transaction.atomic():
        machine = state_machines.create(workspace, name, type)
        return Workflow.objects.create(
            workspace=workspace,
            state_machine=machine,
            owner=owner,
            description=description,
            draft_definition=EMPTY_DEFINITION if definition is None else definition,
            draft_layout=layout or {},
            draft_saved_by=owner.username if owner else "",
            draft_saved_at=timezone.now(),
        )


def save(workflow: Workflow, made_from: int, change: Change, by: str) -> None:
    """Write the draft if it is still the one that the change was made from; raises `StaleDraft`."""
    written: dict[str, Any] = {}
    if change.definition is not None:
        written["draft_definition"] = change.definition
    if change.layout is not None:
        written["draft_layout"] = change.layout
    # Another browser, or another tab of the same person, may have saved in between: the row count says.
    saved = Workflow.objects.filter(pk=workflow.pk, draft_revision=made_from).update(
        **written,
        draft_revision=F("draft_revision") + 1,
        draft_saved_by=by,
        draft_saved_at=timezone.now(),
    )
    if not saved:
        raise stale(workflow)


def change(
    workflow: Workflow,
    by: str,
    *,
    name: str | None = None,
    description: str | None = None,
    draft: Change | None = None,
    made_from: int = 0,
) -> None:
    """Rename, describe and save in one: all of it or nothing; raises as `rename` and `save` do."""
    with transaction.atomic():
        if draft is not None and not draft.is_empty:
            save(workflow, made_from, draft, by)
        if name is not None:
            state_machines.rename(workflow.state_machine, name)
        if description is not None:
            Workflow.objects.filter(pk=workflow.pk).update(description=description)


def delete(workflow: Workflow, by: str) -> None:
    """Remove the workflow with its state machine and ended executions; raises `deletion.InUse`."""
    name = workflow.state_machine.name
    with transaction.atomic():
        deletion.take_away(workflow.state_machine)
        audit.record(by, "workflow deleted", name, workspace=workflow.workspace_id)
    # Apart from that: a long past goes in many short transactions, and with the next sweeps.
    deletion.finish_deletions(workflow.state_machine_id)


def name_of(username: str) -> str:
    """Return what people call whoever saved a draft; one who is gone is known by the user name."""
    found = User.objects.filter(username=username).first() if username else None
    return found.name if found else username


def stale(workflow: Workflow) -> StaleDraft:
    """Return what to say to whoever worked from an older draft."""
    current = Workflow.objects.only("draft_revision", "draft_saved_by", "draft_saved_at").get(pk=workflow.pk)
    return StaleDraft(current.draft_revision, current.draft_saved_by, current.draft_saved_at)
