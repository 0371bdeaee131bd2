"""Every colour that stands on another can be read, in both themes (WCAG 2.2, 1.4.3 and 1.4.11, level AA)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "frontend" / "src" / "ui" / "tokens.css"
STUDIO = TOKENS.with_name("studio.tokens.css")  # what the studio needs besides
BY_SYSTEM = ':root:not([data-theme="light"])'
BY_CHOICE = ':root[data-theme="dark"]'

TEXT, GRAPHIC = 4.5, 3.0
STATUSES = (
    "not-started",
    "queued",
    "running",
    "retrying",
    "waiting-time",
    "waiting-person",
    "succeeded",
    "reused",
    "caught",
    "failed",
    "timed-out",
    "aborted",
    "skipped",
)
GROUNDS = (
    "surface-page",
    "surface-canvas",
    "surface",
    "surface-raised",
    "surface-sunken",
    "surface-hover",
    "surface-selected",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour, what it stands on, and the ratio it needs there."""

    colour: str
    ground: str
    needs: float


def ordinary_pairs() -> Iterator[Pair]:
    """Yields text, links, controls and edges on every ground they meet."""
    for ground in GROUNDS:
        for text in ("text", "text-secondary", "text-muted", "text-link"):
            yield Pair(text, ground, TEXT)
        yield Pair("accent", ground, GRAPHIC)
        yield Pair("edge", ground, GRAPHIC)
    for ground in ("surface", "surface-page", "surface-raised", "surface-sunken"):
        yield Pair("border-control", ground, GRAPHIC)
        yield Pair("text-danger", ground, TEXT)
        yield Pair("text-warning", ground, TEXT)
    for tone in ("danger", "warning"):
        yield Pair("text", f"{tone}-soft", TEXT)
        yield Pair(f"text-{tone}", f"{tone}-soft", TEXT)
    yield Pair("text-inverse", "surface-inverse", TEXT)
    yield Pair("accent-strong", "accent-soft", TEXT)
    for filled in ("ink", "ink-hover", "accent", "accent-strong", "danger", "danger-hover"):
        yield Pair("on-" + filled.partition("-")[0], filled, TEXT)
    for kind in ("added", "removed", "changed"):
        for ground in (f"diff-{kind}-bg", "surface", "surface-canvas", "surface-sunken"):
            yield Pair(f"diff-{kind}-fg", ground, TEXT)
        yield Pair("text", f"diff-{kind}-bg", TEXT)
        yield Pair("text-muted", f"diff-{kind}-bg", TEXT)
    for code in ("key", "string", "number", "keyword", "muted"):
        for ground in ("surface", "surface-sunken"):
            yield Pair(f"code-{code}", ground, TEXT)


def status_pairs(status: str) -> Iterator[Pair]:
    """Yields a status's label, icon and line, on its own ground and on whatever lies behind it."""
    label, ground, line = (f"status-{status}-{part}" for part in ("fg", "bg", "border"))
    for text in (label, "text", "text-link", "text-secondary"):
        yield Pair(text, ground, TEXT)
    yield Pair(line, ground, GRAPHIC)
    for behind in ("surface", "surface-canvas", "surface-page", "surface-raised"):
        yield Pair(label, behind, TEXT)
        yield Pair(line, behind, GRAPHIC)


def declarations(css: str) -> dict[str, dict[str, str]]:
    """Returns the tokens of each block that declares colours, by its selector."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = {}
    for selector, body in re.findall(r"(:root[^{}]*?)\s*\{([^{}]*)\}", bare):
        tokens = dict(re.findall(r"--([\w-]+)\s*:\s*([^;]+);", body))
        if "surface-page" in tokens or "note-plain" in tokens:
            found.setdefault(selector.strip(), {}).update(tokens)
    return found


def luminance(colour: str) -> float:
    """Returns the relative luminance of #rrggbb, as WCAG defines it."""
    assert re.fullmatch(r"#[0-9a-f]{6}", colour.lower()), f"{colour} is not #rrggbb"
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(scope="module")
def blocks() -> dict[str, dict[str, str]]:
    return declarations(TOKENS.read_text("utf-8") + STUDIO.read_text("utf-8"))


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, blocks: dict[str, dict[str, str]]) -> dict[str, str]:
    light = blocks[":root"]
    return light if request.param == "light" else {**light, **blocks[BY_CHOICE]}


def assert_readable(theme: dict[str, str], pairs: Iterator[Pair]) -> None:
    measured = [(pair, contrast(theme[pair.colour], theme[pair.ground])) for pair in pairs]
    weak = [
        f"{p.colour} on {p.ground}: {ratio:.2f}, needs {p.needs}" for p, ratio in measured if ratio < p.needs
    ]
    assert not weak, "\n".join(weak)


def test_the_two_dark_blocks_say_the_same(blocks: dict[str, dict[str, str]]) -> None:
    assert blocks[BY_SYSTEM] == blocks[BY_CHOICE]


def test_text_controls_and_edges_can_be_read(theme: dict[str, str]) -> None:
    assert_readable(theme, ordinary_pairs())


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_can_be_read_wherever_it_stands(theme: dict[str, str], status: str) -> None:
    assert_readable(theme, status_pairs(status))


def test_the_retry_ring_is_seen_around_every_card(theme: dict[str, str]) -> None:
    grounds = ("surface", "surface-canvas", "surface-page", "status-retrying-bg")
    assert_readable(theme, (Pair("status-retry-ring", ground, GRAPHIC) for ground in grounds))


def test_the_servers_own_pages_have_the_same_tokens() -> None:
    # Review pages need no front end to be built, so they carry a copy.
    copy = TOKENS.parents[3] / "runner" / "static" / "runner" / "tokens.css"
    assert copy.read_text() == TOKENS.read_text()
