"""One state tested from the studio: what it makes of an input, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from asl.errors import InvalidDefinition
from asl.testing.state_test import StateTestStatus
from people.rights import Right, require
from runner import test_state
from runner.api.executions import acting
from runner.api.inputs import MOST_IN_A_COLUMN, ObjectField
from runner.api.problems import Problem, ProblemSerializer, field_problem
from runner.store import payloads

from .rendering import diagnostics
from .workflows import MOST_CHARACTERS_IN_DEFINITION


class MockedErrorSerializer(serializers.Serializer[Any]):
    error = serializers.CharField(max_length=256)
    cause = serializers.CharField(max_length=32_768, required=False, allow_null=True, allow_blank=True)


class MockSerializer(serializers.Serializer[Any]):
    """What the state's work gives, in place of doing it: one of `result` and `error_output`."""

    result = serializers.JSONField(required=False, allow_null=True)
    error_output = MockedErrorSerializer(required=False)
    field_validation_mode = serializers.ChoiceField(
        choices=list(test_state.FieldValidation), default=test_state.FieldValidation.STRICT
    )


class StateConfigurationSerializer(serializers.Serializer[Any]):
    retrier_retry_count = serializers.IntegerField(
        min_value=0, max_value=MOST_IN_A_COLUMN, default=0, help_text="retries that went before the error"
    )
    error_caused_by_state = serializers.CharField(
        max_length=80, required=False, help_text="a state inside a Map or Parallel state"
    )
    map_iteration_failure_count = serializers.IntegerField(min_value=0, max_value=MOST_IN_A_COLUMN, default=0)
    map_item_reader_data = serializers.CharField(
        required=False, trim_whitespace=False, help_text="what the ItemReader would read, as it stands there"
    )


class NewStateTestSerializer(serializers.Serializer[Any]):
    definition = serializers.CharField(
        trim_whitespace=False,
        max_length=MOST_CHARACTERS_IN_DEFINITION,
        help_text="a state, or with `state_name` a whole definition",
    )
    state_name = serializers.CharField(max_length=80, required=False, allow_null=True)
    input = serializers.JSONField(required=False, allow_null=True, help_text="any JSON; {} without it")
    variables = ObjectField(required=False)
    context = ObjectField(required=False, help_text="the Context Object; only with a mock")  # type: ignore[assignment]
    inspection_level = serializers.ChoiceField(choices=list(test_state.Level), default=test_state.Level.INFO)
    mock = MockSerializer(required=False, allow_null=True)
    reveal_secrets = serializers.BooleanField(default=False)
    state_configuration = StateConfigurationSerializer(required=False)


class HttpRequestSerializer(serializers.Serializer[Any]):
    protocol = serializers.CharField()
    method = serializers.CharField()
    url = serializers.CharField()
    headers = serializers.CharField()
    body = serializers.CharField(allow_null=True)


class HttpResponseSerializer(serializers.Serializer[Any]):
    protocol = serializers.CharField()
    status_code = serializers.CharField()
    status_message = serializers.CharField()
    headers = serializers.CharField()
    body = serializers.CharField()


class ErrorDetailsSerializer(serializers.Serializer[Any]):
    catch_index = serializers.IntegerField(allow_null=True)
    retry_index = serializers.IntegerField(allow_null=True)
    backoff_seconds = serializers.IntegerField(allow_null=True)


class InspectionSerializer(serializers.Serializer[Any]):
    """The stages that the state has, each with its value; a stage that it has not is left out."""

    input = serializers.JSONField(required=False)
    after_input_path = serializers.JSONField(required=False)
    after_parameters = serializers.JSONField(required=False)
    after_arguments = serializers.JSONField(required=False)
    after_items_path = serializers.JSONField(required=False)
    after_items_pointer = serializers.JSONField(required=False)
    after_item_selector = serializers.JSONField(required=False)
    after_item_batcher = serializers.JSONField(required=False)
    max_concurrency = serializers.IntegerField(required=False)
    tolerated_failure_count = serializers.IntegerField(required=False)
    tolerated_failure_percentage = serializers.FloatField(required=False)
    result = serializers.JSONField(required=False)
    after_result_selector = serializers.JSONField(required=False)
    after_result_path = serializers.JSONField(required=False)
    variables = serializers.DictField(required=False)
    error_details = ErrorDetailsSerializer(required=False)
    request = HttpRequestSerializer(required=False)
    response = HttpResponseSerializer(required=False)


class StateTestSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=list(StateTestStatus))
    output = serializers.JSONField(required=False, help_text="where it succeeded or caught its error")
    error = serializers.CharField(allow_null=True)
    cause = serializers.CharField(allow_null=True)
    next_state = serializers.CharField(allow_null=True)
    inspection = InspectionSerializer(allow_null=True, help_text="null at the level INFO")


class StateTest(APIView):
    required_right = {"post": Right.RUN}

    @extend_schema(
        operation_id="state_test",
        request=NewStateTestSerializer,
        responses={200: StateTestSerializer, 400: ProblemSerializer}
        | {403: ProblemSerializer, 422: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Run one state, with a mock or for real, and say what came of it; nothing is kept."""
        asked = NewStateTestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actor = acting(request)
        require(actor, Right.SEE_DATA, actor.workspace)
        try:
            return Response(_shown(test_state.answer_here(actor, _asked(asked.validated_data))))
        except test_state.Refused as refused:
            raise field_problem(refused.field, refused.message) from None
        except InvalidDefinition as invalid:
            told = diagnostics(invalid.diagnostics)
            raise Problem(422, "The definition has errors", str(invalid), diagnostics=told) from None


def _asked(values: Mapping[str, Any]) -> test_state.Asked:
    configuration: Mapping[str, Any] = values.get("state_configuration") or {}
    mock = values.get("mock")
    return test_state.Asked(
        definition=values["definition"],
        state_name=values.get("state_name"),
        input=payloads.dumps(values.get("input", {})),
        variables=payloads.dumps(values.get("variables", {})),
        context=payloads.dumps(values["context"]) if "context" in values else None,
        level=test_state.Level(values["inspection_level"]),
        reveal_secrets=values["reveal_secrets"],
        mock=None if mock is None else _mock(mock),
        role_arn="",
        retrier_retry_count=configuration.get("retrier_retry_count", 0),
        error_caused_by_state=configuration.get("error_caused_by_state"),
        map_iteration_failure_count=configuration.get("map_iteration_failure_count", 0),
        map_item_reader_data=configuration.get("map_item_reader_data"),
    )


def _mock(given: Mapping[str, Any]) -> test_state.Mock:
    error = given.get("error_output")
    return test_state.Mock(
        result=payloads.dumps(given["result"]) if "result" in given else None,
        error_output=None if error is None else test_state.MockedError(error["error"], error.get("cause")),
        validation=test_state.FieldValidation(given["field_validation_mode"]),
    )


def _shown(answer: test_state.Answer) -> dict[str, Any]:
    result = answer.result
    return {
        "status": result.status,
        **({"output": result.output} if result.has_output else {}),
        "error": result.error,
        "cause": result.cause,
        "next_state": result.next_state,
        "inspection": None if answer.stages is None else _inspected(answer, answer.stages),
    }


def _inspected(answer: test_state.Answer, stages: Mapping[str, Any]) -> dict[str, Any]:
    parts = {
        "error_details": answer.result.error_details,
        "request": answer.sent,
        "response": answer.got,
    }
    shown = {_snake(name): value for name, value in stages.items()}
    return shown | {name: asdict(part) for name, part in parts.items() if part is not None}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
