import pytest
from rest_framework.test import APIClient

from people.models import AccessKey, ApiToken
from people.rights import Role
from people.tokens import use_access_key
from tests.runner.api.office import Office


def test_a_secret_is_shown_once_and_signs_for_its_user(office: Office) -> None:
    made = office[Role.OPERATOR].post("/api/access-keys/", {"name": "laptop", "rights": ["run"]}).json()
    found = use_access_key(made["access_key_id"])
    assert found is not None
    actor, secret = found
    assert (actor.name, set(actor.rights), secret) == ("north-operator", {"run"}, made["secret_access_key"])
    listed = office[Role.OPERATOR].get("/api/access-keys/")
    assert made["secret_access_key"].encode() not in listed.content
    assert [row["name"] for row in listed.json()["results"]] == ["laptop"]
    assert made["secret_access_key"] not in repr(AccessKey.objects.values().get(name="laptop"))


def test_nobody_gives_a_key_rights_that_they_do_not_have(office: Office) -> None:
    response = office[Role.VIEWER].post("/api/access-keys/", {"name": "more", "rights": ["manage"]})
    assert response.status_code == 403
    assert not AccessKey.objects.filter(name="more").exists()


def test_a_key_made_with_a_token_lives_in_the_rights_of_the_token(office: Office) -> None:
    narrow = office.owner.post("/api/tokens/", {"name": "narrow", "rights": ["view"]}).json()
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {narrow['token']}")
    made = client.post("/api/access-keys/", {"name": "from a token"}).json()
    assert made["rights"] == ["view"]


def test_a_withdrawn_key_and_one_of_nobody_are_worthless(office: Office) -> None:
    made = office.owner.post("/api/access-keys/", {"name": "laptop"}).json()
    assert office.owner.delete(f"/api/access-keys/{made['access_key_id']}/").status_code == 204
    assert use_access_key(made["access_key_id"]) is None
    assert use_access_key("") is None


def test_a_key_dies_with_its_user(office: Office) -> None:
    made = office[Role.EDITOR].post("/api/access-keys/", {"name": "laptop"}).json()
    user = office.person(Role.EDITOR)
    user.is_active = False
    user.save()
    assert use_access_key(made["access_key_id"]) is None


def test_the_secret_is_no_bearer_token(office: Office) -> None:
    made = office.owner.post("/api/access-keys/", {"name": "laptop"}).json()
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {made['secret_access_key']}")
    assert client.get("/api/workflows/").status_code == 401
    assert not ApiToken.objects.filter(name="laptop").exists()


@pytest.mark.parametrize(("body", "field"), [({}, "name"), ({"name": "x", "rights": ["fly"]}, "rights.0")])
def test_what_is_wrong_is_told_by_field(office: Office, body: dict[str, object], field: str) -> None:
    response = office.owner.post("/api/access-keys/", body)
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == field
