"""The model invoke: the embedded model for real, servers that behave badly, and Bedrock by its own model."""

from __future__ import annotations

import json
from typing import Any

import pytest

from runner.integrations.interface import Connection, Failed, Succeeded

from .endpoint import Endpoint
from .ports import Connections, Desk, MakeDesk

MODEL = "arn:cuelight:states:::model:invoke"
EMBEDDED = Connection("embedded-model", "embedded_model", None, (), builtin=True)
TITLE = {
    "type": "object",
    "properties": {"title": {"type": "string", "minLength": 3}},
    "required": ["title"],
    "additionalProperties": False,
}


def chunk(text: str | None = None, stop: str | None = None, usage: dict[str, int] | None = None) -> str:
    choices = [] if usage else [{"index": 0, "delta": {"content": text}, "finish_reason": stop}]
    return json.dumps(
        {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "big-1",
            "choices": choices,
            "usage": usage,
        }
    )


def says(*texts: str, stop: str = "stop") -> dict[str, Any]:
    usage = {"prompt_tokens": 5, "completion_tokens": len(texts), "total_tokens": 5 + len(texts)}
    return {"events": [*(chunk(text) for text in texts), chunk(stop=stop), chunk(usage=usage), "[DONE]"]}


@pytest.fixture
def embedded(make_desk: MakeDesk, model_address: tuple[str, int]) -> Desk:
    """No port is opened by the operator: the built-in connection opens its own."""
    desk = make_desk()
    desk.connections = Connections(EMBEDDED)
    return desk


@pytest.fixture
def desk(make_desk: MakeDesk, endpoint: Endpoint) -> Desk:
    desk = make_desk(endpoint.host)
    desk.connections = Connections(
        Connection(
            "big", "openai", f"{endpoint.url}/v1", (), secret={"token": "sk-1"}, settings={"model": "big-1"}
        ),
        Connection("shop", "http", endpoint.url, ()),
    )
    return desk


async def test_the_embedded_model_answers_with_text_usage_and_partial_text(embedded: Desk) -> None:
    arguments = {"Prompt": "Write one sentence about bees.", "MaxTokens": 20, "Temperature": 0, "Seed": 1}
    outcome = await embedded.start(MODEL, arguments, timeout_seconds=60)
    assert isinstance(outcome, Succeeded)
    output = outcome.output
    assert output["Text"].strip()
    assert output["Message"] == {"Role": "assistant", "Content": output["Text"]}
    assert output["StopReason"] in ("end_turn", "max_tokens")
    assert output["Usage"]["TotalTokens"] == output["Usage"]["InputTokens"] + output["Usage"]["OutputTokens"]
    assert 0 < output["Usage"]["OutputTokens"] <= 20
    assert (output["Connection"], output["Model"]) == ("embedded-model", "smollm2-135m-instruct")
    assert "Json" not in output
    assert embedded.partial[-1] == output["Text"]
    assert len(embedded.partial) > 1
    assert outcome.usage["output_tokens"] == output["Usage"]["OutputTokens"]


async def test_the_embedded_model_fills_a_schema(embedded: Desk) -> None:
    arguments = {
        "Messages": [
            {"Role": "system", "Content": "You name videos."},
            {"Role": "user", "Content": "Write a short title for a video about bees in the city."},
        ],
        "MaxTokens": 60,
        "Seed": 3,
        "ResponseSchema": {**TITLE, "properties": {"title": {"type": "string", "maxLength": 40}}},
    }
    outcome = await embedded.start(MODEL, arguments)
    assert isinstance(outcome, Succeeded)
    assert len(outcome.output["Json"]["title"]) <= 40


async def test_a_server_gets_what_the_state_says_and_nothing_else(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will(says("Hel", "lo"))
    arguments = {
        "Connection": "big",
        "System": "Be brief.",
        "Messages": [
            {"Role": "user", "Content": "Hi"},
            {"Role": "assistant", "Content": "Yes?"},
            {"Role": "user", "Content": "Greet me"},
        ],
        "MaxTokens": 9,
        "Temperature": 0.5,
        "TopP": 0.9,
        "Seed": 4,
        "StopSequences": ["\n"],
    }
    outcome = await desk.start(MODEL, arguments)
    assert isinstance(outcome, Succeeded)
    assert (outcome.output["Text"], outcome.output["StopReason"]) == ("Hello", "end_turn")
    assert outcome.output["Usage"] == {"InputTokens": 5, "OutputTokens": 2, "TotalTokens": 7}
    assert desk.partial == ["Hel", "Hello"]
    assert endpoint.last.path == "/v1/chat/completions"
    assert endpoint.last.headers["Authorization"] == "Bearer sk-1"
    assert json.loads(endpoint.last.body) == {
        "model": "big-1",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Yes?"},
            {"role": "user", "content": "Greet me"},
        ],
        "max_tokens": 9,
        "temperature": 0.5,
        "top_p": 0.9,
        "seed": 4,
        "stop": ["\n"],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, "Model.BadRequest"),
        (401, "Model.NotPermitted"),
        (404, "Model.NotFound"),
        (429, "Model.TooManyRequests"),
        (500, "Model.ServerError"),
    ],
)
async def test_a_refusal_has_a_name_that_a_retrier_knows(
    desk: Desk, endpoint: Endpoint, status: int, error: str
) -> None:
    endpoint.will({"json": {"error": {"message": "no, thank you"}}, "status": status})
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Hi"})
    assert outcome == Failed(error, f"{status}: no, thank you")
    assert len(endpoint.got) == 1


