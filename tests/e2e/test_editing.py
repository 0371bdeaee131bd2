"""Editing by keys and from menus: each edit is one step back and one forth, and states travel as text."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.e2e.screens import from_toolbar, state
from tests.e2e.studio import DEFINITION, Studio
from tests.support.pointer import centre, drag
from tests.support.server import Server

# --- Undo and redo -------------------------------------------------------------------------------------


def duplicate(studio: Studio) -> None:
    studio.hold("Rest")
    studio.page.get_by_role("button", name="Duplicate").click()


def delete_several(studio: Studio) -> None:
    studio.hold("Rest", "After rest")
    studio.page.get_by_role("toolbar", name="Canvas").get_by_role("button", name="Delete", exact=True).click()


def disable_one(studio: Studio) -> None:
    studio.hold("Rest")
    from_toolbar(studio.page, "Disable or enable")


def rename(studio: Studio) -> None:
    studio.hold("Rest")
    studio.page.keyboard.press("F2")
    studio.page.keyboard.type("A long rest")
    studio.page.keyboard.press("Enter")
    expect(state(studio.page, "A long rest")).to_be_visible()


def paste(studio: Studio) -> None:
    studio.hold("After rest")
    studio.page.keyboard.press("Control+c")
    studio.page.keyboard.press("Control+v")


def cut(studio: Studio) -> None:
    studio.hold("After rest")
    studio.page.keyboard.press("Control+x")


def paste_with_links(studio: Studio) -> None:
    studio.hold("After rest")
    studio.page.keyboard.press("Control+c")
    studio.page.keyboard.press("Control+Shift+v")


def add_a_branch(studio: Studio) -> None:
    studio.page.get_by_title("Add a branch").click()


def fold(studio: Studio) -> None:
    studio.page.get_by_test_id("fold-Both").click()


def align(studio: Studio) -> None:
    studio.hold("Rest", "Both")
    studio.page.get_by_role("button", name="Align what is selected").click()
    studio.page.get_by_role("menuitem", name="Align left").click()


def turn(studio: Studio) -> None:
    from_toolbar(studio.page, "Let the graph run to the right")


def note(studio: Studio) -> None:
    studio.page.get_by_role("button", name="Add a note").click()


def connect(studio: Studio) -> None:
    studio.name("Begin").hover()
    drag(studio.page, studio.page.get_by_test_id("handle-next-Begin"), centre(state(studio.page, "Rest")))


def remove_a_transition(studio: Studio) -> None:
    # The line itself is clicked, beside its "+".
    at = centre(studio.page.get_by_test_id("edge-plus-Rest-After rest"))
    studio.page.mouse.click(at[0], at[1] - 11)
    studio.page.keyboard.press("Delete")


ACTS: list[tuple[str, Callable[[Studio], None]]] = [
    ("duplicate Rest", duplicate),
    ("delete 2 states", delete_several),
    ("disable Rest", disable_one),
    ("rename Rest", rename),
    ("paste", paste),
    ("delete After rest", cut),
    ("paste with links", paste_with_links),
    ("add a branch to Both", add_a_branch),
    ("fold Both", fold),
    ("align 2 states", align),
    ("let the graph run to the right", turn),
    ("add a note", note),
    ("connect Begin to Rest", connect),
    ("remove the transition from Rest", remove_a_transition),
]


def seen(studio: Studio) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is saved; a layout that has had places and one that never had any are the same."""
    definition, layout = studio.saved()
    return definition, {key: value for key, value in layout.items() if value}


def test_whatever_is_done_from_menus_by_keys_and_by_hand_is_undone_and_redone(studio: Studio) -> None:
    page = studio.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begun = seen(studio)
    for label, act in ACTS:
        act(studio)
        studio.done(label)
        after = seen(studio)
        assert after != begun, label
        page.keyboard.press("Control+z")
        expect(page.get_by_role("button", name=f"Redo: {label}", exact=True)).to_be_visible()
        assert seen(studio) == begun, label
        page.keyboard.press("Control+Shift+z")
        studio.done(label)
        assert seen(studio) == after, label
        page.keyboard.press("Control+z")
        expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
        studio.settled()


