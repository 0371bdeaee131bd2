"""aiohttp sessions whose sockets go only to addresses that the gate let through."""

from __future__ import annotations

import asyncio
import socket
import weakref
from typing import Any

import aiohttp
from aiohttp.abc import ResolveResult

from .addresses import why_denied
from .gate import Gate, HostPort

# How many calls one event loop has open at a time, and to one host.
MOST_OPEN = 512
MOST_TO_ONE_HOST = 128

_Sessions = dict[frozenset[HostPort], aiohttp.ClientSession]


class CheckedConnector(aiohttp.TCPConnector):
    """Every way to an address leads through `_resolve_host`: for names, and for addresses written out.

    aiohttp's own resolver hook is passed over where the host looks like an address ("2130706433" does,
    and is 127.0.0.1), so the method itself is taken.
    """

    def __init__(self, gate: Gate, also: frozenset[HostPort]) -> None:
        super().__init__(
            limit=MOST_OPEN,
            limit_per_host=MOST_TO_ONE_HOST,
            use_dns_cache=False,
            socket_factory=self._socket,
        )
        self._gate = gate
        self._also = also
        self._opened: set[tuple[str, int]] = set()

    async def _resolve_host(self, host: str, port: int, traces: Any = None) -> list[ResolveResult]:
        target = HostPort(host.lower().rstrip("."), port)
        found = await self._gate.addresses(target, self._also)
        if self._gate.opens(target, self._also):
            self._opened.update((address, port) for address in found)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    def _socket(self, info: Any) -> socket.socket:
        """The last lock: no socket is made for an address that nobody let through."""
        family, kind, protocol, _, where = info
        if why_denied(str(where[0])) is not None and (str(where[0]), where[1]) not in self._opened:
            raise OSError(f"{where[0]} was not let through")
        return socket.socket(family, kind, protocol)


class Sessions:
    """One session for each event loop and each set of addresses that are opened besides the operator's.

    They are kept apart because a connection that was opened for a built-in connection must not be
    reused by a call that has no right to it.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._of_loop: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Sessions] = (
            weakref.WeakKeyDictionary()
        )

    def current(self, also: frozenset[HostPort]) -> aiohttp.ClientSession:
        """Return the running loop's session, made on first use."""
        sessions = self._of_loop.setdefault(asyncio.get_running_loop(), {})
        session = sessions.get(also)
        if session is None or session.closed:
            session = sessions[also] = aiohttp.ClientSession(
                connector=CheckedConnector(self._gate, also),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
                trust_env=False,
                max_line_size=16_384,
                max_field_size=16_384,
            )
        return session

    async def close(self) -> None:
        """Close what the running loop opened."""
        for session in self._of_loop.pop(asyncio.get_running_loop(), {}).values():
            await session.close()
