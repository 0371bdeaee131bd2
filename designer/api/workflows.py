"""Workflows: listed, made, described, saved as drafts, deleted."""

from __future__ import annotations

import json
import uuid
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import cards, drafts, finding
from designer.models import Workflow
from people.access import Actor
from people.rights import Right, holds
from runner import deletion, state_machines
from runner.api.executions import acting
from runner.api.inputs import MOST_IN_A_COLUMN, ObjectField
from runner.api.paging import Pages
from runner.api.problems import Problem, ProblemSerializer, field_problem
from runner.models import StateMachine

from .rendering import WorkflowSerializer, WorkflowSummarySerializer

MOST_CHARACTERS_IN_DEFINITION = 1_048_576  # the service's own limit
# https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html


MOST_CHARACTERS_IN_LAYOUT = (
    4 * 1_048_576
)  # places, notes, disabled states and pins: several times a definition


class LayoutField(ObjectField):
    """What is drawn by hand, kept as the studio sends it: of what is in it only the size is judged."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        layout: dict[str, Any] = super().to_internal_value(data)
        if len(json.dumps(layout)) > MOST_CHARACTERS_IN_LAYOUT:
            raise serializers.ValidationError("The layout has more than 4 MiB: take away some notes or pins.")
        return layout


ORDERINGS = {
    "name": F("state_machine__name").asc(),
    "-name": F("state_machine__name").desc(),
    "updated_at": F("draft_saved_at").asc(),
    "-updated_at": F("draft_saved_at").desc(),
    "last_run": F("last_run").asc(nulls_first=True),
    "-last_run": F("last_run").desc(nulls_last=True),
}


class WorkflowFilter(django_filters.FilterSet):  # type: ignore[misc]  # it comes without types
    search = django_filters.CharFilter(
        method="by_text", help_text="every word in the name, the purpose, a tag or an integration"
    )
    name = django_filters.CharFilter(field_name="state_machine__name", help_text="exactly this one")
    status = django_filters.CharFilter(
        method="by_status", help_text="of the last execution; several by comma"
    )
    owner = django_filters.CharFilter(field_name="owner__username")
    ordering = django_filters.ChoiceFilter(choices=[(name, name) for name in ORDERINGS], method="in_order")

    def by_text(self, rows: QuerySet[Workflow], _: str, value: str) -> QuerySet[Workflow]:
        return finding.having(rows, value)

    def by_status(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        return rows.filter(last_status__in=value.upper().split(","))

    def in_order(self, rows: QuerySet[Workflow], _: str, value: str) -> QuerySet[Workflow]:
        # Two that are equal in this stay where they are from one page to the next.
        return rows.order_by(ORDERINGS[value], "-draft_saved_at", "pk")

    class Meta:
        model = Workflow
        fields: list[str] = []


def found_workflow(request: Request, key: uuid.UUID) -> Workflow:
    """Return the workflow of the asker's workspace; raises Http404."""
    return get_object_or_404(cards.workflows_of(acting(request).workspace), pk=key)


def _rendered(row: Workflow, actor: Actor, status: int = 200) -> Response:
    sees_data = holds(actor, Right.SEE_DATA, row.workspace_id)
    context = {"cards": cards.read([row]), "sees_data": sees_data}
    return Response(WorkflowSerializer(row, context=context).data, status=status)


class NewWorkflowSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    type = serializers.ChoiceField(choices=StateMachine.Type.choices, required=False, default="STANDARD")
    definition = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=MOST_CHARACTERS_IN_DEFINITION
    )
    layout = LayoutField(required=False)


class WorkflowList(ListAPIView[Workflow]):
    """Workflows of the workspace."""

    required_right = {"get": Right.VIEW, "post": Right.EDIT}
    serializer_class = WorkflowSummarySerializer
    pagination_class = Pages
    filterset_class = WorkflowFilter
    queryset = Workflow.objects.none()

    def get_queryset(self) -> QuerySet[Workflow]:
        rows = cards.with_last_run(cards.workflows_of(acting(self.request).workspace))
        return rows.order_by("-draft_saved_at", "pk")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        assert rows is not None
        context = {"cards": cards.read(rows)}
        return self.get_paginated_response(
            [WorkflowSummarySerializer(row, context=context).data for row in rows]
        )

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
        return _rendered(found_workflow(request, made.pk), actor, 201)


class WorkflowChangeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80, required=False)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    definition = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=MOST_CHARACTERS_IN_DEFINITION
    )
    layout = LayoutField(required=False)
    draft_revision = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_IN_A_COLUMN,
        help_text="the one that the change was made from",
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
        return _rendered(found_workflow(request, key), acting(request))

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
        try:
            drafts.change(
                found_workflow(request, key),
                acting(request).name,
                name=values.get("name"),
                description=values.get("description"),
                draft=drafts.Change(values.get("definition"), values.get("layout")),
                made_from=values.get("draft_revision", 0),
            )
        except drafts.StaleDraft as stale:
            raise stale_problem(stale) from None
        except (state_machines.InvalidName, state_machines.NameTaken, state_machines.NameFixed) as error:
            raise _name_problem(error) from None
        return _rendered(found_workflow(request, key), acting(request))

    @extend_schema(responses={204: None, 404: ProblemSerializer, 409: ProblemSerializer})
    def delete(self, request: Request, key: uuid.UUID) -> Response:
        """Delete a workflow with its ended executions."""
        try:
            drafts.delete(found_workflow(request, key), acting(request).name)
        except deletion.InUse:
            raise Problem(
                409, "Still in use", "Executions of this workflow still run: stop them first."
            ) from None
        return Response(status=204)


def _name_problem(error: Exception) -> Problem:
    match error:
        case state_machines.NameTaken():
            return field_problem("name", "Another workflow has this name.")
        case state_machines.NameFixed():
            return field_problem(
                "name", "A workflow that was run or published keeps its name: it is part of its ARN."
            )
    return field_problem("name", str(error))


def stale_problem(stale: drafts.StaleDraft) -> Problem:
    """Return what to tell whoever worked from an older draft."""
    return Problem(
        409,
        "The draft has changed",
        str(stale),
        current_revision=stale.current_revision,
        saved_by=stale.saved_by,
        saved_by_name=drafts.name_of(stale.saved_by),
        saved_at=stale.saved_at.isoformat().replace("+00:00", "Z"),
    )
