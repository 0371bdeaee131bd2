"""The mails of the workspace, as the Mailbox page shows them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.rights import Right
from runner.mail.mailbox import mails_of
from runner.mail.render import render, sender_of
from runner.models import Mail

from .executions import acting
from .paging import Pages
from .problems import ProblemSerializer


class MailSummarySerializer(serializers.Serializer[Mail]):
    id = serializers.UUIDField(source="key")
    sender = serializers.SerializerMethodField()
    to = serializers.ListField(child=serializers.CharField())
    subject = serializers.CharField()
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    status = serializers.CharField()
    attempts = serializers.IntegerField()
    error = serializers.CharField()

    def get_sender(self, row: Mail) -> str:
        return sender_of(row)


class MailSerializer(MailSummarySerializer):
    text = serializers.SerializerMethodField()
    html = serializers.SerializerMethodField()

    def get_text(self, row: Mail) -> str:
        return str(self.context["rendered"].text)

    def get_html(self, row: Mail) -> str:
        return str(self.context["rendered"].html)


class MailList(ListAPIView[Mail]):
    """Mails of the workspace, the newest first."""

    # A mail may carry a review link, which is the right to answer in somebody's name.
    required_right = {"get": Right.MANAGE}
    serializer_class = MailSummarySerializer
    pagination_class = Pages
    queryset = Mail.objects.none()

    def get_queryset(self) -> QuerySet[Mail]:
        return mails_of(acting(self.request)).defer(*_NOT_SHOWN, "text", "html")


# What joins would carry along unread.
_NOT_SHOWN = ("recipient__approval__execution__input", "recipient__approval__execution__output")


class MailDetail(APIView):
    required_right = {"get": Right.MANAGE}

    @extend_schema(responses={200: MailSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Show one mail."""
        row = get_object_or_404(mails_of(acting(request)).defer(*_NOT_SHOWN), key=key)
        context: dict[str, Any] = {"rendered": render(row, timezone.now())}
        return Response(MailSerializer(row, context=context).data)
