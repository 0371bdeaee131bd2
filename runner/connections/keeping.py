"""Connections are made, changed and removed here, and only by whom may manage the workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from people import audit
from people.access import Actor
from people.rights import Right, require
from runner.models import Connection
from runner.outbound.errors import BadUrl
from runner.outbound.gate import HostPort

from .builtin import BUILTIN_NAMES
from .resolve import seal

# What each kind of proof is made of; a name in brackets may be left out.
SECRET_KEYS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "none": (frozenset(), frozenset()),
    "bearer": (frozenset({"token"}), frozenset()),
    "basic": (frozenset({"username"}), frozenset({"password"})),
    "api_key": (frozenset({"header", "value"}), frozenset()),
    "oauth": (frozenset({"client_id", "client_secret"}), frozenset()),  # settings: token_url, scope
    "aws": (frozenset({"access_key_id", "secret_access_key"}), frozenset({"session_token"})),
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\Z")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z")
_LOOKS_SECRET = re.compile(r"authorization|secret|password|token|api[-_]?key|cookie", re.IGNORECASE)


class InvalidConnection(Exception):
    """What is wrong, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {said}" for name, said in errors.items()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Wanted:
    """A connection as somebody wants it. `secret` None keeps what is stored; {} removes it."""

    name: str
    kind: str
    base_url: str = ""
    hosts: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    auth_type: str = "none"
    secret: Mapping[str, str] | None = None


def create(actor: Actor, wanted: Wanted) -> Connection:
    """Make a connection; raises `NotPermitted` and `InvalidConnection`."""
    require(actor, Right.MANAGE, actor.workspace)
    _check(wanted, has_secret=False)
    row = Connection(workspace=actor.workspace, created_by=actor.name)
    return _write(actor, row, wanted, "connection made")


def change(actor: Actor, row: Connection, wanted: Wanted) -> Connection:
    """Change a connection; raises `NotPermitted` and `InvalidConnection`.

    A stored secret is not carried to other hosts: whoever changes where it goes gives it again, or
    an editor of the connection could have it sent to a server of their own.
    """
    require(actor, Right.MANAGE, row.workspace_id)
    _check(wanted, has_secret=row.has_secret)
    goes_elsewhere = _hosts(row.base_url, row.hosts) != _hosts(wanted.base_url, wanted.hosts) or (
        row.settings.get("token_url") != wanted.settings.get("token_url")
    )
    other_proof = row.auth_type != wanted.auth_type
    if row.has_secret and wanted.secret is None and (goes_elsewhere or other_proof):
        raise InvalidConnection(
            {"secret": "The hosts or the kind of secret change, so give the secret again."}
        )
    return _write(actor, row, wanted, "connection changed")


def remove(actor: Actor, row: Connection) -> None:
    """Forget a connection and its secret."""
    require(actor, Right.MANAGE, row.workspace_id)
    audit.record(actor.name, "connection removed", row.name, workspace=row.workspace_id)
    row.delete()


def _write(actor: Actor, row: Connection, wanted: Wanted, action: str) -> Connection:
    row.name, row.kind, row.base_url = wanted.name, wanted.kind, wanted.base_url
    row.hosts, row.settings, row.auth_type = list(wanted.hosts), dict(wanted.settings), wanted.auth_type
    if wanted.secret is not None:
        row.secret = seal(wanted.secret)
    row.status, row.status_detail, row.checked_at = Connection.Status.UNKNOWN, "", None
    try:
        with transaction.atomic():
            row.save()
            audit.record(
                actor.name,
                action,
                row.name,
                workspace=row.workspace_id,
                hosts=row.hosts or [row.base_url],
                new_secret=bool(wanted.secret),
            )
    except IntegrityError:
        raise InvalidConnection({"name": f"There is a connection named “{wanted.name}” already."}) from None
    return row


def _check(wanted: Wanted, *, has_secret: bool) -> None:
    errors: dict[str, str] = {}
    if not _NAME.match(wanted.name):
        errors["name"] = "Letters, digits, - and _ make a name, at most 80 of them."
    elif wanted.name in BUILTIN_NAMES:
        errors["name"] = f"“{wanted.name}” is built in."
    if wanted.kind not in Connection.Kind.values:
        errors["kind"] = f"The kind is one of {', '.join(Connection.Kind.values)}."
    if wanted.base_url:
        if said := _wrong_url(wanted.base_url):
            errors["base_url"] = said
    elif wanted.kind == Connection.Kind.OPENAI:
        errors["base_url"] = "Give the address below which /chat/completions is found."
    elif wanted.kind == Connection.Kind.HTTP and not wanted.hosts:
        errors["hosts"] = "Give a base URL, or the hosts it may be used against, as host:port."
    for host in wanted.hosts:
        try:
            HostPort.parse(host)
        except BadUrl as error:
            errors["hosts"] = str(error)
    if said := _wrong_secret(wanted, has_secret=has_secret):
        errors["secret"] = said
    if said := _wrong_settings(wanted):
        errors["settings"] = said
    if errors:
        raise InvalidConnection(errors)


def _wrong_url(url: str) -> str:
    try:
        HostPort.of_url(url)
    except BadUrl as error:
        return str(error)
    parts = urlsplit(url)
    return "A base URL has neither a query nor a fragment." if parts.query or parts.fragment else ""


def _wrong_secret(wanted: Wanted, *, has_secret: bool) -> str:
    known = SECRET_KEYS.get(wanted.auth_type)
    if known is None:
        return f"The kind of secret is one of {', '.join(SECRET_KEYS)}."
    needed, optional = known
    if wanted.secret is None:
        return "" if has_secret or not needed else f"Give {_listed(needed)}."
    given = {name for name, value in wanted.secret.items() if value}
    if missing := needed - given:
        return f"Give {_listed(missing)}."
    if surplus := set(wanted.secret) - needed - optional:
        return f"A secret of this kind has no {_listed(surplus)}."
    if not all(isinstance(value, str) for value in wanted.secret.values()):
        return "Each part of a secret is text."
    if any("\n" in value or "\r" in value for value in wanted.secret.values()):
        return "A secret is a single line."
    if "header" in wanted.secret and not _HEADER.match(wanted.secret["header"]):
        return "This is not the name of a header."
    return ""


def _wrong_settings(wanted: Wanted) -> str:
    """Settings are shown to everybody who may see the connection, so no secret belongs into them."""
    settings = wanted.settings
    if wanted.auth_type == "oauth" and (said := _wrong_url(str(settings.get("token_url") or ""))):
        return f"token_url: {said}"
    headers = settings.get("headers", {})
    if not isinstance(headers, Mapping):
        return "Headers are an object of names and values."
    for name, value in headers.items():
        if not _HEADER.match(str(name)) or not isinstance(value, str) or "\n" in value or "\r" in value:
            return f"“{name}” is not a header that can be sent."
        if _LOOKS_SECRET.search(str(name)):
            return f"“{name}” belongs into the secret: settings are shown."
    return ""


def _hosts(base_url: str, hosts: list[str] | tuple[str, ...]) -> frozenset[str]:
    own = {str(HostPort.of_url(base_url))} if base_url else set()
    return frozenset({str(HostPort.parse(host)) for host in hosts} or own)


def _listed(names: frozenset[str] | set[str]) -> str:
    return " and ".join(sorted(names))
