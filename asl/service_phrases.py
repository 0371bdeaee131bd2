"""The sentences in which the service refuses definitions, as its users and its recordings quote them."""

from __future__ import annotations

from collections.abc import Iterable
from json import JSONDecodeError

EMPTY = "Value cannot be empty"
NOT_A_TIMESTAMP = "String does not match RFC3339 timestamp"
NOT_A_PATH = "Value must be a valid JSONPath."
NOT_AN_ARN = "Value is not a valid resource ARN"
NO_TERMINAL_STATE = "Workflow has no terminal state"
DOWNGRADE = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
NO_ACTIVITIES = "Express state machine does not support Activity ARN"

# what it calls the kinds of values
INTEGER, NUMBER, STRING, BOOLEAN, OBJECT, ARRAY = "Integer", "Number", "String", "Boolean", "Object", "Array"


def required(names: Iterable[str]) -> str:
    """Return how it misses fields."""
    return f"These fields are required: [{', '.join(names)}]"


def only_one_of(names: Iterable[str]) -> str:
    """Return how it refuses fields that exclude each other."""
    return f"There should only be one of the following fields: [{', '.join(names)}]"


def not_supported(name: str) -> str:
    """Return how it refuses a field that a state, or anything else, does not have."""
    return f"Field '{name}' is not supported"


def of_the_other_language(name: str, *, jsonata: bool) -> str:
    """Return how it refuses a field of the other query language; `jsonata` is the language in force."""
    here, there = ("JSONata", "JSONPath") if jsonata else ("JSONPath", "JSONata")
    return f"The QueryLanguage is set to '{here}', but field '{name}' is only supported for the '{there}' QueryLanguage"  # noqa: E501


def expected(kind: str) -> str:
    """Return how it refuses a value of the wrong kind."""
    return f"Expected value of type {kind}"


def at_least(least: float) -> str:
    """Return how it refuses a number that is too small."""
    return f"Minimum value is {least}"


def at_most(most: float) -> str:
    """Return how it refuses a number that is too large."""
    return f"Maximum value is {most}"


def one_of(values: Iterable[str]) -> str:
    """Return how it refuses a text that is none of those allowed."""
    return f"Value must be one of the following: [{', '.join(values)}]"


def not_a_reference_path(text: object) -> str:
    """Return how it refuses a Reference Path."""
    if isinstance(text, str) and not text.startswith("$"):
        return "Value is not a Reference Path: Reference path didn't start with '$'"
    return "Value is not a Reference Path"


def not_a_path_or_function(name: str) -> str:
    """Return how it refuses the value of a `name.$` field."""
    return f"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call"


def missing_target(name: object) -> str:
    """Return how it misses a state that something leads to; it says 'Next' of every such field."""
    return f"Missing 'Next' target: {name}"


def unreachable(name: str) -> str:
    """Return how it refuses a state that nothing leads to."""
    return f'State "{name}" is not reachable.'


def top_level_reference(name: str) -> str:
    """Return how it refuses a name that JSONata would look up in a context item."""
    return f"Reference to '{name}' at the top level is not supported."


def no_such_field(name: str) -> str:
    """Return how it refuses a field of `$states` that is not there."""
    return f"Field '{name}' does not exist."


def unknown_resource(resource: str) -> str:
    """Return how it refuses a Resource that it does not know."""
    return (
        f"The resource provided {resource} is not recognized. The value is not a valid resource ARN, "
        "or the resource is not available in this region."
    )


def not_in_express(suffix: str) -> str:
    """Return how it refuses a service integration pattern in an express state machine."""
    space = " " if suffix == ".waitForTaskToken" else ""  # as recorded
    return f"Express state machine does not support '{suffix}' service integration{space}"


def one_needed(names: Iterable[str]) -> str:
    """Return how it misses one of several fields."""
    return f"There should be one of the following fields: [{', '.join(names)}]"


_AFTER = {  # what Python's parser and the service's say of the same place
    "Expecting property name enclosed in double quotes": "was expecting double-quote to start field name",
    "Expecting value": (
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    ),
    "Expecting ',' delimiter": "was expecting comma to separate Object entries",
    "Expecting ':' delimiter": "was expecting a colon to separate field name and value",
    "Extra data": "expected the end of the input",
}


def json_fault(error: JSONDecodeError) -> tuple[str, str]:
    """Return how it refuses a text that is no JSON, and where."""
    place = f"[Source: UNKNOWN; line: {error.lineno}, column: {error.colno}]"
    rest = error.doc[error.pos :]
    if not rest.strip() or error.msg.startswith("Unterminated"):
        return "Unexpected end-of-input", place
    char = rest[0]
    after = _AFTER.get(error.msg, error.msg)
    return f"Unexpected character ('{char}' (code {ord(char)})): {after}", place
