"""The intrinsic functions of JSONPath states: `States.Format('{}', $.name)` and the others."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from ..errors import INTRINSIC_FAILURE, StateError, SyntaxFault
from ..jsontext import to_text
from .jsonpath import Path, PathNotFound, compile_path
from .scope import Scope

JSON = Any
MAX_NESTING = 10  # the service's own limit
MAX_ITEMS = 1000

_TOKEN = re.compile(
    r"\s*(?:(States\.[A-Za-z0-9]+)\s*\(|('(?:[^'\\]|\\.)*')|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])|(true|false|null)\b)"
)
_ILLEGAL_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[^\\'{}]")
_FORMAT = re.compile(r"\\\\|\\\{|\\\}|\\'|\{\}|\{|\}")


@dataclass(frozen=True, slots=True)
class Literal:
    value: JSON

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        return self.value


@dataclass(frozen=True, slots=True)
class Argument:
    path: Path

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        try:
            return self.path.evaluate(root, scope)
        except PathNotFound:
            raise _Failure(f"Invalid path '{self.path.text}'") from None


@dataclass(frozen=True, slots=True)
class Call:
    """One call, with its arguments compiled."""

    text: str
    name: str
    arguments: tuple[Literal | Argument | Call, ...]

    def evaluate(self, root: JSON, scope: Scope) -> JSON:
        """Return the value; raises StateError with States.IntrinsicFailure."""
        try:
            return self.call(root, scope)
        except (_Failure, ValueError, TypeError, OverflowError, RecursionError) as failure:
            cause = f"The function '{self.text}' had the following error: {failure}"
            raise StateError(INTRINSIC_FAILURE, cause) from None

    def call(self, root: JSON, scope: Scope) -> JSON:
        values = [
            argument.call(root, scope) if isinstance(argument, Call) else argument.evaluate(root, scope)
            for argument in self.arguments
        ]
        function, least, most = FUNCTIONS[self.name]
        if len(values) < least or (most is not None and len(values) > most):
            raise _Failure(f"Invalid number of arguments for {self.name}")
        return function(scope, *values)


class _Failure(Exception):
    """Why a function gives nothing."""


@lru_cache(maxsize=4096)
def compile_intrinsic(text: str) -> Call:
    """Return a compiled call; raises SyntaxFault."""
    call, at = _read(text, 0, 1)
    if text[at:].strip() or not isinstance(call, Call):
        raise SyntaxFault(f"unexpected text after the function: {text[at:].strip()[:40]}")
    return call


def _read(text: str, at: int, depth: int) -> tuple[Literal | Argument | Call, int]:
    if depth > MAX_NESTING:
        raise SyntaxFault(f"at most {MAX_NESTING} functions can be nested")
    found = _TOKEN.match(text, at)
    if found is None:
        return _read_path(text, at)
    name, string, number, word = found.groups()
    if string is not None:
        if _ILLEGAL_ESCAPE.search(string):
            raise SyntaxFault("only \\\\, \\', \\{ and \\} are escapes in a text")
        return Literal(_unquoted(string[1:-1])), found.end()
    if number is not None:
        return Literal(json.loads(number)), found.end()
    if word is not None:
        return Literal(json.loads(word)), found.end()
    if name not in FUNCTIONS:
        raise SyntaxFault(f"there is no function {name}")
    arguments: list[Literal | Argument | Call] = []
    end = _skip(text, found.end())
    if text[end : end + 1] == ")":
        return Call(text[found.start(1) : end + 1], name, ()), end + 1
    while True:
        argument, end = _read(text, end, depth + 1)
        arguments.append(argument)
        end = _skip(text, end)
        mark = text[end : end + 1]
        end += 1
        if mark == ")":
            return Call(text[found.start(1) : end], name, tuple(arguments)), end
        if mark != ",":
            raise SyntaxFault(f"a comma or ) is missing at position {end}")


def _read_path(text: str, at: int) -> tuple[Argument, int]:
    start = _skip(text, at)
    if text[start : start + 1] != "$":
        raise SyntaxFault(f"an argument is missing at position {start + 1}")
    end, open_brackets, quote = start, 0, ""
    while end < len(text):
        char = text[end]
        if quote:
            if char == "\\":
                end += 1
            elif char == quote:
                quote = ""
        elif char in "'\"" and open_brackets:
            quote = char
        elif char in "[(":
            open_brackets += 1
        elif char in "])":
            if open_brackets == 0:
                break
            open_brackets -= 1
        elif char == "," and open_brackets == 0:
            break
        end += 1
    return Argument(compile_path(text[start:end].strip())), end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _unquoted(text: str) -> str:
    return re.sub(r"\\(['\\{}])", lambda m: m[0] if m[1] in "{}" else m[1], text)


# ------------------------------------------------------------------ the functions
def _format(scope: Scope, template: JSON, *values: JSON) -> JSON:
    if not isinstance(template, str):
        raise _Failure("the template is not a string")
    left = list(values)

    def place(found: re.Match[str]) -> str:
        mark = found[0]
        if mark == "{}":
            if not left:
                raise _Failure("number of arguments do not match the occurrences of {}")
            value = left.pop(0)
            return value if isinstance(value, str) else to_text(value)
        if mark.startswith("\\"):
            return mark[1:]
        raise _Failure("matching '}' not found for '{'" if mark == "{" else "matching '{' not found for '}'")

    text = _FORMAT.sub(place, template)
    if left:
        raise _Failure("number of arguments do not match the occurrences of {}")
    return text


def _string_to_json(scope: Scope, text: JSON) -> JSON:
    if text is None or text == "":
        return None
    try:
        return json.loads(_text(text))
    except ValueError:
        raise _Failure(f"Unable to parse as JSON: {text}") from None


def _json_to_string(scope: Scope, value: JSON) -> JSON:
    return to_text(value)


def _array(scope: Scope, *values: JSON) -> JSON:
    return list(values)


def _array_partition(scope: Scope, items: JSON, size: JSON) -> JSON:
    count = _integer(size)
    if count < 1:
        raise _Failure("the chunk size must be a positive integer")
    found = _list(items)
    return [found[at : at + count] for at in range(0, len(found), count)]


def _array_contains(scope: Scope, items: JSON, value: JSON) -> JSON:
    return any(_same(item, value) for item in _list(items))


def _array_range(scope: Scope, first: JSON, last: JSON, step: JSON) -> JSON:
    start, end, by = _integer(first), _integer(last), _integer(step)
    if by == 0:
        raise _Failure("the step must not be 0")
    count = (end - start) // by + 1
    if count > MAX_ITEMS:
        raise _Failure(f"an array has at most {MAX_ITEMS} items")
    return [start + by * index for index in range(max(count, 0))]


def _array_get_item(scope: Scope, items: JSON, index: JSON) -> JSON:
    found, at = _list(items), _integer(index)
    if not 0 <= at < len(found):
        raise _Failure(f"the index {at} is out of range")
    return found[at]


def _array_length(scope: Scope, items: JSON) -> JSON:
    return len(_list(items))


def _array_unique(scope: Scope, items: JSON) -> JSON:
    seen: dict[str, JSON] = {}
    for item in _list(items):
        seen.setdefault(json.dumps(item, sort_keys=True), item)
    return list(seen.values())


def _base64_encode(scope: Scope, text: JSON) -> JSON:
    return base64.b64encode(_limited(_text(text)).encode()).decode()


def _base64_decode(scope: Scope, text: JSON) -> JSON:
    try:
        return base64.b64decode(_limited(_text(text)), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        raise _Failure("the text is not Base64") from None


_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def _hash(scope: Scope, data: JSON, algorithm: JSON) -> JSON:
    if algorithm not in _HASHES:
        raise _Failure(f"the algorithm must be one of {', '.join(_HASHES)}")
    text = data if isinstance(data, str) else to_text(data)
    return hashlib.new(_HASHES[algorithm], _limited(text).encode()).hexdigest()


def _json_merge(scope: Scope, first: JSON, second: JSON, deep: JSON) -> JSON:
    if not isinstance(first, dict) or not isinstance(second, dict):
        raise _Failure("both arguments must be objects")
    if deep is not False:
        raise _Failure("only the shallow merging mode (false) is supported")
    return {**first, **second}


def _math_random(scope: Scope, first: JSON, last: JSON, seed: JSON = None) -> JSON:
    start, end = _integer(first), _integer(last)
    if start >= end:
        raise _Failure("the start must be less than the end")
    source = Random(_integer(seed)) if seed is not None else scope.random()  # noqa: S311
    return source.randrange(start, end)


def _math_add(scope: Scope, first: JSON, second: JSON) -> JSON:
    return _integer(first) + _integer(second)


def _string_split(scope: Scope, text: JSON, splitter: JSON) -> JSON:
    if not _text(splitter):
        return [text]
    # every character of the splitter splits, and empty parts are left out, as the service does
    return [part for part in re.split("[" + re.escape(splitter) + "]", _text(text)) if part]


def _uuid(scope: Scope) -> JSON:
    return str(uuid.UUID(int=scope.random().getrandbits(128), version=4))


def _list(value: JSON) -> list[JSON]:
    if not isinstance(value, list):
        raise _Failure("an array is expected")
    return value


def _text(value: JSON) -> str:
    if not isinstance(value, str):
        raise _Failure("a string is expected")
    return value


def _limited(text: str) -> str:
    if len(text) > 10_000:
        raise _Failure("the text is longer than 10000 characters")
    return text


def _integer(value: JSON) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Failure("an integer is expected")
    return value if isinstance(value, int) else math.floor(value + 0.5)


def _same(a: JSON, b: JSON) -> bool:
    return isinstance(a, bool) == isinstance(b, bool) and bool(a == b)


# name -> (function, least arguments, most arguments)
FUNCTIONS: dict[str, tuple[Callable[..., JSON], int, int | None]] = {
    "States.Format": (_format, 1, None),
    "States.StringToJson": (_string_to_json, 1, 1),
    "States.JsonToString": (_json_to_string, 1, 1),
    "States.Array": (_array, 0, None),
    "States.ArrayPartition": (_array_partition, 2, 2),
    "States.ArrayContains": (_array_contains, 2, 2),
    "States.ArrayRange": (_array_range, 3, 3),
    "States.ArrayGetItem": (_array_get_item, 2, 2),
    "States.ArrayLength": (_array_length, 1, 1),
    "States.ArrayUnique": (_array_unique, 1, 1),
    "States.Base64Encode": (_base64_encode, 1, 1),
    "States.Base64Decode": (_base64_decode, 1, 1),
    "States.Hash": (_hash, 2, 2),
    "States.JsonMerge": (_json_merge, 3, 3),
    "States.MathRandom": (_math_random, 2, 3),
    "States.MathAdd": (_math_add, 2, 2),
    "States.StringSplit": (_string_split, 2, 2),
    "States.UUID": (_uuid, 0, 0),
}
