"""Does the work of task attempts: claims them, runs their integrations side by side, hands in results.

One worker lives in each process that may run states: the embedded server, and every Celery worker
process. It has an event loop in a thread of its own, so that waiting calls cost no thread.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError

from runner import hints, leases, running
from runner.operations import Applied, Claimed, Deliver, Pull, Pulled, Result
from runner.writer import Writer, writer

log = logging.getLogger(__name__)

# An execution is carried on without going back to the queue for this long, or this often (law 5).
CARRY_SECONDS = 1.0
CARRY_ATTEMPTS = 32

# Rows are looked at by themselves this often, for hints that were lost.
LOOK_SECONDS = 1.0


@dataclass(slots=True)
class _Carried:
    since: float
    attempts: int = 0


class Worker:
    """A claimer (see `runner.batch.Claimer`) with a number of slots."""

    def __init__(self, writer: Writer, slots: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.slots = slots
        self._writer = writer
        self._free = slots
        self._lock = threading.Lock()
        self._carried: dict[uuid.UUID, _Carried] = {}
        self._running: dict[tuple[int, int, int], asyncio.Task[None]] = {}
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop
        self._thread = threading.Thread(target=self._run_loop, name="worker", daemon=True)
        self._pulling = False
        self._pull_again = False
        self._alarm: asyncio.TimerHandle | None = None
        self._stopping = False
        self.leases = leases.Leases(self.name)

    # As the engine sees it (called by the writer's thread)

    def take(self, execution: uuid.UUID, *, was_due: bool) -> bool:
        """Reserve a slot for an attempt, unless its execution was carried for long enough."""
        now = self._clock()
        with self._lock:
            if self._free <= 0 or self._stopping:
                return False
            carried = self._carried.get(execution)
            if carried is None or was_due:
                if len(self._carried) > 4_096:
                    self._carried.clear()
                carried = self._carried[execution] = _Carried(now)
            elif carried.attempts >= CARRY_ATTEMPTS or now - carried.since > CARRY_SECONDS:
                return False
            carried.attempts += 1
            self._free -= 1
            return True

    def give_back(self, slots: int) -> None:
        with self._lock:
            self._free += slots

    def applied(self, applied: Applied) -> None:
        """Start what was claimed, end what is over, and be there when the next timer is due."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._take_on, applied)

    # Life

    def start(self) -> None:
        """Claim from now on."""
        self._loop = asyncio.new_event_loop()
        self._writer.claimer = self
        self._writer.listeners.append(self.applied)
        hints.wake_here(self.wake)
        self._thread.start()
        self.wake()

    def stop(self) -> None:
        """Claim no more, give back what may be repeated, and leave; waits for no call."""
        with self._lock:
            self._stopping = True
        hints.wake_here(None)
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._cancel_all(), self._loop).result(timeout=10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout=10)
        self._writer.claimer = None
        if self.applied in self._writer.listeners:
            self._writer.listeners.remove(self.applied)
        self.leases.give_back()

    def wake(self) -> None:
        """Look at the rows now."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._pull)

    # Within the loop

    def _run_loop(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._look)
        self._loop.call_soon(self._renew)
        self._loop.run_forever()
        self._loop.run_until_complete(running.close())
        self._loop.close()

    def _take_on(self, applied: Applied) -> None:
        for claimed in applied.claimed:
            address = (claimed.execution_id, claimed.claim.frame, claimed.claim.wait)
            self.leases.hold(address)
            task = self._loop.create_task(self._do(claimed))
            self._running[address] = task
            task.add_done_callback(partial(self._done, address))
        for address in applied.ended_waits:
            over = self._running.get(address)
            # A call whose state timed out or was aborted is of no use to anybody.
            if over is not None and over is not asyncio.current_task(self._loop):
                over.cancel()
        if applied.next_due is not None:
            self._be_there_in(applied.next_due)
        if applied.work_left:
            self._pull()

    async def _do(self, claimed: Claimed) -> None:
        try:
            deliver = await running.run(claimed, self.leases)
        finally:
            # The slot is free before the result is applied: the next claim may share its transaction.
            self.give_back(1)
        await self._hand_in(deliver)

    async def _hand_in(self, deliver: Deliver) -> None:
        """Have a result applied; a database that is away for a while does not lose it."""
        while True:
            try:
                await asyncio.wrap_future(self._writer.submit(deliver))
                return
            except (OperationalError, InterfaceError):
                log.warning("A result has to wait for the database")
                await asyncio.sleep(LOOK_SECONDS)

    def _done(self, address: tuple[int, int, int], task: asyncio.Task[None]) -> None:
        if self._running.get(address) is task:
            del self._running[address]
            self.leases.let_go(address)
        if not task.cancelled() and task.exception() is not None:
            log.error("An attempt was lost by its worker", exc_info=task.exception())

    def _pull(self) -> None:
        """Ask the writer for what is due; one question at a time."""
        if self._stopping:
            return
        if self._pulling:
            self._pull_again = True
            return
        self._pulling = True
        self._pull_again = False
        future = self._writer.submit(Pull(slots=self._free))
        future.add_done_callback(lambda done: self._loop.call_soon_threadsafe(self._pulled, done))

    def _pulled(self, done: Future[Result]) -> None:
        self._pulling = False
        result = None if done.exception() else done.result()
        more = isinstance(result, Pulled) and (result.at_limit and result.found > 0)
        if more or self._pull_again:
            self._pull()

    def _look(self) -> None:
        self._pull()
        self._loop.call_later(LOOK_SECONDS, self._look)

    def _renew(self) -> None:
        self._loop.run_in_executor(None, self.leases.renew)
        self._loop.call_later(leases.RENEW_SECONDS, self._renew)

    def _be_there_in(self, seconds: float) -> None:
        when = self._loop.time() + max(0.0, seconds) + 0.001
        if self._alarm is not None and not self._alarm.cancelled():
            if self._loop.time() < self._alarm.when() <= when:
                return
            self._alarm.cancel()
        self._alarm = self._loop.call_at(when, self._pull)

    async def _cancel_all(self) -> None:
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


_worker: Worker | None = None


def start() -> Worker:
    """Start this process's worker, once."""
    global _worker
    if _worker is None:
        _worker = Worker(writer(), settings.CUELIGHT_WORKER_SLOTS)
        _worker.start()
    return _worker


def start_embedded() -> Worker:
    """Start the only worker there is: whatever its predecessor claimed is lost, and due at once."""
    leases.expire_all(writer())
    return start()


def stop() -> None:
    """Stop this process's worker, if it has one."""
    global _worker
    if _worker is not None:
        _worker.stop()
        _worker = None
