"""What a connection adds to a call: where it may go, and how it proves who it is."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from runner.integrations.interface import Connection

from .errors import BadUrl, Denied
from .gate import HostPort

NOTHING_ALSO: frozenset[HostPort] = frozenset()


def target_of(url: str, connection: Connection | None) -> tuple[str, HostPort]:
    """Return the whole URL and where it leads; raises `Denied` where the connection may not go.

    A URL that begins with "/" belongs to the connection's base URL.
    """
    if url.startswith("/") and not url.startswith("//"):
        if connection is None or not connection.base_url:
            raise BadUrl(
                f"“{url}” is only a path; name a connection with a base URL, or give the whole address."
            )
        url = connection.base_url.rstrip("/") + url
    target = HostPort.of_url(url)
    if connection is not None:
        permitted = hosts_of(connection)
        if target not in permitted:
            listed = ", ".join(str(host) for host in sorted(permitted, key=str)) or "no host at all"
            raise Denied(
                f"The connection “{connection.name}” may not be used against {target}; it permits {listed}."
            )
    return url, target


def hosts_of(connection: Connection) -> frozenset[HostPort]:
    """Return where the connection may be used: its hosts, or its base URL's own."""
    if connection.hosts:
        return frozenset(HostPort.parse(host) for host in connection.hosts)
    return frozenset({HostPort.of_url(connection.base_url)}) if connection.base_url else NOTHING_ALSO


def opened_by(connection: Connection | None) -> frozenset[HostPort]:
    """Return what may be private because of this connection: only a built-in one's exact host and port."""
    return hosts_of(connection) if connection is not None and connection.builtin else NOTHING_ALSO


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where an answer points to, and whether that is still the same origin."""

    url: str
    same_origin: bool


def redirect_of(url: str, location: str) -> Redirect:
    there = urljoin(url, location)
    same_scheme = urlsplit(there).scheme == urlsplit(url).scheme
    return Redirect(there, same_scheme and HostPort.of_url(there) == HostPort.of_url(url))


def headers_of(connection: Connection | None) -> dict[str, str]:
    """Return the headers that a connection adds: its plain ones, then its proof of identity."""
    if connection is None:
        return {}
    plain = connection.settings.get("headers") or {}
    headers = {str(name): str(value) for name, value in plain.items()} if isinstance(plain, Mapping) else {}
    secret = connection.secret
    if token := secret.get("token"):
        headers["Authorization"] = f"Bearer {token}"
    elif "username" in secret:
        pair = f"{secret['username']}:{secret.get('password', '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    elif secret.get("header"):
        headers[secret["header"]] = secret.get("value", "")
    return headers
