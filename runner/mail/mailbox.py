"""The default way of sending: nothing leaves, the Mailbox page shows what would have."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet

from people.access import Actor
from people.rights import Right, require
from runner.models import Mail

_LINK = re.compile(r"https?://\S+/r/\S+")


class MailboxBackend(BaseEmailBackend):
    """Prints a line for each mail; its row is the mailbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            link = _LINK.search(str(message.body))
            where = f"  {link[0]}" if link else ""
            sys.stdout.write(f"Mail to {', '.join(message.to)}: {message.subject}{where}\n")
        sys.stdout.flush()
        return len(email_messages)


def mails_of(actor: Actor) -> QuerySet[Mail]:
    """Return the workspace's mails, newest first, with all that `render.render` reads.

    For those who manage it alone (raises `NotPermitted`): a review link in a mail is the right to
    answer in its reader's place.
    """
    require(actor, Right.MANAGE, actor.workspace)
    return (
        Mail.objects.filter(workspace=actor.workspace)
        .select_related(
            "workspace",
            "recipient__user",
            "recipient__approval__workspace",
            "recipient__approval__execution__state_machine",
        )
        .order_by("-id")
    )
