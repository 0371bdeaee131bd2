"""The studio in a browser: versions compared, states tested, expressions completed, problems mended."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import expect_saved, state
from tests.support.accessibility import faults
from tests.support.pointer import drag_onto_edge
from tests.support.server import Server

CALLS: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "First",
    "States": {
        "First": {"Type": "Pass", "Assign": {"job": "{% $states.input.video %}"}, "Next": "Call"},
        "Call": {
            "Type": "Task",
            "Resource": "arn:aws:states:::http:invoke",
            "Arguments": {
                "Method": "GET",
                "ApiEndpoint": "{% '/transcripts/' & $job %}",
                "InvocationConfig": {"ConnectionArn": "demo"},
            },
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Over"}],
            "Next": "Over",
        },
        "Over": {"Type": "Pass", "End": True},
    },
}
PATHS: dict[str, Any] = {
    "StartAt": "Decide",
    "States": {
        "Decide": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.n", "NumericGreaterThan": 3, "Next": "Yes"}],
            "Default": "No",
        },
        "Yes": {"Type": "Pass", "InputPath": "$.a", "ResultPath": "$.r", "End": True},
        "No": {"Type": "Succeed"},
    },
}


def made(server: Server, name: str, definition: Any, *, publish: bool = False, run: Any = None) -> str:
    """Returns the id of a workflow, published and run where that is wanted."""
    api = server.api()
    workflow = api.post("/api/workflows/", {"name": name, "definition": json.dumps(definition, indent=2)})
    if publish or run is not None:
        api.post(f"/api/workflows/{workflow['id']}/publish/", {"draft_revision": 1})
    if run is not None:
        api.wait_until_ended(api.run(workflow["id"], run))
    key: str = workflow["id"]
    return key


def draft(server: Server, key: str) -> Any:
    return json.loads(server.api().get(f"/api/workflows/{key}/")["definition"])


def field(page: Page, place: str) -> Locator:
    return page.locator(f"[data-field='{place}']")


# --- Versions ------------------------------------------------------------------------------------------


def test_versions_are_noted_compared_and_restored_as_a_step_that_can_be_undone(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "compared", CALLS, publish=True)
    page = signed_in(f"/workflows/{key}")
    state(page, "Over").click()
    page.get_by_test_id("inspector").get_by_label("Comment").fill("the end")
    page.keyboard.press("Escape")
    page.get_by_label("Find a state").fill("Wait")
    drag_onto_edge(
        page, page.get_by_test_id("palette-item-wait"), page.get_by_test_id("edge-plus-First-Call")
    )
    expect(state(page, "Wait")).to_be_visible()
    expect_saved(page)
    page.get_by_test_id("publish").click()
    expect(page.get_by_test_id("publish")).to_have_text("Version 2 is published")

    page.get_by_text("Add a note", exact=True).click()
    page.get_by_label("Note on version 2").fill("with a rest")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("version-2")).to_contain_text("with a rest")

    page.get_by_role("button", name="Acts on version 2").click()
    page.get_by_role("menuitem", name="Compare with version 1").click()
    expect(page.get_by_test_id("mark-Wait")).to_have_text("Added")
    expect(page.get_by_test_id("mark-Over")).to_have_count(2)  # changed, on both graphs
    expect(page.get_by_role("complementary", name="What differs")).to_contain_text("Comment")
    page.get_by_role("button", name="Text").click()
    text = page.get_by_test_id("text-difference")
    expect(text.get_by_text('"Comment": "the end"')).to_be_visible()
    text.get_by_role("button", name="lines are the same").first.click()
    expect(text.get_by_text('"StartAt": "First"').first).to_be_visible()

    page.get_by_role("button", name="Restore version 1").click()
    expect(state(page, "Wait")).to_have_count(0)
    page.get_by_role("button", name="Undo: restore version 1").click()
    expect(state(page, "Wait")).to_be_visible()


def test_a_version_is_cloned_to_a_workflow_of_its_own(signed_in: NewPage, server: Server) -> None:
    key = made(server, "cloned", CALLS, publish=True)
    page = signed_in(f"/workflows/{key}?mode=config")
    page.get_by_role("button", name="Acts on version 1").click()
    page.get_by_role("menuitem", name="Clone to a new workflow").click()
    page.get_by_role("dialog").get_by_label("Name").fill("cloned-again")
    page.get_by_role("button", name="Clone version 1").click()
    expect(page.get_by_role("heading", name="cloned-again").first).to_be_visible()
    assert key not in page.url
    assert draft(server, page.url.rsplit("/", 1)[1]) == CALLS


def test_an_alias_shares_starts_out_among_two_versions(signed_in: NewPage, server: Server) -> None:
    key = made(server, "shared-out", CALLS, publish=True)
    api = server.api()
    changed = json.dumps({**CALLS, "Comment": "second"})
    api.patch(f"/api/workflows/{key}/", {"definition": changed, "draft_revision": 1})
    api.post(f"/api/workflows/{key}/publish/", {"draft_revision": 2})
    page = signed_in(f"/workflows/{key}?mode=config")
    page.get_by_role("button", name="New alias").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("7")
    dialog.get_by_role("button", name="Make alias").click()
    expect(dialog.get_by_text("more than a number")).to_be_visible()
    dialog.get_by_label("Name").fill("live")
    dialog.get_by_label(re.compile("^And")).select_option("1")
    dialog.get_by_label("Share of version 2").fill("25")
    dialog.get_by_role("button", name="Make alias").click()
    expect(page.get_by_test_id("alias-live")).to_contain_text("75 % version 1")
    assert api.get(f"/api/workflows/{key}/aliases/")[0]["routes"] == [
        {"version": 1, "weight": 75},
        {"version": 2, "weight": 25},
    ]
    page.get_by_role("button", name="Acts on alias live").click()
    page.get_by_role("menuitem", name="Delete alias").click()
    page.get_by_role("button", name="Delete alias").click()
    expect(page.get_by_test_id("alias-live")).to_have_count(0)


# --- In and out ----------------------------------------------------------------------------------------


def test_the_definition_leaves_as_json_yaml_and_pictures(signed_in: NewPage, server: Server) -> None:
    key = made(server, "taken-out", CALLS)
    page = signed_in(f"/workflows/{key}")
    expect(state(page, "Call")).to_be_visible()
    files: dict[str, bytes] = {}
    for label in ("Definition as JSON", "Definition as YAML", "Picture as SVG", "Picture as PNG"):
        page.get_by_test_id("more").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=label).click()
        files[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
    assert json.loads(files["taken-out.asl.json"]) == CALLS
    assert b"StartAt: First" in files["taken-out.asl.yaml"]
    assert b"<svg" in files["taken-out.svg"]
    assert b"<script" not in files["taken-out.svg"]
    assert files["taken-out.png"].startswith(b"\x89PNG")

    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name="What would not run on AWS").click()
    report = page.get_by_test_id("aws-report")
    expect(report).to_contain_text("AWS wants the ARN of an EventBridge connection")
    report.get_by_role("button").first.click()
    expect(page.get_by_test_id("inspector").get_by_role("heading", name="Call")).to_be_visible()


def test_an_import_says_what_it_would_use_before_anything_is_made(signed_in: NewPage, server: Server) -> None:
    page = signed_in()
    page.get_by_role("button", name="Import").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Definition").fill(json.dumps(CALLS))
    review = page.get_by_test_id("import-review")
    expect(review).to_contain_text("http:invoke")
    expect(review).to_contain_text("demo")
    dialog.get_by_label("Name", exact=True).fill("taken-in")
    dialog.get_by_role("button", name="Import definition").click()
    expect(state(page, "Call")).to_be_visible()


# --- Inspector -----------------------------------------------------------------------------------------


def test_a_state_is_tested_with_a_mock_and_shows_each_stage(signed_in: NewPage, server: Server) -> None:
    key = made(server, "tested", CALLS, run={"video": "a.mp4"})
    page = signed_in(f"/workflows/{key}")
    state(page, "Call").click()
    page.get_by_test_id("test-state").click()
    panel = page.get_by_test_id("test-panel")
    expect(panel.get_by_label("Input")).to_have_value(re.compile("a.mp4"))
    panel.get_by_role("button", name="Mocked result").click()
    panel.get_by_label("Result").fill('{"StatusCode": 200, "ResponseBody": {"job": 7}}')
    page.get_by_test_id("test-run").click()
    result = page.get_by_test_id("test-result")
    expect(result).to_contain_text("Succeeded")
    expect(result).to_contain_text("Over")
    flow = page.get_by_test_id("data-flow")
    expect(flow.locator("[data-stage='after_arguments']")).to_contain_text("/transcripts/a.mp4")
    expect(flow.locator("[data-stage='result']")).to_contain_text("ResponseBody")
    expect(flow.locator("[data-stage='output']")).to_contain_text("unchanged")
    flow.get_by_role("button", name="Before and after").click()
    expect(page.get_by_role("dialog").get_by_text("Before", exact=True).first).to_be_visible()
    page.keyboard.press("Escape")

    panel.get_by_role("button", name="Mocked error").click()
    page.get_by_test_id("test-run").click()
    expect(result).to_contain_text("Caught error")


def test_an_expression_is_completed_and_tried_with_the_last_run(signed_in: NewPage, server: Server) -> None:
    key = made(server, "completed", CALLS, run={"video": "a.mp4", "titles": ["One"]})
    page = signed_in(f"/workflows/{key}")
    state(page, "Call").click()
    endpoint = field(page, "Arguments/ApiEndpoint")
    expect(endpoint.get_by_test_id("preview")).to_have_text('"/transcripts/a.mp4"')
    endpoint.get_by_role("textbox").press("End")
    page.keyboard.type(" & $states.input.ti")
    expect(endpoint.get_by_role("option", name="titles")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("[0]")
    expect(endpoint.get_by_test_id("preview")).to_have_text('"/transcripts/a.mp4One"')
    expect_saved(page)
    written = draft(server, key)["States"]["Call"]["Arguments"]["ApiEndpoint"]
    assert written == "{% '/transcripts/' & $job & $states.input.titles[0] %}"


def test_rules_nest_and_say_whether_they_hold(signed_in: NewPage, server: Server) -> None:
    key = made(server, "nested", PATHS, run={"n": 4, "a": {}})
    page = signed_in(f"/workflows/{key}")
    state(page, "Decide").click()
    inspector = page.get_by_test_id("inspector")
    expect(inspector.get_by_test_id("preview")).to_have_text("holds")
    inspector.get_by_role("group", name="Rule 1: kind").get_by_role("button", name="All of").click()
    inspector.get_by_role("button", name="And", exact=True).click()
    second = inspector.get_by_role("group", name="Rule 1, part 2", exact=True)
    second.get_by_role("group", name="Rule 1, part 2: kind").get_by_role("button", name="Not").click()
    inner = inspector.get_by_role("textbox", name="Rule 1, part 2, not: variable")
    inner.fill("$.n")
    expect(inspector.get_by_test_id("preview")).to_have_text("does not hold")
    expect_saved(page)
    assert draft(server, key)["States"]["Decide"]["Choices"][0] == {
        "And": [
            {"Variable": "$.n", "NumericGreaterThan": 3},
            {"Not": {"Variable": "$.n", "IsPresent": True}},
        ],
        "Next": "Yes",
    }


def test_any_action_of_aws_is_dragged_in_with_its_form(signed_in: NewPage, server: Server) -> None:
    key = made(server, "with-aws", CALLS)
    page = signed_in(f"/workflows/{key}")
    page.get_by_label("Find a state").fill("ecs run task")
    item = page.get_by_test_id("palette-item-aws-sdk-ecs-runTask")
    item.hover()
    with page.expect_response("**/catalog/aws/ecs/runTask/"):
        page.get_by_label("Find a state").hover()
        item.hover()
    drag_onto_edge(page, item, page.get_by_test_id("edge-plus-First-Call"))
    inspector = page.get_by_test_id("inspector")
    expect(field(page, "Arguments/TaskDefinition")).to_be_visible()
    inspector.get_by_role("button", name=re.compile("more fields")).click()
    expect(field(page, "Arguments/LaunchType")).to_be_visible()
    field(page, "Arguments/TaskDefinition").get_by_role("textbox").fill("nightly")
    expect_saved(page)
    states = draft(server, key)["States"]
    [added] = [one for one in states.values() if "ecs" in one.get("Resource", "")]
    assert added["Arguments"] == {"TaskDefinition": "nightly"}
    assert states["First"]["Next"] != "Call"


# --- Problems ------------------------------------------------------------------------------------------


def test_a_problem_leads_to_its_field_and_is_mended_with_one_click(
    signed_in: NewPage, server: Server
) -> None:
    broken = json.loads(json.dumps(CALLS))
    broken["States"]["First"]["Next"] = "Cal"
    broken["States"]["Call"]["Arguments"]["ApiEndpoint"] = "{% 'x' & %}"
    key = made(server, "mended", broken)
    page = signed_in(f"/workflows/{key}")
    page.get_by_test_id("problems-button").click()
    problems = page.get_by_test_id("problems")
    problems.get_by_text("cannot be read").click()
    expect(field(page, "Arguments/ApiEndpoint").get_by_role("textbox")).to_be_focused()
    problems.get_by_role("button", name="Use “Call”").click()
    expect(problems.get_by_text("Missing 'Next' target")).to_have_count(0)
    expect_saved(page)
    assert draft(server, key)["States"]["First"]["Next"] == "Call"
    page.get_by_role("button", name="Undo: mend: Use “Call”").click()
    expect(problems.get_by_text("Missing 'Next' target")).to_be_visible()


def test_what_express_cannot_do_is_told_at_its_field_and_mended(signed_in: NewPage, server: Server) -> None:
    inner = {"StartAt": "Shelve", "States": {"Shelve": {"Type": "Pass", "End": True}}}
    states = {
        "Order": {
            "Type": "Task",
            "Resource": "arn:aws:states:::states:startExecution.sync:2",
            "Arguments": {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:order"},
            "Next": "Each",
        },
        "Each": {
            "Type": "Map",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                **inner,
            },
            "Next": "Ask",
        },
        "Ask": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::approval:request",
            "Arguments": {"Question": "Go?", "Approvers": ["stage-manager@example.com"]},
            "End": True,
        },
    }
    definition = {"QueryLanguage": "JSONata", "StartAt": "Order", "States": states}
    body = {"name": "too-fast", "type": "EXPRESS", "definition": json.dumps(definition)}
    key = server.api().post("/api/workflows/", body)["id"]
    page = signed_in(f"/workflows/{key}")
    page.get_by_test_id("problems-button").click()
    problems = page.get_by_test_id("problems")
    problems.get_by_text("does not support .sync").click()
    expect(field(page, "Resource").get_by_role("textbox")).to_be_focused()
    problems.get_by_role("button", name="Go on with the answer").click()
    expect(problems.get_by_text("does not support .sync")).to_have_count(0)

    problems.get_by_text("has no distributed Map").click()
    mode = field(page, "ItemProcessor/ProcessorConfig/Mode")
    expect(mode).to_contain_text("has no distributed Map")
    problems.get_by_role("button", name="Make it inline", exact=True).click()
    expect(problems.get_by_text("has no distributed Map")).to_have_count(0)
    expect(mode).not_to_contain_text("has no distributed Map")

    # No other way is known: people need longer than five minutes.
    problems.get_by_text("ask people in a Standard workflow").click()
    expect(field(page, "Resource")).to_contain_text("ends after 5 minutes")
    expect_saved(page)
    mended = draft(server, key)["States"]
    assert mended["Order"]["Resource"] == "arn:aws:states:::states:startExecution"
    assert mended["Each"]["ItemProcessor"]["ProcessorConfig"] == {"Mode": "INLINE"}


# --- Trials --------------------------------------------------------------------------------------------


def test_a_pinned_output_serves_a_run_up_to_a_state_and_no_published_one(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "pinned", CALLS, run={"video": "a.mp4"})
    page = signed_in(f"/workflows/{key}")
    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name="Pin outputs").click()
    page.get_by_label("All of them").check()
    page.get_by_role("button", name="Pin 1 output").click()
    expect(page.get_by_test_id("mark-Call")).to_have_text("Pinned")
    expect_saved(page)
    assert draft(server, key) == CALLS

    state(page, "Call").click()
    page.get_by_test_id("state-run").click()
    page.get_by_role("menuitem", name="Run to here").click()
    expect(page.get_by_role("dialog")).to_contain_text("up to Call")
    page.get_by_test_id("run-input").locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type('{"video": "c.mp4"}')
    page.get_by_test_id("run-start").click()
    page.wait_for_url("**/executions/*")
    expect(state(page, "Call")).to_have_attribute("data-status", "succeeded")
    expect(state(page, "Over")).to_have_count(0)
    whole = server.api().wait_until_ended(server.api().run(key, {"video": "b.mp4"}))
    assert whole["status"] == "SUCCEEDED"
    assert "b.mp4" in json.dumps(whole["output"])


# --- Saving --------------------------------------------------------------------------------------------


def test_drafts_are_saved_by_hand_where_that_is_wanted_and_survive_a_crash(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "by-hand", CALLS)
    page = signed_in(f"/workflows/{key}")
    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name="Drafts are saved by themselves").click()
    state(page, "Over").click()
    page.get_by_test_id("inspector").get_by_label("Comment").fill("kept")
    expect(page.get_by_test_id("saved-status")).to_contain_text("Ctrl S saves")
    page.reload()
    expect(page.get_by_text("Unsaved work is back")).to_be_visible()
    assert draft(server, key) == CALLS
    page.keyboard.press("Control+s")
    expect_saved(page)
    assert draft(server, key)["States"]["Over"]["Comment"] == "kept"


def test_an_edit_that_is_undone_before_it_is_saved_leaves_nothing_unsaved(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "undone-unsaved", CALLS)
    page = signed_in(f"/workflows/{key}")
    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name="Drafts are saved by themselves").click()
    state(page, "Over").click()
    page.keyboard.press("Delete")
    expect(page.get_by_test_id("saved-status")).to_contain_text("Ctrl S saves")
    page.keyboard.press("Control+z")
    expect_saved(page)
    page.reload()
    expect(state(page, "Over")).to_be_visible()
    expect(page.get_by_text("Unsaved work is back")).to_have_count(0)


def test_what_is_undone_while_it_is_saved_is_undone_on_the_server_too(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "undone-late", CALLS)
    page = signed_in(f"/workflows/{key}")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method == "PATCH" and not held:
            held.append(route)
        else:
            route.fallback()

    page.route(f"**/api/workflows/{key}/", hold_the_first)
    state(page, "Over").click()
    with page.expect_request(lambda request: request.method == "PATCH"):
        page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    expect(state(page, "Over")).to_be_visible()
    held[0].continue_()
    expect_saved(page)
    assert draft(server, key) == CALLS


def test_who_runs_a_draft_and_comes_back_can_still_undo(signed_in: NewPage, server: Server) -> None:
    # It succeeds: a failed execution leads back to what is to be mended.
    key = made(
        server, "there-and-back", {"StartAt": "Over", "States": {"Over": {"Type": "Pass", "End": True}}}
    )
    page = signed_in(f"/workflows/{key}")
    expect(page).to_have_title("there-and-back, Cuelight")
    state(page, "Over").click()
    page.keyboard.press("Control+d")
    copy = state(page, "Over 2")
    expect(copy).to_be_visible()
    expect_saved(page)
    page.get_by_test_id("run").click()
    page.get_by_test_id("run-start").click()
    page.wait_for_url("**/executions/*")
    page.get_by_role("link", name="Edit workflow").click()
    expect(copy).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Control+z")
    expect(copy).to_have_count(0)
    expect(state(page, "Over")).to_be_visible()


def test_what_the_studio_does_is_found_under_go_to_anything(signed_in: NewPage, server: Server) -> None:
    key = made(server, "gone-to", CALLS)
    page = signed_in(f"/workflows/{key}")
    expect(state(page, "Call")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to").fill("what would not run")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("aws-report")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_studios_own_views_can_be_used_by_everybody(
    signed_in: NewPage, server: Server, theme: str
) -> None:
    key = made(server, f"seen-{theme}", CALLS, run={"video": "a.mp4"})
    page = signed_in(f"/workflows/{key}?mode=config", theme)
    expect(page.get_by_test_id("version-1")).to_be_visible()
    assert faults(page) == []
    page.goto(f"/workflows/{key}?mode=compare&before=1&after=draft")
    expect(page.get_by_role("complementary", name="What differs")).to_be_visible()
    assert faults(page) == []
    page.goto(f"/workflows/{key}")
    state(page, "Call").click()
    page.get_by_test_id("test-state").click()
    page.get_by_test_id("test-run").click()
    expect(page.get_by_test_id("data-flow")).to_be_visible()
    assert faults(page) == []
