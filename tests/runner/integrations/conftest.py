"""Real servers: an HTTP endpoint that says what it was sent, moto's AWS, and the embedded model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from runner import embedded_model

from .endpoint import Endpoint
from .ports import Desk, MakeDesk, open_to


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """An endpoint that answers as it is told and keeps what it gets."""
    endpoint = Endpoint()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", endpoint.answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    endpoint.port = server.port or 0
    yield endpoint
    await server.close()


@pytest.fixture
async def make_desk() -> AsyncIterator[MakeDesk]:
    """Makes a desk whose calls may go to these host:port pairs; what they hold open is closed after."""
    desks: list[Desk] = []

    def make(*hosts: str) -> Desk:
        desks.append(Desk(open_to(*hosts)))
        return desks[-1]

    yield make
    for desk in desks:
        await desk.outbound.close()


@pytest.fixture(scope="session")
def model_address() -> Iterator[tuple[str, int]]:
    """The embedded model, running."""
    yield embedded_model.address()
    embedded_model.stop()


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    """moto's server: S3, SQS, SNS, DynamoDB and more, over HTTP."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
