"""The whole way of one workflow: drawn with the mouse, run, watched in two browsers, decided by mail."""

import json

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import answer, state, statuses
from tests.support.browser import Watched
from tests.support.pointer import centre, drag, drag_onto_edge
from tests.support.server import Server
from tests.support.smtp import MailServer, review_link


def test_a_workflow_is_drawn_run_watched_and_decided_by_mail(
    signed_in: NewPage, browser: Browser, server: Server, mails: MailServer, watched: Watched
) -> None:
    page = signed_in()
    new_workflow(page, "drawn-by-hand")
    draw_pass_parallel_approval_succeed(page)
    assert drawn(server, "drawn-by-hand") == {
        "StartAt": "Pass",
        "Pass": {"Type": "Pass", "Next": "Parallel"},
        "Parallel": {"Type": "Parallel", "Next": "Ask a person"},
        "Branches": [["Pass"], ["Pass"]],
        "Ask a person": {"Type": "Task", "Next": "Succeed"},
        "Succeed": {"Type": "Succeed", "Next": None},
    }

    publish(page)
    run(page)
    address = page.url
    other = signed_in(address.removeprefix(server.url))
    for one in (page, other):
        # A reload would forget this.
        one.evaluate("window.wasNeverReloaded = true")
        expect(state(one, "Ask a person")).to_have_attribute("data-status", "waiting-person")
        expect(state(one, "Parallel")).to_have_attribute("data-status", "succeeded")
        expect(state(one, "Succeed")).to_have_attribute("data-status", "not-started")

    mail = mails.wait_for_mail("director@example.com")
    context = browser.new_context(viewport={"width": 390, "height": 844})
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
    before = sorted(statuses(page))
    drag_onto_edge(page, palette(page, "Parallel"), last_edge(page))
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


def draw_pass_parallel_approval_succeed(page: Page) -> None:
    remove_what_is_there(page)
    # The first state goes into the empty canvas, the next onto the line below it.
    drag(page, palette(page, "Pass"), centre(page.get_by_test_id("empty-")))
    drag_onto_edge(page, palette(page, "Parallel"), plus(page, "Pass", "End"))
    for branch in range(2):
        place = page.get_by_test_id(f"empty-Parallel/Branches/{branch}")
        drag(page, palette(page, "Pass"), centre(place))
    drag_onto_edge(page, palette(page, "Ask a person"), plus(page, "Parallel", "End"))
    fill_in_the_question(page)
    # The last state is put down freely and connected by dragging.
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    drag(
        page,
        palette(page, "Succeed"),
        (canvas["x"] + canvas["width"] - 260, canvas["y"] + canvas["height"] - 120),
    )
    drag(page, page.get_by_test_id("handle-next-Ask a person"), centre(state(page, "Succeed")))


def remove_what_is_there(page: Page) -> None:
    """A new workflow may begin with a state: it is selected and deleted."""
    there = page.locator("[data-testid^='state-']")
    if there.count():
        there.first.click()
        page.keyboard.press("Delete")
        expect(there).to_have_count(0)


def fill_in_the_question(page: Page) -> None:
    state(page, "Ask a person").click()
    inspector = page.get_by_test_id("inspector")
    inspector.locator("[data-field='Arguments/Question'] >> input, textarea").first.fill("Is it ready?")
    inspector.locator("[data-field='Arguments/Approvers']").get_by_role("textbox").first.fill(
        "director@example.com"
    )


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish").click()
    dialog = page.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name="Publish").click()


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Run").click()
    page.wait_for_url("**/executions/*")


def palette(page: Page, title: str) -> Locator:
    """Finds an item by typing, as people do."""
    page.get_by_label("Find a state").fill(title)
    return (
        page.locator("[data-testid^='palette-item-']").filter(has=page.get_by_text(title, exact=True)).first
    )


def plus(page: Page, source: str, target: str) -> Locator:
    return page.get_by_test_id(f"edge-plus-{source}-{target}")


def last_edge(page: Page) -> Locator:
    return page.locator("[data-testid^='edge-plus-']").last


def drawn(server: Server, name: str) -> dict[str, object]:
    """Returns what was saved, by what matters of it."""
    api = server.api()
    found = next(w for w in api.get("/api/workflows/", search=name)["results"] if w["name"] == name)
    definition = json.loads(api.get(f"/api/workflows/{found['id']}/")["definition"])
    states = definition["States"]
    shape: dict[str, object] = {
        key: {"Type": value["Type"], "Next": value.get("Next")} for key, value in states.items()
    }
    shape["StartAt"] = definition["StartAt"]
    shape["Branches"] = [
        [state["Type"] for state in branch["States"].values()] for branch in states["Parallel"]["Branches"]
    ]
    return shape
