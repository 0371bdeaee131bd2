"""The check that every call out passes: a name is resolved once, and each of its addresses is judged."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from .addresses import why_denied
from .errors import BadUrl, Denied, Unreachable

Resolve = Callable[[str, int], list[str]]
SETTING = "CUELIGHT_HTTP_ALLOW"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class HostPort:
    """A host in its plainest spelling, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> HostPort:
        """Read `host:port` or `[v6]:port`; raises `BadUrl`."""
        parts = _split(f"//{text.strip()}")
        if parts is None or parts[1] is None:
            raise BadUrl(f"“{text}” is not host:port.")
        return cls(parts[0], parts[1])

    @classmethod
    def of_url(cls, url: str) -> HostPort:
        """Return where a URL leads; raises `BadUrl` for what cannot be called."""
        scheme = url.split(":", 1)[0].lower()
        if scheme not in _DEFAULT_PORTS:
            raise BadUrl(f"“{url}” must begin with http:// or https://.")
        parts = _split(url)
        if parts is None:
            raise BadUrl(f"“{url}” has no host that can be called.")
        return cls(parts[0], parts[1] or _DEFAULT_PORTS[scheme])


def _split(url: str) -> tuple[str, int | None] | None:
    """Return host and port; None when there is no host, a bad port, or a user name before the host."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        if not host or "@" in parts.netloc or "\\" in url:
            return None
        plain = host.lower().rstrip(".")
        if ":" not in plain:
            plain = plain.encode("idna").decode()
        return (plain, port) if plain else None
    except (ValueError, UnicodeError):
        return None


def ask_system(host: str, port: int) -> list[str]:
    """Return the addresses of a name as the system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Gate:
    """Lets the open Internet through, and of everything else only what the operator listed.

    `allow`: host:port pairs from CUELIGHT_HTTP_ALLOW. `resolve` may be another in tests.
    """

    def __init__(self, allow: Iterable[str] = (), resolve: Resolve = ask_system) -> None:
        self._allow = frozenset(HostPort.parse(pair) for pair in allow if pair.strip())
        self._resolve = resolve

    def opens(self, target: HostPort, also: frozenset[HostPort] = frozenset()) -> bool:
        """Say whether this very host and port may have any address."""
        return target in self._allow or target in also

    async def addresses(self, target: HostPort, also: frozenset[HostPort] = frozenset()) -> list[str]:
        """Return the addresses to connect to; raises `Denied` when any of them is not permitted."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, self.addresses_now, target, also)

    def addresses_now(self, target: HostPort, also: frozenset[HostPort] = frozenset()) -> list[str]:
        """The same, for callers in a thread of their own."""
        try:
            found = self._resolve(target.host, target.port)
        except OSError as error:
            raise Unreachable(
                f"The name {target.host} could not be resolved: {error.strerror or error}."
            ) from error
        if not found:
            raise Unreachable(f"The name {target.host} has no address.")
        if not self.opens(target, also):
            for address in found:
                if (reason := why_denied(address)) is not None:
                    raise Denied(denial(target, address, reason))
        return found


def denial(target: HostPort, address: str, reason: str) -> str:
    """Return the sentence that names host, address and the setting to change."""
    at = "" if address == target.host else f" has the address {address}, which"
    return (
        f"{target}{at} is not on the open Internet ({reason}), so it is not called. "
        f"The operator can permit it by adding {target} to {SETTING}."
    )
