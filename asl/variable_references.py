"""Which variables each state reads, as DescribeStateMachine shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .choice_rules import TESTS
from .errors import SyntaxFault
from .fields import (
    ITEM_BATCHER_FIELDS,
    ITEM_READER_FIELDS,
    JSONPATH_FIELDS,
    READER_CONFIG_FIELDS,
    RESULT_WRITER_FIELDS,
)
from .query.jsonata import is_expression, reads

JSON = Any
State = Mapping[str, JSON]

_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_VARIABLE = re.compile(r"(?<![\w$])\$([^\W\d]\w*)")
_NESTED = ("ItemProcessor", "Iterator", "Branches")
_PATHS = frozenset({"path", "path?", "path_or_function"})
_TEMPLATES = frozenset({"payload", "assign", "credentials"})
_OBJECTS = {
    "ItemReader": ITEM_READER_FIELDS[False], "ReaderConfig": READER_CONFIG_FIELDS[False],
    "ItemBatcher": ITEM_BATCHER_FIELDS[False], "ResultWriter": RESULT_WRITER_FIELDS[False],
}  # fmt: skip


def variable_references(definition: JSON) -> dict[str, list[str]]:
    """Return for each state that reads variables their names, sorted; states of branches too.

    `definition` is any JSON: what is no state has no references.
    """
    found: dict[str, set[str]] = {}
    jsonata = isinstance(definition, dict) and definition.get("QueryLanguage") == "JSONata"
    pending: list[JSON] = [definition]
    while pending:
        machine = pending.pop()
        states = machine.get("States") if isinstance(machine, dict) else None
        for name, state in states.items() if isinstance(states, dict) else ():
            if not isinstance(state, dict):
                continue
            names = set(_read_by(state, jsonata))
            if names:
                found.setdefault(name, set()).update(names)
            for field in _NESTED:
                part = state.get(field)
                pending.extend(part if isinstance(part, list) else [part])
    return {name: sorted(names) for name, names in sorted(found.items())}


def _read_by(state: State, around: bool) -> Iterator[str]:
    named = state.get("QueryLanguage")
    if around if named is None else named == "JSONata":
        own = {field: value for field, value in state.items() if field not in _NESTED}
        return _in_expressions(own)
    return _in_fields(state, JSONPATH_FIELDS.get(str(state.get("Type")), {}))


def _in_expressions(value: JSON) -> Iterator[str]:
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
        elif is_expression(part):
            try:
                yield from reads(part).variables
            except SyntaxFault:
                continue


def _in_fields(part: Mapping[str, JSON], kinds: Mapping[str, str]) -> Iterator[str]:
    for field, value in part.items():
        kind = kinds.get(field, "")
        if kind in _PATHS:
            yield from _in_path(value)
        elif kind in _TEMPLATES or (field == "ItemSelector" and kind):
            yield from _in_template(value)
        elif field in _OBJECTS and kind and isinstance(value, dict):
            yield from _in_fields(value, _OBJECTS[field])
        elif field == "Choices" and kind:
            yield from _in_rules(value)
        elif field == "Catch" and isinstance(value, list):
            for catcher in value:
                yield from _in_template(catcher.get("Assign") if isinstance(catcher, dict) else None)


def _in_rules(rules: JSON) -> Iterator[str]:
    pending = [rules]
    while pending:
        part = pending.pop()
        if isinstance(part, list):
            pending.extend(part)
        elif isinstance(part, dict):
            for field, value in part.items():
                if field == "Variable" or (field.endswith("Path") and field[:-4] in TESTS):
                    yield from _in_path(value)
                elif field == "Assign":
                    yield from _in_template(value)
                elif field in ("And", "Or", "Not"):
                    pending.append(value)


def _in_template(value: JSON) -> Iterator[str]:
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, list):
            pending.extend(part)
        elif isinstance(part, dict):
            for field, inner in part.items():
                if field.endswith(".$"):
                    yield from _in_path(inner)
                else:
                    pending.append(inner)


def _in_path(text: JSON) -> Iterator[str]:
    """Yield the variables of a path or an intrinsic function."""
    if isinstance(text, str):
        yield from _VARIABLE.findall(_QUOTED.sub("''", text))
