"""Looking at a graph: zoom, the minimap, walking by keyboard, crossings, pictures, thumbnails."""

import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.screens import box, from_toolbar, state
from tests.e2e.studio import DEFINITION, Studio
from tests.support.pointer import centre
from tests.support.server import Server

# Each task leads to the one before the last, and what it catches leads right: some of that has to cross.
ENTANGLED: dict[str, Any] = {
    "StartAt": "Begin",
    "States": {
        "Begin": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.n", "NumericEquals": at, "Next": name} for at, name in enumerate("XYZ")
            ],
            "Default": "X",
        },
        **{
            name: {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "f"},
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Lost"}],
                "Next": then,
            }
            for name, then in zip("XYZ", "ZXY", strict=True)
        },
        "Lost": {"Type": "Fail"},
    },
}


# --- Zoom ----------------------------------------------------------------------------------------------


def test_the_view_is_where_it_was_left_after_code_config_and_a_reload_begins_anew(studio: Studio) -> None:
    page = studio.page
    first = box(state(page, "Begin"))
    studio.hold("Begin")
    x, y = centre(page.get_by_test_id("canvas"))
    page.mouse.move(x, y)
    page.mouse.wheel(0, 240)
    page.keyboard.down("Space")
    page.mouse.down()
    page.mouse.move(x + 60, y - 500, steps=8)
    page.mouse.up()
    page.keyboard.up("Space")
    studio.settled()
    # The selected state is out of view, and is not brought back into it.
    left = box(state(page, "Done"))
    assert box(state(page, "Begin"))["y"] < 0
    for mode in ("Code", "Config"):
        page.get_by_role("button", name=mode, exact=True).click()
        expect(page.get_by_test_id("canvas-said")).to_have_count(0 if mode == "Config" else 1)
        page.get_by_role("button", name="Design", exact=True).click()
        expect(state(page, "Done")).to_be_visible()
        studio.settled()
        assert box(state(page, "Done")) == pytest.approx(left, abs=1)
    page.reload()
    expect(state(page, "Begin")).to_be_visible()
    studio.settled()
    assert box(state(page, "Begin")) == pytest.approx(first, abs=1)


def test_what_is_left_comes_into_view_when_all_that_was_in_it_is_deleted(studio: Studio) -> None:
    page = studio.page
    studio.hold("Done")
    x, y = centre(state(page, "Done"))
    page.keyboard.down("Space")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, box(page.get_by_test_id("canvas"))["y"] + 40, steps=8)
    page.mouse.up()
    page.keyboard.up("Space")
    studio.settled()
    for name in ("Begin", "Both", "After rest"):
        expect(state(page, name)).not_to_be_in_viewport()
    page.keyboard.press("Delete")
    expect(state(page, "Done")).to_have_count(0)
    studio.settled()
    expect(state(page, "Begin")).to_be_in_viewport(ratio=1)


def test_the_view_is_zoomed_by_wheel_keys_and_buttons_and_moved_with_space(studio: Studio) -> None:
    page = studio.page
    page.keyboard.press("0")
    expect_zoom(page, "100%")
    page.keyboard.press("+")
    studio.settled()
    assert zoom(page) > 100
    page.get_by_role("button", name="Zoom out").click()
    page.get_by_role("button", name="Zoom out").click()
    studio.settled()
    assert zoom(page) < 100
    page.get_by_title("Zoom to 100 % (0)").click()
    expect_zoom(page, "100%")
    studio.settled()
    # The wheel zooms at the pointer: what is under it stays there.
    at = centre(state(page, "Begin"))
    page.mouse.move(*at)
    page.mouse.wheel(0, 240)
    studio.settled()
    assert zoom(page) < 100
    now = centre(state(page, "Begin"))
    assert abs(now[0] - at[0]) < 3
    assert abs(now[1] - at[1]) < 3
    # Space takes hold of the view even where a state lies under the pointer.
    page.keyboard.down("Space")
    page.mouse.move(*now)
    page.mouse.down()
    page.mouse.move(now[0] + 60, now[1] + 40, steps=5)
    page.mouse.up()
    page.keyboard.up("Space")
    moved = centre(state(page, "Begin"))
    # The first step of the mouse only takes hold.
    assert 40 < moved[0] - now[0] < 63
    assert 26 < moved[1] - now[1] < 43
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    page.keyboard.press("1")
    studio.settled()
    for name in DEFINITION["States"]:
        expect(state(page, name)).to_be_in_viewport(ratio=1)


