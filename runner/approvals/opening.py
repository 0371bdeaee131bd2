"""An approval is opened and withdrawn by the engine, within its transaction; both are a few statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from people.models import Group, User
from runner.integrations.interface import OpenApproval
from runner.mail import outbox
from runner.models import Approval, Execution, Recipient

# A reminder makes sense where there is time to forget.
REMIND_FROM = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Asked:
    """One person to ask: by address, as a user, or both."""

    address: str
    name: str
    user_id: int | None
    asked_as: str = ""


def open_approval(  # noqa: PLR0917
    execution: Execution, frame: int, wait: int, state: str, effect: OpenApproval, now: datetime
) -> dict[str, Any]:
    """Write the approval, whom it asks and their mails; return the details of its note."""
    asked, not_found = people_asked(execution.workspace_id, effect.approvers)
    lasts = timedelta(seconds=effect.expires_in_seconds)
    approval = Approval.objects.create(
        workspace_id=execution.workspace_id,
        execution_id=execution.pk,
        frame=frame,
        wait=wait,
        state=state,
        question=effect.question,
        details=effect.details,
        choices=[dict(choice) for choice in effect.choices],
        fields=[dict(field) for field in effect.fields],
        comment=effect.comment,
        # A group may turn out smaller than the number of votes wanted.
        votes_needed=max(1, min(effect.votes_needed, len(asked) or effect.votes_needed)),
        requester_may_decide=effect.requester_may_decide,
        requested_by=execution.started_by,
        requested_at=now,
        expires_at=now + lasts,
        remind_at=now + lasts / 2 if lasts >= REMIND_FROM else None,
    )
    recipients = Recipient.objects.bulk_create(
        Recipient(
            approval=approval,
            address=person.address,
            name=person.name,
            user_id=person.user_id,
            asked_as=person.asked_as,
        )
        for person in asked
    )
    outbox.queue_review_links(approval, recipients, now)
    details: dict[str, Any] = {
        "approval": str(approval.key),
        "question": approval.question,
        "recipients": [recipient.address or recipient.name for recipient in recipients],
        "expires_at": approval.expires_at.isoformat().replace("+00:00", "Z"),
    }
    return {**details, "not_found": not_found} if not_found else details


def withdraw(execution_id: int, frame: int, wait: int, reason: str) -> None:
    """Close what is still open because the wait is over. A decision that was made stays."""
    status = Approval.Status.EXPIRED if reason == "timed_out" else Approval.Status.WITHDRAWN
    Approval.objects.filter(
        execution_id=execution_id, frame=frame, wait=wait, status=Approval.Status.OPEN
    ).update(status=status, remind_at=None)


def people_asked(workspace_id: int, approvers: Iterable[str]) -> tuple[list[Asked], list[str]]:
    """Return who is meant by addresses, user names and `group:<name>`, and which names nobody has."""
    names = list(dict.fromkeys(name.strip() for name in approvers if name.strip()))
    groups = [name.removeprefix("group:") for name in names if name.startswith("group:")]
    users = _members(workspace_id, [name for name in names if not name.startswith("group:")])
    by_name = {user.username.lower(): user for user in users}
    by_address = {user.email.lower(): user for user in users if user.email}
    in_group: dict[str, list[User]] = {}
    if groups:
        for group in Group.objects.filter(workspace_id=workspace_id, name__in=groups).prefetch_related(
            "members"
        ):
            in_group[group.name] = [user for user in group.members.all() if user.is_active]
    found: dict[str, Asked] = {}
    not_found: list[str] = []
    for name in names:
        if name.startswith("group:"):
            wanted = [_asked(user, name.removeprefix("group:")) for user in in_group.get(name[6:], [])]
        elif user := by_address.get(name.lower()) or by_name.get(name.lower()):
            wanted = [_asked(user)]
        elif "@" in name:
            wanted = [Asked(address=name.lower(), name="", user_id=None)]
        else:
            wanted = []
        if not wanted:
            not_found.append(name)
        for person in wanted:
            found.setdefault(person.address or f"user:{person.user_id}", person)
    return list(found.values()), not_found


def _members(workspace_id: int, names: list[str]) -> list[User]:
    if not names:
        return []
    wanted = Q(username__in=names)
    for name in names:
        if "@" in name:
            wanted |= Q(email__iexact=name)
    return list(User.objects.filter(wanted, memberships__workspace_id=workspace_id, is_active=True))


def _asked(user: User, group: str = "") -> Asked:
    return Asked(address=user.email.lower(), name=user.name, user_id=user.pk, asked_as=group)
