"""Threads for what can only be called and waited for: boto3, and the start of the embedded model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Apart from the event loop's own, which short work such as the renewal of leases needs.
_threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="integration")


async def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Returns what the function returns, called in a thread that may wait long."""
    return await asyncio.get_running_loop().run_in_executor(_threads, lambda: function(*args, **kwargs))
