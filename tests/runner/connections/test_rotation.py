from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from people.encryption import CannotDecrypt
from people.models import AccessKey, User, Workspace
from people.tokens import make_access_key, secret_of
from runner.connections import resolve
from runner.connections.resolve import seal
from runner.models import Connection


@pytest.fixture
def workspace(db: None, settings: Settings) -> Workspace:
    settings.CUELIGHT_ENCRYPTION_KEYS = ["old"]
    workspace = Workspace.objects.create(number="111111111111", name="North", slug="north")
    make_access_key(User.objects.create_user("u"), workspace, "cli", access_key_id="K", secret="of a key")
    Connection.objects.create(workspace=workspace, name="crm", kind="http", secret=seal({"token": "hush"}))
    Connection.objects.create(workspace=workspace, name="open", kind="http")
    return workspace


def test_after_rotation_the_old_key_may_be_thrown_away(workspace: Workspace, settings: Settings) -> None:
    settings.CUELIGHT_ENCRYPTION_KEYS = ["new", "old"]
    said = StringIO()
    call_command("rotate_secrets", stdout=said)
    assert "2 secrets" in said.getvalue()
    settings.CUELIGHT_ENCRYPTION_KEYS = ["new"]
    assert resolve(workspace.pk, "crm").secret == {"token": "hush"}
    assert secret_of(AccessKey.objects.get()) == "of a key"


def test_a_secret_that_no_key_opens_stops_the_rotation_before_anything_changed(
    workspace: Workspace, settings: Settings
) -> None:
    before = list(Connection.objects.values_list("secret", flat=True))
    settings.CUELIGHT_ENCRYPTION_KEYS = ["new"]
    with pytest.raises(CannotDecrypt):
        call_command("rotate_secrets")
    assert list(Connection.objects.values_list("secret", flat=True)) == before
