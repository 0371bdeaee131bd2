"""Where the keyboard is: never lost to the page, and a letter acts on the graph only from the canvas."""

from functools import partial

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import SMALLEST_DESK, state
from tests.e2e.studio import Studio
from tests.support.browser import Watched
from tests.support.server import Server


def test_the_keyboard_goes_back_to_the_canvas_after_renaming_deleting_and_giving_up(studio: Studio) -> None:
    page = studio.page
    studio.hold("After rest")
    page.keyboard.press("F2")
    expect(page.get_by_test_id("state-name")).to_be_focused()
    page.keyboard.type("Rested")
    page.keyboard.press("Enter")
    expect(state(page, "Rested")).to_be_focused()
    # A name that is refused keeps the keyboard where it can be mended.
    page.keyboard.press("F2")
    page.keyboard.type("Done")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("state-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(state(page, "Rested")).to_be_focused()
    # What led to a state that is deleted is the next to be reached.
    page.keyboard.press("Delete")
    expect(state(page, "Rested")).to_have_count(0)
    expect(state(page, "Rest")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(state(page, "Rested")).to_be_visible()
    # Giving up to add on a transition leads back to the transition.
    page.keyboard.press("e")
    expect(page.get_by_test_id("edge-plus-Rest-Rested")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Find a state to add")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("edge-plus-Rest-Rested")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(state(page, "Rested")).to_be_focused()


def test_a_letter_acts_on_the_graph_only_from_the_canvas(studio: Studio) -> None:
    page = studio.page
    studio.hold("Rest")
    page.get_by_test_id("inspector").get_by_role("tab").first.focus()
    before = studio.saved()
    for key in ("d", "n", "c", "l", "p", "r", "Delete", "Control+a", "Control+d"):
        page.keyboard.press(key)
    page.get_by_label("Find a state").focus()
    page.keyboard.press("Tab")
    for key in ("d", "n", "Delete"):
        page.keyboard.press(key)
    assert studio.saved() == before
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    # Esc leads back to what is held, and there the letter counts.
    page.get_by_test_id("state-name").focus()
    page.keyboard.press("Escape")
    expect(state(page, "Rest")).to_be_focused()
    page.keyboard.press("d")
    studio.done("disable Rest")


def test_a_new_workflow_begins_with_the_keyboard_on_the_place_of_its_first_state(signed_in: NewPage) -> None:
    page = signed_in()
    page.get_by_role("button", name="New workflow").first.click()
    page.get_by_label("Name", exact=True).fill("from-the-keyboard")
    page.keyboard.press("Enter")
    place = page.get_by_test_id("empty-").get_by_role("button")
    expect(place).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Find a state to add").fill("succeed")
    page.keyboard.press("Enter")
    expect(state(page, "Succeed")).to_be_focused()


def test_a_run_is_typed_and_started_without_the_mouse_and_nothing_typed_is_lost(studio: Studio) -> None:
    page = studio.page
    page.get_by_test_id("run").click()
    # The first letters may come before the editor is there: none is lost.
    page.keyboard.press("Control+a")
    page.keyboard.type('{"good": true, "name": "typed at once"}')
    expect(page.get_by_test_id("run-input").get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/executions/*")
    started = studio.api.get(f"/api/executions/{page.url.rsplit('/', 1)[1]}/")
    assert started["input"] == {"good": True, "name": "typed at once"}
    # The next time it is there again.
    page.get_by_role("link", name="Edit workflow").click()
    page.get_by_test_id("run").click()
    expect(page.get_by_test_id("run-input")).to_contain_text("typed at once")
    expect(page.get_by_test_id("run-input").get_by_role("textbox")).to_be_focused()


def test_nothing_of_the_studio_is_cut_at_1280_and_alone_the_graph_has_the_whole_width(
    signed_in: NewPage, server: Server
) -> None:
    studio = Studio(partial(signed_in, viewport=SMALLEST_DESK), server, "narrow-tools")
    page = studio.page
    studio.hold("Rest", "After rest")
    tools = page.get_by_role("toolbar", name="Canvas")
    assert tools.evaluate("bar => bar.scrollWidth - bar.clientWidth") == 0
    page.get_by_role("button", name="More for the canvas").click()
    page.get_by_role("menuitem", name="Graph alone").click()
    page.wait_for_function("() => document.querySelector('[data-testid=canvas]').clientWidth === 1280")
    studio.name("Begin").click()
    page.keyboard.press("f")
    page.wait_for_function("() => document.querySelector('[data-testid=canvas]').clientWidth < 800")


def test_a_save_that_failed_leaves_the_name_in_the_bar_and_says_why_in_full(
    signed_in: NewPage, server: Server, watched: Watched
) -> None:
    studio = Studio(partial(signed_in, viewport=SMALLEST_DESK), server, "a-long-name-whose-saving-fails")
    page = studio.page
    page.route("**/api/workflows/*/", lambda route: route.abort())
    studio.hold("Rest")
    page.keyboard.press("d")
    notice = page.get_by_test_id("not-saved")
    expect(notice).to_contain_text("Check that Cuelight is running")
    assert notice.evaluate("each => each.scrollWidth <= each.clientWidth")
    title = page.get_by_role("heading", level=1)
    assert title.evaluate("each => each.clientWidth") > 100
    expect(page.get_by_test_id("saved-status")).to_have_text("Not saved, trying again")
    page.unroute_all()
    expect(notice).to_have_count(0, timeout=30_000)
    assert all("ERR_FAILED" in fault for fault in watched.faults)
    watched.faults.clear()


def test_f2_renames_whatever_the_inspector_shows(studio: Studio) -> None:
    page = studio.page
    studio.hold("Rest")
    inspector = page.get_by_test_id("inspector")
    name = "Rest"
    for number, shown in enumerate(("Input & output", "Definition", "Test")):
        inspector.get_by_text(shown, exact=True).first.click()
        expect(page.get_by_test_id("state-name")).to_have_count(0)
        state(page, name).focus()
        page.keyboard.press("F2")
        name = f"Nap {number}"
        # At once, without waiting for anything: the text is marked whole.
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(state(page, name)).to_be_focused()
    # With the graph alone the field comes back with its panel.
    page.keyboard.press("f")
    expect(inspector).to_be_hidden()
    page.keyboard.press("F2")
    page.keyboard.type("Sleep")
    page.keyboard.press("Enter")
    expect(state(page, "Sleep")).to_be_focused()
    assert "Sleep" in studio.states()


def test_a_long_form_scrolls_and_the_page_around_it_does_not(signed_in: NewPage, server: Server) -> None:
    low = partial(signed_in, viewport={"width": 1280, "height": 560})
    studio = Studio(low, server, "long-form")
    page = studio.page
    studio.hold("Good?")
    expect(page.get_by_test_id("inspector").get_by_text("Otherwise").first).to_be_attached()
    form = page.get_by_test_id("inspector").locator("[data-info]").last
    form.scroll_into_view_if_needed()
    expect(form).to_be_in_viewport()
    assert page.locator("main").evaluate(
        "main => [main.scrollHeight - main.clientHeight, main.scrollTop]"
    ) == [0, 0]
