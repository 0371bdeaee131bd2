"""Who may do what: each endpoint by each role, nobody without credentials, nothing of another workspace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from people.models import ApiToken
from people.rights import Right, Role
from people.tokens import make_token
from runner.models import Execution
from tests.runner.api.endpoints import OPEN, TABLE, endpoints, place
from tests.runner.api.office import Furnished

CASES = [(*endpoint, role) for endpoint in TABLE for role in Role]


def test_every_endpoint_of_the_url_conf_has_a_row() -> None:
    assert set(endpoints()) == set(TABLE) | OPEN


@pytest.mark.parametrize(("method", "route", "role"), CASES)
def test_a_role_is_answered_as_the_table_says(method: str, route: str, role: Role, north: Furnished) -> None:
    row = TABLE[method, route]
    body = row.body(north) if row.body else None
    response = getattr(north.office[role], method)(place(route, north), body)
    if role in row.roles:
        assert response.status_code == row.answers, response.content
    elif route in ("tokens/<uuid:key>/", "access-keys/<slug:key>/"):
        assert response.status_code == 404  # those of others are not there at all
    else:
        assert response.status_code == 403, response.content
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "route"), [endpoint for endpoint in TABLE if endpoint not in OPEN])
def test_nobody_gets_in_without_credentials_or_with_dead_ones(
    method: str, route: str, north: Furnished
) -> None:
    row = TABLE[method, route]
    _, text = make_token(north.office.person(Role.OWNER), north.office.workspace, "old")
    ApiToken.objects.filter(name="old").update(expires_at=timezone.now() - timedelta(seconds=1))
    for credentials in ({}, {"HTTP_AUTHORIZATION": "Bearer "}, {"HTTP_AUTHORIZATION": f"Bearer {text}"}):
        client = APIClient(**credentials)
        response = getattr(client, method)(place(route, north), row.body(north) if row.body else None)
        assert response.status_code == 401, response.content
        assert response["Content-Type"] == "application/problem+json"
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert b"north" not in response.content


@pytest.mark.parametrize(("method", "route"), list(TABLE))
def test_nothing_of_another_workspace_is_seen_or_touched(
    method: str, route: str, north: Furnished, south: Furnished
) -> None:
    row = TABLE[method, route]
    address, body = place(route, south), row.body(south) if row.body else None
    rows = Execution.objects.filter(workspace=south.office.workspace, status="RUNNING")
    running = rows.count()
    response = getattr(north.office.owner, method)(address, body)
    if "<" in route and not route.startswith("catalog/aws/"):  # what AWS has belongs to no workspace
        assert response.status_code == 404, response.content
        assert rows.count() == running
    assert b"south" not in response.content


def test_a_token_never_has_more_rights_than_it_was_given(north: Furnished) -> None:
    user, workspace = north.office.person(Role.OWNER), north.office.workspace
    _, text = make_token(user, workspace, "narrow", rights=[Right.RUN])
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {text}")
    started = client.post(f"/api/workflows/{north.passes.pk}/executions/", {"input": {}})
    assert started.status_code == 201
    assert client.get("/api/workflows/").status_code == 403
    assert client.get(f"/api/executions/{started.json()['id']}/").status_code == 403


def test_an_unknown_method_is_refused(north: Furnished) -> None:
    response = north.office.owner.put("/api/workflows/", {})
    assert response.status_code in (403, 405)
    assert response["Content-Type"] == "application/problem+json"
