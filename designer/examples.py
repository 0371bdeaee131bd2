"""Puts the examples into the first workspace, published and ready to run."""

from __future__ import annotations

import hashlib

from django.db import transaction

from designer import drafts, publishing
from designer.models import Workflow
from designer.templates import Template, templates
from people import audit
from people.models import AuditEntry, Membership, Workspace
from people.rights import Role
from runner.models import StateMachine

LOADED = "example loaded"
# Made on the first start; all the others are found in the gallery.
FIRST = frozenset({"hello-approval", "prompt-chain", "title-chooser"})


def load_examples() -> list[str]:
    """Make or refresh the examples and return the names of those that changed.

    One that a person changed, renamed or deleted is left as it is.
    """
    workspace = Workspace.objects.order_by("pk").first()
    if workspace is None:
        return []
    return [each.name for each in templates() if each.slug in FIRST and _load(workspace, each)]


def digest_of(definition: str) -> str:
    """Return what is kept of a definition that was loaded, to tell a person's change from it."""
    return hashlib.sha256(definition.encode()).hexdigest()


def _load(workspace: Workspace, template: Template) -> bool:
    digest = digest_of(template.definition)
    existing = Workflow.objects.filter(workspace=workspace, example=template.slug)
    workflow = existing.select_related("state_machine__workspace").first()
    with transaction.atomic():
        if workflow is None:
            if AuditEntry.objects.filter(workspace=workspace, action=LOADED, subject=template.slug).exists():
                return False  # somebody deleted it
            if StateMachine.objects.filter(workspace=workspace, name=template.name).exists():
                return False  # somebody's own workflow has the name
            owner = (
                Membership.objects.filter(workspace=workspace, role=Role.OWNER).select_related("user").first()
            )
            workflow = drafts.create(
                workspace,
                template.name,
                owner=owner.user if owner else None,
                description=template.description,
                definition=template.definition,
                layout=template.layout,
            )
            Workflow.objects.filter(pk=workflow.pk).update(example=template.slug, example_hash=digest)
            audit.record("", LOADED, template.slug, workspace=workspace)
        elif workflow.example_hash == digest or _was_changed(workflow):
            return False
        else:
            change = drafts.Change(template.definition, template.layout)
            drafts.save(workflow, workflow.draft_revision, change, "")
            Workflow.objects.filter(pk=workflow.pk).update(example_hash=digest)
            workflow.refresh_from_db()
        publishing.publish(workflow, workflow.draft_revision, "The example as it comes", "")
    return True


def _was_changed(workflow: Workflow) -> bool:
    return digest_of(workflow.draft_definition) != workflow.example_hash
