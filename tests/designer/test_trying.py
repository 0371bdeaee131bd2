"""Expressions are tried with the data of the last run, and within bounds."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.runner.api.office import Furnished, Office
from tests.runner.engine.conftest import World

COUNTS: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "First",
    "States": {
        "First": {"Type": "Pass", "Assign": {"n": 3, "who": "{% $states.input.who %}"}, "Next": "Each"},
        "Each": {
            "Type": "Map",
            "Items": "{% [1, 2] %}",
            "ItemProcessor": {
                "StartAt": "Inside",
                "States": {
                    "Inside": {"Type": "Pass", "Assign": {"inner": 1}, "Next": "Then"},
                    "Then": {"Type": "Pass", "End": True},
                },
            },
            "Next": "Last",
        },
        "Last": {"Type": "Pass", "Output": {"twice": "{% $n * 2 %}"}, "End": True},
    },
}


def sampled(office: Office, address: str, state: str) -> dict[str, Any]:
    response = office.owner.get(f"{address}sample/", {"state": state})
    assert response.status_code == 200
    said: dict[str, Any] = response.json()
    return said


def evaluated(office: Office, value: Any, **more: Any) -> dict[str, Any]:
    body = {"language": "JSONata", "value": value, **more}
    response = office.owner.post("/api/expressions/evaluate/", body)
    assert response.status_code == 200, response.content
    said: dict[str, Any] = response.json()
    return said


def test_a_sample_is_what_the_state_was_given_and_saw(office: Office) -> None:
    workflow = office.workflow("counts", COUNTS)
    execution = office.run(workflow, {"who": "Ann"})
    World(office.workspace).pull()
    said = sampled(office, f"/api/workflows/{workflow.pk}/", "Last")
    assert said["execution"]["id"] == str(execution.key)
    assert said["input"] == [1, 2]
    assert said["output"] == {"twice": 6}
    assert said["variables"] == {"n": 3, "who": "Ann"}  # none of those inside the Map
    assert said["context"]["Execution"]["Input"] == {"who": "Ann"}
    assert said["context"]["State"]["Name"] == "Last"


def test_a_state_inside_a_map_sees_its_own_variables_and_those_around_it(office: Office) -> None:
    workflow = office.workflow("counts", COUNTS)
    office.run(workflow, {"who": "Ann"})
    World(office.workspace).pull()
    said = sampled(office, f"/api/workflows/{workflow.pk}/", "Then")
    assert said["variables"] == {"n": 3, "who": "Ann", "inner": 1}
    assert said["context"]["Map"]["Item"]["Index"] in (0, 1)


def test_a_state_that_never_ran_has_no_sample(north: Furnished) -> None:
    said = sampled(north.office, f"/api/workflows/{north.passes.pk}/", "Nobody")
    assert said == {"execution": None, "variables": {}, "context": {}, "too_large": []}


def test_what_is_too_large_is_left_out_and_named(office: Office) -> None:
    workflow = office.workflow("large", COUNTS)
    office.run(workflow, {"who": "Ann", "text": "x" * 300_000})
    World(office.workspace).pull()
    said = sampled(office, f"/api/workflows/{workflow.pk}/", "First")
    assert "input" not in said
    assert "input" in said["too_large"]


def test_a_jsonata_expression_sees_input_result_context_and_variables(office: Office) -> None:
    said = evaluated(
        office,
        "{% $states.input.a & $states.result.b & $states.context.State.Name & $c %}",
        input={"a": "1"},
        result={"b": "2"},
        context={"State": {"Name": "3"}},
        variables={"c": "4"},
    )
    assert said == {"ok": True, "value": "1234"}


def test_a_template_is_tried_whole(office: Office) -> None:
    value = {"name": "{% $states.input %}", "list": ["{% 1 + 1 %}", "as it is"]}
    assert evaluated(office, value, input="Ann")["value"] == {"name": "Ann", "list": [2, "as it is"]}


@pytest.mark.parametrize(
    ("value", "root", "wanted"),
    [
        ("$.a[1]", "input", 2),
        ("$.r", "result", "done"),
        ("$$.State.Name", "input", "Here"),
        ("$v.x", "input", 9),
        ("States.Format('{} of {}', $.a[0], $v.x)", "input", "1 of 9"),
        ({"n.$": "$.a[0]", "k": "$.a"}, "input", {"n": 1, "k": "$.a"}),
    ],
)
def test_paths_and_intrinsics_are_tried(value: Any, root: str, wanted: Any, office: Office) -> None:
    said = evaluated(
        office,
        value,
        language="JSONPath",
        root=root,
        input={"a": [1, 2]},
        result={"r": "done"},
        context={"State": {"Name": "Here"}},
        variables={"v": {"x": 9}},
    )
    assert said == {"ok": True, "value": wanted}


def test_a_rule_says_whether_it_holds(office: Office) -> None:
    rule = {
        "And": [{"Variable": "$.n", "NumericGreaterThan": 3}, {"Not": {"Variable": "$.x", "IsPresent": True}}]
    }
    more = {"language": "JSONPath", "kind": "rule"}
    assert evaluated(office, rule, **more, input={"n": 4}) == {"ok": True, "value": True}
    assert evaluated(office, rule, **more, input={"n": 4, "x": 1}) == {"ok": True, "value": False}
    assert evaluated(office, {"Variable": "$.n"}, **more, input={"n": 4})["ok"] is False
    assert evaluated(office, {"And": 3}, **more, input={"n": 4})["ok"] is False


@pytest.mark.parametrize(
    ("value", "language"),
    [("{% $states.input. %}", "JSONata"), ("$.[", "JSONPath"), ("States.Nothing()", "JSONPath")],
)
def test_what_cannot_be_read_says_so(value: str, language: str, office: Office) -> None:
    said = evaluated(office, value, language=language, input={})
    assert (said["ok"], said["error"]) == (False, "Syntax")
    assert said["cause"]


def test_what_leads_nowhere_says_so(office: Office) -> None:
    assert evaluated(office, "$.gone", language="JSONPath", input={})["ok"] is False
    assert "undefined" in evaluated(office, "{% $states.input.gone %}", input={})["cause"]


def test_an_endless_expression_is_ended(office: Office) -> None:
    began = time.monotonic()
    said = evaluated(office, "{% ($f := function($x){ $f($x + 1) }; $f(0)) %}", input={})
    assert said["ok"] is False
    assert time.monotonic() - began < 10


def test_a_preview_tries_so_many_expressions_and_no_more(office: Office) -> None:
    assert evaluated(office, ["{% 1 %}"] * 40, input={})["ok"] is True
    assert evaluated(office, ["{% 1 %}"] * 41, input={})["ok"] is False


def test_a_value_that_is_too_large_is_not_sent_back(office: Office) -> None:
    said = evaluated(office, "{% $string($pad('', 300000, 'x')) %}", input={})
    assert (said["ok"], said["error"]) == (False, "States.DataLimitExceeded")
    assert len(json.dumps(said)) < 1000
