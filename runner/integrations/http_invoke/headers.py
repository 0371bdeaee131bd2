"""Which headers a state may set, and what its connection makes of them."""

from __future__ import annotations

from runner.integrations.arguments import Arguments
from runner.integrations.interface import Connection

# The service's own list ("Unsupported headers in HTTP Task"); anything here ends in States.Runtime.
FORBIDDEN = frozenset(
    {
        "a-im", "accept-charset", "accept-datetime", "accept-encoding", "authorization", "cache-control",
        "connection", "content-encoding", "content-md5", "date", "expect", "forwarded", "from", "host",
        "http2-settings", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
        "max-forwards", "origin", "pragma", "proxy-authorization", "referer", "server", "te", "trailer",
        "transfer-encoding", "upgrade", "via", "warning",
    }
)  # fmt: skip
FORBIDDEN_BEGINNINGS = ("x-forwarded-", "x-amz-", "x-amzn-")
# Ours to set, beside those: how much of an answer is wanted, and who calls.
_OURS = frozenset({"content-length", "range", "user-agent"})


def headers_of(given: Arguments) -> dict[str, str]:
    """Returns the state's headers as texts; notes those that are forbidden or cannot be sent."""
    headers: dict[str, str] = {}
    for name, value in given.object("Headers").items():
        low = name.strip().lower()
        if low in FORBIDDEN or low.startswith(FORBIDDEN_BEGINNINGS):
            given.refuse(f'The header "{name}" is not allowed')
            continue
        if value is None or low in _OURS:
            continue
        values = value if isinstance(value, list) else [value]
        text = ", ".join(_text(item) for item in values)
        if not low or any(mark in name + text for mark in "\r\n\0"):
            given.refuse(f'The header "{name[:100]}" has characters that no header may have')
            continue
        headers[name.strip()] = text
    return headers


def fit_to_send(headers: dict[str, str], connection: Connection | None) -> dict[str, str]:
    """Returns the state's headers without those that the connection sets itself."""
    if connection is None:
        return dict(headers)
    taken = {str(name).lower() for name in connection.settings.get("headers") or {}}
    taken.add(connection.secret.get("header", "").lower())
    return {name: value for name, value in headers.items() if name.lower() not in taken}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
