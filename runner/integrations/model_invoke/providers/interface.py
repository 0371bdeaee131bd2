"""What every model provider is: a prompt in, a reply out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from runner.integrations.interface import Connection, Ports, Request
from runner.integrations.model_invoke.prompt import Prompt

# What goes wrong has one name whoever answers, so that a Retrier works for every connection.
CONNECTION_FAILED = "Model.ConnectionFailed"
UNAVAILABLE = "Model.Unavailable"  # the embedded model is not installed, or still being fetched
TOO_MANY_REQUESTS = "Model.TooManyRequests"
NOT_PERMITTED = "Model.NotPermitted"
NOT_FOUND = "Model.NotFound"
BAD_REQUEST = "Model.BadRequest"
SERVER_ERROR = "Model.ServerError"
TIMEOUT = "Model.Timeout"

# Bedrock's names for why a model stopped; other protocols' are translated.
STOP_REASONS = {
    "stop": "end_turn",
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "function_call": "tool_use",
    "content_filter": "content_filtered",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said; token counts are 0 where the server does not tell."""

    text: str
    stop_reason: str
    model: str
    input_tokens: int
    output_tokens: int


class SchemaRefused(Exception):
    """The server will not take a JSON Schema; the prompt has to say it."""


class Provider(Protocol):
    """Raises `TaskError`, or `SchemaRefused` where the prompt carries a schema."""

    async def complete(
        self, prompt: Prompt, connection: Connection, request: Request, ports: Ports
    ) -> Reply: ...
