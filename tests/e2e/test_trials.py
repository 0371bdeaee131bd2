"""A part of a draft is run from the canvas, and outputs are pinned with mouse and keyboard."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import state
from tests.support.server import Server

PASS = {"Type": "Pass", "End": True}
DRAFT: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "Fetch",
    "States": {
        "Fetch": {
            "Type": "Map",
            "Items": "{% [1, 2, 3] %}",
            "ItemProcessor": {
                "StartAt": "Double",
                "States": {"Double": PASS | {"Output": "{% $states.input * 2 %}"}},
            },
            "Next": "Ask",
        },
        "Ask": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::approval:request",
            "Arguments": {"Question": "Go?", "Approvers": ["stage-manager@example.com"]},
            "Next": "Tell",
        },
        "Tell": {"Type": "Pass", "Output": {"said": "{% $states.input %}"}, "End": True},
    },
}


def opened(page: Page, server: Server, name: str, definition: dict[str, Any]) -> str:
    made = server.api().post("/api/workflows/", {"name": name, "definition": json.dumps(definition)})
    page.goto(f"/workflows/{made['id']}")
    expect(state(page, definition["StartAt"])).to_be_visible()
    return str(made["id"])


def started(page: Page) -> None:
    page.get_by_test_id("run-start").click()
    page.wait_for_url("**/executions/*")


def test_a_part_is_run_and_outputs_are_pinned_for_trials_alone(signed_in: NewPage, server: Server) -> None:
    page = signed_in()
    workflow = opened(page, server, "tried-in-parts", DRAFT)

    # Run to here, with the keyboard: what comes after is no part of it.
    state(page, "Fetch").get_by_role("button", name="Fetch").first.click()
    page.keyboard.press("t")
    expect(page.get_by_role("dialog")).to_contain_text("up to Fetch")
    started(page)
    expect(page.get_by_test_id("trial")).to_have_text("up to “Fetch”")
    expect(state(page, "Fetch")).to_have_attribute("data-status", "succeeded")
    expect(state(page, "Ask")).to_have_count(0)

    # Pinned with the mouse's other button, undone and done again with the keyboard.
    page.goto(f"/workflows/{workflow}")
    state(page, "Fetch").get_by_role("button", name="Fetch").first.click(button="right")
    page.get_by_role("menuitem", name="Pin its output of the last run").click()
    sign = page.get_by_test_id("mark-Fetch")
    expect(sign).to_have_text("Pinned")
    page.keyboard.press("Control+z")
    expect(sign).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(sign).to_be_visible()

    # Another output is typed in the inspector.
    state(page, "Ask").click()
    page.get_by_test_id("test-state").click()
    panel = page.get_by_test_id("pin-panel")
    panel.get_by_role("button", name="Type an output").click()
    panel.get_by_label("Pinned output").fill('{"choice": "approve", "text": "{% $no %} $.no"}')
    expect(page.get_by_test_id("mark-Ask")).to_be_visible()
    expect(state(page, "Ask")).to_have_accessible_name(re.compile("output pinned"))

    # The run says that they are used, and uses them: nobody is asked.
    page.get_by_test_id("run").click()
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_role("dialog")).to_contain_text(
        "2 outputs are pinned; they are used in this trial only"
    )
    started(page)
    expect(page.get_by_test_id("trial")).to_have_text("2 pinned")
    expect(page.get_by_text("Trial", exact=True)).to_have_count(
        2
    )  # the badge beside the status, and the fact
    note = page.get_by_test_id("trial-note")
    expect(note).to_contain_text("begins at the first state and runs to the end")
    expect(note).to_contain_text("Outputs that were pinned: Fetch, Ask.")
    note.get_by_role("button", name="Ask").click()
    expect(page.get_by_test_id("panel-of-state")).to_be_visible()
    expect(state(page, "Tell")).to_have_attribute("data-status", "succeeded")
    expect(page.get_by_test_id("mark-Ask")).to_have_text("Pinned")
    found = server.api().get(f"/api/executions/{page.url.rpartition('/')[2]}/")
    assert found["output"] == {"said": {"choice": "approve", "text": "{% $no %} $.no"}}

    # What is published runs as it is written, although the pins are still there.
    page.goto(f"/workflows/{workflow}")
    expect(page.get_by_test_id("mark-Fetch")).to_be_visible()
    page.get_by_test_id("publish").click()
    expect(page.get_by_test_id("publish")).to_be_disabled()
    page.get_by_test_id("run").click()
    page.get_by_text("Version 1", exact=True).click()
    expect(page.get_by_role("switch")).to_have_count(0)
    started(page)
    expect(state(page, "Ask")).to_have_attribute("data-status", "waiting-person")
    expect(page.get_by_test_id("trial")).to_have_count(0)
    expect(page.get_by_test_id("mark-Ask")).to_have_count(0)

    # From here, with the last run's data; and all pins go by the words of what is to be done.
    page.goto(f"/workflows/{workflow}")
    expect(page.get_by_test_id("mark-Fetch")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to").fill("unpin all")
    expect(page.get_by_role("option", name="Unpin all outputs")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("mark-Fetch")).to_have_count(0)
    state(page, "Fetch").get_by_role("button", name="Fetch").first.click()
    page.keyboard.press("Shift+t")
    expect(page.get_by_role("dialog")).to_contain_text("Input of Fetch")
    page.get_by_role("button", name="Cancel").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Run to the selected state")


INSIDE: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "First",
    "States": {
        "First": {"Type": "Pass", "Assign": {"n": 20}, "Output": {"word": "cue"}, "Next": "Both"},
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {
                    "StartAt": "Left",
                    "States": {
                        "Left": {"Type": "Pass", "Output": "{% $n + 1 %}", "Next": "Left 2"},
                        "Left 2": PASS | {"Output": "{% [$n, $states.input] %}"},
                    },
                },
                {"StartAt": "Right", "States": {"Right": PASS}},
            ],
            "Next": "Last",
        },
        "Last": PASS,
    },
}


def test_a_state_in_a_box_is_run_from_with_the_last_runs_data(signed_in: NewPage, server: Server) -> None:
    page = signed_in()
    workflow = opened(page, server, "tried-inside", INSIDE)
    page.get_by_test_id("run").click()
    started(page)
    expect(state(page, "Last")).to_have_attribute("data-status", "succeeded")

    page.goto(f"/workflows/{workflow}")
    state(page, "Left 2").click()
    page.keyboard.press("Shift+t")
    expect(page.get_by_role("dialog")).to_contain_text("Input of Both")
    expect(page.get_by_test_id("run-variables")).to_contain_text("$n")
    started(page)
    expect(page.get_by_test_id("trial")).to_have_text("from “Left 2”")
    expect(state(page, "Last")).to_have_attribute("data-status", "succeeded")
    expect(state(page, "Left")).to_have_count(0)
    found = server.api().get(f"/api/executions/{page.url.rpartition('/')[2]}/")
    assert found["output"] == [[20, {"word": "cue"}], {"word": "cue"}]

    # Up to a state in a box: its branch ends there, and the run after the box.
    page.goto(f"/workflows/{workflow}")
    state(page, "Left").click(button="right")
    page.get_by_role("menuitem", name="Run to here").click()
    started(page)
    expect(state(page, "Both")).to_have_attribute("data-status", "succeeded")
    expect(state(page, "Left 2")).to_have_count(0)
    expect(state(page, "Last")).to_have_count(0)
