from typing import Any

import pytest

from people.access import Actor, actor_of_user
from people.models import AuditEntry, Membership, User, Workspace
from people.rights import NotPermitted, Role
from runner.connections import resolve
from runner.connections.keeping import InvalidConnection, Wanted, change, create, remove
from runner.models import Connection


@pytest.fixture
def workspace(db: None) -> Workspace:
    return Workspace.objects.create(number="111111111111", name="North", slug="north")


def actor(workspace: Workspace, role: Role) -> Actor:
    user = User.objects.create_user(role.value)
    Membership.objects.create(workspace=workspace, user=user, role=role)
    found = actor_of_user(user)
    assert found is not None
    return found


@pytest.fixture
def owner(workspace: Workspace) -> Actor:
    return actor(workspace, Role.OWNER)


def wanted(**changes: Any) -> Wanted:
    values: dict[str, Any] = {
        "name": "crm",
        "kind": "http",
        "base_url": "https://crm.example.org/v2",
        "auth_type": "bearer",
        "secret": {"token": "hush"},
        **changes,
    }
    return Wanted(**values)


def test_an_owner_makes_changes_and_removes_connections_and_all_of_it_is_recorded(owner: Actor) -> None:
    row = create(owner, wanted())
    assert resolve(owner.workspace_id, "crm").secret == {"token": "hush"}
    change(owner, row, wanted(secret=None, base_url="https://crm.example.org/v3"))
    assert resolve(owner.workspace_id, "crm").secret == {"token": "hush"}
    remove(owner, row)
    assert not Connection.objects.exists()
    actions = AuditEntry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["connection made", "connection changed", "connection removed"]
    assert "hush" not in repr(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OPERATOR, Role.VIEWER, Role.REVIEWER])
def test_nobody_else_does(workspace: Workspace, owner: Actor, role: Role) -> None:
    row = create(owner, wanted())
    other = actor(workspace, role)
    with pytest.raises(NotPermitted):
        create(other, wanted(name="mine"))
    with pytest.raises(NotPermitted):
        change(other, row, wanted())
    with pytest.raises(NotPermitted):
        remove(other, row)


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://evil.example/v2"},
        {"base_url": "https://crm.example.org:8443/v2"},
        {"hosts": ("crm.example.org:443", "evil.example:443")},
        {"auth_type": "none"},
    ],
)
def test_a_stored_secret_does_not_follow_to_other_hosts(owner: Actor, changes: dict[str, Any]) -> None:
    row = create(owner, wanted())
    with pytest.raises(InvalidConnection) as refused:
        change(owner, row, wanted(secret=None, **changes))
    assert set(refused.value.errors) == {"secret"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a b"}, "name"),
        ({"name": "demo"}, "name"),
        ({"name": "embedded-model"}, "name"),
        ({"kind": "telnet"}, "kind"),
        ({"base_url": "file:///etc/passwd"}, "base_url"),
        ({"base_url": "https://user:pw@crm.example.org"}, "base_url"),
        ({"base_url": "https://crm.example.org/?key=1"}, "base_url"),
        ({"base_url": "", "kind": "openai"}, "base_url"),
        ({"base_url": ""}, "hosts"),
        ({"hosts": ("crm.example.org",)}, "hosts"),
        ({"auth_type": "magic"}, "secret"),
        ({"secret": {}}, "secret"),
        ({"secret": None}, "secret"),
        ({"secret": {"token": "a", "extra": "b"}}, "secret"),
        ({"secret": {"token": "a\r\nX: y"}}, "secret"),
        ({"auth_type": "api_key", "secret": {"header": "X Y", "value": "z"}}, "secret"),
        ({"settings": {"headers": {"Authorization": "Bearer x"}}}, "settings"),
        ({"settings": {"headers": {"X": "a\nb"}}}, "settings"),
        ({"settings": {"headers": []}}, "settings"),
        ({"auth_type": "oauth", "secret": {"client_id": "a", "client_secret": "b"}}, "settings"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_stored(
    owner: Actor, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidConnection) as refused:
        create(owner, wanted(**changes))
    assert set(refused.value.errors) == {field}
    assert not Connection.objects.exists()


def test_a_client_secret_does_not_follow_to_another_token_server(owner: Actor) -> None:
    oauth = {"auth_type": "oauth", "settings": {"token_url": "https://login.example.org/token"}}
    row = create(owner, wanted(secret={"client_id": "a", "client_secret": "b"}, **oauth))
    oauth["settings"] = {"token_url": "https://evil.example/token"}
    with pytest.raises(InvalidConnection) as refused:
        change(owner, row, wanted(secret=None, **oauth))
    assert set(refused.value.errors) == {"secret"}


def test_a_name_is_given_once(owner: Actor) -> None:
    create(owner, wanted())
    with pytest.raises(InvalidConnection, match="already"):
        create(owner, wanted())
