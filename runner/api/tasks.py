"""Answers by task token, for workers of activities and for callbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.rights import Right
from runner import task_tokens
from runner.store import payloads

from .executions import acting
from .problems import Problem, ProblemSerializer, field_problem

_REFUSED = {400: ProblemSerializer, 403: ProblemSerializer, 404: ProblemSerializer, 410: ProblemSerializer}


class TaskTokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=task_tokens.MOST_TOKEN_CHARACTERS)


class TaskSuccessSerializer(TaskTokenSerializer):
    output = serializers.JSONField(help_text="the task's result", allow_null=True)


class TaskFailureSerializer(TaskTokenSerializer):
    error = serializers.CharField(
        max_length=task_tokens.MOST_ERROR_CHARACTERS, required=False, allow_null=True, allow_blank=True
    )
    cause = serializers.CharField(
        max_length=task_tokens.MOST_CAUSE_CHARACTERS, required=False, allow_null=True, allow_blank=True
    )


class TaskSucceed(APIView):
    required_right = {"post": Right.RUN}

    @extend_schema(request=TaskSuccessSerializer, responses={204: None, **_REFUSED})
    def post(self, request: Request) -> Response:
        """End a task with its result."""
        said = _checked(TaskSuccessSerializer, request)
        return _told(task_tokens.succeed, request, said["token"], payloads.dumps(said["output"]))


class TaskFail(APIView):
    required_right = {"post": Right.RUN}

    @extend_schema(request=TaskFailureSerializer, responses={204: None, **_REFUSED})
    def post(self, request: Request) -> Response:
        """End a task with an error, which Retry and Catch know by its name."""
        said = _checked(TaskFailureSerializer, request)
        return _told(task_tokens.fail, request, said["token"], said.get("error"), said.get("cause"))


class TaskHeartbeat(APIView):
    required_right = {"post": Right.RUN}

    @extend_schema(request=TaskTokenSerializer, responses={204: None, **_REFUSED})
    def post(self, request: Request) -> Response:
        """Say that a task goes on, so that its HeartbeatSeconds count anew."""
        return _told(task_tokens.beat, request, _checked(TaskTokenSerializer, request)["token"])


def _checked(serializer: type[TaskTokenSerializer], request: Request) -> dict[str, Any]:
    said = serializer(data=request.data)
    said.is_valid(raise_exception=True)
    checked: dict[str, Any] = said.validated_data
    return checked


def _told(answer: Callable[..., None], request: Request, *said: Any) -> Response:
    try:
        answer(acting(request).workspace_id, *said)
    except task_tokens.InvalidToken:
        raise field_problem("token", "This is no task token.") from None
    except task_tokens.InvalidOutput as refusal:
        raise field_problem("output", str(refusal)) from None
    except task_tokens.TaskDoesNotExist:
        raise Http404 from None
    except task_tokens.TaskTimedOut:
        raise Problem(410, "Over", "This task was answered before, or it has ended otherwise.") from None
    return Response(status=204)
