"""What people do with versions and aliases in the studio; each of it is in the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from designer.models import Workflow
from people import audit
from runner import aliases
from runner.models import Alias, Version


def note(workflow: Workflow, version: Version, text: str, by: str) -> Version:
    """Write what people call a version; what it runs never changes."""
    with transaction.atomic():
        Version.objects.filter(pk=version.pk).update(description=text)
        _record(by, "version noted", workflow, version=version.number)
    version.description = text
    return version


def make_alias(
    workflow: Workflow, name: str, description: str, routing: Sequence[aliases.Share], by: str
) -> Alias:
    """Make an alias; raises as `aliases.create` does."""
    with transaction.atomic():
        made = aliases.create(workflow.state_machine, name, description, routing)
        _record(by, "alias made", workflow, alias=name, routes=_told(routing))
    return made


def change_alias(
    workflow: Workflow,
    alias: Alias,
    *,
    description: str | None,
    routing: Sequence[aliases.Share] | None,
    by: str,
) -> None:
    """Point an alias elsewhere or describe it; raises as `aliases.change` does."""
    with transaction.atomic():
        aliases.change(alias, description=description, routing=routing)
        told: dict[str, Any] = {} if routing is None else {"routes": _told(routing)}
        _record(by, "alias changed", workflow, alias=alias.name, **told)


def delete_alias(workflow: Workflow, name: str, by: str) -> bool:
    """Remove an alias and say whether there was one."""
    with transaction.atomic():
        deleted = aliases.delete(workflow.state_machine, name)
        if deleted:
            _record(by, "alias deleted", workflow, alias=name)
    return deleted


def _told(routing: Sequence[aliases.Share]) -> str:
    return ", ".join(f"{share.weight} % version {share.version.number}" for share in routing)


def _record(by: str, action: str, workflow: Workflow, **details: Any) -> None:
    audit.record(by, action, workflow.state_machine.name, workspace=workflow.workspace_id, **details)
