"""Operations by name: each with the right that it needs, and the function that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from people.access import Actor
from people.models import Workspace
from people.rights import Right, holds

from ..errors import access_denied

JSON = Any


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks, and for what."""

    operation: str
    actor: Actor
    request_id: str

    @property
    def workspace(self) -> Workspace:
        return self.actor.workspace

    def require(self, right: Right) -> None:
        """Raise AccessDeniedException unless the caller holds the right."""
        if not holds(self.actor, right, self.actor.workspace):
            raise access_denied(
                f"User: {self.actor.name} is not authorized to perform: states:{self.operation} "
                f"because the right “{right.value}” is missing"
            )

    def sees_data(self) -> bool:
        """Say whether the caller may see inputs and outputs."""
        return holds(self.actor, Right.SEE_DATA, self.actor.workspace)


Perform = Callable[[Call, dict[str, JSON]], "dict[str, JSON] | Awaitable[dict[str, JSON]]"]
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the service. A function that is a coroutine runs in the event loop."""

    name: str
    right: Right
    perform: Perform
    ends_with_client: bool = False  # a wait that is of no use to a client that went away


_OPERATIONS: dict[str, Operation] = {}


def operation(name: str, right: Right, *, ends_with_client: bool = False) -> Callable[[Function], Function]:
    """Enter a function as what does this operation, for those who hold the right."""

    def enter(function: Function) -> Function:
        _OPERATIONS[name] = Operation(name, right, function, ends_with_client)
        return function

    return enter


def find(name: str) -> Operation | None:
    """Return an operation, or None where there is none."""
    return _OPERATIONS.get(name)


def names() -> frozenset[str]:
    """Return the names of all operations that there are."""
    return frozenset(_OPERATIONS)
