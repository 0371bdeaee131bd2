"""ASGI's messages, read and written in one place."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any, TypeVar

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]  # Django types its messages otherwise


Result = TypeVar("Result")


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class TooLarge(Exception):
    """The body is longer than it may be; nothing of it was kept."""


async def read_body(receive: Receive, most_bytes: int) -> bytes | None:
    """Return the whole body, or None when the client went away; raises `TooLarge`."""
    parts: list[bytes] = []
    length = 0
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        length += len(part)
        if length > most_bytes:
            raise TooLarge
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


async def while_connected(waiting: Coroutine[Any, Any, Result], receive: Receive) -> Result:
    """Return what a coroutine returns; it is cancelled when the client goes away, which raises `ClientGone`.

    The body has been read: all that can still be received is the end of the connection.
    """
    doing = asyncio.ensure_future(waiting)
    leaving = asyncio.ensure_future(receive())
    try:
        await asyncio.wait((doing, leaving), return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise ClientGone
    finally:
        doing.cancel()
        leaving.cancel()
        await asyncio.gather(doing, leaving, return_exceptions=True)


async def answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """Send a whole answer."""
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
