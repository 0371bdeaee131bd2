"""The cases that are not as recorded, each with the reason; the lists have to stay true.

`known.json` is of what the language alone answers, `service_known.json` of a running server, where a case
has more to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

LANGUAGE = Path(__file__).with_name("known.json")
SERVER = Path(__file__).with_name("service_known.json")


def reasons(of: Path = LANGUAGE) -> dict[str, str]:
    """Return the reason of every case that is known to differ."""
    return dict(json.loads(of.read_text()))


def untrue(differing: Iterable[str], judged: Iterable[str], of: Path = LANGUAGE) -> list[str]:
    """Return what the list does not say, or no longer should, of the cases that were judged."""
    listed, found = reasons(of).keys() & set(judged), set(differing)
    return [
        *(f"{name} differs and is not in {of.name}" for name in sorted(found - listed)),
        *(f"{name} agrees by now: take it out of {of.name}" for name in sorted(listed - found)),
    ]
