"""One table says which role holds which rights, and one function asks it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .access import Actor
    from .models import Workspace


class Right(StrEnum):
    """What may be done in a workspace. Each is separate: to read is not to run."""

    VIEW = "view"  # see that workflows, executions and approvals exist, and their definitions
    SEE_DATA = "see_data"  # see inputs and outputs
    EDIT = "edit"  # change drafts
    PUBLISH = "publish"  # make a draft what runs
    RUN = "run"  # start executions
    STOP = "stop"  # stop, redrive, act on waits
    APPROVE = "approve"  # decide approvals
    USE_CONNECTION = "use_connection"  # name a connection, check it
    MANAGE = "manage"  # people, tokens, connections; the mailbox, whose links let one answer as another


class Role(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    OPERATOR = "operator"
    VIEWER = "viewer"
    REVIEWER = "reviewer"


RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: frozenset(Right) - {Right.MANAGE},
    Role.OPERATOR: frozenset(
        {Right.VIEW, Right.SEE_DATA, Right.RUN, Right.STOP, Right.APPROVE, Right.USE_CONNECTION}
    ),
    Role.VIEWER: frozenset({Right.VIEW, Right.SEE_DATA}),
    Role.REVIEWER: frozenset({Right.VIEW, Right.APPROVE}),
}


class NotPermitted(Exception):
    """The actor lacks the right, or does not belong to the workspace."""

    def __init__(self, right: Right) -> None:
        super().__init__(f"This needs the right “{right.value}”.")
        self.right = right


def holds(actor: Actor | None, right: Right | str, workspace: Workspace | int) -> bool:
    """Say whether the actor holds the right in that workspace."""
    number = workspace if isinstance(workspace, int) else workspace.pk
    return actor is not None and actor.workspace_id == number and Right(right) in actor.rights


def require(actor: Actor | None, right: Right | str, workspace: Workspace | int) -> None:
    """Raise `NotPermitted` unless the actor holds the right in that workspace."""
    if not holds(actor, right, workspace):
        raise NotPermitted(Right(right))
