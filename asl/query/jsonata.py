"""JSONata through jlens, within limits, with the functions that Step Functions adds."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

import jlens

from ..errors import QueryError, SyntaxFault
from ..jsontext import from_text, to_text
from .scope import Scope

JSON = Any

TIMEOUT_SECONDS = 1.0
MAX_DEPTH = 500
MAX_STEPS = 10_000_000  # about a quarter of a second
MAX_STRING = 16 * 1024 * 1024
MAX_ITEMS = 10_000_000
_NAME = re.compile(r"\$([A-Za-z_]\w*)")
_CONTEXT = re.compile(r"\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)")
_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


# What evaluates for too long, too deep or too large fails in these words, which have no code there.
TOO_LONG = "Expression evaluation timeout: Check for infinite loop"
TOO_DEEP = (
    "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive"
)
TOO_LARGE = "Expression evaluation memory limit exceeded: Check for excessive memory usage"
OUT_OF_BOUNDS = "U1001"  # as jsonata-js numbers them all
_BOUNDS = {"D1011": TOO_DEEP, "D1012": TOO_LONG, "U1006": TOO_LONG, "U1001": TOO_LARGE}


class Refused(Exception):
    """A function of ours refuses its arguments."""


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
                elif name in _FUNCTIONS:
                    bindings[name] = _FUNCTIONS[name](scope)
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


def _refuse_eval(scope: Scope) -> Callable[..., JSON]:
    def refuse(*_: JSON) -> JSON:
        raise Refused("T1006: Attempted to invoke a non-function")

    return refuse


def _partition(scope: Scope) -> Callable[..., JSON]:
    def partition(items: JSON, size: JSON) -> JSON:
        if not isinstance(items, list):
            raise Refused("$partition expects an array as its first argument")
        count = _whole(size, "$partition")
        if count < 1:
            raise Refused("$partition expects a positive size")
        return [items[at : at + count] for at in range(0, len(items), count)]

    return partition


def _range(scope: Scope) -> Callable[..., JSON]:
    def make_range(first: JSON, last: JSON, step: JSON) -> JSON:
        return number_range(_number(first, "$range"), _number(last, "$range"), _number(step, "$range"))

    return make_range


def number_range(first: float, last: float, step: float) -> list[float]:
    """Return the numbers from `first` to `last`, both ends included; at most a thousand."""
    if step == 0:
        raise Refused("a range needs a step other than zero")
    if (last - first) / step >= 1000:
        raise Refused("a range has at most 1000 items")
    found: list[float] = []
    value = first
    while (step > 0 and value <= last) or (step < 0 and value >= last):
        found.append(value)
        value += step
    return found


def _hash(scope: Scope) -> Callable[..., JSON]:
    def make_hash(content: JSON, algorithm: JSON) -> JSON:
        if not isinstance(content, str) or algorithm not in _HASHES:
            raise Refused(f"$hash expects a text and one of {', '.join(_HASHES)}")
        return hashlib.new(_HASHES[algorithm], content.encode()).hexdigest()

    return make_hash


def _random(scope: Scope) -> Callable[..., JSON]:
    def make_random(seed: JSON = None) -> JSON:
        return Random(_number(seed, "$random")).random() if seed is not None else scope.random().random()  # noqa: S311

    return make_random


def _uuid(scope: Scope) -> Callable[..., JSON]:
    return lambda: str(uuid.UUID(int=scope.random().getrandbits(128), version=4))


def _parse(scope: Scope) -> Callable[..., JSON]:
    def parse(text: JSON) -> JSON:
        if not isinstance(text, str):
            raise Refused("$parse expects a text")
        try:
            return json.loads(text)
        except ValueError as error:
            raise Refused(f"$parse expects JSON: {error}") from None

    return parse


def _number(value: JSON, function: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"{function} expects a number")
    return value


def _whole(value: JSON, function: str) -> int:
    return int(_number(value, function))


# https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions
_FUNCTIONS: dict[str, Callable[[Scope], Callable[..., JSON]]] = {
    "eval": _refuse_eval,
    "partition": _partition,
    "range": _range,
    "hash": _hash,
    "random": _random,
    "uuid": _uuid,
    "parse": _parse,
}
FUNCTION_NAMES = frozenset(_FUNCTIONS)


def _stand_in(*_: JSON) -> JSON:
    return None
