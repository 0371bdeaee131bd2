"""`manage.py serve`: pages, API and WebSocket, and in the embedded form the worker too, in one process."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import preparation, server, single_instance


class Command(BaseCommand):
    help = (
        "Serves Cuelight at CUELIGHT_HOST:CUELIGHT_PORT; without a CELERY_BROKER_URL, the worker runs inside."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        embedded = settings.CUELIGHT_EMBEDDED
        try:
            with _only_one() if embedded else nullcontext():
                listener = server.listen(settings.CUELIGHT_HOST, settings.CUELIGHT_PORT)
                account = preparation.prepare(self._say) if embedded else ""
                server.serve(listener, embedded=embedded, when_ready=lambda: self._ready(account))
        except single_instance.AlreadyServed as other:
            raise CommandError(f"Cuelight already runs in {settings.CUELIGHT_VAR}: {other}.") from other
        except server.PortInUse as error:
            raise CommandError(f"{error}. Another port: make up CUELIGHT_PORT=8001") from error
        # Threads of libraries that still wait for something must not hold the process.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _ready(self, account: str) -> None:
        if account:
            self._say(account)
        self._say(f"Cuelight is ready: {settings.CUELIGHT_BASE_URL}   (Ctrl-C ends it)")


def _only_one() -> AbstractContextManager[None]:
    return single_instance.only_server_of(settings.CUELIGHT_VAR, settings.CUELIGHT_BASE_URL)
