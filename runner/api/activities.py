"""Activities: the names under which workers outside ask for tasks."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.rights import Right
from runner import activities
from runner.models import Activity

from .executions import acting
from .paging import Pages
from .problems import ProblemSerializer, field_problem


class ActivitySerializer(serializers.Serializer[Activity]):
    name = serializers.CharField(max_length=80, trim_whitespace=False)
    arn = serializers.CharField(read_only=True, help_text="what a state's Resource names")
    created_at = serializers.DateTimeField(read_only=True)
    waiting = serializers.SerializerMethodField(help_text="tasks that wait for a worker")

    def get_waiting(self, row: Activity) -> int:
        return int(self.context["waiting"].get(row.arn, 0))


class ActivityList(ListAPIView[Activity]):
    """The workspace's activities by name."""

    required_right = {"get": Right.VIEW, "post": Right.EDIT}
    serializer_class = ActivitySerializer
    pagination_class = Pages
    queryset = Activity.objects.none()

    def get_queryset(self) -> Any:
        return activities.named(acting(self.request).workspace_id)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Return a serializer that knows, from one query, how much each activity of the page has to do."""
        rows = args[0] if args and kwargs.get("many") else []
        kwargs["context"] = {**self.get_serializer_context(), "waiting": activities.waiting(rows)}
        return super().get_serializer(*args, **kwargs)

    @extend_schema(
        request=ActivitySerializer,
        responses={200: ActivitySerializer, 201: ActivitySerializer}
        | {400: ProblemSerializer, 403: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make an activity; where there is one of that name, it is the answer."""
        asked = ActivitySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            made, created = activities.create(acting(request).workspace, asked.validated_data["name"])
        except activities.InvalidName as invalid:
            raise field_problem("name", str(invalid)) from None
        return Response(_rendered(made), status=201 if created else 200)


class ActivityDetail(APIView):
    required_right = {"get": Right.VIEW, "delete": Right.EDIT}

    @extend_schema(
        operation_id="activities_detail", responses={200: ActivitySerializer, 404: ProblemSerializer}
    )
    def get(self, request: Request, name: str) -> Response:
        """Describe an activity."""
        return Response(_rendered(_found(request, name)))

    @extend_schema(responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, name: str) -> Response:
        """Forget an activity; states that name it fail from now on."""
        activities.delete(_found(request, name))
        return Response(status=204)


def _found(request: Request, name: str) -> Activity:
    return get_object_or_404(activities.named(acting(request).workspace_id), name=name)


def _rendered(row: Activity) -> Any:
    return ActivitySerializer(row, context={"waiting": activities.waiting([row])}).data
