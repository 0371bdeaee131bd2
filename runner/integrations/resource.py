"""Takes a `Resource` apart: its name, and the suffix that says how the state waits."""

from __future__ import annotations

from dataclasses import dataclass

# The longer one first: ".sync:2" ends in no other.
SUFFIXES = (".waitForTaskToken", ".sync:2", ".sync")


@dataclass(frozen=True, slots=True)
class Resource:
    """`name` is the resource without its suffix; `suffix` is "" for request and response."""

    name: str
    suffix: str


def parsed(resource: str) -> Resource:
    """Returns the parts of a `Resource`."""
    for suffix in SUFFIXES:
        if resource.endswith(suffix):
            return Resource(resource.removesuffix(suffix), suffix)
    return Resource(resource, "")
