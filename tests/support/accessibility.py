"""axe-core on a page, as the browser shows it."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.support.server import ROOT

# Experimental, and worth having: what is read out begins with what is seen.
ALSO = {"label-content-name-mismatch": {"enabled": True}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page, part: str | None = None) -> list[str]:
    """Returns what axe finds on the page, or in the part that a selector names: rule, where, and why."""
    # Evaluated by the debugger, so the page's own policy need not be loosened for it.
    page.evaluate(_axe())
    found = page.evaluate(
        """([values, rules, part]) => axe.run(
            part ?? document, {runOnly: {type: 'tag', values}, rules, resultTypes: ['violations']})""",
        [RULES, ALSO, part],
    )
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@cache
def _axe() -> str:
    source: Path = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
    return f"() => {{ {source.read_text('utf-8')} }}"
