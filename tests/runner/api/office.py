"""A workspace in use: a person for each role with a token, and one of everything that the API shows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from rest_framework.test import APIClient

from asl.interpreter import events as ev
from designer import drafts, publishing
from designer.models import Workflow
from people.access import Actor, actor_of_user
from people.models import AccessKey, ApiToken, Membership, User, Workspace
from people.rights import Role
from people.tokens import make_access_key, make_token
from runner import aliases, engine
from runner.connections import keeping
from runner.integrations.interface import OpenApproval
from runner.models import Activity, Approval, Connection, Execution, Mail, MapRun
from runner.operations import Deliver, Handed, TakeActivity
from runner.writer import submit
from tests.runner.engine.conftest import World

PASS: dict[str, Any] = {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": True}}}
WAIT: dict[str, Any] = {
    "StartAt": "Rest",
    "States": {"Rest": {"Type": "Wait", "Seconds": 3600, "End": True}},
}
ASK: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "Ask",
    "States": {
        "Ask": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::approval:request",
            "Arguments": {"Question": "Go?", "Approvers": ["jonas@example.org"]},
            "End": True,
        }
    },
}
CHOICES: tuple[dict[str, str], ...] = (
    {"Value": "approve", "Label": "Approve", "Style": "primary"},
    {"Value": "reject", "Label": "Reject", "Style": "danger", "Description": "secret words"},
)


@dataclass
class Office:
    """One workspace; every name in it begins with its slug, so that a leak can be told."""

    workspace: Workspace
    tokens: dict[Role, ApiToken] = field(default_factory=dict)
    clients: dict[Role, APIClient] = field(default_factory=dict)

    def person(self, role: Role) -> User:
        return User.objects.get(username=f"{self.workspace.slug}-{role.value}")

    def actor(self, role: Role = Role.OWNER) -> Actor:
        actor = actor_of_user(self.person(role), self.workspace.pk)
        assert actor is not None
        return actor

    def __getitem__(self, role: Role) -> APIClient:
        return self.clients[role]

    @property
    def owner(self) -> APIClient:
        return self.clients[Role.OWNER]

    def workflow(self, name: str, definition: dict[str, Any], *, published: bool = True) -> Workflow:
        made = drafts.create(
            self.workspace,
            f"{self.workspace.slug}-{name}",
            owner=self.person(Role.OWNER),
            description=f"{self.workspace.slug} {name}",
            definition=json.dumps(definition),
        )
        if published:
            publishing.publish(made, made.draft_revision, "", self.actor().name)
        return made

    def run(self, workflow: Workflow, value: Any = None, name: str | None = None) -> Execution:
        started = publishing.start(
            workflow, self.actor(), input_text=json.dumps(value or {}), name=name, of_draft=False
        )
        return Execution.objects.get(pk=started.execution_id)

    def ask(self, workflow: Workflow, *approvers: str, **changes: Any) -> Approval:
        """Run a workflow that asks, and open its approval as the integration would."""
        execution = self.run(workflow)
        world = World(self.workspace)
        world.pull()
        claimed = world.claim_of("Ask")
        assert claimed.execution_id == execution.pk
        values: dict[str, Any] = {
            "question": f"{self.workspace.slug}: go?",
            "details": "secret words",
            "approvers": approvers or ("jonas@example.org",),
            "choices": CHOICES,
            "expires_in_seconds": 600.0,
            **changes,
        }
        effect = OpenApproval(**values)
        claim = claimed.claim
        event = ev.TaskSubmitted(
            claim.frame, claim.wait, claimed.attempt, None, deadline_seconds=effect.expires_in_seconds
        )
        world.apply(Deliver(claimed.execution_id, event, claim, effect))
        return Approval.objects.get(execution=execution)


@dataclass
class Furnished:
    """An office with one of everything in it."""

    office: Office
    passes: Workflow
    waits: Workflow
    asks: Workflow
    ended: Execution
    resting: Execution
    approval: Approval
    connection: Connection
    mail: Mail
    token: ApiToken
    access_key: AccessKey
    activity: Activity

    def map_run(self) -> MapRun:
        """Start a distributed Map over two items, whose children wait."""
        processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, **WAIT}
        each = {"Type": "Map", "ItemProcessor": processor, "MaxConcurrency": 1, "End": True}
        name = f"maps-{Workflow.objects.count()}"
        workflow = self.office.workflow(name, {"StartAt": "Each", "States": {"Each": each}})
        return MapRun.objects.get(execution=self.office.run(workflow, ["secret words", 2]))

    def task_token(self) -> str:
        """Start what needs the activity, and return the token that a worker gets."""
        greets = {"Type": "Task", "Resource": self.activity.arn, "End": True}
        name = f"greets-{Workflow.objects.count()}"
        self.office.run(self.office.workflow(name, {"StartAt": "Greet", "States": {"Greet": greets}}))
        handed = submit(TakeActivity(self.office.workspace.pk, self.activity.arn, "worker")).result()
        assert isinstance(handed, Handed)
        return handed.task_token


def open_office(number: str, slug: str) -> Office:
    workspace = Workspace.objects.create(number=number, name=slug.title(), slug=slug)
    office = Office(workspace)
    for role in Role:
        user = User.objects.create_user(
            f"{slug}-{role.value}", f"{role.value}@{slug}.example", password="right horse"
        )
        Membership.objects.create(workspace=workspace, user=user, role=role)
        office.tokens[role], text = make_token(user, workspace, f"{slug}-{role.value}")
        office.clients[role] = APIClient(HTTP_AUTHORIZATION=f"Bearer {text}", raise_request_exception=False)
    return office


def furnish(office: Office) -> Furnished:
    slug = office.workspace.slug
    passes, waits = office.workflow("passes", PASS), office.workflow("waits", WAIT)
    asks = office.workflow("asks", ASK)
    version = passes.state_machine.versions.get()
    aliases.create(passes.state_machine, "live", f"{slug} customers", [aliases.Share(version, 100)])
    approval = office.ask(asks, f"reviewer@{slug}.example", f"operator@{slug}.example")
    wanted = keeping.Wanted(
        name=f"{slug}-crm",
        kind="http",
        base_url="http://127.0.0.1:9",
        auth_type="bearer",
        secret={"token": "secret words"},
    )
    return Furnished(
        office=office,
        passes=passes,
        waits=waits,
        asks=asks,
        ended=office.run(passes, {"said": "secret words"}, f"{slug}-ended"),
        resting=office.run(waits, None, f"{slug}-resting"),
        approval=approval,
        connection=keeping.create(office.actor(), wanted),
        mail=Mail.objects.filter(workspace=office.workspace).order_by("id")[0],
        token=office.tokens[Role.OWNER],
        access_key=make_access_key(office.person(Role.OWNER), office.workspace, f"{slug}-key")[0],
        activity=Activity.objects.create(workspace=office.workspace, name=f"{slug}-greet"),
    )


def stop_all(office: Office) -> None:
    for execution in Execution.objects.filter(workspace=office.workspace, status="RUNNING"):
        engine.stop_execution(execution.pk)
