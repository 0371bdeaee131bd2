"""Approvals, mails and nested executions: what they return for the engine to write."""

from __future__ import annotations

from typing import Any

import pytest

from runner.integrations.interface import (
    Failed,
    OpenApproval,
    SendMail,
    StartChild,
    Submitted,
    Succeeded,
)

from .ports import Desk

ASK = "arn:cuelight:states:::approval:request"
MAIL = "arn:cuelight:states:::email:send"
START = "arn:aws:states:::states:startExecution"
MACHINE = "arn:aws:states:us-east-1:000000000001:stateMachine:other"


@pytest.fixture
def desk() -> Desk:
    """Nothing here goes out."""
    return Desk(outbound=None)


async def approval_of(desk: Desk, arguments: dict[str, Any]) -> OpenApproval:
    outcome = await desk.start(ASK, {"Question": "Go?", "Approvers": ["a@example.org"], **arguments})
    assert isinstance(outcome, Submitted)
    assert isinstance(outcome.effect, OpenApproval)
    assert outcome.deadline_seconds == outcome.effect.expires_in_seconds
    return outcome.effect


async def test_an_approval_has_sensible_defaults(desk: Desk) -> None:
    approval = await approval_of(desk, {})
    assert approval.expires_in_seconds == 259_200
    assert [choice["Value"] for choice in approval.choices] == ["approve", "reject"]
    assert (approval.comment, approval.votes_needed, approval.requester_may_decide) == ("optional", 1, True)


async def test_an_approval_says_all_that_the_state_says(desk: Desk) -> None:
    approval = await approval_of(
        desk,
        {
            "Details": {"Title A": "Bees"},
            "Approvers": ["a@example.org", "group:Editors", "a@example.org"],
            "Choices": [{"Value": "A", "Label": "Title A"}, {"Value": "Again", "Style": "plain"}],
            "Fields": [{"Name": "title", "Type": "text"}],
            "Comment": "required",
            "ExpiresInSeconds": 60,
            "VotesNeeded": 2,
            "RequesterMayDecide": False,
        },
    )
    assert approval == OpenApproval(
        question="Go?",
        details={"Title A": "Bees"},
        approvers=("a@example.org", "group:Editors"),
        choices=(
            {"Value": "A", "Label": "Title A", "Style": "primary"},
            {"Value": "Again", "Label": "Again", "Style": "plain"},
        ),
        fields=({"Name": "title", "Type": "text"},),
        comment="required",
        expires_in_seconds=60,
        votes_needed=2,
        requester_may_decide=False,
    )


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"Question": ""}, '"Question" is required'),
        ({"Approvers": []}, "at least one person"),
        ({"Approvers": [3]}, "must be a list of strings"),
        ({"Choices": []}, "at least one choice"),
        ({"Choices": [{"Label": "x"}]}, '"Choices[0].Value"'),
        ({"Choices": [{"Value": "a"}, {"Value": "a"}]}, "must differ"),
        ({"Choices": [{"Value": "a", "Style": "loud"}]}, "must be one of primary"),
        ({"Comment": "maybe"}, '"Comment" must be one of'),
        ({"ExpiresInSeconds": 0}, '"ExpiresInSeconds" must be a number'),
        ({"VotesNeeded": 2}, "2 votes of 1 people"),
        ({"Fields": [{"Type": "text"}]}, '"Fields[0].Name"'),
    ],
)
async def test_an_approval_that_nobody_could_decide_is_refused(
    desk: Desk, arguments: dict[str, Any], reason: str
) -> None:
    outcome = await desk.start(ASK, {"Question": "Go?", "Approvers": ["a@example.org"], **arguments})
    assert isinstance(outcome, Failed)
    assert outcome.error == "States.Runtime"
    assert reason in outcome.cause


async def test_a_mail_is_left_to_the_engine(desk: Desk) -> None:
    arguments = {"To": ["a@example.org", "b@example.org"], "Subject": "Done", "Text": "It is.", "Html": "<p>"}
    outcome = await desk.start(MAIL, arguments)
    assert isinstance(outcome, Succeeded)
    assert outcome.output == {"To": ["a@example.org", "b@example.org"], "Subject": "Done"}
    assert outcome.effect == SendMail(("a@example.org", "b@example.org"), "Done", "It is.", "<p>")


async def test_a_mail_may_carry_a_token_and_wait(desk: Desk) -> None:
    outcome = await desk.start(f"{MAIL}.waitForTaskToken", {"To": "a@b.c", "Subject": "s", "Text": "t"})
    assert isinstance(outcome, Submitted)
    assert isinstance(outcome.effect, SendMail)


@pytest.mark.parametrize(
    "arguments",
    [
        {"To": [], "Subject": "s", "Text": "t"},
        {"To": ["nobody"], "Subject": "s", "Text": "t"},
        {"To": ["a@b.c\r\nBcc: x@y.z"], "Subject": "s", "Text": "t"},
        {"To": ["a@b.c"], "Subject": "s\nBcc: x@y.z", "Text": "t"},
        {"To": ["a@b.c"], "Subject": "s"},
        {"To": [f"a{number}@b.c" for number in range(101)], "Subject": "s", "Text": "t"},
    ],
)
async def test_a_mail_that_no_server_should_send_is_refused(desk: Desk, arguments: dict[str, Any]) -> None:
    outcome = await desk.start(MAIL, arguments)
    assert isinstance(outcome, Failed)
    assert outcome.error == "States.Runtime"


@pytest.mark.parametrize(
    ("suffix", "wait_for_end", "parsed_output", "waits_for_token"),
    [
        ("", False, False, False),
        (".sync", True, False, False),
        (".sync:2", True, True, False),
        (".waitForTaskToken", False, False, True),
    ],
)
async def test_a_child_is_left_to_the_engine(
    desk: Desk, suffix: str, wait_for_end: bool, parsed_output: bool, waits_for_token: bool
) -> None:
    outcome = await desk.start(START + suffix, {"StateMachineArn": MACHINE, "Name": "one", "Input": {"x": 1}})
    assert isinstance(outcome, Submitted)
    assert outcome.effect == StartChild(
        MACHINE, "one", {"x": 1}, wait_for_end, parsed_output, waits_for_token
    )


@pytest.mark.parametrize("arguments", [{}, {"StateMachineArn": MACHINE, "Name": "a b"}])
async def test_a_child_that_could_not_be_named_is_refused(desk: Desk, arguments: dict[str, Any]) -> None:
    outcome = await desk.start(START, arguments)
    assert isinstance(outcome, Failed)
    assert outcome.error == "States.Runtime"
