"""What a test may ask for: a state that can be tested, and a mock, a context and data that fit it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asl.jsontext import from_text
from asl.states import Map, Parallel, Task
from asl.testing.given_context import ContextRefused, check_context
from asl.testing.reader_data import ReadData, read_data
from asl.testing.subject import StateNotFound, Subject, read_subject
from runner.integrations import mock_schema, registry

from .asked import Asked, FieldValidation, Refused, invalid

JSON = Any


def subject(asked: Asked) -> Subject:
    """Return the state under test; raises `InvalidDefinition` too."""
    try:
        known = registry.known if asked.mock is None else None  # what is mocked needs no integration
        return read_subject(asked.definition, asked.state_name, known_resource=known)
    except StateNotFound:
        raise invalid("State not found in definition", "state_name") from None


def check_mock(asked: Asked, subject: Subject) -> None:
    """Refuse a mock where none can be, its absence where one must be, and what goes with one only."""
    mock, state = asked.mock, subject.state
    if mock is None:
        if isinstance(state, Map | Parallel):
            raise Refused(
                "InvalidDefinition",
                "TestState API does not support Map or Parallel states. Supported state types include: "
                "[Task, Wait, Pass, Succeed, Fail, Choice]",
                "mock",
            )
        if subject.answers_later:
            raise Refused(
                "InvalidDefinition",
                "TestState API does not support Activity tasks, '.sync' or '.waitForTaskToken' service "
                "integration patterns unless a mock is specified",
                "mock",
            )
        if asked.context is not None:
            raise invalid("A Context object may only be specified together with a mock", "context")
        return
    if (mock.result is None) == (mock.error_output is None):
        which = "only one" if mock.result is not None else "one"
        raise invalid(
            f"A test mock should have {which} of the following fields: [result, errorOutput].", "mock"
        )
    if not isinstance(state, Task | Map | Parallel):
        raise invalid(f"State type '{subject.kind}' is not supported when a mock is specified", "mock")
    if asked.reveal_secrets:
        raise invalid("Secrets cannot be revealed when a mock is specified", "reveal_secrets")
    if mock.error_output is not None and not mock.error_output.error:
        raise invalid("The error of a mocked errorOutput must be specified", "mock.error_output.error")
    named = asked.error_caused_by_state
    if named is not None and not subject.contains(named):
        raise invalid(
            f"The state '{named}' that causes the error is not found in the tested state",
            "state_configuration.error_caused_by_state",
        )


def check_result(asked: Asked, subject: Subject) -> None:
    """Refuse a mocked result that the state could not get; reads botocore's models, which takes time."""
    assert asked.mock is not None
    if asked.mock.result is None:
        return
    try:
        result = from_text(asked.mock.result)
    except ValueError:
        raise invalid("Mocked result must be valid JSON", "mock.result") from None
    if "ResultWriter" in subject.document and isinstance(subject.state, Map):
        if not isinstance(result, dict):
            raise invalid("Mocked result must be a JSON object.", "mock.result")
    elif isinstance(subject.state, Map | Parallel) and not isinstance(result, list):
        raise invalid("Mocked result must be an array.", "mock.result")
    if subject.resource is not None and asked.mock.validation is not FieldValidation.NONE:
        strict = asked.mock.validation is FieldValidation.STRICT
        try:
            mock_schema.check(subject.resource, result, required=strict)
        except mock_schema.MockRefused as refused:
            raise invalid(str(refused), "mock.result") from None


def context(asked: Asked, subject: Subject) -> Mapping[str, JSON] | None:
    """Return the Context Object that the request gives, or None."""
    if asked.context is None:
        return None
    wrong = "Invalid Context object provided"
    found = _json(asked.context, "context", "ValidationException", wrong)
    try:
        check_context(found, subject)
    except ContextRefused as refused:
        raise invalid(f"{wrong}: {refused}", "context") from None
    return found  # type: ignore[no-any-return]  # an object, as was checked


def variables(asked: Asked) -> Mapping[str, JSON]:
    """Return the variables that the state sees."""
    if asked.variables is None:
        return {}
    wrong = "Invalid variables provided"
    found = _json(asked.variables, "variables", "ValidationException", wrong)
    if not isinstance(found, dict):
        raise invalid(f"{wrong}: variables must be a JSON object", "variables")
    return found


def read(asked: Asked, subject: Subject) -> ReadData | None:
    """Return what the state's ItemReader would have read, from the request; None where it has none."""
    if subject.item_reader is None:
        return None
    if asked.map_item_reader_data is None:
        return ReadData([])
    try:
        return read_data(asked.map_item_reader_data, subject.item_reader)
    except (ValueError, AttributeError, TypeError) as error:
        raise invalid(
            f"Invalid mapItemReaderData provided: {error}", "state_configuration.map_item_reader_data"
        ) from None


def given_input(asked: Asked) -> JSON:
    """Return the state's input."""
    return _json(asked.input, "input", "InvalidExecutionInput", "Invalid State Machine Execution Input")


def _json(text: str, field: str, code: str, what: str) -> JSON:
    try:
        return from_text(text)
    except (ValueError, RecursionError) as error:
        raise Refused(code, f"{what}: '{error}'", field) from None
