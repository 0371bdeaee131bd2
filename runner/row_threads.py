"""Threads for what reads or writes rows; each keeps its connection, which a request of Django's does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import Error as DatabaseError
from django.db import connection

Given = ParamSpec("Given")
Result = TypeVar("Result")

THREADS = 4

_threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="rows")


async def in_thread(
    function: Callable[Given, Result], *arguments: Given.args, **named: Given.kwargs
) -> Result:
    """Call a function that reads or writes rows."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, partial(_with_rows, function, *arguments, **named))


def _with_rows(function: Callable[Given, Result], *arguments: Given.args, **named: Given.kwargs) -> Result:
    try:
        return function(*arguments, **named)
    except DatabaseError:
        connection.close()  # the next request of this thread gets another one
        raise
