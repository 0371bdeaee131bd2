"""API tokens: shown once, kept as a hash, withdrawn."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.models import ApiToken
from people.rights import Right
from people.tokens import issue, tokens_of, withdraw

from .executions import acting
from .paging import Pages
from .problems import ProblemSerializer


class TokenSerializer(serializers.Serializer[ApiToken]):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=80)
    hint = serializers.CharField(read_only=True)
    user = serializers.CharField(source="user.username", read_only=True)
    rights = serializers.ListField(
        child=serializers.ChoiceField(choices=[right.value for right in Right]), required=False
    )
    created_at = serializers.DateTimeField(read_only=True)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def validate_expires_at(self, value: Any) -> Any:
        if value is not None and value <= timezone.now():
            raise serializers.ValidationError("This moment has passed.")
        return value


class NewTokenSerializer(TokenSerializer):
    """A token with its text, for this one time."""

    token = serializers.CharField(read_only=True)


class TokenList(ListAPIView[ApiToken]):
    """One's own tokens, or all of the workspace for who manages it."""

    required_right = {"get": Right.VIEW, "post": Right.VIEW}
    serializer_class = TokenSerializer
    pagination_class = Pages
    queryset = ApiToken.objects.none()

    def get_queryset(self) -> Any:
        return tokens_of(acting(self.request))

    @extend_schema(
        request=TokenSerializer,
        responses={201: NewTokenSerializer, 400: ProblemSerializer, 403: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make a token with no more rights than one has."""
        asked = TokenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made, text = issue(acting(request), **asked.validated_data)
        return Response({**TokenSerializer(made).data, "token": text}, status=201)


class TokenDetail(APIView):
    required_right = {"delete": Right.VIEW}

    @extend_schema(responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, key: uuid.UUID) -> Response:
        """Withdraw a token."""
        actor = acting(request)
        withdraw(actor, get_object_or_404(tokens_of(actor), pk=key))
        return Response(status=204)
