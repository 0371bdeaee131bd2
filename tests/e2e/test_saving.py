"""Two people draw one workflow, and windows that die: nothing is overwritten unseen, and nothing is lost."""

import json
import os
import re
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Locator, Page, expect

from tests.e2e.conftest import NewPage, sign_in
from tests.e2e.people import browser_of, make_person
from tests.e2e.screens import PATIENCE_MS, expect_saved, state
from tests.support.browser import Watched
from tests.support.server import Server

TWO: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "First",
    "States": {"First": {"Type": "Pass", "Next": "Last"}, "Last": {"Type": "Pass", "End": True}},
}


@pytest.fixture
def maya(browser: Browser, server: Server, watched: Watched) -> Iterator[Page]:
    """Maya Okafor's browser."""
    make_person(server, "maya", "Maya", "Okafor")
    with browser_of(browser, server, watched, "maya") as page:
        yield page


def made(server: Server, name: str) -> str:
    definition = json.dumps(TWO, indent=2)
    key: str = server.api().post("/api/workflows/", {"name": name, "definition": definition})["id"]
    return key


def comments(server: Server, key: str) -> dict[str, str]:
    """What is said of each state in the draft on the server."""
    states = json.loads(server.api().get(f"/api/workflows/{key}/")["definition"])["States"]
    return {name: body["Comment"] for name, body in states.items() if "Comment" in body}


def say(page: Page, name: str, words: str) -> None:
    """Writes a comment on a state, as people do."""
    state(page, name).click()
    page.get_by_test_id("inspector").get_by_label("Comment").fill(words)


def by_hand(page: Page) -> None:
    """Turns off that drafts are saved by themselves."""
    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name="Drafts are saved by themselves").click()


def asked(page: Page) -> Locator:
    dialog = page.get_by_role("dialog", name="Whose draft is to stay?")
    expect(dialog).to_be_visible()
    return dialog


def refused(watched: Watched, times: int) -> None:
    """Browsers log a refused save by themselves; there were so many, and nothing else went wrong."""
    assert len(watched.faults) == times, watched.faults
    assert all(" 409 " in fault for fault in watched.faults)
    watched.faults.clear()


def both_drew(signed_in: NewPage, maya: Page, server: Server, name: str) -> tuple[str, Page]:
    """Both opened the same draft; Maya's change is saved, and the other one has just been made.

    Returns the workflow and the page of who was second.
    """
    key = made(server, name)
    page = signed_in(f"/workflows/{key}")
    expect(state(page, "First")).to_be_visible()
    maya.goto(f"/workflows/{key}")
    say(maya, "Last", "by Maya")
    expect_saved(maya)
    say(page, "First", "mine")
    return key, page


# --- Two people ----------------------------------------------------------------------------------------


def test_who_looks_on_is_told_whose_newer_draft_there_is_and_takes_it_over_as_a_step(
    signed_in: NewPage, maya: Page, server: Server
) -> None:
    key = made(server, "looked-on")
    page = signed_in(f"/workflows/{key}")
    expect(state(page, "Last")).to_be_visible()
    expect(page.get_by_test_id("newer-draft")).to_have_count(0)
    maya.goto(f"/workflows/{key}")
    say(maya, "Last", "by Maya")
    expect_saved(maya)
    expect(maya.get_by_test_id("newer-draft")).to_have_count(0)

    notice = page.get_by_test_id("newer-draft")
    expect(notice).to_contain_text(re.compile(r"Maya Okafor saved a newer draft .*, revision 2\."))
    notice.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("complementary", name="What differs")).to_contain_text("Comment")
    notice.get_by_role("button", name="Take it over").click()
    expect(notice).to_have_count(0)
    expect(page.get_by_test_id("saved-status")).to_contain_text(
        re.compile("Draft saved .* by Maya Okafor, revision 2")
    )
    page.get_by_role("button", name="Design", exact=True).click()
    expect(page.get_by_test_id("compare")).to_have_count(0)  # it shows each state twice
    state(page, "Last").click()
    expect(page.get_by_test_id("inspector").get_by_label("Comment")).to_have_value("by Maya")

    page.get_by_role("button", name="Undo: take over revision 2").click()
    expect(page.get_by_test_id("saved-status")).to_contain_text("revision 3")
    assert comments(server, key) == {}
    expect(maya.get_by_test_id("newer-draft")).to_contain_text("admin saved a newer draft")


