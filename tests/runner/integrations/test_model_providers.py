"""One suite for every model provider: whoever answers, a state sees the same."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any, Protocol

import pytest
from botocore.stub import Stubber

from runner.integrations.interface import Connection, Failed, Succeeded

from .endpoint import Endpoint
from .ports import Connections, Desk, MakeDesk
from .test_bedrock import Stubbed, client_of, converse_says
from .test_model_invoke import says

MODEL = "arn:cuelight:states:::model:invoke"
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
KEYS = {"Text", "Message", "StopReason", "Usage", "LatencyMs", "Model", "Connection"}


class Server(Protocol):
    """Somebody who answers, and can be told what to say next."""

    desk: Desk

    def says(self, text: str, *, cut_off: bool = False) -> None: ...

    def refuses_schemas(self) -> None: ...

    def is_busy(self) -> None: ...


class OpenAIServer:
    def __init__(self, desk: Desk, endpoint: Endpoint) -> None:
        self.desk = desk
        self._endpoint = endpoint
        self._answers: list[dict[str, Any]] = []

    def _next(self, answer: dict[str, Any]) -> None:
        self._answers.append(answer)
        self._endpoint.will(*self._answers)

    def says(self, text: str, *, cut_off: bool = False) -> None:
        self._next(says(text, stop="length" if cut_off else "stop"))

    def refuses_schemas(self) -> None:
        self._next({"json": {"error": {"message": "unknown field response_format"}}, "status": 400})

    def is_busy(self) -> None:
        self._next({"json": {"error": {"message": "slow down"}}, "status": 429})


class Bedrock:
    def __init__(self, desk: Desk, stubber: Stubber) -> None:
        self.desk = desk
        self._stubber = stubber

    def says(self, text: str, *, cut_off: bool = False) -> None:
        self._stubber.add_response("converse", converse_says(text, "max_tokens" if cut_off else "end_turn"))

    def refuses_schemas(self) -> None:
        self._stubber.add_client_error("converse", "ValidationException", "no outputConfig here", 400)

    def is_busy(self) -> None:
        self._stubber.add_client_error("converse", "ThrottlingException", "slow down", 429)


@pytest.fixture(params=["openai_compatible", "bedrock_converse"])
async def server(
    request: pytest.FixtureRequest, make_desk: MakeDesk, endpoint: Endpoint
) -> AsyncIterator[Server]:
    if request.param == "openai_compatible":
        desk = make_desk(endpoint.host)
        desk.connections = Connections(Connection("m", "openai", endpoint.url, (), settings={"model": "m-1"}))
        yield OpenAIServer(desk, endpoint)
        return
    client = client_of("bedrock-runtime")
    with Stubber(client) as stubber:
        connections = Connections(Connection("m", "aws", None, (), settings={"model": "m-1"}))
        yield Bedrock(Desk(Stubbed(**{"bedrock-runtime": client}), connections), stubber)


async def ask(server: Server, **more: Any) -> Succeeded | Failed:
    outcome = await server.desk.start(MODEL, {"Connection": "m", "Prompt": "Name a bee.", **more})
    assert isinstance(outcome, Succeeded | Failed)
    return outcome


async def test_an_answer_has_the_same_form(server: Server) -> None:
    server.says("Maya")
    outcome = await ask(server)
    assert isinstance(outcome, Succeeded)
    assert set(outcome.output) == KEYS
    assert (outcome.output["Text"], outcome.output["StopReason"]) == ("Maya", "end_turn")
    assert outcome.output["Message"] == {"Role": "assistant", "Content": "Maya"}
    usage = outcome.output["Usage"]
    assert 0 < usage["InputTokens"] < usage["TotalTokens"] == usage["InputTokens"] + usage["OutputTokens"]
    assert outcome.usage["connection"] == "m"


async def test_an_answer_that_was_cut_off_says_so(server: Server) -> None:
    server.says("May", cut_off=True)
    outcome = await ask(server)
    assert isinstance(outcome, Succeeded)
    assert outcome.output["StopReason"] == "max_tokens"


async def test_a_schema_gives_a_value(server: Server) -> None:
    server.says(json.dumps({"name": "Maya"}))
    outcome = await ask(server, ResponseSchema=SCHEMA)
    assert isinstance(outcome, Succeeded)
    assert set(outcome.output) == {*KEYS, "Json"}
    assert outcome.output["Json"] == {"name": "Maya"}


async def test_a_refused_schema_is_said_in_the_prompt(server: Server) -> None:
    server.refuses_schemas()
    server.says('Here you are: {"name": "Maya"}')
    outcome = await ask(server, ResponseSchema=SCHEMA)
    assert isinstance(outcome, Succeeded)
    assert outcome.output["Json"] == {"name": "Maya"}


async def test_an_answer_that_does_not_fit_is_repaired_and_counted(server: Server) -> None:
    server.says('{"name": 3}')
    server.says('{"name": "Maya"}')
    outcome = await ask(server, ResponseSchema=SCHEMA)
    assert isinstance(outcome, Succeeded)
    assert outcome.usage["repairs"] == 1


async def test_a_busy_server_has_one_name_for_every_retrier(server: Server) -> None:
    server.is_busy()
    outcome = await ask(server)
    assert isinstance(outcome, Failed)
    assert outcome.error == "Model.TooManyRequests"
    assert "slow down" in outcome.cause
