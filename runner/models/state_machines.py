"""State machines, and what of them may run: revisions, and versions that name revisions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class StateMachine(models.Model):
    """What executions are executions of; its definition is that of a revision."""

    class Type(models.TextChoices):
        STANDARD = "STANDARD"
        EXPRESS = "EXPRESS"

    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    type = models.CharField(max_length=8, choices=Type.choices, default=Type.STANDARD)
    # Null until the first publication.
    current_revision = models.ForeignKey("runner.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="machine_name_once_per_workspace")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        region = settings.CUELIGHT_REGION
        return f"arn:aws:states:{region}:{self.workspace.number}:stateMachine:{self.name}"


class Revision(models.Model):
    """A definition that may run; never changed. A draft's revision is run by the studio alone."""

    state_machine = models.ForeignKey(StateMachine, on_delete=models.CASCADE, related_name="revisions")
    number = models.IntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="the service's revisionId")
    definition = models.TextField()
    draft = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state_machine", "number"], name="revision_number_once_per_machine")
        ]

    def __str__(self) -> str:
        return f"{self.state_machine} revision {self.number}"


class Version(models.Model):
    """A number that stands for one revision for ever."""

    state_machine = models.ForeignKey(StateMachine, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="versions")
    description = models.CharField(max_length=256, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state_machine", "number"], name="version_number_once_per_machine")
        ]

    def __str__(self) -> str:
        return f"{self.state_machine} version {self.number}"
