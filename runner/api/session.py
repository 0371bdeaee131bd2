"""Who is signed in: a session for the browser, with CSRF; tokens need none of this."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login, logout
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.access import Actor, actor_of, actor_of_user
from people.sign_in import SignedIn, TooManyAttempts, WrongPassword, check_password

from .problems import Problem, ProblemSerializer


class SessionUserSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    username = serializers.CharField()
    name = serializers.CharField()
    initials = serializers.CharField()
    email = serializers.CharField()


class SessionWorkspaceSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    name = serializers.CharField()
    slug = serializers.CharField()


class SessionSerializer(serializers.Serializer[Actor]):
    user = SessionUserSerializer()
    workspace = SessionWorkspaceSerializer()
    rights = serializers.SerializerMethodField()

    def get_rights(self, actor: Actor) -> list[str]:
        return sorted(actor.rights)


class SignInSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=4096, trim_whitespace=False)


# Signing in has no session yet for DRF to check CSRF with, so Django's own check stands before it:
# nobody is signed in by another site as somebody else.
@method_decorator(csrf_protect, name="post")
@method_decorator(ensure_csrf_cookie, name="dispatch")
class Session(APIView):
    permission_classes = [AllowAny]

    @extend_schema(responses={200: SessionSerializer, 401: ProblemSerializer})
    def get(self, request: Request) -> Response:
        """Say who is signed in; sets the CSRF cookie either way."""
        actor = actor_of(request)
        if actor is None:
            raise Problem(401, "Nobody is signed in")
        return Response(SessionSerializer(actor).data)

    @extend_schema(
        request=SignInSerializer,
        responses={200: SessionSerializer, 400: ProblemSerializer, 403: ProblemSerializer}
        | {429: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        """Sign in with a user name and a password."""
        asked = SignInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        address = request.META.get("REMOTE_ADDR", "")
        match check_password(request, **asked.validated_data, address=address):
            case SignedIn(user):
                actor = actor_of_user(user)
                if actor is None:
                    raise Problem(403, "Not permitted", "This account belongs to no workspace.")
                login(request, user)
                get_token(request)
                return Response(SessionSerializer(actor).data)
            case TooManyAttempts(wait):
                said = f"Try again in {wait} seconds."
                raise Problem(429, "Too many attempts", said, headers={"Retry-After": str(wait)})
            case WrongPassword():
                error = {"field": "password", "message": "The user name or the password is wrong."}
                raise Problem(400, "Not signed in", error["message"], errors=[error])

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out."""
        logout(request)
        return Response(status=204)
