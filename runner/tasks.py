"""Celery's tasks: alarm clocks. Each wakes something that looks at the rows."""

from __future__ import annotations

from celery import shared_task
from celery.signals import worker_process_init, worker_process_shutdown, worker_ready, worker_shutdown
from django.conf import settings
from django.utils import timezone

from runner import sweeper, worker
from runner.mail import deliver


@shared_task(ignore_result=True)
def work() -> None:
    """Something is due: let this process's worker look at the rows."""
    worker.start().wake()


@shared_task(ignore_result=True)
def deliver_mail() -> None:
    """A mail is due."""
    deliver.deliver_due(timezone.now())


def _begin(**_: object) -> None:
    """A Celery worker process claims from its first moment; it needs no hint for what is due."""
    if not settings.CUELIGHT_EMBEDDED:
        worker.start()
        sweeper.start()


def _end(**_: object) -> None:
    if not settings.CUELIGHT_EMBEDDED:
        sweeper.stop()
        worker.stop()


# Prefork pools have a worker in each child, threads and solo pools in the one process.
worker_process_init.connect(_begin)
worker_process_shutdown.connect(_end)
worker_ready.connect(_begin)
worker_shutdown.connect(_end)
