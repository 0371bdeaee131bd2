from collections.abc import AsyncIterator

import pytest

from runner.integrations.interface import Connection
from runner.outbound import Denied, Outbound

from .conftest import Local


@pytest.fixture
async def closed() -> AsyncIterator[Outbound]:
    way_out = Outbound()
    yield way_out
    await way_out.close()


def connection_to(local: Local, *, builtin: bool) -> Connection:
    return Connection("m", "openai", f"{local.url}/v1", (), secret={"token": "key"}, builtin=builtin)


async def test_a_model_server_answers_through_the_gate(local: Local, closed: Outbound) -> None:
    client = closed.openai(connection_to(local, builtin=True))
    answer = await client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}])
    assert answer.choices[0].message.content == "Hello"
    assert local.seen[0].headers["Authorization"] == "Bearer key"


async def test_partial_text_streams_through_the_gate(local: Local, closed: Outbound) -> None:
    client = closed.openai(connection_to(local, builtin=True))
    stream = await client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": "Hi"}], stream=True
    )
    assert [chunk.choices[0].delta.content async for chunk in stream] == ["Hel", "lo"]


async def test_a_model_server_on_a_private_address_is_refused(local: Local, closed: Outbound) -> None:
    client = closed.openai(connection_to(local, builtin=False))
    with pytest.raises(Denied, match="CUELIGHT_HTTP_ALLOW"):
        await client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}])
    assert local.seen == []


async def test_the_same_connection_gives_the_same_client_and_another_secret_another(closed: Outbound) -> None:
    one = Connection("m", "openai", "https://models.example/v1", (), secret={"token": "a"})
    two = Connection("m", "openai", "https://models.example/v1", (), secret={"token": "b"})
    assert closed.openai(one) is closed.openai(one)
    assert closed.openai(one) is not closed.openai(two)
