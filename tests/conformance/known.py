"""The cases that are not as recorded, each with the reason: `known.json`, which has to stay true."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

FILE = Path(__file__).with_name("known.json")


def reasons() -> dict[str, str]:
    """Return the reason of every case that is known to differ."""
    return dict(json.loads(FILE.read_text()))


def untrue(differing: Iterable[str], judged: Iterable[str]) -> list[str]:
    """Return what the list does not say, or no longer should, of the cases that were judged."""
    listed, found = reasons().keys() & set(judged), set(differing)
    return [
        *(f"{name} differs and is not in known.json" for name in sorted(found - listed)),
        *(f"{name} agrees by now: take it out of known.json" for name in sorted(listed - found)),
    ]
