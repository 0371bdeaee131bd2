"""Sending the links again: the new ones work, the old ones are dead."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from runner.mail import outbox
from runner.models import Approval, Execution, Recipient

from .voters import by_link


def send_again(approval: Approval, now: datetime | None = None) -> int:
    """Give everybody who has not answered a new link by a new mail; return how many: 0 when it is over."""
    now = now or timezone.now()
    with transaction.atomic():
        lock(approval)  # so that it is not decided between the look and the mails
        locked = Approval.objects.get(pk=approval.pk)
        if locked.status != Approval.Status.OPEN or locked.expires_at <= now:
            return 0
        waiting = unanswered(locked)
        Recipient.objects.filter(pk__in=[recipient.pk for recipient in waiting]).update(
            generation=F("generation") + 1, sent_at=None, send_error="", attempts=0
        )
        renewed = list(Recipient.objects.filter(pk__in=[recipient.pk for recipient in waiting]))
        outbox.queue_review_links(locked, renewed, now)
    return len(renewed)


def remind(now: datetime) -> int:
    """Queue the reminders that are due: one for each open question, at half its time."""
    due = Approval.objects.filter(status=Approval.Status.OPEN, remind_at__lte=now, expires_at__gt=now)
    reminded = 0
    for approval in due.order_by("remind_at")[:100]:
        with transaction.atomic():
            lock(approval)
            # Whoever clears the moment sends the reminder; two processes may look at once.
            mine = Approval.objects.filter(
                pk=approval.pk, status=Approval.Status.OPEN, remind_at=approval.remind_at
            ).update(remind_at=None)
            if mine:
                outbox.queue_review_links(approval, unanswered(approval), now, reminder=True)
                reminded += 1
    return reminded


def lock(approval: Approval) -> None:
    """Lock the execution before any row of the approval: everywhere in that order."""
    Execution.objects.select_for_update(no_key=True).only("id").get(pk=approval.execution_id)


def unanswered(approval: Approval) -> list[Recipient]:
    """Return those who were asked and have not answered."""
    voted = set(approval.votes.values_list("voter", flat=True))
    return [recipient for recipient in approval.recipients.all() if by_link(recipient).key not in voted]
