"""A distributed Map shows how its children do, and leads to each of them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.support.server import Server

SORT = {
    "StartAt": "Which",
    "States": {
        "Which": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$", "StringEquals": "bad", "Next": "No"},
                {"Variable": "$", "StringEquals": "slow", "Next": "Rest"},
            ],
            "Default": "Good",
        },
        "No": {"Type": "Fail", "Error": "TooBad", "Cause": "It is bad."},
        "Rest": {"Type": "Wait", "Seconds": 3600, "End": True},
        "Good": {"Type": "Pass", "End": True},
    },
}
SORTS = {
    "StartAt": "Sort all",
    "States": {
        "Sort all": {
            "Type": "Map",
            "Label": "sort",
            "MaxConcurrency": 2,
            "ToleratedFailureCount": 3,
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, **SORT},
            "End": True,
        }
    },
}


def test_a_distributed_map_counts_its_children_and_leads_to_each(signed_in: NewPage, server: Server) -> None:
    api = server.api()
    items = ["good"] * 70 + ["bad", "slow", "slow", "slow", "good"]
    key = api.run(api.publish("sorts-all", SORTS), items)
    page = signed_in(f"/executions/{key}")
    card = page.get_by_test_id("state-Sort all")
    expect(card).to_contain_text("75 items")
    card.get_by_role("button", name="Sort all").first.click()
    page.get_by_role("tab", name="Map Run").click()
    panel = page.get_by_test_id("panel-of-state")
    expect(panel.get_by_role("img")).to_have_accessible_name(
        "75 items: 70 succeeded, 2 running, 1 failed, 2 not started"
    )

    panel.get_by_role("button", name="Change bounds").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Children at one time").fill("5")
    dialog.get_by_role("button", name="Change bounds").click()
    expect(dialog).to_have_count(0)
    expect(panel.get_by_role("img")).to_have_accessible_name("75 items: 71 succeeded, 3 running, 1 failed")

    panel.get_by_role("button", name="Status: any").click()
    page.get_by_role("menuitemradio", name="failed").click()
    row = panel.get_by_role("row", name="#70")
    expect(row).to_contain_text("TooBad")
    row.get_by_role("link").click()
    expect(page.get_by_test_id("state-No")).to_have_attribute("data-status", "failed")
    expect(page.get_by_role("button", name="Redrive", exact=True)).to_be_disabled()
    page.get_by_role("link", name=key[:8]).click()
    expect(card).to_be_visible()
    api.post(f"/api/executions/{key}/stop/", {})
