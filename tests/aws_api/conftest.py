"""A running server, and the clients that AWS's users have."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.aws import ACCESS_KEY_ID, KEYS, SECRET_ACCESS_KEY, Client, client_of
from tests.support.server import Server, running

__all__ = ["ACCESS_KEY_ID", "KEYS", "ROLE", "SECRET_ACCESS_KEY", "Client", "Make", "client_of"]

ROLE = "arn:aws:iam::123456789012:role/anything"
Make = Callable[..., str]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(Server(tmp_path_factory.mktemp("var"), settings=KEYS)) as started:
        yield started


@pytest.fixture(scope="session")
def states(server: Server) -> Client:
    """The Step Functions client."""
    return client_of(server)


@pytest.fixture
def name() -> str:
    return f"machine-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def machine(states: Client, name: str) -> Make:
    """Make a state machine and return its ARN."""

    def make(definition: dict[str, Any], **more: Any) -> str:
        reply = states.create_state_machine(
            name=name, definition=json.dumps(definition), roleArn=ROLE, **more
        )
        return str(reply["stateMachineArn"])

    return make
