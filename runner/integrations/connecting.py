"""Connections as integrations get them: refused in words, and the embedded model started."""

from __future__ import annotations

import dataclasses

from asl.errors import PERMISSIONS
from runner import embedded_model

from .failures import TaskError
from .interface import Connection, ConnectionRefused, Ports
from .threads import in_thread


async def connected(name_or_arn: str, ports: Ports, *, unavailable: str = PERMISSIONS) -> Connection:
    """Returns the connection, ready to be used; raises `TaskError`.

    The embedded model chooses its port when it starts, so its base URL is known only then; where it
    cannot start the error is `unavailable`.
    """
    try:
        connection = await ports.secrets.connection(name_or_arn)
    except ConnectionRefused as error:
        raise TaskError(PERMISSIONS, str(error)) from error
    if connection.kind != "embedded_model" or connection.base_url is not None:
        return connection
    try:
        host, port = await in_thread(embedded_model.address)
    except embedded_model.EmbeddedModelUnavailable as error:
        raise TaskError(unavailable, str(error)) from error
    return dataclasses.replace(connection, base_url=f"http://{host}:{port}/v1")
