"""People of a running server who have access keys: of another workspace, and of each role."""

from __future__ import annotations

import json
from typing import NamedTuple

from people.rights import Role
from tests.support.aws import Client, client_of
from tests.support.server import Server

# Runs inside the installation: there is no address that makes people.
_MAKE = """
import json, secrets
from people.models import Membership, User, Workspace
from people.tokens import make_access_key
slug, role, number = {slug!r}, {role!r}, {number!r}
if number is None:
    workspace = Workspace.objects.get(slug="main")
else:
    workspace, _ = Workspace.objects.get_or_create(slug=slug, defaults=dict(number=number, name=slug))
user = User.objects.create_user(slug + "-" + secrets.token_hex(4), password=secrets.token_hex(16))
Membership.objects.create(workspace=workspace, user=user, role=role)
key, secret = make_access_key(user, workspace, "for a test")
print(json.dumps([key.access_key_id, secret]))
"""


class KeyPair(NamedTuple):
    access_key_id: str
    secret: str

    def client(self, server: Server) -> Client:
        """Return a client that signs with this pair."""
        return client_of(server, aws_access_key_id=self.access_key_id, aws_secret_access_key=self.secret)


def colleague(server: Server, role: Role | str) -> KeyPair:
    """Return the key pair of somebody new in the first workspace."""
    return _made(server, slug="colleague", role=Role(role).value, number=None)


def stranger(server: Server, number: str = "210987654321") -> KeyPair:
    """Return the key pair of an owner of another workspace."""
    return _made(server, slug=f"others-{number}", role="owner", number=number)


def withdraw(server: Server, key: KeyPair) -> None:
    """Make a key pair worthless."""
    find = f"AccessKey.objects.get(access_key_id={key.access_key_id!r})"
    _shell(server, f"from people.models import AccessKey; {find}.delete()")


def _made(server: Server, **parts: str | None) -> KeyPair:
    return KeyPair(*json.loads(_shell(server, _MAKE.format(**parts)).strip().splitlines()[-1]))


def _shell(server: Server, code: str) -> str:
    return server.manage("shell", "-v", "0", "-c", code)
