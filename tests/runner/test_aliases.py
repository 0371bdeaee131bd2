"""Aliases: one or two versions of one machine, whose shares add up to 100."""

from __future__ import annotations

import pytest

from people.models import Workspace
from runner import aliases, state_machines
from runner.aliases import Share
from runner.models import Alias, StateMachine, Version

pytestmark = pytest.mark.django_db


def machine_with(versions: int, name: str = "north") -> tuple[StateMachine, list[Version]]:
    workspace, _ = Workspace.objects.get_or_create(number="111111111111", name="North", slug="north")
    machine = state_machines.create(workspace, name)
    made = []
    for number in range(versions):
        text = f'{{"StartAt": "A", "States": {{"A": {{"Type": "Succeed", "Comment": "{number}"}}}}}}'
        revision = state_machines.publish_revision(machine, text, "ann")
        made.append(state_machines.publish_version(revision, "", "ann"))
    return machine, made


@pytest.mark.parametrize("name", ["live", "v1.2", "1-a", "_", "a" * 80])
def test_a_name_of_letters_digits_and_a_few_signs_is_taken(name: str) -> None:
    assert aliases.check_name(name) == name


@pytest.mark.parametrize("name", ["", "7", "123", "a b", "!a", "a@", "a:b", "a\n", "ä", "a" * 81])
def test_a_name_that_could_be_a_version_or_break_the_arn_is_refused(name: str) -> None:
    with pytest.raises(aliases.InvalidAliasName):
        aliases.check_name(name)


def test_an_alias_points_to_one_version_and_then_shares_out_among_two() -> None:
    machine, (first, second) = machine_with(2)
    alias = aliases.create(machine, "live", "what customers get", [Share(first, 100)])
    assert aliases.shares(alias) == [Share(first, 100)]
    aliases.change(alias, routing=[Share(first, 90), Share(second, 10)])
    found = aliases.find(machine, "live")
    assert found is not None
    assert aliases.shares(found) == [Share(first, 90), Share(second, 10)]
    assert found.description == "what customers get"
    assert found.updated_at > found.created_at


def test_a_description_changes_without_the_routes() -> None:
    machine, (first,) = machine_with(1)
    alias = aliases.create(machine, "live", "", [Share(first, 100)])
    aliases.change(alias, description="for all")
    found = aliases.find(machine, "live")
    assert found is not None
    assert (found.description, aliases.shares(found)) == ("for all", [Share(first, 100)])


@pytest.mark.parametrize("weights", [(), (99,), (50, 49), (100, 1), (101, -1), (40, 30, 30)])
def test_shares_that_do_not_add_up_are_refused(weights: tuple[int, ...]) -> None:
    machine, versions = machine_with(3)
    routing = [Share(version, weight) for version, weight in zip(versions, weights, strict=False)]
    with pytest.raises(aliases.InvalidRouting):
        aliases.create(machine, "live", "", routing)
    assert not Alias.objects.exists()


def test_a_version_may_be_named_once_only() -> None:
    machine, (first,) = machine_with(1)
    with pytest.raises(aliases.InvalidRouting):
        aliases.create(machine, "live", "", [Share(first, 50), Share(first, 50)])


def test_a_version_of_another_machine_is_refused() -> None:
    machine, (first,) = machine_with(1)
    _, (strange,) = machine_with(1, "south")
    with pytest.raises(aliases.InvalidRouting):
        aliases.create(machine, "live", "", [Share(first, 50), Share(strange, 50)])
    alias = aliases.create(machine, "live", "", [Share(first, 100)])
    with pytest.raises(aliases.InvalidRouting):
        aliases.change(alias, routing=[Share(strange, 100)])
    assert aliases.shares(alias) == [Share(first, 100)]


def test_the_same_request_again_returns_the_same_alias_and_another_is_refused() -> None:
    machine, (first, second) = machine_with(2)
    alias = aliases.create(machine, "live", "x", [Share(first, 60), Share(second, 40)])
    again = aliases.create(machine, "live", "x", [Share(second, 40), Share(first, 60)])
    assert again.pk == alias.pk
    for description, routing in [
        ("y", [Share(first, 60), Share(second, 40)]),
        ("x", [Share(first, 40), Share(second, 60)]),
        ("x", [Share(first, 100)]),
    ]:
        with pytest.raises(aliases.AliasTaken):
            aliases.create(machine, "live", description, routing)


def test_a_machine_has_at_most_a_hundred_aliases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aliases, "MOST_ALIASES", 2)
    machine, (first,) = machine_with(1)
    for name in ("a", "b"):
        aliases.create(machine, name, "", [Share(first, 100)])
    with pytest.raises(aliases.TooManyAliases):
        aliases.create(machine, "c", "", [Share(first, 100)])


def test_deleting_leaves_the_versions_and_says_whether_there_was_one() -> None:
    machine, (first,) = machine_with(1)
    aliases.create(machine, "live", "", [Share(first, 100)])
    assert aliases.delete(machine, "live")
    assert not aliases.delete(machine, "live")
    assert Version.objects.filter(pk=first.pk).exists()


def test_aliases_are_listed_by_name_and_by_the_version_that_they_point_to() -> None:
    machine, (first, second) = machine_with(2)
    aliases.create(machine, "live", "", [Share(first, 100)])
    aliases.create(machine, "beta", "", [Share(first, 10), Share(second, 90)])
    assert [alias.name for alias in aliases.of_machine(machine)] == ["beta", "live"]
    assert [alias.name for alias in aliases.of_machine(machine, second)] == ["beta"]


def test_starts_are_shared_out_by_weight() -> None:
    machine, (first, second) = machine_with(2)
    alias = aliases.create(machine, "live", "", [Share(first, 25), Share(second, 75)])
    drawn = [aliases.choose(alias, number / 100) for number in range(100)]
    assert (drawn.count(first), drawn.count(second)) == (25, 75)


def test_a_version_without_a_share_is_never_run() -> None:
    machine, (first, second) = machine_with(2)
    alias = aliases.create(machine, "live", "", [Share(first, 0), Share(second, 100)])
    assert {aliases.choose(alias, number / 100) for number in range(100)} == {second}
