"""An execution that was stopped is redriven from its page."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import statuses
from tests.support.server import Server

SPLIT = {
    "StartAt": "Prepare",
    "States": {
        "Prepare": {"Type": "Pass", "Next": "Both"},
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "Result": "kept", "End": True}}},
                {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 3600, "End": True}}},
            ],
            "End": True,
        },
    },
}


def test_a_stopped_execution_is_redriven_from_its_page(signed_in: NewPage, server: Server) -> None:
    api = server.api()
    key = api.run(api.publish("is-redriven", SPLIT))
    page = signed_in(f"/executions/{key}")
    redrive = page.get_by_role("button", name="Redrive", exact=True)
    expect(page.get_by_test_id("state-Rest")).to_have_attribute("data-status", "waiting-time")
    expect(redrive).to_be_disabled()
    expect(redrive).to_have_attribute("title", "It still runs: what fails can be redriven")

    api.post(f"/api/executions/{key}/stop/", {"cause": "It is late."})
    expect(page.get_by_test_id("state-Both")).to_have_attribute("data-status", "aborted")
    expect(redrive).to_be_enabled()
    redrive.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("States that succeeded keep their results")
    dialog.get_by_role("button", name="Redrive").click()
    expect(dialog).to_have_count(0)

    expect(page.get_by_test_id("state-Rest")).to_have_attribute("data-status", "waiting-time")
    assert statuses(page) == {
        "Prepare": "succeeded",
        "Both": "running",
        "Done": "succeeded",
        "Rest": "waiting-time",
    }
    expect(page.get_by_text("Redrives", exact=True)).to_be_visible()

    wait = api.wait_for_state(key, "Rest")
    api.post(f"/api/executions/{key}/waits/{wait['frame']}/{wait['wait']}/", {"action": "run_now"})
    expect(page.get_by_test_id("state-Both")).to_have_attribute("data-status", "succeeded")
    expect(redrive).to_be_disabled()
    found = api.wait_until_ended(key)
    assert (found["status"], found["output"], found["redrive_count"]) == ("SUCCEEDED", ["kept", {}], 1)
    types = [entry["type"] for entry in api.entries(key)]
    assert types.count("ParallelStateStarted") == types.count("WaitStateEntered") == 1
