"""Calls that leave: one request, a model's client, an AWS client; all through the same gate."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .credentials import headers_of, opened_by, redirect_of, target_of
from .errors import BadUrl, TimedOut, TooLarge, Unreachable
from .gate import Gate, HostPort, Resolve, ask_system

if TYPE_CHECKING:
    import aiohttp
    import openai

    from runner.integrations.interface import Connection

    from .aws import AwsClients
    from .models import ModelClients
    from .sessions import Sessions

USER_AGENT = "Cuelight/0.1 (+https://pypi.org/project/cuelight/)"
# Those that say how the message is carried are ours; a caller's are left out.
_OURS = frozenset(
    {
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    }
)  # fmt: skip
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer. Header names are lower case; a header may have several values."""

    status: int
    reason: str
    headers: Mapping[str, tuple[str, ...]]
    body: bytes
    url: str


class Outbound:
    """The port that integrations get. One object serves all event loops and threads of a process."""

    def __init__(self, allow: Iterable[str] = (), resolve: Resolve = ask_system) -> None:
        self.gate = Gate(allow, resolve)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str | list[str]] | None = None,
        body: bytes | str | None = None,
        connection: Connection | None = None,
        timeout_s: float = 60.0,
        max_bytes: int = 10 * 1024 * 1024,
        redirects: int = 0,
    ) -> Response:
        """Return the answer, whatever its status; raises `OutboundError`.

        `url` may be a path where a connection has a base URL. The connection's credentials are added
        here, and not sent on when a redirect leads to another origin.
        """
        try:
            async with asyncio.timeout(timeout_s):
                return await self._follow(
                    method,
                    url,
                    headers=headers or {},
                    params=params,
                    body=body,
                    connection=connection,
                    max_bytes=max_bytes,
                    redirects=redirects,
                )
        except TimeoutError:
            raise TimedOut(f"No whole answer from {_shown(url)} within {timeout_s:g} s.") from None

    async def _follow(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str | list[str]] | None,
        body: bytes | str | None,
        connection: Connection | None,
        max_bytes: int,
        redirects: int,
    ) -> Response:
        credentials = headers_of(connection)
        while True:
            sent = {**headers, **credentials}
            opened = await self.open(
                method, url, headers=sent, params=params, body=body, connection=connection
            )
            async with opened as answer:
                location = answer.headers.get("Location")
                if answer.status not in _REDIRECTS or not location or redirects <= 0:
                    return Response(
                        answer.status,
                        answer.reason or "",
                        {name.lower(): tuple(answer.headers.getall(name)) for name in answer.headers},
                        await _read(answer, max_bytes),
                        str(answer.url),
                    )
                step = redirect_of(str(answer.url), location)
                if answer.status == 303 or (answer.status in (301, 302) and method.upper() == "POST"):
                    method, body = "GET", None
            redirects -= 1
            url, params = step.url, None
            if not step.same_origin:
                credentials = {}
                headers = {k: v for k, v in headers.items() if k.lower() not in ("authorization", "cookie")}

    async def open(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str | list[str]] | None = None,
        body: bytes | str | None = None,
        connection: Connection | None = None,
    ) -> aiohttp.ClientResponse:
        """Return an answer whose body is still to be read; the caller closes it and minds the time.

        Redirects are not followed and credentials not added. Raises `OutboundError`.
        """
        import aiohttp
        from multidict import CIMultiDict
        from yarl import URL

        whole, target = target_of(url, connection)
        sent = CIMultiDict(
            (name, value) for name, value in (headers or {}).items() if name.lower() not in _OURS
        )
        sent["User-Agent"] = USER_AGENT
        also = opened_by(connection)
        try:
            return await self._sessions.current(also).request(
                method.upper(),
                URL(whole).with_host(target.host),
                params=params,
                data=body.encode() if isinstance(body, str) else body,
                headers=sent,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=20),
            )
        except aiohttp.InvalidURL as error:
            raise BadUrl(f"“{_shown(url)}” is not an address that can be called.") from error
        except aiohttp.ServerTimeoutError as error:
            raise TimedOut(f"{target} did not take the connection in time.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Unreachable(f"The call to {target} failed: {error}.") from error
        except ValueError as error:
            raise BadUrl(f"The call to {target} could not be made: {error}.") from error

    def openai(self, connection: Connection) -> openai.AsyncOpenAI:
        """Return a client of the OpenAI protocol for the connection's base URL; it does not retry."""
        return self._models.client(connection)

    def aws(self, connection: Connection | None, service: str, region: str | None = None) -> Any:
        """Return a boto3 client, to be called in a thread.

        Without a connection it uses the operator's own AWS_* settings.
        """
        return self._aws.client(connection, service, region)

    def aws_at(
        self, endpoint: str | None, service: str, region: str | None, *, also: frozenset[HostPort]
    ) -> Any:
        """Return a boto3 client for an endpoint that the operator has set, hence may be private."""
        return self._aws.client(None, service, region, endpoint=endpoint, also=also)

    async def close(self) -> None:
        """Close what the running event loop holds open."""
        await self._sessions.close()

    # Each is imported and made when first wanted: together they cost a second and 80 MiB.

    @functools.cached_property
    def _sessions(self) -> Sessions:
        from .sessions import Sessions

        return Sessions(self.gate)

    @functools.cached_property
    def _models(self) -> ModelClients:
        from .models import ModelClients

        return ModelClients(self)

    @functools.cached_property
    def _aws(self) -> AwsClients:
        from .aws import AwsClients

        return AwsClients(self.gate)


async def _read(answer: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """Read the (unpacked) body; stops as soon as it is too large."""
    import aiohttp

    parts: list[bytes] = []
    size = 0
    try:
        async for part in answer.content.iter_chunked(64 * 1024):
            size += len(part)
            if size > max_bytes:
                answer.close()
                raise TooLarge(f"The answer of {answer.url.host} is larger than {max_bytes} bytes.")
            parts.append(part)
    except (aiohttp.ClientError, OSError) as error:
        raise Unreachable(f"The answer of {answer.url.host} broke off: {error}.") from error
    return b"".join(parts)


def _shown(url: str) -> str:
    """Return a URL without its query, which may hold secrets."""
    return url.split("?", 1)[0]


@functools.cache
def current() -> Outbound:
    """Return the process's own way out, opened as CUELIGHT_HTTP_ALLOW says."""
    from django.conf import settings

    configured = getattr(settings, "CUELIGHT_HTTP_ALLOW", ())
    return Outbound(configured.split(",") if isinstance(configured, str) else configured)


async def close() -> None:
    """Close what the running event loop holds open."""
    if current.cache_info().currsize:
        await current().close()
