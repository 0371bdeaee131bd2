import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import User, Workspace
from people.rights import Role
from runner.approvals import opening
from runner.integrations.interface import OpenApproval
from runner.models import Approval, Mail, Recipient

from .world import APPROVE_OR_REJECT, Run


def asked(approval: Approval) -> list[tuple[str, str, str]]:
    rows = Recipient.objects.filter(approval=approval).order_by("id")
    return [(row.address, row.name, row.asked_as) for row in rows]


def test_addresses_user_names_and_groups_are_all_people_to_ask(run: Run) -> None:
    jonas = run.person("jonas", "Jonas Beck", Role.REVIEWER)
    lee = run.person("lee", "Lee Park", Role.REVIEWER)
    run.group("Editors", lee)
    approval = run.ask("jonas", "ana@elsewhere.example", "group:Editors")
    assert asked(approval) == [
        ("jonas@example.org", "Jonas Beck", ""),
        ("ana@elsewhere.example", "", ""),
        ("lee@example.org", "Lee Park", "Editors"),
    ]
    assert list(Recipient.objects.order_by("id").values_list("user_id", flat=True)) == [
        jonas.pk,
        None,
        lee.pk,
    ]


def test_a_person_who_is_named_in_several_ways_is_asked_once(run: Run) -> None:
    jonas = run.person("jonas", "Jonas Beck", Role.REVIEWER)
    run.group("Editors", jonas)
    approval = run.ask("JONAS@example.org", "jonas", "group:Editors")
    assert asked(approval) == [("jonas@example.org", "Jonas Beck", "")]
    assert Mail.objects.count() == 1


def test_an_address_of_another_workspaces_user_is_only_an_address(run: Run) -> None:
    Workspace.objects.create(number="222222222222", name="Next door", slug="south")
    User.objects.create_user("ana", "ana@example.org", "x", first_name="Ana")
    approval = run.ask("ana@example.org", "ana")
    assert asked(approval) == [("ana@example.org", "", "")]


def test_a_name_that_nobody_has_is_told_in_the_note_and_the_question_stays_open(run: Run) -> None:
    effect = OpenApproval("Go?", None, ("nobody", "group:None", "jonas@example.org"), APPROVE_OR_REJECT)
    note = opening.open_approval(run.execution, 0, 1, "Ask", effect, run.now)
    assert note["not_found"] == ["nobody", "group:None"]
    assert note["recipients"] == ["jonas@example.org"]
    assert note["question"] == "Go?"
    assert note["approval"] == str(Approval.objects.get().key)


def test_more_votes_than_people_would_never_come_together(run: Run) -> None:
    run.group("Editors", run.person("jonas", "Jonas", Role.REVIEWER))
    assert run.ask("group:Editors", votes_needed=3).votes_needed == 1


def test_the_end_of_the_wait_closes_what_is_open_and_leaves_what_is_decided(run: Run) -> None:
    late, stopped, decided = run.ask(), run.ask(), run.ask()
    Approval.objects.filter(pk=decided.pk).update(status="DECIDED")
    for approval, reason in ((late, "timed_out"), (stopped, "aborted"), (decided, "succeeded")):
        opening.withdraw(run.execution.pk, approval.frame, approval.wait, reason)
    states = list(Approval.objects.order_by("id").values_list("status", flat=True))
    assert states == ["EXPIRED", "WITHDRAWN", "DECIDED"]


def test_a_thousand_questions_cost_a_handful_of_statements_and_a_millisecond_or_so_each(run: Run) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        run.ask("jonas@example.org", "ana@example.org")
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 6, statements
    effect = OpenApproval("Go?", {"Title A": "x"}, ("jonas@example.org",), APPROVE_OR_REJECT)
    began = time.perf_counter()
    for wait in range(100, 1_100):
        opening.open_approval(run.execution, 0, wait, "Ask", effect, run.now)
    assert time.perf_counter() - began < 10
    assert Mail.objects.filter(text="", html="").count() == 1_002
