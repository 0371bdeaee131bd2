"""Errors as problem details (RFC 9457): every one says what is wrong and, where it is a field, which."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from django.views.csrf import csrf_failure as csrf_page
from rest_framework import exceptions, serializers
from rest_framework.views import set_rollback

from people.rights import NotPermitted

CONTENT_TYPE = "application/problem+json"
WRONG_REQUEST = "Something in the request is not right."
NOTHING_HERE = "There is nothing at this address in your workspace."


class Problem(Exception):
    """An error that is answered as problem details; `extra` members stand beside the usual ones."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or title)
        self.status = status
        self.headers = dict(headers or {})
        self.body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title}
        self.body |= {"errors": [dict(error) for error in errors], **extra}

    def answer(self) -> HttpResponse:
        """Return the problem as an answer: JSON, whatever was asked for."""
        return JsonResponse(
            self.body,
            encoder=DjangoJSONEncoder,
            status=self.status,
            content_type=CONTENT_TYPE,
            headers=self.headers,
        )


class FieldErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one field; line and column where it holds JSON that a person typed."""

    field = serializers.CharField()
    message = serializers.CharField()
    line = serializers.IntegerField(required=False)
    column = serializers.IntegerField(required=False)


class ProblemSerializer(serializers.Serializer[Any]):
    """What an error looks like; some carry members of their own beside these."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # the RFC's own word


def field_problem(field: str, message: str, **place: Any) -> Problem:
    """Return the problem of one field."""
    error = {"field": field, "message": message, **place}
    return Problem(400, WRONG_REQUEST, f"{field}: {message}", errors=[error])


def handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Turn an exception of a view into problem details; None for what is our own fault."""
    problem = _problem(exc)
    if problem is None:
        return None
    set_rollback()
    if challenge := getattr(exc, "auth_header", None):
        problem.headers["WWW-Authenticate"] = challenge
    return problem.answer()


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request that another site may have sent."""
    if _is_api(request):
        said = "The X-CSRFToken header does not hold the token of the csrftoken cookie, which GET sets."
        return Problem(403, "Not permitted", said, reason=reason).answer()
    return csrf_page(request, reason)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read at all."""
    if _is_api(request):
        return (_problem(exception) or Problem(400, "The request cannot be read.")).answer()
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that is no address of this server."""
    if _is_api(request):
        return Problem(404, "Not found", NOTHING_HERE).answer()
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the fault is ours: it stands in the log."""
    if _is_api(request):
        return Problem(500, "This is a fault of the server; its log says more.").answer()
    return defaults.server_error(request)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(exc: Exception) -> Problem | None:
    match exc:
        case Problem():
            return exc
        case NotPermitted():
            return Problem(403, "Not permitted", str(exc))
        case Http404():
            return Problem(404, "Not found", NOTHING_HERE)
        case PermissionDenied():
            return Problem(403, "Not permitted", str(exc) or "You may not do this.")
        case RequestDataTooBig():
            return Problem(413, "Too large", "The body is larger than this server takes.")
        case exceptions.ValidationError():
            errors = list(_field_errors(exc.detail))
            said = "; ".join(f"{e['field']}: {e['message']}" if e["field"] else e["message"] for e in errors)
            return Problem(400, WRONG_REQUEST, said, errors=errors)
        case exceptions.ParseError():
            return _not_json(exc)
        case exceptions.APIException():
            return Problem(exc.status_code, HTTPStatus(exc.status_code).phrase, str(exc.detail))
    return None


def _not_json(exc: exceptions.ParseError) -> Problem:
    cause = exc.__context__
    if not isinstance(cause, json.JSONDecodeError):
        return Problem(400, "The body is not JSON.", str(exc.detail))
    place = {"line": cause.lineno, "column": cause.colno}
    said = f"{cause.msg} in line {cause.lineno}, column {cause.colno}."
    return Problem(400, "The body is not JSON.", said, errors=[{"field": "", "message": said, **place}])


def _field_errors(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            place = path if name == "non_field_errors" else f"{path}.{name}" if path else str(name)
            yield from _field_errors(inner, place)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _field_errors(inner, path)
    else:
        yield {"field": path, "message": str(detail)}
