"""`make bench-canvas`: how fast the canvas opens, drags and colours, and letters are seen, in Chromium.

python -m bench.canvas [--sizes 300 1000 5000] [--only TEXT] [--json FILE]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from tests.support import browser as chromium
from tests.support.large import a_megabyte
from tests.support.server import ADMIN_PASSWORD, Server, running

SCREEN: ViewportSize = {"width": 1440, "height": 900}
DRAG_SECONDS = 3.0
#: What is promised: size -> (most seconds to open, fewest frames a second while dragging).
PROMISED = {300: (1.5, 55.0), 1000: (3.0, 50.0), 5000: (None, 24.0)}
FIRST_PAGE_KB = 250.0
#: Branches of Wait states of a second each: every second 50 end and 50 begin.
BRANCHES, WAITS = 50, 20
#: A letter that takes longer than three frames to be seen is felt.
LETTER_MS = 50.0
SENTENCE = "typed without a pause and without a wait"

# Runs in the page: when the first state stood on the screen, counted from the start of the navigation.
WHEN_OPEN = """() => new Promise((resolve) => {
  const look = () => document.querySelector("[data-testid^='state-'],[data-testid='overview']")
    ? requestAnimationFrame(() => resolve(performance.now())) : requestAnimationFrame(look);
  look();
})"""
COUNT_FRAMES = """() => {
  window.frames_ = []; window.counting_ = true;
  const tick = (at) => { window.frames_.push(at); if (window.counting_) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
FRAMES = "() => { window.counting_ = false; return window.frames_; }"
# A status that a card takes on counts as one change; the canvas draws no more of them than are in view.
COUNT_COLOURS = """() => {
  window.colours_ = 0;
  new MutationObserver((all) => { window.colours_ += all.length; }).observe(
    document.querySelector("[data-testid='canvas']"),
    { subtree: true, attributes: true, attributeFilter: ["data-status"] });
}"""

# How long each letter took from the key to the frame that shows it.
COUNT_LETTERS = """(target) => {
  window.letters_ = [];
  target.addEventListener("keydown", () => {
    const from = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.letters_.push(performance.now() - from)));
  }, true);
}"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.canvas", description="Measures the canvas in Chromium.")
    parser.add_argument("--sizes", type=int, nargs="+", default=sorted(PROMISED))
    parser.add_argument("--only", default="", help="open, colours, typing or weight")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    chosen = parser.parse_args()
    figures: dict[str, dict[str, Any]] = {}
    print(f"canvas ({platform.processor() or platform.machine()}, {os.cpu_count()} cores, no GPU)")
    with installed() as server, browsing() as browser:
        page = signed_in(browser, server)
        if chosen.only in ("", "weight"):
            figures["first page"] = first_page(browser, server)
        if chosen.only in ("", "open"):
            for size in chosen.sizes:
                figures[f"{size} states"] = of_size(page, server, size)
        if chosen.only in ("", "colours"):
            figures["colours"] = colours(page, server)
        if chosen.only in ("", "typing"):
            figures["typing"] = typing(page, server)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def first_page(browser: Browser, server: Server) -> dict[str, Any]:
    """Returns the compressed script of the page that everybody sees first."""
    context = browser.new_context(base_url=server.url, viewport=SCREEN)
    page = context.new_page()
    scripts: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on(
        "Network.responseReceived",
        lambda each: (
            scripts.update({each["requestId"]: each["response"]["url"]}) if each["type"] == "Script" else None
        ),
    )
    wire.on(
        "Network.loadingFinished", lambda each: sizes.update({each["requestId"]: each["encodedDataLength"]})
    )
    page.goto("/login", wait_until="networkidle")
    context.close()
    total = sum(sizes.get(each, 0) for each in scripts) / 1000
    print(f"  first page         {total:7.0f} kB of compressed script{_verdict(total < FIRST_PAGE_KB)}")
    return {"script_kb": round(total, 1), "files": len(scripts)}


def of_size(page: Page, server: Server, size: int) -> dict[str, Any]:
    """Returns how long a workflow of that many states takes to open, and how it moves."""
    id_ = saved(server, f"bench-{size}", definition(size))
    page.goto(f"/workflows/{id_}")
    opened = page.evaluate(WHEN_OPEN) / 1000
    page.wait_for_timeout(1500)
    most, fewest = PROMISED.get(size, (None, 0.0))
    print(f"  {size:5} states       {opened:7.2f} s to open{_verdict(most is None or opened < most)}")
    found: dict[str, Any] = {"open_seconds": round(opened, 2)}
    page.get_by_role("button", name="Zoom out").focus()
    for title, keys, move in (
        ("a state at 100 %", ["0"], drag_a_state),
        ("the view at 100 %", ["0"], drag_the_view),
        ("the view, all of it", ["1"], drag_the_view),
    ):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(800)
        rate, longest = move(page)
        print(
            f"  {size:5} states       {rate:7.1f} frames/s dragging {title}, longest {longest:.0f} ms"
            f"{_verdict(rate >= fewest)}"
        )
        found[title] = {"frames": round(rate, 1), "longest_ms": round(longest)}
    return found


def drag_a_state(page: Page) -> tuple[float, float]:
    """Carries a card in circles and puts it down."""
    box = next(
        each
        for each in (
            found.bounding_box()
            for found in page.locator("[data-testid='canvas'] [role=button][data-node]").all()
        )
        if each and 330 < each["x"] < 900 and 200 < each["y"] < 700
    )
    rate = _frames(page, box["x"] + 60, box["y"] + 40)
    page.keyboard.press("Control+z")
    return rate


def drag_the_view(page: Page) -> tuple[float, float]:
    """Carries the background in circles."""
    canvas = page.get_by_test_id("canvas").bounding_box()
    assert canvas is not None
    free = page.evaluate(
        """([x, y, width, height]) => {
          for (let at = 0; at < 4000; at++) {
            const point = [x + 20 + (at * 37) % (width - 220), y + 60 + (at * 61) % (height - 260)];
            const found = document.elementFromPoint(...point);
            if (found?.closest(".react-flow__pane") && !found.closest("[data-node]")) return point;
          }
          return null;
        }""",
        [canvas["x"], canvas["y"], canvas["width"], canvas["height"]],
    )
    assert free, "no free place to hold the view by"
    return _frames(page, *free)


def _frames(page: Page, x: float, y: float) -> tuple[float, float]:
    """Moves a pressed mouse for some seconds; returns frames a second and the longest gap."""
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 12, steps=3)
    page.evaluate(COUNT_FRAMES)
    until = time.monotonic() + DRAG_SECONDS
    step = 0
    while time.monotonic() < until:
        step += 1
        away = step % 80
        away = away if away < 40 else 80 - away
        page.mouse.move(x + 12 + away * 4, y + 12 + away * 3)
        time.sleep(0.004)
    frames: list[float] = page.evaluate(FRAMES)
    page.mouse.move(x, y, steps=4)
    page.mouse.up()
    gaps = [after - before for before, after in itertools.pairwise(frames)]
    return (len(frames) - 1) / (frames[-1] - frames[0]) * 1000, max(gaps)


def colours(page: Page, server: Server) -> dict[str, Any]:
    """Returns the frame rate of a drag while about a hundred states a second change their colour."""
    api = server.api()
    id_ = saved(server, "bench-colours", waits())
    workflow = api.get(f"/api/workflows/{id_}/")
    api.post(f"/api/workflows/{id_}/publish/", {"draft_revision": workflow["draft_revision"]})
    started = api.post(f"/api/workflows/{id_}/executions/", {"input": {}})
    page.goto(f"/executions/{started['id']}")
    page.wait_for_selector("[data-testid^='state-'],[data-testid='overview']")
    page.wait_for_timeout(2500)
    before = _entries(server, started["id"])
    page.evaluate(COUNT_COLOURS)
    began = time.monotonic()
    rate, longest = drag_the_view(page)
    seconds = time.monotonic() - began
    # A state that is entered and one that is left are a change each.
    changes = (_entries(server, started["id"]) - before) / seconds
    print(
        f"  {BRANCHES * WAITS:5} states       {rate:7.1f} frames/s dragging while {changes:.0f} states"
        f" a second change, longest {longest:.0f} ms{_verdict(rate >= 50)}"
    )
    return {
        "frames": round(rate, 1),
        "longest_ms": round(longest),
        "changes_a_second": round(changes),
        "cards_in_view_changed": page.evaluate("() => window.colours_"),
    }


def typing(page: Page, server: Server) -> dict[str, Any]:
    """Returns how long letters take to be seen: beside a large graph and in a large text."""
    page.goto(f"/workflows/{saved(server, 'bench-typing', definition(1000))}")
    page.locator("[data-testid='canvas'] [role=button][data-node]").first.click()
    inspector = _letters(
        page, page.get_by_test_id("inspector").get_by_label("Comment"), "beside 1,000 states"
    )

    page.goto(f"/workflows/{saved(server, 'bench-text', a_megabyte())}?mode=code")
    editor = page.get_by_test_id("code-editor").locator(".cm-content")
    editor.locator(".cm-line", has_text="Words that make").first.click()
    code = _letters(page, editor, "in a text of 1 MB")
    return {"inspector": inspector, "code": code}


def _letters(page: Page, target: Locator, where: str) -> dict[str, Any]:
    target.focus()
    page.wait_for_load_state("networkidle")
    target.evaluate(COUNT_LETTERS)
    page.keyboard.type(SENTENCE, delay=60)
    took: list[float] = sorted(page.evaluate("() => window.letters_"))
    middle, worst = took[len(took) // 2], took[-1]
    print(
        f"  a letter         {middle:7.0f} ms {where}, longest {worst:.0f} ms{_verdict(middle < LETTER_MS)}"
    )
    return {"median_ms": round(middle, 1), "longest_ms": round(worst, 1)}


def _entries(server: Server, execution: str) -> int:
    """Returns how many entries the execution has by now."""
    return int(server.api().get(f"/api/executions/{execution}/")["last_seq"])


# --- What is drawn ---------------------------------------------------------------------------------------


def definition(size: int) -> dict[str, Any]:
    """Returns a machine of that many states: tasks with Retriers and Catchers, rules, branches, waits."""
    states: dict[str, Any] = {}
    number = 0
    while len(states) < size - 1 and _count(states) < size - 1:
        number += 1
        name = f"Step {number}"
        following = f"Step {number + 1}"
        states[name] = _task(f"Decide {number}", number)
        states[f"Decide {number}"] = {
            "Type": "Choice",
            "Choices": [
                {"Condition": f"{{% $states.input.kind = '{kind}' %}}", "Next": f"{kind} {number}"}
                for kind in ("Left", "Right")
            ],
            "Default": f"Both {number}",
        }
        states[f"Left {number}"] = _task(f"Both {number}", number)
        states[f"Right {number}"] = _task(f"Both {number}", number)
        states[f"Both {number}"] = {
            "Type": "Parallel",
            "Branches": [
                {
                    "StartAt": f"{side} a {number}",
                    "States": {
                        f"{side} a {number}": {"Type": "Pass", "Next": f"{side} b {number}"},
                        f"{side} b {number}": {"Type": "Pass", "End": True},
                    },
                }
                for side in ("One", "Two")
            ],
            "Next": f"Rest {number}",
        }
        states[f"Rest {number}"] = {"Type": "Wait", "Seconds": 1, "Next": following}
    last = f"Rest {number}"
    states[last] = {"Type": "Wait", "Seconds": 1, "End": True}
    states["Given up"] = {"Type": "Fail", "Error": "Given.Up"}
    return {"QueryLanguage": "JSONata", "StartAt": "Step 1", "States": states}


def _task(following: str, number: int) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": "arn:cuelight:states:::model:invoke",
        "Arguments": {"Prompt": f"Say {number}"},
        "Retry": [{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 3}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Given up"}],
        "Next": following,
    }


def _count(states: dict[str, Any]) -> int:
    return len(states) + sum(
        len(branch["States"]) for state in states.values() for branch in state.get("Branches", [])
    )


def waits() -> dict[str, Any]:
    """Returns a machine in which about a hundred states a second begin or end."""
    branches = []
    for branch in range(BRANCHES):
        names = [f"W{branch}-{at}" for at in range(WAITS)]
        states = {
            name: {
                "Type": "Wait",
                "Seconds": 1,
                **({"Next": names[at + 1]} if at + 1 < WAITS else {"End": True}),
            }
            for at, name in enumerate(names)
        }
        branches.append({"StartAt": names[0], "States": states})
    return {
        "QueryLanguage": "JSONata",
        "StartAt": "All",
        "States": {"All": {"Type": "Parallel", "Branches": branches, "End": True}},
    }


# --- The installation ------------------------------------------------------------------------------------


def saved(server: Server, name: str, drawn: dict[str, Any]) -> str:
    """Saves a workflow through the API and returns its id."""
    made = server.api().post("/api/workflows/", {"name": name, "definition": json.dumps(drawn), "layout": {}})
    return str(made["id"])


@contextmanager
def installed() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="cuelight-bench-"))
    try:
        with running(Server(folder)) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def browsing() -> Iterator[Browser]:
    path = chromium.chromium()
    if path is None:
        sys.exit("Chromium is missing: sudo apt-get install -y chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


def signed_in(browser: Browser, server: Server) -> Page:
    context = browser.new_context(base_url=server.url, viewport=SCREEN)
    page = context.new_page()
    with page.expect_response("**/api/session/"):
        page.goto("/login")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password", exact=True).fill(ADMIN_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/workflows")
    return page


def _verdict(holds: bool) -> str:
    return "" if holds else "   << not what is promised"


if __name__ == "__main__":
    sys.exit(main())
