from __future__ import annotations

from dataclasses import dataclass

import pytest

from people.access import Actor, actor_of_user
from people.models import Membership, User, Workspace
from people.rights import Role


@dataclass(frozen=True)
class Office:
    """A workspace in which each role has one person, named after it."""

    workspace: Workspace

    def person(self, role: Role) -> User:
        return User.objects.get(username=f"{role.value}@{self.workspace.slug}")

    def actor(self, role: Role) -> Actor:
        actor = actor_of_user(self.person(role), self.workspace.pk)
        assert actor is not None
        return actor


def open_office(number: str, slug: str) -> Office:
    workspace = Workspace.objects.create(number=number, name=slug.title(), slug=slug)
    for role in Role:
        user = User.objects.create_user(f"{role.value}@{slug}", password="right horse")
        Membership.objects.create(workspace=workspace, user=user, role=role)
    return Office(workspace)


@pytest.fixture
def office(db: None) -> Office:
    return open_office("111111111111", "north")


@pytest.fixture
def neighbours(db: None) -> Office:
    return open_office("222222222222", "south")
