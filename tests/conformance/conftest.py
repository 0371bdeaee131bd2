"""Shows what the recordings say of us, or that they are not there."""

from __future__ import annotations

import json
from typing import Any

from . import corpus


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table of all groups."""
    write = terminalreporter.write_line
    if not corpus.present():
        write(
            f"No recordings of the service at {corpus.FOLDER} (CUELIGHT_CONFORMANCE): nothing was compared."
        )
        return
    rows = [
        json.loads(value)
        for kind in ("passed", "failed")
        for report in terminalreporter.stats.get(kind, [])
        for name, value in getattr(report, "user_properties", [])
        if name == "conformance"
    ]
    if not rows:
        return
    write("")
    write(f"{'conformance':34}{'cases':>6}  verdicts in per cent")
    for group, cases, verdicts, faults in sorted(rows):
        write(f"{group:34}{cases:>6}  " + "  ".join(f"{name} {value:g}" for name, value in verdicts.items()))
        for fault in faults[:20]:
            write(f"    {fault[:200]}")
