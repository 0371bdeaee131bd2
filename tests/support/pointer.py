"""A person's mouse: pressed, moved in steps, let go; never a synthetic event."""

from playwright.sync_api import Locator, Page, expect

Point = tuple[float, float]


def centre(target: Locator) -> Point:
    """Returns the middle of what is seen of it."""
    box = target.bounding_box()
    assert box is not None, f"{target} is not on the screen"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def press_and_move(page: Page, source: Locator, to: Point) -> None:
    """Takes hold of `source` and carries it to a point, without letting go."""
    source.scroll_into_view_if_needed()
    page.mouse.move(*centre(source))
    page.mouse.down()
    page.mouse.move(*[at + 8 for at in centre(source)], steps=3)
    page.mouse.move(*to, steps=12)


def drag(page: Page, source: Locator, to: Point) -> None:
    press_and_move(page, source, to)
    page.mouse.up()


def drag_onto_edge(page: Page, source: Locator, plus: Locator) -> None:
    """Drags onto a transition: a line shows where it will land before the button is let go."""
    press_and_move(page, source, centre(plus))
    expect(page.get_by_test_id("insertion-line")).to_be_visible()
    page.mouse.up()
