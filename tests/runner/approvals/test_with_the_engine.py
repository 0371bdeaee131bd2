"""From the state that asks, over the review page, to the run that goes on."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from asl.interpreter import events as ev
from people.models import Workspace
from runner.approvals.tokens import token_of
from runner.integrations.interface import OpenApproval
from runner.mail.deliver import deliver_due
from runner.models import Approval, Entry, Execution, Recipient
from runner.operations import Claimed, Deliver
from runner.revisions import compiled
from tests.runner.engine.conftest import World

CHOICES: tuple[dict[str, str], ...] = (
    {"Value": "approve", "Label": "Approve", "Style": "primary"},
    {"Value": "reject", "Label": "Reject", "Style": "danger"},
)
ASK: dict[str, Any] = {"Type": "Task", "Resource": "arn:cuelight:states:::approval:request", "End": True}
LATE = {
    **ASK,
    "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Late"}],
}


@pytest.fixture
def world(db: None) -> World:
    compiled.cache_clear()
    return World(Workspace.objects.create(number="123456789012", name="Test", slug="test"))


def asks(world: World, state: str = "Ask", **changes: Any) -> None:
    """Let the claimed attempt of this state open its approval, as the integration would."""
    claimed: Claimed = world.claim_of(state)
    values: dict[str, Any] = {
        "question": "Go?",
        "details": None,
        "approvers": ("jonas@example.org",),
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


def answer(approval: Approval, choice: str) -> int:
    """Answer on the review page and return the status of the answer."""
    recipient = Recipient.objects.select_related("approval").get(approval=approval)
    phone = Client(enforce_csrf_checks=True)
    page = f"/r/{token_of(recipient)}"
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', phone.get(page).content.decode())
    form = {
        "answer": choice,
        "csrfmiddlewaretoken": found[1] if found else phone.cookies.get("csrftoken", ""),
    }
    return phone.post(page, form).status_code


def page_of(approval: Approval) -> str:
    recipient = Recipient.objects.get(approval=approval)
    return Client().get(f"/r/{token_of(recipient)}").content.decode()


def notes_of(execution: Execution) -> list[str]:
    rows = Entry.objects.filter(execution=execution, event_id=None).order_by("seq")
    return [row.type for row in rows if row.type.startswith(("Approval", "Vote"))]


def test_an_answer_on_the_page_lets_the_run_go_on_with_it(world: World) -> None:
    execution = world.start(world.machine({"StartAt": "Ask", "States": {"Ask": ASK}}))
    asks(world)
    assert deliver_due(timezone.now()) == 1
    assert answer(Approval.objects.get(), "reject") == 303
    world.pull()
    execution.refresh_from_db()
    assert execution.status == "SUCCEEDED"
    output = json.loads(execution.output or "")
    assert (output["Choice"], output["DecidedBy"], output["How"]) == (
        "reject",
        "jonas@example.org",
        "mail link",
    )
    assert notes_of(execution) == ["ApprovalRequested", "ApprovalSent", "VoteRecorded"]
    assert Approval.objects.get().status == "DECIDED"


def test_when_the_time_is_over_the_run_takes_the_branch_for_it_and_the_page_says_so(world: World) -> None:
    states = {"Ask": LATE, "Late": {"Type": "Succeed"}}
    execution = world.start(world.machine({"StartAt": "Ask", "States": states}))
    asks(world)
    world.now += timedelta(seconds=601)
    world.pull()
    execution.refresh_from_db()
    assert execution.status == "SUCCEEDED"
    approval = Approval.objects.get()
    assert approval.status == "EXPIRED"
    assert "Too late to answer" in page_of(approval)


def test_a_run_that_is_stopped_withdraws_its_question(world: World) -> None:
    execution = world.start(world.machine({"StartAt": "Ask", "States": {"Ask": ASK}}))
    asks(world)
    world.apply(Deliver(execution.pk, ev.StopRequested("Enough", None)))
    assert Approval.objects.get().status == "WITHDRAWN"
    assert "No answer is needed any more" in page_of(Approval.objects.get())
    assert deliver_due(timezone.now()) == 0


def test_an_operator_who_skips_the_wait_withdraws_its_question(world: World) -> None:
    execution = world.start(world.machine({"StartAt": "Ask", "States": {"Ask": ASK}}))
    asks(world)
    approval = Approval.objects.get()
    world.apply(
        Deliver(execution.pk, ev.WaitActedOn(approval.frame, approval.wait, "skip", "maya", output={}))
    )
    assert Approval.objects.get().status == "WITHDRAWN"


def test_each_iteration_of_a_map_asks_for_itself(world: World) -> None:
    machine = {
        "StartAt": "Each",
        "States": {
            "Each": {
                "Type": "Map",
                "ItemsPath": "$.items",
                "ItemProcessor": {"StartAt": "Ask", "States": {"Ask": ASK}},
                "End": True,
            }
        },
    }
    execution = world.start(world.machine(machine), {"items": ["a", "b", "c"]})
    for name in ("a", "b", "c"):
        asks(world, question=f"Publish {name}?")
    approvals = {approval.question: approval for approval in Approval.objects.all()}
    assert answer(approvals["Publish c?"], "approve") == 303
    assert answer(approvals["Publish a?"], "reject") == 303
    world.pull()
    execution.refresh_from_db()
    assert execution.status == "RUNNING"
    assert answer(approvals["Publish b?"], "approve") == 303
    world.pull()
    execution.refresh_from_db()
    assert execution.status == "SUCCEEDED"
    assert [item["Choice"] for item in json.loads(execution.output or "")] == ["reject", "approve", "approve"]


def test_a_branch_that_fails_withdraws_the_question_of_its_sibling(world: World) -> None:
    branches = [
        {"StartAt": "Ask", "States": {"Ask": ASK}},
        {"StartAt": "Work", "States": {"Work": {**ASK, "Resource": "arn:aws:states:::lambda:invoke"}}},
    ]
    both = {"Type": "Parallel", "Branches": branches, "End": True}
    execution = world.start(world.machine({"StartAt": "Both", "States": {"Both": both}}))
    asks(world)
    world.fail(world.claim_of("Work"))
    execution.refresh_from_db()
    assert execution.status == "FAILED"
    assert Approval.objects.get().status == "WITHDRAWN"
