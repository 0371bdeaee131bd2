"""The API from within: what `aws-sdk:sfn:<action>` states ask of the server that runs them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from people.access import Actor
from people.models import User, Workspace
from people.rights import Right
from runner.integrations.interface import ServiceRefusal, StatesApi
from runner.row_threads import in_thread

from .errors import ApiError
from .operations import registry
from .performing import perform

JSON = Any

# What a workflow may do to the executions of its own workspace. It changes no state machine.
RIGHTS = frozenset({Right.VIEW, Right.SEE_DATA, Right.RUN, Right.STOP})


def states_api(workspace_id: int, state: str) -> StatesApi:
    """Return the API as a state of this workspace may call it."""

    async def call(operation: str, arguments: Mapping[str, JSON]) -> dict[str, JSON]:
        request_id = str(uuid.uuid4())
        try:
            found = registry.find(operation)
            if found is None:
                raise ApiError("UnknownOperationException", f"The operation '{operation}' is not known.")
            actor = await in_thread(_actor, workspace_id, state)
            reply = await perform(found, registry.Call(operation, actor, request_id), dict(arguments))
        except ApiError as error:
            raise ServiceRefusal(error.code, error.message, error.status, request_id) from None
        return {name: value for name, value in reply.items() if value is not None}

    return call


def _actor(workspace_id: int, state: str) -> Actor:
    workspace = Workspace.objects.get(pk=workspace_id)
    return Actor(User(username=f"the state {state}"[:150]), workspace, RIGHTS, token_name="workflow")  # noqa: S106
