from datetime import timedelta

from django.utils import timezone
from rest_framework.test import APIClient

from people.models import ApiToken
from people.rights import Role
from tests.runner.api.office import Office


def test_a_token_is_shown_once_and_works(office: Office) -> None:
    made = office[Role.OPERATOR].post("/api/tokens/", {"name": "laptop", "rights": ["view"]}).json()
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {made['token']}")
    assert client.get("/api/workflows/").status_code == 200
    assert client.get("/api/session/").json()["rights"] == ["view"]
    listed = office[Role.OPERATOR].get("/api/tokens/")
    assert made["token"].encode() not in listed.content
    assert [row["name"] for row in listed.json()["results"]] == ["north-operator", "laptop"]
    assert listed.json()["results"][1]["hint"] == made["token"][:8]


def test_nobody_gives_what_they_do_not_have(office: Office) -> None:
    response = office[Role.VIEWER].post("/api/tokens/", {"name": "more", "rights": ["manage"]})
    assert response.status_code == 403
    assert not ApiToken.objects.filter(name="more").exists()


def test_a_withdrawn_token_is_worthless(office: Office) -> None:
    made = office.owner.post("/api/tokens/", {"name": "laptop"}).json()
    assert office.owner.delete(f"/api/tokens/{made['id']}/").status_code == 204
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {made['token']}")
    assert client.get("/api/workflows/").status_code == 401


def test_what_is_wrong_is_told_by_field(office: Office) -> None:
    past = (timezone.now() - timedelta(days=1)).isoformat()
    for body, field in (
        ({}, "name"),
        ({"name": "x", "rights": ["fly"]}, "rights.0"),
        ({"name": "x", "expires_at": past}, "expires_at"),
    ):
        response = office.owner.post("/api/tokens/", body)
        assert response.status_code == 400
        assert response.json()["errors"][0]["field"] == field
