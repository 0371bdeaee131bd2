"""The Celery application: hints go out and workers listen; nothing is kept in it."""

import asyncio
import os
import threading

from celery import Celery
from celery.signals import worker_process_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("cuelight")
# In every thread: a thread that knew no application would make one that asks RabbitMQ on localhost.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["runner"])


def _send_hints_from_a_loop(**_: object) -> None:
    """A worker process has no server's loop to send hints from: it gets one of its own."""
    from django.conf import settings

    from runner import hints

    if settings.CUELIGHT_EMBEDDED:
        return
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="hints", daemon=True).start()
    hints.use_loop(loop)


worker_ready.connect(_send_hints_from_a_loop)
worker_process_init.connect(_send_hints_from_a_loop)
