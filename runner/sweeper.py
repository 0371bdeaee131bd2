"""Looks after what nobody was told of: claims that were lost, mail that is due, machines to be removed."""

from __future__ import annotations

import logging
import threading

from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from runner import deletion, leases
from runner.mail import hint
from runner.writer import Writer, writer

log = logging.getLogger(__name__)

SWEEP_SECONDS = min(2.0, leases.RENEW_SECONDS)


class Sweeper:
    """A thread that judges leases by its own clock; due rows are the worker's own to find."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._expiry = leases.Expiry()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def sweep(self) -> int:
        """Give the hint for mail that is due, remove what was deleted; return how many claims were lost."""
        hint.sweep(timezone.now())
        deletion.finish_deletions()
        lost = self._expiry.lost()
        for deliver in lost:
            self._writer.submit(deliver)
        return len(lost)

    def _run(self) -> None:
        while not self._stop.wait(SWEEP_SECONDS):
            try:
                self.sweep()
            except DatabaseError:
                log.warning("The sweep has to wait for the database", exc_info=True)
            except Exception:
                log.exception("A sweep failed; the next one tries again")
            finally:
                close_old_connections()


_sweeper: Sweeper | None = None


def start() -> None:
    """Start this process's sweeper, once."""
    global _sweeper
    if _sweeper is None:
        _sweeper = Sweeper(writer())
        _sweeper.start()


def stop() -> None:
    global _sweeper
    if _sweeper is not None:
        _sweeper.stop()
        _sweeper = None
