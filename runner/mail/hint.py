"""The hint that mail is due; whoever gets it looks at the rows."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from celery import current_app
from django.db.models import Q

from runner.models import Approval, Mail

log = logging.getLogger(__name__)

# Many mails are queued in one transaction; one hint after the last of them is enough.
INTERVAL_SECONDS = 0.05

_lock = threading.Lock()
_timer: threading.Timer | None = None


def soon() -> None:
    """Say, once for all that is queued in this moment, that mail is due."""
    global _timer
    with _lock:
        if _timer is None:
            _timer = threading.Timer(INTERVAL_SECONDS, _send)
            _timer.daemon = True
            _timer.start()


def sweep(now: datetime) -> None:
    """Give the hint when rows are due that nobody looks after: it was lost, or a retry has come."""
    due = Mail.objects.filter(
        Q(status=Mail.Status.QUEUED) | Q(status=Mail.Status.SENDING), next_try_at__lte=now
    )
    to_remind = Approval.objects.filter(status=Approval.Status.OPEN, remind_at__lte=now)
    if due.exists() or to_remind.exists():
        soon()


def _send() -> None:
    global _timer
    with _lock:
        _timer = None
    try:
        # By name: the task stands above this module.
        current_app.send_task("runner.tasks.deliver_mail")
    except Exception:
        log.warning("A hint could not be sent; the sweeper will find the mail", exc_info=True)
