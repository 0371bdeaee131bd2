"""Messages that say "look at the rows" and may be lost without harm (laws 4 and 7).

Two kinds: `changed` tells the tails that an execution has new entries, `work` tells the workers that
something is due. Both are coalesced, and what is lost the sweeper or the tail finds by itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from celery import current_app
from channels.layers import get_channel_layer

from runner.operations import Changed

log = logging.getLogger(__name__)

# At most twenty hints a second for each execution, and for work.
INTERVAL_SECONDS = 0.05

_loop: asyncio.AbstractEventLoop | None = None
_wake_here: Callable[[], None] | None = None
_last_sent: dict[str, float] = {}
_pending: dict[str, Changed] = {}
_next_work = 0.0
_sending: set[asyncio.Task[None]] = set()


def use_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Send hints from this event loop; without one, a process sends none and tails look by themselves.

    A plain `async_to_sync(group_send)` from another thread does not wake the loop and takes 100 ms.
    """
    global _loop
    _loop = loop


def wake_here(wake: Callable[[], None] | None) -> None:
    """Let the worker of this process be woken without a message."""
    global _wake_here
    _wake_here = wake


def work() -> None:
    """Say that something is due."""
    if _wake_here is not None:
        _wake_here()
    elif _loop is not None and not _loop.is_closed():
        _loop.call_soon_threadsafe(_coalesce_work)
    else:
        _send_work()


def changed(executions: Sequence[Changed]) -> None:
    """Say that executions have new entries, where somebody watches them."""
    watched = [execution for execution in executions if execution.is_watched]
    if watched and _loop is not None and not _loop.is_closed():
        _loop.call_soon_threadsafe(_coalesce, watched)


def partial(execution_id: int, key: str) -> None:
    """Say that a model has written more."""
    changed([Changed(execution_id, key, 0, is_watched=True)])


def group(key: str) -> str:
    """The channel layer's group of those who watch an execution."""
    return f"execution.{key}"


def _coalesce_work() -> None:
    """Send the first hint at once and one more after the interval, however many were asked for."""
    global _next_work
    assert _loop is not None
    now = _loop.time()
    if _next_work > now:
        return  # one is on its way
    wait = max(0.0, _next_work + INTERVAL_SECONDS - now)
    _next_work = now + wait
    _loop.call_later(wait, _loop.run_in_executor, None, _send_work)


def _send_work() -> None:
    try:
        # By name: the task stands above this module and looks at the rows that the hint is about.
        current_app.send_task("runner.tasks.work")
    except Exception:
        log.warning("A hint could not be sent; the sweeper will find the work", exc_info=True)


def _coalesce(executions: Sequence[Changed]) -> None:
    assert _loop is not None
    now = _loop.time()
    for execution in executions:
        key = execution.key
        waiting = key in _pending
        _pending[key] = execution
        if waiting:
            continue
        wait = _last_sent.get(key, 0.0) + INTERVAL_SECONDS - now
        if wait <= 0:
            _send(key)
        else:
            _loop.call_later(wait, _send, key)


def _send(key: str) -> None:
    assert _loop is not None
    execution = _pending.pop(key, None)
    if execution is None:
        return
    if len(_last_sent) > 10_000:
        _last_sent.clear()
    _last_sent[key] = _loop.time()
    message = {"type": "execution.changed", "key": key, "seq": execution.last_seq}
    task = _loop.create_task(_group_send(group(key), message))
    _sending.add(task)
    task.add_done_callback(_sending.discard)


async def _group_send(name: str, message: dict[str, object]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        await layer.group_send(name, message)
    except Exception:
        log.warning("A hint could not be sent; the tail looks by itself", exc_info=True)
