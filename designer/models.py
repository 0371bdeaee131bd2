"""What is drawn: workflows with their drafts, and the layouts of what was published."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models


class Workflow(models.Model):
    """The designer's record of one state machine: a draft of its definition, and where its states stand.

    `draft_definition` is kept as typed and may be broken. `draft_revision` counts the saves; every
    write names the one it was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="workflows")
    state_machine = models.OneToOneField(
        "runner.StateMachine", on_delete=models.CASCADE, related_name="workflow"
    )
    description = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="workflows"
    )
    draft_definition = models.TextField(blank=True)
    draft_layout: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True, help_text="positions, notes and the like; never needed to run"
    )
    draft_revision = models.IntegerField(default=1)
    draft_saved_by = models.CharField(max_length=150, blank=True)
    draft_saved_at = models.DateTimeField()
    # The example of fixtures/ that this is, and the hash of what was loaded: a person's change shows.
    example = models.CharField(max_length=80, blank=True)
    example_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            # The list of a workspace's workflows, the last saved first.
            models.Index(fields=["workspace", "-draft_saved_at"], name="workflow_by_workspace")
        ]

    def __str__(self) -> str:
        return f"workflow {self.id}"


class RevisionLayout(models.Model):
    """Where the states of a revision stood when it was published or run."""

    revision = models.OneToOneField(
        "runner.Revision", primary_key=True, on_delete=models.CASCADE, related_name="layout"
    )
    layout: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"layout of revision {self.revision_id}"
