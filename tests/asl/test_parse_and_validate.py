"""Definitions: what is wrong with them is said at once, and nothing breaks on any JSON."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asl.errors import InvalidDefinition
from asl.fields import ALL_FIELDS, TYPES
from asl.parse import parse_definition, parse_published, parse_text, read_resource
from asl.validate import validate, validate_text

from .definitions import branch, chain, task

JSON = Any


def faults(document: JSON, severity: str = "ERROR", **more: Any) -> list[tuple[str, str]]:
    return [(one.code, one.location) for one in validate(document, **more) if one.severity == severity]


def one_state(state: JSON, **more: JSON) -> JSON:
    return {"StartAt": "S", "States": {"S": state}, **more}


def test_a_sound_definition_has_no_findings() -> None:
    document = {"StartAt": "A", "States": chain(("A", task()), ("B", {"Type": "Succeed"}))}
    assert validate(document) == []


def test_missing_fields_are_named_as_the_service_names_them() -> None:
    (found,) = validate({"States": {"S": {"Type": "Pass", "End": True}}})
    assert (found.code, found.location) == ("SCHEMA_VALIDATION_FAILED", "/")
    assert found.message == "These fields are required: [StartAt]"


def test_all_faults_are_found_at_once() -> None:
    states = {
        "A": {"Type": "Task", "Next": "Nowhere"},
        "B/C": {"Type": "Wait", "Seconds": -1, "Next": "A"},
        "D": {"Type": "Nap"},
        "E": {"Type": "Choice", "Choices": [{"Variable": "$.x", "NumericEquals": "1", "Next": "Gone"}]},
    }
    found = faults({"StartAt": "X", "States": states})
    assert found == [  # what is wrong with the states, then with the ways between them
        ("SCHEMA_VALIDATION_FAILED", "/States/A"),
        ("SCHEMA_VALIDATION_FAILED", "/States/B~1C/Seconds"),
        ("SCHEMA_VALIDATION_FAILED", "/States/D/Type"),
        ("SCHEMA_VALIDATION_FAILED", "/States/E/Choices/0/NumericEquals"),
        ("MISSING_TRANSITION_TARGET", "/StartAt"),
        ("MISSING_TRANSITION_TARGET", "/States/A/Next"),
        ("MISSING_TRANSITION_TARGET", "/States/E/Choices/0/Next"),
    ]


def test_a_fault_inside_a_branch_has_its_place() -> None:
    bad = branch(("In", {"Type": "Pass", "ResultPath": "$.a[*]"}))
    document = one_state({"Type": "Parallel", "Branches": [bad], "End": True})
    assert faults(document) == [("SCHEMA_VALIDATION_FAILED", "/States/S/Branches/0/States/In/ResultPath")]


def test_a_state_that_nothing_leads_to_is_a_warning() -> None:
    states = {"A": {"Type": "Succeed"}, "B": {"Type": "Succeed"}}
    assert faults({"StartAt": "A", "States": states}, "WARNING") == [
        ("MISSING_TRANSITION_TARGET", "/States/B")
    ]
    assert faults({"StartAt": "A", "States": states}) == []


def test_an_unknown_field_is_a_warning_and_a_field_of_another_type_an_error() -> None:
    document = one_state({"Type": "Succeed", "Note": 1, "ResultPath": "$.x"})
    assert faults(document, "WARNING") == [("SCHEMA_VALIDATION_FAILED", "/States/S/Note")]
    assert faults(document) == [("SCHEMA_VALIDATION_FAILED", "/States/S/ResultPath")]


def test_fields_of_the_other_query_language_are_errors() -> None:
    path = {"Type": "Pass", "InputPath": "$", "End": True}
    assert faults(one_state(path, QueryLanguage="JSONata")) == [
        ("SCHEMA_VALIDATION_FAILED", "/States/S/InputPath")
    ]
    output = {"Type": "Pass", "Output": 1, "End": True}
    assert faults(one_state(output)) == [("SCHEMA_VALIDATION_FAILED", "/States/S/Output")]
    assert faults(one_state({**output, "QueryLanguage": "JSONata"})) == []


@pytest.mark.parametrize(
    ("field", "value", "language"),
    [
        ("Output", "{% $sum( %}", "JSONata"),
        ("Assign", {"a": {"b": ["{% 1 + %}"]}}, "JSONata"),
        ("Parameters", {"a.$": "States.Format('{}'"}, "JSONPath"),
        ("Parameters", {"a": [{"b.$": "x"}]}, "JSONPath"),
        ("Parameters", {"a.$": "States.Nothing()"}, "JSONPath"),
        ("InputPath", "$.a[", "JSONPath"),
        ("Assign", {"9lives": 1}, "JSONPath"),
        ("Assign", {"states": 1}, "JSONPath"),
    ],
)
def test_expressions_that_cannot_be_read_are_errors(field: str, value: JSON, language: str) -> None:
    state = {"Type": "Pass", field: value, "End": True}
    (found,) = faults(one_state(state, QueryLanguage=language))
    assert found[1].startswith(f"/States/S/{field}")


@pytest.mark.parametrize(
    "retry",
    [
        {"ErrorEquals": []},
        {"ErrorEquals": ["A"], "BackoffRate": 0.5},
        {"ErrorEquals": ["A"], "MaxAttempts": -1},
        {"ErrorEquals": ["A"], "MaxAttempts": 1.5},
        {"ErrorEquals": ["A"], "IntervalSeconds": True},
        {"ErrorEquals": ["A"], "JitterStrategy": "SOME"},
        {"ErrorEquals": ["A", "States.ALL"]},
        {},
        "no object",
    ],
)
def test_wrong_retriers_are_errors(retry: JSON) -> None:
    assert faults(one_state(task(Retry=[retry], End=True)))


def test_states_all_must_come_last() -> None:
    retry = [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["A"]}]
    (found,) = faults(one_state(task(Retry=retry, End=True)))
    assert found[1] == "/States/S/Retry/0/ErrorEquals"


def test_placeholders_of_deployment_templates_are_tolerated() -> None:
    state = task(Resource="${FunctionArn}", TimeoutSeconds="${Timeout}", Next="${Next}", Retry="${Retry}")
    assert faults(one_state(state)) == []
    assert (
        faults(one_state({"Type": "Wait", "Seconds": "${Wait}", "End": True}, QueryLanguage="JSONata")) == []
    )


def test_a_resource_that_nothing_runs_is_an_error_where_somebody_knows() -> None:
    document = one_state(task(End=True))
    found = faults(document, known_resource=lambda resource: False)
    assert found == [("UNKNOWN_RESOURCE", "/States/S/Resource")]
    assert faults(one_state(task(Resource="nonsense", End=True)))


def test_a_heartbeat_as_long_as_the_time_limit_is_a_warning() -> None:
    document = one_state(task(HeartbeatSeconds=60, TimeoutSeconds=60, End=True))
    assert faults(document, "WARNING") == [("SCHEMA_VALIDATION_FAILED", "/States/S/HeartbeatSeconds")]
    assert faults(one_state(task(HeartbeatSeconds=59, TimeoutSeconds=60, End=True)), "WARNING") == []


def test_an_express_machine_cannot_wait_for_a_token() -> None:
    document = one_state(task(Resource="arn:aws:states:::sqs:sendMessage.waitForTaskToken", End=True))
    (found,) = validate(document, machine_type="EXPRESS")
    assert found.message == "An express state machine does not support .waitForTaskToken"
    assert found.service is not None
    assert found.service.message == (
        "Express state machine does not support '.waitForTaskToken' service integration "
    )


def test_jsonpath_is_not_allowed_inside_a_jsonata_machine() -> None:
    document = one_state({"Type": "Pass", "QueryLanguage": "JSONPath", "End": True}, QueryLanguage="JSONata")
    (found,) = [one for one in validate(document) if one.severity == "ERROR"]
    assert found.location == "/States/S"
    assert found.message.startswith("'QueryLanguage' can not be 'JSONPath'")


def test_a_variable_that_nothing_assigns_is_a_warning() -> None:
    output = "{% $seen + $unseen + ($own := 1; $own) + $map([1], function($v) { $v }) %}"
    states = chain(
        ("A", {"Type": "Pass", "Assign": {"seen": 1}}), ("B", {"Type": "Pass", "Output": output})
    )  # fmt: skip
    document = {"StartAt": "A", "States": states, "QueryLanguage": "JSONata"}
    (found,) = validate(document)
    assert (found.severity, found.code, found.location) == (
        "WARNING",
        "UNDEFINED_VARIABLE",
        "/States/B/Output",
    )
    assert "$unseen" in found.message


def test_a_fault_of_the_json_says_line_and_column() -> None:
    (found,) = validate_text('{\n  "StartAt": ,\n}')
    assert found.code == "INVALID_JSON_DESCRIPTION"
    assert "line 2, column 14" in found.message
    with pytest.raises(InvalidDefinition) as raised:
        parse_text("{")
    assert raised.value.diagnostics[0].code == "INVALID_JSON_DESCRIPTION"


def test_a_field_that_stands_twice_is_an_error() -> None:
    found = validate_text('{"StartAt": "S", "StartAt": "S", "States": {"S": {"Type": "Succeed"}}}')
    assert [one.code for one in found] == ["DUPLICATE_FIELD"]


def test_deep_nesting_is_refused_and_not_followed_into_the_ground() -> None:
    document: JSON = {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}
    for _ in range(300):
        document = one_state({"Type": "Parallel", "Branches": [document], "End": True})
    assert faults(document)
    assert validate_text("[" * 100_000)[0].code == "INVALID_JSON_DESCRIPTION"


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    | st.sampled_from(["$.a", "$$", "{% $a %}", "{%", "States.Format('{}', $.a)", "S", "JSONata", "${x}"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=5) | st.sampled_from(sorted(ALL_FIELDS)), inner, max_size=4),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(ANY_JSON, st.sampled_from(TYPES), st.booleans())
def test_no_json_breaks_validation_or_parsing(value: JSON, kind: str, jsonata: bool) -> None:
    inner = value if isinstance(value, dict) else {"Retry": value, "Choices": value, "Branches": [value]}
    more = {"QueryLanguage": "JSONata"} if jsonata else {}
    for document in (value, one_state(value), one_state({"Type": kind, "End": True, **inner}, **more)):
        found = validate(document)
        validate_text(json.dumps(document))
        if not any(one.severity == "ERROR" for one in found):
            with (
                contextlib.suppress(InvalidDefinition)
                if "${" in json.dumps(document)
                else contextlib.nullcontext()
            ):
                parse_definition(document)


def test_resources_are_named_as_histories_name_them() -> None:
    assert (read_resource("arn:aws:states:::lambda:invoke").type, read_resource("arn:aws:states:::lambda:invoke").name) == ("lambda", "invoke")  # fmt: skip # noqa: E501
    sdk = read_resource("arn:aws:states:::aws-sdk:s3:listObjects")
    assert (sdk.type, sdk.name) == ("aws-sdk:s3", "listObjects")
    token = read_resource("arn:aws:states:::sqs:sendMessage.waitForTaskToken")
    assert (token.type, token.name, token.waits_for_token) == ("sqs", "sendMessage.waitForTaskToken", True)
    nested = read_resource("arn:aws:states:::states:startExecution.sync:2")
    assert (nested.type, nested.name) == ("states", "startExecution.sync:2")
    own = read_resource("arn:cuelight:states:::model:invoke")
    assert (own.type, own.name) == ("model", "invoke")


def test_a_placeholder_for_the_structure_itself_can_be_kept_but_not_run() -> None:
    document = one_state({"Type": "Parallel", "Branches": "${Branches}", "End": True})
    assert faults(document) == []
    with pytest.raises(InvalidDefinition):
        parse_definition(document)


def retrying(**more: JSON) -> JSON:
    return one_state(task(Retry=[{"ErrorEquals": ["A"], **more}], End=True))


ENDS = {"StartAt": "I", "States": {"I": {"Type": "Succeed"}}}
A_MAP = {"Type": "Map", "ItemProcessor": ENDS, "End": True}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (retrying(IntervalSeconds="${X}"), "Retry/0/IntervalSeconds"),
        (retrying(MaxAttempts="${X}"), "Retry/0/MaxAttempts"),
        (retrying(BackoffRate="${X}"), "Retry/0/BackoffRate"),
        (retrying(MaxDelaySeconds="${X}"), "Retry/0/MaxDelaySeconds"),
        (one_state(task(Retry="${X}", End=True)), "Retry"),
        (one_state(task(TimeoutSeconds="${X}", End=True)), "TimeoutSeconds"),
        (one_state(task(HeartbeatSeconds="${X}", End=True)), "HeartbeatSeconds"),
        (one_state({"Type": "Wait", "Seconds": "${X}", "End": True}), "Seconds"),
        (one_state({"Type": "Wait", "Timestamp": "${X}", "End": True}), "Timestamp"),
        (one_state({"Type": "Wait", "Seconds": "${X}", "End": True}, QueryLanguage="JSONata"), "Seconds"),
        (one_state({**A_MAP, "MaxConcurrency": "${X}"}), "MaxConcurrency"),
        (one_state({**A_MAP, "ToleratedFailurePercentage": "${X}"}), "ToleratedFailurePercentage"),
        (one_state({"Type": "Pass", "Assign": "${X}", "End": True}), "Assign"),
        (one_state({"Type": "Pass", "Next": "${X}"}), "Next"),
    ],
)
def test_a_placeholder_that_nothing_can_run_is_told_before_a_run(document: JSON, place: str) -> None:
    warned = [one for one in validate(document) if one.code == "UNRESOLVED_PLACEHOLDER"]
    assert [(one.severity, one.location) for one in warned] == [("WARNING", f"/States/S/{place}")]
    assert "${X}" in warned[0].message
    with pytest.raises(InvalidDefinition) as raised:
        parse_text(json.dumps(document))
    assert [(one.code, one.location) for one in raised.value.diagnostics] == [
        ("UNRESOLVED_PLACEHOLDER", f"/States/S/{place}")
    ]


def test_a_placeholder_in_plain_text_is_text() -> None:
    state = task(Comment="${X}", Parameters={"a": "${X}", "b.$": "States.Format('${X}{}', $.c)"}, End=True)
    assert validate(one_state(state)) == []
    parse_definition(one_state(state))


def test_what_was_published_runs_although_it_would_be_refused_now() -> None:
    text = json.dumps(one_state({"Type": "Pass", "Comment": 1, "End": True, "Retry": 5}))
    with pytest.raises(InvalidDefinition):
        parse_text(text)
    assert parse_published(text).start_at == "S"


def large(kind: str) -> str:
    """Return a definition that is nearly as large as one may be."""
    match kind:
        case "many states":
            states = {f"S{n}": {"Type": "Pass", "Next": f"S{n + 1}"} for n in range(20_000)}
            document: JSON = {"StartAt": "S0", "States": {**states, "S20000": {"Type": "Succeed"}}}
        case "many expressions":
            template = {f"f{n}": f"{{% $states.input.x{n} + $sum($states.input.y) %}}" for n in range(14_000)}
            document = one_state({"Type": "Pass", "Output": template, "End": True}, QueryLanguage="JSONata")
        case "many paths":
            template = {f"f{n}.$": f"$.x[{n}].y['z {n}']" for n in range(22_000)}
            document = one_state({"Type": "Pass", "Parameters": template, "End": True})
        case "many rules":
            rule = {"Variable": "$.x", "StringEquals": "y", "Next": "S"}
            document = one_state({"Type": "Choice", "Choices": [rule] * 14_000})
        case _:
            fields = ", ".join(f'"k{n}": {n}' for n in range(60_000))
            return (
                f'{{"StartAt": "S", "States": {{"S": {{"Type": "Pass", "Result": {{{fields}, "k0": 1}}}}}}}}'
            )
    return json.dumps(document)


@pytest.mark.parametrize(
    "kind", ["many states", "many expressions", "many paths", "many rules", "many fields, one of them twice"]
)
def test_the_largest_definition_is_judged_at_once(kind: str) -> None:
    text = large(kind)
    assert 700_000 < len(text) < 1024 * 1024
    began = time.process_time()
    validate_text(text)
    assert time.process_time() - began < 2  # a third of a second, on a machine that does nothing else
