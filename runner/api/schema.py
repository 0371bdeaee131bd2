"""The OpenAPI document of the API, and the page that shows it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from people.permissions import HasRight
from people.rights import Right


class Bearer(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Says how programs prove who they are."""

    target_class = "people.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "An API token, made in the settings."}


class Session(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Says how the browser does; whatever changes something needs the CSRF token too."""

    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        said = "POST /api/session/; then send the csrftoken cookie as X-CSRFToken with every change."
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": said}


class Schema(SpectacularAPIView):
    required_right = {"get": Right.VIEW}
    permission_classes = [HasRight]


class Docs(SpectacularSwaggerSplitView):
    """The document as a page; its script has an address of its own, as the content policy wants it."""

    required_right = {"get": Right.VIEW}
    permission_classes = [HasRight]
    url = "/api/schema/"
