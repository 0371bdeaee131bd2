"""In and out: what a definition would use, what of it would not run on AWS, and a text from an address."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from asl.quotas import PROFILES
from designer import aws_report, fetching, review
from designer.judging import judge
from people import audit
from people.rights import Right
from runner.api.executions import acting
from runner.api.problems import ProblemSerializer, field_problem

from .palette import ValidateSerializer
from .rendering import DiagnosticSerializer, diagnostics


class UseSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    states = serializers.ListField(child=serializers.CharField())
    known = serializers.BooleanField(help_text="whether it is there, or can be called from here")


class ReviewSerializer(serializers.Serializer[Any]):
    states = serializers.IntegerField()
    language = serializers.ChoiceField(choices=["JSONata", "JSONPath"])
    actions = UseSerializer(many=True)
    hosts = UseSerializer(many=True)
    connections = UseSerializer(many=True)
    functions = UseSerializer(many=True)
    workflows = UseSerializer(many=True)
    people = UseSerializer(many=True)
    placeholders = serializers.ListField(child=serializers.CharField())
    diagnostics = DiagnosticSerializer(many=True)
    aws = DiagnosticSerializer(many=True, help_text="what would not run on AWS, or not as here")


class DefinitionReview(APIView):
    required_right = {"post": Right.VIEW}

    @extend_schema(request=ValidateSerializer, responses={200: ReviewSerializer, 400: ProblemSerializer})
    def post(self, request: Request) -> Response:
        """Say what a definition would use, and what of it would not run on AWS; nothing is run or kept."""
        asked = ValidateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        text, type = asked.validated_data["definition"], asked.validated_data["type"]
        workspace = acting(request).workspace
        found = asdict(review.review(text, workspace))
        found["diagnostics"] = diagnostics(judge(text, type))
        found["aws"] = diagnostics(aws_report.report(text, type, PROFILES[workspace.quota_profile]))
        return Response(ReviewSerializer(found).data)


class FetchSerializer(serializers.Serializer[Any]):
    url = serializers.CharField(max_length=2000)


class FetchedSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    name = serializers.CharField(help_text="the file's name in the address")


class DefinitionFetch(APIView):
    required_right = {"post": Right.EDIT}

    @extend_schema(request=FetchSerializer, responses={200: FetchedSerializer, 400: ProblemSerializer})
    def post(self, request: Request) -> Response:
        """Fetch a text to be imported; private addresses are refused unless the operator opened them."""
        asked = FetchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        url, actor = asked.validated_data["url"].strip(), acting(request)
        try:
            text, name = fetching.fetch(url)
        except fetching.NotFetched as error:
            raise field_problem("url", str(error)) from None
        # The query may hold a secret, so only the place is kept.
        audit.record(actor.name, "definition fetched", url.split("?", 1)[0], workspace=actor.workspace_id)
        return Response(FetchedSerializer({"text": text, "name": name}).data)
