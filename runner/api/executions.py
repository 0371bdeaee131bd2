"""Executions: listed, described, read entry by entry, stopped; and what waits in them, acted on."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from asl.interpreter.events import WaitActedOn
from people.access import Actor, actor_of
from people.rights import Right, holds
from runner import engine, map_runs, redriving, tail, waits
from runner.models import Execution, Revision
from runner.store import payloads

from .inputs import MOST_IN_A_COLUMN, whole_number
from .paging import Pages
from .problems import Problem, ProblemSerializer

JSON = Any


def acting(request: Request) -> Actor:
    """Return who asks; the permission class has let nobody else in."""
    actor = actor_of(request)
    assert actor is not None
    return actor


def executions_of(actor: Actor) -> QuerySet[Execution]:
    """Return the executions that the actor may know of, with all that a summary shows; no payloads."""
    rows = Execution.objects.filter(workspace_id=actor.workspace_id)
    return rows.select_related(
        "state_machine__workspace", "state_machine__workflow", "version", "revision", "map_run"
    ).defer("input", "output", "cause", "revision__definition", *_NOT_SHOWN)


# What joins would carry along unread.
_NOT_SHOWN = (
    "state_machine__workflow__draft_definition",
    "state_machine__workflow__draft_layout",
)


class WorkflowNameSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class ExecutionTrialSerializer(serializers.Serializer[Any]):
    """What of a draft was tried, and the states whose outputs were given."""

    until = serializers.CharField(allow_null=True, help_text="the state after which it ended")
    pinned = serializers.ListField(child=serializers.CharField(), help_text="their outputs were given")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # The word is Python's own, so that it cannot stand above.
        start = serializers.CharField(allow_null=True, help_text="the state it started at")
        return {**super().get_fields(), "from": start}


class ExecutionSummarySerializer(serializers.Serializer[Execution]):
    """An execution in a list; `context` says who asks, and may hold what was read of all rows at once."""

    id = serializers.UUIDField(source="key")
    arn = serializers.CharField()
    name = serializers.CharField()
    workflow = serializers.SerializerMethodField()
    status = serializers.CharField()
    waiting = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    started_by = serializers.CharField()
    revision = serializers.IntegerField(source="revision.number")
    version = serializers.IntegerField(source="version.number", allow_null=True, default=None)
    alias = serializers.CharField(source="alias_name", help_text="the alias that chose the version")
    draft = serializers.BooleanField(source="revision.draft")
    trial = ExecutionTrialSerializer(
        source="revision.trial", allow_null=True, help_text="null where all of it ran, with real outputs"
    )
    transitions = serializers.IntegerField()
    map_run = serializers.UUIDField(source="map_run.key", allow_null=True, default=None)
    item_index = serializers.IntegerField(allow_null=True)
    redrive_count = serializers.IntegerField()
    redriven_at = serializers.DateTimeField(allow_null=True)
    last_seq = serializers.IntegerField()

    @extend_schema_field(serializers.ChoiceField(choices=["person", "time"], allow_null=True))
    def get_waiting(self, row: Execution) -> str | None:
        found = self.context.get("waiting")
        if found is None:
            found = waits.waiting_for([row.pk] if row.status == "RUNNING" else [])
        return cast("str | None", found.get(row.pk))

    def get_error(self, row: Execution) -> str | None:
        # A Fail state may put anything into its error's name.
        return row.error if holds(self.context["actor"], Right.SEE_DATA, row.workspace_id) else None

    @extend_schema_field(WorkflowNameSerializer(allow_null=True))
    def get_workflow(self, row: Execution) -> dict[str, Any] | None:
        workflow = getattr(row.state_machine, "workflow", None)
        return None if workflow is None else {"id": str(workflow.pk), "name": row.state_machine.name}


class RedriveStatusSerializer(serializers.Serializer[Any]):
    """Whether an execution may be redriven, and why not."""

    status = serializers.ChoiceField(choices=list(redriving.RedriveStatus))
    reason = serializers.CharField(allow_null=True)


class ExecutionSerializer(ExecutionSummarySerializer):
    """An execution with its data and the definition that it runs."""

    input = serializers.SerializerMethodField()
    output = serializers.SerializerMethodField()
    cause = serializers.CharField(allow_null=True)
    definition = serializers.SerializerMethodField()
    layout = serializers.SerializerMethodField()
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]  # the one that started it
    redrive = serializers.SerializerMethodField()

    @extend_schema_field(RedriveStatusSerializer)
    def get_redrive(self, row: Execution) -> dict[str, Any]:
        status, reason = redriving.redrive_status(row)
        return {"status": status, "reason": reason}

    @extend_schema_field(OpenApiTypes.ANY)
    def get_input(self, row: Execution) -> JSON:
        return payloads.loads(row.input)

    @extend_schema_field(OpenApiTypes.ANY)
    def get_output(self, row: Execution) -> JSON:
        return None if row.output is None else payloads.loads(row.output)

    def get_definition(self, row: Execution) -> str:
        return map_runs.definition_text(row)

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_layout(self, row: Execution) -> dict[str, Any]:
        if row.map_run is not None:
            return {}  # the places are those of the whole workflow
        kept = getattr(row.revision, "layout", None)
        return kept.layout if kept is not None else {}

    @extend_schema_field(WorkflowNameSerializer(allow_null=True))
    def get_parent(self, row: Execution) -> dict[str, Any] | None:
        if row.parent_id is None:
            return None
        parent = Execution.objects.filter(pk=row.parent_id).values("key", "name").first()
        return None if parent is None else {"id": str(parent["key"]), "name": parent["name"]}


def summary(row: Execution, actor: Actor, waiting: Mapping[int, str] | None = None) -> dict[str, Any]:
    """Return one execution as a list would show it."""
    return dict(ExecutionSummarySerializer(row, context={"actor": actor, "waiting": waiting}).data)


def found(request: Request, key: uuid.UUID) -> Execution:
    """Return the execution of the asker's workspace; raises Http404."""
    return get_object_or_404(executions_of(acting(request)), key=key)


