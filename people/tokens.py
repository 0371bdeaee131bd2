"""API tokens and access keys: made, found, withdrawn."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from . import audit, encryption
from .access import Actor, actor_of_access_key
from .models import AccessKey, ApiToken, User, Workspace
from .rights import Right, holds, require

# A stamp of use is written at most this often: reading must not mean writing.
STAMP_EVERY = timedelta(hours=1)


def digest_of(token: str) -> str:
    """Return what is kept of a token. A token is random, so a plain hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_token(
    user: User,
    workspace: Workspace,
    name: str,
    *,
    rights: Iterable[str] = (),
    expires_at: datetime | None = None,
    token: str | None = None,
) -> tuple[ApiToken, str]:
    """Make a token and return it with its text, which is not kept. Raises ValueError for an unknown right."""
    text = token or "cue_" + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        workspace=workspace,
        name=name,
        digest=digest_of(text),
        hint=text[:8],
        rights=sorted({Right(right).value for right in rights}),
        expires_at=expires_at,
    )
    return row, text


def find_token(text: str, now: datetime | None = None) -> ApiToken | None:
    """Return the valid token with this text; nothing and the empty text never match."""
    if not text:
        return None
    now = now or timezone.now()
    row = ApiToken.objects.select_related("user").filter(digest=digest_of(text)).first()
    if row is None or row.is_expired(now) or not row.user.is_active:
        return None
    if row.last_used_at is None or row.last_used_at < now - STAMP_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    return row


def issue(
    actor: Actor, name: str, *, rights: Iterable[str] = (), expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token for the actor themselves; raises `NotPermitted` for a right that they lack.

    A token made with a token lives in its rights: nobody widens what they were given.
    """
    given = _given(actor, rights)
    made, text = make_token(actor.user, actor.workspace, name, rights=given, expires_at=expires_at)
    audit.record(actor.name, "token made", name, workspace=actor.workspace, rights=made.rights)
    return made, text


def _given(actor: Actor, rights: Iterable[str]) -> list[str]:
    """Return the rights that the actor may hand on; raises `NotPermitted`. None means all of theirs."""
    wanted = [Right(right) for right in rights]
    for right in wanted:
        require(actor, right, actor.workspace)
    if actor.token_name is not None and not wanted:
        wanted = sorted(actor.rights)
    return [right.value for right in wanted]


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """Return the tokens that the actor may see and withdraw: their own, or all for who manages."""
    rows = ApiToken.objects.filter(workspace=actor.workspace).select_related("user").order_by("created_at")
    return rows if holds(actor, Right.MANAGE, actor.workspace) else rows.filter(user=actor.user)


def withdraw(actor: Actor, token: ApiToken) -> None:
    """Make a token worthless; the caller found it in `tokens_of`."""
    audit.record(actor.name, "token withdrawn", token.name, workspace=actor.workspace)
    token.delete()


def make_access_key(
    user: User,
    workspace: Workspace,
    name: str,
    *,
    rights: Iterable[str] = (),
    access_key_id: str | None = None,
    secret: str | None = None,
) -> tuple[AccessKey, str]:
    """Make an access key pair and return it with its secret, which is kept encrypted only."""
    secret = secret or secrets.token_urlsafe(30)
    row = AccessKey.objects.create(
        user=user,
        workspace=workspace,
        name=name,
        access_key_id=access_key_id or "CUEL" + secrets.token_hex(8).upper(),
        secret=encryption.encrypt(secret),
        rights=sorted(Right(right).value for right in rights),
    )
    return row, secret


def issue_access_key(actor: Actor, name: str, *, rights: Iterable[str] = ()) -> tuple[AccessKey, str]:
    """Make an access key pair for the actor themselves, as `issue` makes a token."""
    made, secret = make_access_key(actor.user, actor.workspace, name, rights=_given(actor, rights))
    audit.record(actor.name, "access key made", name, workspace=actor.workspace, rights=made.rights)
    return made, secret


def access_keys_of(actor: Actor) -> QuerySet[AccessKey]:
    """Return the access keys that the actor may see and withdraw: their own, or all for who manages."""
    rows = AccessKey.objects.filter(workspace=actor.workspace).select_related("user").order_by("created_at")
    return rows if holds(actor, Right.MANAGE, actor.workspace) else rows.filter(user=actor.user)


def withdraw_access_key(actor: Actor, key: AccessKey) -> None:
    """Make an access key worthless; the caller found it in `access_keys_of`."""
    audit.record(actor.name, "access key withdrawn", key.name, workspace=actor.workspace)
    key.delete()


def secret_of(key: AccessKey) -> str:
    """Return the secret with which requests of this key are signed."""
    return encryption.decrypt(key.secret)


def use_access_key(access_key_id: str, now: datetime | None = None) -> tuple[Actor, str] | None:
    """Return who a key stands for, and the secret that its requests are signed with; None for no such key."""
    key = AccessKey.objects.select_related("user").filter(access_key_id=access_key_id).first()
    actor = actor_of_access_key(key) if key is not None else None
    if key is None or actor is None:
        return None
    now = now or timezone.now()
    if key.last_used_at is None or key.last_used_at < now - STAMP_EVERY:
        AccessKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return actor, secret_of(key)
