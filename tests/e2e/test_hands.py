"""Drawing as hands do it: what a key goes to next, and what letting go of a card does not do."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import SMALLEST_DESK, box, state
from tests.e2e.studio import Studio, name_for
from tests.support.pointer import centre, drag, press_and_move
from tests.support.server import Server

TITLES: dict[str, Any] = {
    "StartAt": "Begin",
    "States": {
        "Begin": {"Type": "Pass", "Next": "Choose"},
        "Choose": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "choose"},
            "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Nobody"}],
            "Next": "Which?",
        },
        "Which?": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.again", "BooleanEquals": True, "Next": "Begin"}],
            "Default": "Done",
        },
        "Done": {"Type": "Succeed"},
        "Nobody": {"Type": "Fail", "Error": "Nobody"},
    },
}


@pytest.fixture
def studio(signed_in: NewPage, server: Server, request: pytest.FixtureRequest) -> Studio:
    return Studio(signed_in, server, name_for(request), TITLES)


def menu(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Find a state to add")


def test_tab_adds_after_the_card_in_focus_again_and_again_without_a_mouse(studio: Studio) -> None:
    page = studio.page
    # Focused, but another one is selected.
    studio.hold("Choose")
    state(page, "Begin").focus()
    for title, name in (("wait", "Wait"), ("pass", "Pass")):
        page.keyboard.press("Tab")
        expect(menu(page)).to_be_focused()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        # The next key goes on from what was added.
        expect(state(page, name)).to_be_focused()
        expect(state(page, name)).to_have_attribute("aria-pressed", "true")
    states = studio.states()
    assert [states[name]["Next"] for name in ("Begin", "Wait", "Pass")] == ["Wait", "Pass", "Choose"]


def test_nothing_follows_an_end_and_the_menu_says_why_what_is_refused(studio: Studio) -> None:
    page = studio.page
    state(page, "Nobody").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Fail ends the execution: nothing follows it.")).to_be_visible()
    state(page, "Begin").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("succeed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Add a state").get_by_role("alert")).to_have_text(
        re.compile("^Succeed ends the execution")
    )
    page.keyboard.press("Escape")
    expect(state(page, "Begin")).to_be_focused()
    assert studio.states() == TITLES["States"]


def test_a_card_that_is_put_on_free_ground_keeps_all_its_transitions(studio: Studio) -> None:
    page = studio.page
    canvas = box(page.get_by_test_id("canvas"))
    nobody = box(state(page, "Nobody"))
    press_and_move(page, studio.name("Nobody"), (canvas["x"] + 150, nobody["y"] + 20))
    expect(page.get_by_test_id("insertion-line")).to_have_count(0)
    page.mouse.up()
    studio.done("move Nobody")
    assert studio.states() == TITLES["States"]
    # Held on a transition, it says why it cannot go there.
    press_and_move(page, studio.name("Nobody"), centre(page.get_by_test_id("edge-plus-Begin-Choose")))
    expect(page.get_by_text("Fail ends the execution: put it").first).to_be_visible()
    page.mouse.up()
    assert studio.states() == TITLES["States"]


def test_a_group_that_is_moved_keeps_its_inner_distances(studio: Studio) -> None:
    page = studio.page
    names = ("Begin", "Choose", "Which?")
    before = [box(state(page, name)) for name in names]
    studio.hold(*names)
    x, y = centre(studio.name("Choose"))
    press_and_move(page, studio.name("Choose"), (x + 133, y + 27))
    page.mouse.up()
    studio.done("move 3 states")
    positions = studio.saved()[1]["positions"]
    scale = before[0]["width"] / 224
    for axis in ("x", "y"):
        wanted = [(one[axis] - before[0][axis]) / scale for one in before]
        moved = [positions[name][axis] - positions[names[0]][axis] for name in names]
        assert moved == pytest.approx(wanted, abs=0.6)


def test_a_choice_shows_a_place_for_its_rule_and_one_for_otherwise(studio: Studio) -> None:
    page = studio.page
    page.get_by_label("Find a state", exact=True).fill("choice")
    drag(
        page,
        page.get_by_test_id("palette-item-choice"),
        centre(page.get_by_test_id("edge-plus-Begin-Choose")),
    )
    studio.done("add Choice")
    place = page.get_by_test_id("empty-/States/Choice/Choices/0/Next")
    expect(place).to_contain_text("Drop a state here")
    # An empty target is told as such, in the form and among the problems.
    expect(page.get_by_test_id("inspector").get_by_text("Choose a state").first).to_be_attached()
    page.get_by_test_id("problems-button").click()
    expect(page.get_by_text("This leads nowhere yet").first).to_be_visible()
    page.get_by_test_id("problems-button").click()
    page.get_by_label("Find a state", exact=True).fill("fail")
    drag(page, page.get_by_test_id("palette-item-fail"), centre(place))
    studio.done("add Fail")
    assert studio.states()["Choice"]["Choices"][0]["Next"] == "Fail"
    assert studio.states()["Choice"]["Default"] == "Choose"
    # One more rule has a place of its own, which a key reaches too.
    studio.hold("Choice")
    page.get_by_role("button", name="Rule", exact=True).click()
    expect(page.get_by_test_id("empty-/States/Choice/Choices/1/Next")).to_be_visible()
    assert studio.states()["Choice"]["Choices"][1]["Next"] == ""
    state(page, "Choice").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("wait")
    page.keyboard.press("Enter")
    expect(state(page, "Wait")).to_be_focused()
    assert studio.states()["Choice"]["Choices"][1]["Next"] == "Wait"


def test_a_fresh_parallel_has_places_and_no_states_that_stay_behind(studio: Studio) -> None:
    page = studio.page
    page.get_by_label("Find a state", exact=True).fill("parallel")
    drag(
        page,
        page.get_by_test_id("palette-item-parallel"),
        centre(page.get_by_test_id("edge-plus-Begin-Choose")),
    )
    studio.done("add Parallel")
    page.get_by_label("Find a state", exact=True).fill("wait")
    drag(
        page,
        page.get_by_test_id("palette-item-wait"),
        centre(page.get_by_test_id("empty-/States/Parallel/Branches/0")),
    )
    studio.done("add Wait")
    branches = studio.states()["Parallel"]["Branches"]
    assert [list(branch["States"]) for branch in branches] == [["Wait"], []]


def test_the_focus_stays_on_the_canvas_after_deleting_renaming_and_giving_up(studio: Studio) -> None:
    page = studio.page
    studio.hold("Begin")
    page.keyboard.press("F2")
    expect(page.get_by_test_id("state-name")).to_be_focused()
    page.keyboard.type("First")
    page.keyboard.press("Enter")
    expect(state(page, "First")).to_be_focused()
    page.keyboard.press("e")
    plus = page.get_by_test_id("edge-plus-First-Choose")
    expect(plus).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(plus).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(state(page, "Choose")).to_be_focused()
    page.keyboard.press("Delete")
    expect(state(page, "Choose")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-node]:focus")).to_have_count(1)


def test_single_letters_are_keys_of_the_canvas_and_not_of_the_forms(studio: Studio) -> None:
    page = studio.page
    studio.hold("Begin")
    page.get_by_test_id("inspector").get_by_role("tab", name="Variables").focus()
    page.keyboard.press("n")
    page.keyboard.press("d")
    state(page, "Begin").focus()
    page.keyboard.press("d")
    expect(state(page, "Begin")).to_have_attribute("data-disabled", "")
    expect(page.get_by_test_id("note-note-1")).to_have_count(0)
    page.keyboard.press("Control+z")
    assert studio.saved()[1].get("notes") in (None, [])


def test_the_menu_of_a_state_has_all_that_can_be_done_to_it(studio: Studio) -> None:
    page = studio.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def item(name: str) -> Locator:
        return page.get_by_role("menuitem", name=name)

    studio.name("Choose").click(button="right")
    for name in (
        "Open in",
        "Add a state",
        "Rename",
        "Test",
        "Run to",
        "Run from",
        "Cut",
        "Paste",
        "Disable",
        "Delete",
    ):
        expect(item(name)).to_be_visible()
    item("Duplicate").click()
    # The copy catches as its original does.
    expect(state(page, "Choose 2")).to_be_focused()
    assert studio.states()["Choose 2"]["Catch"] == TITLES["States"]["Choose"]["Catch"]
    studio.name("Choose 2").click(button="right")
    item("Rename").click()
    expect(page.get_by_test_id("state-name")).to_be_focused()
    page.keyboard.type("Again")
    page.keyboard.press("Enter")
    studio.name("Again").click(button="right")
    item("Add a state").click()
    expect(menu(page)).to_be_focused()
    page.keyboard.press("Escape")
    # The key that opens menus does so too.
    state(page, "Again").press("Shift+F10")
    item("Cut").click()
    expect(state(page, "Again")).to_have_count(0)
    studio.hold("Begin")
    studio.name("Begin").click(button="right")
    item("Paste").click()
    expect(state(page, "Again")).to_be_visible()
    # Where a Catcher led is open now, and not lost.
    assert studio.states()["Again"]["Catch"] == [{"ErrorEquals": ["States.Timeout"], "Next": ""}]


def test_the_toolbar_keeps_its_places_and_fits_beside_the_panels(studio: Studio) -> None:
    page = studio.page
    zoom = page.get_by_role("button", name="Zoom out")
    before = box(zoom)["x"]
    studio.hold("Begin", "Choose")
    assert box(zoom)["x"] == before
    together = page.get_by_role("list", name="For all of them")
    together.get_by_role("button", name="Duplicate").click()
    studio.done("duplicate 2 states")
    expect(page.get_by_text("2 states", exact=True)).to_be_visible()
    page.set_viewport_size(SMALLEST_DESK)
    tools = page.get_by_role("toolbar", name="Canvas")
    assert tools.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.wait_for_function(
        "document.querySelector('[data-testid=canvas]').getBoundingClientRect().width > innerWidth - 2"
    )


def test_the_palette_is_one_stop_and_f6_leads_on(studio: Studio) -> None:
    page = studio.page
    page.keyboard.press("/")
    search = page.get_by_label("Find a state", exact=True)
    expect(search).to_be_focused()
    page.keyboard.type("wait")
    expect(page.get_by_test_id("palette-item-wait")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("palette-item-wait")).to_be_focused()
    expect(page.locator("[data-item][tabindex='0']")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()
    page.keyboard.press("F6")
    expect(state(page, "Begin")).to_be_focused()
    page.keyboard.press("F6")
    expect(page.get_by_role("complementary", name="Inspector").locator(":focus")).to_have_count(1)
    page.keyboard.press("Shift+F6")
    expect(state(page, "Begin")).to_be_focused()