class ExecutionFilter(django_filters.FilterSet):  # type: ignore[misc]  # it comes without types
    workflow = django_filters.UUIDFilter(field_name="state_machine__workflow__id")
    status = django_filters.CharFilter(method="by_status")
    search = django_filters.CharFilter(field_name="name", lookup_expr="icontains")
    trial = django_filters.BooleanFilter(
        method="by_trial", label="true: trials alone; false: all but trials."
    )
    map_run = django_filters.UUIDFilter(
        field_name="map_run__key",
        label="The children of this Map Run, by their index; without it no children are listed.",
    )

    def by_status(self, rows: QuerySet[Execution], _: str, value: str) -> QuerySet[Execution]:
        return rows.filter(status__in=value.upper().split(","))

    def by_trial(self, rows: QuerySet[Execution], _: str, value: bool) -> QuerySet[Execution]:
        # A list of revisions that is made once, not a look into the revision of each execution.
        tried = Revision.objects.filter(trial__isnull=False).values("pk")
        return rows.filter(revision__in=tried) if value else rows.exclude(revision__in=tried)

    class Meta:
        model = Execution
        fields: list[str] = []


class ExecutionList(ListAPIView[Execution]):
    """Executions of the workspace, the newest first, or the children of a Map Run by their index."""

    required_right = {"get": Right.VIEW}
    serializer_class = ExecutionSummarySerializer
    pagination_class = Pages
    filterset_class = ExecutionFilter
    queryset = Execution.objects.none()

    def get_queryset(self) -> QuerySet[Execution]:
        rows = executions_of(acting(self.request))
        if self.request.query_params.get("map_run"):
            return rows.order_by("item_index", "id")
        return rows.filter(map_run=None).order_by("-id")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        assert rows is not None
        running = [row.pk for row in rows if row.status == "RUNNING"]
        context = {"actor": acting(request), "waiting": waits.waiting_for(running)}
        rendered = [ExecutionSummarySerializer(row, context=context).data for row in rows]
        return self.get_paginated_response(rendered)