def test_a_save_by_hand_asks_before_it_goes_over_a_newer_draft_and_undo_brings_that_back(
    signed_in: NewPage, maya: Page, server: Server, watched: Watched
) -> None:
    key = made(server, "asked-by-hand")
    page = signed_in(f"/workflows/{key}")
    by_hand(page)
    say(page, "First", "mine")
    maya.goto(f"/workflows/{key}")
    say(maya, "Last", "by Maya")
    expect_saved(maya)
    expect(page.get_by_test_id("newer-draft")).to_contain_text("Your changes are not saved yet.")

    page.keyboard.press("Control+s")
    dialog = asked(page)
    expect(dialog).to_contain_text("Maya Okafor saved revision 2")
    expect(dialog).to_contain_text("2 changed (First, Last)")
    text = dialog.get_by_test_id("text-difference")
    expect(text.get_by_text('"Comment": "by Maya"')).to_be_visible()
    expect(text.get_by_text('"Comment": "mine"')).to_be_visible()
    assert comments(server, key) == {"Last": "by Maya"}

    # Later is a choice too: what is not saved says so, and the next save asks again.
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_test_id("saved-status")).to_contain_text("there is a newer draft")
    page.keyboard.press("Control+s")
    asked(page).get_by_role("button", name="Compare as graphs").click()
    expect(page.get_by_test_id("mark-First")).to_have_count(2)
    page.get_by_role("button", name="Decide whose stays").click()

    dialog.get_by_role("button", name="Save mine over it").click()
    expect(dialog).to_have_count(0)
    expect_saved(page)
    assert comments(server, key) == {"First": "mine"}
    page.get_by_role("button", name="Design").click()
    page.get_by_role("button", name="Undo: save over revision 2").click()
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert comments(server, key) == {"Last": "by Maya"}
    refused(watched, 1)


def test_what_saves_itself_never_goes_over_a_newer_draft_and_ones_own_is_kept_as_a_copy(
    signed_in: NewPage, maya: Page, server: Server, watched: Watched
) -> None:
    key, page = both_drew(signed_in, maya, server, "kept-as-copy")
    dialog = asked(page)
    assert comments(server, key) == {"Last": "by Maya"}

    dialog.get_by_role("button", name="Keep mine as a copy").click()
    expect(page.get_by_text("Your draft is kept-as-copy-mine now")).to_be_visible()
    expect_saved(page)
    assert comments(server, key) == {"Last": "by Maya"}
    state(page, "Last").click()
    expect(page.get_by_test_id("inspector").get_by_label("Comment")).to_have_value("by Maya")
    page.get_by_role("button", name="Open your copy").click()
    expect(page.get_by_role("heading", name="kept-as-copy-mine").first).to_be_visible()
    assert comments(server, page.url.rpartition("/")[2]) == {"First": "mine"}
    refused(watched, 1)


def test_theirs_is_taken_over_and_undo_brings_ones_own_back(
    signed_in: NewPage, maya: Page, server: Server, watched: Watched
) -> None:
    key, page = both_drew(signed_in, maya, server, "taken-over")
    asked(page).get_by_role("button", name="Take theirs over").click()
    expect_saved(page)
    expect(page.get_by_test_id("inspector").get_by_label("Comment")).to_have_value("")
    assert comments(server, key) == {"Last": "by Maya"}
    page.get_by_role("button", name="Undo: take over revision 2").click()
    expect(page.get_by_test_id("saved-status")).to_contain_text("revision 3")
    assert comments(server, key) == {"First": "mine"}
    refused(watched, 1)


