"""Tries one expression, template or rule as it is typed, within the bounds that states have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any

from asl.choice_rules import compile_rule
from asl.errors import StateError, SyntaxFault
from asl.query.jsonpath import PathNotFound
from asl.query.templates import compile_field, compile_jsonata, compile_payload

JSON = Any

# Each expression has its own bounds of time and depth; so many of them may stand in one value.
MOST_EXPRESSIONS = 40
MOST_CHARACTERS = 256 * 1024


class NotEvaluated(Exception):
    """The expression is wrong or fails with this data; `error` is the name that Retry and Catch would see."""

    def __init__(self, error: str, cause: str) -> None:
        super().__init__(cause)
        self.error = error


@dataclass(frozen=True, slots=True)
class Seen:
    """What the expression may see: the scope of a state, made of data that somebody handed in."""

    given_context: Mapping[str, JSON]
    variables: Mapping[str, JSON]

    def context(self) -> dict[str, JSON]:
        return dict(self.given_context)

    def variables_seen(self) -> Mapping[str, JSON]:
        return self.variables

    def random(self) -> Random:
        return SystemRandom()


def evaluate(value: JSON, field: str, *, jsonata: bool, root: JSON, scope: Seen) -> JSON:
    """Return what a field's value gives; raises `NotEvaluated`.

    `root` is `$states` without its context in JSONata, and what `$` stands for in JSONPath.
    """
    if _expressions(value) > MOST_EXPRESSIONS:
        raise NotEvaluated("States.Runtime", f"A preview tries at most {MOST_EXPRESSIONS} expressions.")
    try:
        if jsonata:
            compiled: Any = compile_jsonata(value, field)
        elif isinstance(value, str):
            compiled = compile_field(value, field)
        else:
            compiled = compile_payload(value)
        found = compiled.evaluate(root, scope)
    except SyntaxFault as fault:
        raise NotEvaluated("Syntax", str(fault)) from None
    except PathNotFound as missing:
        raise NotEvaluated("States.Runtime", str(missing)) from None
    except StateError as error:
        raise NotEvaluated(error.error or "", error.cause or "") from None
    if len(json.dumps(found)) > MOST_CHARACTERS:
        raise NotEvaluated("States.DataLimitExceeded", "The value is too large to be shown here.")
    return found


def matches(rule: Mapping[str, JSON], root: JSON, scope: Seen) -> bool:
    """Say whether a JSONPath Choice Rule holds; raises `NotEvaluated`."""
    try:
        return compile_rule(rule).matches(root, scope)
    except (SyntaxFault, KeyError, TypeError, AttributeError, RecursionError) as fault:
        said = f"{fault} is missing" if isinstance(fault, KeyError) else str(fault)
        raise NotEvaluated("Syntax", said) from None
    except StateError as error:
        raise NotEvaluated(error.error or "", error.cause or "") from None


def _expressions(value: JSON) -> int:
    match value:
        case str():
            return 1 if value.startswith(("{%", "$", "States.")) else 0
        case list():
            return sum(_expressions(item) for item in value)
        case dict():
            return sum(_expressions(item) for item in value.values())
    return 0
