"""What there is to draw with: the catalog, the templates, and the validator."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from designer import catalog
from designer.templates import templates
from people.rights import Right
from runner import state_machines
from runner.api.problems import ProblemSerializer

from .rendering import DiagnosticSerializer, diagnostics
from .workflows import MOST_CHARACTERS_IN_DEFINITION


class CatalogItemSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    icon = serializers.CharField()
    resource = serializers.CharField(allow_null=True)
    type = serializers.CharField()
    name = serializers.CharField()
    template = serializers.DictField()
    arguments_schema = serializers.DictField(allow_null=True)
    suffixes = serializers.ListField(child=serializers.CharField(), required=False)
    own = serializers.BooleanField(required=False)


class CatalogGroupSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    tab = serializers.ChoiceField(choices=["actions", "flow", "patterns"])
    items = CatalogItemSerializer(many=True)


class CatalogSerializer(serializers.Serializer[Any]):
    groups = CatalogGroupSerializer(many=True)


class Catalog(APIView):
    required_right = {"get": Right.VIEW}

    @extend_schema(responses={200: CatalogSerializer})
    def get(self, request: Request) -> Response:
        """List what the palette offers."""
        return Response({"groups": catalog.groups()})


class TemplateSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    definition = serializers.CharField()
    layout = serializers.DictField()
    input = serializers.JSONField()


class Templates(APIView):
    required_right = {"get": Right.VIEW}

    @extend_schema(responses={200: TemplateSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """List the examples to start from."""
        return Response([TemplateSerializer(template).data for template in templates()])


class ValidateSerializer(serializers.Serializer[Any]):
    definition = serializers.CharField(
        allow_blank=True, trim_whitespace=False, max_length=MOST_CHARACTERS_IN_DEFINITION
    )
    type = serializers.ChoiceField(choices=["STANDARD", "EXPRESS"], default="STANDARD")


class ValidatedSerializer(serializers.Serializer[Any]):
    result = serializers.ChoiceField(choices=["OK", "FAIL"])
    diagnostics = DiagnosticSerializer(many=True)


class DefinitionValidate(APIView):
    required_right = {"post": Right.VIEW}

    @extend_schema(request=ValidateSerializer, responses={200: ValidatedSerializer, 400: ProblemSerializer})
    def post(self, request: Request) -> Response:
        """Say everything that is wrong with a definition; nothing is run or kept."""
        asked = ValidateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = state_machines.diagnose(**asked.validated_data)
        result = "FAIL" if state_machines.errors_among(found) else "OK"
        return Response({"result": result, "diagnostics": diagnostics(found)})
