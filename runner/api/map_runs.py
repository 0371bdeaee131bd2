"""Map Runs: listed with their counts, their bounds changed while they run."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.rights import Right
from runner import map_runs
from runner.models import MapRun

from .executions import acting, found
from .inputs import MOST_IN_A_COLUMN
from .problems import Problem, ProblemSerializer


class MapRunCountsSerializer(serializers.Serializer[Any]):
    """How many children stand where."""

    total = serializers.IntegerField()
    pending = serializers.IntegerField()
    running = serializers.IntegerField()
    succeeded = serializers.IntegerField()
    failed = serializers.IntegerField()
    timed_out = serializers.IntegerField()
    aborted = serializers.IntegerField()
    pending_redrive = serializers.IntegerField()


class MapRunSerializer(serializers.Serializer[MapRun]):
    """A visit to a distributed Map state; `context` may hold the counts of several, read at once."""

    id = serializers.UUIDField(source="key")
    arn = serializers.CharField()
    state = serializers.CharField()
    frame = serializers.IntegerField()
    wait = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # also a word of the framework
    status = serializers.ChoiceField(choices=["RUNNING", "SUCCEEDED", "FAILED", "ABORTED"])
    express = serializers.BooleanField(source="is_express")
    max_concurrency = serializers.IntegerField()
    tolerated_failure_count = serializers.IntegerField()
    tolerated_failure_percentage = serializers.FloatField()
    started_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    redrive_count = serializers.IntegerField()
    counts = serializers.SerializerMethodField()

    @extend_schema_field(MapRunCountsSerializer)
    def get_counts(self, row: MapRun) -> dict[str, Any]:
        counted = self.context.get("counts") or map_runs.counts([row])
        return dict(MapRunCountsSerializer(counted[row.pk]).data)


class MapRunList(APIView):
    required_right = {"get": Right.VIEW}

    @extend_schema(responses={200: MapRunSerializer(many=True), 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """List the Map Runs of an execution, the oldest first, with what their children came to."""
        rows = list(map_runs.of_execution(found(request, key)))
        context = {"counts": map_runs.counts(rows)}
        return Response([MapRunSerializer(row, context=context).data for row in rows])


class BoundsSerializer(serializers.Serializer[Any]):
    max_concurrency = serializers.IntegerField(required=False, min_value=0, max_value=MOST_IN_A_COLUMN)
    tolerated_failure_count = serializers.IntegerField(
        required=False, min_value=0, max_value=MOST_IN_A_COLUMN
    )
    tolerated_failure_percentage = serializers.FloatField(required=False, min_value=0, max_value=100)


class MapRunDetail(APIView):
    required_right = {"get": Right.VIEW, "patch": Right.STOP}

    @extend_schema(responses={200: MapRunSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Describe a Map Run."""
        return Response(MapRunSerializer(_found(request, key)).data)

    @extend_schema(
        request=BoundsSerializer,
        responses={200: MapRunSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {409: ProblemSerializer},
    )
    def patch(self, request: Request, key: uuid.UUID) -> Response:
        """Set other bounds: more children start at once, those that run are left to end."""
        asked = BoundsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        if not map_runs.update(_found(request, key), **asked.validated_data):
            raise Problem(409, "It does not run any more", "The bounds of a Map Run that ended stay.")
        return Response(MapRunSerializer(_found(request, key)).data)


def _found(request: Request, key: uuid.UUID) -> MapRun:
    rows = MapRun.objects.select_related("execution__state_machine__workspace")
    return get_object_or_404(rows, key=key, execution__workspace_id=acting(request).workspace_id)