def test_many_steps_are_undone_one_by_one_to_the_beginning(studio: Studio) -> None:
    page = studio.page
    studio.hold("Rest")
    for _ in range(12):
        page.keyboard.press("Control+d")
    expect(state(page, "Rest 13")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    assert studio.states() == DEFINITION["States"]
    for _ in range(12):
        page.keyboard.press("Control+y")
    expect(state(page, "Rest 13")).to_be_visible()


# --- Keys ----------------------------------------------------------------------------------------------


def test_ctrl_d_duplicates_and_del_or_backspace_remove_all_that_is_selected(studio: Studio) -> None:
    page = studio.page
    studio.hold("Rest", "After rest")
    page.keyboard.press("Control+d")
    studio.done("duplicate 2 states")
    assert studio.states()["Rest 2"]["Next"] == "After rest 2"
    page.keyboard.press("Control+z")
    for key in ("Delete", "Backspace"):
        studio.settled()
        studio.hold("Rest", "After rest")
        page.keyboard.press(key)
        studio.done("delete 2 states")
        states = studio.states()
        assert set(states) == {"Begin", "Good?", "Both", "Done"}
        assert states["Good?"]["Default"] == "Done"
        page.keyboard.press("Control+z")
        expect(state(page, "Rest")).to_be_visible()
    # In a field they delete letters.
    studio.hold("Rest")
    page.keyboard.press("F2")
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    expect(page.get_by_test_id("inspector").get_by_label("Name", exact=True)).to_have_value("Res")
    expect(state(page, "After rest")).to_be_visible()
    assert len(studio.states()) == len(DEFINITION["States"])


def test_alt_c_brings_the_whole_graph_into_view(studio: Studio) -> None:
    page = studio.page
    for _ in range(6):
        page.keyboard.press("+")
    expect(state(page, "Done")).not_to_be_in_viewport(ratio=1)
    page.keyboard.press("Alt+c")
    studio.settled()
    for name in DEFINITION["States"]:
        expect(state(page, name)).to_be_in_viewport(ratio=1)


# --- The clipboard -------------------------------------------------------------------------------------


def test_states_are_cut_and_pasted_into_another_workflow_with_what_joins_them(
    studio: Studio, server: Server
) -> None:
    page = studio.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    studio.hold("Both", "Done")
    page.keyboard.press("Control+x")
    studio.done("delete 2 states")
    assert "Both" not in studio.states()
    other = server.api().post(
        "/api/workflows/",
        {
            "name": "pasted-into",
            "definition": json.dumps(
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": True}}}, indent=2
            ),
        },
    )
    page.goto(f"/workflows/{other['id']}")
    state(page, "Left").click()
    page.keyboard.press("Control+v")
    studio.id = str(other["id"])
    studio.done("paste")
    states = studio.states()
    # What the states hold comes along, and what joins them.
    assert (states["Both"]["Next"], states["Done"]["Type"]) == ("Done", "Succeed")
    # Names are used once in a workflow.
    assert [branch["StartAt"] for branch in states["Both"]["Branches"]] == ["Left 2", "Right"]
    assert states["Left"]["Next"] == "Both"
    assert studio.api.get(f"/api/workflows/{studio.id}/")["diagnostics"] == []


def test_a_definition_that_was_copied_anywhere_is_pasted_as_states(studio: Studio) -> None:
    page = studio.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = json.dumps(
        {
            "StartAt": "Ask",
            "States": {
                "Ask": {"Type": "Pass", "Next": "Answer"},
                "Answer": {"Type": "Wait", "Seconds": 3, "End": True},
            },
        }
    )
    copied(studio, text)
    studio.hold("Rest")
    page.keyboard.press("Control+v")
    studio.done("paste")
    states: dict[str, Any] = studio.states()
    assert (states["Rest"]["Next"], states["Ask"]["Next"], states["Answer"]["Next"]) == (
        "Ask",
        "Answer",
        "After rest",
    )
    # What is no states is not pasted, and does no harm.
    copied(studio, "just words")
    page.keyboard.press("Control+v")
    expect(page.get_by_role("button", name="Undo: paste", exact=True)).to_be_visible()
    assert studio.states() == states


def copied(studio: Studio, text: str) -> None:
    studio.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
