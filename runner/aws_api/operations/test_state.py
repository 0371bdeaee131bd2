"""One state, tested without a state machine."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from asl.errors import InvalidDefinition
from asl.jsontext import to_text
from asl.service_words import invalid_definition_message
from asl.testing.state_test import ErrorDetails
from asl.testing.subject import machine_text
from people.rights import NotPermitted, Right
from runner import test_state as testing

from ..errors import ApiError, access_denied
from .registry import Call, operation

JSON = Any

# The members of InspectionData that are numbers; the other stages are JSON texts.
_NUMBERS = frozenset({"maxConcurrency", "toleratedFailureCount", "toleratedFailurePercentage"})
_ERROR_DETAILS = {
    "catchIndex": "catch_index",
    "retryIndex": "retry_index",
    "retryBackoffIntervalSeconds": "backoff_seconds",
}


@operation("TestState", Right.RUN)
async def test_state(call: Call, request: dict[str, JSON]) -> dict[str, JSON]:
    """Run one state, with a mock or for real, and say what came of it."""
    call.require(Right.SEE_DATA)
    try:
        return _shown(await testing.answer(call.actor, _asked(request)))
    except testing.Refused as refused:
        raise ApiError(refused.code, refused.message) from None
    except InvalidDefinition as invalid:
        raise _invalid(request, invalid) from None
    except NotPermitted as refused:
        raise access_denied(
            f"User: {call.actor.name} is not authorized to perform: states:TestState "
            f"because the right “{refused.right.value}” is missing"
        ) from None


def _invalid(request: Mapping[str, JSON], invalid: InvalidDefinition) -> ApiError:
    text = request["definition"]
    if "stateName" not in request:
        with contextlib.suppress(InvalidDefinition):  # no JSON at all
            text = machine_text(text)
    message = invalid_definition_message(text, invalid.diagnostics)
    return ApiError("InvalidDefinition", message or f"Invalid State Machine Definition: '{invalid}'")


def _asked(request: Mapping[str, JSON]) -> testing.Asked:
    configuration = request.get("stateConfiguration", {})
    return testing.Asked(
        definition=request["definition"],
        state_name=request.get("stateName"),
        input=request.get("input", "{}"),
        variables=request.get("variables"),
        context=request.get("context"),
        level=testing.Level(request.get("inspectionLevel", "INFO")),
        reveal_secrets=request.get("revealSecrets", False),
        mock=_mock(request["mock"]) if "mock" in request else None,
        role_arn=request.get("roleArn"),
        retrier_retry_count=configuration.get("retrierRetryCount", 0),
        error_caused_by_state=configuration.get("errorCausedByState"),
        map_iteration_failure_count=configuration.get("mapIterationFailureCount", 0),
        map_item_reader_data=configuration.get("mapItemReaderData"),
    )


def _mock(given: Mapping[str, JSON]) -> testing.Mock:
    error = given.get("errorOutput")
    return testing.Mock(
        result=given.get("result"),
        error_output=None if error is None else testing.MockedError(error.get("error"), error.get("cause")),
        validation=testing.FieldValidation(given.get("fieldValidationMode", "STRICT")),
    )


def _shown(answer: testing.Answer) -> dict[str, JSON]:
    result = answer.result
    return {
        "status": result.status,
        "output": to_text(result.output) if result.has_output else None,
        "error": result.error,
        "cause": result.cause,
        "nextState": result.next_state,
        "inspectionData": None if answer.stages is None else _inspected(answer, answer.stages),
    }


def _inspected(answer: testing.Answer, stages: Mapping[str, JSON]) -> dict[str, JSON]:
    sent, got = answer.sent, answer.got
    return {
        **{name: value if name in _NUMBERS else to_text(value) for name, value in stages.items()},
        "errorDetails": _error_details(answer.result.error_details),
        "request": None if sent is None else asdict(sent),
        "response": got
        and {
            "protocol": got.protocol,
            "statusCode": got.status_code,
            "statusMessage": got.status_message,
            "headers": got.headers,
            "body": got.body,
        },
    }


def _error_details(details: ErrorDetails | None) -> dict[str, JSON] | None:
    if details is None:
        return None
    return {name: getattr(details, field) for name, field in _ERROR_DETAILS.items()}
