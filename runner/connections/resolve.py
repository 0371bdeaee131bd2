"""The one function that hands out credentials, whoever asks: an execution, a check, a preview."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channels.db import database_sync_to_async
from django.utils import timezone

from people import encryption
from people.recent import Recent
from people.rights import NotPermitted, Right, require
from runner.integrations import interface
from runner.integrations.interface import ConnectionRefused
from runner.models import Connection as StoredConnection

from .builtin import builtin_connection

if TYPE_CHECKING:
    from people.access import Actor

ARN_PREFIX = "arn:cuelight:states:::connection:"
STAMP_EVERY = timedelta(minutes=15)


def short_name(name_or_arn: str) -> str:
    """Return the name, also when it was given as an ARN."""
    return name_or_arn.removeprefix(ARN_PREFIX)


def resolve(workspace_id: int, name_or_arn: str, *, actor: Actor | None = None) -> interface.Connection:
    """Return the connection, decrypted for one call; raises `ConnectionRefused`.

    1. The name is looked up in this workspace only. 2. Where a person or a program asks (a check, a
    preview) they need the right to use connections here; an execution was started by somebody who
    may run, and carries its workspace. 3. Where the connection may go is checked by `outbound`,
    which gets it with its hosts.
    """
    if actor is not None:
        try:
            require(actor, Right.USE_CONNECTION, workspace_id)
        except NotPermitted as error:
            raise ConnectionRefused(f"You may not use the connection “{short_name(name_or_arn)}”.") from error
    name = short_name(name_or_arn)
    built_in = builtin_connection(name)
    if built_in is not None:
        return built_in
    row = StoredConnection.objects.filter(workspace_id=workspace_id, name=name).first()
    if row is None:
        raise ConnectionRefused(f"This workspace has no connection named “{name}”.")
    return opened(row)


def opened(row: StoredConnection) -> interface.Connection:
    """Return a stored connection with its secret decrypted; raises `ConnectionRefused`."""
    try:
        secret = json.loads(encryption.decrypt(row.secret)) if row.secret else {}
    except encryption.CannotDecrypt as error:
        raise ConnectionRefused(
            f"The secret of the connection “{row.name}” cannot be read: {error}"
        ) from error
    now = timezone.now()
    if row.last_used_at is None or row.last_used_at < now - STAMP_EVERY:
        StoredConnection.objects.filter(pk=row.pk).update(last_used_at=now)
    return interface.Connection(
        name=row.name,
        kind=row.kind,
        base_url=row.base_url or None,
        hosts=tuple(row.hosts),
        secret=secret,
        settings=row.settings,
    )


def seal(secret: Mapping[str, Any]) -> str:
    """Return a secret as it is stored; nothing for an empty one."""
    return encryption.encrypt(json.dumps(dict(secret))) if secret else ""


@dataclass(frozen=True, slots=True)
class WorkspaceSecrets:
    """The `Secrets` port of one execution."""

    workspace_id: int

    async def connection(self, name_or_arn: str) -> interface.Connection:
        built_in = builtin_connection(short_name(name_or_arn))
        if built_in is not None:
            return built_in
        key = (self.workspace_id, name_or_arn)
        known = _opened.get(key)
        if known is not None:
            return known
        found: interface.Connection = await database_sync_to_async(resolve)(self.workspace_id, name_or_arn)
        return _opened.keep(key, found)


# Hundreds of calls a second use the same connection; one that is changed or removed is gone in a second.
_opened: Recent[tuple[int, str], interface.Connection] = Recent()


def secrets_of(workspace_id: int) -> interface.Secrets:
    """Return the port that gives an execution of this workspace its connections."""
    return WorkspaceSecrets(workspace_id)
