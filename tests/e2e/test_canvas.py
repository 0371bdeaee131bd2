"""The canvas as people use it: a real mouse, a real keyboard, and what is saved afterwards."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import box, from_toolbar, state
from tests.e2e.studio import DEFINITION, Studio
from tests.support import accessibility
from tests.support.pointer import centre, press_and_move
from tests.support.server import Server

# --- Folding -------------------------------------------------------------------------------------------


def test_a_box_folds_into_a_card_that_counts_its_states_and_stays_folded(studio: Studio) -> None:
    page = studio.page
    page.get_by_test_id("fold-Both").click()
    expect(state(page, "Left")).to_have_count(0)
    expect(state(page, "Both")).to_contain_text("2 states")
    studio.expect_layout("folded", ["Both"])
    assert studio.saved()[0] == DEFINITION
    page.reload()
    expect(state(page, "Both")).to_contain_text("2 states")
    # By the keyboard as well, and back by undo.
    studio.hold("Both")
    page.keyboard.press("c")
    expect(state(page, "Left")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(state(page, "Left")).to_have_count(0)


def test_a_folded_box_rolls_up_the_statuses_of_what_runs_inside(studio: Studio) -> None:
    page = studio.page
    page.get_by_test_id("fold-Both").click()
    studio.saved()
    revision = studio.api.get(f"/api/workflows/{studio.id}/")["draft_revision"]
    studio.api.post(f"/api/workflows/{studio.id}/publish/", {"draft_revision": revision})
    execution = studio.api.run(studio.id, {"good": True})
    page.goto(f"/executions/{execution}")
    card = state(page, "Both")
    expect(card).to_have_attribute("data-status", "succeeded")
    expect(card).to_have_attribute("aria-label", re.compile("2 succeeded"))
    page.get_by_test_id("fold-Both").click()
    expect(state(page, "Right")).to_have_attribute("data-status", "succeeded")


# --- Notes ---------------------------------------------------------------------------------------------


def test_a_note_is_written_coloured_sized_moved_and_never_part_of_the_definition(studio: Studio) -> None:
    page = studio.page
    page.get_by_role("button", name="Add a note").click()
    note = page.get_by_test_id("note-note-1")
    expect(note).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Text of the note").press_sequentially("# Mind\n- the **score**", delay=5)
    page.keyboard.press("Escape")
    expect(note.locator("p").first).to_have_text("Mind")
    expect(note.locator("strong")).to_have_text("score")
    page.get_by_role("button", name="Sand note").click()
    note.focus()
    before = studio.saved()[1]["notes"][0]
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+Shift+ArrowDown")
    studio.done("change a note")
    after = studio.saved()[1]["notes"][0]
    assert (after["x"] - before["x"], after["height"] - before["height"]) == (20, 20)
    assert after["text"] == "# Mind\n- the **score**"
    assert after["tone"] == "sand"
    press_and_move(page, note, (centre(note)[0] - 40, centre(note)[1] + 60))
    page.mouse.up()
    studio.done("move a note")
    moved = studio.saved()[1]["notes"][0]
    assert moved["y"] > after["y"] + 20
    assert studio.saved()[0] == DEFINITION
    note.focus()
    page.keyboard.press("Delete")
    expect(note).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(note).to_be_visible()


# --- Disabling -----------------------------------------------------------------------------------------


def test_a_disabled_state_is_passed_by_in_plain_asl_and_comes_back_as_it_was(studio: Studio) -> None:
    page = studio.page
    studio.hold("Both")
    page.keyboard.press("d")
    card = state(page, "Both")
    expect(card).to_have_attribute("data-disabled", "")
    expect(card).to_contain_text("Disabled since")
    assert studio.states()["Both"] == {"Type": "Pass", "Next": "Done"}
    page.reload()
    expect(card).to_have_attribute("data-disabled", "")
    studio.hold("Both")
    expect(page.get_by_test_id("disabled-notice")).to_contain_text("passes it by")
    page.get_by_role("button", name="Enable", exact=True).click()
    expect(state(page, "Left")).to_be_visible()
    assert studio.states() == DEFINITION["States"]
    # What ends the execution cannot be passed by.
    studio.hold("Done")
    page.keyboard.press("d")
    expect(page.get_by_text("there is nothing to go on to")).to_be_visible()


# --- Direction, places, alignment ----------------------------------------------------------------------


def test_the_graph_runs_to_the_right_and_remembers_it(studio: Studio) -> None:
    page = studio.page
    from_toolbar(page, "Let the graph run to the right")
    studio.settled()
    assert box(state(page, "Good?"))["x"] > right(state(page, "Begin"))
    studio.expect_layout("direction", "right")
    page.get_by_role("button", name="More for the canvas").click()
    expect(page.get_by_role("menuitem", name="Let the graph run down")).to_be_visible()
    page.keyboard.press("Escape")
    studio.hold("Begin")
    page.keyboard.press("ArrowRight")
    expect(state(page, "Good?")).to_be_focused()


def test_a_moved_state_stays_where_it_was_put_while_the_graph_grows(studio: Studio) -> None:
    page = studio.page
    press_and_move(page, studio.name("After rest"), (400, 810))
    page.mouse.up()
    studio.done("move After rest")
    assert set(studio.saved()[1]["positions"]) == {"After rest"}
    placed = cards_apart(page)
    studio.hold("Begin")
    page.keyboard.press("Tab")
    page.get_by_role("combobox").or_(page.get_by_role("searchbox")).last.fill("Choice")
    page.keyboard.press("Enter")
    expect(state(page, "Choice")).to_be_visible()
    studio.done("add Choice")
    assert abs(cards_apart(page) - placed) < 0.02
    page.get_by_role("button", name="Tidy up the layout").click()
    studio.done("tidy up")
    assert studio.saved()[1].get("positions") == {}


def test_several_states_are_boxed_aligned_and_moved_as_one_step(studio: Studio) -> None:
    page = studio.page
    rest, after = box(state(page, "Rest")), box(state(page, "After rest"))
    page.keyboard.down("Shift")
    page.mouse.move(rest["x"] - 20, rest["y"] - 15)
    page.mouse.down()
    page.mouse.move(after["x"] + after["width"] + 15, after["y"] + after["height"] + 10, steps=8)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.get_by_text("2 states", exact=True)).to_be_visible()
    state(page, "Rest").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    studio.done("move 2 states")
    positions = studio.saved()[1]["positions"]
    assert set(positions) == {"Rest", "After rest"}
    studio.hold("After rest")
    press_and_move(page, studio.name("After rest"), (centre(studio.name("After rest"))[0] + 90, 700))
    page.mouse.up()
    studio.done("move After rest")
    studio.hold("Rest", "After rest")
    page.get_by_role("button", name="Align what is selected").click()
    page.get_by_role("menuitem", name="Align left").click()
    studio.done("align 2 states")
    until_apart(page, "Rest", "After rest", "< 2")
    page.get_by_role("button", name="Undo: align 2 states").click()
    studio.done("move After rest")
    until_apart(page, "Rest", "After rest", "> 20")


# --- Copying, branches ---------------------------------------------------------------------------------


def test_pasted_states_end_or_keep_their_links_as_asked(studio: Studio) -> None:
    page = studio.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    studio.hold("Rest")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+Shift+v")
    expect(state(page, "Rest 2")).to_be_visible()
    states = studio.states()
    assert states["Rest 2"] == {"Type": "Wait", "Seconds": 1, "Next": "After rest"}
    assert states["Good?"]["Default"] == "Rest 2"
    page.keyboard.press("Control+z")
    assert studio.states() == DEFINITION["States"]
    # Between workflows it is the text on the clipboard that travels.
    assert json.loads(page.evaluate("navigator.clipboard.readText()")) == {
        "StartAt": "Rest",
        "States": {"Rest": {"Type": "Wait", "Seconds": 1, "End": True}},
    }


def test_a_whole_branch_is_dragged_with_alt(studio: Studio) -> None:
    page = studio.page
    plus = page.get_by_test_id("edge-plus-Begin-Good?")
    target = centre(plus)
    page.keyboard.down("Alt")
    press_and_move(page, studio.name("Rest"), target)
    expect(page.get_by_test_id("insertion-line")).to_be_visible()
    page.mouse.up()
    page.keyboard.up("Alt")
    expect(page.get_by_role("button", name=re.compile("Undo: move Rest with its branch"))).to_be_visible()
    states = studio.states()
    assert states["Begin"]["Next"] == "Rest"
    assert states["Rest"]["Next"] == "After rest"
    assert states["After rest"]["Next"] == "Good?"
    assert states["Good?"]["Default"] == "Done"


# --- Without a mouse -----------------------------------------------------------------------------------


def test_everything_is_reached_by_keyboard_and_named(studio: Studio) -> None:
    page = studio.page
    studio.hold("Begin")
    page.keyboard.press("ArrowDown")
    choice = state(page, "Good?")
    expect(choice).to_be_focused()
    expect(choice).to_have_attribute("aria-label", re.compile(r"^Good\?, Choice, 1 rule"))
    # From a state to its transitions, one after the other, to what they lead to, and back.
    page.keyboard.press("e")
    expect(page.get_by_test_id("edge-plus-Good?-Both")).to_be_focused()
    page.keyboard.press("e")
    edge = page.get_by_test_id("edge-plus-Good?-Rest")
    expect(edge).to_be_focused()
    expect(edge).to_have_attribute("aria-label", "Add a state between Good? and Rest, otherwise")
    page.keyboard.press("ArrowDown")
    expect(state(page, "Rest")).to_be_focused()
    # More and more, and less again.
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_text("2 states", exact=True)).to_be_visible()
    page.keyboard.press("Control+Space")
    expect(state(page, "After rest")).to_have_attribute("aria-pressed", "false")
    expect(state(page, "Rest")).to_have_attribute("aria-pressed", "true")
    # What was done is said.
    state(page, "Rest").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_test_id("canvas-said")).to_have_text("Done: move Rest")
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("canvas-said")).to_have_text("Undone: move Rest")


def test_states_are_found_by_words_wherever_they_are(studio: Studio) -> None:
    page = studio.page
    page.get_by_test_id("fold-Both").click()
    page.keyboard.press("Control+f")
    page.get_by_label("Find in the graph", exact=True).last.fill("right")
    page.keyboard.press("Enter")
    # What was folded away is opened, as it could not be seen otherwise.
    expect(state(page, "Right")).to_be_visible()
    expect(state(page, "Right")).to_have_attribute("data-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("find-in-graph")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_canvas_has_no_accessibility_faults(studio: Studio, theme: str) -> None:
    page = studio.new_page(f"/workflows/{studio.id}", theme=theme)
    expect(state(page, "Begin")).to_be_visible()
    page.get_by_test_id("fold-Both").click()
    page.get_by_role("button", name="Add a note").click()
    state(page, "Rest").click()
    page.keyboard.press("d")
    expect(state(page, "Rest")).to_have_attribute("data-disabled", "")
    assert accessibility.faults(page) == []


# --- Large graphs --------------------------------------------------------------------------------------


def test_a_thousand_states_open_at_their_start_and_only_those_in_view_are_drawn(
    signed_in: NewPage, server: Server
) -> None:
    names = ["Begin", *(f"S{number}" for number in range(1, 1000))]
    states = {
        name: {"Type": "Pass", **({"Next": after} if after else {"End": True})}
        for name, after in zip(names, [*names[1:], None], strict=True)
    }
    studio = Studio(signed_in, server, "a-thousand", {"StartAt": "Begin", "States": states})
    page = studio.page
    assert page.locator("[data-testid='canvas'] [data-node]").count() < 60
    # The keyboard goes on where nothing was drawn before.
    studio.hold("Begin")
    for _ in range(25):
        page.keyboard.press("ArrowDown")
    expect(state(page, "S25")).to_be_focused()
    # All of it is a picture, in which a click selects what it hits.
    page.get_by_role("button", name="Fit the graph").click()
    expect(page.get_by_test_id("overview")).to_be_visible()
    page.keyboard.press("Control+f")
    page.get_by_label("Find in the graph", exact=True).last.fill("S777")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("0")
    expect(state(page, "S777")).to_be_visible()


def until_apart(page: Page, one: str, other: str, pixels: str) -> None:
    """Waits until the left edges of two states are so far apart: a card takes a moment to its place."""
    page.wait_for_function(
        f"""([one, other]) => {{
            const left = (id) => document.querySelector(`[data-testid="${{id}}"]`).getBoundingClientRect().x;
            return Math.abs(left(one) - left(other)) {pixels};
        }}""",
        arg=[f"state-{one}", f"state-{other}"],
    )


def cards_apart(page: Page) -> float:
    """How far right of the first state the moved one stands, in widths of a card: the view may zoom."""
    first, moved = box(state(page, "Begin")), box(state(page, "After rest"))
    return float((moved["x"] - first["x"]) / first["width"])


def right(target: Locator) -> float:
    return float(box(target)["x"] + box(target)["width"])
