"""The OpenAPI document: it is complete, and the API keeps to it whatever it is sent."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import schemathesis
import urllib3
from django.conf import settings
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.runner.api.endpoints import endpoints
from tests.runner.api.office import Furnished, Office

SCHEMA = schemathesis.openapi.from_path(settings.BASE_DIR / "docs" / "openapi.yaml")
OPERATIONS = {
    f"{found.ok().method.upper()} {found.ok().path}": found.ok() for found in SCHEMA.get_all_operations()
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_every_endpoint_is_described() -> None:
    unseen = ("schema/", "docs/")
    known = {f"{method.upper()} {_plain(route)}" for method, route in endpoints() if route not in unseen}
    assert set(OPERATIONS) == known


def _plain(route: str) -> str:
    for kind in ("uuid", "slug", "int", "str"):
        route = route.replace(f"<{kind}:", "{")
    return "/api/" + route.replace(">", "}")


def test_the_document_and_its_page_are_served(office: Office) -> None:
    schema = office.owner.get("/api/schema/")
    assert schema.status_code == 200
    assert b"openapi: 3" in schema.content
    page = office.owner.get("/api/docs/").content.decode()
    assert "cdn" not in page
    assert "<script>" not in page  # the content policy would not run it
    assert b"SwaggerUIBundle" in office.owner.get("/api/docs/?script=").content


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_api_keeps_to_its_document(name: str, north: Furnished) -> None:
    @seed(20261121)
    @hypothesis_settings(
        max_examples=15,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[name].as_strategy())
    def holds(case: Any) -> None:
        if case.path_parameters.get("key") is not None and len(str(case.body)) % 2:
            case.path_parameters["key"] = _there(case.path, north)  # something that is there
        case.validate_response(_call(case, north.office), checks=CHECKS)

    holds()


def _there(path: str, north: Furnished) -> str:
    if path.startswith("/api/map-runs/"):
        return str(north.map_run().key)
    keys = {
        "workflows": north.passes.pk,
        "executions": north.resting.key,
        "approvals": north.approval.key,
        "connections": north.connection.pk,
        "mailbox": north.mail.key,
        "tokens": north.token.pk,
        "access-keys": north.access_key.access_key_id,
    }
    return str(keys[path.split("/")[2]])


def _call(case: Any, office: Office) -> requests.Response:
    """Send a case through Django's test client, within the test's transaction."""
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    headers = {name: value for name, value in sent.headers.items() if name.lower() != "authorization"}
    body = sent.body if sent.body is not None else b""
    got = office.owner.generic(
        str(sent.method),
        sent.path_url,
        body,
        content_type=headers.pop("Content-Type", ""),
        headers=headers,
    )
    response = requests.Response()
    response.status_code = got.status_code
    response.headers.update(got.headers)
    response._content = got.content
    response.raw = urllib3.HTTPResponse(headers=dict(got.headers), status=got.status_code)
    response.request = sent
    response.url = str(sent.url)
    return response
