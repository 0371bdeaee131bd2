from typing import Any

import pytest

from people.models import AuditEntry
from people.rights import Role
from runner.approvals import voters
from runner.approvals.decide import (
    AlreadyDecided,
    AlreadyVoted,
    Counted,
    Decided,
    DecisionResult,
    Invalid,
    NotAllowed,
    Over,
    decide,
)
from runner.models import Approval, Vote

from .world import TITLES, Run, link_holder, recipient_of

JONAS, ANA, LEE = "jonas@example.org", "ana@example.org", "lee@example.org"


def answer(
    run: Run, approval: Approval, address: str = JONAS, choice: str = "approve", **given: Any
) -> DecisionResult:
    given.setdefault("now", run.later(hours=1))
    return decide(approval, voter=link_holder(approval, address), choice=choice, how=voters.BY_LINK, **given)


def test_an_answer_decides_and_the_run_is_told_in_the_same_transaction(run: Run) -> None:
    approval = run.ask()
    result = answer(run, approval, comment="  Fine.  ")
    assert isinstance(result, Decided)
    assert result.decision.choice == "approve"
    approval.refresh_from_db()
    assert approval.status == "DECIDED"
    [told] = run.posted("TaskSucceeded")
    assert (told["frame"], told["wait"], told["attempt"]) == (approval.frame, approval.wait, None)
    assert told["output"] == {
        "Choice": "approve",
        "Label": "Approve",
        "Comment": "Fine.",
        "Fields": {},
        "DecidedBy": JONAS,
        "DecidedAt": run.later(hours=1).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "How": "mail link",
        "Approval": str(approval.key),
    }
    [note] = run.posted("NoteAdded")
    assert note["type"] == "VoteRecorded"
    assert note["details"]["by"] == JONAS


def test_the_first_decision_wins_and_a_later_one_hears_who_and_when(run: Run) -> None:
    approval = run.ask(JONAS, ANA)
    first = answer(run, approval, JONAS, "approve")
    second = answer(run, approval, ANA, "reject", now=run.later(hours=2))
    assert isinstance(first, Decided)
    assert second == AlreadyDecided(first.decision)
    assert len(run.posted("TaskSucceeded")) == 1
    assert Vote.objects.count() == 1


def test_an_answer_at_or_after_the_deadline_is_refused_even_before_the_timer_fires(run: Run) -> None:
    approval = run.ask(expires_in_seconds=60.0)
    assert answer(run, approval, now=run.later(seconds=60)) == Over("EXPIRED")
    assert run.posted("TaskSucceeded") == []
    assert isinstance(answer(run, approval, now=run.later(seconds=59)), Decided)


@pytest.mark.parametrize("status", ["EXPIRED", "WITHDRAWN"])
def test_an_approval_that_is_over_takes_no_answer(run: Run, status: str) -> None:
    approval = run.ask()
    Approval.objects.update(status=status)
    assert answer(run, approval) == Over(status)
    assert Vote.objects.count() == 0


def test_several_votes_are_counted_until_enough_agree(run: Run) -> None:
    approval = run.ask(JONAS, ANA, LEE, choices=TITLES, votes_needed=2)
    assert answer(run, approval, JONAS, "a") == Counted(1, 2)
    assert answer(run, approval, ANA, "b") == Counted(1, 2)
    result = answer(run, approval, LEE, "a")
    assert isinstance(result, Decided)
    assert result.decision.label == "Title A"
    assert len(run.posted("TaskSucceeded")) == 1


def test_one_rejection_ends_it_however_many_votes_are_needed(run: Run) -> None:
    approval = run.ask(JONAS, ANA, LEE, votes_needed=3)
    answer(run, approval, JONAS, "approve")
    result = answer(run, approval, ANA, "reject")
    assert isinstance(result, Decided)
    assert result.decision.choice == "reject"


def test_a_vote_cannot_be_changed_nor_given_twice(run: Run) -> None:
    approval = run.ask(JONAS, ANA, votes_needed=2)
    answer(run, approval, JONAS, "approve")
    again = answer(run, approval, JONAS, "reject")
    assert again == AlreadyVoted("Approve", run.later(hours=1))
    assert Vote.objects.count() == 1


def test_the_same_person_votes_once_by_mail_and_on_the_page(run: Run) -> None:
    jonas = run.person("jonas", "Jonas Beck", Role.REVIEWER)
    approval = run.ask("jonas", ANA, votes_needed=2)
    answer(run, approval, JONAS)
    again = decide(
        approval,
        voter=voters.signed_in(run.actor(jonas)),
        choice="approve",
        how="page",
        now=run.later(hours=2),
    )
    assert isinstance(again, AlreadyVoted)


