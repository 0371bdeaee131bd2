"""JSONPath as the service reads it: `$` the input, `$$` the Context Object, `$name` a variable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import jsonpath as engine

from ..errors import RESULT_PATH_MATCH_FAILURE, RUNTIME, StateError, SyntaxFault
from ..jsontext import to_text
from .scope import Scope

JSON = Any
Steps = tuple[str | int, ...]

_STEP = re.compile(r"\.([^\W\d][\w-]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\[\"((?:[^\"\\]|\\.)*)\"\]")
_VARIABLE = re.compile(r"\$([^\W\d]\w*)(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\'])")
# What Jayway takes and RFC 9535 does not.
_BARE_WORD = re.compile(r"([=!<>]=?\s*)(?!(?:true|false|null)\b)([A-Za-z_][\w-]*)(?=\s*(?:\)|&&|\|\|))")
_LAST = re.compile(r"\[\(\s*@\.length(?:\(\))?\s*-\s*(\d+)\s*\)\]")
_NAMES = re.compile(r"\.?\[(\s*'[^']*'\s*(?:,\s*'[^']*'\s*)+)\]$")
_REPEATED_GROUP = re.compile(r"[+*}]\s*\)\s*[+*{]|\|[^)]*\)\s*[+*{]")
MAX_LENGTH = 4096
MAX_RESULTS = 100_000


class PathNotFound(Exception):
    """A definite path leads to nothing; the text says where it ended, as Jayway does."""


@dataclass(frozen=True, slots=True)
class PlainPath:
    """A path of names and indexes only: the fast way."""

    text: str
    source: str  # "" the input, "$" the Context Object, else a variable's name
    steps: Steps

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        value = root if not self.source else _source(self.source, scope)
        for done, step in enumerate(self.steps):
            if type(step) is str:
                if not isinstance(value, dict) or step not in value:
                    raise PathNotFound(f"Missing property in path {_bracketed(self.steps[: done + 1])}")
                value = value[step]
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                raise PathNotFound(f"Missing property in path {_bracketed(self.steps[: done + 1])}")
        return value


@dataclass(frozen=True, slots=True)
class QueryPath:
    """Any other path. One that may name several places gives a list, possibly empty."""

    text: str
    source: str
    query: Any
    singular: bool
    measured: bool = False  # ends in `.length()`
    names: tuple[str, ...] = ()  # ends in `['a','b']`: an object of these, as Jayway gives

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        value = root if not self.source else _source(self.source, scope)
        if not isinstance(value, dict | list):
            raise PathNotFound(f"Expected to find an object in path $ but found '{type(value).__name__}'")
        found = [match.obj for match in islice(self.query.finditer(value), MAX_RESULTS + 1)]
        if len(found) > MAX_RESULTS:
            raise StateError(RUNTIME, f"The path {self.text} leads to more than {MAX_RESULTS} places.")
        if self.names:
            found = [
                {name: part[name] for name in self.names if name in part}
                for part in found
                if isinstance(part, dict)
            ]
        if not self.singular:
            return len(found) if self.measured else found
        if not found:
            raise PathNotFound(f"No results for path: {self.text}")
        if self.measured:
            return len(found[0]) if isinstance(found[0], list | dict | str) else None
        return found[0]


Path = PlainPath | QueryPath


@lru_cache(maxsize=4096)
def compile_path(text: str) -> Path:
    """Return a compiled path; raises SyntaxFault."""
    if len(text) > MAX_LENGTH:
        raise SyntaxFault("the path is too long")
    source, rest = _split(text)
    steps = _plain_steps(rest)
    if steps is not None:
        return PlainPath(text, source, steps)
    measured = rest.endswith(".length()")
    query_text = _LAST.sub(r"[-\1]", rest.removesuffix(".length()").replace(".[", "["))
    names: tuple[str, ...] = ()
    selected = _NAMES.search(query_text)
    if selected:
        names = tuple(name.strip().strip("'") for name in selected[1].split(","))
        query_text = query_text[: selected.start()]
    # law 10: neither a regular expression that goes back for ever, nor searches inside searches
    if query_text.count("..") > 2 or (
        ("=~" in query_text or "(@" in query_text) and _REPEATED_GROUP.search(query_text)
    ):
        raise SyntaxFault("the path would take too long")
    if "?" in query_text:
        query_text = _BARE_WORD.sub(r"\1'\2'", query_text)
    try:
        query = engine.compile(query_text)
    except (engine.JSONPathError, RecursionError) as error:
        raise SyntaxFault(str(error).split("\n", 1)[0]) from None
    singular = bool(query.singular_query()) if hasattr(query, "singular_query") else False
    return QueryPath(text, source, query, singular, measured, names)


@dataclass(frozen=True, slots=True)
class ReferencePath:
    """A path that names one place, where a result can be put."""

    text: str
    steps: Steps

    def put(self, target: JSON, value: JSON) -> JSON:
        """Return `target` with `value` at this place; shares what does not change."""
        if not self.steps:
            return value
        if not isinstance(target, dict | list):
            raise StateError(RESULT_PATH_MATCH_FAILURE, self._mismatch(target))
        top: JSON = target.copy()
        holder: JSON = top
        for step, following in zip(self.steps, (*self.steps[1:], None), strict=True):
            if isinstance(step, str):
                if not isinstance(holder, dict):
                    raise StateError(RESULT_PATH_MATCH_FAILURE, self._mismatch(target))
                if following is None:
                    holder[step] = value
                    break
                inner = holder.get(step)
            else:
                if not isinstance(holder, list) or step >= len(holder):
                    raise StateError(RESULT_PATH_MATCH_FAILURE, self._mismatch(target))
                if following is None:
                    holder[step] = value
                    break
                inner = holder[step]
            if inner is None:
                inner = {}
            if not isinstance(inner, dict | list):
                raise StateError(RESULT_PATH_MATCH_FAILURE, self._mismatch(target))
            inner = inner.copy()
            holder[step] = inner
            holder = inner
        return top

    def _mismatch(self, target: JSON) -> str:
        return f"Unable to apply ReferencePath {self.text} to input {to_text(target)}"


@lru_cache(maxsize=4096)
def compile_reference_path(text: str) -> ReferencePath:
    """Return a compiled Reference Path; raises SyntaxFault."""
    steps = _plain_steps(text) if text.startswith("$") else None
    if steps is None:
        raise SyntaxFault("a Reference Path may only name fields and indexes, from $")
    return ReferencePath(text, steps)


def _split(text: str) -> tuple[str, str]:
    if text.startswith("$$"):
        return "$", text[1:]
    if not text.startswith("$"):
        raise SyntaxFault("a path starts with $")
    found = _VARIABLE.fullmatch(text)
    if found:
        return found[1], "$" + found[2]
    return "", text


def _plain_steps(text: str) -> Steps | None:
    steps: list[str | int] = []
    at = 1
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            return None
        name, index, single, double = found.groups()
        if name is not None:
            steps.append(name)
        elif index is not None:
            steps.append(int(index))
        else:
            steps.append(_ESCAPE.sub(r"\1", single) if single is not None else double.replace('\\"', '"'))
        at = found.end()
    return tuple(steps)


def _source(source: str, scope: Scope) -> JSON:
    if source == "$":
        return scope.context()
    variables = scope.variables_seen()
    if source not in variables:
        raise PathNotFound(f"The variable ${source} is not defined")
    return variables[source]


def _bracketed(steps: Steps) -> str:
    return "$" + "".join(f"['{step}']" if isinstance(step, str) else f"[{step}]" for step in steps)
