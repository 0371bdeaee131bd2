"""Who there is: workspaces, people and groups, and the credentials of programs."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from .rights import Role


class Workspace(models.Model):
    """The wall between tenants: every other record belongs to exactly one."""

    class QuotaProfile(models.TextChoices):
        AWS = "aws"  # the service's own limits
        OPEN = "open"  # larger ones

    number = models.CharField(max_length=12, unique=True, help_text="12 digits, as an AWS account id")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    quota_profile = models.CharField(max_length=8, choices=QuotaProfile.choices, default=QuotaProfile.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who can sign in."""

    def __str__(self) -> str:
        return self.username

    @property
    def name(self) -> str:
        """The full name, or the user name where there is none."""
        return self.get_full_name() or self.username

    @property
    def initials(self) -> str:
        """Two letters for an avatar."""
        words = self.name.replace(".", " ").replace("_", " ").split()
        letters = [words[0][0], words[-1][0]] if len(words) > 1 else list(self.name[:2])
        return "".join(letters).upper()


class Group(models.Model):
    """People who are asked together: `group:<name>` in an approval's Approvers."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    members = models.ManyToManyField(User, related_name="asked_in", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="group_name_once_per_workspace")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in a workspace."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=[(role.value, role.value) for role in Role])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_role_per_person_and_workspace")
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.workspace}"


class ApiToken(models.Model):
    """A program's bearer token: shown once, kept as a hash; it can do no more than its user."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="api_tokens")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token")
    hint = models.CharField(max_length=12, help_text="how the token begins, to tell it from others")
    rights: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list, blank=True, help_text="a narrower set of rights; empty: all of the user's"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # The list on the settings page.
        indexes = [models.Index(fields=["workspace", "user"], name="token_by_workspace_and_user")]

    def __str__(self) -> str:
        return self.name

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


class AccessKey(models.Model):
    """A key pair for requests signed with Signature Version 4; its secret is encrypted, never a bearer."""

    access_key_id = models.CharField(max_length=128, unique=True)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="access_keys")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_keys")
    name = models.CharField(max_length=80, blank=True)
    secret = models.TextField(help_text="encrypted")
    rights: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list, blank=True, help_text="a narrower set of rights; empty: all of the user's"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # The list on the settings page.
        indexes = [models.Index(fields=["workspace", "user"], name="key_by_workspace_and_user")]

    def __str__(self) -> str:
        return self.access_key_id


class AuditEntry(models.Model):
    """One thing that somebody did; never changed."""

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(
        Workspace, null=True, on_delete=models.CASCADE, related_name="audit_entries"
    )
    at = models.DateTimeField()
    actor = models.CharField(max_length=200, help_text="a name: people leave, the record stays")
    action = models.CharField(max_length=60, help_text="past tense: `signed in`, `token made`")
    subject = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=45, blank=True)
    details: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        # The audit page of a workspace, newest first.
        indexes = [models.Index(fields=["workspace", "-id"], name="audit_by_workspace")]
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.actor} {self.action} {self.subject}".strip()


class FailedSignIns(models.Model):
    """How often signing in failed for a name or an address lately; makes guessing slow."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.IntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "failed sign-ins"
        # Rows whose time is over, to be removed.
        indexes = [models.Index(fields=["since"], name="failed_sign_ins_by_age")]

    def __str__(self) -> str:
        return self.key
