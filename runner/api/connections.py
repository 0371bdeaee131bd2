"""Connections: the built-in ones, and those that are stored; secrets go in and never come out."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.rights import Right
from runner import embedded_model
from runner.connections import BUILTIN_NAMES, builtin_connection, check, keeping
from runner.models import Connection

from .executions import acting
from .problems import Problem, ProblemSerializer


class ConnectionSerializer(serializers.Serializer[Connection]):
    """Stored credentials and the hosts they may be used against."""

    id = serializers.CharField(read_only=True)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=Connection.Kind.choices)
    base_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    hosts = serializers.ListField(child=serializers.CharField(max_length=260), required=False)
    settings = serializers.DictField(required=False)
    auth_type = serializers.ChoiceField(choices=Connection.Auth.choices, required=False)
    secret = serializers.DictField(child=serializers.CharField(), write_only=True, required=False)
    has_secret = serializers.BooleanField(read_only=True)
    builtin = serializers.BooleanField(read_only=True, default=False)
    status = serializers.CharField(read_only=True)
    status_detail = serializers.CharField(read_only=True)
    used_by_count = serializers.IntegerField(read_only=True, default=0)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)
    checked_at = serializers.DateTimeField(read_only=True, allow_null=True)


def _stored(request: Request) -> QuerySet[Connection]:
    return Connection.objects.filter(workspace_id=acting(request).workspace_id).order_by("name")


def _built_in() -> list[dict[str, Any]]:
    found = []
    for name in sorted(BUILTIN_NAMES, reverse=True):
        connection = builtin_connection(name)
        if connection is None:
            continue
        status, detail = "ok", ""
        if name == "embedded-model":
            state = embedded_model.status()
            status, detail = str(state.state), state.message
        found.append(
            {
                "id": name,
                "name": name,
                "kind": connection.kind,
                "base_url": connection.base_url or "",
                "hosts": list(connection.hosts),
                "settings": dict(connection.settings),
                "auth_type": "none",
                "has_secret": False,
                "builtin": True,
                "status": status,
                "status_detail": detail,
                "used_by_count": 0,
                "last_used_at": None,
                "checked_at": None,
            }
        )
    return found


class ConnectionPageSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ConnectionSerializer(many=True)


class ConnectionList(APIView):
    required_right = {"get": Right.VIEW, "post": Right.MANAGE}

    @extend_schema(responses={200: ConnectionPageSerializer})
    def get(self, request: Request) -> Response:
        """List the connections, the built-in ones first."""
        rows = _built_in()
        rows += ConnectionSerializer(_stored(request), many=True).data
        return Response({"count": len(rows), "next": None, "previous": None, "results": rows})

    @extend_schema(
        request=ConnectionSerializer,
        responses={201: ConnectionSerializer, 400: ProblemSerializer, 403: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Store a connection."""
        asked = ConnectionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            row = keeping.create(acting(request), _wanted(asked.validated_data))
        except keeping.InvalidConnection as invalid:
            raise _problem(invalid) from None
        return Response(ConnectionSerializer(row).data, status=201)


class ConnectionDetail(APIView):
    required_right = {"get": Right.VIEW, "patch": Right.MANAGE, "delete": Right.MANAGE}

    @extend_schema(responses={200: ConnectionSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Describe a stored connection."""
        return Response(ConnectionSerializer(get_object_or_404(_stored(request), pk=key)).data)

    @extend_schema(
        request=ConnectionSerializer(partial=True),
        responses={200: ConnectionSerializer, 400: ProblemSerializer, 403: ProblemSerializer}
        | {404: ProblemSerializer},
    )
    def patch(self, request: Request, key: uuid.UUID) -> Response:
        """Change a connection; a secret that is given replaces the stored one."""
        row = get_object_or_404(_stored(request), pk=key)
        asked = ConnectionSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        kept = {name: getattr(row, name) for name in _KEPT}
        try:
            row = keeping.change(acting(request), row, _wanted({**kept, **asked.validated_data}))
        except keeping.InvalidConnection as invalid:
            raise _problem(invalid) from None
        return Response(ConnectionSerializer(row).data)

    @extend_schema(responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, key: uuid.UUID) -> Response:
        """Forget a connection and its secret."""
        keeping.remove(acting(request), get_object_or_404(_stored(request), pk=key))
        return Response(status=204)


_KEPT = ("name", "kind", "base_url", "hosts", "settings", "auth_type")


def _wanted(values: dict[str, Any]) -> keeping.Wanted:
    return keeping.Wanted(**{**values, "hosts": tuple(values.get("hosts", ()))})


def _problem(invalid: keeping.InvalidConnection) -> Problem:
    errors = [{"field": name, "message": message} for name, message in invalid.errors.items()]
    return Problem(400, "Something in the connection is not right.", str(invalid), errors=errors)


class CheckedSerializer(serializers.Serializer[Any]):
    status = serializers.CharField()
    detail = serializers.CharField()


class ConnectionCheck(APIView):
    required_right = {"post": Right.USE_CONNECTION}

    @extend_schema(request=None, responses={200: CheckedSerializer, 404: ProblemSerializer})
    def post(self, request: Request, key: str) -> Response:
        """Try a connection; the answer says what came of it."""
        actor = acting(request)
        name = key if key in BUILTIN_NAMES else get_object_or_404(_stored(request), pk=_uuid(key)).name
        return Response(CheckedSerializer(check.check(actor.workspace_id, name, actor)).data)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
