"""Does a mocked result look like an answer of the API that the state would have called?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .aws_sdk import PREFIX
from .aws_sdk.actions import action_named
from .aws_sdk.optimised import TABLE
from .aws_sdk.shapes import pascal_member
from .resource import parsed

JSON = Any

_OPTIMISED = "arn:aws:states:::"
# The integrations of their own modules that are not called as botocore calls their service.
_SERVICES = {"states": "sfn", "bedrock": "bedrockruntime"}
# The action whose answer is the result, where the state waits for the end of what it starts.
_JOBS = {("states", "startExecution"): "describeExecution"}
# What Step Functions gives as JSON although the API has a text or bytes there.
_AS_JSON: Mapping[str, frozenset[str]] = {
    "arn:aws:states:::lambda:invoke": frozenset({"Payload"}),
    "arn:aws:states:::bedrock:invokeModel": frozenset({"Body"}),
    "arn:aws:states:::states:startExecution.sync:2": frozenset({"Input", "Output"}),
}
# Where botocore's model has been widened since, and the service still checks by the older one, as recorded.
_OLDER_MOST = {"MemorySize": 10_240}
_NUMBERS = frozenset({"integer", "long", "float", "double", "bigdecimal", "biginteger", "short", "byte"})


class MockRefused(ValueError):
    """The mocked result does not fit; the message says why, in the service's words."""


def check(resource: str, result: JSON, *, required: bool) -> None:
    """Raise `MockRefused` for a result that the resource's API could not give.

    `required`: what the API always gives must be there. An integration without a known API takes all, and
    so does one that is answered by whoever holds the task token. Reads botocore's models, which takes time.
    """
    shape = _answer_of(resource)
    if shape is None:
        return
    if not isinstance(result, dict):
        raise MockRefused("Mocked result must be a JSON object.")
    _Check(required, _AS_JSON.get(resource, frozenset())).members(result, shape)


def _answer_of(resource: str) -> Any:
    """Return the shape of the result, or None where it is not known."""
    name, suffix = parsed(resource).name, parsed(resource).suffix
    start = PREFIX if name.startswith(PREFIX) else _OPTIMISED
    service, _, action = name.removeprefix(start).partition(":")
    if not name.startswith(start) or not action or suffix == ".waitForTaskToken":
        return None
    if suffix:
        action = _JOBS.get((service, action), "")
    elif (optimised := TABLE.get(name)) is not None:
        # A form that gives other names to what it answers has no shape of its own.
        service, action = optimised.service, "" if optimised.answers else optimised.action
    found = action_named(service if start == PREFIX else _SERVICES.get(service, service), action)
    return None if found is None else found.output


class _Check:
    """One walk over a result; the first thing that is wrong ends it."""

    def __init__(self, required: bool, as_json: frozenset[str]) -> None:
        self.required = required
        self.as_json = as_json

    def members(self, value: Mapping[str, JSON], shape: Any) -> None:
        """Check an object against a structure. Members that the API does not know are let pass, as there."""
        members = {pascal_member(name): member for name, member in shape.members.items()}
        if self.required:
            for name in map(pascal_member, shape.required_members):
                if value.get(name) is None:
                    raise _refused(f"Required field '{name}' is missing")
        for name, part in value.items():
            if name in members and name not in self.as_json:
                self.value(part, members[name], name)

    def value(self, value: JSON, shape: Any, name: str) -> None:
        if value is None or getattr(shape, "is_document_type", False):
            return
        kind = shape.type_name
        match kind:
            case "structure":
                _expect(isinstance(value, dict), name, "an object")
                self.members(value, shape)
            case "list":
                _expect(isinstance(value, list), name, "an array")
                _within(len(value), shape, name, "length")
                for part in value:
                    self.value(part, shape.member, name)
            case "map":
                _expect(isinstance(value, dict), name, "an object")
                for part in value.values():
                    self.value(part, shape.value, name)
            case "boolean":
                _expect(isinstance(value, bool), name, "a boolean")
            case _ if kind in _NUMBERS:
                _expect(isinstance(value, int | float) and not isinstance(value, bool), name, "a number")
                _within(value, shape, name, "value")
            case _:  # texts; bytes and times are texts in JSON
                _expect(isinstance(value, str), name, "a string")
                if (allowed := getattr(shape, "enum", None)) and value not in allowed:
                    raise _refused(f"Field '{name}' is not an expected value")
                _within(len(value), shape, name, "length")


def _expect(holds: bool, name: str, kind: str) -> None:
    if not holds:
        raise _refused(f"Field '{name}' must be {kind}")


def _within(size: float, shape: Any, name: str, what: str) -> None:
    least, most = shape.metadata.get("min"), _OLDER_MOST.get(shape.name, shape.metadata.get("max"))
    if least is not None and size < float(least):
        raise _refused(f"Field '{name}' is smaller than the minimum {what}")
    if most is not None and size > float(most):
        raise _refused(f"Field '{name}' exceeds the maximum {what}")


def _refused(what: str) -> MockRefused:
    return MockRefused(f"Mock result schema validation error: {what}")
