"""Group commit: operations of many callers share transactions.

A process has one writer thread with one connection. SQLite has one writer anyway, and many threads
on its busy handler wait for each other up to 186 ms; on PostgreSQL the batch saves commits.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction

from runner import batch, hints, history_log
from runner.operations import Applied, Operation, Result

log = logging.getLogger(__name__)

# More would make the first caller wait for the last; fewer would commit too often.
MOST_AT_ONCE = 64

_Item = tuple[Operation, "Future[Result]"]


class Writer:
    """Applies operations in the order in which they came, many in one transaction."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self.claimer: batch.Claimer | None = None
        self.listeners: list[Callable[[Applied], None]] = []

    def submit(self, operation: Operation) -> Future[Result]:
        """Queue an operation; the future has its result once it is committed."""
        future: Future[Result] = Future()
        self._queue.put((operation, future))
        if self._thread is None:
            self._start()
        return future

    def stop(self) -> None:
        """Apply what is queued, then end the thread."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def apply_here(self, operation: Operation) -> Result:
        """Apply one operation in the caller's own transaction."""
        applied = batch.apply([operation], None)
        transaction.on_commit(lambda: self._tell(applied))
        return applied.results[0]

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            items = [first]
            while len(items) < MOST_AT_ONCE and not self._queue.empty():
                item = self._queue.get()
                if item is None:
                    self._queue.put(None)
                    break
                items.append(item)
            # A caller that left before this moment is not served; from now on none can leave.
            wanted = [item for item in items if item[1].set_running_or_notify_cancel()]
            if wanted:
                self._apply(wanted)
        connection.close()

    def _apply(self, items: Sequence[_Item]) -> None:
        try:
            applied = batch.apply([operation for operation, _ in items], self.claimer)
        except Exception as error:
            self._apply_apart(items, error)
            return
        for (_, future), result in zip(items, applied.results, strict=True):
            future.set_result(result)
        self._tell(applied)

    def _apply_apart(self, items: Sequence[_Item], error: Exception) -> None:
        """One of them is to blame: alone, each fails or succeeds for itself (law 3)."""
        if isinstance(error, DatabaseError) and not connection.is_usable():
            close_old_connections()
        if len(items) > 1:
            for item in items:
                self._apply([item])
            return
        [(operation, future)] = items
        if not isinstance(error, OperationalError | InterfaceError):
            log.error("%s could not be applied", type(operation).__name__, exc_info=error)
            self._crash(operation, error)
        future.set_exception(error)

    def _crash(self, operation: Operation, error: Exception) -> None:
        """An event whose rows cannot be written must not come back for ever."""
        for crash in batch.crashes(operation, error):
            try:
                self._tell(batch.apply([crash], self.claimer))
            except DatabaseError:
                log.exception("Execution %s could not be failed", crash.execution_id)

    def _tell(self, applied: Applied) -> None:
        for listener in self.listeners:
            listener(applied)
        hints.changed(applied.changed)
        if applied.logged:
            history_log.write(applied.logged)
        if applied.work_left and self.claimer is None:
            hints.work()


_writer = Writer()


def writer() -> Writer:
    """Return this process's writer."""
    return _writer


def submit(operation: Operation) -> Future[Result]:
    """Queue an operation, or apply it at once within the caller's own transaction."""
    if connection.in_atomic_block:
        future: Future[Result] = Future()
        future.set_result(_writer.apply_here(operation))
        return future
    return _writer.submit(operation)
