"""What stands on the server of a draft, without the draft: asked again and again while it is open."""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import drafts
from designer.models import Workflow
from people.rights import Right
from runner.api.executions import acting
from runner.api.problems import ProblemSerializer


class DraftSerializer(serializers.Serializer[Workflow]):
    draft_revision = serializers.IntegerField()
    draft_saved_by = serializers.CharField()
    draft_saved_by_name = serializers.SerializerMethodField()
    draft_saved_at = serializers.DateTimeField()

    def get_draft_saved_by_name(self, row: Workflow) -> str:
        return drafts.name_of(row.draft_saved_by)


class WorkflowDraft(APIView):
    required_right = {"get": Right.VIEW}

    @extend_schema(responses={200: DraftSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Say who saved the draft last, when, and as which revision."""
        rows = Workflow.objects.filter(
            workspace_id=acting(request).workspace_id, state_machine__deleted_at=None
        )
        row = get_object_or_404(rows.only("draft_revision", "draft_saved_by", "draft_saved_at"), pk=key)
        return Response(DraftSerializer(row).data)
