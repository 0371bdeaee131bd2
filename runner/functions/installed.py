"""Which functions there are: entry points of installed packages, read without importing them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata

GROUP = "cuelight.functions"
# Those that may run again when their worker was lost are named in this group as well.
REPEATABLE_GROUP = "cuelight.functions.repeatable"


@dataclass(frozen=True, slots=True)
class Function:
    """One registered function; `target` is `module:attribute`."""

    name: str
    target: str
    package: str
    repeatable: bool


@functools.cache
def functions() -> Mapping[str, Function]:
    """Return the installed functions by name; packages that come later are seen by the next process."""
    repeatable = {point.name for point in metadata.entry_points(group=REPEATABLE_GROUP)}
    return {
        point.name: Function(
            point.name,
            point.value,
            package=f"{point.dist.name} {point.dist.version}" if point.dist else "",
            repeatable=point.name in repeatable,
        )
        for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name)
    }
