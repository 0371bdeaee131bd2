"""How a workflow begins: its type, a template, placeholders of an import, the language of expressions."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import expect_saved, state
from tests.e2e.test_studio import PATHS, draft, field, made
from tests.support.server import Server

TEMPLATE: dict[str, Any] = {
    "StartAt": "Read",
    "States": {
        "Read": {
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
            "Parameters": {"Bucket": "${Bucket}", "Key": "${Stage}/in.json"},
            "Next": "Rest",
        },
        "Rest": {"Type": "Wait", "Seconds": "${Seconds}", "End": True},
    },
}


def from_more(page: Page, name: str) -> None:
    page.get_by_test_id("more").click()
    page.get_by_role("menuitem", name=name).click()


def test_an_express_workflow_is_made_where_that_is_chosen(signed_in: NewPage, server: Server) -> None:
    page = signed_in()
    page.get_by_role("button", name="New workflow").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("quick-one")
    dialog.get_by_label("Type").select_option("Express")
    expect(dialog.get_by_text("Five minutes at most, no approvals")).to_be_visible()
    dialog.get_by_role("button", name="Create workflow").click()
    page.wait_for_url(re.compile(r"/workflows/[0-9a-f-]{36}"))
    page.get_by_role("button", name="Config").click()
    expect(page.get_by_label("Type", exact=True)).to_have_value("Express")
    expect(page.get_by_text("Five minutes at most, no approvals")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_be_enabled()


def test_a_workflow_that_ran_says_that_its_name_stays(signed_in: NewPage, server: Server) -> None:
    key = made(server, "name-stays", {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}, publish=True)
    page = signed_in(f"/workflows/{key}?mode=config")
    expect(page.get_by_label("Name", exact=True)).to_be_disabled()
    expect(page.get_by_text("the name is part of its ARN and stays")).to_be_visible()


def test_placeholders_of_an_import_are_told_and_filled_in(signed_in: NewPage, server: Server) -> None:
    page = signed_in()
    page.get_by_role("button", name="Import").first.click()
    dialog = page.get_by_role("dialog", name="Import a definition")
    dialog.get_by_role("textbox", name="Definition").fill(json.dumps(TEMPLATE))
    dialog.get_by_role("button", name="Fill in placeholders").click()
    asked = page.get_by_role("dialog", name="Fill in placeholders")
    asked.get_by_label("Stage", exact=True).fill("test")
    asked.get_by_role("button", name="Fill in one placeholder").click()
    expect(page.get_by_test_id("import-review")).not_to_contain_text("${Stage}")
    dialog.get_by_label("Name", exact=True).fill("with-placeholders")
    dialog.get_by_role("button", name="Import definition").click()
    expect(state(page, "Read")).to_be_visible()

    page.get_by_test_id("problems-button").click()
    problems = page.get_by_test_id("problems")
    expect(problems.get_by_text("${Bucket} has to be filled in")).to_be_visible()
    from_more(page, "What would not run on AWS")
    expect(page.get_by_test_id("aws-report")).to_contain_text("${Bucket}")
    page.keyboard.press("Escape")

    problems.get_by_role("button", name="Fill in…").first.click()
    asked.get_by_label("Bucket", exact=True).fill("talks")
    asked.get_by_label("Seconds", exact=True).fill("5")
    asked.get_by_role("group", name="Kind of Seconds").get_by_role("button", name="JSON").click()
    asked.get_by_role("button", name="Fill in 2 placeholders").click()
    expect(problems.get_by_text("laceholder")).to_have_count(0)
    expect_saved(page)
    key = page.url.rpartition("/")[2].partition("?")[0]
    states = draft(server, key)["States"]
    assert states["Read"]["Parameters"] == {"Bucket": "talks", "Key": "test/in.json"}
    assert states["Rest"]["Seconds"] == 5
    page.get_by_role("button", name="Undo: fill in placeholders").click()
    expect(problems.get_by_text("${Bucket} has to be filled in")).to_be_visible()


def test_another_language_is_asked_about_and_keeps_every_state_working(
    signed_in: NewPage, server: Server
) -> None:
    key = made(server, "two-languages", PATHS)
    page = signed_in(f"/workflows/{key}")
    language = page.get_by_role("group", name="Query language")
    language.get_by_role("button", name="JSONata").click()
    dialog = page.get_by_role("dialog", name="Write expressions in JSONata?")
    expect(dialog.get_by_role("list", name="States in JSONPath")).to_contain_text("Decide")
    dialog.get_by_role("button", name="Switch, keep these in JSONPath").click()
    expect_saved(page)
    definition = draft(server, key)
    assert definition["States"] == {**PATHS["States"], "No": {"Type": "Succeed", "QueryLanguage": "JSONata"}}
    assert server.api().get(f"/api/workflows/{key}/")["diagnostics"] == []
    page.get_by_role("button", name="Undo: write expressions in JSONata").click()
    expect_saved(page)
    assert draft(server, key) == PATHS


def test_what_speaks_no_language_is_switched_at_once(signed_in: NewPage, server: Server) -> None:
    key = made(server, "no-language", {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})
    page = signed_in(f"/workflows/{key}")
    page.get_by_role("group", name="Query language").get_by_role("button", name="JSONata").click()
    expect_saved(page)
    assert draft(server, key)["QueryLanguage"] == "JSONata"


@pytest.mark.parametrize(
    ("words", "item", "resource"),
    [
        ("glue start job", "glue-startJobRun", "glue:startJobRun.sync"),
        ("eks create cluster", "eks-createCluster", "eks:createCluster.sync"),
    ],
)
def test_a_job_of_aws_is_added_with_its_form_and_told_what_it_lacks(
    words: str, item: str, resource: str, signed_in: NewPage, server: Server
) -> None:
    key = made(
        server, f"job-{item.lower()}", {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
    )
    page = signed_in(f"/workflows/{key}")
    page.get_by_label("Find a state").fill(words)
    page.get_by_test_id(f"palette-item-{item}").click()
    expect(page.get_by_test_id("inspector")).to_be_visible()
    expect_saved(page)
    [added] = [each for each in draft(server, key)["States"].values() if each["Type"] == "Task"]
    assert added["Resource"] == f"arn:aws:states:::{resource}"
    page.get_by_test_id("problems-button").click()
    expect(page.get_by_test_id("problems").get_by_text("is empty: the call needs it").first).to_be_visible()


def test_a_sample_is_shown_as_an_example_and_never_as_a_value(signed_in: NewPage, server: Server) -> None:
    begun = {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
    key = made(server, "calls-a-function", begun)
    page = signed_in(f"/workflows/{key}")
    page.get_by_label("Find a state").fill("lambda")
    page.get_by_test_id("palette-item-lambda-invoke").click()
    function = field(page, "Arguments/FunctionName")
    box = function.get_by_role("textbox")
    expect(box).to_have_value("")
    expect(box).to_have_attribute("placeholder", "for example my-function")
    expect(function).to_contain_text("Function is empty: the call needs it")
    box.fill("hang-the-lights")
    expect(function).not_to_contain_text("is empty")
    expect_saved(page)
    [added] = [each for each in draft(server, key)["States"].values() if each["Type"] == "Task"]
    assert added["Arguments"]["FunctionName"] == "hang-the-lights"
