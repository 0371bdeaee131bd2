"""Further people with accounts, each in a browser of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.e2e.screens import PATIENCE_MS, SMALLEST_DESK
from tests.support.browser import Watched
from tests.support.server import Server

PASSWORD = "a cue for everybody"
# Run in the server's own shell: there is no page yet on which people are made.
_MADE = """
from people.models import Membership, User, Workspace
named = dict(first_name={first!r}, last_name={last!r})
user, made = User.objects.get_or_create(username={name!r}, defaults=named)
user.set_password({password!r})
user.save()
Membership.objects.get_or_create(
    user=user, workspace=Workspace.objects.order_by("pk").first(), defaults=dict(role={role!r})
)
"""


def make_person(server: Server, name: str, first: str, last: str, role: str = "editor") -> None:
    """Gives somebody an account in the first workspace."""
    server.manage(
        "shell", "-c", _MADE.format(name=name, first=first, last=last, role=role, password=PASSWORD)
    )


@contextmanager
def browser_of(browser: Browser, server: Server, watched: Watched, name: str) -> Iterator[Page]:
    """A page of a browser in which this person has signed in."""
    context = browser.new_context(base_url=server.url, viewport=SMALLEST_DESK)
    context.set_default_timeout(PATIENCE_MS)
    page = watched.watch(context.new_page())
    with page.expect_response("**/api/session/"):
        page.goto("/login")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/workflows")
    yield page
    context.close()
