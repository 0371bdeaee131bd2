"""Where things are on the screens, in one place."""

from playwright.sync_api import Locator, Page, expect


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


def answer(page: Page, link: str, value: str) -> None:
    """Chooses on the review page, as a person without an account does, and sees the receipt."""
    page.goto(link)
    page.locator(f"label:has(input[name=answer][value={value!r}])").click()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("You can close this page")).to_be_visible()
