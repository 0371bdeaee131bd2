"""Starts that are answered in front of Django look as those of the view, and leave the rest to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.db import connection

from designer.api.fast_start import FastStart
from people.rights import Right, Role
from people.tokens import make_token
from runner import row_threads
from runner.revisions import compiled
from runner.writer import writer
from tests.runner.api.office import PASS, Office, open_office

pytestmark = pytest.mark.django_db(transaction=True)

FAIL: dict[str, Any] = {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Secret"}}}


async def behind(scope: Any, receive: Any, send: Any) -> None:
    """Stand for Django: say that the request came through, with its body."""
    message = await receive()
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


async def ask(path: str, token: str, body: bytes) -> tuple[int, bytes]:
    headers = [
        (b"host", b"testserver"),
        (b"authorization", f"Bearer {token}".encode()),
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    communicator = ApplicationCommunicator(FastStart(behind), scope)
    await communicator.send_input({"type": "http.request", "body": body, "more_body": False})
    start = await communicator.receive_output(10)
    answer = await communicator.receive_output(10)
    return start["status"], answer["body"]


@pytest.fixture
def office(transactional_db: None) -> Iterator[Office]:
    compiled.cache_clear()
    yield open_office("111111111111", "north")
    writer().stop()
    together = threading.Barrier(row_threads.THREADS)  # each thread has a connection of its own

    def close() -> None:
        together.wait(10)
        connection.close()

    for closed in [row_threads._threads.submit(close) for _ in range(row_threads.THREADS)]:
        closed.result()


def token_of(office: Office, role: Role = Role.OWNER, *rights: Right) -> str:
    return make_token(office.person(role), office.workspace, "program", rights=rights)[1]


@pytest.mark.parametrize("definition", [PASS, FAIL], ids=["succeeds", "fails"])
@pytest.mark.parametrize("rights", [(), (Right.RUN,)], ids=["sees data", "may only run"])
async def test_the_answer_is_the_one_of_the_view(
    definition: dict[str, Any], rights: tuple[Right, ...], office: Office
) -> None:
    workflow = await database_sync_to_async(office.workflow)("it", definition)
    token = await database_sync_to_async(token_of)(office, Role.OWNER, *rights)
    path = f"/api/workflows/{workflow.pk}/executions/"
    status, body = await ask(path, token, b'{"input": {"a": 1}}')
    assert status == 201
    client = office.owner.__class__(HTTP_AUTHORIZATION=f"Bearer {token}")
    other = await database_sync_to_async(client.post)(path, {"input": {"a": 1}})
    assert other.status_code == 201
    fast, slow = json.loads(body), other.json()
    assert fast.keys() == slow.keys()
    own = {"id", "name", "arn", "started_at", "stopped_at"}
    assert {name: fast[name] for name in fast.keys() - own} == {
        name: slow[name] for name in slow.keys() - own
    }
    assert fast["arn"].endswith(fast["name"])


@pytest.mark.parametrize(
    "body",
    [b"{", b'{"source": "draft"}', b'{"name": "two words"}', b'{"input": "\\u0000"}', b'{"name": "twice"}'],
)
async def test_what_is_not_plain_comes_to_the_view_as_it_was_sent(body: bytes, office: Office) -> None:
    workflow = await database_sync_to_async(office.workflow)("it", PASS)
    await database_sync_to_async(office.run)(workflow, {}, "twice")
    token = await database_sync_to_async(token_of)(office)
    assert await ask(f"/api/workflows/{workflow.pk}/executions/", token, body) == (418, body)


async def test_refusals_are_left_to_the_view(office: Office) -> None:
    workflow = await database_sync_to_async(office.workflow)("it", PASS)
    draft = await database_sync_to_async(office.workflow)("draft", PASS, published=False)
    viewer = await database_sync_to_async(token_of)(office, Role.VIEWER)
    owner = await database_sync_to_async(token_of)(office)
    for place, token in ((workflow.pk, viewer), (workflow.pk, "wrong"), (draft.pk, owner)):
        assert (await ask(f"/api/workflows/{place}/executions/", token, b"{}"))[0] == 418
