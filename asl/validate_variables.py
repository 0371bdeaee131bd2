"""Variables that are used and nowhere assigned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .findings import Found, pointer
from .query.jsonata import FUNCTION_NAMES, is_expression

JSON = Any

_USED = re.compile(r"(?<![\w$`\"'])\$([A-Za-z_]\w*)")
_BOUND = re.compile(r"\$([A-Za-z_]\w*)\s*:=|[@#]\s*\$([A-Za-z_]\w*)")
_PARAMETERS = re.compile(r"(?:function|λ)\s*\(([^)]*)\)")
_TEXTS = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|/\*.*?\*/|/(?![*/\s])(?:[^/\\\n]|\\.)+/[im]*", re.DOTALL
)
# https://docs.jsonata.org, with what Step Functions adds
_BUILT_IN = FUNCTION_NAMES | {
    "states", "string", "length", "substring", "substringBefore", "substringAfter", "uppercase",
    "lowercase", "trim", "pad", "contains", "split", "join", "match", "replace", "eval", "base64encode",
    "base64decode", "encodeUrlComponent", "encodeUrl", "decodeUrlComponent", "decodeUrl", "number", "abs",
    "floor", "ceil", "round", "power", "sqrt", "random", "formatNumber", "formatBase", "formatInteger",
    "parseInteger", "sum", "max", "min", "average", "boolean", "not", "exists", "count", "append", "sort",
    "reverse", "shuffle", "distinct", "zip", "keys", "lookup", "spread", "merge", "sift", "each", "error",
    "assert", "type", "now", "millis", "fromMillis", "toMillis", "map", "filter", "single", "reduce",
    "clone",
}  # fmt: skip


def check_variables(found: Found, document: JSON) -> None:
    """Warn of each `$name` in an expression that no Assign of the definition sets."""
    assigned: set[str] = set()
    expressions: list[tuple[str, str]] = []
    for name, value, at in _walk(document):
        if name == "Assign" and isinstance(value, dict):
            assigned.update(key.removesuffix(".$") for key in value)
        if is_expression(value):
            expressions.append((value, at))
    for text, at in expressions:
        bare = _TEXTS.sub("''", text)
        local = {name for pair in _BOUND.findall(bare) for name in pair if name}
        for parameters in _PARAMETERS.findall(bare):
            local.update(re.findall(r"\$(\w+)", parameters))
        for name in dict.fromkeys(_USED.findall(bare)):
            if name not in assigned and name not in local and name not in _BUILT_IN:
                found.warn("UNDEFINED_VARIABLE", f"Nothing assigns the variable ${name}", at)


def _walk(document: JSON) -> Iterator[tuple[str, JSON, str]]:
    pending: list[tuple[str, JSON, str]] = [("", document, "")]
    while pending:
        name, value, at = pending.pop()
        yield name, value, at
        if isinstance(value, dict):
            pending.extend((str(key), part, pointer(at, key)) for key, part in value.items())
        elif isinstance(value, list):
            pending.extend((str(index), part, pointer(at, index)) for index, part in enumerate(value))
