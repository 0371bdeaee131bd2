"""Every state machine has a workflow: those that come in over the AWS API get theirs here."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone

from designer.models import Workflow
from runner.models import Revision, StateMachine
from runner.state_machines import revised


@receiver(revised)
def follow(
    sender: type[StateMachine], machine: StateMachine, revision: Revision, before: Revision | None, **_: Any
) -> None:
    """Let the draft follow a revision that came from elsewhere, unless somebody has gone on drawing."""
    now = timezone.now()
    workflow = Workflow.objects.filter(state_machine=machine).only("draft_definition").first()
    if workflow is None:
        Workflow.objects.create(
            workspace_id=machine.workspace_id,
            state_machine=machine,
            draft_definition=revision.definition,
            draft_saved_by=revision.created_by,
            draft_saved_at=now,
        )
    elif before is not None and workflow.draft_definition == before.definition != revision.definition:
        Workflow.objects.filter(pk=workflow.pk, draft_definition=before.definition).update(
            draft_definition=revision.definition,
            draft_revision=F("draft_revision") + 1,
            draft_saved_by=revision.created_by,
            draft_saved_at=now,
        )
