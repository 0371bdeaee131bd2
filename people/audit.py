"""The audit log: who did what, when, from where."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from .models import AuditEntry, Workspace


def record(
    actor: str,
    action: str,
    subject: str = "",
    *,
    workspace: Workspace | int | None = None,
    address: str = "",
    **details: Any,
) -> None:
    """Write one entry. `details` must hold no secret and no payload."""
    AuditEntry.objects.create(
        workspace_id=workspace if isinstance(workspace, int) else workspace.pk if workspace else None,
        at=timezone.now(),
        actor=actor[:200],
        action=action,
        subject=subject[:255],
        address=address[:45],
        details=details,
    )
