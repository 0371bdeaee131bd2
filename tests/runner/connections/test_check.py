"""Checking a connection, against a real server on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pytest_django.fixtures import Settings

from people.access import Actor, actor_of_user
from people.models import Membership, User, Workspace
from people.rights import Role
from runner import outbound
from runner.connections.check import check
from runner.connections.resolve import seal
from runner.models import Connection


class Handler(BaseHTTPRequestHandler):
    """Wants a token at /v1, is broken at /broken."""

    def do_GET(self) -> None:
        known = self.headers.get("Authorization") == "Bearer hush"
        self.send_response(500 if self.path.startswith("/broken") else 200 if known else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


@pytest.fixture
def owner(db: None) -> Actor:
    workspace = Workspace.objects.create(number="111111111111", name="North", slug="north")
    user = User.objects.create_user("owner")
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    actor = actor_of_user(user)
    assert actor is not None
    return actor


@pytest.fixture(autouse=True)
def fresh_way_out() -> Iterator[None]:
    outbound.current.cache_clear()
    yield
    outbound.current.cache_clear()


def checked(owner: Actor, base_url: str, token: str, kind: str = "openai") -> Connection:
    Connection.objects.create(
        workspace=owner.workspace, name="c", kind=kind, base_url=base_url, secret=seal({"token": token})
    )
    check(owner.workspace_id, "c", owner)
    return Connection.objects.get()


def test_a_server_that_knows_us_is_ok(server: str, owner: Actor, settings: Settings) -> None:
    settings.CUELIGHT_HTTP_ALLOW = [server]
    row = checked(owner, f"http://{server}/v1", "hush")
    assert row.status == "ok"
    assert row.status_detail == f"http://{server}/v1/models answered 200 OK."
    assert row.checked_at is not None


def test_credentials_that_are_not_accepted_are_told(server: str, owner: Actor, settings: Settings) -> None:
    settings.CUELIGHT_HTTP_ALLOW = [server]
    row = checked(owner, f"http://{server}/v1", "wrong")
    assert row.status == "failed"
    assert "The credentials were not accepted." in row.status_detail
    assert "wrong" not in row.status_detail


def test_a_broken_server_is_told(server: str, owner: Actor, settings: Settings) -> None:
    settings.CUELIGHT_HTTP_ALLOW = [server]
    assert checked(owner, f"http://{server}/broken", "hush", "http").status == "failed"


def test_checking_opens_no_private_address_either(server: str, owner: Actor) -> None:
    row = checked(owner, f"http://{server}/v1", "hush")
    assert row.status == "failed"
    assert f"adding {server} to CUELIGHT_HTTP_ALLOW" in row.status_detail
