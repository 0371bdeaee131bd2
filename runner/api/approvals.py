"""Approvals: listed, described, decided, sent again."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.rights import Right
from runner.approvals import decide as decisions
from runner.approvals import sending, voters
from runner.approvals.listing import approvals_of, may_see_content
from runner.models import Approval

from .executions import WorkflowNameSerializer, acting
from .paging import Pages
from .problems import Problem, ProblemSerializer


class RecipientSerializer(serializers.Serializer[Any]):
    address = serializers.CharField()
    name = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)
    send_error = serializers.CharField()
    attempts = serializers.IntegerField()


class ApprovalDecisionSerializer(serializers.Serializer[Any]):
    choice = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    by = serializers.CharField()
    at = serializers.DateTimeField()
    how = serializers.CharField()
    comment = serializers.CharField()


class VoteSerializer(ApprovalDecisionSerializer):
    """One person's answer."""


class ApprovalChoiceSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField(allow_blank=True)
    content = serializers.CharField(allow_blank=True, help_text="what is chosen with it")
    style = serializers.ChoiceField(  # type: ignore[assignment]
        choices=["primary", "danger", "plain"]
    )


class ApprovalSerializer(serializers.Serializer[Approval]):
    """A request to named people."""

    id = serializers.UUIDField(source="key")
    status = serializers.CharField()
    question = serializers.CharField()
    details = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField()
    fields = serializers.SerializerMethodField(  # type: ignore[assignment]
        method_name="fields_asked"
    )
    comment = serializers.CharField()
    votes_needed = serializers.IntegerField()
    execution = serializers.SerializerMethodField()
    workflow = serializers.SerializerMethodField()
    state = serializers.CharField()
    requested_by = serializers.CharField()
    requested_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    recipients = RecipientSerializer(source="recipients.all", many=True)
    decision = serializers.SerializerMethodField()
    votes = VoteSerializer(source="votes.all", many=True)
    can_decide = serializers.SerializerMethodField()

    def to_representation(self, row: Approval) -> dict[str, Any]:
        """Keep what was asked about, and the words of the answers, from who may not see data."""
        shown = dict(super().to_representation(row))
        if not may_see_content(row, self.context["actor"]):
            shown |= {"details": None, "fields": []}
            shown["choices"] = [{**choice, "description": "", "content": ""} for choice in shown["choices"]]
            shown["votes"] = [{**vote, "comment": ""} for vote in shown["votes"]]
            if shown["decision"] is not None:
                shown["decision"] = {**shown["decision"], "comment": ""}
        return shown

    @extend_schema_field(OpenApiTypes.ANY)
    def get_details(self, row: Approval) -> Any:
        return row.details

    @extend_schema_field(ApprovalChoiceSerializer(many=True))
    def get_choices(self, row: Approval) -> list[dict[str, str]]:
        return [
            {
                "value": choice["Value"],
                "label": choice.get("Label", choice["Value"]),
                "description": choice.get("Description", ""),
                "content": choice.get("Content", ""),
                "style": choice.get("Style", "plain"),
            }
            for choice in row.choices
        ]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def fields_asked(self, row: Approval) -> list[dict[str, Any]]:
        return row.fields

    @extend_schema_field(WorkflowNameSerializer())
    def get_execution(self, row: Approval) -> dict[str, Any]:
        return {"id": str(row.execution.key), "name": row.execution.name}

    @extend_schema_field(WorkflowNameSerializer(allow_null=True))
    def get_workflow(self, row: Approval) -> dict[str, Any] | None:
        machine = row.execution.state_machine
        workflow = getattr(machine, "workflow", None)
        return None if workflow is None else {"id": str(workflow.pk), "name": machine.name}

    @extend_schema_field(ApprovalDecisionSerializer(allow_null=True))
    def get_decision(self, row: Approval) -> dict[str, Any] | None:
        return _shown(decisions.decision_of(row))

    def get_can_decide(self, row: Approval) -> bool:
        return voters.may_decide(row, self.context["actor"])


def _shown(decision: decisions.Decision | None) -> dict[str, Any] | None:
    return None if decision is None else dict(ApprovalDecisionSerializer(decision).data)


