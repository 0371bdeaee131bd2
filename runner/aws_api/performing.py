"""One operation done for one caller, whether asked over the network or from within."""

from __future__ import annotations

import inspect
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from runner import asgi
from runner.row_threads import in_thread

from . import protocol
from .operations import registry

JSON = Any

MOST_LOOKS = 3


async def perform(
    operation: registry.Operation, call: registry.Call, body: JSON, receive: asgi.Receive | None = None
) -> dict[str, JSON]:
    """Return the operation's reply, after its right and the request's shape were seen to; raises `ApiError`.

    What somebody removes between two looks at it is looked for again, then missed. With `receive`, an
    operation that ends with its client ends when the client goes away.
    """
    call.require(operation.right)
    request = protocol.checked(protocol.operations()[operation.name], body)
    for look in range(1, MOST_LOOKS + 1):
        try:
            if not inspect.iscoroutinefunction(operation.perform):
                return await in_thread(operation.perform, call, request)  # type: ignore[arg-type]
            waiting = operation.perform(call, request)
            if receive is not None and operation.ends_with_client:
                waiting = asgi.while_connected(waiting, receive)  # type: ignore[assignment]
            reply: dict[str, JSON] = await waiting
            return reply
        except (ObjectDoesNotExist, IntegrityError):
            if look == MOST_LOOKS:
                raise
    raise AssertionError("the last look returns or raises")
