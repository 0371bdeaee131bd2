"""A running server, and the clients that AWS's users have."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.support.server import Server, running

ACCESS_KEY_ID = "CUELTESTKEY000000001"
SECRET_ACCESS_KEY = "a-secret-that-only-these-tests-know"
ROLE = "arn:aws:iam::123456789012:role/anything"
KEYS = {"CUELIGHT_ACCESS_KEY_ID": ACCESS_KEY_ID, "CUELIGHT_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY}

Client = Any  # boto3 makes its clients at run time


def client_of(server: Server, **changes: Any) -> Client:
    """Return a boto3 client; `changes` are those of `boto3.client`."""
    return boto3.client(
        "stepfunctions",
        **{
            "endpoint_url": server.url,
            "region_name": "us-east-1",
            "aws_access_key_id": ACCESS_KEY_ID,
            "aws_secret_access_key": SECRET_ACCESS_KEY,
            "config": Config(
                inject_host_prefix=False, retries={"max_attempts": 0}, max_pool_connections=50, read_timeout=90
            ),
        }
        | changes,
    )


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


Make = Callable[..., str]


@pytest.fixture
def machine(states: Client, name: str) -> Make:
    """Make a state machine and return its ARN."""
    import json

    def make(definition: dict[str, Any], **more: Any) -> str:
        reply = states.create_state_machine(
            name=name, definition=json.dumps(definition), roleArn=ROLE, **more
        )
        return str(reply["stateMachineArn"])

    return make


