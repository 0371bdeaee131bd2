"""A real SMTP server that keeps what it is given."""

import email
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.support.server import free_port


class MailServer:
    """Collects mails; `refusing` makes it answer with a passing error instead."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusing = False
        self._news = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def wait_for_mail(self, recipient: str, number: int = 1, seconds: float = 30.0) -> EmailMessage:
        """Returns the mail with that number (from 1) to `recipient`, once it has come."""
        with self._news:
            came = self._news.wait_for(lambda: len(self.to(recipient)) >= number, seconds)
            assert came, f"no mail number {number} for {recipient}"
            return self.to(recipient)[number - 1]

    def to(self, recipient: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if recipient in str(mail["To"])]

    # Called by aiosmtpd

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refusing:
            return "451 Not now"
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        with self._news:
            self.mails.append(message)
            self._news.notify_all()
        return "250 Taken"


def review_link(mail: EmailMessage) -> str:
    """Returns the one review link that stands in a mail's text."""
    body = mail.get_body(("plain",))
    assert body is not None, "the mail has no plain text"
    links: set[str] = set(re.findall(r"https?://\S+/r/[^\s<>\"]+", body.get_content()))
    assert len(links) == 1, f"one link is promised, found {links}"
    return links.pop()


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
