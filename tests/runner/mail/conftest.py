from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.runner.approvals.world import Run
from tests.support.smtp import MailServer, mail_server


@pytest.fixture
def run(db: None) -> Run:
    return Run()


@pytest.fixture
def smtp(settings: Settings) -> Iterator[MailServer]:
    """A real mail server, to which Django sends."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, _, port = server.url.removeprefix("smtp://").partition(":")
        settings.EMAIL_PORT = int(port)
        yield server
