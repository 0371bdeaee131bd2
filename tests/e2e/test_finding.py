"""Finding and beginning: the list of workflows, the template gallery, imports, and go to anything."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import expect_saved, state
from tests.support.accessibility import faults
from tests.support.api import wait_for
from tests.support.browser import Watched
from tests.support.server import Server

ASKS: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "Ask somebody",
    "States": {
        "Ask somebody": {
            "Type": "Task",
            "Resource": "arn:cuelight:states:::approval:request",
            "Arguments": {"Question": "Is the curtain up?", "Approvers": ["jonas@example.org"]},
            "End": True,
        }
    },
}
TEMPLATES = sorted(folder.parent.name for folder in Path("fixtures").glob("*/definition.asl.json"))


def cards(page: Page) -> list[str]:
    return page.locator("h2 a[href^='/workflows/']").all_inner_texts()


@pytest.mark.parametrize(
    ("path", "label"),
    [("/executions", "Find by name"), ("/workflows", "Find by name, tag or integration")],
)
def test_no_letter_of_a_search_is_lost_however_fast_it_is_typed(
    path: str, label: str, signed_in: NewPage
) -> None:
    page = signed_in(path)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
    find = page.get_by_label(label)
    words = "a cue that nobody has given so far"
    expect(find).to_be_visible()
    page.keyboard.press("/")
    expect(find).to_be_focused()
    page.keyboard.type(words)
    expect(find).to_have_value(words)
    page.wait_for_url(re.compile(r"search=a\+cue\+that\+nobody\+has\+given\+so\+far$"))
    expect(page.get_by_role("button", name="Clear the filters")).to_be_visible()
    expect(find).to_have_value(words)

    # The way to the whole list empties the field with it.
    page.get_by_role("navigation").get_by_role("link", name=path[1:].capitalize(), exact=True).click()
    expect(find).to_have_value("")
    expect(page).not_to_have_url(re.compile("search="))


# --- The list ------------------------------------------------------------------------------------------


def test_workflows_are_found_by_tag_and_integration_and_the_search_stays_in_the_address(
    signed_in: NewPage, server: Server
) -> None:
    api = server.api()
    key = api.publish("curtain-call", ASKS)
    tags = [{"key": "house", "value": "grandstage"}]
    api.patch(f"/api/workflows/{key}/configuration/", {"tags": tags})
    page = signed_in("/workflows")
    find = page.get_by_label("Find by name, tag or integration")
    expect(page.get_by_role("link", name="curtain-call", exact=True)).to_be_visible()
    page.keyboard.press("/")
    expect(find).to_be_focused()
    page.keyboard.type("grandstage approval")
    expect(page.get_by_role("link", name="curtain-call", exact=True)).to_be_visible()
    expect(page.locator("h2 a[href^='/workflows/']")).to_have_count(1)
    page.reload()
    expect(find).to_have_value("grandstage approval")
    expect(page.locator("h2 a[href^='/workflows/']")).to_have_count(1)
    find.fill("grandstage lambda")
    expect(page.get_by_text("in the name, description, tags or integrations")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("h2 a[href^='/workflows/']").first).to_be_visible()


def test_many_workflows_are_paged_and_sorted_by_the_server(signed_in: NewPage, server: Server) -> None:
    api = server.api()
    for number in range(60):
        api.post("/api/workflows/", {"name": f"row-{number:02}", "description": "one of sixty"})
    page = signed_in("/workflows?search=sixty&ordering=name")
    expect(page.get_by_text("50 of 60, page 1")).to_be_visible()
    assert cards(page)[:2] == ["row-00", "row-01"]
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("10 of 60, page 2")).to_be_visible()
    assert cards(page)[-1] == "row-59"
    expect(page).to_have_url(re.compile("page=2"))


# --- Go to anything ------------------------------------------------------------------------------------


def test_anything_is_found_by_its_words_and_reached_by_keyboard(signed_in: NewPage, server: Server) -> None:
    api = server.api()
    key = api.publish("anywhere", ASKS)
    execution = api.run(key, name="anywhere-once")
    api.wait_for_state(execution, "Ask somebody", "approval")
    connection = {"name": "box-office", "kind": "http", "base_url": "https://tickets.example.org"}
    api.post("/api/connections/", connection)
    page = signed_in(f"/workflows/{key}?mode=config")
    expect(page.get_by_role("heading", name="Logging")).to_be_visible()

    def go(words: str, group: str, name: str) -> None:
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Go to").fill(words)
        options = page.get_by_role("listbox", name="Go to anything")
        expect(options.get_by_role("option", name=name).first).to_be_visible()
        expect(options.get_by_text(group, exact=True)).to_be_visible()
        while not options.get_by_role("option", name=name, selected=True).count():
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

    go("ask some", "States", "Ask somebody")
    expect(state(page, "Ask somebody")).to_be_visible()
    expect(page.get_by_test_id("inspector").get_by_label("Name", exact=True)).to_have_value("Ask somebody")
    go("with a note", "On this page", "Publish the draft with a note")
    expect(page.get_by_role("dialog", name="Publish version 2")).to_be_visible()
    page.keyboard.press("Escape")
    go("curtain up", "Approvals", "Is the curtain up?")
    expect(page.get_by_role("heading", name="Is the curtain up?").first).to_be_visible()
    go("anywhere-once", "Executions", "anywhere-once")
    page.wait_for_url("**/executions/*")
    go("tickets", "Connections", "box-office")
    expect(page.get_by_role("dialog")).to_contain_text("box-office")
    page.keyboard.press("Escape")
    go("mailb", "Pages", "Mailbox")
    page.wait_for_url("**/mailbox*")
    go("anywhere", "Workflows", "anywhere")
    page.wait_for_url(f"**/workflows/{key}")


# --- The gallery ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", TEMPLATES)
def test_every_template_is_looked_at_copied_and_runs_with_its_sample(
    signed_in: NewPage, server: Server, watched: Watched, slug: str
) -> None:
    [template] = [each for each in server.api().get("/api/templates/") if each["slug"] == slug]
    title = slug.replace("-", " ").capitalize()
    page = signed_in("/workflows")
    page.get_by_role("button", name="From a template").click()
    gallery = page.get_by_role("dialog", name="Start from a template")
    gallery.get_by_label("Find by words or integration").fill(title.lower())
    gallery.get_by_role("button", name=re.compile(f"^{title}")).click()
    preview = page.get_by_role("dialog", name=title)
    expect(preview).to_contain_text(template["description"])
    expect(preview.get_by_test_id("import-review")).to_contain_text("What it would use")
    expect(preview.get_by_text("not there yet")).to_have_count(0)
    assert faults(page) == []
    preview.get_by_role("button", name="Use this template").click()

    page.wait_for_url(re.compile(r"/workflows/[0-9a-f-]{36}"))
    expect_saved(page)
    page.get_by_test_id("run").click()
    page.get_by_test_id("run-start").click()
    page.wait_for_url("**/executions/*")
    # To its end, or to where it waits for somebody: neither needs anything that is not here.
    api, execution = server.api(), page.url.rpartition("/")[2]
    found = wait_for(
        lambda: api.execution(execution),
        lambda seen: seen["status"] != "RUNNING" or seen["waiting"] == "person",
        seconds=180,
    )
    assert found["input"] == template["input"]
    assert found["status"] == "SUCCEEDED" or found["waiting"] == "person"
    # The example itself has the name, so the copy was asked for under a second one.
    assert all(" 400 " in fault and "/api/workflows/" in fault for fault in watched.faults)
    watched.faults.clear()


def test_templates_are_narrowed_by_words_and_by_what_they_need(signed_in: NewPage) -> None:
    page = signed_in("/workflows")
    page.get_by_role("button", name="From a template").click()
    gallery = page.get_by_role("dialog", name="Start from a template")
    shown = gallery.locator("li button")
    expect(shown).to_have_count(len(TEMPLATES))
    gallery.get_by_label("Find by words or integration").fill("approval")
    expect(gallery.get_by_role("button", name=re.compile("^Hello approval"))).to_be_visible()
    expect(gallery.get_by_role("button", name=re.compile("^Prompt chain"))).to_have_count(0)
    gallery.get_by_label("Find by words or integration").fill("no such thing")
    expect(gallery.get_by_text("No template matches.")).to_be_visible()
    gallery.get_by_role("button", name="Show all templates").click()
    expect(shown).to_have_count(len(TEMPLATES))
    shown.first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Use this template")).to_be_focused()
    page.get_by_role("button", name="All templates").click()
    expect(gallery).to_be_visible()


# --- In ------------------------------------------------------------------------------------------------


def test_a_file_is_imported_as_an_express_workflow_and_leaves_as_it_came(
    signed_in: NewPage, server: Server, tmp_path: Path
) -> None:
    text = "Comment: Brought along\nStartAt: Done\nStates:\n  Done:\n    Type: Pass\n    End: true\n"
    file = tmp_path / "Brought Along.asl.yaml"
    file.write_text(text)
    page = signed_in("/workflows")
    page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog", name="Import a definition")
    dialog.get_by_label("File with a definition").set_input_files(file)
    expect(dialog.get_by_label("Name")).to_have_value("brought-along")
    expect(dialog.get_by_test_id("import-review")).to_contain_text("1 state")
    dialog.get_by_label("Type").select_option("Express")
    dialog.get_by_role("button", name="Import definition").click()
    page.wait_for_url(re.compile(r"/workflows/[0-9a-f-]{36}"))
    expect(state(page, "Done")).to_be_visible()
    found = server.api().get(f"/api/workflows/{page.url.rpartition('/')[2]}/")
    assert (found["name"], found["type"], found["description"]) == (
        "brought-along",
        "EXPRESS",
        "Brought along",
    )
    page.get_by_test_id("more").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Definition as JSON").click()
    assert json.loads(Path(download.value.path()).read_text()) == json.loads(found["definition"])
