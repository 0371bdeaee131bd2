"""Clients of the OpenAI protocol whose calls go through the gate."""

from __future__ import annotations

import asyncio
import hashlib
import weakref
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx2
import openai

from .credentials import headers_of
from .errors import BadUrl, TimedOut, Unreachable

if TYPE_CHECKING:
    import aiohttp

    from runner.integrations.interface import Connection

    from .outbound import Outbound

# How long a model may think before its first byte, and between two.
TIMEOUT_S = 600.0
# aiohttp has unpacked the body already.
_NOT_PASSED_ON = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class CheckedTransport(httpx2.AsyncBaseTransport):
    """Carries the client's requests over the shared sessions, hence through the gate."""

    def __init__(self, outbound: Outbound, connection: Connection) -> None:
        self._outbound = outbound
        self._connection = connection

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        timeout = (request.extensions.get("timeout") or {}).get("read") or TIMEOUT_S
        try:
            async with asyncio.timeout(timeout):
                answer = await self._outbound.open(
                    request.method,
                    str(request.url),
                    headers=dict(request.headers.items()),
                    body=await request.aread(),
                    connection=self._connection,
                )
        except (TimeoutError, TimedOut) as error:
            raise httpx2.ReadTimeout(f"No answer within {timeout:g} s.", request=request) from error
        except Unreachable as error:
            raise httpx2.ConnectError(str(error), request=request) from error
        except BadUrl as error:
            raise httpx2.UnsupportedProtocol(str(error), request=request) from error
        headers = [(k, v) for k, v in answer.headers.items() if k.lower() not in _NOT_PASSED_ON]
        return httpx2.Response(answer.status, headers=headers, stream=_Body(answer, timeout), request=request)


class _Body(httpx2.AsyncByteStream):
    def __init__(self, answer: aiohttp.ClientResponse, timeout: float) -> None:
        self._answer = answer
        self._timeout = timeout

    async def __aiter__(self) -> AsyncIterator[bytes]:
        import aiohttp

        try:
            while True:
                async with asyncio.timeout(self._timeout):
                    part = await self._answer.content.readany()
                if not part:
                    return
                yield part
        except TimeoutError as error:
            raise httpx2.ReadTimeout(f"Nothing more came for {self._timeout:g} s.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise httpx2.ReadError(f"The answer broke off: {error}") from error

    async def aclose(self) -> None:
        self._answer.close() if not self._answer.content.at_eof() else self._answer.release()


class ModelClients:
    """Keeps a client for each event loop and connection: making one costs milliseconds."""

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self._of_loop: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, openai.AsyncOpenAI]] = (
            weakref.WeakKeyDictionary()
        )

    def client(self, connection: Connection) -> openai.AsyncOpenAI:
        """Return the client for this connection as it is now: another secret is another client."""
        clients = self._of_loop.setdefault(asyncio.get_running_loop(), {})
        key = _key(connection)
        if key not in clients:
            if len(clients) >= 64:
                clients.clear()
            clients[key] = self._make(connection)
        return clients[key]

    def _make(self, connection: Connection) -> openai.AsyncOpenAI:
        if not connection.base_url:
            raise BadUrl(f"The connection “{connection.name}” has no base URL.")
        added = headers_of(connection)
        return openai.AsyncOpenAI(
            api_key=connection.secret.get("token") or connection.secret.get("api_key") or "none",
            base_url=connection.base_url,
            default_headers={k: v for k, v in added.items() if k.lower() != "authorization"},
            max_retries=0,  # the state's Retriers decide that
            timeout=TIMEOUT_S,
            http_client=httpx2.AsyncClient(
                transport=CheckedTransport(self._outbound, connection),
                trust_env=False,
                follow_redirects=False,
            ),
        )


def _key(connection: Connection) -> str:
    parts = (
        connection.name,
        connection.base_url or "",
        repr(sorted(connection.secret.items())),
        repr(connection.settings),
        repr(connection.hosts),
        str(connection.builtin),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
