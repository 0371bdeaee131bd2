"""Expressions tried as they are typed, and the data of the last executions to try them with."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import expressions, samples
from people.rights import Right
from runner.api.inputs import ObjectField
from runner.api.problems import ProblemSerializer, field_problem

from .workflows import found_workflow


class SampleExecutionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="key")
    name = serializers.CharField()
    started_at = serializers.DateTimeField()


class SampleSerializer(serializers.Serializer[Any]):
    execution = SampleExecutionSerializer(allow_null=True, help_text="null where the state never ran")
    input = serializers.JSONField(required=False)
    result = serializers.JSONField(required=False)
    output = serializers.JSONField(required=False)
    error_output = serializers.JSONField(required=False)
    variables = serializers.DictField()
    context = serializers.DictField()  # type: ignore[assignment]
    too_large = serializers.ListField(child=serializers.CharField(), help_text="parts that are left out")


class StateSample(APIView):
    required_right = {"get": Right.SEE_DATA}

    @extend_schema(
        parameters=[OpenApiParameter("state", str, required=True)],
        responses={200: SampleSerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Return what a state was given and made when it last ran, with the variables that it saw."""
        row = found_workflow(request, key)
        state = request.query_params.get("state", "")
        if not state:
            raise field_problem("state", "Say which state.")
        found = samples.sample_of(row, state)
        if found is None:
            return Response({"execution": None, "variables": {}, "context": {}, "too_large": []})
        return Response(
            {
                "execution": dict(SampleExecutionSerializer(found.execution).data),
                **found.parts,
                "variables": found.variables,
                "context": found.context,
                "too_large": found.too_large,
            }
        )


class EvaluateSerializer(serializers.Serializer[Any]):
    language = serializers.ChoiceField(choices=["JSONata", "JSONPath"])
    kind = serializers.ChoiceField(
        choices=["value", "rule"], default="value", help_text="a Choice Rule of JSONPath, or anything else"
    )
    field = serializers.CharField(max_length=500, default="Value")
    value = serializers.JSONField(help_text="the expression, or a template with expressions in it")
    root = serializers.ChoiceField(  # type: ignore[assignment]
        choices=["input", "result"], default="input", help_text="what $ stands for in JSONPath"
    )
    input = serializers.JSONField(required=False, allow_null=True)
    result = serializers.JSONField(required=False, allow_null=True)
    error_output = serializers.JSONField(required=False, allow_null=True)
    context = ObjectField(required=False)  # type: ignore[assignment]
    variables = ObjectField(required=False)


class EvaluatedSerializer(serializers.Serializer[Any]):
    ok = serializers.BooleanField()
    value = serializers.JSONField(required=False)
    error = serializers.CharField(required=False)
    cause = serializers.CharField(required=False)


class ExpressionEvaluate(APIView):
    required_right = {"post": Right.EDIT}

    @extend_schema(request=EvaluateSerializer, responses={200: EvaluatedSerializer, 400: ProblemSerializer})
    def post(self, request: Request) -> Response:
        """Try an expression with the data that is handed in; nothing is read, run or kept."""
        asked = EvaluateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        scope = expressions.Seen(values.get("context") or {}, values.get("variables") or {})
        try:
            return Response({"ok": True, "value": _evaluated(values, scope)})
        except expressions.NotEvaluated as wrong:
            return Response({"ok": False, "error": wrong.error, "cause": str(wrong)})


def _evaluated(values: dict[str, Any], scope: expressions.Seen) -> Any:
    if values["kind"] == "rule":
        if not isinstance(values["value"], dict):
            raise field_problem("value", "A rule is an object.")
        return expressions.matches(values["value"], values.get("input"), scope)
    jsonata = values["language"] == "JSONata"
    root: Any = values.get(values["root"])
    if jsonata:
        parts = {"input": "input", "result": "result", "error_output": "errorOutput"}
        root = {name: values[part] for part, name in parts.items() if part in values}
    return expressions.evaluate(values["value"], values["field"], jsonata=jsonata, root=root, scope=scope)
