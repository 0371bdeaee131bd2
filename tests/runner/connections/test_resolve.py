from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from people.access import Actor, actor_of_user
from people.models import Membership, User, Workspace
from people.rights import Role
from runner.connections import ConnectionRefused, resolve, secrets_of
from runner.connections.resolve import STAMP_EVERY, seal
from runner.models import Connection


@pytest.fixture
def north(db: None) -> Workspace:
    return Workspace.objects.create(number="111111111111", name="North", slug="north")


@pytest.fixture
def south(db: None) -> Workspace:
    return Workspace.objects.create(number="222222222222", name="South", slug="south")


def stored(workspace: Workspace, name: str = "crm") -> Connection:
    return Connection.objects.create(
        workspace=workspace,
        name=name,
        kind="http",
        base_url="https://crm.example.org/v2",
        hosts=["crm.example.org:443"],
        auth_type="bearer",
        settings={"headers": {"X-Team": "a"}},
        secret=seal({"token": "hush"}),
    )


def actor(workspace: Workspace, role: Role) -> Actor:
    user = User.objects.create_user(f"{role.value}-{workspace.slug}")
    Membership.objects.create(workspace=workspace, user=user, role=role)
    found = actor_of_user(user)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["crm", "arn:cuelight:states:::connection:crm"])
def test_a_connection_is_found_by_name_and_by_arn_with_its_secret_open(north: Workspace, name: str) -> None:
    stored(north)
    connection = resolve(north.pk, name)
    assert (connection.name, connection.kind, connection.base_url) == (
        "crm",
        "http",
        "https://crm.example.org/v2",
    )
    assert connection.secret == {"token": "hush"}
    assert connection.hosts == ("crm.example.org:443",)
    assert not connection.builtin
    assert "hush" not in repr(connection)


def test_a_secret_is_stored_encrypted(north: Workspace) -> None:
    stored(north)
    assert "hush" not in repr(list(Connection.objects.values()))


def test_the_connection_of_another_workspace_does_not_exist(north: Workspace, south: Workspace) -> None:
    stored(north)
    with pytest.raises(ConnectionRefused, match="no connection named “crm”"):
        resolve(south.pk, "crm")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.OWNER, True),
        (Role.EDITOR, True),
        (Role.OPERATOR, True),
        (Role.VIEWER, False),
        (Role.REVIEWER, False),
    ],
)
def test_to_check_or_preview_a_connection_needs_the_right_to_use_it(
    north: Workspace, role: Role, may: bool
) -> None:
    stored(north)
    who = actor(north, role)
    if may:
        assert resolve(north.pk, "crm", actor=who).name == "crm"
    else:
        with pytest.raises(ConnectionRefused, match="may not use"):
            resolve(north.pk, "crm", actor=who)


def test_a_right_in_one_workspace_is_none_in_another(north: Workspace, south: Workspace) -> None:
    stored(south)
    with pytest.raises(ConnectionRefused):
        resolve(south.pk, "crm", actor=actor(north, Role.OWNER))


def test_the_built_in_two_are_there_in_every_workspace(north: Workspace, settings: Settings) -> None:
    settings.CUELIGHT_OWN_URL = "http://127.0.0.1:8123"
    demo = resolve(north.pk, "demo")
    assert (demo.base_url, demo.builtin, dict(demo.secret)) == ("http://127.0.0.1:8123/demo", True, {})
    model = resolve(north.pk, "arn:cuelight:states:::connection:embedded-model")
    assert (model.kind, model.builtin) == ("embedded_model", True)


def test_a_stored_row_never_takes_the_place_of_a_built_in_one(north: Workspace) -> None:
    stored(north, "demo")
    assert resolve(north.pk, "demo").secret == {}


def test_a_secret_whose_key_is_gone_is_said_plainly(north: Workspace, settings: Settings) -> None:
    settings.CUELIGHT_ENCRYPTION_KEYS = ["one"]
    stored(north)
    settings.CUELIGHT_ENCRYPTION_KEYS = ["two"]
    with pytest.raises(ConnectionRefused, match="CUELIGHT_ENCRYPTION_KEYS"):
        resolve(north.pk, "crm")


def test_use_is_stamped_now_and_then_and_not_with_each_call(north: Workspace) -> None:
    row = stored(north)
    resolve(north.pk, "crm")
    row.refresh_from_db()
    first = row.last_used_at
    assert first is not None
    resolve(north.pk, "crm")
    row.refresh_from_db()
    assert row.last_used_at == first
    Connection.objects.update(last_used_at=first - STAMP_EVERY - timedelta(seconds=1))
    resolve(north.pk, "crm")
    row.refresh_from_db()
    assert row.last_used_at is not None
    assert row.last_used_at >= first


@pytest.mark.django_db(transaction=True)
async def test_an_execution_gets_its_connections_through_its_port() -> None:
    workspace = await Workspace.objects.acreate(number="333333333333", name="West", slug="west")
    await Connection.objects.acreate(
        workspace=workspace, name="crm", kind="http", secret=seal({"token": "hush"}), base_url=""
    )
    port = secrets_of(workspace.pk)
    assert (await port.connection("crm")).secret == {"token": "hush"}
    assert (await port.connection("demo")).builtin
    with pytest.raises(ConnectionRefused):
        await port.connection("nothing")
