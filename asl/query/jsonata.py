"""JSONata through jlens, within limits, with the functions that Step Functions adds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jlens

from ..errors import QueryError, SyntaxFault
from ..jsontext import from_text, to_text
from .jsonata_functions import FUNCTIONS, TOO_DEEP, TOO_LARGE, TOO_LONG, OutOfBounds, Refused
from .scope import Scope

JSON = Any

TIMEOUT_SECONDS = 1.0
MAX_DEPTH = 500
MAX_STEPS = 10_000_000  # about a quarter of a second
MAX_STRING = 16 * 1024 * 1024
MAX_ITEMS = 10_000_000
_NAME = re.compile(r"\$([A-Za-z_]\w*)")
_CONTEXT = re.compile(r"\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)")


OUT_OF_BOUNDS = "U1001"  # as jsonata-js numbers them all
_BOUNDS = {"D1011": TOO_DEEP, "D1012": TOO_LONG, "U1006": TOO_LONG, "U1001": TOO_LARGE}


def is_expression(value: JSON) -> bool:
    """Whether a value of a JSONata state is an expression: a text in `{% %}`."""
    return isinstance(value, str) and value.startswith("{%") and value.rstrip().endswith("%}")


@dataclass(frozen=True, slots=True)
class JsonataExpression:
    """One compiled expression; `source` is the text between the marks."""

    source: str
    location: str
    compiled: jlens.Expression
    names: frozenset[str]
    wants_context: bool

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        """Return the value; raises QueryError. `root` is the `$states` object without its context."""
        states = {**root, "context": scope.context()} if self.wants_context else root
        bindings: dict[str, JSON] = {}
        if self.names:
            variables = scope.variables_seen()
            for name in self.names:
                if name in variables:
                    bindings[name] = variables[name]
                elif name in FUNCTIONS:
                    bindings[name] = FUNCTIONS[name](scope)
        bindings["states"] = states
        return evaluate(
            self, bindings, seed=scope.random().getrandbits(32) if "random" in self.names else None
        )


def compile_expression(text: str, location: str) -> JsonataExpression:
    """Return the compiled form of `{% ... %}`; raises SyntaxFault."""
    source = text.strip()[2:-2].strip()
    compiled = _compile(source)
    found = _NAME.findall(source)
    names = frozenset(name for name in found if name != "states")
    return JsonataExpression(source, location, compiled, names, bool(_CONTEXT.search(source)))


@dataclass(frozen=True, slots=True)
class Reads:
    """What an expression reads that it does not bind itself."""

    variables: frozenset[str]  # without `$states` and the functions of the language
    names: tuple[str, ...]  # of a context item, which no expression of a state machine has
    states: frozenset[str]  # fields of `$states`


def reads(text: str) -> Reads:
    """Return what `{% ... %}` reads; raises SyntaxFault."""
    compiled = _compile(text.strip()[2:-2].strip())
    found = compiled.reads()
    own = {name: _stand_in for name in found["bindings"] if name in FUNCTION_NAMES}
    if (
        own or "everyBinding" in found
    ):  # our functions read nothing but their arguments: only now worth saying
        found = compiled.reads({"eval": _stand_in, **own})
    bindings, input_read = found["bindings"], found.get("input")
    states = bindings.get("states")
    return Reads(
        frozenset(bindings) - FUNCTION_NAMES - {"states"},
        tuple(input_read) if isinstance(input_read, dict) else (),
        frozenset(states) if isinstance(states, dict) else frozenset(),
    )


def evaluate(expression: JsonataExpression, bindings: dict[str, JSON], *, seed: int | None = None) -> JSON:
    """Return what the expression gives with these bindings; raises QueryError."""
    try:
        text = expression.compiled.evaluate_json(
            None, bindings, timeout=TIMEOUT_SECONDS, max_depth=MAX_DEPTH, max_steps=MAX_STEPS,
            max_string_length=MAX_STRING,
            max_array_length=MAX_ITEMS, seed=seed,
        )  # fmt: skip
    except jlens.JlensError as error:
        code, message = fault_of(error)
        told = f": {message}" if code == OUT_OF_BOUNDS else f". {code}: {message}"
        raise _failed(expression, f"threw an error during evaluation{told}") from None
    except OutOfBounds as error:
        raise _failed(expression, f"threw an error during evaluation: {error}") from None
    except (Refused, ValueError, TypeError, RecursionError, OverflowError) as error:
        raise _failed(expression, f"threw an error during evaluation. {error}") from None
    if text is None:
        if _is_function(expression, bindings):
            raise _failed(expression, "returned an unsupported result type.")
        raise _failed(expression, "returned nothing (undefined).")
    return from_text(text)


def fault_of(error: jlens.JlensError) -> tuple[str, str]:
    """Return the code and the message that the reference implementation has for a fault."""
    bound = _BOUNDS.get(error.code)
    return (error.code, str(error)) if bound is None else (OUT_OF_BOUNDS, bound)


def unexpected_type(source: JSON, location: str, expected: str, value: JSON) -> QueryError:
    """Return the error of an expression that gives a value of the wrong type."""
    return QueryError(
        f"The JSONata expression '{source}' specified for the field '{location}' returned an unexpected "
        f"result type. Expected '{expected}', but was '{type_name(value)}' for value: {to_text(value)}",
        location,
    )


def type_name(value: JSON) -> str:
    """Return what JSON calls the type of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _failed(expression: JsonataExpression, what: str) -> QueryError:
    cause = (
        f"The JSONata expression '{expression.source}' specified for the field '{expression.location}' {what}"
    )
    return QueryError(cause, expression.location)


def _is_function(expression: JsonataExpression, bindings: dict[str, JSON]) -> bool:
    """Whether a result that has no JSON form exists all the same."""
    try:
        return (
            _compile(f"$exists(({expression.source}))").evaluate_json(
                None, bindings, timeout=TIMEOUT_SECONDS, max_depth=MAX_DEPTH
            )
            == "true"
        )
    except (jlens.JlensError, SyntaxFault, Refused, ValueError, TypeError):
        return False


@lru_cache(maxsize=2048)
def _compile(source: str) -> jlens.Expression:
    try:
        compiled = jlens.Expression(source)
    except (jlens.JlensError, RecursionError, ValueError) as error:
        raise SyntaxFault(f"{getattr(error, 'code', '')} {error}".strip()) from None
    return compiled


FUNCTION_NAMES = frozenset(FUNCTIONS)


def _stand_in(*_: JSON) -> JSON:
    return None
