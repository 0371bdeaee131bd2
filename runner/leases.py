"""Claims are leases: their worker renews them, and those it no longer renews are lost (law 4)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.db.models import F
from django.utils import timezone

from asl.interpreter.events import ClaimWasLost
from runner.integrations import function_invoke, registry
from runner.models import Attempt
from runner.operations import Claim, Deliver
from runner.store import payloads, sql
from runner.writer import Writer

log = logging.getLogger(__name__)

LOST_AFTER_SECONDS: float = settings.CUELIGHT_LEASE_SECONDS
# Four renewals have to be missed: a worker that is only slow keeps its claims.
RENEW_SECONDS = LOST_AFTER_SECONDS / 4

Address = tuple[int, int, int]  # execution, frame, wait


class Leases:
    """The claims that this process holds."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._held: set[Address] = set()
        self._lock = threading.Lock()

    def hold(self, address: Address) -> None:
        with self._lock:
            self._held.add(address)

    def let_go(self, address: Address) -> None:
        with self._lock:
            self._held.discard(address)

    def renew(self) -> None:
        """Say that the calls are still being made; called from a thread of its own.

        Only what is held is renewed: a claim that this process lost sight of must be found lost.
        """
        with self._lock:
            held = list(self._held)
        if held:
            sql.add_one(
                Attempt,
                "renewals",
                ("execution_id", "frame", "wait"),
                held,
                worker=self._worker,
                status=Attempt.Status.CLAIMED.value,
            )
        close_old_connections()

    def report(self, address: Address, text: str) -> bool:
        """Keep the partial text of a model on the attempt; False when the claim is no longer ours."""
        execution, frame, wait = address
        held = Attempt.objects.filter(
            execution_id=execution,
            frame=frame,
            wait=wait,
            worker=self._worker,
            status=Attempt.Status.CLAIMED,
        )
        is_ours = held.update(partial=text, renewals=F("renewals") + 1) == 1
        close_old_connections()
        return is_ours

    def give_back(self) -> None:
        """Put claims that may be repeated back into the queue; the rest are found lost."""
        for execution, frame, wait, resource in _claims(worker=self._worker):
            if _may_repeat((execution, frame, wait), resource):
                Attempt.objects.filter(
                    execution_id=execution,
                    frame=frame,
                    wait=wait,
                    worker=self._worker,
                    status=Attempt.Status.CLAIMED,
                ).update(status=Attempt.Status.QUEUED, due_at=timezone.now(), worker="")


class Expiry:
    """Finds claims that nobody renews, by this process's own monotonic clock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[tuple[Address, int], tuple[int, float]] = {}

    def lost(self) -> list[Deliver]:
        """Return an event for each claim whose renewal count stood still for too long."""
        now = self._clock()
        seen: dict[tuple[Address, int], tuple[int, float]] = {}
        lost = []
        rows = Attempt.objects.filter(status=Attempt.Status.CLAIMED).values_list(
            "execution_id", "frame", "wait", "claim", "renewals", "number", "resource"
        )
        for execution, frame, wait, claim, renewals, number, resource in rows:
            key = ((execution, frame, wait), claim)
            before = self._seen.get(key)
            since = before[1] if before is not None and before[0] == renewals else now
            seen[key] = (renewals, since)
            if now - since >= LOST_AFTER_SECONDS:
                lost.append(_lost((execution, frame, wait), claim, number, resource))
        self._seen = seen
        return lost


def expire_all(writer: Writer) -> None:
    """Tell every claimed attempt that its claim is lost; for a process that is the only one."""
    rows = Attempt.objects.filter(status=Attempt.Status.CLAIMED).values_list(
        "execution_id", "frame", "wait", "claim", "number", "resource"
    )
    futures = [writer.submit(_lost(row[:3], *row[3:])) for row in rows]
    for future in futures:
        future.result()


def _lost(address: Address, claim: int, number: int, resource: str) -> Deliver:
    """Return the report of a lost claim; it is refused when another claim came since."""
    execution, frame, wait = address
    event = ClaimWasLost(frame, wait, number, claim, _may_repeat(address, resource))
    return Deliver(execution, event, Claim(frame, wait, claim))


def _claims(worker: str) -> list[tuple[int, int, int, str]]:
    rows = Attempt.objects.filter(worker=worker, status=Attempt.Status.CLAIMED)
    return list(rows.values_list("execution_id", "frame", "wait", "resource"))


def _may_repeat(address: Address, resource: str) -> bool:
    integration = registry.find(resource)
    if integration is None or integration.repeatable:
        return True
    if integration is not function_invoke:
        return False
    # Each function says it for itself.
    execution, frame, wait = address
    requests = Attempt.objects.filter(execution_id=execution, frame=frame, wait=wait)
    request = requests.values_list("request", flat=True).first()
    return request is not None and function_invoke.may_repeat(payloads.loads(request)["arguments"])
