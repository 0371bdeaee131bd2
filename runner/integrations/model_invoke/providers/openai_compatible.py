"""Any server that speaks the OpenAI protocol's chat completions, streamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runner.integrations.failures import TaskError
from runner.integrations.interface import Connection, Ports, Request
from runner.integrations.model_invoke.prompt import Prompt
from runner.outbound.errors import Denied, OutboundError

from .interface import (
    BAD_REQUEST,
    CONNECTION_FAILED,
    NOT_FOUND,
    NOT_PERMITTED,
    SERVER_ERROR,
    STOP_REASONS,
    TIMEOUT,
    TOO_MANY_REQUESTS,
    Reply,
    SchemaRefused,
)

if TYPE_CHECKING:
    import openai

# A model may think long; the state's own TimeoutSeconds ends it sooner.
LONGEST_SECONDS = 900.0
# How a server says that it is the schema which it does not take.
_SCHEMA_WORDS = ("response_format", "json_schema", "grammar")


async def complete(prompt: Prompt, connection: Connection, request: Request, ports: Ports) -> Reply:
    """Returns the whole reply; hands its text so far to `ports.progress` as it grows."""
    import openai

    try:
        client = ports.outbound.openai(connection)
        stream = await client.chat.completions.create(
            **body_of(prompt, connection),
            timeout=request.timeout_seconds or LONGEST_SECONDS,
        )
        return await _gathered(stream, prompt, connection, ports)
    except openai.OpenAIError as error:
        raise _failure(error, prompt, connection) from error
    except OutboundError as error:
        raise TaskError(
            NOT_PERMITTED if isinstance(error, Denied) else CONNECTION_FAILED, str(error)
        ) from error


def body_of(prompt: Prompt, connection: Connection) -> dict[str, Any]:
    """Returns the request as chat completions want it; what is not said is not sent."""
    settings = connection.settings
    messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
    if prompt.system is not None:
        messages.insert(0, {"role": "system", "content": prompt.system})
    body: dict[str, Any] = {
        "model": prompt.model or settings.get("model") or "default",
        "messages": messages,
        "stream": True,
    }
    if settings.get("stream_usage", True):
        body["stream_options"] = {"include_usage": True}
    choices = (
        # Some servers only know the newer name; a connection says so.
        (settings.get("max_tokens_name") or "max_tokens", prompt.max_tokens),
        ("temperature", prompt.temperature),
        ("top_p", prompt.top_p),
        ("seed", prompt.seed),
        ("stop", list(prompt.stop_sequences) or None),
    )
    body.update({name: value for name, value in choices if value is not None})
    if prompt.schema is not None and settings.get("json_schema", True):
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "response", "schema": prompt.schema, "strict": True},
        }
    elif prompt.schema is not None:
        raise SchemaRefused
    return body


async def _gathered(stream: Any, prompt: Prompt, connection: Connection, ports: Ports) -> Reply:
    parts: list[str] = []
    model = prompt.model or str(connection.settings.get("model") or "")
    stopped = "stop"
    used_in = used_out = 0
    async with stream:
        async for chunk in stream:
            model = chunk.model or model
            if chunk.usage is not None:
                used_in, used_out = chunk.usage.prompt_tokens or 0, chunk.usage.completion_tokens or 0
            for choice in chunk.choices:
                stopped = choice.finish_reason or stopped
                if choice.delta is not None and choice.delta.content:
                    parts.append(choice.delta.content)
                    await ports.progress("".join(parts))
    return Reply("".join(parts), STOP_REASONS.get(stopped, stopped), model, used_in, used_out)


def _failure(error: openai.OpenAIError, prompt: Prompt, connection: Connection) -> Exception:
    """Returns the failure under the name that every provider gives it."""
    import openai

    match error:
        case openai.APITimeoutError():
            return TaskError(TIMEOUT, f"The model at “{connection.name}” gave no answer in time.")
        case openai.APIConnectionError():
            reason = str(error.__cause__ or error)
            name = NOT_PERMITTED if isinstance(_root(error), Denied) else CONNECTION_FAILED
            return TaskError(name, f"The model at “{connection.name}” cannot be reached: {reason}")
        case openai.APIStatusError():
            said = _said(error)
            if (
                error.status_code in (400, 422)
                and prompt.schema
                and any(word in said for word in _SCHEMA_WORDS)
            ):
                return SchemaRefused()
            return TaskError(_named(error.status_code), f"{error.status_code}: {said}")
        case openai.APIError():  # inside a stream that began well
            return TaskError(SERVER_ERROR, error.message)
        case _:
            return TaskError(SERVER_ERROR, str(error))


def _root(error: BaseException) -> BaseException:
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def _said(error: openai.APIStatusError) -> str:
    body = error.body
    if isinstance(body, dict) and isinstance(body.get("message"), str):
        return str(body["message"])
    return error.message


def _named(status: int) -> str:
    match status:
        case 401 | 403:
            return NOT_PERMITTED
        case 404:
            return NOT_FOUND
        case 408:
            return TIMEOUT
        case 429:
            return TOO_MANY_REQUESTS
        case _ if status < 500:
            return BAD_REQUEST
        case _:
            return SERVER_ERROR
