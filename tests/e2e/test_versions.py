"""Versions in a browser: run, listed by the hundred, published with a note; and what is logged of them."""

import json
import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import state
from tests.support.server import Server

PASSES: dict[str, Any] = {
    "QueryLanguage": "JSONata",
    "StartAt": "Done",
    "States": {"Done": {"Type": "Pass", "End": True}},
}


def with_versions(server: Server, name: str, count: int) -> str:
    """Returns the id of a workflow whose versions say their number; every tenth has a note."""
    api = server.api()
    key: str = api.post("/api/workflows/", {"name": name})["id"]
    for number in range(1, count + 1):
        text = json.dumps({**PASSES, "Comment": f"the {number}."}, indent=2)
        draft = api.patch(f"/api/workflows/{key}/", {"definition": text, "draft_revision": number})
        note = f"fair {number}" if number % 10 == 0 else ""
        publication = {"draft_revision": draft["draft_revision"], "description": note}
        api.post(f"/api/workflows/{key}/publish/", publication)
    return key


def test_a_version_and_an_alias_are_run_and_named_on_the_execution(
    signed_in: NewPage, server: Server
) -> None:
    key = with_versions(server, "run-by-alias", 3)
    api = server.api()
    api.post(f"/api/workflows/{key}/aliases/", {"name": "live", "routes": [{"version": 2, "weight": 100}]})
    page = signed_in(f"/workflows/{key}")

    page.get_by_test_id("run").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Other").click()
    chosen = dialog.get_by_label("Version or alias")
    expect(chosen.locator("option")).to_have_text(["live: version 2", "Version 2", "Version 1"])
    expect(page.get_by_test_id("run-start")).to_have_text("Run by live")
    page.get_by_test_id("run-start").click()
    page.wait_for_url("**/executions/*")
    expect(state(page, "Done")).to_have_attribute("data-status", "succeeded")
    expect(page.get_by_text("version 2 by alias live").first).to_be_visible()

    # Started again from there, the alias chooses again; or the same version is named.
    page.get_by_role("button", name="New execution").click()
    definition = page.get_by_role("dialog").get_by_label("Definition")
    expect(definition).to_have_value("alias")
    definition.select_option("version")
    page.get_by_role("button", name="Start execution").click()
    expect(page.get_by_text("version 2 by alias live")).to_have_count(0)
    expect(page.get_by_text("version 2").first).to_be_visible()

    page.goto(f"/workflows/{key}")
    page.get_by_test_id("run").click()
    dialog.get_by_role("button", name="Other").click()
    chosen.select_option("Version 1")
    expect(page.get_by_test_id("run-start")).to_have_text("Run version 1")
    page.get_by_test_id("run-start").click()
    page.wait_for_url("**/executions/*")
    execution = api.wait_until_ended(page.url.rpartition("/")[2])
    assert (execution["version"], execution["alias"]) == (1, "")
    assert "the 1." in execution["definition"]


def test_what_a_workflow_has_logged_is_chosen_in_config_and_written_by_the_server(
    signed_in: NewPage, server: Server
) -> None:
    key = with_versions(server, "logged", 1)
    page = signed_in(f"/workflows/{key}?mode=config")
    data = page.get_by_role("switch", name="Log inputs and outputs too")
    expect(data).to_be_disabled()
    with page.expect_response("**/configuration/"):
        page.get_by_label("Events that are logged").select_option("ALL")
    expect(data).to_be_enabled()
    expect(page.get_by_text("Cuelight sends no traces")).to_be_visible()

    api = server.api()
    api.wait_until_ended(api.run(key, {"word": "amaranth"}, "quiet"))
    [process] = server.processes
    process.wait_for_line(":execution:logged:quiet")
    with page.expect_response("**/configuration/"):
        data.click()
    api.wait_until_ended(api.run(key, {"word": "amaranth"}, "talkative"))
    process.wait_for_line(":execution:logged:talkative")
    lines = [json.loads(line) for line in process.output.splitlines() if ":execution:logged:" in line]
    types = [line["type"] for line in lines if line["execution_arn"].endswith(":quiet")]
    assert types == ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]
    told = {line["execution_arn"].rpartition(":")[2] for line in lines if "amaranth" in json.dumps(line)}
    assert told == {"talkative"}


