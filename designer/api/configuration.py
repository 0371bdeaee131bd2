"""Settings of a workflow besides its definition."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import configuration
from people.rights import Right
from runner.api.executions import acting
from runner.api.problems import Problem, ProblemSerializer, field_problem

from .workflows import found_workflow


class TagSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(max_length=128)
    value = serializers.CharField(max_length=256, allow_blank=True)


class ConfigurationChangeSerializer(serializers.Serializer[Any]):
    logging_level = serializers.ChoiceField(choices=configuration.LEVELS, required=False)
    log_data = serializers.BooleanField(required=False, help_text="whether inputs and outputs are logged")
    tracing = serializers.BooleanField(required=False)
    tags = TagSerializer(many=True, required=False, help_text="all of them: others are taken away")


class ConfigurationSerializer(serializers.Serializer[Any]):
    published = serializers.BooleanField(help_text="logging and tracing belong to what is published")
    role_arn = serializers.CharField(allow_blank=True)
    logging_level = serializers.ChoiceField(choices=configuration.LEVELS)
    log_data = serializers.BooleanField()
    tracing = serializers.BooleanField()
    tags = TagSerializer(many=True)


class WorkflowConfiguration(APIView):
    required_right = {"get": Right.VIEW, "patch": Right.PUBLISH}

    @extend_schema(responses={200: ConfigurationSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Describe logging, tracing and tags of a workflow."""
        return Response(ConfigurationSerializer(configuration.read(found_workflow(request, key))).data)

    @extend_schema(
        request=ConfigurationChangeSerializer,
        responses={200: ConfigurationSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {409: ProblemSerializer},
    )
    def patch(self, request: Request, key: uuid.UUID) -> Response:
        """Change what is given; logging and tracing make a new revision of what runs."""
        asked = ConfigurationChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row, values = found_workflow(request, key), dict(asked.validated_data)
        tags = values.pop("tags", None)
        try:
            configuration.change(
                row,
                acting(request).name,
                tags=None if tags is None else {tag["key"]: tag["value"] for tag in tags},
                **values,
            )
        except configuration.NotPublished:
            raise Problem(
                409, "Nothing is published yet", "Logging and tracing belong to what runs: publish it first."
            ) from None
        except configuration.TooManyTags:
            raise field_problem("tags", f"At most {configuration.MOST_TAGS} tags.") from None
        return Response(ConfigurationSerializer(configuration.read(found_workflow(request, key))).data)
