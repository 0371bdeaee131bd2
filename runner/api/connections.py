"""Connections: the built-in ones, and those that are stored; secrets go in and never come out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.access import Actor
from people.rights import Right
from runner import embedded_model, state_machines
from runner.connections import BUILTIN_NAMES, builtin_connection, check, keeping
from runner.models import Connection

from .executions import acting
from .inputs import ObjectField
from .problems import Problem, ProblemSerializer

# Those of the connections that come with the server; no other can be made of them.
BUILTIN_KINDS = ("embedded_model", "demo")


class ConnectionSerializer(serializers.Serializer[Connection]):
    """Stored credentials and the hosts they may be used against."""

    id = serializers.CharField(read_only=True)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=[*Connection.Kind.values, *BUILTIN_KINDS])
    # Not a URLField: it refuses a server that is known by one word, as in a compose network.
    base_url = serializers.CharField(max_length=500, required=False, allow_blank=True)
    hosts = serializers.ListField(child=serializers.CharField(max_length=260), required=False)
    settings = ObjectField(required=False)
    auth_type = serializers.ChoiceField(choices=Connection.Auth.choices, required=False)
    secret = serializers.DictField(
        child=serializers.CharField(trim_whitespace=False, max_length=8192),
        write_only=True,
        required=False,
        help_text="replaces the stored one; {} removes it",
    )
    has_secret = serializers.BooleanField(read_only=True)
    builtin = serializers.BooleanField(read_only=True, default=False)
    status = serializers.CharField(read_only=True)
    status_detail = serializers.CharField(read_only=True)
    used_by_count = serializers.SerializerMethodField(help_text="published workflows that name it")
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)
    checked_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def get_used_by_count(self, row: Any) -> int:
        name = row["name"] if isinstance(row, dict) else row.name
        return int(self.context["used_by"].get(name, 0))


def _rendered(actor: Actor, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Render connections; one query says by how many workflows each is used."""
    names = [row["name"] if isinstance(row, dict) else row.name for row in rows]
    used_by = state_machines.naming(actor.workspace, {name: _ways_to_name(name) for name in names})
    return [dict(ConnectionSerializer(row, context={"used_by": used_by}).data) for row in rows]


def _ways_to_name(name: str) -> tuple[str, ...]:
    return (f'"{name}"', f":connection:{name}")


def _stored(request: Request) -> QuerySet[Connection]:
    return Connection.objects.filter(workspace_id=acting(request).workspace_id).order_by("name")


def _found(request: Request, key: str) -> Connection:
    """Return a stored connection to be changed; a built-in one cannot be."""
    if key in BUILTIN_NAMES:
        raise Problem(409, "Built in", "This connection comes with the server and cannot be changed.")
    return get_object_or_404(_stored(request), pk=_uuid(key))


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

    @extend_schema(operation_id="connections_list", responses={200: ConnectionPageSerializer})
    def get(self, request: Request) -> Response:
        """List the connections, the built-in ones first."""
        rows = _rendered(acting(request), [*_built_in(), *_stored(request)])
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
        return Response(_rendered(acting(request), [row])[0], status=201)


class ConnectionDetail(APIView):
    required_right = {"get": Right.VIEW, "patch": Right.MANAGE, "delete": Right.MANAGE}

    @extend_schema(
        operation_id="connections_detail", responses={200: ConnectionSerializer, 404: ProblemSerializer}
    )
    def get(self, request: Request, key: str) -> Response:
        """Describe a connection, stored or built in."""
        built_in = [row for row in _built_in() if row["id"] == key]
        row = built_in[0] if built_in else _found(request, key)
        return Response(_rendered(acting(request), [row])[0])

    @extend_schema(
        request=ConnectionSerializer(partial=True),
        responses={200: ConnectionSerializer, 400: ProblemSerializer, 403: ProblemSerializer}
        | {404: ProblemSerializer, 409: ProblemSerializer},
    )
    def patch(self, request: Request, key: str) -> Response:
        """Change a connection; a secret that is given replaces the stored one."""
        row = _found(request, key)
        asked = ConnectionSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        kept = {name: getattr(row, name) for name in _KEPT}
        try:
            row = keeping.change(acting(request), row, _wanted({**kept, **asked.validated_data}))
        except keeping.InvalidConnection as invalid:
            raise _problem(invalid) from None
        return Response(_rendered(acting(request), [row])[0])

    @extend_schema(responses={204: None, 404: ProblemSerializer, 409: ProblemSerializer})
    def delete(self, request: Request, key: str) -> Response:
        """Forget a connection and its secret."""
        keeping.remove(acting(request), _found(request, key))
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
