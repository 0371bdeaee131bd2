from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.rights import Role
from runner.models import Approval, Execution, Mail
from tests.runner.api.office import Furnished


def decide(north: Furnished, role: Role = Role.OWNER, **answer: object) -> tuple[int, dict[str, object]]:
    client = north.office[role]
    response = client.post(f"/api/approvals/{north.approval.key}/decide/", {"choice": "approve", **answer})
    return response.status_code, response.json()


def test_an_approval_is_described(north: Furnished) -> None:
    said = north.office.owner.get(f"/api/approvals/{north.approval.key}/").json()
    assert (said["status"], said["question"], said["state"]) == ("OPEN", "north: go?", "Ask")
    assert said["execution"]["id"] == str(north.approval.execution.key)
    assert said["workflow"] == {"id": str(north.asks.pk), "name": "north-asks"}
    assert [choice["value"] for choice in said["choices"]] == ["approve", "reject"]
    assert {person["address"] for person in said["recipients"]} == {
        "reviewer@north.example",
        "operator@north.example",
    }
    assert (said["decision"], said["votes"], said["fields"], said["can_decide"]) == (None, [], [], True)


def test_mine_are_those_that_name_me(north: Furnished) -> None:
    for role, count in ((Role.REVIEWER, 1), (Role.EDITOR, 0)):
        mine = north.office[role].get("/api/approvals/", {"scope": "mine", "status": "open"}).json()
        assert mine["count"] == count
        assert north.office[role].get("/api/approvals/", {"scope": "all"}).json()["count"] == 1


def test_they_are_found_by_status(north: Furnished) -> None:
    decide(north)
    assert north.office.owner.get("/api/approvals/", {"status": "open"}).json()["count"] == 0
    assert north.office.owner.get("/api/approvals/", {"status": "decided"}).json()["count"] == 1
    assert north.office.owner.get("/api/approvals/", {"status": "lost"}).status_code == 400


def test_what_it_is_about_is_kept_from_who_was_not_asked_and_sees_no_data(north: Furnished) -> None:
    Approval.objects.get().recipients.filter(address="reviewer@north.example").delete()
    decide(north, comment="secret words too")
    for address in ("/api/approvals/", f"/api/approvals/{north.approval.key}/"):
        answer = north.office[Role.REVIEWER].get(address)
        assert answer.status_code == 200
        assert b"secret words" not in answer.content
        assert b'"label":"Approve"' in answer.content
    assert b"secret words too" in north.office[Role.VIEWER].get("/api/approvals/").content


def test_a_decision_lets_the_run_go_on_and_says_who_and_how(north: Furnished) -> None:
    status, said = decide(north, Role.REVIEWER, comment="fine")
    assert status == 200
    assert said["status"] == "DECIDED"
    decision = said["decision"]
    assert isinstance(decision, dict)
    assert (decision["choice"], decision["label"], decision["how"]) == ("approve", "Approve", "API")
    assert "reviewer@north.example" in str(decision["by"])


def test_the_first_decision_stands_and_the_second_is_told_of_it(north: Furnished) -> None:
    decide(north, Role.REVIEWER)
    status, said = decide(north, choice="reject")
    assert status == 409
    assert said["decision"]["choice"] == "approve"  # type: ignore[index]
    assert Approval.objects.get().choice == "approve"


def test_an_answer_that_was_not_offered_is_refused_by_field(north: Furnished) -> None:
    status, said = decide(north, choice="perhaps", fields={"Colour": "red"})
    assert status == 400
    assert {error["field"] for error in said["errors"]} == {"choice", "fields.Colour"}  # type: ignore[attr-defined]


def test_who_was_not_asked_may_not_answer(north: Furnished) -> None:
    assert decide(north, Role.EDITOR)[0] == 403
    assert Approval.objects.get().status == "OPEN"


def test_a_withdrawn_question_takes_no_answer(north: Furnished) -> None:
    north.office.owner.post(f"/api/executions/{north.approval.execution.key}/stop/", {})
    assert decide(north)[0] == 409
    assert Execution.objects.get(pk=north.approval.execution_id).status == "ABORTED"


def test_links_are_sent_again_to_who_has_not_answered(north: Furnished) -> None:
    before = Mail.objects.count()
    response = north.office.owner.post(f"/api/approvals/{north.approval.key}/send-again/")
    assert response.status_code == 200
    assert Mail.objects.count() == before + 2
    decide(north)
    assert north.office.owner.post(f"/api/approvals/{north.approval.key}/send-again/").status_code == 409


def test_the_number_of_queries_does_not_grow_with_the_list(north: Furnished) -> None:
    north.office.owner.get("/api/approvals/")
    with CaptureQueriesContext(connection) as before:
        north.office.owner.get("/api/approvals/")
    for _ in range(3):
        north.office.ask(north.asks)
    with CaptureQueriesContext(connection) as after:
        assert north.office.owner.get("/api/approvals/").json()["count"] == 4
    assert len(after) == len(before)
