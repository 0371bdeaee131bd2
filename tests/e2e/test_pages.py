"""Every page and every dialog, in both themes: readable by everybody, and not one error on the console."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import PHONE, SMALLEST_DESK, Theme, keep_picture, state
from tests.support import accessibility
from tests.support.browser import Watched
from tests.support.server import ROOT, Server
from tests.support.showcase import Showcase, make_showcase
from tests.support.smtp import MailServer

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def seen(server: Server, mails: MailServer) -> Showcase:
    return make_showcase(server, mails)


def click(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def press(keys: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        expect(page.get_by_role("main")).to_be_visible()
        page.wait_for_load_state("networkidle")
        page.keyboard.press(keys)

    return act


def select(name: str) -> Callable[[Page], None]:
    return lambda page: state(page, name).click()


def try_out(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        state(page, name).click()
        page.get_by_test_id("test-state").click()
        page.get_by_test_id("test-run").click()
        expect(page.get_by_test_id("data-flow")).to_be_visible()

    return act


def add_after(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        state(page, name).click()
        page.keyboard.press("Tab")

    return act


def from_menu(item: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_test_id("more").click()
        page.get_by_role("menuitem", name=item).click()

    return act


# What is opened, and what is done there before it is looked at. The keys are names of pictures too.
PAGES: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "workflows": ("/workflows", None),
    "workflows, list": ("/workflows", click("List")),
    "workflows, none found": ("/workflows?search=zzz", None),
    "workflows, templates": ("/workflows", click("From a template")),
    "workflows, import": ("/workflows", click("Import")),
    "workflows, new": ("/workflows", click("New workflow")),
    "go to anything": ("/workflows", press("Control+k")),
    "studio": ("/workflows/{asks}", select("May it go")),
    "studio, a choice": ("/workflows/{triage}", select("What is it about")),
    "studio, add a state": ("/workflows/{triage}", add_after("File it")),
    "studio, test state": ("/workflows/{triage}", try_out("Read the letter")),
    "studio, run": ("/workflows/{triage}", click("Run draft")),
    "studio, shortcuts": ("/workflows/{triage}", press("?")),
    "studio, aws report": ("/workflows/{asks}", from_menu("What would not run on AWS")),
    "code": ("/workflows/{asks}?mode=code", None),
    "config": ("/workflows/{triage}?mode=config", None),
    "versions compared": ("/workflows/{triage}?mode=compare&before=1&after=draft", None),
    "executions": ("/executions", None),
    "executions, none found": ("/executions?search=zzz", None),
    "an execution that waits": ("/executions/{waiting}", select("May it go")),
    "an execution that failed": ("/executions/{failed}", None),
    "approvals": ("/approvals", None),
    "connections": ("/connections", None),
    "connections, add": (
        "/connections",
        lambda page: page.get_by_role("button", name="Add a connection").first.click(),
    ),
    "mailbox": ("/mailbox", None),
    "settings, appearance": ("/settings/appearance", None),
    "settings, tokens": ("/settings/tokens", None),
    "settings, access keys": ("/settings/access-keys", None),
    "settings, activities": ("/settings/activities", None),
    "settings, about": ("/settings/about", None),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody(signed_in: NewPage, seen: Showcase, name: str) -> None:
    address, act = PAGES[name]
    page = signed_in(seen.address(address))
    if act is not None:
        act(page)
    for theme in ("light", "dark"):
        # With less motion, or colours are measured while they change.
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert_usable(page)
        keep_picture(page, picture_of(name, theme))
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for size in (SMALLEST_DESK, PHONE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert_usable(page)
    keep_picture(page, picture_of(name, "phone"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sign_in_page_can_be_used_by_everybody(
    browser: Browser, server: Server, watched: Watched, theme: Theme
) -> None:
    context = browser.new_context(base_url=server.url, color_scheme=theme)
    page = watched.watch(context.new_page())
    page.goto("/login")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert accessibility.faults(page) == []
    keep_picture(page, picture_of("sign in", theme))
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_review_page_fits_a_phone(
    browser: Browser, seen: Showcase, watched: Watched, theme: Theme, scripts: bool
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=theme, java_script_enabled=scripts)
    page = watched.watch(context.new_page())
    page.goto(seen.review)
    expect(page.get_by_role("heading", level=1)).to_contain_text("may “Stand by” go?", ignore_case=True)
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert accessibility.faults(page) == []
        keep_picture(page, picture_of("review on a phone", theme))
    context.close()


def test_names_and_statuses_are_read_whole_where_there_is_little_room(
    signed_in: NewPage, seen: Showcase
) -> None:
    whole = "(each) => each.scrollWidth <= each.clientWidth"
    page = signed_in(f"/workflows/{seen.asks}", viewport=PHONE)
    name = page.get_by_role("heading", level=1)
    expect(name).to_have_text("asks-somebody")
    assert name.evaluate(whole)
    saved = page.get_by_test_id("saved-status").locator("span")
    expect(saved).to_contain_text("Draft saved")
    assert saved.evaluate(whole)
    page = signed_in(f"/executions/{seen.waiting}", viewport=SMALLEST_DESK)
    status = page.get_by_role("table").get_by_role("cell", name="Waiting for a person").first
    expect(status).to_be_visible()
    assert status.evaluate(whole)


def test_an_open_question_says_how_long_it_may_wait(signed_in: NewPage, seen: Showcase) -> None:
    page = signed_in("/approvals")
    row = page.get_by_role("link", name="May “Stand by” go?")
    expect(row).to_contain_text("asks-somebody")
    expect(row).to_contain_text("left")


def test_opening_a_review_link_decides_nothing(
    browser: Browser, server: Server, seen: Showcase, watched: Watched
) -> None:
    context = browser.new_context()
    page = watched.watch(context.new_page())
    for _ in range(3):
        page.goto(seen.review)
        page.reload()
    assert server.api().execution(seen.waiting)["status"] == "RUNNING"
    context.close()


def test_the_documents_show_every_page() -> None:
    told = (DOCS / "screens.md").read_text("utf-8")
    for name in PAGES:
        shown = [picture_of(name, kind) for kind in ("light", "dark", "phone")]
        assert [each for each in shown if f"(images/pages/{each})" not in told] == []
        assert [each for each in shown if not (DOCS / "images" / "pages" / each).is_file()] == []


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


def picture_of(name: str, kind: str) -> str:
    return f"{name.replace(',', '').replace(' ', '-')}-{kind}.png"


def assert_usable(page: Page) -> None:
    """The page is there, nothing is still loading, and axe finds no fault."""
    # Not by its role: a dialog hides the page behind it from those who hear it.
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    # Colours are measured once they have arrived; what turns for ever is none.
    page.evaluate(
        """() => Promise.all(document.getAnimations()
            .filter(one => one.effect.getComputedTiming().endTime !== Infinity)
            .map(one => one.finished.catch(() => null)))"""
    )
    assert accessibility.faults(page) == []
