"""The inbox of approvals in a browser: which question is open, and what the address says."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import PHONE
from tests.support.server import Server


def asks(question: str, seconds: int) -> dict[str, Any]:
    arguments = {
        "Question": question,
        "Approvers": ["stage-manager@example.com"],
        "ExpiresInSeconds": seconds,
    }
    return {
        "QueryLanguage": "JSONata",
        "StartAt": "Ask",
        "States": {
            "Ask": {
                "Type": "Task",
                "Resource": "arn:cuelight:states:::approval:request",
                "Arguments": arguments,
                "End": True,
            }
        },
    }


def test_the_question_that_is_due_first_is_open_beside_the_list(signed_in: NewPage, server: Server) -> None:
    api = server.api()
    for name, question, seconds in (("later", "Is the curtain sewn?", 9000), ("sooner", "Is it dark?", 900)):
        key = api.publish(f"asks-{name}-in-the-inbox", asks(question, seconds))
        api.wait_for_state(api.run(key), "Ask")
    page = signed_in("/workflows")
    page.goto("/approvals?view=all")
    pane = page.get_by_role("region", name="The chosen approval")
    rows = page.get_by_role("tabpanel").get_by_role("link")
    expect(rows.first).to_have_attribute("aria-current", "true")
    first = rows.first.locator("span").first.inner_text()
    assert first != "Is the curtain sewn?"
    expect(pane.get_by_role("heading", name=first)).to_be_visible()
    # The address says what is open.
    expect(page).to_have_url(re.compile(r"/approvals/[0-9a-f-]+\?view=all$"))
    page.reload()
    expect(pane.get_by_role("heading", name=first)).to_be_visible()

    # Another is chosen, and steps back lead to the first, and then off the page.
    rows.filter(has_text="Is the curtain sewn?").click()
    expect(pane.get_by_role("heading", name="Is the curtain sewn?")).to_be_visible()
    expect(rows.first).not_to_have_attribute("aria-current", "true")
    page.go_back()
    expect(pane.get_by_role("heading", name=first)).to_be_visible()
    page.go_back()
    page.wait_for_url("**/workflows")


def test_on_a_phone_the_list_of_questions_comes_first(signed_in: NewPage, server: Server) -> None:
    api = server.api()
    key = api.publish("asks-a-phone", asks("Is the phone off?", 9000))
    api.wait_for_state(api.run(key), "Ask")
    page = signed_in("/approvals?view=all", viewport=PHONE)
    row = page.get_by_role("link", name="Is the phone off?")
    expect(row).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(re.compile(r"/approvals\?view=all$"))
    row.click()
    expect(page.get_by_role("heading", name="Is the phone off?")).to_be_visible()
    expect(row).to_be_hidden()
