"""A mail as it is sent or shown. Mails with review links are made here each time, so no link is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from runner.approvals import words
from runner.approvals.presentation import show
from runner.approvals.tokens import link_of
from runner.models import Mail, Recipient

from .outbox import one_line


@dataclass(frozen=True, slots=True)
class Rendered:
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str


def render(mail: Mail, now: datetime) -> Rendered:
    """Return the mail's content; `mail.workspace` and `mail.recipient` should have been read with it."""
    sender = sender_of(mail)
    if mail.recipient is None:
        return Rendered(sender, tuple(mail.to), mail.subject, mail.text, mail.html)
    is_reminder = mail.kind == Mail.Kind.REMINDER
    recipient = mail.recipient
    shown = show(recipient, now)
    values = {
        "shown": shown,
        "subject": subject_of(recipient, is_reminder=is_reminder),
        "link": link_of(recipient, mail.generation),
        "approvals": f"{settings.CUELIGHT_BASE_URL}/approvals",
        "answers": words.listed(shown.answer_names),
        "is_reminder": is_reminder,
    }
    return Rendered(
        sender=sender,
        to=tuple(mail.to),
        subject=str(values["subject"]),
        text=render_to_string("runner/mail/approval.txt", values).strip() + "\n",
        html=render_to_string("runner/mail/approval.html", values),
    )


def subject_of(recipient: Recipient, *, is_reminder: bool = False) -> str:
    """Return `[Approval needed] <workflow> – <state>: <question>`."""
    approval = recipient.approval
    workflow = approval.execution.state_machine.name
    word = "Reminder: approval needed" if is_reminder else "Approval needed"
    return one_line(f"[{word}] {workflow} – {approval.state}: {approval.question}")


def sender_of(mail: Mail) -> str:
    """Return one fixed address, named after product and instance."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((f"Cuelight at {mail.workspace.name}", address), charset="utf-8")


def message_of(
    mail: Mail, now: datetime, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """Return the message to hand to the mail server."""
    rendered = render(mail, now)
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Message-ID": message_id(mail),
    }
    if mail.recipient is not None and mail.kind == Mail.Kind.REMINDER:
        # Readers put the reminder below the mail that it reminds of.
        first = Mail.objects.filter(
            recipient=mail.recipient, kind=Mail.Kind.APPROVAL, generation=mail.generation
        ).first()
        if first is not None:
            headers["In-Reply-To"] = headers["References"] = message_id(first)
    message = EmailMultiAlternatives(
        rendered.subject,
        rendered.text,
        rendered.sender,
        list(rendered.to),
        headers=headers,
        connection=connection,
    )
    if rendered.html:
        message.attach_alternative(rendered.html, "text/html")
    return message


def message_id(mail: Mail) -> str:
    """Return the same id for every try: who gets a mail twice sees it once."""
    host = urlsplit(settings.CUELIGHT_BASE_URL).hostname or "localhost"
    return f"<{mail.key}@{host}>"
