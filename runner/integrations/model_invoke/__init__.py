"""Asks a language model: one form for every provider, so that another connection is all a change takes."""

from __future__ import annotations

from runner.integrations.connecting import connected
from runner.integrations.failures import TaskError, fails_as_told
from runner.integrations.interface import Connection, Outcome, Ports, Request, Succeeded

from .form import DESCRIPTION
from .prompt import prompt_of
from .providers import bedrock_converse, openai_compatible
from .providers.interface import NOT_PERMITTED, UNAVAILABLE, Provider
from .structured import answered

__all__ = ["DESCRIPTION", "repeatable", "start"]

repeatable = True  # asking twice costs tokens and changes nothing


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns `{Text, Json?, Message, StopReason, Usage, LatencyMs, Model, Connection}`."""
    asked = prompt_of(request.arguments)
    connection = await connected(asked.connection, ports, unavailable=UNAVAILABLE)
    began = ports.now()
    answer = await answered(_provider(connection), asked, connection, request, ports)
    latency_ms = round((ports.now() - began).total_seconds() * 1000)
    reply = answer.reply
    usage = {
        "InputTokens": answer.input_tokens,
        "OutputTokens": answer.output_tokens,
        "TotalTokens": answer.input_tokens + answer.output_tokens,
    }
    output = {
        "Text": reply.text,
        "Message": {"Role": "assistant", "Content": reply.text},
        "StopReason": reply.stop_reason,
        "Usage": usage,
        "LatencyMs": latency_ms,
        "Model": reply.model,
        "Connection": connection.name,
    }
    if asked.schema is not None:
        output["Json"] = answer.json
    recorded = {
        "input_tokens": answer.input_tokens,
        "output_tokens": answer.output_tokens,
        "latency_ms": latency_ms,
        "model": reply.model,
        "connection": connection.name,
        "stop_reason": reply.stop_reason,
    }
    if answer.repairs:
        recorded["repairs"] = answer.repairs
    return Succeeded(output, usage=recorded)


def _provider(connection: Connection) -> Provider:
    """Returns who speaks this connection's protocol."""
    match connection.kind:
        case "aws":
            return bedrock_converse
        case "openai" | "embedded_model":
            return openai_compatible
        case _:
            raise TaskError(
                NOT_PERMITTED,
                f"The connection “{connection.name}” is of the kind {connection.kind} and leads to no model.",
            )
