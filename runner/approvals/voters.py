"""Who answers, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass

from people.access import Actor
from people.models import User
from people.rights import Right, holds
from runner.models import Approval, Recipient

BY_LINK = "mail link"
ON_PAGE = "page"
BY_API = "API"


@dataclass(frozen=True, slots=True)
class Voter:
    """One person with one vote, by whatever way they come.

    `key`: `user:<id>`, or `address:<e-mail>` where only a link is held: the same person who answers
    by mail and then on the page votes once.
    """

    key: str
    name: str
    recipient: Recipient | None = None
    actor: Actor | None = None
    # Whoever is signed in while using a link: a requester must not answer by a colleague's link.
    signed_in: User | None = None
    address: str = ""
    user_agent: str = ""


def by_link(
    recipient: Recipient, *, signed_in: User | None = None, address: str = "", user_agent: str = ""
) -> Voter:
    """Return the holder of a review link. Whoever the mail was forwarded to is taken for them."""
    return Voter(
        key=_key(recipient.user_id, recipient.address),
        name=_shown(recipient.name, recipient.address),
        recipient=recipient,
        signed_in=signed_in,
        address=address,
        user_agent=user_agent,
    )


def signed_in(actor: Actor, *, address: str = "", user_agent: str = "") -> Voter:
    """Return a person who signed in, or a program with that person's token."""
    return Voter(
        key=_key(actor.user.pk, ""),
        name=_shown(actor.user.get_full_name(), actor.user.email or actor.user.username),
        actor=actor,
        address=address,
        user_agent=user_agent,
    )


def why_not(approval: Approval, voter: Voter) -> str | None:
    """Return why this person may not answer, or None; the one place where that is judged.

    Asked by link: the link is the right. Signed in: the right to approve, and to be named; owners
    may answer in anybody's place, and where nobody was named, all who may approve.
    """
    if voter.recipient is not None:
        if voter.recipient.approval_id != approval.pk:
            return "This link belongs to another question."
    elif voter.actor is None or not holds(voter.actor, Right.APPROVE, approval.workspace_id):
        return "You do not have the right to decide approvals here."
    elif not holds(voter.actor, Right.MANAGE, approval.workspace_id) and not is_named(approval, voter.actor):
        return "This question was put to other people."
    if not approval.requester_may_decide and _is_requester(approval, voter):
        return "Whoever started the run may not decide this question."
    return None


def may_decide(approval: Approval, actor: Actor) -> bool:
    """Say whether this person could answer now."""
    return approval.status == Approval.Status.OPEN and why_not(approval, signed_in(actor)) is None


def is_named(approval: Approval, actor: Actor) -> bool:
    asked = list(approval.recipients.all())
    mine = actor.user.email.lower()
    return not asked or any(
        person.user_id == actor.user.pk or (mine and person.address == mine) for person in asked
    )


def _is_requester(approval: Approval, voter: Voter) -> bool:
    requester = approval.requested_by
    if not requester:
        return False
    users = [voter.actor.user if voter.actor else None, voter.signed_in]
    if voter.recipient is not None:
        users.append(voter.recipient.user)
        if voter.recipient.address == requester.lower():
            return True
        if voter.recipient.user_id is None and voter.recipient.address:
            users.extend(User.objects.filter(username=requester, email__iexact=voter.recipient.address))
    return any(user is not None and user.username == requester for user in users)


def _key(user_id: int | None, address: str) -> str:
    return f"user:{user_id}" if user_id is not None else f"address:{address}"


def _shown(name: str, address: str) -> str:
    return f"{name} ({address})" if name and address and name != address else name or address
