"""Waiting for the end of an execution without holding a thread or a connection.

A wait is woken by the writer of its own process. What other processes end is found by looking at the rows,
one query each half second for all waits of a process, and none while nobody waits.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import Error as DatabaseError
from django.db import close_old_connections

from runner.models import Execution
from runner.operations import Applied
from runner.writer import writer

log = logging.getLogger(__name__)

# Another process may have ended the execution: the rows are looked at this often.
LOOK_SECONDS = 0.5

_Waiting = tuple[asyncio.AbstractEventLoop, asyncio.Event]

_lock = threading.Lock()
_waiting: dict[int, list[_Waiting]] = {}
_lookers: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}
_readers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="endings")


async def ended(execution_id: int, seconds: float) -> bool:
    """Wait until the execution has ended, at most so long; say whether it has."""
    loop = asyncio.get_running_loop()
    news = asyncio.Event()
    _listen(execution_id, (loop, news))
    try:
        async with asyncio.timeout(seconds):
            # Asked for after listening began, so that no end falls between the two.
            if not await loop.run_in_executor(_readers, _over, [execution_id]):
                _look_while_somebody_waits(loop)
                await news.wait()
    except TimeoutError:
        return False
    finally:
        _forget(execution_id, (loop, news))
    return True


def _look_while_somebody_waits(loop: asyncio.AbstractEventLoop) -> None:
    if loop not in _lookers:
        _lookers[loop] = loop.create_task(_look(loop))


async def _look(loop: asyncio.AbstractEventLoop) -> None:
    try:
        while waited := list(_waiting):
            await asyncio.sleep(LOOK_SECONDS)
            _wake(await loop.run_in_executor(_readers, _over, waited))
    finally:
        del _lookers[loop]


def _over(waited: Sequence[int]) -> list[int]:
    """Return those of the executions that do not run any more."""
    try:
        running = Execution.objects.filter(pk__in=waited, status="RUNNING").values_list("pk", flat=True)
        return list(set(waited).difference(running))
    except DatabaseError:
        log.warning("The look for ends of executions has to wait for the database")
        return []
    finally:
        close_old_connections()


def _listen(execution_id: int, who: _Waiting) -> None:
    with _lock:
        if _tell not in writer().listeners:
            writer().listeners.append(_tell)
        _waiting.setdefault(execution_id, []).append(who)


def _forget(execution_id: int, who: _Waiting) -> None:
    with _lock:
        others = [waiting for waiting in _waiting.get(execution_id, []) if waiting != who]
        if others:
            _waiting[execution_id] = others
        else:
            _waiting.pop(execution_id, None)


def _tell(applied: Applied) -> None:
    """Wake those who wait for executions that this process ended."""
    if _waiting:
        _wake(applied.ended)


def _wake(executions: Iterable[int]) -> None:
    for execution_id in executions:
        for loop, news in list(_waiting.get(execution_id, ())):
            if not loop.is_closed():
                loop.call_soon_threadsafe(news.set)
