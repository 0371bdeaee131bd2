import stat
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from people.access import actor_of_user
from people.bootstrap import ensure_first_workspace
from people.models import AccessKey, User, Workspace
from people.rights import Right
from people.tokens import find_token, secret_of


@pytest.fixture
def var(db: None, tmp_path: Path, settings: Settings) -> Path:
    settings.CUELIGHT_VAR = tmp_path / "var"
    return tmp_path / "var"


def said(text: str) -> dict[str, str]:
    return {line[:19].strip(): line[19:] for line in text.splitlines()}


def test_the_first_start_makes_credentials_that_work(var: Path) -> None:
    first = ensure_first_workspace()
    assert first is not None
    values = said(first.text)
    admin = User.objects.get(username="admin")
    assert admin.check_password(values["password"])
    token = find_token(values["API token"])
    assert token is not None
    assert token.user == admin
    key = AccessKey.objects.get(access_key_id=values["access key id"])
    assert secret_of(key) == values["secret access key"]
    actor = actor_of_user(admin)
    assert actor is not None
    assert actor.rights == set(Right)


def test_they_stand_in_a_file_that_only_its_owner_reads(var: Path) -> None:
    first = ensure_first_workspace()
    assert first is not None
    assert first.path == var / "credentials.txt"
    assert first.path.read_text() == first.text
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600


def test_a_later_start_makes_nothing_and_says_nothing(var: Path) -> None:
    first = ensure_first_workspace()
    assert first is not None
    assert ensure_first_workspace() is None
    assert Workspace.objects.count() == User.objects.count() == 1
    assert first.path.read_text() == first.text


def test_the_operator_may_set_them_all(var: Path, settings: Settings) -> None:
    settings.CUELIGHT_ADMIN_PASSWORD = "a password of my own"
    settings.CUELIGHT_API_TOKEN = "token-of-my-own"
    settings.CUELIGHT_ACCESS_KEY_ID = "AKIAMINE"
    settings.CUELIGHT_SECRET_ACCESS_KEY = "secret-of-my-own"
    ensure_first_workspace()
    assert User.objects.get(username="admin").check_password("a password of my own")
    assert find_token("token-of-my-own")
    assert secret_of(AccessKey.objects.get(access_key_id="AKIAMINE")) == "secret-of-my-own"


def test_an_older_file_with_wider_rights_is_replaced(var: Path) -> None:
    var.mkdir()
    old = var / "credentials.txt"
    old.write_text("old")
    old.chmod(0o666)
    first = ensure_first_workspace()
    assert first is not None
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
