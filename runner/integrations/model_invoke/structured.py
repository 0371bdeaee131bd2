"""Answers that must fit a JSON Schema: asked for, checked on our side, and repaired where a model slips.

Servers that claim to honour a schema do so in different ways and at times not at all, so the answer is
always validated. A server that refuses the schema itself gets it in the prompt.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from runner.integrations.failures import TaskError, refused
from runner.integrations.interface import JSON, Connection, Ports, Request

from .prompt import Message, Prompt
from .providers.interface import Provider, Reply, SchemaRefused

NOT_VALID = "Model.ResponseNotValid"
# Beyond this a model will not find it either, and each repair costs a whole call.
MOST_REPAIRS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The last reply, its value where a schema was given, and what all calls together used."""

    reply: Reply
    json: JSON
    input_tokens: int
    output_tokens: int
    repairs: int


async def answered(
    provider: Provider, asked: Prompt, connection: Connection, request: Request, ports: Ports
) -> Answer:
    """Returns the model's answer; raises `TaskError` where it never fits the schema."""
    if asked.schema is None:
        reply = await provider.complete(asked, connection, request, ports)
        return Answer(reply, None, reply.input_tokens, reply.output_tokens, 0)
    check = _validator(asked.schema, request)
    prompt, by_server = asked, True
    used_in = used_out = repairs = 0
    while True:
        try:
            reply = await provider.complete(
                prompt if by_server else _without_schema(prompt), connection, request, ports
            )
        except SchemaRefused:
            if not by_server:
                raise TaskError(NOT_VALID, "The server refuses schemas, even in the prompt.") from None
            prompt, by_server = prompt.also_told(_instruction(asked.schema)), False
            continue
        used_in += reply.input_tokens
        used_out += reply.output_tokens
        value, fault = _read(reply, check)
        if fault is None:
            return Answer(reply, value, used_in, used_out, repairs)
        if repairs == MOST_REPAIRS:
            raise TaskError(NOT_VALID, f"After {repairs} repairs the answer still does not fit: {fault}")
        repairs += 1
        prompt = asked if by_server else asked.also_told(_instruction(asked.schema))
        prompt = prompt.saying(
            Message("assistant", reply.text or "…"),
            Message("user", f"That does not fit: {fault}. Answer again, with the JSON alone."),
        )


def _without_schema(prompt: Prompt) -> Prompt:
    return dataclasses.replace(prompt, schema=None)


def _instruction(schema: JSON) -> str:
    text = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON value that fits this JSON Schema, and with nothing else:\n{text}"


def _validator(schema: JSON, request: Request) -> Any:
    from jsonschema import exceptions, validators

    kind = validators.validator_for(schema, default=validators.Draft202012Validator)
    try:
        kind.check_schema(schema)
    except exceptions.SchemaError as error:
        raise refused(
            request.arguments, [f'The field "ResponseSchema" is no JSON Schema: {error.message}']
        ) from None
    return kind(schema)


def _read(reply: Reply, check: Any) -> tuple[JSON, str | None]:
    """Returns the value and None, or what is wrong with the reply."""
    if reply.stop_reason == "max_tokens":
        return None, "it was cut off at the largest number of tokens"
    try:
        value = json.loads(_bare(reply.text))
    except ValueError as error:
        return None, f"it is no JSON ({error})"
    for fault in check.iter_errors(value):
        place = "/".join(str(part) for part in fault.absolute_path)
        return None, f"{fault.message[:300]}{f' at {place}' if place else ''}"
    return value, None


def _bare(text: str) -> str:
    """Returns the JSON in a reply that wraps it in a code fence or in a sentence."""
    text = text.strip()
    if text.startswith("```"):
        text = text.split("\n", 1)[-1].rsplit("```", 1)[0].strip()
    if not text.startswith(("{", "[", '"')):
        starts = [place for place in (text.find("{"), text.find("[")) if place >= 0]
        ends = max(text.rfind("}"), text.rfind("]"))
        if starts and ends > min(starts):
            text = text[min(starts) : ends + 1]
    return text