async def test_a_stream_that_breaks_off_is_a_failed_connection(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will({"breaks_off": True})
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Hi"})
    assert isinstance(outcome, Failed)
    assert outcome.error == "Model.ConnectionFailed"


async def test_a_private_address_is_refused_in_words(make_desk: MakeDesk, endpoint: Endpoint) -> None:
    desk = make_desk()
    desk.connections = Connections(Connection("big", "openai", endpoint.url, ()))
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Hi"})
    assert isinstance(outcome, Failed)
    assert outcome.error == "Model.NotPermitted"
    assert "CUELIGHT_HTTP_ALLOW" in outcome.cause


async def test_an_answer_that_does_not_fit_is_repaired(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will(says('{"name": 1}'), says('```json\n{"title": "Bees"}\n```'))
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Name it", "ResponseSchema": TITLE})
    assert isinstance(outcome, Succeeded)
    assert outcome.output["Json"] == {"title": "Bees"}
    assert outcome.usage["repairs"] == 1
    assert outcome.usage["input_tokens"] == 10
    again = json.loads(endpoint.last.body)
    assert again["response_format"]["json_schema"]["schema"] == TITLE
    assert again["messages"][1] == {"role": "assistant", "content": '{"name": 1}'}
    assert "does not fit" in again["messages"][2]["content"]


async def test_a_server_that_refuses_schemas_gets_it_in_the_prompt(desk: Desk, endpoint: Endpoint) -> None:
    refusal = {"error": {"message": "response_format is not supported"}}
    endpoint.will({"json": refusal, "status": 400}, says('Sure: {"title": "Bees"}'))
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Name it", "ResponseSchema": TITLE})
    assert isinstance(outcome, Succeeded)
    assert outcome.output["Json"] == {"title": "Bees"}
    sent = json.loads(endpoint.last.body)
    assert "response_format" not in sent
    assert '"minLength":3' in sent["messages"][0]["content"]


async def test_an_answer_that_never_fits_fails_after_two_repairs(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will(says("no JSON here"))
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Name it", "ResponseSchema": TITLE})
    assert isinstance(outcome, Failed)
    assert outcome.error == "Model.ResponseNotValid"
    assert len(endpoint.got) == 3


async def test_an_answer_that_was_cut_off_does_not_fit(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will(says('{"title": "Be', stop="length"))
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Name it", "ResponseSchema": TITLE})
    assert isinstance(outcome, Failed)
    assert "cut off" in outcome.cause


async def test_without_a_schema_a_cut_off_answer_is_an_answer(desk: Desk, endpoint: Endpoint) -> None:
    endpoint.will(says("Once upon", stop="length"))
    outcome = await desk.start(MODEL, {"Connection": "big", "Prompt": "Tell"})
    assert isinstance(outcome, Succeeded)
    assert outcome.output["StopReason"] == "max_tokens"


async def test_a_connection_that_leads_to_no_model_is_refused(desk: Desk) -> None:
    outcome = await desk.start(MODEL, {"Connection": "shop", "Prompt": "Hi"})
    assert isinstance(outcome, Failed)
    assert outcome.error == "Model.NotPermitted"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({}, 'either "Prompt" or "Messages"'),
        ({"Prompt": "a", "Messages": [{"Role": "user", "Content": "b"}]}, 'either "Prompt" or "Messages"'),
        ({"Prompt": "  "}, '"Prompt" is empty'),
        ({"Prompt": "a", "MaxTokens": 0}, '"MaxTokens" must be a number from 1'),
        ({"Prompt": "a", "Temperature": "hot"}, '"Temperature" must be a number'),
        ({"Messages": [{"Role": "robot", "Content": "a"}]}, '"Messages[0].Role" must be one of'),
        ({"Messages": [{"Role": "system", "Content": "a"}]}, "nothing that a user says"),
        ({"Prompt": "a", "Promt": "b"}, '"Promt" is not supported'),
        ({"Prompt": "a", "ResponseSchema": {"type": "thing"}}, '"ResponseSchema" is no JSON Schema'),
    ],
)
async def test_arguments_that_cannot_be_used_are_named(
    desk: Desk, endpoint: Endpoint, arguments: dict[str, Any], reason: str
) -> None:
    outcome = await desk.start(MODEL, {"Connection": "big", **arguments})
    assert isinstance(outcome, Failed)
    assert outcome.error == "States.Runtime"
    assert reason in outcome.cause
    assert endpoint.got == []
