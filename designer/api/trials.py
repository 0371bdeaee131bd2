"""Trials: what of a draft is run and with what, and the last run's outputs to pin."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import last_run
from people.rights import Right
from runner.api.inputs import ObjectField
from runner.api.problems import ProblemSerializer, field_problem

from .trying import SampleExecutionSerializer
from .workflows import found_workflow


class TrialSerializer(serializers.Serializer[Any]):
    """A part of a draft, or a draft with outputs that are given."""

    until = serializers.CharField(
        required=False, allow_null=True, trim_whitespace=False, help_text="the state after which it ends"
    )
    pins = ObjectField(required=False, help_text="outputs by state: handed on instead of working")
    variables = ObjectField(
        required=False, help_text="assigned before the first state, as by those before it"
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # The word is Python's own, so that it cannot stand above.
        start = serializers.CharField(
            required=False, allow_null=True, trim_whitespace=False, help_text="the state it starts at"
        )
        return {**super().get_fields(), "from": start}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("until") is None and attrs.get("from") is None and not attrs.get("pins"):
            raise serializers.ValidationError(
                {"until": "Say up to where, from where, or which outputs are pinned."}
            )
        return attrs


class VisitSerializer(serializers.Serializer[Any]):
    state = serializers.CharField()
    type = serializers.CharField()
    visits = serializers.IntegerField(help_text="how often it was left; the values are of the last time")
    input = serializers.JSONField(required=False)
    output = serializers.JSONField(required=False)
    too_large = serializers.ListField(child=serializers.CharField(), help_text="parts that are left out")


class LastRunSerializer(serializers.Serializer[Any]):
    execution = SampleExecutionSerializer(allow_null=True, help_text="null where nothing ever ran")
    states = VisitSerializer(many=True)


class LastRun(APIView):
    required_right = {"get": Right.SEE_DATA}

    @extend_schema(
        parameters=[
            OpenApiParameter("execution", uuid.UUID, description="another than the last one"),
            OpenApiParameter("state", str, many=True, description="these states only"),
        ],
        responses={200: LastRunSerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Return what each state was given and made in the last execution, or in one of the workflow's."""
        row, named = found_workflow(request, key), request.query_params.get("execution")
        try:
            wanted = uuid.UUID(named) if named else None
        except ValueError:
            raise field_problem("execution", "This is not the id of an execution.") from None
        found = last_run.run_of(row, wanted, request.query_params.getlist("state"))
        if found is None:
            return Response({"execution": None, "states": []})
        return Response(
            {
                "execution": dict(SampleExecutionSerializer(found.execution).data),
                "states": [
                    {
                        "state": visit.state,
                        "type": visit.type,
                        "visits": visit.visits,
                        **visit.parts,
                        "too_large": visit.too_large,
                    }
                    for visit in found.visits
                ],
            }
        )
