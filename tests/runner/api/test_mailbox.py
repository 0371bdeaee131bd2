from people.rights import Role
from tests.runner.api.office import Furnished


def test_the_newest_mail_comes_first(north: Furnished) -> None:
    rows = north.office.owner.get("/api/mailbox/").json()["results"]
    assert {tuple(row["to"]) for row in rows} == {("reviewer@north.example",), ("operator@north.example",)}
    assert rows == sorted(rows, key=lambda row: row["created_at"], reverse=True)
    assert "North" in rows[0]["sender"]


def test_a_mail_is_shown_with_the_link_that_it_carries(north: Furnished) -> None:
    said = north.office.owner.get(f"/api/mailbox/{north.mail.key}/").json()
    assert "/r/" in said["text"]
    assert "/r/" in said["html"]


def test_a_mail_with_a_link_is_not_for_whoever_may_only_edit(north: Furnished) -> None:
    assert north.office[Role.EDITOR].get(f"/api/mailbox/{north.mail.key}/").status_code == 403
