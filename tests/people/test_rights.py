import pytest

from people.rights import NotPermitted, Right, Role, holds, require

from .conftest import Office

# The table as people read it; `rights.py` must say the same.
TABLE = """
              owner  editor  operator  viewer  reviewer
view            x      x        x        x        x
see_data        x      x        x        x        -
edit            x      x        -        -        -
publish         x      x        -        -        -
run             x      x        x        -        -
stop            x      x        x        -        -
approve         x      x        x        -        x
use_connection  x      x        x        -        -
manage          x      -        -        -        -
"""
_HEAD, *_ROWS = TABLE.strip().splitlines()
CASES = [
    (Role(role), Right(cells.split()[0]), sign == "x")
    for cells in _ROWS
    for role, sign in zip(_HEAD.split(), cells.split()[1:], strict=True)
]


def test_the_table_names_every_role_and_every_right() -> None:
    assert {role for role, _, _ in CASES} == set(Role)
    assert {right for _, right, _ in CASES} == set(Right)


@pytest.mark.parametrize(("role", "right", "is_held"), CASES)
def test_each_role_holds_exactly_the_rights_of_the_table(
    office: Office, role: Role, right: Right, is_held: bool
) -> None:
    assert holds(office.actor(role), right, office.workspace) is is_held


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_nobody_holds_a_right_in_the_workspace_next_door(
    office: Office, neighbours: Office, role: Role, right: Right
) -> None:
    assert not holds(office.actor(role), right, neighbours.workspace)


def test_what_is_not_held_is_refused_by_name(office: Office) -> None:
    with pytest.raises(NotPermitted, match="publish"):
        require(office.actor(Role.VIEWER), Right.PUBLISH, office.workspace)
    with pytest.raises(NotPermitted):
        require(None, Right.VIEW, office.workspace)
    require(office.actor(Role.EDITOR), "publish", office.workspace)
