"""Code mode in a browser: completion and help in JSON and YAML, comments kept, text and graph in step."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import PHONE, expect_saved, state
from tests.e2e.test_studio import CALLS, draft, made
from tests.support.accessibility import faults
from tests.support.large import a_megabyte
from tests.support.pointer import drag_onto_edge
from tests.support.server import Server


def editor(page: Page) -> Locator:
    return page.get_by_test_id("code-editor").locator(".cm-content")


def in_code(page: Page, notation: str) -> None:
    """Shows the text as JSON or YAML and waits until it does."""
    page.get_by_role("button", name=notation, exact=True).click()
    expect(page.get_by_test_id("code-editor")).to_have_attribute("data-format", notation.lower())
    expect(editor(page)).to_contain_text("StartAt")


COMPLETIONS = ".cm-tooltip-autocomplete"


def end_of(page: Page, line: str) -> None:
    """Puts the caret at the end of the first line that holds these words."""
    editor(page).locator(".cm-line", has_text=line).first.click()
    page.keyboard.press("End")


def saved(page: Page) -> None:
    """Saves what is typed by now, and waits until the server has it."""
    page.keyboard.press("Control+s")
    expect_saved(page)


def option(page: Page, label: str) -> Locator:
    # While the list is made anew for what was typed, the one that is still seen takes no click.
    return page.locator(f"{COMPLETIONS}:not({COMPLETIONS}-disabled) li", has_text=label).first


def choose(page: Page, label: str) -> None:
    page.keyboard.press("Control+Space")
    option(page, label).click()


# --- Completion and help -------------------------------------------------------------------------------


def test_code_mode_completes_fields_and_explains_them(signed_in: NewPage, server: Server) -> None:
    key = made(server, "coded", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    page.get_by_text('"Catch"').first.hover()
    expect(page.locator(".cm-tooltip-hover")).to_be_visible()
    page.mouse.move(5, 5)
    end_of(page, '"Resource"')
    page.keyboard.press("Enter")
    page.keyboard.type('"Tim')
    expect(option(page, "TimeoutSeconds")).to_be_visible()
    option(page, "TimeoutSeconds").click()
    page.keyboard.type("30")
    saved(page)
    assert draft(server, key)["States"]["Call"]["TimeoutSeconds"] == 30


def test_yaml_is_completed_explained_and_checked_as_json_is(signed_in: NewPage, server: Server) -> None:
    key = made(server, "coded-in-yaml", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    in_code(page, "YAML")
    page.get_by_text("Catch", exact=True).first.hover()
    expect(page.locator(".cm-tooltip-hover")).to_be_visible()
    page.mouse.move(5, 5)
    end_of(page, "Resource: arn")
    page.keyboard.press("Enter")
    page.keyboard.type("Tim")
    option(page, "TimeoutSeconds").click()
    page.keyboard.type("30")
    saved(page)
    assert draft(server, key)["States"]["Call"]["TimeoutSeconds"] == 30
    # Values: states that a transition may lead to, what an argument may be.
    end_of(page, "Method: GET")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Delete")
    choose(page, "POST")
    expect(editor(page)).to_contain_text("Method: POST")
    end_of(page, "Next: Call")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Delete")
    choose(page, "Over")
    saved(page)
    assert draft(server, key)["States"]["First"]["Next"] == "Over"
    # What is wrong is marked where it stands.
    end_of(page, "Next: Over")
    page.keyboard.type("x")
    expect(page.locator(".cm-lintRange-error", has_text="Overx")).to_be_visible()
    page.locator(".cm-lintRange-error", has_text="Overx").hover()
    expect(page.locator(".cm-tooltip-lint")).to_contain_text("Overx")


@pytest.mark.parametrize("notation", ["JSON", "YAML"])
def test_expressions_are_completed_with_the_last_run(
    signed_in: NewPage, server: Server, notation: str
) -> None:
    key = made(server, f"seen-in-{notation.lower()}", CALLS, run={"video": "a.mp4", "vote": 3})
    page = signed_in(f"/workflows/{key}?mode=code")
    in_code(page, notation)
    end_of(page, "transcripts")
    expression = CALLS["States"]["Call"]["Arguments"]["ApiEndpoint"]
    for _ in range(len(' %}",') if notation == "JSON" else len(' %}"')):
        page.keyboard.press("ArrowLeft")
    page.keyboard.type(" & $states.input.vo")
    expect(option(page, "vote")).to_contain_text("3")
    option(page, "vote").click()
    page.keyboard.type(" & $upp")
    option(page, "$uppercase").click()
    page.keyboard.type("$jo")
    expect(option(page, "$job")).to_contain_text("a.mp4")
    option(page, "$job").click()
    saved(page)
    wanted = expression.replace(" %}", " & $states.input.vote & $uppercase($job) %}")
    assert draft(server, key)["States"]["Call"]["Arguments"]["ApiEndpoint"] == wanted


@pytest.mark.parametrize("notation", ["JSON", "YAML"])
def test_a_ready_state_is_put_in_after_another(signed_in: NewPage, server: Server, notation: str) -> None:
    key = made(server, f"snippet-in-{notation.lower()}", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    in_code(page, notation)
    end_of(page, "Next: Call" if notation == "YAML" else '"Next": "Call"')
    if notation == "YAML":
        page.keyboard.press("Enter")
        page.keyboard.press("Backspace")
    else:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("End")
    choose(page, "Task: HTTP call" if notation == "YAML" else "Wait")
    # The name is selected, ready to be another.
    page.keyboard.type("Between")
    expect(state(page, "Between")).to_be_visible()
    saved(page)
    states = draft(server, key)["States"]
    assert list(states) == ["First", "Between", "Call", "Over"]
    assert states["Between"]["Next"] == "Call"
    assert states["Between"]["Type"] == ("Task" if notation == "YAML" else "Wait")


# --- Commands ------------------------------------------------------------------------------------------


def test_f1_lists_what_can_be_done_and_does_it(signed_in: NewPage, server: Server) -> None:
    key = made(server, "commanded", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    end_of(page, '"StartAt"')
    page.keyboard.press("F1")
    commands = page.get_by_role("listbox", name="Commands")
    expect(commands.get_by_role("option", name=re.compile("Search and replace"))).to_contain_text("Ctrl H")
    page.get_by_role("combobox", name="Command").fill("go to a state")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="State").fill("over")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-activeLine")).to_contain_text('"Over"')
    expect(state(page, "Over")).to_have_attribute("data-selected", "true")
    # Esc leaves one where one was.
    page.keyboard.press("F1")
    expect(commands).to_be_visible()
    page.keyboard.press("Escape")
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+h")
    page.get_by_placeholder("Find").fill("demo")
    page.get_by_placeholder("Replace").fill("other")
    page.get_by_role("button", name="replace all").click()
    page.keyboard.press("Escape")
    saved(page)
    assert draft(server, key)["States"]["Call"]["Arguments"]["InvocationConfig"]["ConnectionArn"] == "other"


def test_the_text_is_formatted_by_a_key_and_what_code_mode_knows_is_listed(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "formatted", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    end_of(page, '"StartAt"')
    page.keyboard.press("Home")
    page.keyboard.type("        ")
    page.keyboard.press("Shift+Alt+f")
    expect(page.locator(".cm-activeLine")).to_have_text('  "StartAt": "First",')
    page.keyboard.press("Control+z")
    expect(page.locator(".cm-activeLine")).to_have_text('          "StartAt": "First",')
    page.keyboard.press("Control+z")
    expect(page.locator(".cm-activeLine")).to_have_text('  "StartAt": "First",')
    state(page, "Over").click()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_contain_text("Shift Alt F")
    expect(keys).to_contain_text("Delete what is selected")


# --- Text and graph ------------------------------------------------------------------------------------


@pytest.mark.parametrize("notation", ["JSON", "YAML"])
def test_what_is_selected_in_the_text_is_selected_on_the_canvas_and_the_reverse(
    signed_in: NewPage, server: Server, notation: str
) -> None:
    long = {
        **CALLS,
        "States": {
            **CALLS["States"],
            "Over": {"Type": "Pass", "Result": [f"line {n}" for n in range(90)], "Next": "Last"},
            "Last": {"Type": "Pass", "Comment": "the last of all", "End": True},
        },
    }
    key = made(server, f"in-step-{notation.lower()}", long)
    page = signed_in(f"/workflows/{key}?mode=code")
    in_code(page, notation)
    end_of(page, "/transcripts/")
    expect(state(page, "Call")).to_have_attribute("data-selected", "true")
    expect(page.locator(".cm-held", has_text="Resource")).to_be_visible()
    expect(page.locator(".cm-held", has_text="QueryLanguage")).to_have_count(0)
    state(page, "Last").click()
    expect(page.locator(".cm-held", has_text="the last of all")).to_be_in_viewport()
    # The canvas keeps the keyboard: the arrows walk on there.
    expect(state(page, "Last")).to_be_focused()
    page.keyboard.press("Enter")
    expect(editor(page)).to_be_focused()


@pytest.mark.parametrize("notation", ["JSON", "YAML"])
def test_what_is_done_in_the_graph_is_written_into_the_text(
    signed_in: NewPage, server: Server, notation: str
) -> None:
    key = made(server, f"graph-{notation.lower()}", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    in_code(page, notation)
    state(page, "Over").click()
    page.keyboard.press("Control+d")
    expect(state(page, "Over 2")).to_be_visible()
    expect(editor(page)).to_contain_text("Over 2")
    page.keyboard.press("Delete")
    expect(state(page, "Over 2")).to_have_count(0)
    expect(editor(page)).not_to_contain_text("Over 2")
    drag_onto_edge(
        page,
        state(page, "First"),
        page.get_by_role("button", name="Add a state between Call and Over", exact=True),
    )
    saved(page)
    states = draft(server, key)["States"]
    assert (states["Call"]["Next"], states["First"]["Next"]) == ("First", "Over")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(state(page, "Over 2")).to_be_visible()
    page.keyboard.press("Control+z")
    saved(page)
    assert draft(server, key) == CALLS


def test_yaml_is_edited_and_what_cannot_be_read_pauses_the_graph_and_loses_nothing(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "in-yaml", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    in_code(page, "YAML")
    end_of(page, "StartAt: First")
    page.keyboard.press("Enter")
    page.keyboard.type("TimeoutSeconds: [9")
    page.keyboard.press("Delete")
    paused = page.get_by_test_id("graph-paused")
    expect(paused).to_contain_text(re.compile(r"Line \d+, column \d+: \w+"))
    expect(page.locator("[data-testid=canvas][data-dimmed] .react-flow__viewport")).to_have_css(
        "opacity", "0.6"
    )
    for mode in ("Design", "Config"):
        button = page.get_by_role("button", name=mode, exact=True)
        expect(button).to_be_disabled()
        expect(button).to_have_attribute("title", re.compile("cannot be read: line"))
    expect(page.get_by_role("button", name="JSON", exact=True)).to_be_disabled()
    expect(page.get_by_test_id("saved-status")).to_contain_text("Kept in this browser")
    # The server never gets what it could not read; a reload brings it back all the same.
    page.reload()
    expect(page.get_by_text("TimeoutSeconds: [9")).to_be_visible()
    expect(paused).to_be_visible()
    expect(state(page, "Call")).to_be_visible()
    assert draft(server, key) == CALLS
    end_of(page, "TimeoutSeconds: [9")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("90")
    expect(paused).to_have_count(0)
    saved(page)
    assert draft(server, key) == {**CALLS, "TimeoutSeconds": 90}


def test_json_that_cannot_be_read_stays_as_it_was_typed(signed_in: NewPage, server: Server) -> None:
    key = made(server, "broken-json", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    end_of(page, '"StartAt"')
    page.keyboard.press("Backspace")
    expect(page.get_by_test_id("graph-paused")).to_contain_text("A comma")
    expect(page.get_by_role("button", name="YAML", exact=True)).to_be_disabled()
    expect(state(page, "Call")).to_be_visible()
    # What was typed in the very last moment is not lost either, and no mode hides it.
    page.keyboard.type(" ")
    page.keyboard.type("/")
    page.goto(f"/workflows/{key}")
    expect(page.get_by_test_id("graph-paused")).to_be_visible()
    expect(editor(page)).to_contain_text('"StartAt": "First" /')
    end_of(page, '"StartAt"')
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type(",")
    expect(page.get_by_test_id("graph-paused")).to_have_count(0)
    expect(state(page, "Call")).to_be_visible()
    saved(page)
    assert draft(server, key) == CALLS


def test_a_draft_that_was_stored_unreadable_opens_at_what_is_wrong(
    signed_in: NewPage, server: Server
) -> None:
    text = json.dumps(CALLS | {"Comment": "so\n" * 3}, indent=2).replace(
        '"StartAt": "First",', '"StartAt": "First"'
    )
    line = 1 + text[: text.index('"StartAt"')].count("\n") + 1
    key = server.api().post("/api/workflows/", {"name": "stored-broken", "definition": text})["id"]
    page = signed_in(f"/workflows/{key}")
    expect(page.get_by_test_id("graph-paused")).to_contain_text(
        re.compile(rf"Line {line}, column \d+: A comma")
    )
    expect(page.get_by_text("There is no graph until the text can be read")).to_be_visible()
    expect(page.get_by_test_id("canvas")).to_have_count(0)
    # The caret stands where the reading stopped: what is missing is typed at once.
    expect(editor(page)).to_be_focused()
    page.get_by_role("button", name=f"Go to line {line}").click()
    expect(editor(page)).to_be_focused()
    page.keyboard.type(",")
    expect(page.get_by_test_id("graph-paused")).to_have_count(0)
    expect(state(page, "Call")).to_be_in_viewport()
    saved(page)
    assert draft(server, key) == json.loads(text.replace('"First"', '"First",', 1))


def test_a_phone_says_of_an_unreadable_draft_what_is_wrong(signed_in: NewPage, server: Server) -> None:
    body = {"name": "broken-on-a-phone", "definition": '{\n  "StartAt": "A"\n  "States": {}\n}\n'}
    key = server.api().post("/api/workflows/", body)["id"]
    page = signed_in(f"/workflows/{key}", viewport=PHONE)
    paused = page.get_by_test_id("graph-paused")
    expect(paused).to_contain_text("Line 3, column 3: A comma")
    expect(page.get_by_role("button", name="Go to line 3")).to_be_in_viewport(ratio=1)
    expect(paused).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_code_mode_opened_at_once_shows_the_whole_graph(signed_in: NewPage, server: Server) -> None:
    key = made(server, "fitted", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code")
    expect(page.get_by_test_id("code-editor").locator(".cm-content")).to_be_visible()
    frame = page.get_by_test_id("canvas").bounding_box()
    assert frame is not None

    def is_inside(name: str) -> bool:
        box = state(page, name).bounding_box()
        return (
            box is not None
            and box["x"] >= frame["x"]
            and box["x"] + box["width"] <= frame["x"] + frame["width"]
            and box["y"] >= frame["y"]
            and box["y"] + box["height"] <= frame["y"] + frame["height"]
        )

    expect(state(page, "Over")).to_be_visible()
    page.wait_for_function("() => performance.now() > 2500")
    assert all(is_inside(name) for name in CALLS["States"])


# --- Comments ------------------------------------------------------------------------------------------

COMMENTED = """# What this is for
StartAt: First
States:
  # before the call
  First: # begins
    Type: Pass
    X-Unknown: 1 # kept too
    Next: Last

  # after it
  Last:
    Type: Succeed
