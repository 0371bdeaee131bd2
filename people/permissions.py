"""Closed by default: a view that names no right for what is asked of it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from .access import actor_of
from .rights import Right, holds


class HasRight(BasePermission):
    """Reads `view.required_right`: one right, or a mapping of action or method to right.

    Actions are a ViewSet's (`list`, `retrieve`, …), methods are lower case (`get`, `post`).
    """

    message = "You do not have the right to do this in this workspace."

    def has_permission(self, request: Request, view: Any) -> bool:
        right = required_right(view, request.method or "")
        actor = actor_of(request)
        return right is not None and actor is not None and holds(actor, right, actor.workspace)


def required_right(view: Any, method: str) -> Right | None:
    """Return the right that this view wants for this request; None where it names none."""
    wanted = getattr(view, "required_right", None)
    if isinstance(wanted, Mapping):
        action = getattr(view, "action", None)
        wanted = wanted.get(action) if action in wanted else wanted.get(method.lower())
    return Right(wanted) if wanted is not None else None