def test_only_the_draft_that_was_seen_is_saved_over(
    signed_in: NewPage, maya: Page, server: Server, watched: Watched
) -> None:
    key, page = both_drew(signed_in, maya, server, "seen-once")
    dialog = asked(page)
    expect(dialog).to_contain_text("Maya Okafor saved revision 2")
    expect(dialog.get_by_test_id("text-difference").get_by_text("by Maya")).to_be_visible()
    say(maya, "Last", "by Maya, again")
    expect(maya.get_by_test_id("saved-status")).to_contain_text("revision 3")

    dialog.get_by_role("button", name="Save mine over it").click()
    expect(dialog).to_contain_text("Maya Okafor saved revision 3")
    expect(dialog.get_by_test_id("text-difference").get_by_text("by Maya, again")).to_be_visible()
    assert comments(server, key) == {"Last": "by Maya, again"}
    dialog.get_by_role("button", name="Save mine over it").click()
    expect_saved(page)
    assert comments(server, key) == {"First": "mine"}
    refused(watched, 2)


def test_another_window_of_ones_own_is_named_as_that(signed_in: NewPage, server: Server) -> None:
    key = made(server, "two-windows")
    page, other = signed_in(f"/workflows/{key}"), signed_in(f"/workflows/{key}")
    expect(state(page, "First")).to_be_visible()
    say(other, "Last", "elsewhere")
    expect_saved(other)
    expect(page.get_by_test_id("newer-draft")).to_contain_text("You, in another window, saved a newer draft")


# --- Windows that die ----------------------------------------------------------------------------------


@pytest.fixture
def own_browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], server: Server
) -> Iterator[BrowserContext]:
    """A browser whose processes may be killed; no other test looks through it."""
    launched = browser_type.launch(**browser_type_launch_args)
    context = launched.new_context(base_url=server.url, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    launched.close()


def kill_tabs(context: BrowserContext) -> None:
    """kill -9 to the process of every tab: no page gets to say good-bye."""
    assert context.browser is not None
    session = context.browser.new_browser_cdp_session()
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        if process["type"] == "renderer":
            os.kill(process["id"], signal.SIGKILL)


def killed_while_drawing(context: BrowserContext, key: str, *, autosave: bool) -> Page:
    """Returns a new tab after the one in which something was drawn was killed."""
    page = context.new_page()
    sign_in(page)
    page.goto(f"/workflows/{key}")
    expect(state(page, "First")).to_be_visible()
    if autosave:
        # The line is down, so what saves itself does not arrive.
        page.route(f"**/api/workflows/{key}/", lambda route: route.abort())
    else:
        by_hand(page)
    say(page, "First", "unsaved")
    expect(page.get_by_test_id("saved-status")).to_contain_text("Not saved")
    with page.expect_event("crash"):
        kill_tabs(context)
    page.close()
    return context.new_page()


@pytest.mark.parametrize("autosave", [True, False])
def test_a_tab_that_was_killed_loses_nothing(
    own_browser: BrowserContext, server: Server, *, autosave: bool
) -> None:
    key = made(server, f"killed-{'itself' if autosave else 'by-hand'}")
    page = killed_while_drawing(own_browser, key, autosave=autosave)
    page.goto(f"/workflows/{key}")
    expect(page.get_by_text("Unsaved work is back")).to_be_visible()
    state(page, "First").click()
    expect(page.get_by_test_id("inspector").get_by_label("Comment")).to_have_value("unsaved")
    if not autosave:
        assert comments(server, key) == {}
        page.keyboard.press("Control+s")
    expect_saved(page)
    assert comments(server, key) == {"First": "unsaved"}
    page.reload()
    expect(state(page, "First")).to_be_visible()
    expect(page.get_by_text("Unsaved work is back")).to_have_count(0)


def test_what_comes_back_after_a_crash_is_not_saved_over_what_somebody_drew_since(
    own_browser: BrowserContext, maya: Page, server: Server
) -> None:
    key = made(server, "killed-and-overtaken")
    page = killed_while_drawing(own_browser, key, autosave=True)
    maya.goto(f"/workflows/{key}")
    say(maya, "Last", "by Maya")
    expect_saved(maya)
    page.goto(f"/workflows/{key}")
    expect(page.get_by_text("It was made from revision 1; the draft is at 2.")).to_be_visible()
    dialog = asked(page)
    assert comments(server, key) == {"Last": "by Maya"}
    dialog.get_by_role("button", name="Keep mine as a copy").click()
    page.get_by_role("button", name="Open your copy").click()
    expect(page.get_by_role("heading", name="killed-and-overtaken-mine").first).to_be_visible()
    assert comments(server, page.url.rpartition("/")[2]) == {"First": "unsaved"}
