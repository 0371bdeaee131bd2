"""Activities as rows: names under which workers outside ask for work."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Activity(models.Model):
    """What an activity ARN names; its work is the attempts that are OFFERED under that ARN."""

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="activities")
    name = models.CharField(max_length=80)
    configuration = models.JSONField(default=dict, blank=True, help_text="encryptionConfiguration")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "activities"
        # Also finds an activity by its ARN, and lists those of a workspace by name.
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="activity_name_once_per_workspace")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        """The ARN; reads the workspace, so select it with the activity."""
        region: str = settings.CUELIGHT_REGION
        return f"arn:aws:states:{region}:{self.workspace.number}:activity:{self.name}"
