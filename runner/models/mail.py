"""The outbox: mails are rows, written with what causes them and sent afterwards."""

from __future__ import annotations

import uuid

from django.db import models


class Mail(models.Model):
    """One mail to one or more addresses.

    The body of an approval's mail is not kept: it holds a review link, and is rendered when it is
    sent or shown.
    """

    class Status(models.TextChoices):
        QUEUED = "QUEUED"
        SENDING = "SENDING"  # a worker holds it until `next_try_at`
        SENT = "SENT"
        FAILED = "FAILED"

    class Kind(models.TextChoices):
        PLAIN = "plain"
        APPROVAL = "approval"
        REMINDER = "reminder"

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLAIN)
    to: models.JSONField[list[str], list[str]] = models.JSONField()
    subject = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # Where the mail belongs, so that the state can say whether it arrived.
    execution = models.ForeignKey("runner.Execution", null=True, on_delete=models.CASCADE, related_name="+")
    frame = models.IntegerField(null=True)
    recipient = models.ForeignKey(
        "runner.Recipient", null=True, on_delete=models.CASCADE, related_name="mails"
    )
    generation = models.IntegerField(default=0, help_text="which of the recipient's links it carries")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What is due to be sent, and what a worker that is gone held; the oldest first.
            models.Index(
                fields=["next_try_at"],
                name="mail_due",
                condition=models.Q(status__in=["QUEUED", "SENDING"]),
            ),
            # The mailbox of a workspace, newest first.
            models.Index(fields=["workspace", "-id"], name="mail_by_workspace"),
        ]

    def __str__(self) -> str:
        return self.subject
