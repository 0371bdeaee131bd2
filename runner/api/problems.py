"""Errors as problem details (RFC 9457): every one says what is wrong and, where it is a field, which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import set_rollback

from people.rights import NotPermitted

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """An error that is answered as problem details; `extra` members stand beside the usual ones."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        **extra: Any,
    ) -> None:
        super().__init__(detail or title)
        self.status = status
        self.body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title}
        self.body |= {"errors": [dict(error) for error in errors], **extra}


class ProblemSerializer(serializers.Serializer[Any]):
    """What an error looks like."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.ListField(child=serializers.DictField(), required=False)


def field_problem(field: str, message: str, **place: Any) -> Problem:
    """Return the problem of one field."""
    error = {"field": field, "message": message, **place}
    return Problem(400, "Something in the request is not right.", f"{field}: {message}", errors=[error])


def handler(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn an exception of a view into problem details; None for what is our own fault."""
    problem = _problem(exc)
    if problem is None:
        return None
    set_rollback()
    response = Response(problem.body, status=problem.status, content_type=CONTENT_TYPE)
    if isinstance(exc, exceptions.APIException):
        challenge = getattr(exc, "auth_header", None)
        if challenge:
            response["WWW-Authenticate"] = challenge
        if getattr(exc, "wait", None):
            response["Retry-After"] = str(exc.wait)  # type: ignore[attr-defined]
    return response


def _problem(exc: Exception) -> Problem | None:
    match exc:
        case Problem():
            return exc
        case NotPermitted():
            return Problem(403, "Not permitted", str(exc))
        case Http404():
            return Problem(404, "Not found", "There is nothing at this address in your workspace.")
        case PermissionDenied():
            return Problem(403, "Not permitted", str(exc) or "You may not do this.")
        case exceptions.ValidationError():
            errors = list(_field_errors(exc.detail))
            detail = "; ".join(
                f"{e['field']}: {e['message']}" if e["field"] else e["message"] for e in errors
            )
            return Problem(400, "Something in the request is not right.", detail, errors=errors)
        case exceptions.ParseError():
            return Problem(400, "The body is not JSON.", str(exc.detail))
        case exceptions.APIException():
            title = HTTPStatus(exc.status_code).phrase
            return Problem(exc.status_code, title, str(exc.detail))
    return None


def _field_errors(detail: Any, path: str = "") -> list[dict[str, str]]:
    if isinstance(detail, Mapping):
        found = []
        for name, inner in detail.items():
            place = path if name == "non_field_errors" else f"{path}.{name}" if path else str(name)
            found.extend(_field_errors(inner, place))
        return found
    if isinstance(detail, list):
        return [error for inner in detail for error in _field_errors(inner, path)]
    return [{"field": path, "message": str(detail)}]