def test_the_graph_stands_alone_and_the_panels_come_back(studio: Studio) -> None:
    page = studio.page
    before = box(page.get_by_test_id("canvas"))
    page.keyboard.press("f")
    expect(page.get_by_label("Find a state", exact=True)).to_be_hidden()
    alone = box(page.get_by_test_id("canvas"))
    assert alone["width"] > before["width"] + 500
    page.get_by_role("button", name="Show the panels").click()
    expect(page.get_by_label("Find a state", exact=True)).to_be_visible()
    assert box(page.get_by_test_id("canvas"))["width"] == before["width"]


# --- The minimap ---------------------------------------------------------------------------------------


def test_the_minimap_moves_the_view_by_click_and_drag_and_its_frame_is_whole(studio: Studio) -> None:
    page = studio.page
    minimap, frame = page.get_by_test_id("minimap"), page.get_by_test_id("minimap-frame")
    page.keyboard.press("1")
    studio.settled()
    for _ in range(3):
        # However much the view reaches beyond the graph, all four sides of the frame are seen.
        around, inner = box(minimap), box(frame)
        assert around["x"] < inner["x"]
        assert around["y"] < inner["y"]
        assert inner["x"] + inner["width"] < around["x"] + around["width"]
        assert inner["y"] + inner["height"] < around["y"] + around["height"]
        page.keyboard.press("-")
        studio.settled()
    for _ in range(7):
        page.keyboard.press("+")
    studio.settled()
    around = box(minimap)
    page.mouse.click(around["x"] + around["width"] / 2, around["y"] + around["height"] - 14)
    expect(state(page, "Done")).to_be_in_viewport()
    expect(state(page, "Begin")).not_to_be_in_viewport()
    page.mouse.move(around["x"] + around["width"] / 2, around["y"] + around["height"] - 14)
    page.mouse.down()
    page.mouse.move(around["x"] + around["width"] / 2, around["y"] + 14, steps=6)
    page.mouse.up()
    expect(state(page, "Begin")).to_be_in_viewport()
    expect(state(page, "Done")).not_to_be_in_viewport()


def test_the_minimap_is_hidden_with_m_and_stays_hidden_after_a_reload(studio: Studio) -> None:
    page = studio.page
    minimap = page.get_by_test_id("minimap")
    expect(minimap).to_be_visible()
    page.keyboard.press("m")
    expect(minimap).to_have_count(0)
    page.reload()
    expect(state(page, "Begin")).to_be_visible()
    expect(minimap).to_have_count(0)
    page.get_by_role("button", name="Show the minimap").click()
    expect(minimap).to_be_visible()
    page.reload()
    expect(minimap).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_minimap_shows_the_colours_of_a_run(studio: Studio, theme: str) -> None:
    revision = studio.api.get(f"/api/workflows/{studio.id}/")["draft_revision"]
    studio.api.post(f"/api/workflows/{studio.id}/publish/", {"draft_revision": revision})
    execution = studio.api.run(studio.id, {"good": False})
    studio.api.wait_until_ended(execution)
    page = studio.new_page(f"/executions/{execution}", theme=theme)
    expect(state(page, "Done")).to_have_attribute("data-status", "succeeded")
    page.keyboard.press("m")
    expect(page.get_by_test_id("minimap")).to_be_visible()
    # What ran has the colour of what succeeded; what was not come to has not.
    page.wait_for_function(COLOURS_ARE, arg={"seen": True, "token": "--status-succeeded-border"})
    page.wait_for_function(COLOURS_ARE, arg={"seen": False, "token": "--status-failed-border"})


# Whether a colour, given by its token, is among those of the minimap.
COLOURS_ARE = """({ seen, token }) => {
    const canvas = document.querySelector("[data-testid='minimap'] canvas");
    const probe = document.createElement("i");
    probe.style.color = `var(${token})`;
    document.body.append(probe);
    const wanted = getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).map(Number);
    probe.remove();
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const near = (at) => wanted.every((each, by) => Math.abs(data[at + by] - each) < 4);
    const isIt = (at) => data[at + 3] === 255 && near(at);
    let found = 0;
    for (let at = 0; at < data.length; at += 4) if (isIt(at)) found++;
    return data.some((value) => value > 0) && (found > 20) === seen;
}"""


# --- The keyboard --------------------------------------------------------------------------------------


