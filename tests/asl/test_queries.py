"""JSONPath, intrinsic functions and JSONata, by themselves."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asl.choice_rules import compile_rule
from asl.errors import QueryError, StateError, SyntaxFault
from asl.query.intrinsics import compile_intrinsic
from asl.query.jsonata import compile_expression
from asl.query.jsonpath import PathNotFound, compile_path, compile_reference_path
from asl.query.templates import compile_jsonata, compile_payload

JSON = Any


class Here:
    """A scope with given parts."""

    def __init__(self, variables: Mapping[str, JSON] | None = None, context: JSON = None) -> None:
        self._variables = variables or {}
        self._context = context or {"Execution": {"Id": "arn"}}

    def context(self) -> dict[str, JSON]:
        return self._context  # type: ignore[no-any-return]

    def variables_seen(self) -> Mapping[str, JSON]:
        return self._variables

    def random(self) -> Random:
        return Random(7)


DATA = {"a": {"b": [1, 2, 3], "x y": 4}, "items": [{"k": "u", "n": 1}, {"k": "v", "n": 2}], "é": 5, "a-b": 6}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$", DATA),
        ("$.a.b[1]", 2),
        ("$['a']['x y']", 4),
        ('$["a"].b', [1, 2, 3]),
        ("$.é", 5),
        ("$.a-b", 6),
        ("$.a.b[-1:]", [3]),
        ("$.a.b[*]", [1, 2, 3]),
        ("$.a.b[0,2]", [1, 3]),
        ("$.a.b.length()", 3),
        ("$.a.b[(@.length-1)]", 3),
        ("$.items[?(@.n > 1)].k", ["v"]),
        ("$.items[?(@.k == u)].n", [1]),
        ("$.items[?(@.k == 'u' && @.n == 1)].n", [1]),
        ("$..n", [1, 2]),
        ("$.nothing[*]", []),
        ("$.items[*]['k','n']", [{"k": "u", "n": 1}, {"k": "v", "n": 2}]),
        ("$$.Execution.Id", "arn"),
        ("$var.deep[0]", 9),
        ("$var", {"deep": [9]}),
    ],
)
def test_paths_are_read_as_the_service_reads_them(path: str, value: JSON) -> None:
    assert compile_path(path).evaluate(DATA, Here({"var": {"deep": [9]}})) == value


@pytest.mark.parametrize("path", ["$.nothing", "$.a.b[7]", "$.a.b.c", "$none", "$$.Task.Token"])
def test_a_definite_path_to_nothing_is_not_found(path: str) -> None:
    with pytest.raises(PathNotFound):
        compile_path(path).evaluate(DATA, Here())


@pytest.mark.parametrize(
    "path",
    ["", "a", "$.", "$[", "$.a[", "$.a b", "$.a[?(@.b", "$" * 5000, "$..a..b..c", "$.a[?(@.b =~ /(a+)+$/)]"],
)
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(SyntaxFault):
        compile_path(path)


def test_a_result_is_put_without_changing_the_input() -> None:
    put = compile_reference_path("$.a.new.deep")
    before = {"a": {"b": 1}, "c": [2]}
    assert put.put(before, 9) == {"a": {"b": 1, "new": {"deep": 9}}, "c": [2]}
    assert before == {"a": {"b": 1}, "c": [2]}
    assert compile_reference_path("$.c[0]").put(before, 9) == {"a": {"b": 1}, "c": [9]}
    assert compile_reference_path("$").put(before, 9) == 9


@pytest.mark.parametrize(
    ("path", "target"), [("$.a", 1), ("$.a.b", {"a": "text"}), ("$.a[3]", {"a": []}), ("$[0]", {})]
)
def test_a_result_that_fits_nowhere_fails_the_state(path: str, target: JSON) -> None:
    with pytest.raises(StateError) as raised:
        compile_reference_path(path).put(target, 1)
    assert raised.value.error == "States.ResultPathMatchFailure"


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("States.Format('{} is {}', 'n', $.a.b[0])", "n is 1"),
        (r"States.Format('\{\} \'{}\' \\', 1)", "{} '1' \\"),
        ("States.Array()", []),
        ("States.Array('Foo', 2.3, true, null, $.é)", ["Foo", 2.3, True, None, 5]),
        ("States.ArrayPartition($.a.b, 2)", [[1, 2], [3]]),
        ("States.ArrayContains($.a.b, 3)", True),
        ("States.ArrayContains($.a.b, true)", False),
        ("States.ArrayRange(1, 9, 3)", [1, 4, 7]),
        ("States.ArrayRange(3, 1, -1)", [3, 2, 1]),
        ("States.ArrayGetItem($.a.b, 1)", 2),
        ("States.ArrayLength($.a.b)", 3),
        ("States.ArrayUnique(States.Array(1, 1, '1', true))", [1, "1", True]),
        ("States.Base64Decode(States.Base64Encode('é'))", "é"),
        ("States.Hash('x', 'MD5')", "9dd4e461268c8034f5c8564e155c67a6"),
        ("States.JsonMerge($.items[0], $.items[1], false)", {"k": "v", "n": 2}),
        ("States.StringToJson('[1]')", [1]),
        ("States.JsonToString($.items[0])", '{"k":"u","n":1}'),
        ("States.MathAdd(1, -3)", -2),
        ("States.StringSplit('a.b,c', '.,')", ["a", "b", "c"]),
    ],
)
def test_intrinsic_functions_give_what_the_service_gives(call: str, value: JSON) -> None:
    assert compile_intrinsic(call).evaluate(DATA, Here()) == value


def test_chance_comes_from_the_step() -> None:
    for text in ("States.UUID()", "States.MathRandom(1, 1000)"):
        call = compile_intrinsic(text)
        assert call.evaluate(None, Here()) == call.evaluate(None, Here())
    seeded = compile_intrinsic("States.MathRandom(1, 1000, 5)")
    assert seeded.evaluate(None, Here()) == seeded.evaluate(None, Here())


@pytest.mark.parametrize(
    "call",
    [
        "States.Format('{}')", "States.Format('{}', 1, 2)", "States.ArrayGetItem($.a.b, 9)",
        "States.Hash('x', 'CRC')",
        "States.StringToJson('{')", "States.MathAdd('1', 2)", "States.ArrayRange(1, 99999, 1)",
        "States.ArrayLength(1)",
        "States.Base64Decode('*')", "States.Array($.nothing)", "States.MathRandom(2, 1)", "States.UUID(1)",
        "States.JsonMerge($.a, $.a, true)", "States.Base64Encode('\ud800')",
    ],
)  # fmt: skip
def test_a_function_that_fails_fails_the_state(call: str) -> None:
    with pytest.raises(StateError) as raised:
        compile_intrinsic(call).evaluate(DATA, Here())
    assert raised.value.error == "States.IntrinsicFailure"


@pytest.mark.parametrize(
    "call",
    ["States.Nope()", "States.Format('a'", "States.Format('a' 'b')", "States.Array(1,)", "States.UUID() x",
    "States.Format(a)"],
)  # fmt: skip
def test_what_is_no_call_is_refused(call: str) -> None:
    with pytest.raises(SyntaxFault):
        compile_intrinsic(call)


def jsonata(text: str, variables: Mapping[str, JSON] | None = None, **states: JSON) -> JSON:
    return compile_expression("{% " + text + " %}", "Output").evaluate(
        {"input": None, **states}, Here(variables)
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$states.input.a.b", [1, 2, 3]),
        ("$states.context.Execution.Id", "arn"),
        ("$x + 1", 42),
        ("null", None),
        ("$partition([1,2,3], 2)", [[1, 2], [3]]),
        ("$range(0, 1, 0.5)", [0, 0.5, 1]),
        ("$hash('x', 'MD5')", "9dd4e461268c8034f5c8564e155c67a6"),
        ("$parse('{\"a\": [1]}').a[0]", 1),
        ("$random(42)", 0.7275636800328681),
        ("$range(10, 0, -4)", [10, 6, 2]),
        ("$count($range(1, 2000, 1))", 2000),
        ("$map(['[1]', '{}'], $parse)", [[1], {}]),
        ("$length($uuid())", 36),
    ],
)
def test_jsonata_gives_what_the_service_gives(text: str, value: JSON) -> None:
    assert jsonata(text, {"x": 41}, input=DATA) == value


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("$nothing", "returned nothing (undefined)."),
        ("function($x) { $x }", "returned an unsupported result type."),
        ("1 + 'a'", "threw an error during evaluation. T2002"),
        ("$eval('1')", "threw an error during evaluation. T1006: Attempted to invoke a non-function"),
        ("($f := function($n) { 1 + $f($n) }; $f(1))", "during evaluation: Stack overflow error: Check for"),
        (
            "($f := function() { $f() }; $f())",
            "evaluation: Expression evaluation timeout: Check for infinite",
        ),
        ("$join($map([1..9], function() { $pad('x', 9999999) }))", "evaluation memory limit exceeded"),
        ("$parse('{')", "$parse expects JSON"),
        ("$hash('a', 'CRC')", "$hash expects"),
        ("$hash('a')", 'T0410: Argument 2 of function "hash" does not match function signature'),
        ("$partition('a', 2)", 'T0410: Argument 1 of function "partition" does not match'),
        ("$random('a')", 'T0410: Argument 1 of function "random" does not match'),
        ("$range(1, 100000000, 1)", "during evaluation: Expression evaluation memory limit exceeded"),
    ],
)
def test_jsonata_that_fails_says_why_and_where(text: str, what: str) -> None:
    with pytest.raises(QueryError) as raised:
        jsonata(text)
    assert what in (raised.value.cause or "")
    assert raised.value.location == "Output"


@pytest.mark.parametrize(
    "text",
    [
        "($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(1000000))",
        "($f := function() { $f() }; $f())",
        "[1..9999999].($ * 2) ~> $sum",
        "$pad('x', 999999999)",
    ],
)
def test_hostile_expressions_end_within_bounds(text: str) -> None:
    began = time.thread_time()  # of this thread alone, however busy the machine is
    with pytest.raises(QueryError):
        jsonata(text)
    assert time.thread_time() - began < 5


def test_templates_keep_what_is_no_expression() -> None:
    payload = compile_payload({"a.$": "$.é", "b": {"c": ["$.é", {"d.$": "$$.Execution.Id"}]}, "e": "$.é"})
    assert payload.evaluate(DATA, Here()) == {"a": 5, "b": {"c": ["$.é", {"d": "arn"}]}, "e": "$.é"}
    template = compile_jsonata({"a": ["{% $states.input.é %}", "x"], "b": "{% 1"}, "Output")
    assert template.evaluate({"input": DATA}, Here()) == {"a": [5, "x"], "b": "{% 1"}


def test_a_missing_path_of_a_template_names_field_and_input() -> None:
    with pytest.raises(StateError) as raised:
        compile_payload({"a.$": "$.b"}).evaluate({"c": 1}, Here())
    assert raised.value.cause == (
        "The JSONPath '$.b' specified for the field 'a.$' could not be found in the input '{\"c\":1}'"
    )


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({"Variable": "$.a", "StringMatches": "log-*.txt"}, True),
        ({"Variable": "$.a", "StringMatches": r"log-\*.txt"}, False),
        ({"Variable": "$.a", "StringMatches": "*o*-*7*t"}, True),
        ({"Variable": "$.a", "StringMatches": "*txt*txt"}, False),
        ({"Variable": "$.a", "StringMatches": "log-7.txt*"}, True),
        ({"Variable": "$.t", "TimestampLessThan": "2026-01-01T00:00:00+01:00"}, True),
        ({"Variable": "$.n", "NumericEqualsPath": "$.m"}, True),
        ({"Variable": "$.n", "StringEquals": "1"}, False),
        ({"Variable": "$.none", "IsPresent": False}, True),
        ({"Variable": "$.b", "NumericEquals": 1}, False),
        ({"Not": {"Or": [{"Variable": "$.n", "IsString": True}, {"Variable": "$.b", "IsNull": True}]}}, True),
    ],
)
def test_choice_rules(rule: JSON, holds: bool) -> None:
    data = {"a": "log-7.txt", "t": "2025-12-31T22:59:59.5Z", "n": 1, "m": 1.0, "b": True}
    assert compile_rule(rule).matches(data, Here()) is holds


def test_a_rule_on_nothing_fails_the_execution() -> None:
    with pytest.raises(StateError) as raised:
        compile_rule({"Variable": "$.none", "IsNull": True}).matches({}, Here())
    assert raised.value.error == "States.Runtime"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="$.[]'\"(){}%?@*,:States Format0a\\", max_size=30))
def test_no_text_breaks_the_compilers(text: str) -> None:
    for compiler in (compile_path, compile_reference_path, compile_intrinsic):
        with contextlib.suppress(SyntaxFault):
            compiler(text)
    with contextlib.suppress(SyntaxFault):
        compile_expression("{%" + text + "%}", "")


def test_no_pattern_takes_long() -> None:
    rule = compile_rule({"Variable": "$", "StringMatches": "*a" * 200 + "b"})
    began = time.monotonic()
    assert not rule.matches("a" * 100_000, Here())
    assert time.monotonic() - began < 1
