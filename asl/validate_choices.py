"""Checks of Choice Rules."""

from __future__ import annotations

from typing import Any

from .choice_rules import TESTS, read_timestamp
from .validate_values import SCHEMA, Found, check_value, is_placeholder, pointer

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
        found.error(SCHEMA, "A Choice Rule must be an object", at)
        return
    if top and "Next" not in rule:
        found.error(SCHEMA, "These fields are required: [Next]", at)
    if not top and "Next" in rule:
        found.error(SCHEMA, "Only the outermost rule has a Next", pointer(at, "Next"))
    if top and "Assign" in rule:
        check_value(found, rule["Assign"], "assign", jsonata, pointer(at, "Assign"), "Assign")
    if jsonata:
        _condition(found, rule, at)
        return
    operators = [name for name in rule if _is_operator(name)]
    for name in rule:
        if name in ("Condition", "Output"):
            found.error(SCHEMA, f"The field '{name}' is not supported in JSONPath", pointer(at, name))
        elif name not in operators and name not in _OTHERS:
            found.error(SCHEMA, f"There is no comparison '{name}'", pointer(at, name))
    if len(operators) != 1:
        found.error(SCHEMA, "A Choice Rule needs exactly one comparison", at)
        return
    operator = operators[0]
    operand, place = rule[operator], pointer(at, operator)
    if operator in ("And", "Or"):
        if not isinstance(operand, list) or not operand:
            found.error(SCHEMA, f"{operator} must be a list that is not empty", place)
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
        found.error(SCHEMA, "These fields are required: [Variable]", at)
    else:
        check_value(found, rule["Variable"], "path", False, pointer(at, "Variable"), "Variable")
    if is_placeholder(operand):
        return
    if operator.endswith("Path"):
        check_value(found, operand, "path", False, place, operator)
        return
    if operator in _FLAGS:
        wanted, good = "true or false", isinstance(operand, bool)
    elif operator.startswith("String"):
        wanted, good = "a string", isinstance(operand, str)
    elif operator.startswith("Numeric"):
        wanted, good = "a number", isinstance(operand, int | float) and not isinstance(operand, bool)
    else:
        wanted, good = "an ISO 8601 time with an offset", read_timestamp(operand) is not None
    if not good:
        found.error(SCHEMA, f"{operator} must be {wanted}", place)


def _condition(found: Found, rule: dict[str, JSON], at: str) -> None:
    if "Condition" not in rule:
        found.error(SCHEMA, "These fields are required: [Condition]", at)
    elif not isinstance(rule["Condition"], str | bool):
        found.error(SCHEMA, "Condition must be an expression or a boolean", pointer(at, "Condition"))
    elif isinstance(rule["Condition"], str) and not rule["Condition"].strip().startswith("{%"):
        if not is_placeholder(rule["Condition"]):
            found.error(SCHEMA, "Condition must be an expression in {% %}", pointer(at, "Condition"))
    else:
        check_value(found, rule["Condition"], "any", True, pointer(at, "Condition"), "Condition")
    if "Output" in rule:
        check_value(found, rule["Output"], "any", True, pointer(at, "Output"), "Output")
    for name in rule:
        if name not in _OTHERS or name == "Variable":
            found.error(SCHEMA, f"The field '{name}' is not supported in JSONata", pointer(at, name))
