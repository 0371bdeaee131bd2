"""Calls a Python function that an installed package registers, in a child process with limits."""

from __future__ import annotations

from typing import Any

from runner.functions import process
from runner.functions.installed import functions

from .arguments import Arguments
from .description import Description, fields
from .failures import fails_as_told
from .interface import JSON, Failed, Outcome, Ports, Request, Succeeded

repeatable = False  # unless the function's registration says so: see `may_repeat`

UNKNOWN = "Function.Unknown"


def may_repeat(arguments: JSON) -> bool:
    """Says whether this call may be made again when its worker was lost."""
    name = arguments.get("FunctionName") if isinstance(arguments, dict) else None
    function = functions().get(name) if isinstance(name, str) else None
    return function is not None and function.repeatable


@fails_as_told
async def start(request: Request, ports: Ports) -> Outcome:
    """Returns the function's result as it is."""
    given = Arguments(request.arguments, ("FunctionName", "Payload"))
    name = given.text("FunctionName", required=True) or ""
    given.done()
    function = functions().get(name)
    if function is None:
        return Failed(UNKNOWN, f"No installed package registers a function named '{name[:200]}'.")
    context = {**request.context, "IdempotencyToken": request.idempotency_token}
    payload = given.known.get("Payload")
    match await process.call(function, payload, context, process.Limits.of_settings()):
        case process.Returned(result):
            return Succeeded(result)
        case process.Raised(error, cause):
            return Failed(error, cause)


def described() -> Description:
    """Returns the description with the functions that are installed now."""
    installed = functions()
    return Description(
        resource="arn:cuelight:states:::function:invoke",
        title="Function",
        description="Run an installed Python function",
        icon="square-code",
        category="Web and code",
        own=True,
        state_name="Run a function",
        arguments={"FunctionName": next(iter(installed), ""), "Payload": "{% $states.input %}"},
        arguments_schema=fields(
            ("FunctionName", _name_field(tuple(installed))),
            (
                "Payload",
                {
                    "title": "Payload",
                    "description": "What the function gets.",
                    "format": "json",
                    "default": {},
                },
            ),
            required=("FunctionName",),
        ),
    )


def _name_field(names: tuple[str, ...]) -> dict[str, Any]:
    if not names:
        return {
            "type": "string",
            "title": "Function",
            "description": "No package that is installed here registers one; docs/functions.md says how.",
            "minLength": 1,
            "examples": ["summarise"],
        }
    return {
        "type": "string",
        "title": "Function",
        "description": "Registered by a package that is installed on this server.",
        "enum": list(names),
        "x-verbatim": True,
    }


DESCRIPTION = described()
