"""Waiting for the end of an execution without holding a thread or a connection."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

from runner.models import Execution
from runner.operations import Applied
from runner.writer import writer

# Another process may have ended the execution: the row is looked at this often.
LOOK_SECONDS = 0.5

_Waiting = tuple[asyncio.AbstractEventLoop, asyncio.Event]

_lock = threading.Lock()
_waiting: dict[int, list[_Waiting]] = {}


async def ended(execution_id: int, seconds: float) -> bool:
    """Wait until the execution has ended, at most so long; say whether it has."""
    loop = asyncio.get_running_loop()
    news = asyncio.Event()
    _listen(execution_id, (loop, news))
    try:
        deadline = loop.time() + seconds
        # Asked for after listening began, so that no end falls between the two.
        while not await _has_ended(execution_id):
            left = deadline - loop.time()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(news.wait(), min(LOOK_SECONDS, left))
            except TimeoutError:
                continue
        return True
    finally:
        _forget(execution_id, (loop, news))


async def _has_ended(execution_id: int) -> bool:
    status = await Execution.objects.filter(pk=execution_id).values_list("status", flat=True).afirst()
    return status != "RUNNING"


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
    if not _waiting:
        return
    told: Sequence[_Waiting] = [
        who for execution_id in applied.ended for who in _waiting.get(execution_id, ())
    ]
    for loop, news in told:
        if not loop.is_closed():
            loop.call_soon_threadsafe(news.set)
