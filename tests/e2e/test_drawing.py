"""The whole way of one workflow: drawn with the mouse, run, watched in two browsers, decided by mail."""

import json

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import PHONE, answer, state, statuses
from tests.support.browser import Watched
from tests.support.pointer import centre, drag, drag_onto_edge
from tests.support.server import Server
from tests.support.smtp import MailServer, review_link


def test_a_workflow_is_drawn_run_watched_and_decided_by_mail(
    signed_in: NewPage, browser: Browser, server: Server, mails: MailServer, watched: Watched
) -> None:
    page = signed_in()
    new_workflow(page, "drawn-by-hand")
    approval = draw_pass_parallel_approval_succeed(page)
    publish(page)
    assert drawn(server, "drawn-by-hand") == [
        ("Pass", "Pass"),
        ("Parallel", "Parallel"),
        [["Pass", "Pass"], ["Pass"]],
        (approval, "Task"),
        ("Succeed", "Succeed"),
    ]

    run(page)
    other = signed_in(page.url.removeprefix(server.url))
    for one in (page, other):
        # A reload would forget this.
        one.evaluate("window.wasNeverReloaded = true")
        expect(state(one, approval)).to_have_attribute("data-status", "waiting-person")
        expect(state(one, "Parallel")).to_have_attribute("data-status", "succeeded")
        expect(state(one, "Succeed")).to_have_attribute("data-status", "not-started")

    mail = mails.wait_for_mail("director@example.com")
    context = browser.new_context(viewport=PHONE)
    answer(watched.watch(context.new_page()), review_link(mail), "approve")
    context.close()

    for one in (page, other):
        expect(state(one, "Succeed")).to_have_attribute("data-status", "succeeded")
        assert set(statuses(one).values()) == {"succeeded"}
        assert one.evaluate("window.wasNeverReloaded") is True
    assert statuses(page) == statuses(other)


def test_every_edit_can_be_undone(signed_in: NewPage, server: Server) -> None:
    page = signed_in()
    new_workflow(page, "undone")
    remove_what_is_there(page)
    drag(page, palette(page, "Pass"), centre(page.get_by_test_id("empty-")))
    expect(state(page, "Pass")).to_be_visible()
    before = sorted(statuses(page))
    drag_onto_edge(page, palette(page, "Parallel"), plus(page, "Pass", "End"))
    expect(state(page, "Parallel")).to_be_visible()
    page.get_by_role("button", name="Undo: add Parallel").click()
    expect(state(page, "Parallel")).to_have_count(0)
    assert sorted(statuses(page)) == before
    page.get_by_role("button", name="Redo: add Parallel").click()
    expect(state(page, "Parallel")).to_be_visible()


# --- What a person does --------------------------------------------------------------------------------


def new_workflow(page: Page, name: str) -> None:
    page.get_by_role("button", name="New workflow").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Create workflow").click()
    expect(page.get_by_test_id("canvas")).to_be_visible()


def draw_pass_parallel_approval_succeed(page: Page) -> str:
    """Draws with the mouse alone; returns what the approval is called."""
    remove_what_is_there(page)
    # The first state goes into the empty canvas, the next onto the line below it.
    drag(page, palette(page, "Pass"), centre(page.get_by_test_id("empty-")))
    drag_onto_edge(page, palette(page, "Parallel"), plus(page, "Pass", "End"))
    # Parallel comes with a place in each of its two branches; the first branch gets another state below.
    for branch in (0, 1):
        drag(page, palette(page, "Pass"), centre(empty_branch(page, branch)))
        expect(empty_branch(page, branch)).to_have_count(0)
    first = state(page, "Pass 2").bounding_box()
    assert first is not None
    drag(page, palette(page, "Pass"), (first["x"] + first["width"] / 2, first["y"] + first["height"] + 4))
    drag_onto_edge(page, palette(page, "Approval"), plus(page, "Parallel", "End"))
    approval = page.get_by_test_id("inspector").get_by_role("heading", level=2).inner_text()
    fill_in_the_question(page)
    page.get_by_role("button", name="Fit the graph").click()
    # The last state is put down beside the others and connected by dragging.
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    drag(page, palette(page, "Succeed"), (canvas["x"] + 110, canvas["y"] + canvas["height"] - 60))
    state(page, approval).hover()
    drag(page, page.get_by_test_id(f"handle-next-{approval}"), centre(state(page, "Succeed")))
    return approval


def empty_branch(page: Page, index: int) -> Locator:
    return page.get_by_test_id(f"empty-/States/Parallel/Branches/{index}")


def remove_what_is_there(page: Page) -> None:
    """A new workflow may begin with a state: it is selected and deleted."""
    there = page.locator("[data-testid='canvas'] [data-testid^='state-']")
    if there.count():
        there.first.click()
        page.keyboard.press("Delete")
        expect(there).to_have_count(0)


def fill_in_the_question(page: Page) -> None:
    inspector = page.get_by_test_id("inspector")
    question = inspector.locator("[data-field='Arguments/Question']")
    question.locator("input[type=text], input:not([type]), textarea").first.fill("Is it ready?")
    approvers = inspector.locator("[data-field='Arguments/Approvers']")
    approvers.get_by_role("button", name="Remove person reviewer@example.org").click()
    approvers.get_by_role("combobox").press_sequentially("director@example.com,")


def publish(page: Page) -> None:
    page.get_by_test_id("publish").click()
    expect(page.get_by_test_id("publish")).to_be_disabled()


def run(page: Page) -> None:
    page.get_by_test_id("run").click()
    page.get_by_text("Version 1", exact=True).click()
    page.get_by_test_id("run-start").click()
    page.wait_for_url("**/executions/*")


def palette(page: Page, title: str) -> Locator:
    """Finds an item by typing, as people do."""
    page.get_by_label("Find a state").fill(title)
    return (
        page.locator("[data-testid^='palette-item-']").filter(has=page.get_by_text(title, exact=True)).first
    )


def plus(page: Page, source: str, target: str) -> Locator:
    return page.get_by_test_id(f"edge-plus-{source}-{target}")


def drawn(server: Server, name: str) -> list[object]:
    """Returns what was saved: names and types in the order in which they run, branches by type."""
    api = server.api()
    found = next(w for w in api.get("/api/workflows/", search=name)["results"] if w["name"] == name)
    definition = json.loads(api.get(f"/api/workflows/{found['id']}/")["definition"])
    shape: list[object] = []
    at: str | None = definition["StartAt"]
    while at is not None:
        found = definition["States"][at]
        shape.append((at, found["Type"]))
        if "Branches" in found:
            shape.append(
                [[each["Type"] for each in branch["States"].values()] for branch in found["Branches"]]
            )
        at = found.get("Next")
    return shape
