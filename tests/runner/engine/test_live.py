"""What a browser's socket gets: everything after the seq it has, in order, for any execution."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter
from channels.sessions import SessionMiddlewareStack
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from asl.interpreter import events as ev
from people.models import Membership, User, Workspace
from runner import hints, tail
from runner.consumers import NO_RIGHT, SIGNED_OUT, UNKNOWN, websocket_urlpatterns
from runner.models import Execution
from runner.operations import Deliver
from runner.revisions import compiled

from .conftest import World

pytestmark = pytest.mark.django_db(transaction=True)

application = SessionMiddlewareStack(URLRouter(websocket_urlpatterns))
WAITS: dict[str, Any] = {
    "StartAt": "A",
    "States": {
        "A": {"Type": "Wait", "Seconds": 60, "Next": "B"},
        "B": {"Type": "Wait", "Seconds": 60, "End": True},
    },
}


@pytest.fixture
def live() -> World:
    compiled.cache_clear()
    return World(Workspace.objects.create(number="123456789012", name="Test", slug="test"))


@pytest.fixture(autouse=True)
async def _hints() -> AsyncIterator[None]:
    hints.use_loop(asyncio.get_running_loop())
    yield
    tail.forget_all()


def cookie_of(workspace: Workspace, role: str) -> bytes:
    """Return the session cookie of a new person with that role."""
    user = User.objects.create_user(f"{role}-{workspace.pk}", password="cue-light-7!")
    Membership.objects.create(workspace=workspace, user=user, role=role)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}".encode()


async def connect(key: object, cookie: bytes | None, after: int = 0) -> ApplicationCommunicator:
    scope = {
        "type": "websocket",
        "path": f"/ws/executions/{key}/",
        "query_string": f"after={after}".encode(),
        "headers": [(b"cookie", cookie)] if cookie else [],
        "subprotocols": [],
    }
    socket = ApplicationCommunicator(application, scope)
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(5))["type"] == "websocket.accept"
    return socket


async def disconnect(socket: ApplicationCommunicator) -> None:
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(5)


async def heard(socket: ApplicationCommunicator, last: int, *, seconds: float = 5.0) -> list[dict[str, Any]]:
    """Return the entries that arrive until number `last` is among them."""
    entries: list[dict[str, Any]] = []
    while not entries or entries[-1]["seq"] < last:
        message = json.loads((await socket.receive_output(seconds))["text"])
        if message["type"] == "entries":
            entries.extend(message["entries"])
    return entries


async def start(live: World) -> tuple[Execution, bytes]:
    def made() -> tuple[Execution, bytes]:
        return live.start(live.machine(WAITS)), cookie_of(live.workspace, "viewer")

    return await sync_to_async(made)()


async def go_on(live: World) -> None:
    """Let the next Wait be over, and give the hint as the writer does."""

    def moved() -> None:
        live.make_due()
        hints.changed(live.pull().changed)

    await sync_to_async(moved)()


async def test_a_socket_gets_what_there_is_and_what_follows_without_a_gap(live: World) -> None:
    execution, cookie = await start(live)
    socket = await connect(execution.key, cookie)
    assert [entry["seq"] for entry in await heard(socket, 2)] == [1, 2]
    await go_on(live)
    await go_on(live)
    rest = await heard(socket, 6)
    assert [entry["seq"] for entry in rest] == [3, 4, 5, 6]
    assert rest[-1]["type"] == "ExecutionSucceeded"
    await disconnect(socket)


async def test_a_socket_that_comes_back_gets_exactly_what_it_lacks(live: World) -> None:
    execution, cookie = await start(live)
    await go_on(live)
    socket = await connect(execution.key, cookie, after=3)
    assert [entry["seq"] for entry in await heard(socket, 4)] == [4]
    await disconnect(socket)


async def test_one_who_comes_late_to_a_watched_execution_gets_the_beginning_too(live: World) -> None:
    execution, cookie = await start(live)
    first = await connect(execution.key, cookie, after=2)
    late = await connect(execution.key, cookie)
    assert [entry["seq"] for entry in await heard(late, 2)] == [1, 2]
    await go_on(live)
    for socket in (first, late):
        assert [entry["seq"] for entry in await heard(socket, 4)] == [3, 4]
        await disconnect(socket)


async def test_a_lost_hint_costs_a_moment_and_no_entry(live: World) -> None:
    execution, cookie = await start(live)
    socket = await connect(execution.key, cookie)
    await heard(socket, 2)

    def moved_in_silence() -> None:
        live.make_due()
        live.pull()

    await sync_to_async(moved_in_silence)()
    assert [entry["seq"] for entry in await heard(socket, 4, seconds=10)] == [3, 4]
    await disconnect(socket)


async def test_hints_are_sent_only_while_somebody_watches(live: World) -> None:
    execution, cookie = await start(live)
    assert execution.watched_until is None
    socket = await connect(execution.key, cookie)
    await heard(socket, 2)
    await execution.arefresh_from_db()
    assert execution.watched_until is not None
    assert execution.watched_until > timezone.now()
    stop = Deliver(execution.pk, ev.StopRequested(None, None))
    applied = await sync_to_async(live.apply)(stop)
    assert applied.changed[0].is_watched
    await disconnect(socket)


async def test_who_may_not_look_is_told_why(live: World) -> None:
    execution, _ = await start(live)
    reviewer = await sync_to_async(cookie_of)(live.workspace, "reviewer")
    other = await sync_to_async(Workspace.objects.create)(number="999999999999", name="Other", slug="other")
    stranger = await sync_to_async(cookie_of)(other, "owner")
    for cookie, code in ((None, SIGNED_OUT), (reviewer, NO_RIGHT), (stranger, UNKNOWN)):
        socket = await connect(execution.key, cookie)
        assert (await socket.receive_output(5)) == {"type": "websocket.close", "code": code}
