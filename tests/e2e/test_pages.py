"""Every page, in both themes: readable by everybody, and not one error on the console."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.support import accessibility
from tests.support.browser import Watched
from tests.support.server import Server
from tests.support.smtp import MailServer, review_link

ASKS_SOMEBODY = {
    "Comment": "Ends in a question",
    "StartAt": "Begin",
    "States": {
        "Begin": {"Type": "Pass", "Result": {"title": "Stand by"}, "Next": "Both"},
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": True}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Pass", "End": True}}},
            ],
            "ResultPath": None,
            "Next": "May it go",
        },
        "May it go": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::approval:request",
            "Parameters": {
                "Question": "May it go?",
                "Details": "The amber light is on.",
                "Approvers": ["stage.manager@example.com"],
            },
            "Next": "Go",
        },
        "Go": {"Type": "Succeed"},
    },
}
FAILS = {"StartAt": "No", "States": {"No": {"Type": "Fail", "Error": "Refused", "Cause": "On purpose"}}}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was made for the pages to show."""

    workflow: str
    waiting: str
    failed: str
    review: str


@pytest.fixture(scope="module")
def seen(server: Server, mails: MailServer) -> Seen:
    api = server.api()
    workflow = api.publish("asks-somebody", json.dumps(ASKS_SOMEBODY, indent=2))
    waiting = api.run(workflow)
    # Longer than a card is wide: what is cut off must not lie under what stands beside it.
    failed = api.run(api.publish("fails-as-it-says-in-a-name-that-is-longer-than-a-card-is-wide", FAILS))
    api.wait_until_ended(failed)
    review = review_link(mails.wait_for_mail("stage.manager@example.com"))
    return Seen(workflow, waiting, failed, review)


PAGES = {
    "workflows": "/workflows",
    "studio": "/workflows/{workflow}",
    "code": "/workflows/{workflow}?mode=code",
    "config": "/workflows/{workflow}?mode=config",
    "executions": "/executions",
    "an execution that waits": "/executions/{waiting}",
    "an execution that failed": "/executions/{failed}",
    "approvals": "/approvals",
    "connections": "/connections",
    "mailbox": "/mailbox",
    "settings, appearance": "/settings/appearance",
    "settings, tokens": "/settings/tokens",
    "settings, access keys": "/settings/access-keys",
    "settings, activities": "/settings/activities",
    "settings, about": "/settings/about",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_used_by_everybody(signed_in: NewPage, seen: Seen, page: str, theme: str) -> None:
    address = PAGES[page].format(workflow=seen.workflow, waiting=seen.waiting, failed=seen.failed)
    shown = signed_in(address, theme=theme)
    assert_usable(shown)
    keep_picture(shown, page, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sign_in_page_can_be_used_by_everybody(browser, server: Server, watched, theme: str) -> None:
    context = browser.new_context(base_url=server.url, color_scheme=theme)
    page = context.new_page()
    page.goto("/login")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert accessibility.faults(page) == []
    keep_picture(page, "sign in", theme)
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_review_page_fits_a_phone(browser, seen: Seen, watched, theme: str, scripts: bool) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=theme, java_script_enabled=scripts
    )
    page = watched.watch(context.new_page())
    page.goto(seen.review)
    expect(page.get_by_role("heading", level=1)).to_contain_text("May it go?")
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert accessibility.faults(page) == []
        keep_picture(page, "review on a phone", theme)
    context.close()


def test_opening_a_review_link_decides_nothing(browser, server: Server, seen: Seen, watched) -> None:
    context = browser.new_context()
    page = watched.watch(context.new_page())
    for _ in range(3):
        page.goto(seen.review)
        page.reload()
    assert server.api().execution(seen.waiting)["status"] == "RUNNING"
    context.close()


def test_the_api_is_documented_without_another_host(signed_in: NewPage) -> None:
    page = signed_in("/api/docs/")
    expect(page.get_by_text("/api/workflows/").first).to_be_visible()


def test_what_is_not_there_is_said_in_words(signed_in: NewPage, server: Server, watched: Watched) -> None:
    unknown = "/workflows/00000000-0000-4000-8000-000000000000"
    page = signed_in(unknown)
    expect(page.get_by_role("heading", name="The workflow cannot be opened")).to_be_visible()
    # The browser logs the answer by itself; nothing else may be wrong.
    assert all(" 404 " in fault for fault in watched.faults)
    watched.faults.clear()


def keep_picture(page: Page, name: str, theme: str) -> None:
    """Keep what is seen for the documents, where `make pictures` asks for it."""
    if folder := os.environ.get("CUELIGHT_PICTURES"):
        page.mouse.move(0, 0)
        page.screenshot(path=Path(folder) / f"{name.replace(',', '').replace(' ', '-')}-{theme}.png")


def assert_usable(page: Page) -> None:
    """The page is there, nothing is still loading, and axe finds no fault."""
    expect(page.get_by_role("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert accessibility.faults(page) == []
