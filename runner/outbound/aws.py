"""boto3 clients whose sockets go only where the gate lets them."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from typing import TYPE_CHECKING, Any

import boto3
from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)
from botocore.config import Config
from botocore.exceptions import HTTPClientError
from botocore.httpsession import URLLib3Session
from urllib3.util.connection import create_connection

from .credentials import hosts_of
from .errors import Denied, OutboundError
from .gate import Gate, HostPort

if TYPE_CHECKING:
    import socket

    from runner.integrations.interface import Connection

_AWS_OWN = re.compile(r"(^|\.)(amazonaws\.com|amazonaws\.com\.cn|api\.aws|aws\.dev)$")
CONNECT_TIMEOUT_S = 10
READ_TIMEOUT_S = 900
# The stubs know one number only; botocore takes both.
TIMEOUTS_S: Any = (CONNECT_TIMEOUT_S, READ_TIMEOUT_S)


class CheckedSession(URLLib3Session):
    """botocore's HTTP session; each new connection goes to an address that the gate returned."""

    def __init__(self, gate: Gate, also: frozenset[HostPort]) -> None:
        super().__init__(timeout=TIMEOUTS_S, max_pool_connections=50)

        def connect(connection: Any) -> socket.socket:
            target = HostPort(connection.host.strip("[]").lower().rstrip("."), connection.port)
            last: OSError | None = None
            for address in gate.addresses_now(target, also):
                try:
                    return create_connection(
                        (address, target.port),
                        connection.timeout,
                        source_address=connection.source_address,
                        socket_options=connection.socket_options,
                    )
                except OSError as error:
                    last = error
            raise last or OSError("no address")

        class PlainConnection(AWSHTTPConnection):
            def _new_conn(self) -> socket.socket:
                return connect(self)

        class TlsConnection(AWSHTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return connect(self)

        class PlainPool(AWSHTTPConnectionPool):
            ConnectionCls = PlainConnection

        class TlsPool(AWSHTTPSConnectionPool):
            ConnectionCls = TlsConnection

        manager: Any = self._manager  # type: ignore[attr-defined]
        manager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}

    def send(self, request: Any) -> Any:
        """Send as botocore does; what the gate refused is told in its own words and not tried again."""
        try:
            return super().send(request)
        except HTTPClientError as error:
            cause = error.kwargs.get("error")
            raise cause if isinstance(cause, OutboundError) else error from None


class AwsClients:
    """Keeps a client for each connection, service and region: making one costs 50 ms and megabytes."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, ...], Any] = {}

    def client(
        self,
        connection: Connection | None,
        service: str,
        region: str | None,
        *,
        endpoint: str | None = None,
        also: frozenset[HostPort] = frozenset(),
    ) -> Any:
        """Return a client; raises `Denied` when its endpoint is neither Amazon's nor permitted.

        `endpoint` and `also` are for callers whose endpoint the operator has set.
        """
        region = (
            region or _setting(connection, "region") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
        )
        endpoint = endpoint or (connection.base_url if connection and connection.base_url else None)
        key = (_key(connection), service, region, endpoint or "")
        with self._lock:
            if key not in self._clients:
                if len(self._clients) >= 128:
                    self._clients.clear()
                self._clients[key] = self._make(connection, service, region, endpoint, also)
            return self._clients[key]

    def _make(
        self,
        connection: Connection | None,
        service: str,
        region: str,
        endpoint: str | None,
        also: frozenset[HostPort],
    ) -> Any:
        secret = connection.secret if connection is not None else {}
        try:
            client = boto3.session.Session().client(
                service,
                region_name=region,
                endpoint_url=endpoint,
                aws_access_key_id=secret.get("access_key_id"),
                aws_secret_access_key=secret.get("secret_access_key"),
                aws_session_token=secret.get("session_token"),
                config=Config(
                    retries={"max_attempts": 1, "mode": "standard"},  # the state's Retriers decide that
                    connect_timeout=CONNECT_TIMEOUT_S,
                    read_timeout=READ_TIMEOUT_S,
                    user_agent_extra="cuelight",
                ),
            )
        except ValueError as error:  # an endpoint that is no URL
            raise Denied(str(error)) from error
        target = HostPort.of_url(client.meta.endpoint_url)
        if (
            connection is not None
            and connection.hosts
            and target not in hosts_of(connection)
            and not is_aws(target)
        ):
            raise Denied(f"The connection “{connection.name}” may not be used against {target}.")
        session = CheckedSession(self._gate, also | operator_endpoints())
        client.meta.events.register("before-send", _sender(session))
        return client


def _sender(session: CheckedSession) -> Any:
    """botocore sends what a `before-send` handler returns instead of sending by itself."""

    def send(request: Any, **_: Any) -> Any:
        return session.send(request)

    return send


def is_aws(target: HostPort) -> bool:
    """Say whether the host is one of Amazon's own."""
    return target.port == 443 and _AWS_OWN.search(target.host) is not None


def operator_endpoints() -> frozenset[HostPort]:
    """Return the endpoints that the operator set in AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>."""
    found = set()
    for name, value in os.environ.items():
        if name.startswith("AWS_ENDPOINT_URL") and value:
            try:
                found.add(HostPort.of_url(value))
            except OutboundError:
                continue
    return frozenset(found)


def _setting(connection: Connection | None, name: str) -> str | None:
    value = connection.settings.get(name) if connection is not None else None
    return str(value) if value else None


def _key(connection: Connection | None) -> str:
    if connection is None:
        return ""
    parts = (connection.name, repr(sorted(connection.secret.items())), repr(connection.hosts))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
