"""How workflows, their versions and what is wrong with them look as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from asl.errors import Diagnostic
from designer import drafts, publishing
from designer.cards import Cards
from designer.models import Workflow
from runner import state_machines
from runner.models import Execution, Version


class OwnerSerializer(serializers.Serializer[Any]):
    username = serializers.CharField()
    name = serializers.CharField()
    initials = serializers.CharField()


class RecentExecutionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="key")
    name = serializers.CharField()
    status = serializers.CharField()


class LastExecutionSerializer(RecentExecutionSerializer):
    waiting = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(choices=["person", "time"], allow_null=True))
    def get_waiting(self, row: Execution) -> str | None:
        return cast("str | None", self.context["waiting"].get(row.pk))


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
    arn = serializers.CharField(source="state_machine.arn")
    owner = OwnerSerializer(allow_null=True)
    draft_revision = serializers.IntegerField()
    published_version = serializers.SerializerMethodField()
    has_unpublished_changes = serializers.SerializerMethodField()
    updated_at = serializers.DateTimeField(source="draft_saved_at")
    definition = serializers.CharField(source="draft_definition")
    layout = serializers.SerializerMethodField()
    last_execution = serializers.SerializerMethodField()
    recent_executions = serializers.SerializerMethodField()

    @property
    def _cards(self) -> Cards:
        cards = self.context["cards"]
        assert isinstance(cards, Cards)
        return cards

    def get_published_version(self, row: Workflow) -> int | None:
        return self._cards.versions.get(row.state_machine_id)

    def get_has_unpublished_changes(self, row: Workflow) -> bool:
        current = row.state_machine.current_revision
        return current is None or current.definition != row.draft_definition

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_layout(self, row: Workflow) -> dict[str, Any]:
        # Pinned outputs are data of executions, and none of what a list shows.
        return {key: value for key, value in row.draft_layout.items() if key != "pins"}

    @extend_schema_field(LastExecutionSerializer(allow_null=True))
    def get_last_execution(self, row: Workflow) -> dict[str, Any] | None:
        last = self._cards.last(row.state_machine_id)
        if last is None:
            return None
        return dict(LastExecutionSerializer(last, context={"waiting": self._cards.waiting}).data)

    @extend_schema_field(RecentExecutionSerializer(many=True))
    def get_recent_executions(self, row: Workflow) -> list[Any]:
        recent = self._cards.recent.get(row.state_machine_id, [])
        return [RecentExecutionSerializer(execution).data for execution in recent]


class WorkflowSerializer(WorkflowSummarySerializer):
    """A workflow with its draft and what is wrong with it; `context` says whether its reader sees data."""

    draft_saved_by = serializers.CharField()
    draft_saved_by_name = serializers.SerializerMethodField()
    draft_saved_at = serializers.DateTimeField()
    name_is_fixed = serializers.SerializerMethodField(
        help_text="whether it was run or published: from then on the name is part of its ARN"
    )
    diagnostics = serializers.SerializerMethodField()

    def get_name_is_fixed(self, row: Workflow) -> bool:
        return state_machines.has_fixed_name(row.state_machine)

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_layout(self, row: Workflow) -> dict[str, Any]:
        return row.draft_layout if self.context["sees_data"] else super().get_layout(row)

    def get_draft_saved_by_name(self, row: Workflow) -> str:
        return drafts.name_of(row.draft_saved_by)

    @extend_schema_field(DiagnosticSerializer(many=True))
    def get_diagnostics(self, row: Workflow) -> list[Any]:
        return diagnostics(publishing.diagnostics_of(row))


class VersionSerializer(serializers.Serializer[Version]):
    number = serializers.IntegerField()
    revision = serializers.IntegerField(source="revision.number")
    description = serializers.CharField()
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField()


def diagnostics(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Render what is wrong with a definition."""
    return [dict(DiagnosticSerializer(diagnostic).data) for diagnostic in found]
