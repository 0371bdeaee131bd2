"""The actor: the authenticated person or program, in one workspace, with the rights held there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import AccessKey, ApiToken, Membership, User, Workspace
from .rights import RIGHTS_OF, Right, Role

WORKSPACE_IN_SESSION = "workspace"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or a program with that person's token. `name` is what records keep."""

    user: User
    workspace: Workspace
    rights: frozenset[Right]
    token_name: str | None = None  # None: signed in with a session

    @property
    def name(self) -> str:
        return self.user.username

    @property
    def workspace_id(self) -> int:
        return self.workspace.pk

    @property
    def how(self) -> str:
        """In what way this actor came in."""
        return "API" if self.token_name is not None else "page"


def actor_of_user(user: User, workspace_id: int | None = None) -> Actor | None:
    """Return the person in the wanted workspace, or in the first of theirs; None without one."""
    if not user.is_active:
        return None
    memberships = Membership.objects.filter(user=user).select_related("workspace").order_by("pk")
    if workspace_id is not None:
        memberships = memberships.filter(workspace_id=workspace_id)
    membership = memberships.first()
    if membership is None:
        return None
    return Actor(user, membership.workspace, RIGHTS_OF[Role(membership.role)])


def actor_of_token(token: ApiToken) -> Actor | None:
    """Return the token's user with no more rights than both the user and the token have."""
    return _narrowed(actor_of_user(token.user, token.workspace_id), token.rights, token.name)


def actor_of_access_key(key: AccessKey) -> Actor | None:
    """Return the key's user in the key's workspace, with no more rights than both have."""
    return _narrowed(actor_of_user(key.user, key.workspace_id), key.rights, key.name or key.access_key_id)


def _narrowed(actor: Actor | None, rights: list[str], name: str) -> Actor | None:
    if actor is None:
        return None
    kept = actor.rights & {Right(right) for right in rights} if rights else actor.rights
    return Actor(actor.user, actor.workspace, frozenset(kept), token_name=name)


def actor_of(request: Any) -> Actor | None:
    """Return who makes this request (Django's or DRF's), or None; looked up once a request."""
    plain = getattr(request, "_request", request)
    if hasattr(plain, "cuelight_actor"):
        found: Actor | None = plain.cuelight_actor
        return found
    user = request.user
    auth = getattr(request, "auth", None)
    if isinstance(auth, ApiToken):
        actor = actor_of_token(auth)
    elif isinstance(user, User):
        session = getattr(plain, "session", None)
        chosen = session.get(WORKSPACE_IN_SESSION) if session is not None else None
        actor = actor_of_user(user, chosen) or actor_of_user(user)
    else:
        actor = None
    plain.cuelight_actor = actor
    return actor
