"""The functions that Step Functions adds to JSONata, and the one it takes away."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any

from .scope import Scope

JSON = Any

# What evaluates for too long, too deep or too large fails in these words, which have no code there.
TOO_LONG = "Expression evaluation timeout: Check for infinite loop"
TOO_DEEP = (
    "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive"
)
TOO_LARGE = "Expression evaluation memory limit exceeded: Check for excessive memory usage"
MAX_RANGE = 360_145  # numbers; the service's bound of memory

_ABSENT: JSON = object()
_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_TYPES: dict[str, type | tuple[type, ...]] = {"a": list, "s": str, "n": (int, float)}


class Refused(Exception):
    """A function of ours refuses its arguments."""


class OutOfBounds(Refused):
    """A function of ours would make too much."""


def _check(name: str, signature: str, *values: JSON) -> None:
    """Raise Refused, in JSONata's words, for values that are not of these types."""
    for at, (kind, value) in enumerate(zip(signature, values, strict=True), 1):
        if value is _ABSENT or isinstance(value, bool) or not isinstance(value, _TYPES[kind]):
            raise Refused(f'T0410: Argument {at} of function "{name}" does not match function signature')


def _refuse_eval(scope: Scope) -> Callable[..., JSON]:
    def refuse(*_: JSON) -> JSON:
        raise Refused("T1006: Attempted to invoke a non-function")

    return refuse


def _partition(scope: Scope) -> Callable[..., JSON]:
    def partition(items: JSON = _ABSENT, size: JSON = _ABSENT) -> JSON:
        _check("partition", "an", items, size)
        count = int(size)
        if count < 1:
            raise Refused("$partition expects a positive size")
        return [items[at : at + count] for at in range(0, len(items), count)]

    return partition


def _range(scope: Scope) -> Callable[..., JSON]:
    def make_range(first: JSON = _ABSENT, last: JSON = _ABSENT, step: JSON = _ABSENT) -> JSON:
        _check("range", "nnn", first, last, step)
        if step == 0:
            raise Refused("$range expects a step other than zero")
        if (last - first) / step >= MAX_RANGE:
            raise OutOfBounds(TOO_LARGE)
        found: list[float] = []
        value = first
        while (step > 0 and value <= last) or (step < 0 and value >= last):
            found.append(value)
            value += step
        return found

    return make_range


def _hash(scope: Scope) -> Callable[..., JSON]:
    def make_hash(content: JSON = _ABSENT, algorithm: JSON = _ABSENT) -> JSON:
        _check("hash", "ss", content, algorithm)
        if algorithm not in _HASHES:
            raise Refused(f"$hash expects one of {', '.join(_HASHES)}")
        return hashlib.new(_HASHES[algorithm], content.encode()).hexdigest()

    return make_hash


def _random(scope: Scope) -> Callable[..., JSON]:
    def make_random(seed: JSON = _ABSENT) -> JSON:
        if seed is _ABSENT or seed is None:
            return scope.random().random()
        _check("random", "n", seed)
        return first_double_of_java(int(seed))

    return make_random


def first_double_of_java(seed: int) -> float:
    """Return what `new java.util.Random(seed).nextDouble()` gives: the service's number, bit for bit."""
    state = (seed ^ 0x5DEECE66D) & 0xFFFFFFFFFFFF
    state = (state * 0x5DEECE66D + 0xB) & 0xFFFFFFFFFFFF
    high = state >> 22
    state = (state * 0x5DEECE66D + 0xB) & 0xFFFFFFFFFFFF
    return float(((high << 27) + (state >> 21)) * 2.0**-53)


def _uuid(scope: Scope) -> Callable[..., JSON]:
    return lambda *_: str(uuid.UUID(int=scope.random().getrandbits(128), version=4))


def _parse(scope: Scope) -> Callable[..., JSON]:
    def parse(text: JSON = _ABSENT) -> JSON:
        _check("parse", "s", text)
        try:
            return json.loads(text)
        except ValueError as error:
            raise Refused(f"$parse expects JSON: {error}") from None

    return parse


# https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions
FUNCTIONS: dict[str, Callable[[Scope], Callable[..., JSON]]] = {
    "eval": _refuse_eval, "partition": _partition, "range": _range, "hash": _hash, "random": _random,
    "uuid": _uuid, "parse": _parse,
}  # fmt: skip