def test_three_hundred_versions_are_paged_searched_and_compared(signed_in: NewPage, server: Server) -> None:
    key = with_versions(server, "much-published", 300)
    page = signed_in(f"/workflows/{key}?mode=config&part=versions")
    rows = page.get_by_test_id("versions").locator("tbody tr")
    expect(page.get_by_test_id("version-300")).to_be_visible()
    expect(rows).to_have_count(25)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_test_id("version-275")).to_be_visible()
    expect(page.get_by_text("25 of 300, page 2")).to_be_visible()

    page.get_by_label("Find by note or number").fill("fair")
    expect(page.get_by_text("25 of 30, page 1")).to_be_visible()
    page.get_by_label("Find by note or number").fill("nothing like it")
    expect(rows).to_have_count(0)
    page.get_by_role("button", name="Show all versions").click()
    expect(rows).to_have_count(25)
    page.get_by_label("Versions shown").select_option("With a note")
    expect(rows.first).to_contain_text("fair 300")
    page.get_by_label("Versions shown").select_option("All versions")
    page.get_by_label("Find by note or number").fill("7")
    expect(rows).to_have_count(4)  # 7 itself, and the notes on 70, 170 and 270

    page.get_by_role("button", name="Acts on version 7", exact=True).press("Enter")
    page.get_by_role("menuitem", name="Compare with version 6").press("Enter")
    page.get_by_role("button", name="Text").click()
    expect(page.get_by_test_id("text-difference").get_by_text('"Comment": "the 7."')).to_be_visible()
    page.get_by_label("Before").select_option("Version 290, fair 290")
    expect(page.get_by_test_id("text-difference").get_by_text('"Comment": "the 290."')).to_be_visible()
    page.get_by_role("button", name="Versions", exact=True).click()
    expect(page.get_by_test_id("version-300")).to_be_in_viewport()


def test_a_version_is_published_with_a_note_and_by_saving_where_that_is_wanted(
    signed_in: NewPage, server: Server
) -> None:
    api = server.api()
    key = api.post("/api/workflows/", {"name": "noted", "definition": json.dumps(PASSES, indent=2)})["id"]
    page = signed_in(f"/workflows/{key}?mode=config&part=versions")
    expect(page.get_by_text("Nothing is published yet, so only the draft can be run.")).to_be_visible()
    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name="Publish with a note").click()
    page.get_by_role("dialog").get_by_label("Note").fill("for the fair")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("version-1")).to_contain_text("for the fair")

    page.get_by_role("switch", name="Publish a version each time you save").click()
    page.get_by_role("button", name="Design").click()
    state(page, "Done").click()
    page.get_by_test_id("inspector").get_by_label("Comment").fill("saved and published")
    page.keyboard.press("Control+s")
    expect(page.get_by_test_id("publish")).to_have_text("Version 2 is published")
    page.keyboard.press("Control+s")  # nothing has changed, so nothing is published
    page.reload()
    expect(page.get_by_test_id("publish")).to_have_text("Version 2 is published")
    versions = api.get(f"/api/workflows/{key}/versions/")["results"]
    assert [(each["number"], each["description"]) for each in versions] == [(2, ""), (1, "for the fair")]


def test_the_arn_of_the_workflow_of_a_version_and_of_an_alias_is_copied(
    signed_in: NewPage, server: Server
) -> None:
    key = with_versions(server, "named-for-programs", 2)
    api = server.api()
    api.post(f"/api/workflows/{key}/aliases/", {"name": "live", "routes": [{"version": 1, "weight": 100}]})
    arn = api.get(f"/api/workflows/{key}/")["arn"]
    alias = api.get(f"/api/workflows/{key}/aliases/")[0]["arn"]
    page = signed_in(f"/workflows/{key}?mode=config")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.get_by_role("region", name="ARN").get_by_text(arn, exact=True)).to_be_visible()
    expect(page.get_by_test_id("version-2").get_by_title(f"{arn}:2", exact=True)).to_have_text("…:2")
    expect(page.get_by_test_id("alias-live").get_by_title(alias, exact=True)).to_have_text("…:live")
    for of, copied in (("the workflow", arn), ("version 2", f"{arn}:2"), ("alias live", alias)):
        button = page.get_by_role("button", name=f"Copy the ARN of {of}", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == copied
        expect(button).to_be_visible()  # the sign of having copied is gone again


def test_without_https_a_page_copies_all_the_same(signed_in: NewPage, server: Server) -> None:
    key = with_versions(server, "copied-without-https", 1)
    arn = server.api().get(f"/api/workflows/{key}/")["arn"]
    page = signed_in()
    # What a browser leaves out for pages that came over plain http from another machine.
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    page.goto(f"/workflows/{key}?mode=config")
    page.get_by_role("button", name="Copy the ARN of the workflow", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    description = page.get_by_label("Description")
    description.click()
    page.keyboard.press("Control+v")
    expect(description).to_have_value(re.compile(re.escape(arn)))
