"""From a draft to what runs: published, or tried out as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from asl.errors import Diagnostic
from designer.drafts import stale
from designer.judging import judge
from designer.models import RevisionLayout, Workflow
from designer.trials import Trial
from people import audit
from people.access import Actor
from people.rights import Right, require
from runner import engine, state_machines
from runner.models import Revision, Version


class CannotRun(Exception):
    """The definition has errors; all diagnostics are told, warnings too."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        count = len(state_machines.errors_among(diagnostics))
        super().__init__(f"The definition has {count} {'error' if count == 1 else 'errors'}.")
        self.diagnostics = tuple(diagnostics)


class NothingPublished(Exception):
    """There is a draft only."""


class NoSuchTarget(Exception):
    """The workflow has no version, or no alias, of this name; `field` says which was asked for."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


def diagnostics_of(workflow: Workflow) -> list[Diagnostic]:
    """Return what is wrong with the draft."""
    return judge(workflow.draft_definition, workflow.state_machine.type)


def revision_of_trial(workflow: Workflow, trial: Trial, by: str) -> Revision:
    """Return a revision that runs a part of the draft; what is wrong elsewhere is no matter."""
    kind = workflow.state_machine.type
    _refuse_errors(trial.definition, state_machines.diagnose(trial.definition, kind))
    with transaction.atomic():
        machine = workflow.state_machine
        revision = state_machines.draft_revision(machine, trial.definition, by, trial.as_kept)
        _keep_layout(revision, workflow)
    return revision


def names_connection(workflow: Workflow) -> bool:
    """Say whether the draft names stored credentials, so that the right to use them is needed to run it."""
    return state_machines.names_connection(workflow.draft_definition)


def publish(workflow: Workflow, made_from: int, description: str, by: str) -> Version:
    """Make the draft the current revision and give it a version; raises `CannotRun` or `StaleDraft`."""
    if workflow.draft_revision != made_from:
        raise stale(workflow)
    _refuse_errors(workflow.draft_definition, diagnostics_of(workflow))
    with transaction.atomic():
        # What was checked is what is published: nobody saves while this transaction holds the row.
        held = Workflow.objects.select_for_update(no_key=True).filter(
            pk=workflow.pk, draft_revision=made_from
        )
        if not held.exists():
            raise stale(workflow)
        revision = state_machines.publish_revision(workflow.state_machine, workflow.draft_definition, by)
        _keep_layout(revision, workflow)
        version = state_machines.publish_version(revision, description, by)
        audit.record(
            by,
            "workflow published",
            workflow.state_machine.name,
            workspace=workflow.workspace_id,
            version=version.number,
        )
    return version


def revision_of_draft(workflow: Workflow, by: str) -> Revision:
    """Return a revision that runs the draft as it stands; raises `CannotRun`."""
    _refuse_errors(workflow.draft_definition, diagnostics_of(workflow))
    with transaction.atomic():
        revision = state_machines.draft_revision(workflow.state_machine, workflow.draft_definition, by)
        _keep_layout(revision, workflow)
    return revision


def start(
    workflow: Workflow,
    actor: Actor,
    *,
    input_text: str,
    name: str | None,
    of_draft: bool,
    trial: Trial | None = None,
    version: int | None = None,
    alias: str | None = None,
) -> engine.Started:
    """Start an execution of what is published, of the draft as it stands, or of a trial of it.

    Of what is published the newest runs, unless a version or an alias is named. Raises `CannotRun`,
    `NothingPublished`, `NoSuchTarget`, `NotPermitted` and the engine's `ExecutionAlreadyExists`.
    """
    if of_draft:
        require(actor, Right.EDIT, actor.workspace)
        text = workflow.draft_definition if trial is None else trial.definition
        if state_machines.names_connection(text):
            require(actor, Right.USE_CONNECTION, actor.workspace)
        if trial is None:
            revision = revision_of_draft(workflow, actor.name)
        else:
            revision = revision_of_trial(workflow, trial, actor.name)
        target = state_machines.Target(workflow.state_machine, revision, None)
    else:
        target = _published(workflow, version, alias)
    if target.revision is None:
        raise NothingPublished
    return engine.start_execution(
        revision=target.revision,
        input_text=input_text,
        name=name,
        actor_name=actor.name,
        version_id=target.version.pk if target.version else None,
        alias_name=target.alias.name if target.alias else "",
    )


def _published(workflow: Workflow, version: int | None, alias: str | None) -> state_machines.Target:
    """Return what was asked for of all that was ever published; raises `NoSuchTarget`."""
    machine = workflow.state_machine
    if version is not None:
        found = state_machines.target_of_version(machine, version)
        if found is None:
            raise NoSuchTarget("version", f"There is no version {version} of this workflow.")
        return found
    if alias is not None:
        found = state_machines.target_of_alias(machine, alias)
        if found is None:
            raise NoSuchTarget("alias", f"There is no alias “{alias}” of this workflow.")
        return found
    current = machine.current_revision
    newest = current.versions.order_by("-number").first() if current else None
    return state_machines.Target(machine, current, newest)


def _refuse_errors(definition: str, diagnostics: Sequence[Diagnostic]) -> None:
    if state_machines.errors_among(diagnostics):
        raise CannotRun(diagnostics)
    # A draft may hold the ${placeholders} of a deployment template; what runs may not.
    if unresolved := state_machines.why_it_cannot_run(definition):
        raise CannotRun([*diagnostics, *unresolved])


def _keep_layout(revision: Revision, workflow: Workflow) -> None:
    """Keep where the states stand; pins are the draft's own, and what a trial used is in its definition."""
    layout = {key: value for key, value in workflow.draft_layout.items() if key != "pins"}
    RevisionLayout.objects.update_or_create(revision=revision, defaults={"layout": layout})