@pytest.mark.parametrize("way", ["link", "page", "API", "colleague's link while signed in"])
def test_the_requester_may_not_decide_by_any_way_when_that_is_set(run: Run, way: str) -> None:
    maya = run.actor(run.execution.workspace.memberships.get().user)
    approval = run.ask("maya", JONAS, requester_may_decide=False)
    match way:
        case "link":
            voter = link_holder(approval, "maya@example.org")
        case "page" | "API":
            voter = voters.signed_in(maya)
        case _:
            voter = voters.by_link(recipient_of(approval, JONAS), signed_in=maya.user)
    result = decide(approval, voter=voter, choice="approve", how=way, now=run.now)
    assert result == NotAllowed("Whoever started the run may not decide this question.")
    assert isinstance(answer(run, approval, JONAS), Decided)


def test_the_requester_may_decide_when_nothing_is_said(run: Run) -> None:
    approval = run.ask("maya")
    assert isinstance(answer(run, approval, "maya@example.org"), Decided)


@pytest.mark.parametrize(
    ("role", "is_named", "may"),
    [
        (Role.OWNER, False, True),
        (Role.EDITOR, False, False),
        (Role.EDITOR, True, True),
        (Role.OPERATOR, True, True),
        (Role.REVIEWER, True, True),
        (Role.REVIEWER, False, False),
        (Role.VIEWER, True, False),
    ],
)
def test_signed_in_the_right_to_approve_and_the_name_are_both_needed(
    run: Run, role: Role, is_named: bool, may: bool
) -> None:
    pat = run.person("pat", "Pat", role)
    approval = run.ask("pat" if is_named else JONAS)
    assert voters.may_decide(approval, run.actor(pat)) is may
    result = decide(
        approval, voter=voters.signed_in(run.actor(pat)), choice="approve", how="page", now=run.now
    )
    assert isinstance(result, Decided if may else NotAllowed)


def test_the_owner_of_another_workspace_may_not_decide(run: Run) -> None:
    from people.access import actor_of_user
    from people.models import Membership, User, Workspace

    other = Workspace.objects.create(number="222222222222", name="Next door", slug="south")
    stranger = User.objects.create_user("stranger", JONAS, "x")
    Membership.objects.create(workspace=other, user=stranger, role=Role.OWNER)
    actor = actor_of_user(stranger)
    assert actor is not None
    result = decide(run.ask(), voter=voters.signed_in(actor), choice="approve", how="API", now=run.now)
    assert isinstance(result, NotAllowed)


def test_a_link_answers_its_own_question_only(run: Run) -> None:
    mine, other = run.ask(), run.ask()
    result = decide(other, voter=link_holder(mine), choice="approve", how=voters.BY_LINK, now=run.now)
    assert result == NotAllowed("This link belongs to another question.")


FIELDS = (
    {"Name": "Text", "Type": "textarea", "Required": True, "Default": "draft"},
    {"Name": "Score", "Type": "number"},
    {"Name": "Day", "Type": "date"},
    {"Name": "Tone", "Type": "select", "Options": ["dry", "warm"]},
    {"Name": "Checked", "Type": "boolean", "Required": True},
)


def test_fields_come_back_as_values_of_their_types(run: Run) -> None:
    given = {
        "Text": "edited\r\ntwice",
        "Score": "4.5",
        "Day": "2026-11-24",
        "Tone": "warm",
        "Checked": "true",
    }
    answer(run, run.ask(fields=FIELDS), fields=given)
    [told] = run.posted("TaskSucceeded")
    assert told["output"]["Fields"] == {
        "Text": "edited\ntwice",
        "Score": 4.5,
        "Day": "2026-11-24",
        "Tone": "warm",
        "Checked": True,
    }


def test_what_is_wrong_is_told_by_field_and_leaves_the_question_open(run: Run) -> None:
    approval = run.ask(fields=FIELDS, comment="required")
    given = {"Text": " ", "Score": "nan", "Day": "tomorrow", "Tone": "loud", "Other": "1"}
    result = answer(run, approval, choice="maybe", fields=given)
    assert isinstance(result, Invalid)
    assert set(result.errors) == {
        "choice",
        "comment",
        "fields.Text",
        "fields.Score",
        "fields.Day",
        "fields.Tone",
        "fields.Checked",
        "fields.Other",
    }
    assert (Vote.objects.count(), run.posted("NoteAdded")) == (0, [])


def test_a_decision_is_in_the_audit_log_with_what_was_on_the_page(run: Run) -> None:
    approval = run.ask()
    holder = voters.by_link(recipient_of(approval), address="192.0.2.7", user_agent="Phone")
    decide(approval, voter=holder, choice="approve", how=voters.BY_LINK, now=run.now)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.address) == (JONAS, "approval answered", "192.0.2.7")
    vote = Vote.objects.get()
    assert (vote.address, vote.user_agent, len(vote.content_hash)) == ("192.0.2.7", "Phone", 64)
