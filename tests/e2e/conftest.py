"""Servers, mail and browsers for the tests of whole processes."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.e2e.screens import DESK, PATIENCE_MS, Theme
from tests.e2e.studio import Studio, name_for
from tests.support import browser as chromium
from tests.support.server import ADMIN_PASSWORD, Server, running
from tests.support.services import Services, fresh_services, missing
from tests.support.smtp import MailServer, mail_server

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = chromium.chromium()
    if path is None:
        pytest.fail("Chromium is missing: sudo apt-get install -y chromium")
    return {"executable_path": path, "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def mails() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, mails: MailServer) -> Iterator[Server]:
    """One embedded server for all tests that only look at it from outside."""
    with running(Server(tmp_path_factory.mktemp("var"), email_url=mails.url)) as started:
        yield started


@pytest.fixture
def services() -> Iterator[Services]:
    if absent := missing():
        if os.environ.get("CUELIGHT_REQUIRE_SERVICES"):
            pytest.fail(f"{absent} does not answer, and on this machine it has to")
        pytest.skip(f"{absent} does not answer")
    with fresh_services() as fresh:
        yield fresh


@pytest.fixture
def watched() -> Iterator[chromium.Watched]:
    """What pages did wrong; a test fails in the end if anything is in it."""
    seen = chromium.Watched()
    yield seen
    assert not seen.faults, "\n".join(seen.faults)


NewPage = Callable[..., Page]


@pytest.fixture
def signed_in(browser: Browser, server: Server, watched: chromium.Watched) -> Iterator[NewPage]:
    """Opens pages in browsers of their own, signed in through the page that people use."""
    contexts: list[BrowserContext] = []

    def open_page(path: str = "/workflows", theme: Theme = "light", viewport: ViewportSize = DESK) -> Page:
        context = browser.new_context(base_url=server.url, color_scheme=theme, viewport=viewport)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = watched.watch(context.new_page())
        sign_in(page)
        if path != "/workflows":
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def studio(signed_in: NewPage, server: Server, request: pytest.FixtureRequest) -> Studio:
    return Studio(signed_in, server, name_for(request))


def sign_in(page: Page) -> None:
    """Signs in as the first account."""
    # The answer to "who am I?" brings the cookie without which the form is refused.
    with page.expect_response("**/api/session/"):
        page.goto("/login")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password", exact=True).fill(ADMIN_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/workflows")
