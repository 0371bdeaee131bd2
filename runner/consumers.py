"""The WebSocket on which a browser follows an execution."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.urls import path

from people.access import WORKSPACE_IN_SESSION, Actor, actor_of_user
from people.models import User
from people.rights import Right, holds
from runner.models import Execution
from runner.tail import Subscription, run, tails

SIGNED_OUT, NO_RIGHT, UNKNOWN, TOO_SLOW = 4401, 4403, 4404, 4408

# Rights may be taken away while a page is open.
CHECK_RIGHTS_SECONDS = 30.0


class ExecutionConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Sends the entries after `?after=<seq>` and everything that follows; takes no orders."""

    # The process's tails hear the layer once for all sockets. A socket that listened by itself would
    # also keep channels-redis's one reading lock from them, five seconds at a time.
    channel_layer_alias = "none"

    _following: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        await self.accept()  # refusals need an open socket for their code to arrive
        key = str(self.scope["url_route"]["kwargs"]["key"])
        after = _number(parse_qs(self.scope["query_string"].decode()).get("after", ["0"])[0])
        code, execution_id = await run(_admit, self.scope, key)
        if code is not None:
            await self.close(code)
            return
        self._following = asyncio.create_task(self._follow(execution_id, key, after))

    async def disconnect(self, code: int) -> None:
        if self._following is not None:
            self._following.cancel()

    async def _follow(self, execution_id: int, key: str, after: int) -> None:
        subscription = await tails().subscribe(execution_id, key, after)
        checking = asyncio.create_task(self._check_rights(key))
        try:
            await self._send_all(subscription)
        finally:
            checking.cancel()
            tails().unsubscribe(key, subscription)

    async def _send_all(self, subscription: Subscription) -> None:
        while (message := await subscription.queue.get()) is not None:
            await self.send(text_data=message)
        await self.close(TOO_SLOW)

    async def _check_rights(self, key: str) -> None:
        while True:
            await asyncio.sleep(CHECK_RIGHTS_SECONDS)
            code, _ = await run(_admit, self.scope, key)
            if code is not None:
                await self.close(code)
                return


def _admit(scope: dict[str, Any], key: str) -> tuple[int | None, int]:
    """Return the code to refuse with, or None, and the execution's id."""
    actor = _actor(scope)
    if actor is None:
        return SIGNED_OUT, 0
    if not (holds(actor, Right.VIEW, actor.workspace) and holds(actor, Right.SEE_DATA, actor.workspace)):
        return NO_RIGHT, 0
    found = Execution.objects.filter(key=key, workspace_id=actor.workspace_id).values_list("id", flat=True)
    execution_id = found.first()
    return (UNKNOWN, 0) if execution_id is None else (None, execution_id)


def _actor(scope: dict[str, Any]) -> Actor | None:
    """Look the session up anew each time: it may have ended since."""
    session = scope.get("session")
    if session is None:
        return None
    fresh = import_module(settings.SESSION_ENGINE).SessionStore(session_key=session.session_key)
    user = get_user(_Request(fresh))  # type: ignore[arg-type]
    if not isinstance(user, User):
        return None
    return actor_of_user(user, fresh.get(WORKSPACE_IN_SESSION)) or actor_of_user(user)


class _Request:
    """All that Django's `get_user` reads of a request."""

    def __init__(self, session: object) -> None:
        self.session = session


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


websocket_urlpatterns = [path("ws/executions/<uuid:key>/", ExecutionConsumer.as_asgi())]
