"""The HTTP request and response of a tested state, with what its connection adds masked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

from runner.integrations.interface import Connection
from runner.outbound.credentials import headers_of, target_of
from runner.outbound.outbound import USER_AGENT, Outbound, Response

JSON = Any

MASK = "***"
_PROTOCOL = "HTTP/1.1"
_SHORTEST = 4  # shorter texts stand everywhere by chance


@dataclass(frozen=True, slots=True)
class Sent:
    """The request as it was sent; header names and texts as the service shows them."""

    protocol: str
    method: str
    url: str
    headers: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Got:
    """The answer, of which nothing is left out: it is the state's own result."""

    protocol: str
    status_code: str
    status_message: str
    headers: str
    body: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """What of a connection may be shown: what its settings add, and the credentials themselves."""

    settings: bool = False
    credentials: bool = False


class TracedOutbound:
    """A way out that remembers the request to this endpoint and its answer; all else is the real one's.

    What else is sent on the way, such as a client secret for a token, is not remembered.
    """

    def __init__(self, outbound: Outbound, reveal: Reveal, endpoint: JSON) -> None:
        self._outbound = outbound
        self._reveal = reveal
        self._endpoint = endpoint
        self._secrets: set[str] = set()
        self.sent: Sent | None = None
        self.got: Got | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._outbound, name)

    def hide(self, connection: Connection) -> None:
        """Mask the credentials of this connection wherever they stand in a request."""
        if not self._reveal.credentials:
            texts = [text for text in connection.secret.values() if len(text) >= _SHORTEST]
            self._secrets.update(form for text in texts for form in (text, quote_plus(text), quote(text)))

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str | list[str]] | None = None,
        body: bytes | str | None = None,
        connection: Connection | None = None,
        **more: Any,
    ) -> Response:
        """Send the request, as `Outbound.request` does."""
        is_the_states_own = url == self._endpoint
        if is_the_states_own:
            self.sent = self._hidden(
                _sent(method, url, headers or {}, params or {}, body, connection, self._reveal)
            )
        answer = await self._outbound.request(
            method, url, headers=headers, params=params, body=body, connection=connection, **more
        )
        if not is_the_states_own:
            return answer
        self.got = Got(
            _PROTOCOL,
            str(answer.status),
            answer.reason,
            _listed((name, value) for name, values in answer.headers.items() for value in values),
            answer.body.decode(errors="replace"),
        )
        return answer

    def _hidden(self, sent: Sent) -> Sent:
        def hidden(text: str) -> str:
            for secret in self._secrets:
                text = text.replace(secret, MASK)
            return text

        return replace(
            sent,
            url=hidden(sent.url),
            headers=hidden(sent.headers),
            body=None if sent.body is None else hidden(sent.body),
        )


def _sent(  # noqa: PLR0917
    method: str,
    url: str,
    headers: Mapping[str, str],
    params: Mapping[str, str | list[str]],
    body: bytes | str | None,
    connection: Connection | None,
    reveal: Reveal,
) -> Sent:
    whole, _ = target_of(url, connection)
    settings: Mapping[str, Any] = connection.settings if connection is not None else {}
    hidden = set() if reveal.settings else {str(name) for name in settings.get("query") or {}}
    query = urlencode(
        {name: MASK if name in hidden else value for name, value in params.items()}, doseq=True, safe=MASK
    )
    plain = {str(name) for name in settings.get("headers") or {}}
    added = {
        name: value if (reveal.settings if name in plain else reveal.credentials) else MASK
        for name, value in headers_of(connection).items()
    }
    shown = {"User-Agent": USER_AGENT, **headers, **added}
    text = body.decode(errors="replace") if isinstance(body, bytes) else body
    if text is not None and not reveal.settings and (fields := settings.get("body")):
        text = _masked_body(text, {str(name) for name in fields})
    return Sent(
        _PROTOCOL,
        method.upper(),
        f"{whole}{'&' if '?' in whole else '?'}{query}" if query else whole,
        _listed(shown.items()),
        text,
    )


def _masked_body(text: str, names: Collection[str]) -> str:
    """Return a JSON or form body in which these fields are masked."""
    try:
        value: JSON = json.loads(text)
    except ValueError:
        pairs = parse_qsl(text, keep_blank_values=True)
        masked = [(name, MASK if name.partition("[")[0] in names else part) for name, part in pairs]
        return urlencode(masked, safe=MASK)
    if not isinstance(value, dict):
        return MASK
    value = {name: MASK if name in names else part for name, part in value.items()}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _listed(headers: Iterable[tuple[str, str]]) -> str:
    return "[" + ", ".join(f"{name}: {value}" for name, value in headers) + "]"
