"""Access key pairs for the AWS API: the secret is shown once and kept encrypted."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.models import AccessKey
from people.rights import Right
from people.tokens import access_keys_of, issue_access_key, withdraw_access_key

from .executions import acting
from .paging import Pages
from .problems import ProblemSerializer


class AccessKeySerializer(serializers.Serializer[AccessKey]):
    access_key_id = serializers.CharField(read_only=True)
    name = serializers.CharField(max_length=80)
    user = serializers.CharField(source="user.username", read_only=True)
    rights = serializers.ListField(
        child=serializers.ChoiceField(choices=[right.value for right in Right]), required=False
    )
    created_at = serializers.DateTimeField(read_only=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)


class NewAccessKeySerializer(AccessKeySerializer):
    """An access key with its secret, for this one time."""

    secret_access_key = serializers.CharField(read_only=True)


class AccessKeyList(ListAPIView[AccessKey]):
    """One's own access keys, or all of the workspace for who manages it."""

    required_right = {"get": Right.VIEW, "post": Right.VIEW}
    serializer_class = AccessKeySerializer
    pagination_class = Pages
    queryset = AccessKey.objects.none()

    def get_queryset(self) -> Any:
        return access_keys_of(acting(self.request))

    @extend_schema(
        request=AccessKeySerializer,
        responses={201: NewAccessKeySerializer, 400: ProblemSerializer, 403: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make an access key pair with no more rights than one has."""
        asked = AccessKeySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made, secret = issue_access_key(acting(request), **asked.validated_data)
        return Response({**AccessKeySerializer(made).data, "secret_access_key": secret}, status=201)


class AccessKeyDetail(APIView):
    required_right = {"delete": Right.VIEW}

    @extend_schema(responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, key: str) -> Response:
        """Withdraw an access key."""
        actor = acting(request)
        withdraw_access_key(actor, get_object_or_404(access_keys_of(actor), access_key_id=key))
        return Response(status=204)
