"""What there is to draw with: the catalog, the templates, and the validator."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.http import etag
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from asl.schema import etag as schema_etag
from asl.schema import schema
from designer import catalog
from designer.judging import judge
from designer.templates import templates
from people.rights import Right
from runner import state_machines
from runner.api.executions import acting
from runner.api.paging import Pages
from runner.api.problems import ProblemSerializer
from runner.integrations.aws_sdk import offered
from runner.integrations.aws_sdk.offered import Offered

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
        offered.prepare()
        return Response({"groups": catalog.groups_of(acting(request).workspace)})


class OfferedActionSerializer(serializers.Serializer[Offered]):
    """An action in a list of what was found; its form is read when it is wanted."""

    service = serializers.CharField()
    service_title = serializers.CharField()
    action = serializers.CharField()
    description = serializers.CharField(source="line")
    resource = serializers.CharField()
    optimised = serializers.SerializerMethodField(help_text="named without `aws-sdk`")
    waits = serializers.BooleanField(help_text="starts a job and waits for its end")

    def get_optimised(self, row: Offered) -> bool:
        return row.optimised is not None


class AwsActions(ListAPIView[Any]):
    """Actions of any AWS service that hold every word of `search`, the closest first."""

    required_right = {"get": Right.VIEW}
    serializer_class = OfferedActionSerializer
    pagination_class = Pages
    filter_backends: list[Any] = []

    @extend_schema(operation_id="aws_actions_list", parameters=[OpenApiParameter("search", str)])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Find actions of any AWS service by service, name or what they do."""
        return self.list(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        search = self.request.query_params.get("search", "")[:200]
        return offered.find(search) if search.strip() else ()


class AwsAction(APIView):
    required_right = {"get": Right.VIEW}

    @extend_schema(
        operation_id="aws_actions_retrieve",
        parameters=[OpenApiParameter("optimised", bool, description="the form named without `aws-sdk`")],
        responses={200: CatalogItemSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request, service: str, action: str) -> Response:
        """Describe an action of AWS as an item of the palette, with the form of its arguments."""
        older = request.query_params.get("optimised") == "true"
        item = (catalog.optimised_action if older else catalog.aws_action)(service, action)
        if item is None:
            raise Http404
        return Response(item)


class AslSchema(APIView):
    required_right = {"get": Right.VIEW}

    @extend_schema(
        operation_id="asl_schema_retrieve",
        responses={200: OpenApiTypes.OBJECT},
    )
    @method_decorator(etag(lambda request: schema_etag()))
    def get(self, request: Request) -> Response:
        """Return the JSON Schema of definitions: each field's title, description and examples."""
        return Response(schema())


class TemplateSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    details = serializers.CharField(help_text="what happens in it and what it needs, as Markdown")
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
        found = judge(**asked.validated_data)
        result = "FAIL" if state_machines.errors_among(found) else "OK"
        return Response({"result": result, "diagnostics": diagnostics(found)})
