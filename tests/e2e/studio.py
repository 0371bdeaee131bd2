"""One workflow that is open in a browser: what a person does on its canvas, and what is saved."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.screens import expect_saved, settled, state
from tests.support.server import Server

DEFINITION: dict[str, Any] = {
    "Comment": "first",
    "StartAt": "Begin",
    "States": {
        "Begin": {"Type": "Pass", "Next": "Good?"},
        "Good?": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.good", "BooleanEquals": True, "Next": "Both"}],
            "Default": "Rest",
        },
        "Rest": {"Type": "Wait", "Seconds": 1, "Next": "After rest"},
        "After rest": {"Type": "Pass", "Next": "Done"},
        "Both": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Pass", "End": True}}},
                {"StartAt": "Right", "States": {"Right": {"Type": "Wait", "Seconds": 1, "End": True}}},
            ],
            "Next": "Done",
        },
        "Done": {"Type": "Succeed"},
    },
}


def name_for(request: pytest.FixtureRequest) -> str:
    """A name for the workflow of a test: the end of the test's own, which differs where beginnings agree."""
    return re.sub(r"\W+", "-", request.node.name)[-70:]


class Studio:
    """One workflow that is open in a browser, and what the server has of it."""

    def __init__(
        self, new_page: Callable[..., Page], server: Server, name: str, definition: Any = DEFINITION
    ) -> None:
        self.api = server.api()
        made = self.api.post(
            "/api/workflows/", {"name": name, "definition": json.dumps(definition, indent=2)}
        )
        self.id = str(made["id"])
        self.new_page = new_page
        self.page = new_page(f"/workflows/{self.id}")
        expect(state(self.page, "Begin")).to_be_visible()

    def saved(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Saves now; returns definition and layout as the server has them."""
        self.page.keyboard.press("Control+s")
        expect_saved(self.page)
        row = self.api.get(f"/api/workflows/{self.id}/")
        return json.loads(row["definition"]), row["layout"]

    def done(self, label: str) -> None:
        """Waits until a step is there to be undone, and until everything stands where it belongs."""
        expect(self.page.get_by_role("button", name=f"Undo: {label}", exact=True)).to_be_visible()
        self.settled()

    def settled(self) -> None:
        settled(self.page)

    def states(self) -> dict[str, Any]:
        return dict(self.saved()[0]["States"])

    def name(self, name: str) -> Locator:
        """The name on a card: what a person points at."""
        return state(self.page, name).get_by_text(name, exact=True).first

    def hold(self, *names: str) -> None:
        self.name(names[0]).click()
        for name in names[1:]:
            self.name(name).click(modifiers=["Shift"])

    def expect_layout(self, field: str, value: object) -> None:
        assert self.saved()[1].get(field) == value
