"""Which variables the states of a definition read."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from asl.variable_references import variable_references

from .definitions import branch, task
from .test_parse_and_validate import ANY_JSON

JSON = Any


def read_by(state: JSON, **more: JSON) -> list[str]:
    return variable_references({"StartAt": "S", "States": {"S": state}, **more}).get("S", [])


def test_paths_templates_and_functions_are_read() -> None:
    state = task(
        InputPath="$first.a[0]",
        Parameters={"b.$": "$second", "c": [{"d.$": "States.Format('$text {}', $third, $.e)"}], "f": "$no"},
        TimeoutSecondsPath="$fourth.seconds",
        Assign={"g.$": "$fifth"},
        Catch=[{"ErrorEquals": ["A"], "Next": "S", "Assign": {"h.$": "$sixth"}}],
        Comment="$no",
    )
    assert read_by(state) == ["fifth", "first", "fourth", "second", "sixth", "third"]


def test_the_context_object_and_the_input_are_no_variables() -> None:
    assert read_by({"Type": "Pass", "Parameters": {"a.$": "$$.State.Name", "b.$": "$.x", "c.$": "$"}}) == []


def test_rules_are_read_to_their_depth() -> None:
    rule = {
        "And": [{"Not": {"Variable": "$a", "StringEqualsPath": "$b.c"}}],
        "Next": "S",
        "Assign": {"x.$": "$d"},
    }
    assert read_by({"Type": "Choice", "Choices": [rule]}) == ["a", "b", "d"]


def test_what_reads_batches_and_writes_items_is_read() -> None:
    state = {
        "Type": "Map",
        "ItemReader": {"Parameters": {"Bucket.$": "$bucket"}, "ReaderConfig": {"MaxItemsPath": "$most"}},
        "ItemBatcher": {"MaxItemsPerBatchPath": "$batch", "BatchInput": {"a.$": "$shared"}},
        "ItemSelector": {"a.$": "$chosen"},
        "ResultWriter": {"Parameters": {"Prefix.$": "$prefix"}},
    }
    assert read_by(state) == ["batch", "bucket", "chosen", "most", "prefix", "shared"]


def test_states_of_branches_and_iterations_speak_for_themselves() -> None:
    inner = branch(("In", {"Type": "Pass", "InputPath": "$x"}))
    states = {
        "P": {"Type": "Parallel", "Branches": [inner], "Parameters": {"a.$": "$y"}},
        "M": {"Type": "Map", "Iterator": branch(("Each", {"Type": "Pass", "InputPath": "$z"}))},
    }
    assert variable_references({"StartAt": "P", "States": states}) == {"Each": ["z"], "In": ["x"], "P": ["y"]}


def test_expressions_are_read_without_what_they_bind_and_what_the_language_has() -> None:
    output = "{% $sum($map($items, function($v) { $v.n * $factor })) + ($own := 1; $own) + $states.input.n %}"
    state = {"Type": "Pass", "Output": {"a": [output, "{% $uuid() & $hash($text, 'MD5') & '$quoted' %}"]}}
    assert read_by(state, QueryLanguage="JSONata") == ["factor", "items", "text"]
    assert read_by({**state, "QueryLanguage": "JSONata"}) == ["factor", "items", "text"]
    assert read_by(state) == []


@given(ANY_JSON)
def test_no_json_breaks_it(value: JSON) -> None:
    variable_references(value)
    for language in ("JSONata", "JSONPath"):
        variable_references(
            {"States": {"S": value, "T": {"Type": "Map", "Choices": value}}, "QueryLanguage": language}
        )
