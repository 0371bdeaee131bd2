"""The long poll of an activity's workers: waits for a task and holds neither a thread nor a connection.

A poll is woken by the writer of its own process when a task is offered. What other processes offer is
found by looking at the rows, one query a second for all polls of a process, and none while nobody polls.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from django.db import Error as DatabaseError
from django.db import close_old_connections

from asl.interpreter.events import ClaimWasLost
from runner.operations import Applied, Deliver, Handed, Result, TakeActivity
from runner.store import offered
from runner.writer import writer

log = logging.getLogger(__name__)

# The service holds a poll for 60 s at most; boto3 gives up after 60 s unless it is told otherwise.
# https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html
POLL_SECONDS = 55.0
LOOK_SECONDS = 1.0
# The service's own limit for one activity.
MOST_POLLS = 1_000

_readers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="polling")


class TooManyPolls(Exception):
    """More workers poll one activity than are served at a time."""


class _Poll:
    """One worker that waits; woken once for each task that may be its own."""

    def __init__(self, arn: str) -> None:
        self.arn = arn
        self.loop = asyncio.get_running_loop()
        self.woken = asyncio.Event()


class _Polls:
    """The polls of this process that wait for a task, by ARN, the longest-waiting first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[_Poll]] = {}

    def add(self, poll: _Poll) -> None:
        with self._lock:
            queue = self._waiting.setdefault(poll.arn, deque())
            if len(queue) >= MOST_POLLS:
                raise TooManyPolls(poll.arn)
            queue.append(poll)

    def remove(self, poll: _Poll) -> None:
        """Wait no longer; a task that this poll was woken for is somebody else's then."""
        with self._lock:
            queue = self._waiting.get(poll.arn, deque())
            was_woken = poll not in queue
            if not was_woken:
                queue.remove(poll)
                if not queue:
                    del self._waiting[poll.arn]
        if was_woken:
            self.wake(poll.arn, 1)

    def wake(self, arn: str, count: int) -> None:
        """Wake as many polls as there are tasks."""
        with self._lock:
            queue = self._waiting.get(arn, deque())
            woken = [queue.popleft() for _ in range(min(count, len(queue)))]
            if woken and not queue:
                del self._waiting[arn]
        for poll in woken:
            if not poll.loop.is_closed():
                poll.loop.call_soon_threadsafe(poll.woken.set)

    def arns(self) -> list[str]:
        with self._lock:
            return list(self._waiting)

    def told(self, applied: Applied) -> None:
        """Hear from the writer what one transaction offered."""
        for arn in applied.offered:
            self.wake(arn, 1)


_polls = _Polls()
_lookers: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}


async def next_task(
    workspace_id: int, arn: str, worker_name: str, seconds: float = POLL_SECONDS
) -> Handed | None:
    """Return the oldest task of an activity, or None when none came within the time.

    The caller has seen that the activity is there. A poll that is cancelled loses no task. Raises
    `TooManyPolls`.
    """
    if _polls.told not in writer().listeners:
        writer().listeners.append(_polls.told)
    take = TakeActivity(workspace_id, arn, worker_name)
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        # In the queue first, then a look: what is offered in between wakes this poll.
        poll, goes_on = _Poll(arn), False
        _polls.add(poll)
        try:
            handed = await _take(take)
            if handed is not None or loop.time() >= deadline:
                return handed
            _look_while_somebody_waits(loop)
            async with asyncio.timeout_at(deadline):
                await poll.woken.wait()
            goes_on = True
        except TimeoutError:
            return None
        finally:
            if not goes_on:
                _polls.remove(poll)


async def _take(take: TakeActivity) -> Handed | None:
    taking = writer().submit(take)
    try:
        handed = await asyncio.wrap_future(taking)
    except asyncio.CancelledError:
        taking.add_done_callback(_give_back)
        raise
    assert handed is None or isinstance(handed, Handed)
    return handed


def _give_back(taking: Future[Result]) -> None:
    """Offer again what was taken for a worker that had left by then."""
    if taking.cancelled() or taking.exception() is not None:
        return
    handed = taking.result()
    if isinstance(handed, Handed):
        give_back(handed)


def give_back(handed: Handed) -> None:
    """Offer a task again that its worker never received; nothing happens when it was answered since."""
    claim = handed.claim
    lost = ClaimWasLost(claim.frame, claim.wait, handed.attempt, claim.number, may_repeat=True)
    writer().submit(Deliver(handed.execution_id, lost, claim))


def _look_while_somebody_waits(loop: asyncio.AbstractEventLoop) -> None:
    if loop in _lookers:
        return
    _lookers[loop] = loop.create_task(_look())
    _lookers[loop].add_done_callback(partial(_looked, loop))


def _looked(loop: asyncio.AbstractEventLoop, looker: asyncio.Task[None]) -> None:
    del _lookers[loop]
    if not looker.cancelled() and looker.exception() is not None:
        log.error("The look for tasks of activities ended", exc_info=looker.exception())


async def _look() -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        arns = _polls.arns()
        if not arns:
            return
        for arn, count in (await loop.run_in_executor(_readers, _counts, arns)).items():
            _polls.wake(arn, count)


def _counts(arns: list[str]) -> dict[str, int]:
    try:
        return offered.counts(arns)
    except DatabaseError:
        log.warning("The look for tasks of activities has to wait for the database")
        return {}
    finally:
        close_old_connections()
