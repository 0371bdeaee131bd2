"""Payload Templates: JSON with expressions in it, compiled once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..errors import PARAMETER_PATH_FAILURE, StateError, SyntaxFault
from ..jsontext import to_text
from .intrinsics import Call, compile_intrinsic
from .jsonata import JsonataExpression, compile_expression, is_expression
from .jsonpath import Path, PathNotFound, compile_path
from .scope import Expression, Scope

JSON = Any


@dataclass(frozen=True, slots=True)
class Constant:
    """A value without any expression in it."""

    value: JSON

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        return self.value


@dataclass(frozen=True, slots=True)
class FieldPath:
    """A path in a field; when it leads to nothing the state fails with `error`."""

    path: Path
    field: str
    error: str

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        try:
            return self.path.evaluate(root, scope)
        except PathNotFound:
            if self.path.source and self.path.source != "$":
                named = f"The variable path '{self.path.text}' specified for the field '{self.field}'"
                raise StateError(self.error, f"{named} could not be found") from None
            shown = to_text(root if not self.path.source else scope.context())
            named = f"The JSONPath '{self.path.text}' specified for the field '{self.field}'"
            cause = f"{named} could not be found in the input '{shown}'"
            raise StateError(self.error, cause) from None


@dataclass(frozen=True, slots=True)
class ObjectTemplate:
    fields: tuple[tuple[str, Expression], ...]

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        return {name: part.evaluate(root, scope) for name, part in self.fields}


@dataclass(frozen=True, slots=True)
class ListTemplate:
    items: tuple[Expression, ...]

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        return [part.evaluate(root, scope) for part in self.items]


Template = Constant | FieldPath | Call | JsonataExpression | ObjectTemplate | ListTemplate


def compile_field(text: str, field: str, error: str = PARAMETER_PATH_FAILURE) -> FieldPath | Call:
    """Return the compiled path or intrinsic function of a `....$` field; raises SyntaxFault."""
    if text.startswith("States."):
        return compile_intrinsic(text)
    return FieldPath(compile_path(text), field, error)


def compile_payload(value: JSON, error: str = PARAMETER_PATH_FAILURE) -> Template:
    """Return a compiled JSONPath Payload Template; raises SyntaxFault."""
    if isinstance(value, dict):
        fields: list[tuple[str, Expression]] = []
        for name, part in value.items():
            if name.endswith(".$"):
                if not isinstance(part, str):
                    raise SyntaxFault(f"the field {name} must hold a path or an intrinsic function")
                fields.append((name[:-2], compile_field(part, name, error)))
            else:
                fields.append((name, compile_payload(part, error)))
        if all(type(part) is Constant for _, part in fields):
            return Constant(value)
        return ObjectTemplate(tuple(fields))
    if isinstance(value, list):
        items = [compile_payload(part, error) for part in value]
        return (
            Constant(value) if all(type(item) is Constant for item in items) else ListTemplate(tuple(items))
        )
    return Constant(value)


def compile_jsonata(value: JSON, location: str) -> Template:
    """Return a compiled JSONata template: each text in `{% %}` is an expression; raises SyntaxFault."""
    if isinstance(value, dict):
        fields = [(name, compile_jsonata(part, f"{location}/{name}")) for name, part in value.items()]
        if all(type(part) is Constant for _, part in fields):
            return Constant(value)
        return ObjectTemplate(tuple(fields))
    if isinstance(value, list):
        items = [compile_jsonata(part, f"{location}[{index}]") for index, part in enumerate(value)]
        return (
            Constant(value) if all(type(item) is Constant for item in items) else ListTemplate(tuple(items))
        )
    if is_expression(value):
        return compile_expression(value, location)
    return Constant(value)
