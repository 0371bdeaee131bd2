"""Requests to people: who is asked what, how each is reached, and what was answered."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class Approval(models.Model):
    """A question that a state waits on."""

    class Status(models.TextChoices):
        OPEN = "OPEN"
        DECIDED = "DECIDED"
        EXPIRED = "EXPIRED"
        WITHDRAWN = "WITHDRAWN"  # the run no longer needs an answer

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="+")
    execution = models.ForeignKey("runner.Execution", on_delete=models.CASCADE, related_name="approvals")
    frame = models.IntegerField()
    wait = models.IntegerField()
    state = models.CharField(max_length=80)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    question = models.TextField()
    details: models.JSONField[Any, Any] = models.JSONField(default=None, null=True)
    choices: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        help_text="[{Value, Label, Description?, Content?, Style?}]"
    )
    fields: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list, help_text="[{Name, Label?, Type?, Required?, Options?, Default?, Description?}]"
    )
    comment = models.CharField(max_length=10, default="optional")
    votes_needed = models.IntegerField(default=1)
    requester_may_decide = models.BooleanField(default=True)
    requested_by = models.CharField(max_length=150, blank=True, help_text="a user name")
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, help_text="when to remind once; empty once that is done")
    # The decision; empty while there is none.
    choice = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=254, blank=True)
    decided_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=20, blank=True)
    decision_comment = models.TextField(blank=True)
    decision_fields: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["execution", "frame", "wait"], name="one_approval_per_wait")
        ]
        indexes = [
            # The list of a workspace by status, oldest deadline first.
            models.Index(fields=["workspace", "status", "expires_at"], name="approval_by_deadline"),
            # Those to remind of.
            models.Index(
                fields=["remind_at"],
                name="approval_to_remind",
                condition=models.Q(status="OPEN", remind_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Recipient(models.Model):
    """One person who is asked, and the link they hold."""

    id = models.BigAutoField(primary_key=True)
    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="recipients")
    address = models.EmailField(max_length=254, blank=True, help_text="empty: asked on the page only")
    name = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey("people.User", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_as = models.CharField(max_length=100, blank=True, help_text="the group, where one was named")
    generation = models.IntegerField(default=1, help_text="raised to kill the link that was sent before")
    sent_at = models.DateTimeField(null=True)
    send_error = models.TextField(blank=True)
    attempts = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "address"],
                name="each_address_asked_once",
                condition=~models.Q(address=""),
            )
        ]

    def __str__(self) -> str:
        return self.address


class Vote(models.Model):
    """What one person answered; never changed."""

    id = models.BigAutoField(primary_key=True)
    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=270, help_text="`user:<id>` or `address:<e-mail>`")
    by = models.CharField(max_length=254, help_text="how the voter is shown")
    choice = models.CharField(max_length=200)
    label = models.CharField(max_length=200)
    comment = models.TextField(blank=True)
    fields: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    how = models.CharField(max_length=20)
    at = models.DateTimeField()
    # For the record: from where, with what, and exactly which content was on the page.
    address = models.CharField(max_length=45, blank=True)
    user_agent = models.CharField(max_length=255, blank=True)
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["approval", "voter"], name="one_vote_per_person")]

    def __str__(self) -> str:
        return f"{self.by}: {self.label}"
