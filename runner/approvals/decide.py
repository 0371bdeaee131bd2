"""The one function that decides an approval, whatever the way in: review page, approvals page, API."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from asl.interpreter.events import NoteAdded, TaskSucceeded
from people import audit
from runner import engine
from runner.models import Approval, Execution, Vote

from . import answers
from .voters import Voter, why_not


@dataclass(frozen=True, slots=True)
class Decision:
    """What ended an approval."""

    choice: str
    label: str
    by: str
    at: datetime
    how: str
    comment: str


@dataclass(frozen=True, slots=True)
class Decided:
    """This very answer decided it."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class Counted:
    """The vote is recorded; more are needed."""

    given: int
    needed: int


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    decision: Decision


@dataclass(frozen=True, slots=True)
class AlreadyVoted:
    """This person has answered before; an answer cannot be changed."""

    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """Expired or withdrawn."""

    status: str


@dataclass(frozen=True, slots=True)
class NotAllowed:
    reason: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """What is wrong, by name: `choice`, `comment`, `fields.<Name>`. The question stays open."""

    errors: Mapping[str, str]


DecisionResult = Decided | Counted | AlreadyDecided | AlreadyVoted | Over | NotAllowed | Invalid


def decide(
    approval: Approval,
    *,
    voter: Voter,
    choice: str,
    comment: str = "",
    fields: Mapping[str, Any] | None = None,
    how: str,
    now: datetime | None = None,
) -> DecisionResult:
    """Record an answer; the first decision wins, and the run goes on by an event in its inbox.

    The execution's row is locked first, as everywhere, so that an answer and the end of the wait
    cannot pass each other; then the approval is changed only if it is still open.
    """
    now = now or timezone.now()
    with transaction.atomic():
        Execution.objects.select_for_update(no_key=True).only("id").get(pk=approval.execution_id)
        approval.refresh_from_db(from_queryset=Approval.objects.select_for_update(no_key=True))
        refused = why_over(approval, now) or _why_refused(approval, voter)
        if refused is not None:
            return refused
        values, errors = answers.check(approval, choice, comment, fields or {})
        if errors:
            return Invalid(errors)
        vote = _record(approval, voter, choice, comment=comment.strip(), values=values, how=how, now=now)
        given = approval.votes.filter(choice=choice).count()
        if given < approval.votes_needed and not ends_at_once(approval, choice):
            return Counted(given, approval.votes_needed)
        return _end(approval, vote)


def decision_of(approval: Approval) -> Decision | None:
    """Return what decided this approval, or None."""
    if approval.decided_at is None:
        return None
    return Decision(
        choice=approval.choice,
        label=approval.label,
        by=approval.decided_by,
        at=approval.decided_at,
        how=approval.how,
        comment=approval.decision_comment,
    )


def why_over(approval: Approval, now: datetime) -> AlreadyDecided | Over | None:
    """Return how this approval ended, or None while it is open."""
    decision = decision_of(approval)
    if decision is not None:
        return AlreadyDecided(decision)
    if approval.status != Approval.Status.OPEN:
        return Over(approval.status)
    # The timer may be a moment late; the deadline is not.
    return Over(Approval.Status.EXPIRED) if approval.expires_at <= now else None


def ends_at_once(approval: Approval, choice: str) -> bool:
    """Say whether one vote for this ends it however many are needed: a rejection does."""
    return any(
        offered["Value"] == choice and (offered.get("Style") == "danger" or choice == "reject")
        for offered in approval.choices
    )


def _why_refused(approval: Approval, voter: Voter) -> AlreadyVoted | NotAllowed | None:
    reason = why_not(approval, voter)
    if reason is not None:
        return NotAllowed(reason)
    before = approval.votes.filter(voter=voter.key).first()
    return AlreadyVoted(before.label, before.at) if before is not None else None


def _record(
    approval: Approval,
    voter: Voter,
    choice: str,
    *,
    comment: str,
    values: dict[str, Any],
    how: str,
    now: datetime,
) -> Vote:
    label = next(offered["Label"] for offered in approval.choices if offered["Value"] == choice)
    vote = Vote.objects.create(
        approval=approval,
        voter=voter.key,
        by=voter.name,
        choice=choice,
        label=label,
        comment=comment if approval.comment != "none" else "",
        fields=values,
        how=how,
        at=now,
        address=voter.address[:45],
        user_agent=voter.user_agent[:255],
        content_hash=content_hash(approval),
    )
    note = {"approval": str(approval.key), "by": vote.by, "choice": choice, "label": label, "how": how}
    engine.post(
        approval.execution_id,
        NoteAdded(approval.frame, "VoteRecorded", {**note, "comment": vote.comment}),
    )
    audit.record(
        vote.by,
        "approval answered",
        approval.question,
        workspace=approval.workspace_id,
        address=voter.address,
        approval=str(approval.key),
        choice=choice,
        how=how,
    )
    return vote


def _end(approval: Approval, vote: Vote) -> Decided | AlreadyDecided:
    decided = Approval.objects.filter(pk=approval.pk, status=Approval.Status.OPEN).update(
        status=Approval.Status.DECIDED,
        choice=vote.choice,
        label=vote.label,
        decided_by=vote.by,
        decided_at=vote.at,
        how=vote.how,
        decision_comment=vote.comment,
        decision_fields=vote.fields,
        remind_at=None,
    )
    approval.refresh_from_db()
    decision = decision_of(approval)
    assert decision is not None
    if not decided:  # another process was first, without the execution's lock
        return AlreadyDecided(decision)
    engine.post(
        approval.execution_id, TaskSucceeded(approval.frame, approval.wait, None, output_of(approval))
    )
    return Decided(decision)


def output_of(approval: Approval) -> dict[str, Any]:
    """Return what the state gets as its result."""
    assert approval.decided_at is not None
    return {
        "Choice": approval.choice,
        "Label": approval.label,
        "Comment": approval.decision_comment,
        "Fields": approval.decision_fields,
        "DecidedBy": approval.decided_by,
        "DecidedAt": approval.decided_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "How": approval.how,
        "Approval": str(approval.key),
    }


def content_hash(approval: Approval) -> str:
    """Return the SHA-256 of what was put before the reader."""
    shown = [approval.question, approval.details, approval.choices, approval.fields]
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
