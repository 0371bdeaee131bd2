"""Which approvals somebody sees in the product, and how much of each."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from people.access import Actor
from people.rights import Right, holds
from runner.models import Approval

from .voters import is_named


def approvals_of(actor: Actor, *, only_mine: bool = False) -> QuerySet[Approval]:
    """Return the workspace's approvals, or those that ask this person; the nearest deadline first."""
    rows = (
        Approval.objects.filter(workspace=actor.workspace)
        .select_related("workspace", "execution__state_machine")
        .prefetch_related("recipients__user", "votes")
        .order_by("expires_at", "id")
    )
    if not only_mine:
        return rows
    mine = Q(recipients__user=actor.user)
    if actor.user.email:
        mine |= Q(recipients__address=actor.user.email.lower())
    return rows.filter(mine).distinct()


def may_see_content(approval: Approval, actor: Actor) -> bool:
    """Say whether details, fields and comments may be shown: to those who see data, and those asked."""
    return holds(actor, Right.SEE_DATA, approval.workspace_id) or (
        actor.workspace_id == approval.workspace_id and is_named(approval, actor)
    )
