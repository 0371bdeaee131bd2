"""Definitions are refused in the service's words, where the service points, and joined as it joins them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from asl.service_words import diagnostics_of, invalid_definition_message
from asl.validate import validate_text

from .definitions import chain, task

JSON = Any


def refusal(document: JSON, machine_type: str = "STANDARD", **more: Any) -> str | None:
    text = document if isinstance(document, str) else json.dumps(document)
    return invalid_definition_message(text, validate_text(text, machine_type=machine_type, **more))


def one_state(state: JSON, **more: JSON) -> JSON:
    return {"StartAt": "S", "States": {"S": state}, **more}


def passing(**more: JSON) -> JSON:
    return one_state({"Type": "Pass", "End": True, **more})


def test_a_definition_that_the_service_takes_is_not_refused() -> None:
    text = json.dumps(passing())
    assert refusal(text) is None
    validated = diagnostics_of(text, validate_text(text))
    assert (validated.result, validated.diagnostics, validated.truncated) == ("OK", (), False)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            {"Comment": "nothing"},
            "SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /",
        ),
        (passing(Colour="red"), "SCHEMA_VALIDATION_FAILED: Field 'Colour' is not supported at /States/S"),
        (passing(Catch=[]), "SCHEMA_VALIDATION_FAILED: Field 'Catch' is not supported at /States/S"),
        (
            passing(Output="x"),
            "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only "
            "supported for the 'JSONata' QueryLanguage at /States/S",
        ),
        (
            passing(OutputPath="Test"),
            "SCHEMA_VALIDATION_FAILED: Value must be a valid JSONPath. at /States/S/OutputPath",
        ),
        (
            passing(ResultPath="Test"),
            "SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: Reference path didn't start with '$' "
            "at /States/S/ResultPath",
        ),
        (
            passing(Assign={"Variable.$": "Test"}),
            "SCHEMA_VALIDATION_FAILED: The value for the field 'Variable.$' must be a valid JSONPath or a "
            "valid intrinsic function call at /States/S/Assign",
        ),
        (
            one_state({"Type": "Wait", "Seconds": "soon", "End": True}),
            "SCHEMA_VALIDATION_FAILED: Expected value of type Integer at /States/S/Seconds",
        ),
        (
            one_state({"Type": "Wait", "Seconds": "${Seconds}", "End": True}),
            "SCHEMA_VALIDATION_FAILED: Expected value of type Integer at /States/S/Seconds",
        ),
        (
            one_state({"Type": "Wait", "Timestamp": "2016-13-05T21:29:29Z", "End": True}),
            "SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/S/Timestamp",
        ),
        (
            one_state(task(Resource="${Function}", End=True)),
            "SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/S/Resource",
        ),
        (
            one_state({"Type": "Parallel", "Branches": [], "End": True}),
            "SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/S/Branches",
        ),
        (
            one_state(
                {
                    "Type": "Map",
                    "MaxConcurrency": 1,
                    "MaxConcurrencyPath": "$.n",
                    "ItemProcessor": {"StartAt": "In", "States": {"In": {"Type": "Succeed"}}},
                    "End": True,
                }
            ),
            "SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [MaxConcurrency, "
            "MaxConcurrencyPath] at /States/S",
        ),
        (
            one_state(task(Retry=[{"ErrorEquals": ["A"], "MaxAttempts": -1}], End=True)),
            "SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/S/Retry[0]/MaxAttempts",
        ),
        (
            one_state(task(Catch=[{"ErrorEquals": ["A"]}], End=True)),
            "SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/S/Catch[0]",
        ),
        (
            {
                "StartAt": "C d",
                "States": {
                    "C d": {
                        "Type": "Choice",
                        "Choices": [{"Variable": "$", "StringMatches": "x"}],
                        "Default": "E",
                    },
                    "E": {"Type": "Succeed"},
                },
            },
            "SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/C d/Choices[0]",
        ),
        (
            one_state({"Type": "Pass", "Output": "{% 1 + %}", "End": True}, QueryLanguage="JSONata"),
            "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output",
        ),
        (
            one_state({"Type": "Pass", "Output": {"v": "{% phone %}"}, "End": True}, QueryLanguage="JSONata"),
            "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. "
            "at /States/S/Output/v",
        ),
        (
            one_state(task(Arguments={"e": "{% $states.errorOutput %}"}, End=True), QueryLanguage="JSONata"),
            "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. "
            "at /States/S/Arguments/e",
        ),
    ],
)  # fmt: skip
def test_a_single_fault_is_said_as_the_service_says_it(document: JSON, said: str) -> None:
    assert refusal(document) == f"Invalid State Machine Definition: '{said}'"


def test_what_is_missing_comes_before_what_is_not_reached() -> None:
    states = {"pass1": {"Type": "Pass", "Next": "pass3"}, "pass2": {"Type": "Pass", "End": True}}
    assert refusal({"StartAt": "pass1", "States": states}) == (
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at "
        '/States/pass1/Next, MISSING_TRANSITION_TARGET: State "pass2" is not reachable. at /States/pass2\''
    )


def test_a_start_that_is_not_there_leaves_every_state_unreached() -> None:
    document = {"StartAt": "Not sure", "States": {"Pass One": {"Type": "Pass", "End": True}}}
    assert refusal(document) == (
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: Not sure at "
        '/StartAt, MISSING_TRANSITION_TARGET: State "Pass One" is not reachable. at /States/Pass One\''
    )


def test_a_loop_without_an_end_has_no_place_and_hides_what_is_not_reached() -> None:
    loop = {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}
    alone = {"C": {"Type": "Pass", "Next": "A"}}
    text = json.dumps({"StartAt": "A", "States": {**loop, **alone}})
    found = validate_text(text)
    assert diagnostics_of(text, found).diagnostics == (
        {"severity": "ERROR", "code": "MISSING_END_STATE", "message": "Workflow has no terminal state"},
    )
    assert invalid_definition_message(text, found) == (
        "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'"
    )
    assert not [one for one in found if one.severity == "ERROR"]  # here it can run, and be stopped


def test_a_schema_that_does_not_hold_says_nothing_of_transitions() -> None:
    assert refusal({"States": {"Alone": {"Type": "Pass", "End": True}}}) == (
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: "
        "These fields are required: [StartAt] at /'"
    )


def test_several_faults_are_joined() -> None:
    state = {"Type": "Wait", "Seconds": 1.5, "End": True, "Seconds2": 1}
    document = {"Fn::Sub": "x", "States": {"S": state}}
    assert refusal(document) == (
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] "
        "at /, SCHEMA_VALIDATION_FAILED: Field 'Fn::Sub' is not supported at /, "
        "SCHEMA_VALIDATION_FAILED: Expected value of type Integer at /States/S/Seconds, "
        "SCHEMA_VALIDATION_FAILED: Field 'Seconds2' is not supported at /States/S'"
    )


def test_a_label_is_refused_with_the_text_as_it_was_sent() -> None:
    processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, **passing()}
    text = json.dumps(one_state({"Type": "Map", "Label": 'a"', "ItemProcessor": processor, "End": True}))
    renamed = text.replace('"S"', '"M"', 2)
    assert refusal(renamed) == (
        "Error=ValueError Args=['Label contains invalid character: \\'\"\\''] in definition '"
        + renamed
        + "'."
    )
    assert refusal(renamed.replace('a\\"', "")) == (
        "Error=ValueError Args=['Label cannot be empty'] in definition '" + renamed.replace('a\\"', "") + "'."
    )


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ("arn:aws:states:::states:startExecution.sync:2", "'.sync' service integration"),
        ("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "'.waitForTaskToken' service integration "),
        ("arn:aws:states:us-east-1:111111111111:activity:work", "Activity ARN"),
    ],
)
def test_an_express_machine_waits_for_nobody(resource: str, said: str) -> None:
    document = one_state(task(Resource=resource, End=True))
    assert refusal(document) is None
    assert refusal(document, "EXPRESS") == (
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Express state machine does not support "
        f"{said} at /States/S/Resource'"
    )


def test_express_children_of_a_distributed_map_wait_for_nobody_either() -> None:
    work = task(Resource="arn:aws:states:::sqs:sendMessage.waitForTaskToken", End=True)
    config = {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}
    processor = {"ProcessorConfig": config, "StartAt": "In", "States": {"In": work}}
    said = refusal(one_state({"Type": "Map", "ItemProcessor": processor, "End": True}))
    assert said is not None
    assert "does not support '.waitForTaskToken'" in said
    assert said.endswith("at /States/S/ItemProcessor/States/In/Resource'")


def test_a_text_that_is_no_json_says_where_it_breaks() -> None:
    assert refusal('{"StartAt": }') == (
        "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: Unexpected character ('}' (code 125)): "
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false') at "
        "[Source: UNKNOWN; line: 1, column: 13]'"
    )


def test_a_name_that_a_branch_uses_again_is_refused() -> None:
    inner = {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}
    said = refusal(one_state({"Type": "Parallel", "Branches": [inner], "End": True}))
    assert said is not None
    assert "DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/Branches[0]/States/S" in said


def test_warnings_are_told_to_those_who_ask() -> None:
    text = json.dumps(passing(Parameters={"a": "$.x"}, Result={"b": "$.y"}))
    found = validate_text(text)
    assert diagnostics_of(text, found).diagnostics == ()
    validated = diagnostics_of(text, found, severity="WARNING")
    assert validated.result == "OK"
    assert [(one["code"], one["location"]) for one in validated.diagnostics] == [
        ("NO_DOLLAR", "/States/S/Parameters/a"),
        ("PASS_RESULT_IS_STATIC", "/States/S/Result"),
    ]


def test_a_reply_that_is_cut_says_so() -> None:
    states = chain(*((f"S{index}", {"Type": "Pass", "Bad": 1}) for index in range(120)))
    text = json.dumps({"StartAt": "S0", "States": states})
    found = validate_text(text)
    whole, some = diagnostics_of(text, found), diagnostics_of(text, found, most=3)
    assert (len(whole.diagnostics), whole.truncated) == (100, True)
    assert (len(some.diagnostics), some.truncated) == (3, True)


def test_people_read_our_words_and_clients_the_services() -> None:
    (found,) = validate_text(json.dumps(one_state({"Type": "Wait", "Seconds": "soon", "End": True})))
    assert found.message == "Seconds must be a number from 0 to 99999999"
    assert found.service is not None
    assert found.service.message == "Expected value of type Integer"