"""


def test_comments_of_yaml_survive_the_canvas_undo_and_a_reload(
    signed_in: NewPage, server: Server, tmp_path: Any
) -> None:
    page = signed_in()
    page.get_by_role("button", name="Import").click()
    page.get_by_label("Definition", exact=True).fill(COMMENTED)
    page.get_by_label("Name", exact=True).fill("commented")
    page.get_by_role("button", name="Import definition").click()
    page.wait_for_url("**/workflows/*-*")
    state(page, "First").click()
    page.get_by_test_id("inspector").get_by_label("Name", exact=True).fill("Begin")
    page.keyboard.press("Enter")
    expect(state(page, "Begin")).to_be_visible()
    saved(page)
    page.reload()
    page.get_by_role("button", name="Code", exact=True).click()
    expect(page.get_by_text("5 comments are kept")).to_be_visible()
    in_code(page, "YAML")
    renamed = COMMENTED.replace("First", "Begin")
    assert shown(page) == renamed
    # Away with its state, and back with it.
    state(page, "Last").click()
    page.keyboard.press("Delete")
    expect(editor(page)).not_to_contain_text("# after it")
    page.keyboard.press("Control+z")
    expect(editor(page)).to_contain_text("# after it")
    assert shown(page) == renamed
    # A comment that is typed is one step, and the export has it.
    end_of(page, "Type: Succeed")
    page.keyboard.type(" # done")
    saved(page)
    page.get_by_test_id("more").click()
    with page.expect_download() as exported:
        page.get_by_role("menuitem", name="Definition as YAML").click()
    exported.value.save_as(tmp_path / "commented.yaml")
    assert (tmp_path / "commented.yaml").read_text() == renamed.replace("Succeed", "Succeed # done")
    key = page.url.split("/workflows/")[1].split("?")[0]
    assert draft(server, key)["States"]["Begin"] == {"Type": "Pass", "X-Unknown": 1, "Next": "Last"}
    # Published and restored, they are still there.
    page.get_by_test_id("publish").click()
    page.get_by_role("button", name="Code", exact=True).click()
    end_of(page, "# done")
    page.keyboard.press("Control+a")
    page.keyboard.type("StartAt: A\nStates:\nA:\n")
    expect(editor(page)).not_to_contain_text("# done")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(editor(page)).to_contain_text("# done")


def shown(page: Page) -> str:
    """Returns the text in the editor, which is short enough to be there as a whole."""
    lines: list[str] = page.eval_on_selector_all(
        "[data-testid='code-editor'] .cm-line", "all => all.map(one => one.textContent)"
    )
    return "\n".join(lines)


# --- Placeholders and the missing internet -------------------------------------------------------------

TEMPLATE: dict[str, Any] = {
    "StartAt": "Call",
    "TimeoutSeconds": "${MachineTimeout}",
    "States": {
        "Call": {
            "Type": "Task",
            "Resource": "arn:${Partition}:states:::lambda:invoke",
            "Parameters": {"FunctionName": "${Function}", "Payload.$": "$"},
            "TimeoutSeconds": "${Timeout}",
            "Retry": [{"ErrorEquals": ["${Error}"], "MaxAttempts": "${Attempts}", "BackoffRate": "${Rate}"}],
            "Next": "Rest",
        },
        "Rest": {"Type": "Wait", "Seconds": "${Seconds}", "End": True},
    },
}


def test_placeholders_in_any_field_leave_the_definition_valid(signed_in: NewPage, server: Server) -> None:
    key = made(server, "template", TEMPLATE)
    page = signed_in(f"/workflows/{key}?mode=code")
    expect(state(page, "Rest")).to_be_visible()
    problems = page.get_by_role("list", name="Problems")
    expect(problems.get_by_text("${Timeout}")).to_be_visible()
    expect(problems.get_by_label("Error")).to_have_count(0)
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    in_code(page, "YAML")
    expect(editor(page)).to_contain_text("${Timeout}")
    expect(page.get_by_role("button", name="Design", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Design", exact=True).click()
    state(page, "Call").click()
    expect(page.get_by_test_id("inspector")).to_contain_text("Call")
    assert draft(server, key) == TEMPLATE
    # Without its quotation marks it is no JSON, and the reason says what to do.
    page.get_by_role("button", name="Code", exact=True).click()
    in_code(page, "JSON")
    end_of(page, '"${Seconds}"')
    for _ in range(len(',"')):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    for _ in range(len("${Seconds}")):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    expect(page.get_by_test_id("graph-paused")).to_contain_text('in quotation marks: "${Seconds}"')


def test_the_designer_works_without_any_other_host(signed_in: NewPage, server: Server) -> None:
    key = made(server, "offline", CALLS)
    page = signed_in()
    failed: list[str] = []

    def only_the_server(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(server.url).netloc:
            route.continue_()
        else:
            route.abort()

    def note(request: Request) -> None:
        # What a page no longer wants when it is left has not failed.
        if "ERR_ABORTED" not in (request.failure or ""):
            failed.append(f"{request.url}: {request.failure}")

    page.route("**/*", only_the_server)
    page.on("requestfailed", note)
    page.goto(f"/workflows/{key}")
    state(page, "Call").click()
    expect(page.get_by_test_id("inspector")).to_be_visible()
    page.get_by_role("button", name="Code", exact=True).click()
    in_code(page, "YAML")
    choose_anything(page)
    page.get_by_role("button", name="Config", exact=True).click()
    expect(page.get_by_role("heading", name="Versions", exact=True)).to_be_visible()
    page.goto("/workflows")
    page.get_by_role("button", name="Import").click()
    page.get_by_label("Definition", exact=True).fill(COMMENTED)
    expect(page.get_by_test_id("import-review")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("emplate")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert failed == []
    fonts = page.evaluate("[...document.fonts].filter(font => font.status === 'error').length")
    assert fonts == 0


def choose_anything(page: Page) -> None:
    end_of(page, "StartAt: First")
    page.keyboard.press("Enter")
    choose(page, "Comment")
    expect(editor(page)).to_contain_text("Comment:")


# --- Large texts, and everybody ------------------------------------------------------------------------


def test_a_definition_of_a_megabyte_takes_every_letter(signed_in: NewPage, server: Server) -> None:
    text = json.dumps(a_megabyte(), indent=2)
    assert len(text) > 1_000_000
    key = made(server, "a-megabyte", json.loads(text))
    page = signed_in(f"/workflows/{key}?mode=code")
    expect(editor(page)).to_contain_text("State 0")
    end_of(page, "Words that make")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type(" typed without a pause")
    saved(page)
    assert " typed without a pause" in draft(server, key)["States"]["State 0"]["Comment"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_code_mode_can_be_used_by_everybody(signed_in: NewPage, server: Server, theme: str) -> None:
    key = made(server, f"code-{theme}", CALLS)
    page = signed_in(f"/workflows/{key}?mode=code", theme)
    expect(state(page, "Over")).to_be_visible()
    end_of(page, "/transcripts/")
    page.keyboard.press("Control+f")
    expect(page.get_by_placeholder("Find")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("F1")
    expect(page.get_by_role("listbox", name="Commands")).to_be_visible()
    assert faults(page) == []