def test_arrows_walk_the_whole_graph_into_boxes_and_out_again(studio: Studio) -> None:
    page = studio.page
    studio.hold("Both")
    for key, name in (
        ("ArrowRight", "Left"),
        ("ArrowRight", "Right"),
        ("ArrowLeft", "Left"),
        ("ArrowUp", "Both"),
        ("ArrowDown", "Done"),
    ):
        page.keyboard.press(key)
        focused(page, name)
    # Enter opens the inspector, Esc comes back to where one was.
    page.keyboard.press("ArrowUp")
    name = page.evaluate("document.activeElement.closest('[data-node]').dataset.node")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("inspector").locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    focused(page, name)


def focused(page: Page, name: str) -> None:
    expect(page.locator(f"[data-node='{name}']:focus, [data-node='{name}'] :focus")).to_have_count(1)


# --- Lines ---------------------------------------------------------------------------------------------


def test_where_two_edges_cross_the_later_one_is_broken(signed_in: NewPage, server: Server) -> None:
    studio = Studio(signed_in, server, "entangled", ENTANGLED)
    page = studio.page
    lines = page.locator("[data-testid='canvas'] svg g path:not(:has(title))")
    broken = "all => all.filter((one) => one.getAttribute('d').split('M').length > 2).length"
    assert lines.evaluate_all(broken) > 0
    # What is dragged is led anew, whole; put back, it is as it was.
    before = lines.evaluate_all(broken)
    from_toolbar(page, "Let the graph run to the right")
    studio.done("let the graph run to the right")
    page.keyboard.press("Control+z")
    studio.settled()
    assert lines.evaluate_all(broken) == before


# --- Pictures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_of_the_graph_is_as_large_as_its_svg_says_twice_and_has_the_theme(
    studio: Studio, theme: str
) -> None:
    page = studio.new_page(f"/workflows/{studio.id}", theme=theme)
    expect(state(page, "Begin")).to_be_visible()
    svg = downloaded(page, "Picture as SVG").decode()
    png = downloaded(page, "Picture as PNG")
    size = re.search(r'width="(\d+)" height="(\d+)"', svg)
    assert size is not None
    width, height = int(size[1]), int(size[2])
    assert 500 < width < 2000
    assert 400 < height < 2000
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png.endswith(b"IEND\xaeB`\x82")
    assert struct.unpack(">II", png[16:24]) == (2 * width, 2 * height)
    # It is no empty sheet: the browser that made it sees the ground and the cards in it.
    colours = page.evaluate(COLOURS_IN, list(png))
    assert colours["count"] > 8
    assert (colours["ground"] < 60) == (theme == "dark")


# The brightness of a picture's corner, and how many colours there are in it.
COLOURS_IN = """async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const to = canvas.getContext("2d");
    to.drawImage(image, 0, 0);
    const { data } = to.getImageData(0, 0, image.width, image.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) seen.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
    return { ground: data[0], count: seen.size };
}"""


def downloaded(page: Page, label: str) -> bytes:
    page.get_by_test_id("more").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=label).click()
    return Path(download.value.path()).read_bytes()


# --- Thumbnails ----------------------------------------------------------------------------------------


def test_large_workflows_have_thumbnails_that_are_made_beside_the_page(
    signed_in: NewPage, server: Server
) -> None:
    names = [f"S{number}" for number in range(1000)]
    states = {
        name: {"Type": "Pass", **({"Next": after} if after else {"End": True})}
        for name, after in zip(names, [*names[1:], None], strict=True)
    }
    for number in range(3):
        server.api().post(
            "/api/workflows/",
            {
                "name": f"thousand-{number}",
                "definition": json.dumps({"StartAt": "S0", "States": states, "Comment": str(number)}),
            },
        )
    page = signed_in("/workflows?search=thousand-")
    cards = page.get_by_role("link", name="Open thousand-")
    expect(cards).to_have_count(3)
    for index in range(3):
        expect(cards.nth(index).locator("svg path")).to_have_count(1)
        # The beginning is seen, and no more is drawn than that.
        assert 10 < cards.nth(index).locator("svg rect").count() < 300
    assert any("thumbnail" in worker.url for worker in page.workers)


# --- Where things are ----------------------------------------------------------------------------------


def zoom(page: Page) -> int:
    return int(page.get_by_title("Zoom to 100 % (0)").inner_text().rstrip("%"))


def expect_zoom(page: Page, text: str) -> None:
    expect(page.get_by_title("Zoom to 100 % (0)")).to_have_text(text)
