"""Definitions that are as large as they may be."""

from typing import Any


def a_megabyte() -> dict[str, Any]:
    """Returns a machine whose definition, written out, is just over 1,000,000 characters."""
    count = 2350
    states = {
        f"State {number}": {
            "Type": "Pass",
            "Comment": "Words that make this definition as long as it has to be. " * 6,
            **({"Next": f"State {number + 1}"} if number + 1 < count else {"End": True}),
        }
        for number in range(count)
    }
    return {"StartAt": "State 0", "States": states}
