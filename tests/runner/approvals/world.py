"""A run that waits on a question, made of rows alone; the engine has tests of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from people.access import Actor, actor_of_user
from people.models import Group, Membership, User, Workspace
from people.rights import Role
from runner.approvals import opening, voters
from runner.approvals.tokens import token_of
from runner.approvals.voters import Voter
from runner.integrations.interface import OpenApproval
from runner.models import Approval, Execution, Inbox, Recipient, Revision, StateMachine

APPROVE_OR_REJECT: tuple[dict[str, str], ...] = (
    {"Value": "approve", "Label": "Approve", "Style": "primary"},
    {"Value": "reject", "Label": "Reject", "Style": "danger"},
)
TITLES: tuple[dict[str, str], ...] = (
    {"Value": "a", "Label": "Title A", "Description": "The video is published with this title."},
    {"Value": "b", "Label": "Title B", "Description": "The video is published with this title."},
    {"Value": "again", "Label": "Again", "Description": "You are asked once more, in about a minute."},
)


@dataclass
class Run:
    """A workspace with people in it, and one execution that asks them."""

    now: datetime = field(default_factory=timezone.now)
    workspace: Workspace = field(init=False)
    execution: Execution = field(init=False)
    waits: int = 0

    def __post_init__(self) -> None:
        self.workspace = Workspace.objects.create(
            number="111111111111", name="Northwind Studio", slug="north"
        )
        self.person("maya", "Maya Okafor", Role.OWNER)
        machine = StateMachine.objects.create(workspace=self.workspace, name="title-chooser")
        revision = Revision.objects.create(state_machine=machine, number=1, definition="{}")
        self.execution = Execution.objects.create(
            workspace=self.workspace,
            state_machine=machine,
            revision=revision,
            name="0914",
            input="{}",
            started_at=self.now,
            started_by="maya",
        )

    def person(self, username: str, name: str, role: Role) -> User:
        first, _, last = name.partition(" ")
        user = User.objects.create_user(
            username, f"{username}@example.org", "right horse", first_name=first, last_name=last
        )
        Membership.objects.create(workspace=self.workspace, user=user, role=role)
        return user

    def group(self, name: str, *members: User) -> Group:
        group = Group.objects.create(workspace=self.workspace, name=name)
        group.members.set(members)
        return group

    def ask(self, *approvers: str, **changes: Any) -> Approval:
        """Open an approval as the engine does."""
        self.waits += 1
        values: dict[str, Any] = {
            "question": "Which title for “Harbour at night”?",
            "details": None,
            "approvers": approvers or ("jonas@example.org",),
            "choices": APPROVE_OR_REJECT,
            **changes,
        }
        opening.open_approval(
            self.execution, 0, self.waits, "Choose a title", OpenApproval(**values), self.now
        )
        return Approval.objects.get(execution=self.execution, wait=self.waits)

    def later(self, **lengths: float) -> datetime:
        return self.now + timedelta(**lengths)

    def actor(self, user: User) -> Actor:
        actor = actor_of_user(user, self.workspace.pk)
        assert actor is not None
        return actor

    def posted(self, event: str) -> list[dict[str, Any]]:
        """Return the events of one type that were left for the execution."""
        events = [json.loads(text) for text in Inbox.objects.order_by("id").values_list("event", flat=True)]
        return [told for told in events if told["event"] == event]


def recipient_of(approval: Approval, address: str = "jonas@example.org") -> Recipient:
    return Recipient.objects.select_related("approval", "user").get(approval=approval, address=address)


def link_holder(approval: Approval, address: str = "jonas@example.org") -> Voter:
    return voters.by_link(recipient_of(approval, address))


def page_of(approval: Approval, address: str = "jonas@example.org") -> str:
    return f"/r/{token_of(recipient_of(approval, address))}"
