"""The first start: a workspace, its owner and credentials, made once and told once."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from . import audit
from .models import Membership, User, Workspace
from .rights import Role
from .tokens import make_access_key, make_token

# The number that Amazon's own documentation uses for an account.
FIRST_WORKSPACE_NUMBER = "123456789012"


@dataclass(frozen=True, slots=True)
class FirstCredentials:
    """What the first start made, as text to print once."""

    path: Path
    text: str


def ensure_first_workspace() -> FirstCredentials | None:
    """Make workspace, admin and credentials on the first start; None when they exist already."""
    if Workspace.objects.exists():
        return None
    try:
        with transaction.atomic():
            lines = _make()
    except IntegrityError:
        return None  # another process started at the same moment and was first
    text = "\n".join(lines) + "\n"
    path = _write(text)
    return FirstCredentials(path, text)


def _make() -> list[str]:
    password = _set("CUELIGHT_ADMIN_PASSWORD") or secrets.token_urlsafe(12)
    workspace = Workspace.objects.create(
        number=FIRST_WORKSPACE_NUMBER,
        name=_set("CUELIGHT_WORKSPACE_NAME") or "My workspace",
        slug="main",
    )
    admin = User.objects.create_superuser(
        "admin", _set("CUELIGHT_ADMIN_EMAIL") or "admin@localhost", password
    )
    Membership.objects.create(workspace=workspace, user=admin, role=Role.OWNER)
    _, token = make_token(admin, workspace, "first", token=_set("CUELIGHT_API_TOKEN") or None)
    key, secret = make_access_key(
        admin,
        workspace,
        "first",
        access_key_id=_set("CUELIGHT_ACCESS_KEY_ID") or None,
        secret=_set("CUELIGHT_SECRET_ACCESS_KEY") or None,
    )
    audit.record("system", "first start", workspace=workspace)
    return [
        f"address            {getattr(settings, 'CUELIGHT_BASE_URL', '')}",
        "user               admin",
        f"password           {password}",
        f"API token          {token}",
        f"access key id      {key.access_key_id}",
        f"secret access key  {secret}",
    ]


def _set(name: str) -> str:
    """Return a setting that may come from the environment, or an empty text."""
    return str(getattr(settings, name, "") or "")


def _write(text: str) -> Path:
    """Write the file so that it never exists with more than its owner's right to read it."""
    folder = Path(getattr(settings, "CUELIGHT_VAR", Path(settings.BASE_DIR) / "var"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "credentials.txt"
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    return path
