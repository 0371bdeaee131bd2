from people.models import Membership, User, Workspace
from people.rights import Role
from runner.approvals.listing import approvals_of, may_see_content

from .world import Run


def test_mine_are_those_that_ask_me_by_name_group_or_address(run: Run) -> None:
    jonas = run.person("jonas", "Jonas", Role.REVIEWER)
    run.group("Editors", jonas)
    by_name, by_group = run.ask("jonas"), run.ask("group:Editors")
    by_address, other = run.ask("jonas@example.org"), run.ask("ana@example.org")
    mine = approvals_of(run.actor(jonas), only_mine=True)
    assert set(mine) == {by_name, by_group, by_address}
    assert set(approvals_of(run.actor(jonas))) == {by_name, by_group, by_address, other}


def test_the_nearest_deadline_comes_first(run: Run) -> None:
    late, soon = run.ask(expires_in_seconds=900.0), run.ask(expires_in_seconds=60.0)
    maya = run.actor(User.objects.get(username="maya"))
    assert list(approvals_of(maya)) == [soon, late]


def test_another_workspace_sees_nothing_of_it(run: Run) -> None:
    from people.access import actor_of_user

    run.ask("jonas@example.org")
    other = Workspace.objects.create(number="222222222222", name="Next door", slug="south")
    stranger = User.objects.create_user("stranger", "jonas@example.org", "x")
    Membership.objects.create(workspace=other, user=stranger, role=Role.OWNER)
    actor = actor_of_user(stranger)
    assert actor is not None
    assert not approvals_of(actor).exists()
    assert not approvals_of(actor, only_mine=True).exists()


def test_the_content_is_for_those_who_see_data_and_those_who_are_asked(run: Run) -> None:
    approval = run.ask("jonas")
    asked = run.person("jonas", "Jonas", Role.REVIEWER)
    other = run.person("lee", "Lee", Role.REVIEWER)
    viewer = run.person("vic", "Vic", Role.VIEWER)
    named = run.ask("jonas")
    assert may_see_content(named, run.actor(asked))
    assert may_see_content(named, run.actor(viewer))
    assert not may_see_content(named, run.actor(other))
    assert approval.recipients.count() == 0
