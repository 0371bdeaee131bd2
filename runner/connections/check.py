"""Does a connection work? One call that changes nothing, and a sentence about it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from runner import outbound
from runner.integrations.interface import ConnectionRefused
from runner.models import Connection as StoredConnection

from .resolve import resolve

if TYPE_CHECKING:
    from people.access import Actor
    from runner.integrations.interface import Connection

CHECK_TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Checked:
    """`status` is `ok` or `failed`; `detail` is shown to people and holds no secret."""

    status: str
    detail: str


def check(workspace_id: int, name: str, actor: Actor) -> Checked:
    """Try the connection and keep what came of it with its row."""
    try:
        connection = resolve(workspace_id, name, actor=actor)
    except ConnectionRefused as error:
        result = Checked("failed", str(error))
    else:
        # A loop of its own: what it opens is closed with it, and nobody else's is.
        result = asyncio.run(_try(connection))
    StoredConnection.objects.filter(workspace_id=workspace_id, name=name).update(
        status=result.status, status_detail=result.detail, checked_at=timezone.now()
    )
    return result


async def _try(connection: Connection) -> Checked:
    way_out = outbound.current()
    try:
        match connection.kind:
            case "aws":
                return await asyncio.to_thread(_try_aws, way_out, connection)
            case "embedded_model":
                return Checked("ok", "The embedded model starts when it is first asked.")
            case "openai":
                return await _try_http(way_out, connection, "/models")
            case _:
                return await _try_http(way_out, connection, "/")
    except outbound.OutboundError as error:
        return Checked("failed", str(error))
    finally:
        await way_out.close()


async def _try_http(way_out: outbound.Outbound, connection: Connection, path: str) -> Checked:
    """Any answer but a refusal of the credentials shows that the server is there and knows us."""
    if not connection.base_url:
        return Checked("ok", "It has no base URL, so there is nothing to call yet.")
    url = connection.base_url.rstrip("/") + path
    answer = await way_out.request(
        "GET", url, connection=connection, timeout_s=CHECK_TIMEOUT_S, max_bytes=4 * 1024 * 1024
    )
    said = f"{url} answered {answer.status} {answer.reason}".rstrip() + "."
    if answer.status in (401, 403):
        return Checked("failed", f"{said} The credentials were not accepted.")
    if answer.status >= 500:
        return Checked("failed", said)
    if connection.kind == "openai" and answer.status >= 400:
        return Checked("failed", f"{said} The base URL should be the one below which /models is found.")
    return Checked("ok", said)


def _try_aws(way_out: outbound.Outbound, connection: Connection) -> Checked:
    import botocore.exceptions

    try:
        identity: dict[str, Any] = way_out.aws(connection, "sts").get_caller_identity()
    except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError) as error:
        return Checked("failed", f"AWS did not accept the credentials: {error}")
    return Checked("ok", f"AWS knows these credentials as {identity.get('Arn', 'unknown')}.")
