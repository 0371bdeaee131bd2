"""How an integration ends early: one exception with the error's name, turned into an outcome."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from asl.errors import RUNTIME

from .interface import JSON, Failed, Outcome, Ports, Request

Start = Callable[[Request, Ports], Coroutine[Any, Any, Outcome]]

# The service's quota for a cause.
LONGEST_CAUSE = 32_768


class TaskError(Exception):
    """The attempt fails with this error; Retry and Catch see its name."""

    def __init__(self, error: str, cause: str) -> None:
        super().__init__(f"{error}: {cause}")
        self.error = error
        self.cause = cause


def refused(arguments: JSON, reasons: Sequence[str]) -> TaskError:
    """Returns the error for arguments that cannot be used, in the service's words."""
    shown = json.dumps(arguments, ensure_ascii=False, separators=(",", ":"), default=str)
    if len(shown) > 2_000:
        shown = shown[:2_000] + "…"
    return TaskError(
        RUNTIME, f"The Parameters '{shown}' could not be used to start the Task: [{'; '.join(reasons)}]"
    )


def fails_as_told(start: Start) -> Start:
    """Wraps a `start` so that a `TaskError` becomes `Failed`."""

    @functools.wraps(start)
    async def started(request: Request, ports: Ports) -> Outcome:
        try:
            return await start(request, ports)
        except TaskError as error:
            return Failed(error.error, error.cause[:LONGEST_CAUSE])

    return started