class ExecutionDetail(APIView):
    required_right = {"get": Right.SEE_DATA}

    @extend_schema(responses={200: ExecutionSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Describe an execution, with its input and output."""
        actor = acting(request)
        rows = executions_of(actor).select_related("revision__layout").defer(None).defer(*_NOT_SHOWN)
        row = get_object_or_404(rows, key=key)
        return Response(ExecutionSerializer(row, context={"actor": actor}).data)


class EntrySerializer(serializers.Serializer[Any]):
    """A record of an execution: a history event (with `id`), or a note."""

    seq = serializers.IntegerField()
    id = serializers.IntegerField(allow_null=True)
    previous_event_id = serializers.IntegerField(allow_null=True)
    type = serializers.CharField()
    at = serializers.DateTimeField()
    frame = serializers.IntegerField()
    scope = serializers.ListField(child=serializers.ListField())
    state = serializers.CharField(allow_null=True)
    details = serializers.JSONField()


class EntryPageSerializer(serializers.Serializer[Any]):
    entries = EntrySerializer(many=True)
    last_seq = serializers.IntegerField()
    more = serializers.BooleanField()


class EntryList(APIView):
    required_right = {"get": Right.SEE_DATA}

    @extend_schema(
        parameters=[OpenApiParameter("after", int), OpenApiParameter("limit", int)],
        responses={200: EntryPageSerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Read the record after a seq, at most 1,000 entries at a time."""
        row = found(request, key)
        after = whole_number("after", request.query_params.get("after"), 0, most=2**53)
        limit = whole_number("limit", request.query_params.get("limit"), 500, most=1000)
        entries = [tail.render_entry(entry) for entry in tail.entries_after(row.id, after, max(1, limit))]
        last = entries[-1]["seq"] if entries else after
        return Response({"entries": entries, "last_seq": row.last_seq, "more": last < row.last_seq})


class StopSerializer(serializers.Serializer[Any]):
    error = serializers.CharField(max_length=256, required=False, allow_null=True)
    cause = serializers.CharField(max_length=32768, required=False, allow_null=True)


class ExecutionStop(APIView):
    required_right = {"post": Right.STOP}

    @extend_schema(
        request=StopSerializer,
        responses={200: ExecutionSummarySerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Abort an execution; one that has ended stays as it is."""
        asked = StopSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        engine.stop_execution(found(request, key).id, told.get("error"), told.get("cause"))
        return Response(summary(found(request, key), acting(request)))


class RedriveSerializer(serializers.Serializer[Any]):
    token = serializers.RegexField(r"^[!-~]{1,64}$", required=False, help_text="makes a repeat harmless")


class ExecutionRedrive(APIView):
    required_right = {"post": Right.STOP}

    @extend_schema(
        request=RedriveSerializer,
        responses={200: ExecutionSummarySerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {409: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Continue an execution that did not end well, from where it failed."""
        asked = RedriveSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actor = acting(request)
        try:
            engine.redrive_execution(found(request, key).id, actor.name, asked.validated_data.get("token"))
        except engine.ExecutionNotRedrivable as error:
            raise Problem(409, "It cannot be redriven", f"{error.reason}.") from None
        return Response(summary(found(request, key), actor))


class WaitSerializer(serializers.Serializer[Any]):
    """Something in an execution that waits."""

    frame = serializers.IntegerField()
    wait = serializers.IntegerField()
    state = serializers.CharField(allow_null=True)
    scope = serializers.ListField(child=serializers.ListField())
    kind = serializers.ChoiceField(choices=["attempt", "timer", "retry", "approval", "callback"])
    since = serializers.DateTimeField(allow_null=True)
    due = serializers.DateTimeField(allow_null=True)
    attempt = serializers.IntegerField()
    partial_text = serializers.CharField(allow_null=True)
    approval = serializers.UUIDField(allow_null=True)


class WaitList(APIView):
    required_right = {"get": Right.SEE_DATA}

    @extend_schema(responses={200: WaitSerializer(many=True), 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """List what waits, and for what."""
        rows = waits.of(found(request, key).id)
        return Response([WaitSerializer(row).data for row in rows])


class ActSerializer(serializers.Serializer[Any]):
    action = serializers.ChoiceField(choices=["run_now", "skip", "fail", "extend"])
    output = serializers.JSONField(required=False, allow_null=True)
    error = serializers.CharField(max_length=256, required=False, allow_null=True)
    cause = serializers.CharField(max_length=32768, required=False, allow_null=True)
    seconds = serializers.FloatField(required=False, allow_null=True, min_value=0.001, max_value=99_999_999)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["action"] == "extend" and not attrs.get("seconds"):
            raise serializers.ValidationError({"seconds": "Say by how many seconds."})
        return attrs


class WaitAct(APIView):
    required_right = {"post": Right.STOP}

    @extend_schema(
        request=ActSerializer,
        responses={200: ExecutionSummarySerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {409: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID, frame: int, wait: int) -> Response:
        """Act on something that waits: run it now, skip it with a value, fail it, give it more time."""
        asked = ActSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actor, row = acting(request), found(request, key)
        event = WaitActedOn(frame, wait, by=actor.name, **asked.validated_data)
        if max(frame, wait) > MOST_IN_A_COLUMN or not engine.act_on_wait(row.id, event):
            raise Problem(
                409, "Nothing waits here any more", "The state has gone on, or this cannot be done to it."
            )
        return Response(summary(found(request, key), actor))
