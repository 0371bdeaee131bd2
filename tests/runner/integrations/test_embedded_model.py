"""The embedded model, for real: it starts, answers, queues, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import openai
import pytest

from runner import embedded_model
from runner.embedded_model import fetching
from runner.embedded_model.state import State

Address = tuple[str, int]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
async def client(model_address: Address) -> AsyncIterator[openai.AsyncOpenAI]:
    host, port = model_address
    async with openai.AsyncOpenAI(
        base_url=f"http://{host}:{port}/v1", api_key="none", max_retries=0
    ) as client:
        yield client


def test_it_listens_on_the_loopback_alone(model_address: Address) -> None:
    assert model_address[0] == "127.0.0.1"
    assert embedded_model.status().state is State.RUNNING
    assert embedded_model.address() == model_address


async def test_it_streams_what_it_says(client: openai.AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(
        model="any",
        messages=[{"role": "user", "content": "Say hello."}],
        max_tokens=12,
        stream=True,
        stream_options={"include_usage": True},
    )
    pieces: list[str] = []
    usage = None
    async for chunk in stream:
        pieces += [choice.delta.content for choice in chunk.choices if choice.delta.content]
        usage = chunk.usage or usage
    assert len(pieces) > 1
    assert usage is not None
    assert 0 < usage.completion_tokens <= 12


async def test_it_answers_in_the_form_of_a_schema(client: openai.AsyncOpenAI) -> None:
    schema = {
        "type": "object",
        "properties": {"colour": {"enum": ["red", "green"]}},
        "required": ["colour"],
        "additionalProperties": False,
    }
    answer = await client.chat.completions.create(
        model="any",
        messages=[{"role": "user", "content": "What colour is grass?"}],
        temperature=0,  # else it may spend its tokens on white space, which a schema allows
        max_tokens=30,
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": schema, "strict": True},
        },
    )
    assert json.loads(answer.choices[0].message.content or "")["colour"] in ("red", "green")


async def test_more_requests_than_slots_wait_their_turn(client: openai.AsyncOpenAI) -> None:
    async def ask(number: int) -> int:
        answer = await client.chat.completions.create(
            model="any", messages=[{"role": "user", "content": f"Count from {number}."}], max_tokens=4
        )
        assert answer.usage is not None
        return answer.usage.completion_tokens

    assert all(await asyncio.gather(*(ask(number) for number in range(12))))


async def test_the_same_seed_says_the_same(client: openai.AsyncOpenAI) -> None:
    async def ask() -> str | None:
        answer = await client.chat.completions.create(
            model="any",
            messages=[{"role": "user", "content": "Name an animal."}],
            max_tokens=8,
            seed=11,
            temperature=0.9,
        )
        return answer.choices[0].message.content

    assert await ask() == await ask()


async def test_a_prompt_beyond_its_window_is_refused_in_words(client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="context"):
        await client.chat.completions.create(
            model="any", messages=[{"role": "user", "content": "word " * 6000}], max_tokens=4
        )


async def test_no_page_of_another_site_may_read_its_answers(model_address: Address) -> None:
    import aiohttp

    host, port = model_address
    headers = {"Origin": "https://evil.example"}
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://{host}:{port}/v1/models", headers=headers) as answer:
            assert answer.headers.get("Access-Control-Allow-Origin") not in ("*", "https://evil.example")


_TWICE = """
import os, signal
from runner import embedded_model
from runner.embedded_model import process
first = embedded_model.address()
os.kill(process._running.process.pid, signal.SIGKILL)
process._running.process.wait()
print(embedded_model.status().state)
assert embedded_model.address()[0] == first[0]
print(embedded_model.status().state)
embedded_model.stop()
print(embedded_model.status().state)
"""


def test_it_starts_again_after_it_died() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _TWICE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["ready", "running", "ready"]


_PARENT = """
import sys
from runner.embedded_model import process
print(process.address()[1], process._running.process.pid, flush=True)
sys.stdin.read()
"""


def test_a_parent_that_is_killed_leaves_no_model_behind() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    child = int(parent.stdout.readline().split()[1])
    watched = os.pidfd_open(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    try:
        assert _ended(watched, within_seconds=10)
    finally:
        os.close(watched)
        parent.stdin.close()
        parent.stdout.close()


def _ended(pidfd: int, within_seconds: float) -> bool:
    import select

    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(within_seconds * 1000))


_WITHOUT = """
import asyncio, sys
sys.modules["xllamacpp"] = None  # as Python marks what cannot be imported
from runner import embedded_model
from runner.integrations.interface import Connection
from tests.runner.integrations.ports import Connections, Desk
print(embedded_model.status().state)
desk = Desk(None, Connections(Connection("embedded-model", "embedded_model", None, (), builtin=True)))
model = asyncio.run(desk.start("arn:cuelight:states:::model:invoke", {"Prompt": "Hi"}))
print(model.error, "make model" in model.cause)
config = {"ConnectionArn": "embedded-model"}
call = {"ApiEndpoint": "/chat/completions", "Method": "POST", "InvocationConfig": config}
print(asyncio.run(desk.start("arn:aws:states:::http:invoke", call)).error)
"""


def test_without_it_calls_fail_under_a_name_that_a_retrier_knows() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _WITHOUT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["missing", "Model.Unavailable", "True", "States.Http.Socket"]


def test_fetching_what_is_there_changes_nothing() -> None:
    seen: list[State] = []
    status = embedded_model.fetch(lambda status: seen.append(status.state))
    assert status.usable
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("ERROR: No matching distribution found for xllamacpp==2026.10.11549", State.UNSUPPORTED),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left", State.MISSING),
        ("", State.MISSING),
    ],
)
def test_what_kept_it_from_being_fetched_is_said(said: str, state: State) -> None:
    status = fetching._judge(1, said)
    assert status.state is state
    assert status.message.endswith(".") or said in status.message or "pip ended" in status.message
