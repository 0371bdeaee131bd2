"""Mails that are due are claimed, sent, and what came of it is recorded."""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from asl.interpreter.events import NoteAdded
from runner import engine
from runner.approvals import sending
from runner.models import Approval, Mail, Recipient

from .render import message_of

log = logging.getLogger(__name__)

# A worker that holds a mail for longer is taken for dead; the mail may go out twice, under one Message-ID.
LEASE = timedelta(minutes=3)
# Eight tries in about four hours.
BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 900, 1_800, 3_600, 7_200))
BATCH = 50


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this worker alone may send now; `attempt` counts its tries from 1."""

    mail: Mail
    attempt: int


def deliver_due(now: datetime | None = None) -> int:
    """Send what is due, reminders included; return how many mails went out."""
    fixed = now
    sending.remind(fixed or timezone.now())
    sent = 0
    while claimed := claim_due(fixed or timezone.now()):
        connection = get_connection()
        try:
            for one in claimed:
                sent += _deliver(one, connection, fixed or timezone.now())
        finally:
            _close(connection)
    return sent


def claim_due(now: datetime) -> list[Claimed]:
    """Claim up to a batch of due mails by compare-and-set, so that two workers never hold the same one."""
    due = (
        Mail.objects.filter(status__in=[Mail.Status.QUEUED, Mail.Status.SENDING], next_try_at__lte=now)
        .select_related(
            "workspace",
            "recipient__user",
            "recipient__approval__workspace",
            "recipient__approval__execution__state_machine",
        )
        .order_by("next_try_at")[:BATCH]
    )
    claimed = []
    for mail in due:
        mine = Mail.objects.filter(pk=mail.pk, status=mail.status, attempts=mail.attempts).update(
            status=Mail.Status.SENDING, attempts=F("attempts") + 1, next_try_at=now + LEASE
        )
        if mine:
            claimed.append(Claimed(mail, mail.attempts + 1))
    return claimed


def _deliver(claimed: Claimed, connection: BaseEmailBackend, now: datetime) -> int:
    mail = claimed.mail
    needless = _why_needless(mail, now)
    if needless is not None:
        _settle(claimed, status=Mail.Status.FAILED, error=needless, next_try_at=None)
        return 0
    try:
        message = message_of(mail, now, connection)
        connection.send_messages([message])
    except Exception as error:
        if not isinstance(error, OSError | smtplib.SMTPException):
            log.exception("A mail could not be made or sent")
        _close(connection)
        _failed(claimed, error, now)
        return 0
    _sent(claimed, str(message.subject), now)
    return 1


def _why_needless(mail: Mail, now: datetime) -> str | None:
    """A link that was replaced, or a question that is over, is not sent any more."""
    if mail.recipient is None:
        return None
    approval = mail.recipient.approval
    if approval.status != Approval.Status.OPEN or approval.expires_at <= now:
        return "Not sent: the question was over before the mail went out."
    if mail.generation != mail.recipient.generation:
        return "Not sent: a newer link has replaced it."
    return None


def _sent(claimed: Claimed, subject: str, now: datetime) -> None:
    mail = claimed.mail
    with transaction.atomic():
        mine = _settle(claimed, status=Mail.Status.SENT, error="", subject=subject[:255], sent_at=now)
        if mine and mail.recipient is not None:
            _mark(mail, sent_at=now, send_error="", attempts=claimed.attempt)
            _note(mail, "ApprovalSent", {"generation": mail.generation})


def _failed(claimed: Claimed, error: Exception, now: datetime) -> None:
    mail = claimed.mail
    said = _said(error)
    tries_left = claimed.attempt <= len(BACK_OFF) and not _is_final(error)
    next_try = now + BACK_OFF[claimed.attempt - 1] if tries_left else None
    status = Mail.Status.QUEUED if tries_left else Mail.Status.FAILED
    with transaction.atomic():
        mine = _settle(claimed, status=status, error=said, next_try_at=next_try)
        if mine and mail.recipient is not None:
            _mark(mail, send_error=said, attempts=claimed.attempt)
            when = next_try.isoformat().replace("+00:00", "Z") if next_try else None
            _note(mail, "ApprovalSendFailed", {"error": said, "attempt": claimed.attempt, "next_try": when})


def _settle(claimed: Claimed, **values: object) -> int:
    """Write the outcome unless the lease ran out and somebody else holds the mail now."""
    return Mail.objects.filter(
        pk=claimed.mail.pk, status=Mail.Status.SENDING, attempts=claimed.attempt
    ).update(**values)


def _mark(mail: Mail, **values: object) -> None:
    """Tell the recipient's row, while the mail carries its current link."""
    assert mail.recipient_id is not None
    Recipient.objects.filter(pk=mail.recipient_id, generation=mail.generation).update(**values)


def _note(mail: Mail, note: str, details: dict[str, object]) -> None:
    assert mail.recipient is not None
    approval = mail.recipient.approval
    about = {"approval": str(approval.key), "recipient": mail.recipient.address}
    engine.post(approval.execution_id, NoteAdded(approval.frame, note, {**about, **details}))


def _said(error: Exception) -> str:
    """Return what the mail server said, in words for people."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            replies = [f"{address}: {code} {_text(reply)}" for address, (code, reply) in refused.items()]
            return f"The mail server refused the address: {'; '.join(replies)}"
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=reply):
            return f"The mail server answered {code} {_text(reply)}"
        case TimeoutError():
            return "The mail server did not answer in time."
        case ConnectionRefusedError():
            return "Nobody listens at the mail server's address."
        case OSError():
            return f"The mail server cannot be reached: {error}"
        case _:
            return f"The mail could not be sent ({type(error).__name__})."


def _is_final(error: Exception) -> bool:
    """An address that the server refuses for good is not tried again."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _ in error.recipients.values()
    )


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply


def _close(connection: BaseEmailBackend) -> None:
    """Forget the connection: after a failure it may be half open."""
    try:
        connection.close()
    except OSError:
        log.debug("Closing the connection to the mail server failed", exc_info=True)
