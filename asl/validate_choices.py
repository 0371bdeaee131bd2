"""Checks of Choice Rules."""

from __future__ import annotations

from typing import Any

from . import service_phrases as phrases
from .choice_rules import TESTS, read_timestamp
from .findings import SCHEMA, Found, is_placeholder, pointer
from .query.jsonata import is_expression
from .validate_values import check_value

JSON = Any

_OTHERS = frozenset({"Variable", "Next", "Comment", "Assign", "Output", "Condition"})
_FLAGS = frozenset(
    {"IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp", "BooleanEquals"}
)
_MAX_DEPTH = 50


def check_rule(
    found: Found, rule: JSON, jsonata: bool, at: str, *, top: bool = False, depth: int = 0
) -> None:
    """Report what is wrong with a rule and the rules in it."""
    if depth > _MAX_DEPTH:
        found.error(SCHEMA, "The rules are nested too deeply", at)
        return
    if not isinstance(rule, dict):
        says = phrases.expected(phrases.OBJECT)
        found.wrong(rule, "A Choice Rule must be an object", at, says=says)
        return
    if top and "Next" not in rule:
        found.error(SCHEMA, phrases.required(["Next"]), at)
    if not top and "Next" in rule:
        message, says = "Only the outermost rule has a Next", phrases.not_supported("Next")
        found.error(SCHEMA, message, pointer(at, "Next"), says=says, at=at)
    if top and "Assign" in rule:
        check_value(found, rule["Assign"], "assign", jsonata, pointer(at, "Assign"), "Assign")
    if jsonata:
        _condition(found, rule, at)
        return
    operators = [name for name in rule if _is_operator(name)]
    for name in rule:
        if name in ("Condition", "Output"):
            message = f"The field '{name}' is not supported in JSONPath"
            says = phrases.of_the_other_language(name, jsonata=False)
            found.error(SCHEMA, message, pointer(at, name), says=says, at=at)
        elif name not in operators and name not in _OTHERS:
            message = f"There is no comparison '{name}'"
            found.error(SCHEMA, message, pointer(at, name), says=phrases.not_supported(name), at=at)
    if len(operators) != 1:
        says = (
            phrases.only_one_of(operators) if operators else phrases.one_needed(["And", "Or", "Not", *TESTS])
        )
        found.error(SCHEMA, "A Choice Rule needs exactly one comparison", at, says=says)
        return
    operator = operators[0]
    operand, place = rule[operator], pointer(at, operator)
    if operator in ("And", "Or"):
        if not isinstance(operand, list) or not operand:
            says = phrases.EMPTY if operand == [] else phrases.expected(phrases.ARRAY)
            found.wrong(operand, f"{operator} must be a list that is not empty", place, says=says)
            return
        for index, part in enumerate(operand):
            check_rule(found, part, jsonata, pointer(place, index), depth=depth + 1)
    elif operator == "Not":
        check_rule(found, operand, jsonata, place, depth=depth + 1)
    else:
        _comparison(found, rule, operator, at, place)


def _is_operator(name: str) -> bool:
    if name in ("And", "Or", "Not", "IsPresent") or name in TESTS:
        return True
    return name.endswith("Path") and name[:-4] in TESTS and not name.startswith(("Is", "StringMatches"))


def _comparison(found: Found, rule: dict[str, JSON], operator: str, at: str, place: str) -> None:
    operand = rule[operator]
    if "Variable" not in rule:
        found.error(SCHEMA, phrases.required(["Variable"]), at)
    else:
        check_value(found, rule["Variable"], "path", False, pointer(at, "Variable"), "Variable")
    if operator.endswith("Path"):
        check_value(found, operand, "path", False, place, operator)
        return
    if operator in _FLAGS:
        wanted, kind, good = "true or false", phrases.BOOLEAN, isinstance(operand, bool)
    elif operator.startswith("String"):
        wanted, kind, good = "a string", phrases.STRING, isinstance(operand, str)
    elif operator.startswith("Numeric"):
        good = isinstance(operand, int | float) and not isinstance(operand, bool)
        wanted, kind = "a number", phrases.NUMBER
    else:
        good = read_timestamp(operand) is not None
        wanted, kind = "an ISO 8601 time with an offset", phrases.STRING
    if good:
        return
    says = phrases.expected(kind)
    if operator.startswith("Timestamp") and isinstance(operand, str):
        says = phrases.NOT_A_TIMESTAMP
    found.wrong(operand, f"{operator} must be {wanted}", place, says=says)


def _condition(found: Found, rule: dict[str, JSON], at: str) -> None:
    condition, place = rule.get("Condition"), pointer(at, "Condition")
    if "Condition" not in rule:
        found.error(SCHEMA, phrases.required(["Condition"]), at)
    elif isinstance(condition, str) and not is_expression(condition):
        if is_placeholder(condition):
            found.placeholder(condition, place, None)
        else:
            message = "Condition must be an expression in {% %}"
            found.error(SCHEMA, message, place, says=phrases.expected(phrases.BOOLEAN))
    elif not isinstance(condition, str | bool):
        message = "Condition must be an expression or a boolean"
        found.error(SCHEMA, message, place, says=phrases.expected(phrases.BOOLEAN))
    else:
        check_value(found, condition, "any", True, place, "Condition")
    if "Output" in rule:
        check_value(found, rule["Output"], "any", True, pointer(at, "Output"), "Output")
    for name in rule:
        if name not in _OTHERS or name == "Variable":
            message = f"The field '{name}' is not supported in JSONata"
            says = phrases.not_supported(name)
            if name == "Variable" or _is_operator(name):
                says = phrases.of_the_other_language(name, jsonata=True)
            found.error(SCHEMA, message, pointer(at, name), says=says, at=at)
