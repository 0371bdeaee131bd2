"""Two people answer at the same moment, on whichever database the settings name."""

import threading

import pytest
from django.db import connection

from runner.approvals import opening, voters
from runner.approvals.decide import AlreadyDecided, Decided, DecisionResult, Over, decide
from runner.models import Approval, Inbox, Vote

from .world import Run, recipient_of

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = [f"person{number}@example.org" for number in range(6)]


def at_once(works: list[object]) -> None:
    """Run all of them in threads that start together."""
    start = threading.Barrier(len(works))

    def run(work: object) -> None:
        start.wait()
        try:
            work()  # type: ignore[operator]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_many_who_answer_at_once_exactly_one_decides() -> None:
    run = Run()
    for _ in range(5):
        approval = run.ask(*PEOPLE)
        results: list[DecisionResult] = []

        def answer(
            address: str, approval: Approval = approval, results: list[DecisionResult] = results
        ) -> None:
            mine = Approval.objects.get(pk=approval.pk)
            voter = voters.by_link(recipient_of(mine, address))
            results.append(decide(mine, voter=voter, choice="approve", how=voters.BY_LINK))

        at_once([lambda address=address: answer(address) for address in PEOPLE])
        decided = [result for result in results if isinstance(result, Decided)]
        assert len(decided) == 1, results
        assert [result for result in results if result != decided[0]] == [
            AlreadyDecided(decided[0].decision)
        ] * (len(PEOPLE) - 1)
        assert Vote.objects.filter(approval=approval).count() == 1
    assert Inbox.objects.filter(event__contains="TaskSucceeded").count() == 5


def test_the_same_person_clicking_twice_at_once_votes_once() -> None:
    run = Run()
    approval = run.ask(*PEOPLE, votes_needed=2)

    def answer() -> None:
        mine = Approval.objects.get(pk=approval.pk)
        decide(mine, voter=voters.by_link(recipient_of(mine, PEOPLE[0])), choice="approve", how="mail link")

    at_once([answer] * 6)
    assert Vote.objects.count() == 1
    assert Approval.objects.get().status == "OPEN"


def test_an_answer_and_the_end_of_the_wait_do_not_pass_each_other() -> None:
    run = Run()
    for _ in range(10):
        approval = run.ask()
        results: list[DecisionResult] = []

        def answer(approval: Approval = approval, results: list[DecisionResult] = results) -> None:
            mine = Approval.objects.get(pk=approval.pk)
            voter = voters.by_link(recipient_of(mine))
            results.append(decide(mine, voter=voter, choice="approve", how=voters.BY_LINK))

        def end(approval: Approval = approval) -> None:
            opening.withdraw(run.execution.pk, approval.frame, approval.wait, "timed_out")

        at_once([answer, end])
        approval.refresh_from_db()
        [result] = results
        assert isinstance(result, Decided if approval.status == "DECIDED" else Over)
        assert Vote.objects.filter(approval=approval).count() == (approval.status == "DECIDED")
