"""Choice Rules of JSONPath states."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from .errors import RUNTIME, StateError, SyntaxFault
from .query.jsonpath import Path, PathNotFound, compile_path
from .query.scope import Scope

JSON = Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test of a variable; `operand` is a path where the operator's name ends in `Path`."""

    variable: Path
    operator: str
    operand: JSON
    operand_path: Path | None = None

    def matches(self, root: JSON, scope: Scope) -> bool:
        if self.operator == "IsPresent":
            return _is_present(self.variable, root, scope) is self.operand
        value = _read(self.variable, root, scope)
        operand = self.operand if self.operand_path is None else _read(self.operand_path, root, scope)
        return TESTS[self.operator](value, operand)


@dataclass(frozen=True, slots=True)
class And:
    rules: tuple[Rule, ...]

    def matches(self, root: JSON, scope: Scope) -> bool:
        return all(rule.matches(root, scope) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Or:
    rules: tuple[Rule, ...]

    def matches(self, root: JSON, scope: Scope) -> bool:
        return any(rule.matches(root, scope) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Not:
    rule: Rule

    def matches(self, root: JSON, scope: Scope) -> bool:
        return not self.rule.matches(root, scope)


Rule = Comparison | And | Or | Not


def compile_rule(document: Mapping[str, JSON]) -> Rule:
    """Return the compiled rule; raises SyntaxFault."""
    if "And" in document:
        return And(tuple(compile_rule(part) for part in document["And"]))
    if "Or" in document:
        return Or(tuple(compile_rule(part) for part in document["Or"]))
    if "Not" in document:
        return Not(compile_rule(document["Not"]))
    variable = compile_path(document["Variable"])
    for name in document:
        if name in TESTS or name == "IsPresent":
            return Comparison(variable, name, document[name])
        if name.endswith("Path") and name[:-4] in TESTS:
            return Comparison(variable, name[:-4], None, compile_path(document[name]))
    raise SyntaxFault("a Choice Rule needs a comparison")


def _read(path: Path, root: JSON, scope: Scope) -> JSON:
    try:
        return path.evaluate(root, scope)
    except PathNotFound:
        cause = f"Invalid path '{path.text}': The choice state's condition path references an invalid value."
        raise StateError(RUNTIME, cause) from None


def _is_present(path: Path, root: JSON, scope: Scope) -> bool:
    try:
        path.evaluate(root, scope)
    except PathNotFound:
        return False
    return True


# ------------------------------------------------------------------ tests: (value, operand) -> bool
_TIMESTAMP = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})")


def read_timestamp(text: JSON) -> datetime | None:
    """Return the time that an ISO 8601 text with an offset names, or None."""
    found = _TIMESTAMP.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    date, clock, fraction, zone = found.groups()
    zone = "+00:00" if zone == "Z" else zone
    clock = clock if len(clock) == 8 else clock + ":00"
    try:
        return datetime.fromisoformat(f"{date}T{clock}.{(fraction or '0')[:6].ljust(6, '0')}{zone}")
    except ValueError:
        return None


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _strings(test: Callable[[str, str], bool]) -> Callable[[JSON, JSON], bool]:
    return lambda a, b: isinstance(a, str) and isinstance(b, str) and test(a, b)


def _numbers(test: Callable[[float, float], bool]) -> Callable[[JSON, JSON], bool]:
    return lambda a, b: _is_number(a) and _is_number(b) and test(a, b)


def _times(test: Callable[[datetime, datetime], bool]) -> Callable[[JSON, JSON], bool]:
    def compare(a: JSON, b: JSON) -> bool:
        first, second = read_timestamp(a), read_timestamp(b)
        return first is not None and second is not None and test(first, second)

    return compare


@lru_cache(maxsize=1024)
def _pieces(pattern: str) -> tuple[str, ...]:
    """Return the literal texts between the wildcards; a backslash takes the next * or backslash as it is."""
    pieces = [""]
    for part in re.findall(r"\\[\\*]|\*|[^\\*]+|\\", pattern):
        if part == "*":
            pieces.append("")
        else:
            pieces[-1] += part[1:] if part in ("\\\\", "\\*") else part
    return tuple(pieces)


def _matches(value: str, pattern: str) -> bool:
    """Match from left to right without going back: no pattern takes long."""
    first, *rest = _pieces(pattern)
    if not rest:
        return value == first
    last = rest.pop()
    if not value.startswith(first) or len(value) < len(first) + len(last) or not value.endswith(last):
        return False
    at, end = len(first), len(value) - len(last)
    for piece in rest:
        found = value.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _booleans(a: JSON, b: JSON) -> bool:
    return isinstance(a, bool) and isinstance(b, bool) and a == b


TESTS: dict[str, Callable[[JSON, JSON], bool]] = {
    "StringEquals": _strings(lambda a, b: a == b),
    "StringLessThan": _strings(lambda a, b: a < b),
    "StringGreaterThan": _strings(lambda a, b: a > b),
    "StringLessThanEquals": _strings(lambda a, b: a <= b),
    "StringGreaterThanEquals": _strings(lambda a, b: a >= b),
    "StringMatches": _strings(_matches),
    "NumericEquals": _numbers(lambda a, b: a == b),
    "NumericLessThan": _numbers(lambda a, b: a < b),
    "NumericGreaterThan": _numbers(lambda a, b: a > b),
    "NumericLessThanEquals": _numbers(lambda a, b: a <= b),
    "NumericGreaterThanEquals": _numbers(lambda a, b: a >= b),
    "BooleanEquals": _booleans,
    "TimestampEquals": _times(lambda a, b: a == b),
    "TimestampLessThan": _times(lambda a, b: a < b),
    "TimestampGreaterThan": _times(lambda a, b: a > b),
    "TimestampLessThanEquals": _times(lambda a, b: a <= b),
    "TimestampGreaterThanEquals": _times(lambda a, b: a >= b),
    "IsNull": lambda a, b: (a is None) == b,
    "IsNumeric": lambda a, b: _is_number(a) == b,
    "IsString": lambda a, b: isinstance(a, str) == b,
    "IsBoolean": lambda a, b: isinstance(a, bool) == b,
    "IsTimestamp": lambda a, b: (read_timestamp(a) is not None) == b,
}
