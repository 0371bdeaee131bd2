"""The example of the README: two titles written by a real model, and a person who chooses one by mail."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import PHONE, answer, keep_picture, state, statuses
from tests.support.api import Api
from tests.support.browser import Watched
from tests.support.server import Server
from tests.support.smtp import MailServer, review_link

INPUT = {"video": "city-bees.mp4", "approvers": ["chooser@example.com"]}
MODEL_SECONDS = 180


def test_two_titles_are_written_and_a_person_chooses_one(
    signed_in: NewPage, browser: Browser, server: Server, mails: MailServer, watched: Watched
) -> None:
    api = server.api()
    key = api.run(workflow_named(api, "title-chooser"), INPUT, name="city-bees")
    page = signed_in(f"/executions/{key}")

    # While the model writes, its states are blue; nobody reloads anything.
    expect(state(page, "Write two titles")).to_have_attribute("data-status", "running", timeout=30_000)
    asked = api.wait_for_state(key, "Choose a title", seconds=MODEL_SECONDS)
    assert asked["state"] == "Choose a title"
    expect(state(page, "Choose a title")).to_have_attribute("data-status", "waiting-person")
    expect(state(page, "Title from the model")).to_have_attribute("data-status", "succeeded")
    expect(state(page, "Read the answer")).to_have_attribute("data-status", "succeeded")

    # A reload in the middle shows the same picture.
    before = statuses(page)
    page.reload()
    expect(state(page, "Choose a title")).to_have_attribute("data-status", "waiting-person")
    assert statuses(page) == before
    state(page, "Choose a title").click()
    keep_picture(page, "title-chooser.png")

    # Made again: the run loops back, and another mail comes.
    context = browser.new_context(viewport=PHONE)
    review = watched.watch(context.new_page())
    first = mails.wait_for_mail("chooser@example.com")
    answer(review, review_link(first), "Again")
    expect(state(page, "Write two titles")).to_have_attribute("data-status", "running", timeout=30_000)
    api.wait_for_state(key, "Choose a title", seconds=MODEL_SECONDS)
    second = mails.wait_for_mail("chooser@example.com", number=2)

    answer(review, review_link(second), "B")
    expect(state(page, "Done")).to_have_attribute("data-status", "succeeded", timeout=30_000)
    done = api.wait_until_ended(key)
    assert done["status"] == "SUCCEEDED"
    assert done["output"]["chosen"] == "B"
    assert done["output"]["chosen_by"] == "chooser@example.com"
    assert re.fullmatch(r"[A-Z][A-Za-z' ]{7,44}", done["output"]["title"])
    context.close()


@pytest.mark.parametrize("example", ["title-chooser", "prompt-chain", "hello-approval"])
def test_the_examples_are_there_from_the_first_start(server: Server, example: str) -> None:
    api = server.api()
    made = api.get(f"/api/workflows/{workflow_named(api, example)}/")
    assert (made["published_version"], made["has_unpublished_changes"]) == (1, False)


def workflow_named(api: Api, name: str) -> str:
    found = api.get("/api/workflows/", search=name)["results"]
    return next(str(workflow["id"]) for workflow in found if workflow["name"] == name)
