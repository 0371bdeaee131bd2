"""Workflows: listed, made, saved as drafts, published, run."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django.db.models import Max, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import drafts, publishing
from designer.models import Workflow
from people.rights import Right, require
from runner import engine, state_machines
from runner.api.executions import ExecutionSummarySerializer, acting, executions_of
from runner.api.inputs import json_text
from runner.api.paging import Pages
from runner.api.problems import Problem, ProblemSerializer, field_problem
from runner.models import Approval, Execution, StateMachine, Version
from runner.store import payloads

RECENT = 12


class OwnerSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField()
    initials = serializers.CharField()


class RecentExecutionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="key")
    name = serializers.CharField()
    status = serializers.CharField()


class LastExecutionSerializer(RecentExecutionSerializer):
    waiting = serializers.CharField(allow_null=True)
    started_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)


class DiagnosticSerializer(serializers.Serializer[Any]):
    severity = serializers.ChoiceField(choices=["ERROR", "WARNING"])
    code = serializers.CharField()
    message = serializers.CharField()
    location = serializers.CharField()


class WorkflowSummarySerializer(serializers.Serializer[Workflow]):
    """A workflow in a list, with what its card shows."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="state_machine.name")
    description = serializers.CharField()
    type = serializers.CharField(source="state_machine.type")
    owner = OwnerSerializer(allow_null=True)
    draft_revision = serializers.IntegerField()
    published_version = serializers.SerializerMethodField()
    has_unpublished_changes = serializers.SerializerMethodField()
    updated_at = serializers.DateTimeField(source="draft_saved_at")
    definition = serializers.CharField(source="draft_definition")
    layout = serializers.SerializerMethodField()
    last_execution = serializers.SerializerMethodField()
    recent_executions = serializers.SerializerMethodField()

    def get_published_version(self, row: Workflow) -> int | None:
        return self.context["versions"].get(row.state_machine_id)

    def get_has_unpublished_changes(self, row: Workflow) -> bool:
        current = row.state_machine.current_revision
        return current is None or current.definition != row.draft_definition

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_layout(self, row: Workflow) -> dict[str, Any]:
        return row.draft_layout

    @extend_schema_field(LastExecutionSerializer(allow_null=True))
    def get_last_execution(self, row: Workflow) -> dict[str, Any] | None:
        recent = self.context["recent"].get(row.state_machine_id)
        if not recent:
            return None
        last = recent[0]
        last.waiting = self.context["waiting"].get(last.pk)
        return dict(LastExecutionSerializer(last).data)

    @extend_schema_field(RecentExecutionSerializer(many=True))
    def get_recent_executions(self, row: Workflow) -> list[Any]:
        recent = self.context["recent"].get(row.state_machine_id, [])
        return list(RecentExecutionSerializer(reversed(recent), many=True).data)


class WorkflowSerializer(WorkflowSummarySerializer):
    """A workflow with its draft and what is wrong with it."""

    draft_saved_by = serializers.CharField()
    draft_saved_at = serializers.DateTimeField()
    diagnostics = serializers.SerializerMethodField()

    @extend_schema_field(DiagnosticSerializer(many=True))
    def get_diagnostics(self, row: Workflow) -> list[Any]:
        return list(DiagnosticSerializer(publishing.diagnostics_of(row), many=True).data)


def _context(rows: list[Workflow]) -> dict[str, Any]:
    """Read what the cards show of executions and versions: three queries, however many cards."""
    machines = [row.state_machine_id for row in rows]
    versions = Version.objects.filter(state_machine_id__in=machines).values("state_machine_id")
    recent = {machine: _recent(machine) for machine in machines}
    running = [found[0].pk for found in recent.values() if found and found[0].status == "RUNNING"]
    asked = Approval.objects.filter(execution_id__in=running, status="OPEN")
    return {
        "versions": dict(versions.annotate(n=Max("number")).values_list("state_machine_id", "n")),
        "recent": recent,
        "waiting": dict.fromkeys(asked.values_list("execution_id", flat=True), "person"),
    }


def _recent(machine: int) -> list[Execution]:
    rows = Execution.objects.filter(state_machine_id=machine).order_by("-id")
    return list(rows.only("key", "name", "status", "started_at", "stopped_at", "state_machine_id")[:RECENT])


class WorkflowFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="by_text")
    status = django_filters.CharFilter(method="by_status")
    owner = django_filters.CharFilter(field_name="owner__username")
    ordering = django_filters.OrderingFilter(
        fields={"state_machine__name": "name", "draft_saved_at": "updated_at", "last_run": "last_run"}
    )

    def by_text(self, rows: QuerySet[Workflow], _: str, value: str) -> QuerySet[Workflow]:
        return rows.filter(state_machine__name__icontains=value) | rows.filter(description__icontains=value)

    def by_status(self, rows: QuerySet[Workflow], _: str, value: str) -> QuerySet[Workflow]:
        """By the status of the last execution."""
        last = Execution.objects.filter(pk__in=rows.values("last_run"), status__in=value.upper().split(","))
        return rows.filter(state_machine__in=last.values("state_machine"))

    class Meta:
        model = Workflow
        fields: list[str] = []


def _workflows(request: Request) -> QuerySet[Workflow]:
    rows = Workflow.objects.filter(workspace_id=acting(request).workspace_id)
    return rows.select_related(
        "state_machine__workspace", "state_machine__current_revision", "owner", "workspace"
    )


def _found(request: Request, key: uuid.UUID) -> Workflow:
    return get_object_or_404(_workflows(request), pk=key)


def _rendered(row: Workflow, status: int = 200) -> Response:
    return Response(WorkflowSerializer(row, context=_context([row])).data, status=status)


class NewWorkflowSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    type = serializers.ChoiceField(choices=StateMachine.Type.choices, required=False, default="STANDARD")
    definition = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=1_048_576
    )
    layout = serializers.DictField(required=False)


class WorkflowList(ListAPIView[Workflow]):
    """Workflows of the workspace."""

    required_right = {"get": Right.VIEW, "post": Right.EDIT}
    serializer_class = WorkflowSummarySerializer
    pagination_class = Pages
    filterset_class = WorkflowFilter
    queryset = Workflow.objects.none()

    def get_queryset(self) -> QuerySet[Workflow]:
        rows = _workflows(self.request).annotate(last_run=Max("state_machine__executions__id"))
        return rows.order_by("-draft_saved_at")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        assert rows is not None
        rendered = WorkflowSummarySerializer(rows, many=True, context=_context(list(rows)))
        return self.get_paginated_response(rendered.data)

    @extend_schema(request=NewWorkflowSerializer, responses={201: WorkflowSerializer, 400: ProblemSerializer})
    def post(self, request: Request) -> Response:
        """Make a workflow with a draft."""
        asked = NewWorkflowSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actor = acting(request)
        values = dict(asked.validated_data)
        try:
            made = drafts.create(actor.workspace, values.pop("name"), owner=actor.user, **values)
        except (state_machines.InvalidName, state_machines.NameTaken) as error:
            raise _name_problem(error) from None
        return _rendered(_found(request, made.pk), 201)


class WorkflowChangeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80, required=False)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    definition = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=1_048_576
    )
    layout = serializers.DictField(required=False)
    draft_revision = serializers.IntegerField(
        required=False, help_text="the one that the change was made from"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if {"definition", "layout"} & attrs.keys() and "draft_revision" not in attrs:
            raise serializers.ValidationError({"draft_revision": "Say which draft this was made from."})
        return attrs


class WorkflowDetail(APIView):
    required_right = {"get": Right.VIEW, "patch": Right.EDIT, "delete": Right.EDIT}

    @extend_schema(responses={200: WorkflowSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Describe a workflow with its draft."""
        return _rendered(_found(request, key))

    @extend_schema(
        request=WorkflowChangeSerializer,
        responses={200: WorkflowSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {409: ProblemSerializer},
    )
    def patch(self, request: Request, key: uuid.UUID) -> Response:
        """Save the draft, if nobody else did since; rename; describe."""
        asked = WorkflowChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        row, by = _found(request, key), acting(request).name
        try:
            drafts.describe(row, name=values.get("name"), description=values.get("description"))
            change = drafts.Change(values.get("definition"), values.get("layout"))
            if not change.is_empty:
                drafts.save(row, values["draft_revision"], change, by)
        except drafts.StaleDraft as stale:
            raise _stale_problem(stale) from None
        except (state_machines.InvalidName, state_machines.NameTaken, state_machines.NameFixed) as error:
            raise _name_problem(error) from None
        return _rendered(_found(request, key))

    @extend_schema(responses={204: None, 404: ProblemSerializer, 409: ProblemSerializer})
    def delete(self, request: Request, key: uuid.UUID) -> Response:
        """Delete a workflow with its ended executions."""
        try:
            drafts.delete(_found(request, key))
        except state_machines.InUse:
            raise Problem(
                409, "Still in use", "Executions of this workflow still run: stop them first."
            ) from None
        return Response(status=204)


class VersionSerializer(serializers.Serializer[Version]):
    number = serializers.IntegerField()
    revision = serializers.IntegerField(source="revision.number")
    description = serializers.CharField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField()
    definition = serializers.CharField(source="revision.definition")


class PublishSerializer(serializers.Serializer[Any]):
    draft_revision = serializers.IntegerField()
    description = serializers.CharField(max_length=256, required=False, allow_blank=True, default="")


class WorkflowPublish(APIView):
    required_right = {"post": Right.PUBLISH}

    @extend_schema(
        request=PublishSerializer,
        responses={200: VersionSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {409: ProblemSerializer, 422: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Make the draft what runs; refused with all diagnostics where it is broken."""
        asked = PublishSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = _found(request, key)
        values = asked.validated_data
        try:
            version = publishing.publish(
                row, values["draft_revision"], values["description"], acting(request).name
            )
        except drafts.StaleDraft as stale:
            raise _stale_problem(stale) from None
        except publishing.CannotRun as refused:
            raise _broken_problem(refused) from None
        return Response(VersionSerializer(version).data)


class VersionList(ListAPIView[Version]):
    """Versions of a workflow, the newest first."""

    required_right = {"get": Right.VIEW}
    serializer_class = VersionSerializer
    pagination_class = Pages
    queryset = Version.objects.none()

    def get_queryset(self) -> QuerySet[Version]:
        row = _found(self.request, self.kwargs["key"])
        return row.state_machine.versions.select_related("revision").order_by("-number")


class NewExecutionSerializer(serializers.Serializer[Any]):
    input = serializers.JSONField(required=False)
    input_text = serializers.CharField(
        required=False, trim_whitespace=False, help_text="the input as JSON text"
    )
    name = serializers.RegexField(r"^[A-Za-z0-9_-]{1,80}$", required=False, allow_null=True)
    source = serializers.ChoiceField(choices=["published", "draft"], default="published")


class WorkflowExecutions(APIView):
    required_right = {"post": Right.RUN}

    @extend_schema(
        request=NewExecutionSerializer,
        responses={200: ExecutionSummarySerializer, 201: ExecutionSummarySerializer, 400: ProblemSerializer}
        | {403: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Start an execution. The same name and input while it runs: the same execution, with 200."""
        asked = NewExecutionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values, actor = asked.validated_data, acting(request)
        row = _found(request, key)
        version: Version | None = None
        if values["source"] == "draft":
            require(actor, Right.EDIT, actor.workspace)
            try:
                revision = publishing.revision_of_draft(row, actor.name)
            except publishing.CannotRun as refused:
                raise _broken_problem(refused) from None
        elif row.state_machine.current_revision is None:
            raise Problem(409, "Nothing is published yet", "Publish the workflow, or run its draft.")
        else:
            revision = row.state_machine.current_revision
            version = revision.versions.order_by("-number").first()
        text = values.get("input_text")
        input_text = (
            payloads.dumps(values.get("input", {})) if text is None else json_text("input_text", text)
        )
        try:
            started = engine.start_execution(
                revision=revision,
                input_text=input_text,
                name=values.get("name"),
                actor_name=actor.name,
                version_id=version.pk if version else None,
            )
        except engine.ExecutionAlreadyExists as exists:
            raise Problem(
                409,
                "The name is taken",
                "An execution of this workflow has this name, with other input or already ended.",
                execution=exists.key,
            ) from None
        found = executions_of(actor).get(key=started.key)
        return Response(ExecutionSummarySerializer(found).data, status=201 if started.created else 200)


def _name_problem(error: Exception) -> Problem:
    match error:
        case state_machines.NameTaken():
            return field_problem("name", "Another workflow has this name.")
        case state_machines.NameFixed():
            return field_problem("name", "A published workflow keeps its name: it is part of its ARN.")
    return field_problem("name", str(error))


def _stale_problem(stale: drafts.StaleDraft) -> Problem:
    return Problem(
        409,
        "The draft has changed",
        str(stale),
        current_revision=stale.current_revision,
        saved_by=stale.saved_by,
        saved_at=stale.saved_at.isoformat().replace("+00:00", "Z"),
    )


def _broken_problem(refused: publishing.CannotRun) -> Problem:
    diagnostics = DiagnosticSerializer(refused.diagnostics, many=True).data
    return Problem(422, "The definition has errors", str(refused), diagnostics=list(diagnostics))
