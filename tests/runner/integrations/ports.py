"""Real ways out for integrations under test: the product's own outbound, and connections by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from runner.integrations import registry
from runner.integrations.interface import (
    Connection,
    ConnectionRefused,
    Outcome,
    Ports,
    Request,
    ServiceRefusal,
)
from runner.outbound import Outbound


class Connections:
    """Connections by name, as a workspace has them."""

    def __init__(self, *connections: Connection) -> None:
        self._by_name = {connection.name: connection for connection in connections}

    async def connection(self, name_or_arn: str) -> Connection:
        name = name_or_arn.removeprefix("arn:cuelight:states:::connection:")
        if name not in self._by_name:
            raise ConnectionRefused(f"This workspace has no connection named “{name}”.")
        return self._by_name[name]


async def nothing_asked(operation: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    raise ServiceRefusal("AccessDeniedException", f"{operation} was not expected", 400, "request-1")


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """Starts integrations and keeps what they reported on the way."""

    outbound: Any
    connections: Connections = field(default_factory=Connections)
    clock: Clock = field(default_factory=Clock)
    partial: list[str] = field(default_factory=list)

    async def start(self, resource: str, arguments: Any, **more: Any) -> Outcome:
        integration = registry.find(resource)
        assert integration is not None
        return await integration.start(request(resource, arguments, **more), self.ports())

    def ports(self) -> Ports:
        async def progress(text: str) -> None:
            self.partial.append(text)

        return Ports(
            outbound=self.outbound,
            secrets=self.connections,
            blobs=None,
            now=self.clock,
            states=nothing_asked,
            progress=progress,
        )


MakeDesk = Callable[..., Desk]


def request(resource: str, arguments: Any, **more: Any) -> Request:
    return Request(
        resource=resource,
        arguments=arguments,
        context={},
        task_token="token",
        idempotency_token="once",
        workspace=1,
        execution="6f1f1f9e-0000-4000-8000-000000000001",
        state="Work",
        attempt=1,
        **more,
    )


def open_to(*hosts: str) -> Outbound:
    """The product's own way out, with these host:port pairs opened by the operator."""
    return Outbound(allow=hosts)
