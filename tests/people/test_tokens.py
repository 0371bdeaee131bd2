from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.test import APIRequestFactory

from people import encryption
from people.access import actor_of, actor_of_token, actor_of_user
from people.authentication import BearerAuthentication
from people.models import AccessKey, ApiToken, AuditEntry, Membership
from people.rights import NotPermitted, Right, Role
from people.tokens import find_token, issue, make_access_key, make_token, secret_of, tokens_of, withdraw

from .conftest import Office


def sign_in(authorization: str) -> object:
    request = APIRequestFactory().get("/", headers={"Authorization": authorization} if authorization else {})
    return BearerAuthentication().authenticate(request)  # type: ignore[arg-type]


def test_a_token_is_found_by_its_text_which_is_not_kept(office: Office) -> None:
    made, text = make_token(office.person(Role.EDITOR), office.workspace, "deploy")
    assert find_token(text) == made
    kept = ApiToken.objects.values().get()
    assert text not in repr(kept)
    assert len(text) > 40


@pytest.mark.parametrize("text", ["", " ", "None", "null", "cue_", "undefined"])
def test_nothing_and_its_likes_are_never_a_token(office: Office, text: str) -> None:
    make_token(office.person(Role.OWNER), office.workspace, "one")
    assert find_token(text) is None


def test_a_token_dies_with_its_time_its_row_and_its_user(office: Office) -> None:
    user = office.person(Role.OWNER)
    soon = timezone.now() + timedelta(minutes=1)
    made, text = make_token(user, office.workspace, "short", expires_at=soon)
    assert find_token(text) == made
    assert find_token(text, now=soon) is None
    user.is_active = False
    user.save()
    assert find_token(text) is None
    user.is_active = True
    user.save()
    made.delete()
    assert find_token(text) is None


def test_a_token_can_do_no_more_than_its_rights_and_its_user(office: Office) -> None:
    made, _ = make_token(
        office.person(Role.OPERATOR), office.workspace, "narrow", rights=["run", "publish", "view"]
    )
    actor = actor_of_token(made)
    assert actor is not None
    assert actor.rights == {Right.RUN, Right.VIEW}
    Membership.objects.filter(user=made.user).update(role=Role.VIEWER)
    again = actor_of_token(made)
    assert again is not None
    assert again.rights == {Right.VIEW}
    Membership.objects.filter(user=made.user).delete()
    assert actor_of_token(made) is None


def test_a_token_with_an_unknown_right_is_not_made(office: Office) -> None:
    with pytest.raises(ValueError, match="everything"):
        make_token(office.person(Role.OWNER), office.workspace, "x", rights=["everything"])


def test_nobody_hands_out_more_than_they_hold(office: Office) -> None:
    operator = office.actor(Role.OPERATOR)
    made, text = issue(operator, "ci", rights=["run"])
    assert find_token(text) == made
    with pytest.raises(NotPermitted, match="manage"):
        issue(operator, "more", rights=["run", "manage"])
    assert AuditEntry.objects.values_list("action", "subject").get() == ("token made", "ci")


def test_a_token_made_with_a_token_is_no_wider(office: Office) -> None:
    narrow, _ = issue(office.actor(Role.OWNER), "narrow", rights=["run"])
    program = actor_of_token(narrow)
    assert program is not None
    second, _ = issue(program, "second")
    assert second.rights == ["run"]


def test_everybody_sees_their_own_tokens_and_the_owner_all(office: Office, neighbours: Office) -> None:
    mine, _ = issue(office.actor(Role.OPERATOR), "mine")
    issue(office.actor(Role.EDITOR), "other")
    issue(neighbours.actor(Role.OWNER), "next door")
    assert [row.name for row in tokens_of(office.actor(Role.OPERATOR))] == ["mine"]
    assert [row.name for row in tokens_of(office.actor(Role.OWNER))] == ["mine", "other"]
    withdraw(office.actor(Role.OWNER), mine)
    assert not tokens_of(office.actor(Role.OPERATOR)).exists()


def test_the_header_names_the_program(office: Office) -> None:
    _, text = make_token(office.person(Role.EDITOR), office.workspace, "deploy")
    request = APIRequestFactory().get("/", headers={"Authorization": f"Bearer {text}"})
    found = BearerAuthentication().authenticate(request)  # type: ignore[arg-type]
    assert found is not None
    request.user, request.auth = found
    actor = actor_of(request)
    assert actor is not None
    assert (actor.name, actor.token_name, actor.how) == ("editor@north", "deploy", "API")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer a b", "bearer wrong", "Bearer \xff"])
def test_a_wrong_header_is_refused_and_never_ignored(office: Office, header: str) -> None:
    with pytest.raises(AuthenticationFailed):
        sign_in(header)


@pytest.mark.parametrize("header", ["", "Basic YWRtaW46YWRtaW4="])
def test_another_header_is_left_to_others(office: Office, header: str) -> None:
    assert sign_in(header) is None


def test_the_secret_of_an_access_key_is_encrypted_and_no_bearer(office: Office) -> None:
    key, secret = make_access_key(office.person(Role.OWNER), office.workspace, "cli")
    kept = AccessKey.objects.get()
    assert secret not in kept.secret
    assert secret_of(kept) == secret
    for bearer in (secret, key.access_key_id, kept.secret):
        with pytest.raises(AuthenticationFailed):
            sign_in(f"Bearer {bearer}")


def test_a_stamp_of_use_is_written_once_an_hour_at_most(office: Office) -> None:
    made, text = make_token(office.person(Role.OWNER), office.workspace, "busy")
    now = timezone.now()
    find_token(text, now)
    find_token(text, now + timedelta(minutes=30))
    made.refresh_from_db()
    assert made.last_used_at == now
    find_token(text, now + timedelta(minutes=61))
    made.refresh_from_db()
    assert made.last_used_at == now + timedelta(minutes=61)


def test_a_person_is_an_actor_in_the_workspaces_they_belong_to_alone(
    office: Office, neighbours: Office
) -> None:
    editor = office.person(Role.EDITOR)
    assert actor_of_user(editor, neighbours.workspace.pk) is None
    Membership.objects.create(workspace=neighbours.workspace, user=editor, role=Role.VIEWER)
    there = actor_of_user(editor, neighbours.workspace.pk)
    assert there is not None
    assert there.rights == {Right.VIEW, Right.SEE_DATA}
    here = actor_of_user(editor)
    assert here is not None
    assert here.workspace == office.workspace


def test_encryption_keys_rotate_without_losing_what_older_ones_wrote(settings: Settings) -> None:
    settings.CUELIGHT_ENCRYPTION_KEYS = ["first key"]
    old = encryption.encrypt("hush")
    settings.CUELIGHT_ENCRYPTION_KEYS = ["second key", "first key"]
    assert encryption.decrypt(old) == "hush"
    new = encryption.rotate(old)
    settings.CUELIGHT_ENCRYPTION_KEYS = ["second key"]
    assert encryption.decrypt(new) == "hush"
    with pytest.raises(encryption.CannotDecrypt, match="CUELIGHT_ENCRYPTION_KEYS"):
        encryption.decrypt(old)
