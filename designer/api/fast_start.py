"""Starts executions in front of Django: the one call that programs make by the thousand.

Django's request path is most of what a short execution costs. This answers what is plain (a valid
token with the right to run, a published workflow, a new execution) by the same functions, and hands
everything else to the view (`running.WorkflowExecutions`) with the request as it came: refusals,
repeated starts and drafts are answered in one place.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from designer.models import Workflow
from people.access import actor_of_token
from people.recent import Recent
from people.rights import Right, holds
from people.tokens import find_token
from runner import engine
from runner.asgi import Application, Message, Receive, Scope, Send
from runner.models import StateMachine
from runner.operations import Started
from runner.row_threads import in_thread
from runner.store import payloads

_PATH = re.compile(r"/api/workflows/([0-9a-f-]{36})/executions/")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
_MOST_BYTES = 1024 * 1024  # larger bodies take the long way, which knows how to refuse them


@dataclass(frozen=True, slots=True)
class _Admitted:
    workflow: Workflow
    version: tuple[int, int] | None  # id and number
    actor: str
    sees_data: bool


class FastStart:
    """An ASGI application around Django's."""

    def __init__(self, django: Application) -> None:
        self._django = django

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _asked(scope)
        if asked is None:
            await self._django(scope, receive, send)
            return
        body, messages = await _read(receive)
        answer = await _answer(*asked, body)
        if answer is None:
            await self._django(scope, _again(messages, receive), send)
            return
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(answer)).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


def _asked(scope: Scope) -> tuple[str, uuid.UUID] | None:
    """Return the token and the workflow of a start by a program, or None for any other request."""
    if scope["method"] != "POST":
        return None
    found = _PATH.fullmatch(scope["path"])
    if found is None:
        return None
    headers = dict(scope["headers"])
    kind, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    length = headers.get(b"content-length", b"")
    is_json = headers.get(b"content-type", b"").split(b";")[0].strip() == b"application/json"
    domain, _ = split_domain_port(headers.get(b"host", b"").decode("latin-1"))
    if kind.lower() != "bearer" or not is_json or not validate_host(domain, settings.ALLOWED_HOSTS):
        return None
    if not length.isdigit() or int(length) > _MOST_BYTES:
        return None
    try:
        return token.strip(), uuid.UUID(found[1])
    except ValueError:
        return None


async def _answer(token: str, workflow: uuid.UUID, body: bytes) -> bytes | None:
    if b"\\u0000" in body:
        return None  # the view says why this cannot be stored
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(asked, dict) or not asked.keys() <= {"input", "name", "source"}:
        return None
    if asked.get("source", "published") != "published":
        return None
    name = asked.get("name")
    if name is not None and not (isinstance(name, str) and _NAME.fullmatch(name)):
        return None
    admitted = await in_thread(_admit, token, workflow)
    if admitted is None:
        return None
    revision = admitted.workflow.state_machine.current_revision
    assert revision is not None
    try:
        started = await engine.async_start_execution(
            revision=revision,
            input_text=payloads.dumps(asked.get("input", {})),
            name=name,
            actor_name=admitted.actor,
            version_id=admitted.version[0] if admitted.version else None,
        )
    except engine.ExecutionAlreadyExists:
        return None
    return _rendered(started, admitted) if started.created else None


# Who may start what, as it was within the last second; what is published is asked each time.
_admitted: Recent[tuple[str, uuid.UUID], _Admitted] = Recent()


def _admit(token: str, workflow: uuid.UUID) -> _Admitted | None:
    known = _admitted.get((token, workflow))
    if known is not None and _is_current(known.workflow.state_machine):
        return known
    found = _look_up(token, workflow)
    return None if found is None else _admitted.keep((token, workflow), found)


def _is_current(machine: StateMachine) -> bool:
    now = StateMachine.objects.filter(pk=machine.pk).values_list("current_revision_id", flat=True)
    return now.first() == machine.current_revision_id


def _look_up(token: str, workflow: uuid.UUID) -> _Admitted | None:
    row = find_token(token)
    actor = actor_of_token(row) if row is not None else None
    if actor is None or not holds(actor, Right.RUN, actor.workspace):
        return None
    found = (
        Workflow.objects.filter(pk=workflow, workspace_id=actor.workspace_id, state_machine__deleted_at=None)
        .select_related("state_machine__current_revision")
        .defer("draft_definition", "draft_layout")
        .first()
    )
    if found is None or found.state_machine.current_revision is None:
        return None
    versions = found.state_machine.current_revision.versions.order_by("-number")
    sees_data = holds(actor, Right.SEE_DATA, actor.workspace)
    return _Admitted(found, versions.values_list("id", "number").first(), actor.name, sees_data)


def _rendered(started: Started, admitted: _Admitted) -> bytes:
    """Return what `ExecutionSummarySerializer` would; a test holds the two together."""
    machine = admitted.workflow.state_machine
    revision = machine.current_revision
    assert revision is not None
    return orjson.dumps(
        {
            "id": started.key,
            "arn": started.arn,
            "name": started.name,
            "workflow": {"id": str(admitted.workflow.pk), "name": machine.name},
            "status": started.status,
            "waiting": None,
            "error": started.error if admitted.sees_data else None,
            "started_at": _iso(started.started_at),
            "stopped_at": None if started.stopped_at is None else _iso(started.stopped_at),
            "started_by": admitted.actor,
            "revision": revision.number,
            "version": admitted.version[1] if admitted.version else None,
            "alias": "",
            "draft": revision.draft,
            "trial": None,  # of what is published
            "transitions": started.transitions,
            "map_run": None,
            "item_index": None,
            "redrive_count": 0,
            "redriven_at": None,
            "last_seq": started.last_seq,
        }
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


async def _read(receive: Receive) -> tuple[bytes, list[Message]]:
    """Return the whole body, and its messages so that they can be told again."""
    messages: list[Message] = []
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts), messages


def _again(messages: list[Message], receive: Receive) -> Receive:
    told = iter(messages)

    async def again() -> Message:
        message = next(told, None)
        return message if message is not None else await receive()

    return again
