"""Definitions that somebody broke: whatever was done to them is told, and what has no error can start."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asl.errors import InvalidDefinition
from asl.fields import ALL_FIELDS, MACHINE_FIELDS, RETRIER_FIELDS, TYPES
from asl.findings import PLACEHOLDER
from asl.parse import parse_definition, parse_text
from asl.service_words import diagnostics_of, invalid_definition_message
from asl.states import Definition
from asl.validate import validate, validate_text
from asl.variable_references import variable_references

from .documents import documents
from .world import World

JSON = Any

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXAMPLES = [json.loads(path.read_text()) for path in sorted(FIXTURES.glob("*/definition.asl.json"))]
RICH: JSON = {
    "Comment": "Every state type in both languages, with what it may have",
    "StartAt": "Task",
    "TimeoutSeconds": 600,
    "States": {
        "Task": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"a.$": "$.a", "b": {"c.$": "States.Format('{}', $.b)"}},
            "ResultSelector": {"d.$": "$.d"},
            "ResultPath": "$.e",
            "TimeoutSeconds": 60,
            "HeartbeatSecondsPath": "$.beat",
            "Retry": [{"ErrorEquals": ["A"], "IntervalSeconds": 2, "MaxAttempts": 1, "BackoffRate": 1.5}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.f", "Next": "Choice"}],
            "Assign": {"x.$": "$.x", "y": 1},
            "Next": "Choice",
        },
        "Choice": {
            "Type": "Choice",
            "Choices": [
                {
                    "And": [
                        {"Variable": "$.n", "NumericGreaterThan": 1},
                        {"Not": {"Variable": "$x", "IsNull": True}},
                    ],
                    "Next": "Wait",
                },
                {"Variable": "$.t", "TimestampLessThanPath": "$.u", "Next": "Each", "Assign": {"z": 2}},
            ],
            "Default": "Fail",
        },
        "Wait": {"Type": "Wait", "Timestamp": "2026-01-01T00:00:00Z", "Next": "Both"},
        "Both": {
            "Type": "Parallel",
            "QueryLanguage": "JSONata",
            "Arguments": {"k": "{% $states.input.k %}"},
            "Branches": [{"StartAt": "In", "States": {"In": {"Type": "Pass", "Result": 1, "End": True}}}],
            "Output": "{% $states.result[0] + $x %}",
            "Next": "Each",
        },
        "Each": {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemSelector": {"i.$": "$$.Map.Item.Value"},
            "MaxConcurrency": 2,
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "Item",
                "States": {
                    "Item": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% 1 %}", "End": True}
                },
            },
            "ToleratedFailurePercentage": 5,
            "Next": "Done",
        },
        "Fail": {"Type": "Fail", "ErrorPath": "$.error", "Cause": "It is so"},
        "Done": {"Type": "Succeed", "OutputPath": "$.e"},
    },
}  # fmt: skip
NAMES = sorted(
    ALL_FIELDS | set(MACHINE_FIELDS) | set(RETRIER_FIELDS) | {"Next", "Variable", "And", "Condition"}
)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 10**10), st.text(max_size=4),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([
        *TYPES, "$", "$.a", "$$", "$x", "$.a[*]", "$.", "States.UUID()", "States.Format('{}'",
        "{% $x %}", "{% 1 + %}", "{% phone %}", "{% $states.errorOutput %}", "${Name}", "a${b}",
        "JSONata", "JSONPath", "DISTRIBUTED", "States.ALL", "2026-01-01T00:00:00Z", "Done", "Item",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    ]),
    st.sampled_from([[], {}, [[]], [{}], {"a.$": "$.b"}, [{"ErrorEquals": ["States.ALL"], "Next": "Done"}]]),
)  # fmt: skip


def places(document: JSON) -> Iterator[tuple[JSON, str | int]]:
    """Yield every (container, key) of a document."""
    pending = [document]
    while pending:
        part = pending.pop()
        for key in list(part) if isinstance(part, dict) else range(len(part)):
            yield part, key
            if isinstance(part[key], dict | list):
                pending.append(part[key])


@st.composite
def mutated(draw: st.DrawFn) -> JSON:
    """Draw a sound definition to which one to four things were done."""
    base = draw(st.one_of(st.just(RICH), st.sampled_from(EXAMPLES), documents()))
    document = copy.deepcopy(base)
    for _ in range(draw(st.integers(1, 4))):
        found = list(places(document))
        if not found:
            break
        part, key = found[draw(st.integers(0, len(found) - 1))]
        match draw(st.sampled_from(["delete", "replace", "rename", "add", "copy"])):
            case "delete":
                del part[key]
            case "replace":
                part[key] = copy.deepcopy(draw(VALUES))
            case "rename" if isinstance(part, dict):
                part[draw(st.sampled_from(NAMES))] = part.pop(key)
            case "add" if isinstance(part, dict):
                part[draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(VALUES))
            case "copy":
                other, at = found[draw(st.integers(0, len(found) - 1))]
                if isinstance(other, dict) or (isinstance(at, int) and at < len(other)):
                    other[at] = copy.deepcopy(part[key])
            case _:
                part.append(copy.deepcopy(draw(VALUES)))
    return document


def test_what_is_broken_here_was_sound_before() -> None:
    for document in (RICH, *EXAMPLES):
        assert [one for one in validate(document) if one.severity == "ERROR"] == []
        parse_definition(document)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(), st.sampled_from(["STANDARD", "EXPRESS"]))
def test_whatever_was_done_to_a_definition_is_told_and_what_has_no_error_starts(
    document: JSON, machine_type: str
) -> None:
    text = json.dumps(document)
    found = validate(document, machine_type=machine_type)
    assert validate_text(text, machine_type=machine_type) == found
    variable_references(document)

    message = invalid_definition_message(text, found)
    validated = diagnostics_of(text, found, severity="WARNING")
    assert (message is None) == (validated.result == "OK")
    assert all(one.service is not None for one in found if one.severity == "ERROR")

    if any(one.severity == "ERROR" for one in validate(document)):
        return
    definition = parsed(text)
    if definition is None:
        return
    world = World(definition, {"items": [1, 2], "n": 3}).start()
    for _ in range(20):  # it may go on for ever, and fail; it must not raise
        following = world.next_event()
        if following is None:
            break
        whose, event = following
        whose.apply(event)
    assert world.entries


def parsed(text: str) -> Definition | None:
    """Return the definition of a text without errors, which only placeholders can keep from running."""
    try:
        return parse_text(text)
    except InvalidDefinition as refused:
        codes = {one.code for one in refused.diagnostics}
    assert codes == {PLACEHOLDER}
    return None
