"""Where things are on the screens, in one place."""

import os
from pathlib import Path
from typing import Literal

from playwright.sync_api import FloatRect, Locator, Page, ViewportSize, expect

DESK: ViewportSize = {"width": 1440, "height": 900}
SMALLEST_DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}

Theme = Literal["light", "dark"]

# A busy machine is slow, and no test is about that: what comes at all has come by then.
PATIENCE_MS = 15_000


def state(page: Page, name: str) -> Locator:
    """Returns a state on the canvas."""
    return page.get_by_test_id(f"state-{name}")


def statuses(page: Page) -> dict[str, str]:
    """Returns the status that each state on the canvas shows."""
    return dict(
        page.eval_on_selector_all(
            "[data-testid='canvas'] [data-testid^='state-']",
            "all => all.map(one => [one.dataset.testid.slice(6), one.dataset.status ?? ''])",
        )
    )


def keep_picture(page: Page, file: str) -> None:
    """Keeps what is seen for the documents, where `make pictures` asks for it."""
    if folder := os.environ.get("CUELIGHT_PICTURES"):
        page.mouse.move(0, 0)
        page.screenshot(path=Path(folder) / file)


def from_toolbar(page: Page, name: str) -> None:
    """Chooses what the toolbar keeps under "More for the canvas"."""
    page.get_by_role("button", name="More for the canvas").click()
    page.get_by_role("menuitem", name=name).click()


def answer(page: Page, link: str, value: str) -> None:
    """Chooses on the review page, as a person without an account does, and sees the receipt."""
    page.goto(link)
    page.locator(f"label:has(input[name=answer][value={value!r}])").click()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("You can close this page")).to_be_visible()


def box(target: Locator) -> FloatRect:
    """Returns where on the screen it is."""
    found = target.bounding_box()
    assert found is not None, f"{target} is not on the screen"
    return found


def settled(page: Page) -> None:
    """Waits until nothing moves any more: what changes place takes a moment for it.

    Frames are counted and not time alone: on a busy machine a change may not have begun within any time.
    """
    page.evaluate(
        """() => new Promise((resolve) => {
            const places = () => JSON.stringify([...document.querySelectorAll("[data-node]")]
                .map((each) => each.getBoundingClientRect()));
            let [before, frames, since] = [places(), 0, performance.now()];
            const look = (now) => {
                const after = places();
                if (after !== before) [before, frames, since] = [after, 0, now];
                if (++frames >= 10 && now - since >= 200) resolve();
                else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        })"""
    )


def expect_saved(page: Page) -> None:
    """Waits until the server has everything that was done."""
    expect(page.get_by_test_id("saved-status")).to_contain_text("Draft saved")
