"""State machines as rows: the machine, its revisions that never change, its versions and aliases."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models


class StateMachine(models.Model):
    """What an ARN names. `current_revision` is what an unqualified ARN runs; null until the first publish."""

    class Type(models.TextChoices):
        STANDARD = "STANDARD"
        EXPRESS = "EXPRESS"

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="state_machines")
    name = models.CharField(max_length=80)
    type = models.CharField(max_length=8, choices=Type.choices, default=Type.STANDARD)
    current_revision = models.ForeignKey(
        "runner.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    quota_profile = models.CharField(
        max_length=8, blank=True, help_text="asl.quotas.PROFILES; empty: that of the workspace"
    )
    # Set by DeleteStateMachine: starts nothing any more, and goes when its last execution has ended.
    deleted_at = models.DateTimeField(null=True)
    next_version = models.IntegerField(
        default=1, help_text="the number of a deleted version is not given again"
    )

    class Meta:
        # Also finds a machine by its ARN, and lists the machines of a workspace by name.
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], name="state_machine_name_once_per_workspace"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        """The ARN; reads the workspace, so select it with the machine."""
        region: str = settings.CUELIGHT_REGION
        return f"arn:aws:states:{region}:{self.workspace.number}:stateMachine:{self.name}"


class Revision(models.Model):
    """One definition, never changed once written; a `draft` one was run from the studio, not published."""

    id = models.BigAutoField(primary_key=True)
    state_machine = models.ForeignKey(StateMachine, on_delete=models.CASCADE, related_name="revisions")
    number = models.IntegerField(help_text="from 1, drafts counted too")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="the revisionId")
    definition = models.TextField()
    draft = models.BooleanField(default=False)
    trial: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        null=True,
        blank=True,
        help_text="what of a draft is tried: until, from, pinned; null: all of it",
    )
    role_arn = models.CharField(max_length=256, blank=True)
    configuration: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict,
        blank=True,
        help_text="loggingConfiguration, tracingConfiguration, encryptionConfiguration",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=150, blank=True)

    class Meta:
        # Also finds the newest revision of a machine.
        constraints = [
            models.UniqueConstraint(
                fields=["state_machine", "number"], name="revision_number_once_per_machine"
            )
        ]
        # Few are trials, and lists of executions leave them out or show them alone.
        indexes = [
            models.Index(fields=["id"], condition=models.Q(trial__isnull=False), name="revision_of_trial")
        ]

    def __str__(self) -> str:
        return f"{self.state_machine_id} revision {self.number}"


class Version(models.Model):
    """A revision under a number that is never given again."""

    id = models.BigAutoField(primary_key=True)
    state_machine = models.ForeignKey(StateMachine, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="versions")
    description = models.CharField(max_length=256, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=150, blank=True)

    class Meta:
        # Also lists the versions of a machine, newest first.
        constraints = [
            models.UniqueConstraint(
                fields=["state_machine", "number"], name="version_number_once_per_machine"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state_machine_id}:{self.number}"


class Alias(models.Model):
    """A name that points to one version, or shares starts out among two."""

    id = models.BigAutoField(primary_key=True)
    state_machine = models.ForeignKey(StateMachine, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=256, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "aliases"
        # Also lists the aliases of a machine by name.
        constraints = [
            models.UniqueConstraint(fields=["state_machine", "name"], name="alias_name_once_per_machine")
        ]

    def __str__(self) -> str:
        return f"{self.state_machine_id}:{self.name}"


class Route(models.Model):
    """The share of an alias's starts that one version gets; the shares of an alias add up to 100."""

    id = models.BigAutoField(primary_key=True)
    alias = models.ForeignKey(Alias, on_delete=models.CASCADE, related_name="routes")
    version = models.ForeignKey(Version, on_delete=models.RESTRICT, related_name="routes")
    weight = models.IntegerField(help_text="per cent")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alias", "version"], name="route_once_per_version")]

    def __str__(self) -> str:
        return f"{self.weight} % to {self.version_id}"


class Tag(models.Model):
    """A key and a value on a state machine or an activity, addressed by ARN as in the service."""

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="+")
    resource_arn = models.CharField(max_length=256)
    key = models.CharField(max_length=128)
    value = models.CharField(max_length=256, blank=True)

    class Meta:
        # Also lists the tags of a resource by key.
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "resource_arn", "key"], name="tag_key_once_per_resource"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"
