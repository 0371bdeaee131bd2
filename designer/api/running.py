"""From a draft to what runs: published, its versions, its executions."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import drafts, publishing, trials
from designer.models import Workflow
from people.rights import Right, require
from runner import engine
from runner.api.executions import ExecutionSummarySerializer, acting, found, summary
from runner.api.inputs import MOST_IN_A_COLUMN, json_text
from runner.api.problems import Problem, ProblemSerializer, field_problem
from runner.store import payloads

from .rendering import VersionSerializer, diagnostics
from .trials import TrialSerializer
from .workflows import found_workflow, stale_problem


class PublishSerializer(serializers.Serializer[Any]):
    draft_revision = serializers.IntegerField(min_value=1, max_value=MOST_IN_A_COLUMN)
    description = serializers.CharField(max_length=256, required=False, allow_blank=True, default="")


class WorkflowPublish(APIView):
    required_right = {"post": Right.PUBLISH}

    @extend_schema(
        request=PublishSerializer,
        responses={200: VersionSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {403: ProblemSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Make the draft what runs; refused with all diagnostics where it is broken."""
        asked = PublishSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row, actor, values = found_workflow(request, key), acting(request), asked.validated_data
        if publishing.names_connection(row):
            require(actor, Right.USE_CONNECTION, actor.workspace)
        try:
            version = publishing.publish(row, values["draft_revision"], values["description"], actor.name)
        except drafts.StaleDraft as stale:
            raise stale_problem(stale) from None
        except publishing.CannotRun as refused:
            raise _broken_problem(refused) from None
        return Response(VersionSerializer(version).data)


class NewExecutionSerializer(serializers.Serializer[Any]):
    input = serializers.JSONField(required=False, allow_null=True, help_text="any JSON; {} without it")
    input_text = serializers.CharField(
        required=False, trim_whitespace=False, help_text="the input as JSON text, instead of `input`"
    )
    name = serializers.RegexField(r"^[A-Za-z0-9_-]{1,80}\Z", required=False, allow_null=True)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=["published", "draft"], default="published"
    )
    version = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_IN_A_COLUMN,
        help_text="a published version; without it, and without an alias, the newest",
    )
    alias = serializers.CharField(
        required=False, allow_null=True, max_length=80, help_text="an alias, which chooses by its weights"
    )
    trial = TrialSerializer(required=False, allow_null=True, help_text="a part of the draft, or with pins")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if {"input", "input_text"} <= attrs.keys():
            raise serializers.ValidationError({"input_text": "Give either this or input."})
        if attrs.get("trial") and attrs["source"] != "draft":
            said = "Only a draft is tried; what is published runs whole."
            raise serializers.ValidationError({"trial": said})
        named = [field for field in ("version", "alias") if attrs.get(field) is not None]
        if named and attrs["source"] == "draft":
            said = "A draft is no version: leave source out, or this."
            raise serializers.ValidationError({named[0]: said})
        if len(named) > 1:
            raise serializers.ValidationError({"alias": "Give either this or version."})
        return attrs


class WorkflowExecutions(APIView):
    required_right = {"post": Right.RUN}

    @extend_schema(
        operation_id="executions_start",
        request=NewExecutionSerializer,
        responses={200: ExecutionSummarySerializer, 201: ExecutionSummarySerializer, 400: ProblemSerializer}
        | {403: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Start an execution of the newest version, of the named or the alias's one, or of the draft.

        The same name and input while it runs: the same execution, with 200.
        """
        asked = NewExecutionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values, actor = asked.validated_data, acting(request)
        workflow = found_workflow(request, key)
        if values["source"] == "draft":
            require(actor, Right.EDIT, actor.workspace)
        trial = _trial_of(workflow, values["trial"]) if values.get("trial") else None
        try:
            started = publishing.start(
                workflow,
                actor,
                input_text=_input_of(values),
                name=values.get("name"),
                of_draft=values["source"] == "draft",
                trial=trial,
                version=values.get("version"),
                alias=values.get("alias"),
            )
        except publishing.CannotRun as refused:
            raise _broken_problem(refused) from None
        except publishing.NoSuchTarget as missing:
            raise field_problem(missing.field, str(missing)) from None
        except publishing.NothingPublished:
            raise Problem(
                409, "Nothing is published yet", "Publish the workflow, or run its draft."
            ) from None
        except engine.ExecutionAlreadyExists as exists:
            said = "An execution of this workflow has this name, with other input or already ended."
            raise Problem(409, "The name is taken", said, execution=exists.key) from None
        row = found(request, uuid.UUID(started.key))
        # What has only begun is not said to wait, as in front of Django (`fast_start`).
        return Response(summary(row, actor, waiting={}), status=201 if started.created else 200)


def _input_of(values: dict[str, Any]) -> str:
    text = values.get("input_text")
    return payloads.dumps(values.get("input", {})) if text is None else json_text("input_text", text)


def _trial_of(workflow: Workflow, asked: dict[str, Any]) -> trials.Trial:
    try:
        return trials.trial_of(
            workflow.draft_definition,
            until=asked.get("until"),
            from_=asked.get("from"),
            pins=asked.get("pins"),
            variables=asked.get("variables"),
        )
    except trials.CannotTry as refused:
        raise field_problem(f"trial.{refused.field}", str(refused)) from None


def _broken_problem(refused: publishing.CannotRun) -> Problem:
    told = diagnostics(refused.diagnostics)
    return Problem(422, "The definition has errors", str(refused), diagnostics=told)