class ApprovalFilter(django_filters.FilterSet):  # type: ignore[misc]  # it comes without types
    scope = django_filters.ChoiceFilter(choices=[("mine", "mine"), ("all", "all")], method="by_scope")
    status = django_filters.ChoiceFilter(
        choices=[(name, name) for name in ("open", "decided", "expired", "withdrawn")], method="by_status"
    )

    search = django_filters.CharFilter(method="by_text", help_text="in the question or the workflow's name")

    def by_text(self, rows: QuerySet[Approval], _: str, value: str) -> QuerySet[Approval]:
        named = Q(execution__state_machine__name__icontains=value)
        return rows.filter(named | Q(question__icontains=value))

    def by_scope(self, rows: QuerySet[Approval], _: str, value: str) -> QuerySet[Approval]:
        assert self.request is not None
        if value != "mine":
            return rows
        mine = approvals_of(acting(self.request), only_mine=True)
        return rows.filter(pk__in=mine.order_by().values("pk"))

    def by_status(self, rows: QuerySet[Approval], _: str, value: str) -> QuerySet[Approval]:
        return rows.filter(status=value.upper())

    class Meta:
        model = Approval
        fields: list[str] = []


def _approvals(request: Request) -> QuerySet[Approval]:
    rows = approvals_of(acting(request)).select_related("execution__state_machine__workflow")
    return rows.defer(*_NOT_SHOWN)


# What joins would carry along unread.
_NOT_SHOWN = (
    "execution__input",
    "execution__output",
    "execution__cause",
    "execution__state_machine__workflow__draft_definition",
    "execution__state_machine__workflow__draft_layout",
)


def _rendered(request: Request, key: uuid.UUID) -> Response:
    row = get_object_or_404(_approvals(request), key=key)
    return Response(ApprovalSerializer(row, context={"actor": acting(request)}).data)


class ApprovalList(ListAPIView[Approval]):
    """Approvals of the workspace, the earliest deadline first."""

    required_right = {"get": Right.VIEW}
    serializer_class = ApprovalSerializer
    pagination_class = Pages
    filterset_class = ApprovalFilter
    queryset = Approval.objects.none()

    def get_queryset(self) -> QuerySet[Approval]:
        return _approvals(self.request)

    def get_serializer_context(self) -> dict[str, Any]:
        return {"actor": acting(self.request)}


class ApprovalDetail(APIView):
    required_right = {"get": Right.VIEW}

    @extend_schema(responses={200: ApprovalSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Describe an approval."""
        return _rendered(request, key)


class DecideSerializer(serializers.Serializer[Any]):
    choice = serializers.CharField(max_length=200)
    comment = serializers.CharField(max_length=20_000, required=False, allow_blank=True, default="")
    fields = serializers.DictField(required=False, default=dict)  # type: ignore[assignment]


class ApprovalDecide(APIView):
    required_right = {"post": Right.APPROVE}

    @extend_schema(
        request=DecideSerializer,
        responses={200: ApprovalSerializer, 400: ProblemSerializer, 403: ProblemSerializer}
        | {404: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Answer; the first decision wins."""
        asked = DecideSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = get_object_or_404(_approvals(request), key=key)
        actor = acting(request)
        voter = voters.signed_in(
            actor,
            address=request.META.get("REMOTE_ADDR", ""),
            user_agent=request.headers.get("User-Agent", "")[:255],
        )
        result = decisions.decide(row, voter=voter, how=actor.how, **asked.validated_data)
        _raise_refusal(result)
        return _rendered(request, key)


def _raise_refusal(result: decisions.DecisionResult) -> None:
    match result:
        case decisions.AlreadyDecided(decision):
            said = f"{decision.by} answered “{decision.label}”."
            raise Problem(409, "Already decided", said, decision=_shown(decision))
        case decisions.AlreadyVoted(label=label):
            raise Problem(409, "Already answered", f"You answered “{label}”.", decision=None)
        case decisions.Over(status):
            raise Problem(409, "No longer open", f"This question is {status.lower()}.", decision=None)
        case decisions.NotAllowed(reason):
            raise Problem(403, "Not permitted", reason)
        case decisions.Invalid(errors):
            told = [{"field": name, "message": message} for name, message in errors.items()]
            raise Problem(400, "Something in the answer is not right.", errors=told)


class ApprovalSendAgain(APIView):
    required_right = {"post": Right.STOP}

    @extend_schema(
        request=None,
        responses={200: ApprovalSerializer, 404: ProblemSerializer, 409: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Mail new links to whoever has not answered; the old ones die."""
        row = get_object_or_404(_approvals(request), key=key)
        if not sending.send_again(row):
            raise Problem(409, "Nobody to send to", "The question is closed, or everybody has answered.")
        return _rendered(request, key)
