"""Mails are queued as rows within the transaction that causes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from runner.integrations.interface import SendMail
from runner.models import Approval, Execution, Mail, Recipient

from . import hint


def queue(execution: Execution, effect: SendMail, now: datetime) -> None:
    """Queue a mail that a state sends: one for each address, so that nobody sees the others."""
    _write(
        Mail(
            workspace_id=execution.workspace_id,
            execution_id=execution.pk,
            to=[address],
            subject=one_line(effect.subject),
            text=effect.text,
            html=effect.html or "",
            created_at=now,
            next_try_at=now,
        )
        for address in effect.to
    )


def queue_review_links(
    approval: Approval, recipients: Iterable[Recipient], now: datetime, *, reminder: bool = False
) -> None:
    """Queue the mails that carry review links; their bodies are made when they are sent."""
    _write(
        Mail(
            workspace_id=approval.workspace_id,
            kind=Mail.Kind.REMINDER if reminder else Mail.Kind.APPROVAL,
            execution_id=approval.execution_id,
            frame=approval.frame,
            recipient=recipient,
            generation=recipient.generation,
            to=[recipient.address],
            subject=one_line(approval.question),
            created_at=now,
            next_try_at=now,
        )
        for recipient in recipients
        if recipient.address
    )


def one_line(text: str) -> str:
    """Return a text that fits a subject line: a line break there would begin another header."""
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"


def _write(mails: Iterable[Mail]) -> None:
    if Mail.objects.bulk_create(list(mails)):
        transaction.on_commit(hint.soon)
