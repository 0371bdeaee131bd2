import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import User
from people.rights import NotPermitted, Role
from runner.integrations.interface import SendMail
from runner.mail import outbox
from runner.mail.mailbox import mails_of
from runner.mail.render import render
from tests.runner.approvals.world import TITLES, Run, page_of


def test_the_mailbox_shows_the_mails_as_they_are_sent_newest_first(run: Run) -> None:
    maya = run.actor(User.objects.get(username="maya"))
    approval = run.ask(choices=TITLES)
    outbox.queue(run.execution, SendMail(("ana@example.org",), "Done", "It is done."), run.now)
    plain, asking = mails_of(maya)
    assert render(plain, run.now).text == "It is done."
    rendered = render(asking, run.now)
    assert page_of(approval) in rendered.text
    assert page_of(approval) in rendered.html
    assert rendered.to == ("jonas@example.org",)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OPERATOR, Role.VIEWER, Role.REVIEWER])
def test_whoever_does_not_manage_the_workspace_sees_no_mail_and_so_no_link_of_others(
    run: Run, role: Role
) -> None:
    with pytest.raises(NotPermitted):
        mails_of(run.actor(run.person("pat", "Pat", role)))


def test_a_list_of_mails_costs_one_query(run: Run) -> None:
    maya = run.actor(User.objects.get(username="maya"))
    for _ in range(5):
        run.ask()
    with CaptureQueriesContext(connection) as queries:
        assert [mail.recipient.approval.workspace.name for mail in mails_of(maya) if mail.recipient]
    assert len(queries) == 1
