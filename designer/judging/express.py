"""What an Express execution leaves no time for, though the language knows nothing of it: asking people."""

from __future__ import annotations

from collections.abc import Iterator

from asl.errors import Diagnostic
from asl.findings import pointer
from asl.validate_maps import mode_of
from designer.walking import JSON, states_of

CODE = "TOO_SHORT_FOR_PEOPLE"
_APPROVAL = "arn:cuelight:states:::approval:request"
_ENDS = "An Express execution ends after 5 minutes, and its question with it"


def warnings(document: JSON, type: str) -> Iterator[Diagnostic]:
    """Return a warning for each approval that an Express execution would ask for."""
    express = type == "EXPRESS"
    said = f"{_ENDS}: ask people in a Standard workflow"
    items: list[str] = []  # pointers to the processors whose items are Express executions
    for standing in states_of(document):
        items.extend(
            f"{standing.at}/{field}/"
            for field in ("ItemProcessor", "Iterator")
            if mode_of(standing.state.get(field)) == ("DISTRIBUTED", "EXPRESS")
        )
        if standing.resource != _APPROVAL:
            continue
        if express:
            yield Diagnostic("WARNING", CODE, said, pointer(standing.at, "Resource"))
        elif standing.at.startswith(tuple(items)):
            message = f"{_ENDS}: let each item run as a Standard execution"
            yield Diagnostic("WARNING", CODE, message, pointer(standing.at, "Resource"))
