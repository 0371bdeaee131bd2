"""OAuth client credentials: a connection's client id and secret become a bearer token, kept till it ends."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from runner.integrations.failures import TaskError
from runner.integrations.interface import Connection, Ports

from .encoding import FORM_TYPE

FAILED = "States.Http.OAuth"
TOKEN_SECONDS = 20.0
MOST_TOKENS = 256
# A token is given up a little early: it must still hold when the endpoint reads it.
_EARLY = timedelta(seconds=30)
_tokens: dict[str, tuple[str, datetime]] = {}


async def authorized(connection: Connection, ports: Ports) -> Connection:
    """Returns the connection with a bearer token in place of its client secret, where it has one.

    Settings: `token_url`, `scope`; secret: `client_id`, `client_secret`. Raises `TaskError`.
    """
    secret = connection.secret
    if "client_id" not in secret or "token" in secret:
        return connection
    url = connection.settings.get("token_url")
    if not isinstance(url, str) or not url:
        raise TaskError(FAILED, f"The connection “{connection.name}” has a client id but no token_url.")
    key = _key(connection, url)
    known = _tokens.get(key)
    if known is None or known[1] <= ports.now():
        if len(_tokens) >= MOST_TOKENS:
            _tokens.clear()
        known = _tokens[key] = await _token(connection, url, ports)
    return dataclasses.replace(connection, secret={"token": known[0]})


async def _token(connection: Connection, url: str, ports: Ports) -> tuple[str, datetime]:
    fields = {
        "grant_type": "client_credentials",
        "client_id": connection.secret["client_id"],
        "client_secret": connection.secret.get("client_secret", ""),
    }
    if scope := connection.settings.get("scope"):
        fields["scope"] = str(scope)
    # The token's host is the connection's own choice and may be another than its endpoint's.
    towards = dataclasses.replace(
        connection, secret={}, settings={}, hosts=(_host_port(url),), base_url=None, builtin=False
    )
    answer = await ports.outbound.request(
        "POST",
        url,
        headers={"Content-Type": FORM_TYPE, "Accept": "application/json"},
        body=urlencode(fields),
        connection=towards,
        timeout_s=TOKEN_SECONDS,
        max_bytes=65_536,
    )
    try:
        got: Any = json.loads(answer.body)
        token, lasts = str(got["access_token"]), float(got.get("expires_in") or 300)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TaskError(
            FAILED,
            f"{_host_port(url)} gave no token for the connection “{connection.name}” ({answer.status}).",
        ) from None
    return token, ports.now() + timedelta(seconds=lasts) - _EARLY


def _host_port(url: str) -> str:
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _key(connection: Connection, url: str) -> str:
    """Another secret is another token; the secret itself is not kept as a key."""
    parts = (
        connection.name,
        url,
        repr(connection.settings.get("scope")),
        repr(sorted(connection.secret.items())),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
