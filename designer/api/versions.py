"""Versions and aliases of a workflow: listed, compared with one another, noted, pointed to."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import versions
from designer.models import Workflow
from people.rights import Right
from runner import aliases
from runner.api.executions import acting
from runner.api.inputs import MOST_IN_A_COLUMN
from runner.api.paging import Pages
from runner.api.problems import Problem, ProblemSerializer, field_problem
from runner.models import Alias, Version

from .rendering import VersionSerializer
from .workflows import found_workflow


class VersionFilter(django_filters.FilterSet):  # type: ignore[misc]  # it comes without types
    author = django_filters.CharFilter(field_name="created_by")
    named = django_filters.BooleanFilter(method="with_note", help_text="those with a note only")

    def with_note(self, rows: QuerySet[Version], _: str, value: bool) -> QuerySet[Version]:
        return rows.exclude(description="") if value else rows

    class Meta:
        model = Version
        fields: list[str] = []


class VersionList(ListAPIView[Version]):
    """Versions of a workflow, the newest first."""

    required_right = {"get": Right.VIEW}
    serializer_class = VersionSerializer
    pagination_class = Pages
    filterset_class = VersionFilter
    queryset = Version.objects.none()

    def get_queryset(self) -> QuerySet[Version]:
        row = found_workflow(self.request, self.kwargs["key"])
        rows = row.state_machine.versions.select_related("revision").order_by("-number")
        # Of a revision only its number is told; two hundred definitions would be read for nothing.
        return rows.defer("revision__definition", "revision__configuration")


class VersionWithDefinitionSerializer(VersionSerializer):
    definition = serializers.CharField(source="revision.definition")
    layout = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_layout(self, row: Version) -> dict[str, Any]:
        kept = getattr(row.revision, "layout", None)
        return kept.layout if kept is not None else {}


class VersionNoteSerializer(serializers.Serializer[Any]):
    description = serializers.CharField(max_length=256, allow_blank=True)


class VersionDetail(APIView):
    required_right = {"get": Right.VIEW, "patch": Right.PUBLISH}

    @extend_schema(responses={200: VersionWithDefinitionSerializer, 404: ProblemSerializer})
    def get(self, request: Request, key: uuid.UUID, number: int) -> Response:
        """Describe a version with its definition and where its states stood."""
        return Response(VersionWithDefinitionSerializer(_version(found_workflow(request, key), number)).data)

    @extend_schema(
        request=VersionNoteSerializer,
        responses={200: VersionSerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def patch(self, request: Request, key: uuid.UUID, number: int) -> Response:
        """Change the note of a version; what it runs never changes."""
        asked = VersionNoteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = found_workflow(request, key)
        noted = versions.note(
            row, _version(row, number), asked.validated_data["description"], acting(request).name
        )
        return Response(VersionSerializer(noted).data)


class RouteSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=MOST_IN_A_COLUMN)
    weight = serializers.IntegerField(min_value=0, max_value=100, help_text="per cent")


class AliasSerializer(serializers.Serializer[Alias]):
    name = serializers.CharField()
    arn = serializers.SerializerMethodField()
    description = serializers.CharField()
    routes = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_arn(self, row: Alias) -> str:
        return f"{row.state_machine.arn}:{row.name}"

    @extend_schema_field(RouteSerializer(many=True))
    def get_routes(self, row: Alias) -> list[dict[str, int]]:
        return [{"version": share.version.number, "weight": share.weight} for share in aliases.shares(row)]


class AliasChangeSerializer(serializers.Serializer[Any]):
    description = serializers.CharField(max_length=256, allow_blank=True, required=False)
    routes = RouteSerializer(many=True, required=False)


class NewAliasSerializer(AliasChangeSerializer):
    name = serializers.CharField(max_length=aliases.MOST_CHARACTERS_IN_NAME)
    description = serializers.CharField(max_length=256, allow_blank=True, required=False, default="")
    routes = RouteSerializer(many=True)


class AliasList(APIView):
    required_right = {"get": Right.VIEW, "post": Right.PUBLISH}

    @extend_schema(
        operation_id="aliases_list", responses={200: AliasSerializer(many=True), 404: ProblemSerializer}
    )
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """List the aliases of a workflow by name; it has at most a hundred."""
        row = found_workflow(request, key)
        found = aliases.of_machine(row.state_machine).select_related("state_machine__workspace")
        return Response([AliasSerializer(alias).data for alias in found])

    @extend_schema(
        operation_id="aliases_create",
        request=NewAliasSerializer,
        responses={201: AliasSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
        | {409: ProblemSerializer},
    )
    def post(self, request: Request, key: uuid.UUID) -> Response:
        """Make an alias: a name that points to one version, or shares starts out among two."""
        asked = NewAliasSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row, values = found_workflow(request, key), asked.validated_data
        routing = _routing(row, values["routes"])
        try:
            made = versions.make_alias(
                row, values["name"], values["description"], routing, acting(request).name
            )
        except aliases.InvalidAliasName as error:
            raise field_problem("name", str(error)) from None
        except aliases.InvalidRouting as error:
            raise field_problem("routes", str(error)) from None
        except aliases.AliasTaken:
            raise field_problem("name", "Another alias of this workflow has this name.") from None
        except aliases.TooManyAliases:
            raise Problem(
                409, "Too many aliases", f"A workflow has at most {aliases.MOST_ALIASES} aliases."
            ) from None
        return Response(AliasSerializer(made).data, status=201)


class AliasDetail(APIView):
    required_right = {"patch": Right.PUBLISH, "delete": Right.PUBLISH}

    @extend_schema(
        request=AliasChangeSerializer,
        responses={200: AliasSerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def patch(self, request: Request, key: uuid.UUID, name: str) -> Response:
        """Point an alias elsewhere, or describe it; the next start goes by it."""
        asked = AliasChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row, values = found_workflow(request, key), asked.validated_data
        alias = aliases.find(row.state_machine, name)
        if alias is None:
            raise Http404
        routing = _routing(row, values["routes"]) if "routes" in values else None
        try:
            versions.change_alias(
                row,
                alias,
                description=values.get("description"),
                routing=routing,
                by=acting(request).name,
            )
        except aliases.InvalidRouting as error:
            raise field_problem("routes", str(error)) from None
        except Alias.DoesNotExist:  # deleted in between
            raise Http404 from None
        return Response(AliasSerializer(alias).data)

    @extend_schema(responses={204: None, 404: ProblemSerializer})
    def delete(self, request: Request, key: uuid.UUID, name: str) -> Response:
        """Delete an alias; its versions, and what runs of them, stay."""
        if not versions.delete_alias(found_workflow(request, key), name, acting(request).name):
            raise Http404
        return Response(status=204)


def _version(row: Workflow, number: int) -> Version:
    return get_object_or_404(
        row.state_machine.versions.select_related("revision__layout"), number=min(number, MOST_IN_A_COLUMN)
    )


def _routing(row: Workflow, asked: list[dict[str, int]]) -> list[aliases.Share]:
    numbers = [route["version"] for route in asked]
    known = {version.number: version for version in row.state_machine.versions.filter(number__in=numbers)}
    if missing := [number for number in numbers if number not in known]:
        raise field_problem("routes", f"There is no version {missing[0]}.")
    return [aliases.Share(known[route["version"]], route["weight"]) for route in asked]
