"""The palette and the menus that add states, with a real mouse: found, dragged, put where a line shows it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import box, state
from tests.e2e.studio import DEFINITION, Studio
from tests.support.pointer import Point, centre, drag, drag_onto_edge, press_and_move
from tests.support.server import Server

IN_BOXES: dict[str, Any] = {
    "StartAt": "Begin",
    "States": {
        "Begin": {"Type": "Pass", "Next": "Each"},
        "Each": {
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "Item",
                "States": {"Item": {"Type": "Pass", "End": True}},
            },
            "Next": "Both",
        },
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": True}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Pass", "End": True}}},
            ],
            "End": True,
        },
    },
}

NOT_HERE = "Succeed ends the execution: put it where nothing follows, or beside and connect it."


# --- Finding -------------------------------------------------------------------------------------------


def test_the_palette_finds_every_kind_of_state_as_one_types(studio: Studio) -> None:
    page = studio.page
    search = page.get_by_label("Find a state", exact=True)
    expect(item(page, "model-invoke")).to_be_visible()
    # Each letter narrows what is shown, whatever tab is open.
    counts = []
    for letter in "wait":
        search.press_sequentially(letter)
        counts.append(own_items(page).count())
    assert counts == sorted(counts, reverse=True)
    expect(item(page, "wait")).to_be_visible()
    expect(item(page, "email-send")).to_have_count(0)
    for group in studio.api.get("/api/catalog/")["groups"]:
        for each in group["items"]:
            search.fill(each["title"])
            expect(item(page, each["id"])).to_be_visible()
    search.fill("nothing is called this")
    expect(page.get_by_text("Nothing is called “nothing is called this”.")).to_be_visible()
    page.get_by_text("Clear the search", exact=True).click()
    expect(search).to_have_value("")
    # Esc clears as well, and "/" comes back from the canvas.
    studio.hold("Begin")
    page.keyboard.press("/")
    expect(search).to_be_focused()
    page.keyboard.type("saga")
    page.keyboard.press("Escape")
    expect(search).to_have_value("")


def test_the_palette_has_actions_the_seven_flow_states_and_patterns(studio: Studio) -> None:
    page = studio.page
    expect(item(page, "model-invoke")).to_be_visible()
    expect(item(page, "choice")).to_have_count(0)
    page.get_by_role("tab", name="Flow").click()
    flow = [
        f"palette-item-{kind}" for kind in ("choice", "parallel", "map", "wait", "pass", "succeed", "fail")
    ]
    assert own_items(page).evaluate_all("all => all.map((one) => one.dataset.testid)") == flow
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Patterns")).to_have_attribute("aria-selected", "true")
    for pattern in patterns(studio):
        expect(item(page, pattern["id"])).to_contain_text(pattern["title"])


@pytest.mark.parametrize("language", ["JSONPath", "JSONata"])
def test_every_pattern_dropped_on_an_edge_leaves_no_problem(
    signed_in: NewPage, server: Server, language: str
) -> None:
    definition = {
        "QueryLanguage": language,
        "StartAt": "Begin",
        "States": {"Begin": {"Type": "Pass", "Next": "Done"}, "Done": {"Type": "Succeed"}},
    }
    studio = Studio(signed_in, server, f"patterns-{language}", definition)
    page = studio.page
    assert {each["id"] for each in patterns(studio)} == {
        "prompt-chain",
        "two-samples-and-pick",
        "samples-and-pick",
        "scatter-aggregate",
        "approval-with-regenerate",
        "poll-a-job",
        "fallback-model",
        "saga",
    }
    for pattern in patterns(studio):
        page.get_by_role("button", name="Fit the graph").click()
        studio.settled()
        page.get_by_label("Find a state", exact=True).fill(pattern["title"])
        drag_onto_edge(page, item(page, pattern["id"]), page.get_by_test_id("edge-plus-Begin-Done"))
        start = pattern["template"]["StartAt"]
        studio.done(f"add {start}")
        states = studio.states()
        assert states["Begin"]["Next"] == start
        # What ended the pattern leads on to where the edge led.
        assert "Done" in [each.get("Next") for name, each in states.items() if name != "Begin"]
        assert studio.api.get(f"/api/workflows/{studio.id}/")["diagnostics"] == []
        expect(page.get_by_role("button", name="No problems")).to_be_visible()
        page.keyboard.press("Control+z")
        expect(page.get_by_test_id("edge-plus-Begin-Done")).to_have_count(1)


# --- Dragging in ---------------------------------------------------------------------------------------


def test_states_are_dragged_into_a_map_and_into_either_branch_of_a_parallel(
    signed_in: NewPage, server: Server
) -> None:
    studio = Studio(signed_in, server, "into-boxes", IN_BOXES)
    page = studio.page
    page.get_by_label("Find a state", exact=True).fill("Wait")
    for inner, added in (("Item", "Wait"), ("Right", "Wait 2")):
        drag(page, item(page, "wait"), below(state(page, inner)))
        expect(state(page, added)).to_be_visible()
        studio.settled()
    # Above the first state of a branch is its beginning.
    drag(page, item(page, "wait"), above(state(page, "Left")))
    expect(state(page, "Wait 3")).to_be_visible()
    states = studio.states()
    each = states["Each"]["ItemProcessor"]
    assert (each["StartAt"], each["States"]["Item"]["Next"]) == ("Item", "Wait")
    assert each["States"]["Wait"]["End"] is True
    left, right = states["Both"]["Branches"]
    assert (left["StartAt"], left["States"]["Wait 3"]["Next"]) == ("Wait 3", "Left")
    assert right["States"]["Right"]["Next"] == "Wait 2"
    assert set(states) == set(IN_BOXES["States"])


def test_a_line_shows_where_it_lands_and_nothing_else_moves_until_then(studio: Studio) -> None:
    page = studio.page
    page.get_by_label("Find a state", exact=True).fill("Wait")
    plus = page.get_by_test_id("edge-plus-Begin-Good?")
    at, card, before = centre(plus), box(state(page, "Begin")), places(page)
    # Held somewhere near the edge, the line lies across it, as wide as a card.
    press_and_move(page, item(page, "wait"), (at[0] + 60, at[1] + 9))
    line = page.get_by_test_id("insertion-line")
    expect(line).to_be_visible()
    found = box(line)
    assert abs(found["width"] - card["width"]) < 2
    assert abs(found["x"] + found["width"] / 2 - at[0]) < 2
    assert abs(found["y"] + found["height"] / 2 - at[1]) < 2
    assert places(page) == before
    page.keyboard.press("Escape")
    expect(line).to_have_count(0)
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()


def test_a_place_that_is_not_allowed_shows_no_line_and_the_ghost_says_why(studio: Studio) -> None:
    page = studio.page
    page.get_by_label("Find a state", exact=True).fill("Succeed")
    target = centre(page.get_by_test_id("edge-plus-Begin-Good?"))
    press_and_move(page, item(page, "succeed"), target)
    why = page.get_by_text(NOT_HERE)
    expect(why).to_be_visible()
    expect(page.get_by_test_id("insertion-line")).to_have_count(0)
    page.mouse.up()
    expect(why).to_have_count(0)
    # The same for one that stands on the canvas already; it is only moved.
    press_and_move(page, studio.name("Done"), target)
    expect(page.get_by_text(NOT_HERE).last).to_be_visible()
    expect(page.get_by_test_id("insertion-line")).to_have_count(0)
    page.mouse.up()
    assert studio.states() == DEFINITION["States"]


def test_a_state_is_dragged_onto_another_edge_to_reorder(studio: Studio) -> None:
    page = studio.page
    press_and_move(page, studio.name("Rest"), centre(page.get_by_test_id("edge-plus-Begin-Good?")))
    line = page.get_by_test_id("insertion-line")
    expect(line).to_be_visible()
    plus = centre(page.get_by_test_id("edge-plus-Begin-Good?"))
    assert abs(centre(line)[0] - plus[0]) < 2
    assert abs(centre(line)[1] - plus[1]) < 2
    page.mouse.up()
    studio.done("move Rest")
    states = studio.states()
    assert (states["Begin"]["Next"], states["Rest"]["Next"]) == ("Rest", "Good?")
    assert states["Good?"]["Default"] == "After rest"
    assert list(states) == ["Begin", "Rest", "Good?", "After rest", "Both", "Done"]


def test_a_whole_branch_is_dragged_with_b_held(studio: Studio) -> None:
    page = studio.page
    studio.hold("Rest")
    page.keyboard.down("b")
    press_and_move(page, studio.name("Rest"), centre(page.get_by_test_id("edge-plus-Begin-Good?")))
    expect(page.get_by_test_id("insertion-line")).to_be_visible()
    page.mouse.up()
    page.keyboard.up("b")
    expect(page.get_by_role("button", name=re.compile("Undo: move Rest with its branch"))).to_be_visible()
    states = studio.states()
    assert [states[name]["Next"] for name in ("Begin", "Rest", "After rest")] == [
        "Rest",
        "After rest",
        "Good?",
    ]


# --- Without dragging ----------------------------------------------------------------------------------


def test_the_plus_of_an_edge_adds_there_and_says_what_may_not_stand_there(studio: Studio) -> None:
    page = studio.page
    plus = page.get_by_test_id("edge-plus-Begin-Good?")
    # Pointing at the line shows its "+".
    at = centre(plus)
    expect(plus).to_have_css("opacity", "0")
    page.mouse.move(at[0], at[1] - 2)
    expect(plus).to_have_css("opacity", "1")
    plus.click()
    menu = page.get_by_role("dialog", name="Add a state")
    page.keyboard.type("succ")
    succeed = menu.get_by_test_id("append-item-succeed")
    expect(succeed).to_have_attribute("aria-disabled", "true")
    expect(succeed).to_contain_text("put it where nothing follows")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    menu.get_by_role("combobox").fill("http call")
    expect(menu.get_by_role("group", name="Web and code")).to_contain_text("With a stored connection")
    page.keyboard.press("Enter")
    expect(menu).to_have_count(0)
    studio.done("add HTTP call")
    states = studio.states()
    assert (states["Begin"]["Next"], states["HTTP call"]["Next"]) == ("HTTP call", "Good?")


def test_tab_and_a_double_click_add_without_dragging(studio: Studio) -> None:
    page = studio.page
    studio.hold("Rest")
    page.keyboard.press("Tab")
    menu = page.get_by_role("dialog", name="Add a state")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(state(page, "Rest")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("pass")
    page.keyboard.press("Enter")
    studio.done("add Pass")
    assert studio.states()["Rest"]["Next"] == "Pass"
    # Where nothing is, what is added stands by itself, right there.
    canvas = box(page.get_by_test_id("canvas"))
    at = (canvas["x"] + 130, canvas["y"] + canvas["height"] - 120)
    page.mouse.dblclick(*at)
    page.keyboard.type("wait")
    page.keyboard.press("Enter")
    studio.done("add Wait")
    assert "Wait" not in [each.get("Next") for each in studio.states().values()]
    there = centre(state(page, "Wait"))
    assert abs(there[0] - at[0]) < 12
    assert abs(there[1] - at[1]) < 12


# --- Where things are ----------------------------------------------------------------------------------


def item(page: Page, key: str) -> Locator:
    return page.get_by_test_id(f"palette-item-{key}")


def own_items(page: Page) -> Locator:
    """The palette's own items; the actions of AWS come later and are many."""
    return page.locator("[data-testid^='palette-item-']:not([data-testid*='aws-sdk'])")


def patterns(studio: Studio) -> list[Any]:
    groups = studio.api.get("/api/catalog/")["groups"]
    return [each for group in groups if group["tab"] == "patterns" for each in group["items"]]


def below(target: Locator) -> Point:
    found = box(target)
    return found["x"] + found["width"] / 2, found["y"] + found["height"] + 5


def above(target: Locator) -> Point:
    found = box(target)
    return found["x"] + found["width"] / 2, found["y"] - 5


def places(page: Page) -> Any:
    return page.locator("[data-node]").evaluate_all(
        "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    )
