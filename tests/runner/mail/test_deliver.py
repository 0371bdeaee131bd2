"""Mails go to a real mail server; what came of them is on the rows and told to the run."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from runner.approvals import sending, voters
from runner.approvals.decide import decide
from runner.integrations.interface import SendMail
from runner.mail import outbox
from runner.mail.deliver import BACK_OFF, LEASE, claim_due, deliver_due
from runner.models import Approval, Mail, Recipient
from tests.runner.approvals.world import TITLES, Run, link_holder, page_of
from tests.support.smtp import MailServer, review_link

JONAS, ANA = "jonas@example.org", "ana@example.org"


def notes(run: Run) -> list[tuple[str, dict[str, Any]]]:
    return [(note["type"], note["details"]) for note in run.posted("NoteAdded")]


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_a_question_reaches_each_person_with_a_link_of_their_own(run: Run, smtp: MailServer) -> None:
    approval = run.ask(JONAS, ANA, details={"Title A": "The lamps", "Title B": "One night"}, choices=TITLES)
    assert deliver_due(run.now) == 2
    links = {review_link(smtp.to(address)[0]) for address in (JONAS, ANA)}
    assert len(links) == 2
    assert path_of(review_link(smtp.to(JONAS)[0])) == page_of(approval, JONAS)
    assert Client().get(page_of(approval, ANA)).status_code == 200
    assert sorted(note for note, _ in notes(run)) == ["ApprovalSent", "ApprovalSent"]
    assert {details["recipient"] for _, details in notes(run)} == {JONAS, ANA}
    assert set(Recipient.objects.values_list("sent_at", "send_error")) == {(run.now, "")}
    assert deliver_due(run.later(days=1)) == 0


def test_the_mail_is_what_a_mail_from_a_machine_should_be(run: Run, smtp: MailServer) -> None:
    run.ask(choices=TITLES, details={"Title A": "The lamps", "Why": "We need one."})
    deliver_due(run.now)
    [mail] = smtp.mails
    assert str(mail["Subject"]).strip() == (
        "[Approval needed] title-chooser – Choose a title: Which title for “Harbour at night”?"
    )
    assert mail["From"] == "Cuelight at Northwind Studio <cuelight@localhost>"
    assert mail["To"] == JONAS
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == f"<{Mail.objects.get().key}@127.0.0.1>"
    assert mail["Date"]
    assert mail.get_content_type() == "multipart/alternative"
    plain = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert plain.startswith("Which title for “Harbour at night”?")
    for said in ("Maya Okafor asks, in run 0914 of title-chooser.", "The lamps", "Why: We need one.", "UTC"):
        assert said in plain
    assert "You can answer Title A, Title B or Again." in plain
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    link = review_link(mail)
    assert html.count(f'href="{link}"') == 2  # the button, and the address to copy
    assert "/approvals" not in html  # Jonas has no account
    for absent in ("<img", "<script", "src=", "url("):
        assert absent not in html


def test_what_a_model_wrote_is_text_in_the_mail_too(run: Run, smtp: MailServer) -> None:
    run.ask(question="Go?\r\nBcc: all@example.org", details="<script>alert(1)</script>")
    deliver_due(run.now)
    [mail] = smtp.mails
    assert mail["Bcc"] is None
    assert "Go? Bcc: all@example.org" in mail["Subject"]
    assert "<script>" not in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_no_link_and_no_body_of_a_question_is_kept(run: Run, smtp: MailServer) -> None:
    run.ask()
    deliver_due(run.now)
    link = review_link(smtp.mails[0])
    kept = repr(list(Mail.objects.values())) + repr(list(Recipient.objects.values()))
    assert link.rsplit("/", 1)[1] not in kept


def test_a_refusal_that_passes_is_tried_again_later_and_shown_meanwhile(run: Run, smtp: MailServer) -> None:
    approval = run.ask()
    smtp.refusing = True
    assert deliver_due(run.now) == 0
    recipient = Recipient.objects.get()
    assert recipient.send_error == "The mail server answered 451 Not now"
    assert (recipient.attempts, recipient.sent_at) == (1, None)
    [(note, details)] = notes(run)
    assert note == "ApprovalSendFailed"
    assert details["attempt"] == 1
    assert details["approval"] == str(approval.key)
    assert details["next_try"]
    smtp.refusing = False
    assert deliver_due(run.now + BACK_OFF[0] - timedelta(seconds=1)) == 0
    assert deliver_due(run.now + BACK_OFF[0]) == 1
    assert Recipient.objects.get().send_error == ""
    assert [note for note, _ in notes(run)] == ["ApprovalSendFailed", "ApprovalSent"]


def test_after_the_last_try_the_mail_has_failed_and_can_be_sent_again_by_hand(
    run: Run, smtp: MailServer
) -> None:
    approval = run.ask()
    smtp.refusing = True
    now = run.now
    for wait in (*BACK_OFF, timedelta(0)):
        deliver_due(now)
        now += wait
    mail = Mail.objects.get()
    assert (mail.status, mail.attempts) == ("FAILED", len(BACK_OFF) + 1)
    assert notes(run)[-1][1]["next_try"] is None
    assert deliver_due(now + timedelta(days=1)) == 0
    smtp.refusing = False
    sending.send_again(approval, now)
    assert deliver_due(now) == 1
    assert path_of(review_link(smtp.mails[0])) == page_of(approval)


def test_a_mail_server_that_is_not_there_is_said_in_words(run: Run, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    run.ask(JONAS, ANA)
    assert deliver_due(run.now) == 0
    assert set(Recipient.objects.values_list("send_error", flat=True)) == {
        "Nobody listens at the mail server's address."
    }


def test_a_mail_whose_question_is_over_is_not_sent(run: Run, smtp: MailServer) -> None:
    decided, expired = run.ask(), run.ask(expires_in_seconds=5.0)
    decide(decided, voter=link_holder(decided), choice="approve", how=voters.BY_LINK, now=run.now)
    assert deliver_due(run.later(seconds=6)) == 0
    assert smtp.mails == []
    assert set(Mail.objects.values_list("status", flat=True)) == {"FAILED"}
    assert expired.status == "OPEN"


def test_the_older_of_two_links_is_not_sent_when_it_is_dead_already(run: Run, smtp: MailServer) -> None:
    approval = run.ask()
    sending.send_again(approval, run.now)
    assert deliver_due(run.now) == 1
    assert path_of(review_link(smtp.mails[0])) == page_of(approval)


def test_a_mail_held_by_a_worker_that_died_is_sent_by_another_with_the_same_link_and_id(
    run: Run, smtp: MailServer
) -> None:
    approval = run.ask()
    assert len(claim_due(run.now)) == 1  # and then the power goes
    assert deliver_due(run.now + LEASE - timedelta(seconds=1)) == 0
    assert deliver_due(run.now + LEASE) == 1
    assert path_of(review_link(smtp.mails[0])) == page_of(approval)


def test_a_reminder_comes_once_at_half_time_to_those_who_have_not_answered(
    run: Run, smtp: MailServer
) -> None:
    approval = run.ask(JONAS, ANA, votes_needed=2, expires_in_seconds=7_200.0)
    deliver_due(run.now)
    decide(approval, voter=link_holder(approval, ANA), choice="approve", how=voters.BY_LINK, now=run.now)
    assert deliver_due(run.later(minutes=59)) == 0
    assert deliver_due(run.later(minutes=60)) == 1
    assert deliver_due(run.later(minutes=61)) == 0
    first, reminder = smtp.to(JONAS)
    assert str(reminder["Subject"]).strip().startswith("[Reminder: approval needed] ")
    assert reminder["In-Reply-To"] == first["Message-ID"]
    assert review_link(reminder) == review_link(first)
    assert len(smtp.to(ANA)) == 1


def test_a_short_question_has_no_reminder(run: Run, smtp: MailServer) -> None:
    run.ask(expires_in_seconds=3_600.0)
    deliver_due(run.now)
    assert deliver_due(run.later(minutes=50)) == 0


def test_a_mail_that_a_state_sends_goes_to_each_address_alone(run: Run, smtp: MailServer) -> None:
    outbox.queue(
        run.execution, SendMail((JONAS, ANA), "Done", "It is done.", "<p>It is <b>done</b>.</p>"), run.now
    )
    assert deliver_due(run.now) == 2
    for address in (JONAS, ANA):
        [mail] = smtp.to(address)
        assert mail["To"] == address
        assert mail.get_body(("plain",)).get_content().strip() == "It is done."  # type: ignore[union-attr]
        assert "<b>done</b>" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert set(Mail.objects.values_list("status", flat=True)) == {"SENT"}


def test_with_the_mailbox_nothing_leaves_and_a_line_with_the_link_is_printed(
    run: Run, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "runner.mail.mailbox.MailboxBackend"
    approval = run.ask()
    assert deliver_due(run.now) == 1
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith(f"Mail to {JONAS}: [Approval needed] ")
    assert line.endswith(page_of(approval))
    assert Mail.objects.get().subject.startswith("[Approval needed] title-chooser")
    assert Approval.objects.get().status == "OPEN"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_no_mail_twice(smtp: MailServer) -> None:
    run = Run()
    run.ask(*(f"person{number}@example.org" for number in range(30)))
    start = threading.Barrier(3)
    sent: list[int] = []

    def work() -> None:
        start.wait()
        try:
            sent.append(deliver_due(run.now))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == len(smtp.mails) == 30
    assert len({mail["To"] for mail in smtp.mails}) == 30
