"""Pulling a transition out of a state to where no state is: the one that is chosen then stands there."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import box, state
from tests.e2e.studio import Studio, name_for
from tests.support.pointer import Point, press_and_move
from tests.support.server import Server

WAYS = {
    "StartAt": "Begin",
    "States": {
        "Begin": {"Type": "Pass", "Next": "Good?"},
        "Good?": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.good", "BooleanEquals": True, "Next": "Call"}],
            "Default": "Both",
        },
        "Call": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "call"},
            "End": True,
        },
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": True}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Wait", "Seconds": 1, "End": True}}},
            ],
            "End": True,
        },
    },
}


@pytest.fixture
def studio(signed_in: NewPage, server: Server, request: pytest.FixtureRequest) -> Studio:
    return Studio(signed_in, server, name_for(request), WAYS)


def pull(studio: Studio, name: str, to: Point, how: str = "next") -> None:
    """Pulls a transition out of a state's port, and lets it go at a point."""
    studio.name(name).hover()
    press_and_move(studio.page, studio.page.get_by_test_id(f"handle-{how}-{name}"), to)
    studio.page.mouse.up()


def choose(page: Page, words: str) -> None:
    """Types into the menu that is open, and takes what it finds first."""
    expect(page.get_by_role("combobox", name="Find a state to add")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def free(studio: Studio) -> Point:
    """A point of the canvas below the graph, where nothing is."""
    both = box(state(studio.page, "Both"))
    return both["x"] + 60, both["y"] + both["height"] + 130


def test_a_transition_let_go_where_nothing_is_asks_for_a_state_and_puts_it_there(studio: Studio) -> None:
    page, at = studio.page, free(studio)
    pull(studio, "Begin", at)
    expect(page.get_by_test_id("pulled-line")).to_be_attached()
    choose(page, "wait")
    expect(state(page, "Wait")).to_be_focused()
    studio.done("add Wait")
    card = box(state(page, "Wait"))
    # It begins where the transition was let go, on the grid.
    assert card["x"] + card["width"] / 2 == pytest.approx(at[0], abs=9)
    assert card["y"] == pytest.approx(at[1], abs=9)
    states = studio.states()
    assert states["Begin"]["Next"] == "Wait"
    assert states["Wait"]["Next"] == "Good?"
    page.keyboard.press("Control+z")
    assert studio.states() == WAYS["States"]
    studio.expect_layout("positions", {})
    # It was one step.
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()


def test_escape_leaves_nothing_behind_while_pulling_and_in_the_menu(studio: Studio) -> None:
    page, at = studio.page, free(studio)
    pull(studio, "Begin", at)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Add a state")).to_have_count(0)
    expect(page.get_by_test_id("pulled-line")).to_have_count(0)
    expect(state(page, "Begin")).to_be_focused()
    studio.name("Begin").hover()
    press_and_move(page, page.get_by_test_id("handle-next-Begin"), at)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.get_by_role("dialog", name="Add a state")).to_have_count(0)
    # Also not over a state, where it would have ended.
    studio.name("Begin").hover()
    press_and_move(page, page.get_by_test_id("handle-next-Begin"), (at[0] + 30, at[1]))
    call = box(state(page, "Call"))
    page.mouse.move(call["x"] + 60, call["y"] + 30)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert studio.states() == WAYS["States"]


def test_a_choice_gets_one_more_rule_and_a_task_a_catcher(studio: Studio) -> None:
    page, at = studio.page, free(studio)
    pull(studio, "Good?", at)
    choose(page, "succeed")
    studio.done("add Succeed")
    rules = studio.states()["Good?"]["Choices"]
    assert [rule["Next"] for rule in rules] == ["Call", "Succeed"]
    assert studio.states()["Good?"]["Default"] == "Both"
    pull(studio, "Call", (at[0], at[1] + 90), "catch")
    choose(page, "fail")
    studio.done("add Fail")
    call = studio.states()["Call"]
    assert call["Catch"] == [{"ErrorEquals": ["States.ALL"], "Next": "Fail"}]
    assert call["End"] is True
    positions = studio.saved()[1]["positions"]
    assert set(positions) == {"Succeed", "Fail"}


def test_out_of_a_state_in_a_box_the_new_one_belongs_to_its_branch(studio: Studio) -> None:
    page, left, both = studio.page, box(state(studio.page, "Left")), box(state(studio.page, "Both"))
    # A box is hardly larger than what is in it, and grows.
    below = left["x"] + left["width"] / 2, both["y"] + both["height"] + 20
    pull(studio, "Left", below)
    choose(page, "pass")
    studio.done("add Pass")
    branch = studio.states()["Both"]["Branches"][0]["States"]
    assert branch["Left"] == {"Type": "Pass", "Next": "Pass"}
    assert branch["Pass"]["End"] is True
    # It cannot leave the box, and says so before it is let go.
    studio.name("Right").hover()
    call = box(state(page, "Call"))
    outside = call["x"] + 20, call["y"] + call["height"] + 50
    press_and_move(page, page.get_by_test_id("handle-next-Right"), outside)
    expect(page.get_by_text("A transition cannot enter or leave a branch.")).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("dialog", name="Add a state")).to_have_count(0)


def test_a_transition_is_pulled_from_a_state_that_was_never_selected_onto_another(studio: Studio) -> None:
    page, call = studio.page, box(state(studio.page, "Call"))
    pull(studio, "Begin", (call["x"] + 60, call["y"] + 30))
    studio.done("connect Begin to Call")
    assert studio.states()["Begin"]["Next"] == "Call"
    expect(page.get_by_role("dialog", name="Add a state")).to_have_count(0)


def test_a_card_that_is_carried_out_of_its_box_leaves_it_and_the_box_does_not_stretch(studio: Studio) -> None:
    page, both = studio.page, box(state(studio.page, "Both"))
    at = both["x"] + 160, both["y"] + both["height"] + 200
    press_and_move(page, studio.name("Left"), at)
    expect(page.get_by_text("It leaves its box. Nothing leads to it here yet.").first).to_be_visible()
    assert box(state(page, "Both")) == pytest.approx(both, abs=0.5)
    page.mouse.up()
    studio.done("move Left")
    assert box(state(page, "Both"))["height"] == pytest.approx(both["height"], abs=0.5)
    name = box(studio.name("Left"))
    assert (name["x"] + name["width"] / 2, name["y"] + name["height"] / 2) == pytest.approx(at, abs=12)
    states = studio.states()
    assert states["Left"] == {"Type": "Pass", "End": True}
    assert states["Both"]["Branches"][0]["States"] == {}
    page.keyboard.press("Control+z")
    assert studio.states() == WAYS["States"]
