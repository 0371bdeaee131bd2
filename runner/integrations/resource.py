"""Takes a `Resource` apart: its name, and the suffix that says how the state waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from asl.parse import read_resource

_PLACE = re.compile(r"^arn:aws(?:-[a-z-]+)?:states:[a-z0-9-]*:\d*:(?!activity:)")
# The longer one first: ".sync:2" ends in no other.
SUFFIXES = (".waitForTaskToken", ".sync:2", ".sync")


@dataclass(frozen=True, slots=True)
class Resource:
    """`name` is the resource without its suffix; `suffix` is "" for request and response."""

    name: str
    suffix: str


def parsed(resource: str) -> Resource:
    """Returns the parts of a `Resource`; partition, region and account say nothing about who answers."""
    resource = _PLACE.sub("arn:aws:states:::", resource)
    for suffix in SUFFIXES:
        if resource.endswith(suffix):
            return Resource(resource.removesuffix(suffix), suffix)
    return Resource(resource, "")


@lru_cache(maxsize=4096)
def is_activity(resource: str) -> bool:
    """Says whether a `Resource` is an activity: workers outside do its work, and no integration."""
    return read_resource(resource).family == "activity"
